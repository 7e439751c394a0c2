"""Each mechanism does what it is there for: the experiment that shows it, on paired futures.

A tenth of the market, 2015 to 2017, the same futures with and without; an effect counts when its paired mean
is at least three standard errors from nothing. Where only a mean has to lie in a wide band, few futures do.
"""

from datetime import date
from functools import cache

import numpy as np
import pytest

from model.mechanisms.location import district_of
from model.parameters import Params
from model.scenario import Scenario
from model.simulate import build, simulate
from model.state.events import Entry, unpack
from model.tables import kinds, places
from model.vocabulary import HIRES

FUTURES, FEW, SCALE = 4, 2, 0.1
STANDARD = Params.load()


def futures(overrides=(), levers=(), many=FUTURES):
    """Recordings of the same futures under some settings."""
    changes = tuple((name, value) for name, value in overrides if value != STANDARD[name])
    return [future_of(changes, levers, future) for future in range(many)]


@cache
def future_of(overrides, levers, future):
    """The recording of one; worlds that differ by levers alone share the years before 2015."""
    scenario = Scenario.named("baseline").varied(scale=SCALE, until=date(2018, 1, 1), set=dict(overrides),
                                                 levers=dict(levers))
    return simulate(scenario, future)


def standard_errors(measure, overrides=(), levers=()):
    """Paired mean effect of some settings on a measure, in standard errors, and the effect itself."""
    pairs = zip(futures(), futures(overrides, levers), strict=True)
    differences = np.array([measure(changed) - measure(base) for base, changed in pairs])
    error = differences.std(ddof=1) / np.sqrt(differences.size)
    return differences.mean() / max(error, 1e-12), differences.mean()


def gini(values):
    """Gini coefficient of nonnegative numbers."""
    x = np.sort(values.astype(float))
    n = x.size
    return (2 * np.arange(1, n + 1) - n - 1) @ x / (n * x.sum())


def inequality_of_hiring(recording):
    """Gini of hires per worker within a craft, averaged over crafts; first workforce only."""
    from model.state.population import largest_remainders
    from model.tables import crafts

    per_craft = largest_remainders(crafts().share * STANDARD.population.attached * SCALE)
    what, _, who = unpack(recording.events)
    hires = np.bincount(who[np.isin(what, [int(e) for e in HIRES])], minlength=per_craft.sum())[: per_craft.sum()]
    blocks = np.split(hires, np.cumsum(per_craft)[:-1])
    return float(np.mean([gini(block) for block in blocks if block.any()]))  # the new craft has nobody yet


def scripted_here(recording):
    """Scripted titles green-lit for Los Angeles."""
    return recording.series["greenlit_home"][:, kinds().scripted].sum()


def made_in(place):
    """Titles green-lit for a place."""
    code = places().names.index(place)
    return lambda recording: recording.series["greenlit_place"][:, code].sum()


def test_rewiring_contacts_at_random_changes_inequality_of_hiring_within_a_craft():
    errors, effect = standard_errors(inequality_of_hiring, (("referral.rewiring", 1.0),))
    print(f"Gini of hires within a craft: {effect:+.4f} with strangers for contacts ({errors:+.1f} standard errors)")
    assert abs(errors) >= 3


@cache
def ways_of_hires(value_of_time, future):
    """Mean minutes between home and work of everyone hired in 2015, and the share of searchers who declined."""
    scenario = Scenario.named("baseline").varied(scale=SCALE, until=date(2016, 1, 4),
                                                 set={"commute.value_of_time": value_of_time})
    market = build(scenario, future, use_checkpoints=False)
    minutes, declined, searchers = [], 0, 0
    for _ in range(scenario.weeks):
        market.step()
        what, uid, who = unpack(market.state.events)
        hired = np.isin(what, [int(e) for e in HIRES])
        home, work = market.state.crew.district[who[hired]], district_of(uid[hired], market.world.seed)
        minutes.append(market.world.minutes[home, work])
        declined += market.flows.declined
        searchers += int(market.flows.searchers.sum())
    return float(np.concatenate(minutes).mean()), declined / searchers


@pytest.mark.parametrize(("of", "sign"), [(0, -1), (1, +1)], ids=["hires live nearer", "more decline"])
def test_the_more_time_is_worth_the_nearer_to_home_people_work_and_the_more_they_decline(of, sign):
    change = np.array([ways_of_hires(1.0, f)[of] - ways_of_hires(0.0, f)[of] for f in range(FUTURES)])
    errors = change.mean() / (change.std(ddof=1) / np.sqrt(FUTURES))
    print(f"{'minutes of hires, declined'.split(', ')[of]}: {change.mean():+.4f} ({errors:+.1f} standard errors)")
    assert sign * errors >= 3


