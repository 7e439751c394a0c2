"""The worlds W0 to W3 of one future at one point, and what the claims measure in them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from experiments.claims.runs import Task
from experiments.claims.runs import run as run_task
from experiments.runners import Outcome, digest_of_files
from model.digest import model_digest


@cache
def digest() -> str:
    """The model, and the code that turns recordings into the numbers of claims."""
    here = Path(__file__).resolve().parent
    claims = here.parent / "claims"
    files = (*sorted(claims.glob("measures/*.py")), claims / "worlds.py", claims / "runs.py", here / "claims.py",
             here / "kept.py")
    return f"{model_digest()} {digest_of_files(*files)}"


def ask(task: Task) -> dict[str, Any]:
    """What a case asks."""
    return {"measures": list(task.measures), "seed": task.seed, "future": task.future, "scale": task.scale,
            "settings": dict(task.settings)}


def run(asks: Mapping[str, Any]) -> Outcome:
    """A number a measure, and all that shows why as detail."""
    found = run_task(Task(tuple(asks["measures"]), asks["seed"], asks["future"], asks["scale"], asks["settings"]))
    numbers = {name: float("nan") if each["value"] is None else float(each["value"]) for name, each in found.items()}
    return Outcome(numbers, {}, found)
