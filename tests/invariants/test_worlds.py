"""Worlds differ by what their parameters say and by nothing else, and both accounts close whatever they say."""

from functools import cache

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model import accounts
from model.crew_account import PARTS, counted, crew_account, unexplained, written
from model.dollar_account import unexplained as unexplained_dollars
from model.measures import measure
from model.parameters import Params
from model.recording import BY_CRAFT, BY_KIND, COUNTS
from model.scenario import Scenario
from model.simulate import build, simulate
from model.state.books import TWELFTHS, Line
from model.world import WORLDS_PART

PARAMS = Params.load()
WORLDS = {"W0": (0, 0), "W1": (1, 0), "W2": (2, 0), "W3": (2, 1), "studios alone": (0, 1)}
NOTHING = {  # every effect of AI on titles, the schedule included
    "ai_tasks.capability": 0.0, "ai_tasks.capability_ceiling": 0.0, "ai_tasks.shoot_cut": 0.0,
    "ai_providers.outages": 0.0, "ai_providers.withdrawals": 0.0, "ai_providers.breaches": 0.0,
    "ai_quality.resistance": 0.0,
}
OFF = {  # a mechanism switched off, and the part of the account that it alone can fill
    "displacement": {"ai_tasks.capability": 0.0, "ai_tasks.capability_ceiling": 0.0},
    "compression": {"ai_tasks.shoot_cut": 0.0},
    "new_tasks": {"ai_tasks.new_tasks": 0.0},
    "scope": {"ai_budget.scope": 0.0},
}


@cache  # a seed with which so small an entrant has the money for its first titles by 2029
def run(world, seed=10, until="2029-06-25", scale=0.02, **changes):
    entrant, incumbents = WORLDS[world]
    chosen = {"worlds.entrant": entrant, "worlds.incumbents": incumbents}
    chosen |= {name.replace("__", "."): value for name, value in changes.items()}
    terms = {"start": "2026-04-13", "until": until, "scale": scale, "seed": seed}
    return simulate(Scenario.named("baseline").varied(**terms, set=chosen))


def named(changes):
    return {name.replace(".", "__"): value for name, value in changes.items()}


def same_market(one, other):
    """Whether people, titles, pay and money went alike, to the last bit."""
    series = [name for name in (*BY_CRAFT, *BY_KIND, *COUNTS, "ledger", "greenlit_place")]
    return np.array_equal(one.events, other.events) and all(
        np.array_equal(one.series[name], other.series[name]) for name in series)


def test_a_producer_that_uses_ai_in_no_stage_works_the_traditional_way_bit_for_bit():
    nowhere = {"ai_tasks.use_by_stage": (0.0,) * 5, "ai_quality.resistance": 0.3, "ai_providers.outages": 6.0}
    traditional, unused = (run(each, **named(nowhere)) for each in ("W1", "W2"))
    assert same_market(traditional, unused)
    assert not same_market(unused, run("W2", **named(nowhere | {"ai_tasks.use_by_stage": (1.0,) * 5})))


@pytest.mark.parametrize("end", [0, 1], ids=["least", "most"])
def test_without_entrant_and_adoption_nothing_of_ai_matters(end):
    strange = {}
    for name in (each for each in PARAMS if each.startswith("ai_")):
        value, limit = PARAMS.about(name).value, PARAMS.about(name).range[end]
        strange[name] = (limit,) * len(value) if isinstance(value, tuple) else limit
    assert same_market(run("W0"), run("W0", **named(strange)))


def test_with_every_effect_of_ai_at_zero_an_ai_first_producer_is_a_traditional_one():
    traditional, ai_first = run("W1", **named(NOTHING)), run("W2", **named(NOTHING))
    assert same_market(traditional, ai_first)
    assert ai_first.series["greenlit_ai"].any()
    assert not same_market(run("W0"), traditional)


def test_one_effect_alone_parts_the_two():
    for effect, value in (("ai_tasks.shoot_cut", 0.4), ("ai_tasks.capability", 0.8)):
        assert not same_market(run("W1", **named(NOTHING)), run("W2", **named(NOTHING | {effect: value}))), effect


def test_audiences_and_clouds_matter_as_far_as_ai_does_work():
    able = NOTHING | {"ai_tasks.capability": 0.8}
    gone = {"ai_providers.withdrawals": 0.6, "ai_providers.withdrawal_weeks": 45}
    for effect in ({"ai_quality.resistance": 0.3}, gone):
        assert same_market(run("W2", **named(NOTHING)), run("W2", **named(NOTHING | effect)))
        assert not same_market(run("W2", **named(able)), run("W2", **named(able | effect)))


def test_an_entrant_outside_the_contracts_saves_on_pay_whichever_way_it_works():
    outside = NOTHING | {"ai_producer.signatory": 0, "ai_producer.nonunion_pay": 0.6}
    traditional, ai_first = (run(each, **named(outside)) for each in ("W1", "W2"))
    assert same_market(traditional, ai_first)
    assert not same_market(traditional, run("W1", **named(NOTHING)))


def test_nobody_is_taught_ai_work_where_nobody_works_with_ai():
    assert not run("W1").series["in_course"].any()
    assert run("W2").series["in_course"].any()


