"""A run of the market of objects as a recording, to be compared with ``model.simulate``."""

from __future__ import annotations

from typing import Any

from experiments.objects.market import ObjectMarket
from model.market import LaborMarket
from model.recorder import Recorder
from model.recording import Recording
from model.scenario import Scenario
from model.simulate import build

_SETTLE_EVERY = 52  # weeks between two closings of the accounts, as in ``model.simulate``


def run_objects(scenario: Scenario, future: int = 0) -> Recording:
    """One future of a scenario with workers as objects; the same hash as ``simulate`` gives."""
    market = ObjectMarket(build(scenario, future))
    return record(market, scenario.weeks, {"scenario": scenario.plain(), "scale": scenario.scale})


def record(
    market: ObjectMarket | LaborMarket, weeks: int, manifest: dict[str, Any] | None = None
) -> Recording:
    """``weeks`` of a market of either sort from where it stands, recorded and sealed."""
    world = market.world
    recorder = Recorder(market.week, weeks, world.crafts.n, world.kinds.n, market.state.ledger[1:])
    for done in range(weeks):
        market.step()
        recorder.write(market.state, market.flows)
        if (done + 1) % _SETTLE_EVERY == 0 or done + 1 == weeks:
            market.settle()
            recorder.series["ledger"][done] = market.state.ledger[1:]
    return recorder.finish(manifest or {}).seal(keep_events=True)
