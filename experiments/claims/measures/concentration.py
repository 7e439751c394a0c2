"""C7: how concentrated output, spend and dependence on clouds are, against the world without AI."""

from __future__ import annotations

from typing import Any

import numpy as np

from experiments.claims.worlds import Worlds
from model.mechanisms.consolidation import concentration
from model.recording import Recording

_LAST = 5 * 52  # weeks at the end that are compared
SERIES = {"output": "titles_by_owner", "spend": "spend_by_owner", "clouds": "ai_by_provider"}


def measure(worlds: Worlds) -> dict[str, Any]:
    """Change of the Herfindahl index of spend; of all three; studios bought in W3 less W0."""
    change = {name: _index(worlds.w3, series) - _index(worlds.w0, series) for name, series in SERIES.items()}
    bought = worlds.w3.series["bought"].sum() - worlds.w0.series["bought"].sum()
    return {
        "value": change["spend"],
        "change": change,
        "level": {name: _index(worlds.w3, series) for name, series in SERIES.items()},
        "bought": float(bought),
        "same_way": bool(len({np.sign(each) for each in change.values()}) == 1),
    }


def _index(recording: Recording, series: str) -> float:
    return concentration(recording.series[series][-_LAST:].sum(axis=0).astype(float))
