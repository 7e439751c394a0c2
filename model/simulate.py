"""simulate(scenario) → Recording: the only door to a run."""

from __future__ import annotations

from collections.abc import Callable

from model import accounts, checkpoints
from model.digest import model_digest
from model.market import LaborMarket
from model.recording import Recorder, Recording
from model.rng import future_seed
from model.scenario import Scenario
from model.state.events import FIRST_EVENT
from model.world import HISTORY_BEGINS

_SETTLE_EVERY = 52  # weeks between two closings of the accounts of money


def build(scenario: Scenario, future: int = 0, studio_types: dict | None = None, use_checkpoints: bool = True
          ) -> LaborMarket:
    """The market of a scenario at the start of its first week, one future of it.

    The years before 2015 are the same in every world with the same parameters, chance and scale, so they are
    taken from a checkpoint when there is one. A later start is reached by simulating up to it.
    """
    seed = future_seed(scenario.seed, future)
    market = LaborMarket(scenario.params(), scenario.lever_set(), seed, scenario.scale, scenario.without,
                         studio_types, history=False)
    name = checkpoints.key(parameters=scenario.params().digest(), seed=seed, scale=scenario.scale,
                           week=HISTORY_BEGINS)
    if not (use_checkpoints and not studio_types and market.restore(name)):
        market.run_history()
        if use_checkpoints and not studio_types:
            checkpoints.save(market.state, name)
    market.advance_to(scenario.first_week)
    market.settle()  # the recording opens with closed books
    return market


def simulate(scenario: Scenario, future: int = 0, progress: Callable[[int, int], None] | None = None,
             keep_events: bool = True, studio_types: dict | None = None, use_checkpoints: bool = True) -> Recording:
    """Run one future of a scenario and return its recording.

    ``progress`` is told the weeks done and the weeks in all, about twenty times. ``keep_events=False`` drops the
    event log once it has been hashed. ``studio_types`` lets some studios decide in their own way.
    """
    market = build(scenario, future, studio_types, use_checkpoints)
    world = market.world
    recorder = Recorder(scenario.first_week, scenario.weeks, world.crafts.n, world.kinds.n, FIRST_EVENT - 1)
    opening = market.state.ledger[1:].tolist()
    tell_every = max(1, scenario.weeks // 20)
    for done in range(scenario.weeks):
        market.step()
        recorder.write(market.state, market.flows)
        if (done + 1) % _SETTLE_EVERY == 0 or done + 1 == scenario.weeks:
            market.settle()
            accounts.close_money(market.state)
            recorder.series["ledger"][done] = market.state.ledger[1:]
        if progress and ((done + 1) % tell_every == 0 or done + 1 == scenario.weeks):
            progress(done + 1, scenario.weeks)
    manifest = {"model": model_digest(), "scenario": scenario.plain(), "identity": scenario.identity(),
                "seed": scenario.seed, "future": future, "chance": market.world.seed, "scale": scenario.scale, "opening": opening}
    return recorder.finish(manifest).seal(keep_events)
