"""What the public pays is what others get: each series beside a sum made another way; no lever, no cost."""

import json
from dataclasses import replace

import numpy as np
import pytest

from experiments.answer.closing import accounts_of
from model import accounts, dollar_account, measures, public_account
from model.levers import lever_classes
from model.mechanisms.production import LOS_ANGELES
from model.public_account import PURPOSES, cost, purpose
from model.recording import Recording
from model.simulate import build, simulate
from model.state.events import Entry
from model.vocabulary import Status
from tests.unit.ai_worlds import with_ai

MANY = {"ai_adoption.initial": 0.3, "ai_tasks.suited": [0.9] * 10}  # titles with AI, to see them in a small market
LEVY, PLACES, WEEKS = 2.0, 1500.0, 156
EVERY_LEVER = {
    "AiLevy.rate": LEVY,
    "BenefitExtension.weeks": 13,
    "CloudRedundancy.contracts": 2,
    "MinimumCrew.share": 0.3,
    "ResidentHire.share": 0.8,
    "RetrainingGrant.places": PLACES,
    "TaxCredit.cap": 1500,
    "TaxCredit.resident": 0.05,
    "WageInsurance.share": 0.5,
}
OFF = ("courses", "wage_insurance", "levy")


def scenario(levers):
    return with_ai(until="2029-04-09", set=MANY, levers=levers, seed=3)  # a future in which credit goes elsewhere, too


@pytest.fixture(scope="module")
def with_all():
    return simulate(scenario(EVERY_LEVER))


@pytest.fixture(scope="module")
def without():
    return simulate(scenario({}))


@pytest.fixture(scope="module")
def watched():
    """Week by week, from the state itself: credit of new titles, of it in Los Angeles, levy due, and on calls."""
    market = build(scenario(EVERY_LEVER))
    weeks = []
    due = {}  # (title, stage) → levy of a week of it, at the technique with which the stage began
    for _ in range(WEEKS):
        week = market.week
        market.step()
        state, p = market.state, market.state.productions
        new = state.order[p.greenlit[state.order] == week]
        levy = 0
        for row in state.order[p.ai[state.order] != 0]:
            levy_of = due.setdefault((p.uid[row], p.stage[row]), levy_of_a_week(market, row))
            levy += levy_of * (p.extra[row] == 0)
        weeks.append((p.incentive[new].sum(), p.incentive[new][p.place[new] == LOS_ANGELES].sum(), levy))
    return np.array(weeks, np.int64)


def levy_of_a_week(market, row):
    """Compute of what AI does on a title in a week, at list price, times the levy; what is redone pays it again."""
    p, world, t = market.state.productions, market.world, market.state.technique[0]
    kind, stage, provider = p.kind[row], p.stage[row], p.provider[row]
    uses = (p.ai[row] >> t["area"][stage]) & 1
    days = world.crew_size[stage, kind] * p.size[row] * world.kinds.days[kind]
    done = days * t["automated"][p.terms[row], provider, stage] * uses
    return int((done * t["compute"][provider]).sum() * LEVY * (1 + world.params.ai_tasks.rework) + 0.5)


def test_every_lever_is_on():
    assert {name.partition(".")[0] for name in EVERY_LEVER} == set(lever_classes())


def test_the_credit_is_what_the_titles_green_lit_that_week_were_allotted(with_all, watched):
    assert purpose(with_all, "credit").tolist() == watched[:, 0].tolist()
    assert purpose(with_all, "credit_in_los_angeles").tolist() == watched[:, 1].tolist()
    assert watched[:, 0].sum() > watched[:, 1].sum() > 0


def test_the_levy_is_its_rate_on_the_compute_that_titles_use(with_all, watched):
    assert watched[:, 2].sum() > 0
    assert purpose(with_all, "levy") == pytest.approx(watched[:, 2], abs=200)  # a cent a title, if sums differ by order


def test_credit_is_allotted_as_far_as_the_cap_goes(with_all):
    years, cap = WEEKS / 52, 1500e6 * 100 * with_all.scale
    largest = purpose(with_all, "credit").max()  # the last title may exceed what is left
    assert purpose(with_all, "credit").sum() <= (years + 0.5) * cap + largest


def test_a_grant_costs_its_places_at_the_price_at_most(with_all):
    price = with_all.scale * 10_000 * 100  # cents of a place, and the market is small
    paid = purpose(with_all, "courses").sum()
    assert 0 < paid <= (PLACES * WEEKS / 52 + 1 / with_all.scale) * price
    assert (purpose(with_all, "courses") % (PLACES / (PLACES + 500) * 1e6) == 0).all()  # whole courses, its share


