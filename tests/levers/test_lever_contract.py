"""Every lever honors the contract: documented, bounded, dated, neutral until turned."""

from __future__ import annotations

import numpy as np
import pytest

from model.errors import CallSheetError
from model.levers import Knob, Lever, Levers, lever_classes
from model.parameters import Params
from model.policy import Policy
from tests.pace import quiet_seconds

KNOBS = [(name, knob) for name, kind in lever_classes().items() for knob in kind.knobs]


@pytest.fixture
def baseline():
    return Policy(
        credit_rate=0.35,
        credit_cap_usd=750e6,
        credit_title_cap_usd=120e6,
        credit_base_share=0.6,
        credit_covers=np.array([True, False, True]),
        benefit_weekly_max_cents=45000,
        benefit_weeks=26,
        benefit_topup_cents=0,
        health_hours_enter=600,
        health_hours_keep=400,
    )


def rules(policy):
    return {name: np.asarray(getattr(policy, name)).tolist() for name in Policy.__slots__}


def ends(name, knob):
    declared = lever_classes()[name].knobs[knob]
    return declared.low, declared.high


def test_the_two_levers_are_found_by_lying_in_their_folder():
    assert {"TaxCredit", "BenefitExtension"} <= set(lever_classes())


@pytest.mark.parametrize("name", lever_classes())
def test_a_lever_says_what_it_works_through_and_what_it_does_not(name):
    text = lever_classes()[name].text()
    assert "works through" in text
    assert "does not" in text


@pytest.mark.parametrize(("name", "knob"), KNOBS)
def test_a_knob_has_a_label_a_reason_and_a_source_that_exists(name, knob):
    declared = lever_classes()[name].knobs[knob]
    assert declared.label
    assert declared.why.endswith(".")
    assert declared.source == "" or Params.load().source(declared.source).url


@pytest.mark.parametrize(("name", "knob"), KNOBS)
def test_a_neutral_lever_leaves_the_rules_as_they_are(name, knob, baseline):
    declared = lever_classes()[name].knobs[knob]
    levers = Levers({f"{name}.{knob}": declared.neutral})
    assert levers.is_neutral
    assert levers.settings() == {}
    assert rules(levers.in_force(baseline, 100)) == rules(baseline)
    policy = baseline.copy()
    lever_classes()[name]().apply(policy, 100)  # as it is called once another of its knobs is turned
    assert rules(policy) == rules(baseline)


@pytest.mark.parametrize(("name", "knob"), KNOBS)
def test_a_knob_at_either_end_is_legal_and_one_of_them_changes_the_rules(name, knob, baseline):
    changed = [
        rules(Levers({f"{name}.{knob}": end}).in_force(baseline, 100)) != rules(baseline)
        for end in ends(name, knob)
    ]
    assert any(changed)


@pytest.mark.parametrize(("name", "knob"), KNOBS)
def test_the_baseline_is_never_touched(name, knob, baseline):
    before = rules(baseline)
    for end in ends(name, knob):
        policy = Levers({f"{name}.{knob}": end}).in_force(baseline, 100)
        policy.credit_covers[:] = False
        assert rules(baseline) == before


@pytest.mark.parametrize(("name", "knob"), KNOBS)
def test_a_lever_changes_nothing_before_it_begins_or_after_it_ends(name, knob, baseline):
    end = next(end for end in reversed(ends(name, knob)) if end != lever_classes()[name].knobs[knob].neutral)
    dates = {f"{name}.from": "2025-07-01", f"{name}.to": "2026-07-01"}
    levers = Levers({f"{name}.{knob}": end, **dates})
    changed = [week for week in range(700) if rules(levers.in_force(baseline, week)) != rules(baseline)]
    # weeks begin on Mondays: 7 July 2025 is the first from the day on, 29 June 2026 the last before the end
    assert changed == list(range(548, 600))


@pytest.mark.parametrize(("name", "knob"), KNOBS)
@pytest.mark.parametrize(
    "value",
    ["much", True, float("nan"), "1e999", [1], 10**5000],
    ids=["word", "truth", "nan", "inf", "list", "huge"],
)
def test_what_is_no_number_is_a_sentence(name, knob, value):
    with pytest.raises(CallSheetError, match=f"{name}.{knob}"):
        Levers({f"{name}.{knob}": value})


@pytest.mark.parametrize(("name", "knob"), KNOBS)
def test_out_of_bounds_is_a_sentence_with_bounds_and_unit(name, knob):
    declared = lever_classes()[name].knobs[knob]
    for value in (declared.low - 1, declared.high + 1):
        with pytest.raises(CallSheetError, match=f"from {declared.low:g} to {declared.high:g}") as caught:
            Levers({f"{name}.{knob}": value})
        assert declared.unit in str(caught.value)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"TaxCredits.rate": 0.3}, "Did you mean TaxCredit?"),
        ({"TaxCredit.rat": 0.3}, "Did you mean TaxCredit.rate"),
        ({"TaxCredit": 0.3}, "Which knob"),
        ({"BenefitExtension.weeks": 2.5}, "whole number"),
        ({"TaxCredit.from": "2025-02-30"}, "not a day of the calendar"),
        ({"TaxCredit.from": "1999-01-01"}, "from 2015-01-05"),
        ({"TaxCredit.from": "2025-07-01", "TaxCredit.to": "2025-07-01"}, "not after"),
    ],
)
def test_a_wrong_setting_is_a_sentence(settings, said):
    with pytest.raises(CallSheetError) as caught:
        Levers(settings)
    assert said in str(caught.value)


def test_the_credit_is_set_not_added(baseline):
    policy = Levers({"TaxCredit.rate": "0.45", "TaxCredit.cap": 1000}).in_force(baseline, 0)
    assert (policy.credit_rate, policy.credit_cap_usd) == (0.45, 1e9)


def test_the_extension_adds_weeks_and_forgives_hours(baseline):
    policy = Levers({"BenefitExtension.weeks": 13, "BenefitExtension.health_hours": 100}).in_force(
        baseline, 0
    )
    assert (policy.benefit_weeks, policy.health_hours_keep, policy.health_hours_enter) == (39, 300, 600)


def test_levers_combine_in_any_order(baseline):
    settings = {"TaxCredit.rate": 0.45, "BenefitExtension.weeks": 13, "TaxCredit.from": "2016-01-01"}
    turned = dict(reversed(settings.items()))
    assert rules(Levers(settings).in_force(baseline, 100)) == rules(Levers(turned).in_force(baseline, 100))
    assert Levers(Levers(settings).settings()).settings() == Levers(settings).settings()


def test_no_lever_costs_almost_nothing(baseline):
    levers = Levers()

    def two_thousand_weeks():
        for _ in range(2000):
            levers.in_force(baseline, 5)

    assert quiet_seconds(two_thousand_weeks) / 2000 < 5e-6


def test_a_lever_of_ones_own_needs_no_registration(baseline):
    class Curfew(Lever):
        """It works through hours of coverage; it does not do anything else."""

        hours = Knob(neutral=0, low=0, high=10, unit="hours", label="Hours", source="", why="An example.")

        def apply(self, policy, week):
            policy.health_hours_enter += self.hours

    levers = Levers({"Curfew.hours": 7}, classes={"Curfew": Curfew})
    assert levers.in_force(baseline, 0).health_hours_enter == 607


def test_a_lever_without_words_is_refused():
    with pytest.raises(CallSheetError, match="docstring"):

        class Silent(Lever):
            hours = Knob(neutral=0, low=0, high=10, unit="hours", label="Hours", source="", why="An example.")
