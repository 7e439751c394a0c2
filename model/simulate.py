"""simulate(scenario) → Recording: the only door to a run."""

from __future__ import annotations

from collections.abc import Callable

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


def simulate(scenario: Scenario, future: int = 0, progress: Callable[[int, int], None] | None = None,
             keep_events: bool = True, studio_types: dict | None = None, use_checkpoints: bool = True,
             keep_checkpoints: bool = False) -> Recording:
    """Run one future of a scenario and return its recording.

    ``progress`` is told the weeks done and the weeks in all, about twenty times. ``keep_events=False`` drops the
    event log once it has been hashed. ``studio_types`` lets some studios decide in their own way.
    ``keep_checkpoints`` keeps the state of every 52nd week, from which lives can be followed.
    """
    market = build(scenario, future, studio_types, use_checkpoints)
    world = market.world
    recorder = Recorder(scenario.first_week, scenario.weeks, world.crafts.n, world.kinds.n, market.state.ledger[1:])
    tell_every = max(1, scenario.weeks // 20)
    for done in range(scenario.weeks):
        if keep_checkpoints and market.week > HISTORY_BEGINS and market.week % CHECKPOINT_EVERY == 0:
            checkpoints.save(market.state, checkpoint_name(scenario, market.world.seed, market.week))
        if market.week == max(scenario.first_week, WORLDS_PART):
            market.settle()
            recorder.follow(market.state, market.state.now[0])
        market.step()
        recorder.write(market.state, market.flows)
        if (done + 1) % CHECKPOINT_EVERY == 0 or done + 1 == scenario.weeks:
            market.settle()
            accounts.close_money(market.state)
            recorder.series["ledger"][done] = market.state.ledger[1:]
        if recorder.follows and (ends_a_year(market.week) or done + 1 == scenario.weeks):
            market.settle()
            crew, status, *_ = market.state.people
            recorder.end_year(market.state, skills(crew, status, market.state.now), market.state.now[0], market.world)
        if progress and ((done + 1) % tell_every == 0 or done + 1 == scenario.weeks):
            progress(done + 1, scenario.weeks)
    if use_checkpoints and not studio_types and market.week == WORLDS_PART:  # where others will begin
        checkpoints.save(market.state, checkpoint_name(scenario, market.world.seed, WORLDS_PART))
    recorder.close(market.state)
    manifest = {"model": model_digest(), "scenario": scenario.plain(), "identity": scenario.identity(),
                "seed": scenario.seed, "future": future, "chance": market.world.seed, "scale": scenario.scale,
                "opening": recorder.opening.tolist()}
    return recorder.finish(manifest).seal(keep_events)