def test_insurance_and_benefits_are_what_workers_drew(with_all):
    drawn = with_all.series["ledger"][-1, Entry.BENEFITS - 1] - with_all.manifest["opening"][Entry.BENEFITS - 1]
    assert purpose(with_all, "wage_insurance").sum() + purpose(with_all, "benefits").sum() == drawn
    assert purpose(with_all, "wage_insurance").sum() > 0
    assert measures.measure("benefits_musd").weekly(with_all).sum() == pytest.approx(drawn / with_all.scale / 1e8)


def test_insurance_is_paid_to_those_on_calls_that_pay_less():
    """Three weeks, worker by worker: days times half of what the call pays less than the last."""
    market = build(scenario({"WageInsurance.share": 0.5}))
    market.step()
    for _ in range(3):
        market.settle()
        crew, ledger, week = market.state.crew, market.state.ledger, market.week
        w, before = crew.records.copy(), int(ledger[Entry.INSURED])
        here = np.flatnonzero(crew.status == Status.ON_CALL)
        lost = np.maximum(0, w["spell_wage"][here].astype(int) - w["wage"][here]) * 500 // 1000
        due = w["days"][here].astype(int) * lost * (w["since"][here] + 104 > week)
        market.state.week += 1  # a week goes by in which nothing happens
        market.state.now["week"] = market.week
        market.settle()
        assert ledger[Entry.INSURED] - before == due.sum() > 0


@pytest.mark.parametrize("name", OFF)
def test_a_lever_that_is_off_costs_nothing(name, without):
    assert not purpose(without, name).any()
    assert purpose(without, "credit").any()
    assert purpose(without, "benefits").any()


def test_money_closes_with_every_lever_on(with_all):
    assert not any(each["residual"] for each in accounts_of(with_all).values())
    assert not dollar_account.unexplained(with_all.tables["finished"]).any()


@pytest.mark.parametrize("line", ["CREDIT", "LEVY"])
def test_a_cent_of_public_money_dropped_breaks_the_closing(line):
    market = build(scenario(EVERY_LEVER))
    market.advance_to(market.week + 9)
    accounts.close_public(market.state)
    assert market.state.ledger[Entry[line]] > 0
    market.state.ledger[Entry[line]] -= 1
    with pytest.raises(accounts.AccountsDoNotClose, match="differ"):
        accounts.close_public(market.state)


def test_the_measures_add_up_to_the_public_cost(with_all):
    of = {name: measures.measure(name).weekly(with_all) for name, *_ in public_account.DECLARED}
    parts = of["credit_musd"] + of["retraining_musd"] + of["wage_insurance_musd"] - of["levy_musd"]
    assert of["public_cost_musd"] == pytest.approx(parts + purpose(with_all, "benefits") / with_all.scale / 1e8)
    for name, _, unit, definition, over, _ in public_account.DECLARED:
        assert over == "sum", name
        assert unit == "USD million", name
        assert definition, name


def test_the_series_has_a_column_for_every_purpose(with_all):
    values = with_all.series["public_money"]
    assert values.dtype == np.int64
    assert values.shape == (with_all.weeks, len(PURPOSES))
    assert with_all.manifest["public_money"] == list(PURPOSES)


def test_a_late_start_counts_only_its_own_weeks(without):
    opening = without.manifest["opening"]
    assert opening[Entry.CREDIT - 1] > purpose(without, "credit").sum() > 0


def test_the_levy_lessens_what_the_public_pays(with_all):
    paid = np.zeros((with_all.weeks, len(PURPOSES)), np.int64)
    paid[0, PURPOSES.index("credit")], paid[1, PURPOSES.index("levy")] = 700_000, 100_000  # 6,000 USD in all
    mine = replace(with_all, series={"public_money": paid})
    assert cost(mine).sum() == 600_000


def test_a_recording_from_before_public_money_was_kept_still_loads(without, tmp_path):
    kept = {name: values for name, values in without.series.items() if name != "public_money"}
    old = Recording({name: value for name, value in without.manifest.items() if name not in ("public_money", "hash")},
                    kept, without.events, without.tables)
    old.save(tmp_path / "old")
    manifest = json.loads((tmp_path / "old" / "manifest.json").read_text(encoding="utf-8"))
    (tmp_path / "old" / "manifest.json").write_text(json.dumps({**manifest, "format": 2}), encoding="utf-8")
    again = Recording.load(tmp_path / "old")
    assert not measures.measure("public_cost_musd").weekly(again).any()
    assert measures.measure("payroll_musd").weekly(again).any()
