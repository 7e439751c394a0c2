"""Where studios adopt AI every lever moves what it says it moves first, and is paid for in every account."""

from functools import cache

import numpy as np
import pytest

from experiments.answer.closing import accounts_of
from model import crew_account, dollar_account, measures
from model.levers import lever_classes
from model.mechanisms.production import LOS_ANGELES
from model.scenario import Scenario
from model.simulate import simulate
from model.state.books import Line
from model.world import WORLDS_PART

FUTURES, STANDARD_ERRORS = 3, 3.0
KNOBS = [f"{name}.{knob}" for name, kind in lever_classes().items() for knob in kind.knobs]
# Titles with AI, to see them in a small market, and more people who ask for a course than there are places.
MANY = {"ai_adoption.initial": 0.3, "ai_tasks.suited": [0.9] * 10, "ai_people.interest": 0.3,
        "ai_tasks.crew_foreseen": 0.0}
QUESTION = Scenario.named("ai_first").varied(until="2028-10-09", scale=0.02, set=MANY)
LATER = "2027-04-05"
LARGE = {"TaxCredit.cap": 3000}  # more titles with a credit to look at
INSURED = {"WageInsurance.share": 1.0}


def of(name):
    """A measure over the whole run."""
    return lambda r: measures.measure(name).weekly(r).sum()


def series(name):
    return lambda r: r.series[name].sum()


def displaced(r):
    return -r.tables["effects"]["displacement"].sum()


def credit_a_title(r):
    return of("credit_musd")(r) / of("credited_titles")(r)


def credit_of_ai_titles(r):
    """What titles with AI and a credit get, of what they cost."""
    finished = r.tables["finished"][r.tables["finished"]["incentive"] > 0]
    return finished["incentive"].sum() / (finished["spent"] + finished["rest"]).sum()


def ai_work_elsewhere(r):
    """What pay elsewhere spares, of what the AI crew would cost here, on titles that shoot here with a credit."""
    finished = r.tables["finished"]
    lines = finished["lines"][(finished["place"] == LOS_ANGELES) & (finished["incentive"] > 0)].sum(axis=0)
    return lines[Line.PLACE] / -lines[Line.NEW_CREW]


# knob → value, settings of both worlds beside it, what it moves first, and in which direction
FIRST = {
    "TaxCredit.rate": (0.6, LARGE, of("credited_titles"), -1),  # fewer share the same sum
    "TaxCredit.cap": (3000, {}, of("credited_titles"), 1),
    "TaxCredit.title_cap": (1.0, LARGE, credit_a_title, -1),
    "TaxCredit.ai_counts": (0.0, LARGE, credit_of_ai_titles, -1),
    "TaxCredit.resident": (0.2, LARGE, ai_work_elsewhere, -1),
    "MinimumCrew.share": (1.0, {}, displaced, -1),
    "AiLevy.rate": (10.0, {}, displaced, -1),
    "RetrainingGrant.places": (5000.0, {}, series("retrained"), 1),
    "WageInsurance.share": (1.0, {}, series("declined"), -1),
    "WageInsurance.weeks": (0, INSURED, series("declined"), 1),
    "CloudRedundancy.contracts": (3, {}, of("cloud_concentration"), -1),
    "ResidentHire.share": (1.0, {}, ai_work_elsewhere, -1),
    "BenefitExtension.weeks": (52, {}, of("benefits_musd"), 1),
    "BenefitExtension.health_hours": (400, {}, series("coverage_lost"), -1),
}


@cache
def run(settings, future, begin):
    levers = dict(settings)
    dates = {f"{name.partition('.')[0]}.from": begin for name in levers}
    return simulate(QUESTION.varied(levers=levers | dates), future=future)


def world(settings, future=0, begin="2026-04-13"):
    return run(tuple(sorted(settings.items())), future, begin)


def test_every_knob_has_a_first_effect_here():
    assert sorted(FIRST) == sorted(KNOBS)


@pytest.mark.parametrize("knob", KNOBS)
def test_a_lever_moves_what_it_says_it_moves_first(knob):
    value, beside, effect, direction = FIRST[knob]
    moved = [effect(world(beside | {knob: value}, f)) - effect(world(beside, f)) for f in range(FUTURES)]
    error = np.std(moved, ddof=1) / np.sqrt(FUTURES)
    assert direction * np.mean(moved) >= max(STANDARD_ERRORS * error, 1e-12)


@pytest.mark.parametrize("knob", KNOBS)
def test_a_neutral_knob_changes_nothing_where_ai_is_used(knob):
    name, _, part = knob.partition(".")
    assert world({knob: lever_classes()[name].knobs[part].neutral}).hash == world({}).hash


@pytest.mark.parametrize("knob", KNOBS)
def test_a_knob_that_is_moved_later_changes_nothing_earlier_and_something_afterwards(knob):
    """In 2015 nobody uses AI, so that what moves nothing but AI has to be looked at here."""
    value, beside, *_ = FIRST[knob]
    moved, still = (world(each, begin=LATER) for each in (beside | {knob: value}, beside))
    parted = QUESTION.varied(start=LATER).first_week - QUESTION.first_week
    assert moved.hash != still.hash
    assert all(np.array_equal(values[:parted], still.series[name][:parted]) for name, values in moved.series.items())


@pytest.mark.parametrize("end", ["low", "high"])
@pytest.mark.parametrize("knob", KNOBS)
def test_a_lever_is_paid_for_in_every_account(knob, end):
    name, _, part = knob.partition(".")
    value, beside = getattr(lever_classes()[name].knobs[part], end), FIRST[knob][1]
    with_it, without = world(beside | {knob: value}), world(beside)
    assert not any(each["residual"] for each in accounts_of(with_it).values())
    assert not dollar_account.unexplained(with_it.tables["finished"]).any()
    parts = crew_account.crew_account(with_it, without)
    assert not crew_account.unexplained(parts).any()
    assert np.array_equal(crew_account.written(with_it), crew_account.counted(with_it, WORLDS_PART))
