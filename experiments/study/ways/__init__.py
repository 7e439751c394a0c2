"""How each design is run, and what it answers: rows in, an answer out, as plain JSON for the report."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from experiments.study.session import Session

WAYS = {
    "paired": "compared",
    "grid": "compared",
    "table": "compared",
    "lhs": "spread_out",
    "sobol": "indices",
    "morris": "indices",
    "surface": "crossing",
    "policy": "mixes",
    "claims": "judged",
}
Answer = dict[str, Any]


def way(kind: str) -> Callable[[Session, Path | None], Answer]:
    """The function that takes a design of this kind through its runs; the path is where the study file lies."""
    return import_module(f"experiments.study.ways.{WAYS[kind]}").answer
