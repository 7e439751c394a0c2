"""The claims of April 2026, each measured and given its verdict."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from experiments.claims.asked import Asked
from experiments.claims.declared import chosen
from experiments.claims.study import Design, study
from experiments.claims.wording import overview
from experiments.study.session import Session


def answer(session: Session, beside: Path | None) -> dict[str, Any]:
    """The rows of `callsheet claims --json`, the details behind them, and how many hold."""
    asked = session.study
    design = Design(asked.design.futures, asked.design.points, asked.design.each, asked.scale, asked.seed,
                    chosen(asked.design.claims), asked.design.shares)
    found = study(design, Asked(session))
    return {"verdicts": {"said": overview(found), **found}}
