"""What Compare says first: the number, its likely range, how many futures agree, and what a job-year costs."""

import re
from dataclasses import replace

import pytest

from model import measures
from model.scenario import Scenario
from tests.unit.viz.futures import futures_with
from viz.digests import Digest, Digests
from viz.pages.compare import CompareView, headline, link_from, page
from viz.pages.compare.spoken import COUNTED, MEASURED, spoken
from viz.pages.compare.words import DISAGREE, agree, job_year


def test_the_headline_holds_the_number_its_likely_range_and_how_many_futures_agree(ai_digests, view):
    found = futures_with(ai_digests.first, [-100, -120, -80, -90, -110, -100, -105, -95, -102, 10])
    said = headline(found, replace(view, measure="crew_weeks"))
    assert "there are 89 fewer crew-weeks in Los Angeles" in said
    assert "(−8.9%)" in said
    assert said.endswith("likely 71 to 111 fewer. In 9 of 10 futures there are fewer.")
    assert DISAGREE not in said
    more = headline(futures_with(ai_digests.first, range(1, 11)), replace(view, measure="crew_weeks"))
    assert more.endswith(" more. In 10 of 10 futures there are more.")


def test_futures_that_disagree_are_called_no_clear_effect(ai_digests, view):
    found = futures_with(ai_digests.first, [-100, -120, 80, 90, -110, 100, -105, 95, -102, 10])
    said = headline(found, replace(view, measure="crew_weeks"))
    assert said.endswith(f"In 5 of 10 futures there are fewer. {DISAGREE}")
    assert "likely between" in said


def test_what_is_measured_and_not_counted_is_lower_or_higher_in_so_many_futures(ai_digests, view):
    one, made = ai_digests.first, []
    for future in range(10):
        horizon = one.arrays["horizon"].copy()
        horizon[0, one.at("day_pay")] = horizon[1, one.at("day_pay")] - 10.0 - future
        made.append(Digest({**one.head, "future": future}, {**one.arrays, "horizon": horizon}))
    said = headline(Digests(made), replace(view, measure="day_pay"))
    assert said.endswith(" lower. In 10 of 10 futures it is lower.")


def test_eight_of_ten_futures_agree_and_seven_do_not():
    assert agree({"futures_agreeing": 8}, 10)
    assert not agree({"futures_agreeing": 7}, 10)


def test_one_future_does_not_tell_luck_from_effect(ai_digests, view):
    said = headline(futures_with(ai_digests.first, [-50]), replace(view, measure="crew_weeks"))
    assert "in the one future simulated: luck is not told from effect" in said
    assert "likely" not in said


def test_few_futures_are_told_by_their_ends_and_nothing_is_called_likely(ai_digests, view):
    looked = replace(view, measure="crew_weeks")
    said = headline(futures_with(ai_digests.first, [-100, -400, 50]), looked)
    assert "(−15.0%); these 3 futures gave between 400 fewer and 50 more, fewer in 2 of 3." in said
    assert said.endswith(DISAGREE)
    alike = headline(futures_with(ai_digests.first, range(-9, 0)), looked)
    assert "these 9 futures gave 1 to 9 fewer, fewer in 9 of 9." in alike
    assert "likely" not in said + alike


def test_fewer_than_ten_futures_are_said_to_be_few(ai_digests, view):
    assert "Only 2 futures" in page(ai_digests, view).html
    ten = futures_with(ai_digests.first, range(-10, 0))
    assert "Only" not in page(ten, view).html


@pytest.mark.parametrize("name", list(measures.measures()))
def test_every_measure_has_a_headline(ai_digests, view, name):
    said = headline(ai_digests, replace(view, measure=name))
    assert said.startswith("Against “The market as it was”, ")
    assert "nan" not in said


def test_what_people_read_has_titles_and_commands_have_names():
    seen = CompareView(Scenario.named("larger_credit"), Scenario.named("ai_first"))
    assert seen.here == "“A credit of twice the size”"
    assert seen.there == "“The AI-first producer enters, and studios follow”"
    assert "s=larger_credit" in link_from(seen)()
    assert replace(seen, scenario=seen.against).here == "this run"


def test_the_heading_has_the_title_and_the_command_the_name(ai_digests, view):
    html = page(ai_digests, view).html
    assert '<span class="against">against “The market as it was”</span>' in html
    assert "callsheet simulate --scenario ai_first" in html
    assert "against baseline" not in re.sub(r'(?:href|download|data-source)="[^"]*"', "", html)


def test_every_measure_spoken_of_is_one_of_the_model():
    assert {*COUNTED, *MEASURED} <= set(measures.measures())
    assert not set(COUNTED) & set(MEASURED)
    assert spoken(measures.measure("day_pay")) == "mean day pay"


def test_what_a_job_year_costs_stands_with_the_answer_where_a_lever_pays(ai_digests, view):
    one = ai_digests.first
    lever = replace(view, scenario=view.scenario.varied(levers={"TaxCredit.cap": 1500}))
    assert job_year(ai_digests, view) is None
    made = []
    for future, more in enumerate((990.0, 1000.0, 1010.0)):
        horizon = one.arrays["horizon"].copy()
        for name, value in (("credit_musd", more), ("public_cost_musd", more), ("crew_weeks", 520_000.0)):
            horizon[0, one.at(name)] = horizon[1, one.at(name)] + value
        made.append(Digest({**one.head, "future": future}, {**one.arrays, "horizon": horizon}))
    found = Digests(made)
    assert job_year(found, lever).startswith("Each further job-year (52 crew-weeks) costs $100,000 of public money")
    assert "Each further job-year" in page(found, lever).html
    assert "it takes three futures" in job_year(Digests(made[:2]), lever)


def test_a_credit_beyond_what_outside_figures_allow_is_said_beside_its_price(ai_digests, view):
    one, made = ai_digests.first, []
    for future, more in enumerate((990.0, 1000.0, 1010.0)):
        horizon = one.arrays["horizon"].copy()
        changes = {"credit_musd": more, "public_cost_musd": more, "crew_weeks": 520_000.0, "payroll_musd": 9 * more}
        for name, value in changes.items():
            horizon[0, one.at(name)] = horizon[1, one.at(name)] + value
        made.append(Digest({**one.head, "future": future}, {**one.arrays, "horizon": horizon}))
    lever = replace(view, scenario=view.scenario.varied(levers={"TaxCredit.cap": 1500}))
    assert "times the crew pay that outside figures allow for" in page(Digests(made), lever).html
    assert "times the crew pay" not in page(Digests(made), view).html
