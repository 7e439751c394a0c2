"""Futures over the posterior: each takes, beside its chance, one draw of what the past leaves open.

The draws are those of `seeds/posterior`, in turn, so that a future has the same draw in every scenario and pairs stay
pairs. What a scenario or a person sets is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from experiments.calibration.shipped import shipped_draws, shipped_findings

if TYPE_CHECKING:
    from model.scenario import Scenario


def at_draw(scenario: Scenario, future: int) -> Scenario:
    """The scenario as one future runs it."""
    draws = shipped_draws()
    draw = draws[future % len(draws)]
    return scenario.varied(set={name: value for name, value in draw.items() if name not in scenario.overrides})


def about_draws(futures: int) -> dict[str, Any]:
    """How many draws so many futures take, of how many parameters, and the model that they were fitted with."""
    draws, findings = shipped_draws(), shipped_findings() or {}
    return {"draws": min(futures, len(draws)), "parameters": len(draws[0]), "model": findings.get("model")}
