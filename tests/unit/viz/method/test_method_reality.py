"""The Method page compares the model with what is published, and says first where it fails."""

import re

import pytest

from experiments import history
from experiments.facts.validation import facts
from model.digest import model_digest
from tests.unit.viz.seen import Seen
from viz.fragments import sections
from viz.pages.method import carried, horizon, naive, reality
from viz.pages.method import facts as kept_facts


def _kept(**other):
    return kept_facts.Kept(**(vars(kept_facts.shipped()) | other))


def test_results_are_kept_for_every_fact():
    from experiments.facts.validation import facts

    assert {row["fact"] for row in kept_facts.shipped().facts} == set(facts())


def test_facts_that_fail_come_first_and_none_is_left_out():
    html = reality.tab().html
    verdicts = re.findall(r">(✗ fails|! not judged|✓ passes)[^<]*<", html.partition("</table>")[0])
    order = [(reality.FAILS, reality.WARNS, reality.PASSES).index(each) for each in verdicts]
    assert order == sorted(order)
    assert len(order) == len(kept_facts.shipped().facts)


@pytest.mark.parametrize(
    ("passed", "gated", "verdict"),
    [(True, True, "✓"), (False, True, "✗"), (False, False, "!"), (None, True, "!"), (True, False, "✓")],
)
def test_a_fact_that_binds_nobody_warns_instead_of_failing(passed, gated, verdict):
    assert reality.verdict({"passed": passed, "gated": gated}).startswith(verdict)


def test_results_of_another_model_are_called_stale():
    assert "These results are stale: " in Seen(reality.tab(_kept(model="0" * 32)).html).text
    fresh = Seen(reality.tab(_kept(model=model_digest())).html).text
    assert "stale" not in fresh
    assert "the one that runs now." in fresh


def test_text_that_is_no_kept_result_is_not_read():
    assert kept_facts.read("{}") is None
    assert kept_facts.read("not json") is None
    assert kept_facts.read("[]") is None


def test_no_published_figure_is_later_than_the_end_of_2024():
    kept = kept_facts.shipped()
    assert max(history.monthly_jobs()) == "2024-12" == max(kept.jobs)
    assert max(history.quarterly_shoot_days()["all"]) == "2024Q4"


def test_a_forecast_of_no_change_repeats_the_last_figure():
    published = {"2023-01": 100.0, "2023-02": 110.0, "2023-03": 90.0}
    assert naive.no_change(published, 1) == {"2023-02": 100.0, "2023-03": 110.0}
    found = naive.of("no change", 1, naive.no_change(published, 1), published)
    assert found.errors == (None, None, pytest.approx(15.0 / 100.0))  # (10 + 20) / 2 over (110 + 90) / 2


def test_a_model_that_is_right_beats_every_forecast_and_a_bad_one_loses_to_all():
    published = history.monthly_jobs()
    right = naive.compared(published, published, reality.MONTHS, 12, "month", 2)
    bad = naive.compared(dict.fromkeys(published, 0.0), published, reality.MONTHS, 12, "month", 2)
    for window in range(len(naive.WINDOWS)):
        assert naive.verdict(right, window)["wins"] == [f"{row.words[:1].lower()}{row.words[1:]}" for row in right[1:]]
        assert len(naive.verdict(bad, window)["loses"]) == len(bad) - 1


def test_the_page_says_where_the_model_loses(pages):
    kept = kept_facts.shipped()
    model = {month: middle for month, (_, middle, _) in kept.jobs.items()}
    rows = naive.compared(model, history.monthly_jobs(), reality.MONTHS, 12, "month", 2)
    for window, (name, _) in enumerate(naive.WINDOWS):
        lost = naive.verdict(rows, window)["loses"]
        said = pages["reality"].text.partition(f"In {name}, the model is off by")[2]
        said = re.split("It is as far|It beats", said)[0]
        assert all(each in said for each in lost)
        assert ("loses to none" in said) == (not lost)


@pytest.mark.parametrize(
    ("model", "other", "how"),
    [(0.10, 0.05, "loses"), (0.05, 0.10, "wins"), (0.100, 0.097, "alike"), (0.1, None, "none"), (0.0, 0.0, "alike")],
)
def test_errors_that_hardly_differ_are_called_alike(model, other, how):
    assert naive.stands(model, other) == how


def test_at_twelve_months_no_change_is_the_same_month_last_year_and_nearer_it_is_not():
    published = history.monthly_jobs()
    rows = horizon.by_distance(dict.fromkeys(published, 100_000.0), published, 2)
    assert len(rows) == horizon.FARTHEST
    assert rows[11][1] == rows[11][2] == rows[0][2]
    assert rows[23][1] == rows[23][2] == rows[12][2]
    assert rows[0][1] == history.error(naive.no_change(published, 1), published, history.months_of((2023, 2024)))
    assert len({row[0] for row in rows}) == 1  # the model uses no published figure, so distance is nothing to it


def test_figures_beside_the_naive_forecasts_are_computed_from_what_is_published(monkeypatch):
    one = dict.fromkeys(history.monthly_jobs(), 120_000.0)
    before = reality.tab(_kept()).html
    monkeypatch.setattr(history, "monthly_jobs", lambda: one)
    assert reality.tab(_kept()).html != before
    assert "off by 0.0%" not in before


def test_what_goes_with_a_fact_is_told_in_words():
    also = {"displaced": 3205.5, "worst_share": "makeup_hair", "shares_within": "4 of 12", "slope": -0.8454}
    rows = [{**row, "also": also} for row in kept_facts.shipped().facts[:1]]
    text = Seen(reality.tab(_kept(facts=rows)).html).text
    assert ("3,206 people displaced; share furthest off: makeup and hair; crafts with their share in the band: 4 of "
            "12; slope: −0.845.") in text


def test_no_key_and_no_power_of_ten_is_shown_of_what_goes_with_the_facts(pages):
    text = pages["reality"].text
    assert not [name for row in kept_facts.shipped().facts for name in row["also"] if "_" in name and name in text]
    assert not re.search(r"\de[+-]\d", text)


def test_a_fact_that_binds_nobody_is_shown_and_not_judged(pages):
    warned = sum(reality.verdict(row) == reality.WARNS for row in kept_facts.shipped().facts)
    assert f"{warned} {'is' if warned == 1 else 'are'} shown and not judged" in pages["reality"].text


def test_a_missed_fact_is_moved_most_by_the_end_of_most_effect():
    def end(parameter, value):
        return {"fact": "long_spells", "parameter": parameter, "end": "low", "value": value,
                "difference": value - 0.12}

    ends = [end("demand.level", 0.16), end("location.drift_scale", 0.17), end("mobility.entry", 0.14)]
    found = {"fact": "long_spells", "base": 0.12, "in_band": 2, "ends": 4, "strongest": ends}
    kept = {"model": model_digest(), "futures": 4, "scale": 0.1, "facts": [found]}
    text = Seen(sections(carried.parts(kept), "method", "no run", contents=False).html).text
    assert "(location.drift_scale)" in text
    assert "(demand.level)" not in text


def test_every_fact_that_is_missed_says_why_and_none_that_is_met_does():
    missed = {row["fact"] for row in kept_facts.shipped().facts if row["passed"] is False}
    assert {name for name, fact in facts().items() if "misses" in fact} == missed
    text = Seen(reality.tab().html).text
    assert text.count("Why it is missed:") == len(missed)