def closes(mine, other):
    """Both accounts of a pair, with the workers' own count beside the titles' books."""
    parts = crew_account(mine, other)
    assert not unexplained(parts).any()
    for each in (mine, other):
        assert np.array_equal(written(each), counted(each, max(each.first_week, WORLDS_PART)))
    assert np.array_equal(parts["total"], TWELFTHS * (written(mine) - written(other)))
    assert not unexplained_dollars(mine.tables["finished"]).any()
    return parts


@pytest.mark.parametrize("world", ["W1", "W2", "W3", "studios alone"])
def test_both_accounts_close_in_every_world(world):
    parts = closes(run(world), run("W0"))
    assert parts["total"].any()


@pytest.mark.parametrize("start", ["2026-12-28", "2027-01-04", "2027-06-14", "2028-01-03"])
def test_both_accounts_close_wherever_a_recording_begins(start):
    terms = {"start": start, "until": "2028-11-27", "scale": 0.01, "seed": 12}
    mine, other = (simulate(Scenario.named("baseline").varied(**terms, set={
        "worlds.entrant": entrant, "worlds.incumbents": incumbents})) for entrant, incumbents in ((2, 1), (0, 0)))
    assert closes(mine, other)["total"].any()
    automated = measure("automated_share").yearly(mine)
    assert all(0.0 <= share < 1.0 for share in automated.values())


@pytest.mark.parametrize("part", OFF)
def test_a_mechanism_that_is_off_leaves_its_part_empty_and_one_that_is_on_does_not(part):
    assert crew_account(run("W3"), run("W0"))[part].any()
    assert not closes(run("W3", **named(OFF[part])), run("W0"))[part].any()


def test_lines_of_the_dollar_are_empty_when_what_fills_them_is_off():
    off = {"ai_producer.compute_credit": 0.0, "ai_places.outside_pay": 1.0, "ai_tasks.rework": 0.0,
           "ai_budget.finance": 0.0, "ai_budget.time_share": 0.0, "ai_budget.scope": 0.0, "ai_tasks.new_tasks": 0.0,
           **NOTHING}
    lines = [line for line in Line if line not in (Line.PAY_RATES, Line.INCENTIVE)]  # signatory; the credit is others'
    worse = {"ai_providers.outages": 6.0, "ai_providers.outage_hours": 96.0}
    on = run("W3", **named(worse)).tables["finished"]["lines"][:, lines]
    assert on.any(axis=0).all()
    assert not run("W3", **named(off)).tables["finished"]["lines"][:, lines].any()


@pytest.mark.parametrize(("table", "column"), [("cells", "worked"), ("cells", "held"), ("cells", "open"),
                                               ("cells", "active"), ("effects", "scope"), ("effects", "displacement"),
                                               ("effects", "new_tasks"), ("effects", "compression")])
def test_an_entry_that_is_lost_breaks_the_account_of_crew_weeks(table, column):
    mine = simulate(Scenario.named("baseline").varied(
        start="2026-04-13", until="2028-06-26", scale=0.02, set={"worlds.entrant": 2, "worlds.incumbents": 1}))
    other = run("W0", seed=mine.manifest["seed"], until="2028-06-26")
    closes(mine, other)
    a, b = mine.tables["titles"], other.tables["titles"]
    here = {(int(each["uid"]), int(each["place"]), int(each["owner"])) for each in b}
    both = np.array([(int(each["uid"]), int(each["place"]), int(each["owner"])) in here for each in a])
    rows = np.flatnonzero((mine.tables[table][column] != 0) & both[mine.tables[table]["title"]])
    assert rows.size
    mine.tables[table][column][rows[rows.size // 2]] = 0
    with pytest.raises(AssertionError):
        closes(mine, other)


def test_a_line_that_is_lost_breaks_the_account_of_the_dollar():
    finished = run("W3").tables["finished"].copy()
    finished["lines"][0, Line.DAYS_NOT_PAID] += 6
    assert unexplained_dollars(finished).any()


def legal(name):
    """Any legal value of a parameter."""
    about = PARAMS.about(name)
    low, high = about.range
    one = st.integers(int(low), int(high)) if isinstance(about.value, int) else st.floats(float(low), float(high))
    return st.tuples(*[one] * len(about.value)) if isinstance(about.value, tuple) else one


@settings(max_examples=8, derandomize=True, suppress_health_check=list(HealthCheck))
@given(values=st.fixed_dictionaries({name: legal(name) for name in PARAMS if name.startswith("ai_")}),
       world=st.sampled_from(["W1", "W2", "W3", "studios alone"]), seed=st.integers(0, 2**40))
def test_both_accounts_close_under_any_legal_parameters_of_ai(values, world, seed):
    values |= {"ai_producer.entry": min(values["ai_producer.entry"], 2027.0)}
    terms = {"seed": seed, "until": "2028-06-26", "scale": 0.01}
    parts = closes(run(world, **terms, **named(values)), run("W0", **terms))
    assert set(parts) == {*PARTS, "total"}


def test_heads_and_cents_close_in_every_week_of_a_world_with_ai():
    market = build(Scenario.named("baseline").varied(
        start="2026-04-13", until="2030-01-07", scale=0.02, set={"worlds.entrant": 2, "worlds.incumbents": 1}))
    for week in range(60):
        market.step()  # heads are checked inside the week
        if week % 10 == 9:
            market.settle()
            accounts.close_money(market.state)
