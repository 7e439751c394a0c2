"""What a calibration leaves: its findings as JSON, its posterior draws as a table, and both in `seeds/` when asked."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from experiments.calibration.declared import groups
from experiments.calibration.steps import LEAST_EFFECT, Found, summary
from experiments.console import plain_json
from model import atomic
from model.digest import model_digest
from model.errors import CallSheetError
from model.parameters import Params

FINDINGS, DRAWS, REHEARSAL, POSTERIOR = "calibration.json", "draws.csv", "rehearsal.json", "posterior"
_MOST_BYTES = 4 << 20


def findings(found: Found, checked: dict[str, Any]) -> dict[str, Any]:
    """Everything worth keeping, as plain JSON."""
    return plain_json({
        "model": model_digest(),
        "plan": asdict(found.plan),
        "observed": {name: {"noise": each.noise, "misfit": each.misfit, "unit": each.unit, "label": each.label}
                     for name, each in groups().items()},
        "least_effect": LEAST_EFFECT,
        "screened": [asdict(each) for each in found.screened],
        "table": {"runs": len(found.table.found), "observations": len(found.table.looked_at)},
        "distance": {"of_published": found.posterior.distance, "further_out": found.posterior.distance_rank},
        "parameters": summary(found),
        "check": checked,
    })  # fmt: skip


def write(folder: Path, found: Found, checked: dict[str, Any], rehearsed: list[dict[str, Any]] | None) -> None:
    """Findings, draws and, if there was one, the rehearsal into a folder, each in one step."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(findings(found, checked), indent=1, ensure_ascii=False, allow_nan=False)
    atomic.write_file(folder / FINDINGS, text + "\n")
    if rehearsed is not None:
        text = json.dumps(plain_json({"model": model_digest(), "rows": rehearsed}), indent=1, allow_nan=False)
        atomic.write_file(folder / REHEARSAL, text + "\n")
    names, lines = list(found.draws[0]), io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([[each[name] for name in names] for each in found.draws])
    atomic.write_file(folder / DRAWS, lines.getvalue())


def in_seeds() -> Path:
    """Where the posterior of this version lies; only a checkout can be written to."""
    return Path(str(resources.files("seeds"))) / POSTERIOR


def refuse_outside_a_checkout() -> None:
    """Raises a sentence where the program is installed: what it came with is not written over."""
    if not (in_seeds().parents[1] / "pyproject.toml").is_file():
        raise CallSheetError("Only a checkout of Call Sheet can be written to. Leave --into-seeds and --freeze out; "
                             "--out keeps the results in a folder of yours.")


@cache
def shipped_draws() -> tuple[dict[str, Any], ...]:
    """The posterior draws that come with the program, as settings of scenarios."""
    return read_draws(in_seeds() / DRAWS)


def read_draws(path: Path) -> tuple[dict[str, Any], ...]:
    """Posterior draws of a file, checked: names and values must be legal."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise CallSheetError(f"{path.name} is larger than {_MOST_BYTES >> 20} MB, the most that is read.")
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    except (OSError, UnicodeDecodeError, csv.Error) as trouble:
        raise CallSheetError(f"{path.name} could not be read as posterior draws ({type(trouble).__name__}). "
                             "`callsheet calibrate` writes such a file.") from None
    if not rows:
        raise CallSheetError(f"{path.name} holds no draws. `callsheet calibrate` writes such a file.")
    about = {name: Params.load().about(name) for name in rows[0]}
    return tuple({name: about[name].legal(_number(text)) for name, text in row.items()} for row in rows)


def shipped_findings() -> dict[str, Any] | None:
    """What the calibration that made them found; None where none comes with the program."""
    path = in_seeds() / FINDINGS
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def _number(text: str | None) -> float:
    try:
        return float(text or "")
    except ValueError:
        raise CallSheetError(f"The posterior draws hold {str(text)[:40]!r} where a number must stand.") from None
