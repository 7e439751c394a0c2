"""An AI-first producer spends on titles what it has, however small the market is run."""

import numpy as np

from model.mechanisms import capital
from model.mechanisms.capital import missing_at_entry
from model.parameters import Params
from model.scenario import Scenario
from model.simulate import build, simulate
from model.units import CENTS

ALONE = {  # one traditional entrant that lives on capital alone and makes independent features
    "worlds.entrant": 1, "ai_producer.siblings": 0, "ai_producer.earned_back": 0.0, "ai_producer.failure": 0.0,
    "ai_producer.failure_unfunded": 0.0, "ai_producer.walk_away": 0.0, "ai_providers.exit": 0.0,
}


def test_entrants_begin_a_part_of_a_title_below_nothing_and_always_the_same_part():
    budget = np.array([1e9, 4e9, 0.0])
    missing = missing_at_entry(np.arange(2000), budget, 3)
    assert (missing >= 0).all()
    assert (missing <= budget).all()
    assert np.allclose(missing.mean(axis=0), budget / 2, rtol=0.05)
    assert np.array_equal(missing_at_entry(np.array([7]), budget, 3)[0], missing[7])


def test_capital_is_spent_on_titles_once_and_not_again():
    kinds = len(Params.load().about("ai_producer.slate").value)
    features = [1.0 if kind == 1 else 0.0 for kind in range(kinds)]
    scenario = Scenario.named("baseline").varied(start="2026-04-13", until="2030-04-08", scale=0.05,
                                                 set=ALONE | {"ai_producer.slate": features})
    spent = []
    for future in range(20):
        series = simulate(scenario, future, keep_events=False).series
        spent.append(series["spend_by_owner"][:, -4:].sum() / series["spent_raised"][-1].sum())
    error = np.std(spent, ddof=1) / len(spent) ** 0.5
    print(f"spent of what was raised: {np.mean(spent):.2f} ± {error:.2f}")
    assert abs(np.mean(spent) - 1.0) < min(3.0 * error, 0.25)


def test_a_kind_whose_makers_were_all_bought_is_ordered_from_their_buyers():
    from model.mechanisms.consolidation import slate_shares

    share = np.array([[0.6, 0.0], [0.4, 0.3], [0.0, 0.7]])
    everyone = slate_shares(share, np.array([0, 1, 2]), 0.0)
    assert np.allclose(everyone, share)
    found = slate_shares(share, np.array([0, 0, 0]), 0.0)
    assert np.allclose(found, [[1.0, 1.0], [0.0, 0.0], [0.0, 0.0]])
    half_kept = slate_shares(share, np.array([0, 1, 0]), 0.5)
    assert np.allclose(half_kept, [[0.6, 0.0], [0.4, 0.3 / 0.65], [0.0, 0.35 / 0.65]])


def test_what_is_missing_at_entry_is_part_of_what_a_title_costs_the_entrant(monkeypatch):
    seen = []
    usual = capital.missing_at_entry
    monkeypatch.setattr(capital, "missing_at_entry", lambda *asked: seen.append(asked[1]) or usual(*asked))
    outside, no_answer = {"ai_producer.signatory": 0}, {"green_light.feedback": 0.0}
    for chosen in ({"worlds.entrant": 1}, {"worlds.entrant": 2}, {"worlds.entrant": 1} | outside,
                   {"worlds.entrant": 2} | no_answer):
        market = build(Scenario.named("baseline").varied(start="2026-04-13", until="2027-06-30", scale=0.02,
                                                         set=ALONE | chosen))
        before = len(seen)
        while len(seen) == before:
            market.step()
    traditional, with_ai, not_signed, same_price = seen
    usual = market.world.kinds.budget * CENTS
    assert np.array_equal(traditional, usual)
    assert (with_ai[:2] < usual[:2]).all()
    assert (with_ai > 0.5 * usual).all()
    assert (not_signed < usual).all()  # pay below scale, however it works
    assert np.array_equal(same_price, usual)  # the green-light charges everyone the usual cost
