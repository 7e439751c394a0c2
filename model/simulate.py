"""simulate(scenario) → Recording: the only door to a run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from model import accounts, checkpoints
from model.calendar import monday
from model.digest import model_digest
from model.market import LaborMarket
from model.mechanisms.skills import skills
from model.recorder import Recorder
from model.recording import Recording
from model.rng import future_seed
from model.scenario import Scenario
from model.world import HISTORY_BEGINS, WORLDS_PART

ONLY_WHERE_WORLDS_PART = ("worlds.", "ai_")  # parameters that nothing reads before worlds part
CHECKPOINT_EVERY = 52  # weeks between two checkpoints, and between two closings of the accounts of money


def build(scenario: Scenario, future: int = 0, studio_types: dict | None = None, use_checkpoints: bool = True
          ) -> LaborMarket:
    """The market of a scenario at the start of its first week, one future of it.

    The years before 2015 are the same in every world with the same parameters, chance and scale, so they are
    taken from a checkpoint when there is one; a later start is reached from the latest checkpoint before it. Where
    worlds part they all have their history in common, and the first one to get there leaves it to the others.
    """
    seed = future_seed(scenario.seed, future)
    market = LaborMarket(scenario.params(), scenario.lever_set(), seed, scenario.scale, scenario.without,
                         studio_types, history=False)
    use_checkpoints = use_checkpoints and not studio_types
    yearly = range(HISTORY_BEGINS, scenario.first_week + 1, CHECKPOINT_EVERY)
    weeks = sorted({week for week in (*yearly, WORLDS_PART) if week <= scenario.first_week}, reverse=True)
    if not (use_checkpoints and any(market.restore(checkpoint_name(scenario, seed, week)) for week in weeks)):
        market.run_history()
        if use_checkpoints:
            checkpoints.save(market.state, checkpoint_name(scenario, seed, HISTORY_BEGINS))
    if use_checkpoints and market.week < WORLDS_PART <= scenario.first_week:
        market.advance_to(WORLDS_PART)
        checkpoints.save(market.state, checkpoint_name(scenario, seed, WORLDS_PART))
    market.advance_to(scenario.first_week)
    market.settle()  # the recording opens with closed books
    return market


def ends_a_year(week: int) -> bool:
    """Whether ``week`` is the first that begins in a new calendar year."""
    return monday(week).year != monday(week - 1).year


def checkpoint_name(scenario: Scenario, seed: int, week: int) -> str:
    """Key of the state in which a scenario's future stands at the start of a week."""
    common = ONLY_WHERE_WORLDS_PART if week <= WORLDS_PART else ()
    what = {"parameters": scenario.params().digest(common), "seed": seed, "scale": scenario.scale, "week": week}
    if week > HISTORY_BEGINS:  # from 2015 on worlds may differ by levers and by the shocks they know
        what |= {"levers": scenario.lever_set().settings(before=week), "without": sorted(scenario.without)}
    return checkpoints.key(**what)


class Play:
    """One future of a scenario as it is run, week by week; ``recording`` is what came of it.

    Whoever wants to look on while it runs (the app) steps it and reads ``market`` and ``recorder`` in between.
    """

    def __init__(self, scenario: Scenario, future: int = 0, studio_types: dict | None = None,
                 use_checkpoints: bool = True, keep_checkpoints: bool = False) -> None:
        self.scenario, self.future, self.weeks, self.done = scenario, future, scenario.weeks, 0
        self.keep_checkpoints = keep_checkpoints and not studio_types  # whose ways the key does not know
        self.leaves_history = use_checkpoints and not studio_types
        self.market = build(scenario, future, studio_types, use_checkpoints)
        world, ledger = self.market.world, self.market.state.ledger[1:]
        self.raised_before = int(self.market.state.producers["raised"].sum())  # cents, by AI-first producers
        self.recorder = Recorder(scenario.first_week, self.weeks, world.crafts.n, world.kinds.n, ledger)
        self.recorder.open(self.market.state)

    def week(self) -> None:
        """The next week, and its row of the recording."""
        market, recorder = self.market, self.recorder
        if self.keep_checkpoints and market.week > HISTORY_BEGINS and market.week % CHECKPOINT_EVERY == 0:
            checkpoints.save(market.state, checkpoint_name(self.scenario, market.world.seed, market.week))
        if market.week == max(self.scenario.first_week, WORLDS_PART):
            market.settle()
            recorder.follow(market.state, market.state.now[0])
        market.step()
        recorder.write(market.state, market.flows)
        self.done += 1
        if self.done % CHECKPOINT_EVERY == 0 or self.done == self.weeks:
            market.settle()
            accounts.close_money(market.state)
            recorder.series["ledger"][self.done - 1] = market.state.ledger[1:]
        if recorder.follows and (ends_a_year(market.week) or self.done == self.weeks):
            market.settle()
            state = market.state
            able = skills(state.people.records, state.people.status, state.now)
            recorder.end_year(state, able, state.now[0], market.world)

    def manifest(self) -> dict[str, Any]:
        """What the recording comes from."""
        return {"model": model_digest(), "scenario": self.scenario.plain(), "identity": self.scenario.identity(),
                "seed": self.scenario.seed, "future": self.future, "chance": self.market.world.seed,
                "scale": self.scenario.scale, "opening": self.recorder.opening.tolist(),
                "raised_before": self.raised_before}

    def recording(self, keep_events: bool = True) -> Recording:
        """The recording of the weeks run, sealed; the run ends with it."""
        market = self.market
        if self.leaves_history and market.week == WORLDS_PART:  # where others will begin
            checkpoints.save(market.state, checkpoint_name(self.scenario, market.world.seed, WORLDS_PART))
        self.recorder.close(market.state)
        return self.recorder.finish(self.manifest()).seal(keep_events)


def simulate(scenario: Scenario, future: int = 0, progress: Callable[[int, int], None] | None = None,
             keep_events: bool = True, studio_types: dict | None = None, use_checkpoints: bool = True,
             keep_checkpoints: bool = False) -> Recording:
    """Run one future of a scenario and return its recording.

    ``progress`` is told the weeks done and the weeks in all, about twenty times. ``keep_events=False`` drops the
    event log once it has been hashed. ``studio_types`` lets some studios decide in their own way.
    ``keep_checkpoints`` keeps the state of every 52nd week, from which lives can be followed.
    """
    play = Play(scenario, future, studio_types, use_checkpoints, keep_checkpoints)
    tell_every = max(1, play.weeks // 20)
    while play.done < play.weeks:
        play.week()
        if progress and (play.done % tell_every == 0 or play.done == play.weeks):
            progress(play.done, play.weeks)
    return play.recording(keep_events)