def test_without_referral_nobody_is_hired_by_phone():
    assert all(r.series["by_referral"].sum() == 0 for r in futures((("referral.share", 0.0),), many=1))


@pytest.mark.parametrize(("feedback", "low", "high"), [(1.0, -1.1, -0.85), (0.0, -0.01, 0.01)])
def test_titles_answer_their_cost_only_with_feedback(feedback, low, high):
    """Without it what is left is where titles go: a cap of the credit that serves more of them moves a few."""
    settings = (("green_light.feedback", feedback),)
    dear, cheap = (futures(each, many=FEW) for each in (settings, (*settings, ("green_light.cost_index", 0.8))))
    elasticity = np.mean([np.log(c.series["greenlit"].sum() / d.series["greenlit"].sum()) / np.log(0.8)
                          for d, c in zip(dear, cheap, strict=True)])
    print(f"elasticity of titles to cost with feedback {feedback:g}: {elasticity:+.3f}")
    assert low <= elasticity <= high


@pytest.mark.parametrize(("response", "low", "high"), [(-1.3, 0.80, 1.0), (0.0, 1.35, 1.5), (1.0, 1.85, 2.2)])
def test_the_title_multiplier_of_a_saving_spans_its_range_with_the_response_of_spend(response, low, high):
    settings = (("green_light.spend_response", response),)
    dear, cheap = (futures(each, many=FEW) for each in (settings, (*settings, ("green_light.cost_index", 0.7))))
    multiplier = np.mean([c.series["greenlit"].sum() / d.series["greenlit"].sum()
                          for d, c in zip(dear, cheap, strict=True)])
    print(f"title multiplier at a saving of 30 % with spend response {response:g}: {multiplier:.2f}")
    assert low <= multiplier <= high


def test_removing_georgias_incentive_moves_titles_away_from_georgia():
    """A part of them comes to Los Angeles, too little to be told from chance in so few futures."""
    errors, effect = standard_errors(made_in("georgia"), (("location.georgia", 0.0),))
    here, gained = standard_errors(scripted_here, (("location.georgia", 0.0),))
    print(f"Georgia {effect:+.1f} titles ({errors:+.1f} standard errors), Los Angeles {gained:+.1f} ({here:+.1f})")
    assert errors <= -3


def test_without_its_credit_california_loses_about_half_of_the_credited_titles_or_more():
    none = futures((), (("TaxCredit.cap", 0.0),))
    credited = np.mean([r.series["greenlit_credited"].sum() for r in futures()])
    lost = np.mean([scripted_here(b) - scripted_here(n) for b, n in zip(futures(), none, strict=True)]) / credited
    print(f"share of credited titles lost without the credit: {lost:.2f} (the legislature's analyst: about 0.67)")
    assert all(r.series["greenlit_credited"].sum() == 0 for r in none)
    assert 0.35 <= lost <= 0.85


@pytest.mark.parametrize(("lever", "value", "measure", "sign"), [
    ("TaxCredit.cap", 3000.0, scripted_here, +1),
    ("TaxCredit.rate", 0.6, lambda r: r.series["greenlit_credited"].sum(), -1),
    ("BenefitExtension.weeks", 52, lambda r: r.series["ledger"][-1, Entry.BENEFITS - 1], +1),
    ("BenefitExtension.health_hours", 400, lambda r: r.series["coverage_lost"].sum(), -1),
])
def test_a_lever_at_its_upper_end_moves_its_target(lever, value, measure, sign):
    errors, effect = standard_errors(measure, (), ((lever, value),))
    print(f"{lever} = {value:g}: {effect:+.1f} ({errors:+.1f} standard errors)")
    assert sign * errors >= 3


def test_a_higher_rate_keeps_more_titles_when_neither_the_cap_nor_the_stages_bind():
    wide = (("TaxCredit.cap", 3000.0),)
    low, high = (futures((), (*wide, ("TaxCredit.rate", rate))) for rate in (0.03, 0.12))
    gain = np.array([scripted_here(h) - scripted_here(b) for b, h in zip(low, high, strict=True)])
    print(f"a rate of 12 % instead of 3 %: {gain.mean():+.1f} titles")
    assert gain.mean() >= 3 * gain.std(ddof=1) / np.sqrt(gain.size)
