"""C6: crew-weeks of the producer's titles that stood still because a provider did."""

from __future__ import annotations

from typing import Any

from experiments.claims.worlds import Worlds

CAUSES = ("held", "sent_home", "withdrawn", "breached")
_OF_PRODUCERS = 0  # first row of the series: titles that an AI-first producer works on


def measure(worlds: Worlds) -> dict[str, Any]:
    """Share of the producer's crew-weeks that stood still, and the same by cause."""
    series = worlds.w2.series
    stood = series["standing"][:, _OF_PRODUCERS].sum(axis=0).astype(float)
    called = float(series["crew_of_makers"].sum())
    if not called:
        return {"value": float("nan")}
    return {
        "value": float(stood.sum() / called),
        "causes": {name: float(each / called) for name, each in zip(CAUSES, stood, strict=True)},
        "abandoned": float(series["abandoned"].sum() / worlds.w2.scale),
    }
