"""The first page: its question, its answer from the digests, whose claim stands behind it, and the ways on."""

import re
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

from model import units
from model.parameters import Params
from model.scenario import Scenario
from viz import precompute, url
from viz.digests import Digest, Digests
from viz.digests.shipped import PAIRS, file_of, is_stale, shipped
from viz.found import came_with
from viz.fragments import unbroken
from viz.pages import start
from viz.pages.compare import CompareView, headline
from viz.view import COMPARE, View


@pytest.fixture(scope="module")
def view(ai_scenario, ai_against):
    named = Scenario.named("ai_first")
    return CompareView(replace(ai_scenario, name="ai_first", question=named.question, title=named.title), ai_against)


def addresses(html):
    return [each.replace("&amp;", "&") for each in re.findall(r'href="([^"]+)"', html) if not each.startswith("data")]


def test_the_question_is_the_heading_and_the_answer_is_that_of_the_page_that_compares(ai_digests, view):
    html = start.page(ai_digests, view).html
    assert f'<h1 id="h-question" tabindex="-1" data-place="start">{view.scenario.question}</h1>' in html
    assert headline(ai_digests, replace(view, measure="crew_weeks")) in html


def test_it_says_that_it_is_no_forecast_and_whose_claim_it_is(ai_digests, view):
    html = start.page(ai_digests, view).html
    announced, used = (Params.load().about(name) for name in ("ai_producer.announced_shoot_cut", "ai_tasks.shoot_cut"))
    assert (announced.kind, used.kind) == ("claim", "assumption")
    assert "Model result, not a forecast." in html
    said = " ".join(re.sub(r"<template>.*?</template>|<[^>]*>", "", unescape(html), flags=re.S).split())
    assert (f"The company claims that AI saves {announced.say()} of shooting time ❝ claim; this run uses {used.say()}, "
            "our assumption △ assumption.") in said
    assert "method?tab=numbers&kind=claim" in addresses(html)


def test_the_saving_that_is_used_is_that_of_the_scenario_shown():
    said = start.claimed(Scenario.named("ai_first").varied(set={"ai_tasks.shoot_cut": "0.1"}))
    assert f"this run uses {units.say(0.1, 'share')}, our assumption" in said


def test_four_ways_lead_on_and_every_scenario_is_linked(ai_digests, view):
    found = addresses(start.page(ai_digests, view).html)
    for wanted in ("story?name=claim", "compare?s=ai_first&by=craft", "compare?s=larger_credit", "simulate?s=ai_first"):
        assert wanted in found
    linked = {dict(parse_qsl(urlsplit(each).query)).get("s") for each in found}
    assert {name for name in Scenario.names() if Scenario.named(name).against} <= linked
    assert "method?tab=reality" in found


def listed(ready):
    known = {name: Scenario.named(name) for name in Scenario.names()}
    groups = start.asked(known, known["ai_first"], ready)
    return {row.address: (says.partition(":")[0], row) for says, rows in groups for row in rows}


def test_a_question_is_called_answered_at_once_only_where_compare_shows_what_came_with_the_app(monkeypatch):
    found = listed({"ai_first": 30, "guardrails": 12})
    assert {address for address, (says, _) in found.items() if says == "Answered at once"} == {
        "compare?s=ai_first", "compare?s=guardrails"}
    assert found["compare?s=guardrails"][1].note == "12 futures"
    assert found["compare?s=everyone_adopts"][0] == "Run when you open it"
    monkeypatch.setattr("viz.found._is_current", lambda name: True)
    for name, futures in PAIRS.items():
        address, = (address for address in listed(PAIRS) if re.search(rf"s={name}\b", address))
        view, notices = url.read(*address.split("?"))
        assert not notices
        assert len(came_with(view)) == futures


def test_fewer_futures_than_the_usual_number_are_shown_only_where_no_number_is_asked_for(monkeypatch):
    monkeypatch.setattr("viz.found._is_current", lambda name: True)
    usual, few = View(COMPARE, "guardrails"), PAIRS["guardrails"]
    assert few < usual.futures
    assert len(came_with(usual)) == few
    assert len(came_with(replace(usual, futures=few - 1))) == few - 1
    assert came_with(replace(usual, futures=few + 1)) is None
    monkeypatch.setattr("viz.found.shipped", lambda name: Digests(list(shipped(name))[: few - 1]))
    assert came_with(usual) is None  # one is damaged or not made yet


def test_what_is_of_another_model_or_scale_is_not_there_at_once(monkeypatch):
    for stale, scale, there in ((False, 1.0, dict(PAIRS)), (True, 1.0, {}), (False, 0.5, {})):
        monkeypatch.setattr(start, "is_stale", lambda found, stale=stale: stale)
        monkeypatch.setattr(start, "named", lambda name, scale=scale: replace(Scenario.named(name), scale=scale))
        start.at_once.cache_clear()
        assert start.at_once() == there
    start.at_once.cache_clear()


def test_questions_of_the_years_before_stand_apart_and_lead_to_their_answer():
    past = {address: row for address, (says, row) in listed({}).items() if says == "From 2015 on"}
    assert set(past) == {"method?tab=reality", "compare?s=no_strikes", "compare?s=credit_as_in_2024"}
    assert past["method?tab=reality"].command == "callsheet simulate --scenario baseline"
    assert past["compare?s=no_strikes"].note == "2015 to 2024"
    view, _ = url.read("compare", "s=no_strikes")
    assert not view.changes_nothing
    assert (view.scenario.start.year, view.scenario.until.year) == (2015, 2024)


def test_a_group_without_a_question_is_left_out(ai_digests, view):
    assert "Answered at once" not in start.page(ai_digests, view, ready={}).html
    assert "Answered at once" in start.page(ai_digests, view, ready={"ai_first": 30}).html


def test_every_title_and_question_of_a_scenario_is_there(ai_digests, view):
    html = start.page(ai_digests, view).html
    for name in Scenario.names():
        assert unbroken(Scenario.named(name).question) in html
        assert unbroken(Scenario.named(name).title) in html


def test_a_number_stays_on_one_line_with_its_unit_but_not_in_code_nor_in_fields(ai_digests, view):
    kept = "\u00a0"
    html = start.page(ai_digests, view).html
    assert "by 30% and shoots by 40%" in html
    assert f"7{kept}million" in unbroken("costs 7 million")
    assert not re.search(r"\d (%|million\b)", re.sub(r"<[^>]*>", "", html))
    field, code = '<input value="5 %">', "<pre>x = 5 % 3</pre>"
    assert unbroken(f"{field} 5 % {code}") == f"{field} 5{kept}% {code}"


def test_the_chart_is_the_difference_with_futures_median_and_zero(ai_digests, view):
    shown = start.page(ai_digests, view)
    (name, figure), = shown.figures.items()
    assert f'id="{name}"' in shown.html
    assert [each["name"] for each in figure["data"]] == ["one future", "median"]
    assert "<table" in shown.html


def test_stale_figures_are_said_to_be_so(ai_digests, view):
    assert "earlier version of the model" not in start.page(ai_digests, view).html
    assert "earlier version of the model" in start.page(ai_digests, view, stale=True).html


def test_the_question_is_the_heading_of_the_page(ai_digests, view):
    levels = re.findall(r"<h([1-6])", start.page(ai_digests, view).html)
    assert levels == ["1", "2", "2"]


def test_an_effect_is_also_told_in_people_and_an_unclear_one_is_not(ai_digests, view):
    one = ai_digests.first

    def with_effects(*effects):
        made = []
        for future, effect in enumerate(effects):
            horizon = one.arrays["horizon"].copy()
            horizon[0, one.at("crew_weeks")] = horizon[1, one.at("crew_weeks")] + effect
            made.append(Digest({**one.head, "future": future}, {**one.arrays, "horizon": horizon}))
        return Digests(made)

    looked, weeks = replace(view, measure="crew_weeks"), one.head["weeks"]
    assert "The mean comes to 200 fewer people on a call in an average week." in start.answer(
        with_effects(-200 * weeks, -200 * weeks), looked)
    assert "people on a call" not in start.answer(with_effects(-200 * weeks, 210 * weeks), looked)


def test_the_answer_as_plain_text_has_question_number_and_definition(ai_digests, view):
    said = start.told(ai_digests, replace(view, measure="crew_weeks"))
    assert said.startswith(view.scenario.question)
    assert "one worker on a call in one week" in said
    assert "<" not in said


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """One future of both pairs of a tiny market, over their whole horizon."""
    where = tmp_path_factory.mktemp("pairs")
    assert precompute.one_future(0, list(precompute.PAIRS), 0.005, where) == len(precompute.PAIRS)
    return where


def test_pairs_made_before_are_left_alone_and_a_damaged_one_is_made_again(made):
    path = file_of("ai_first", 0, made)
    assert precompute.one_future(0, ["ai_first"], 0.005, made) == 0
    assert precompute.one_future(0, ["ai_first"], 0.005, made) == 0
    whole = path.read_bytes()
    path.write_bytes(whole[:1000])
    assert precompute.one_future(0, ["ai_first"], 0.005, made) == 1
    assert path.read_bytes() == whole


def test_shipped_pairs_are_small_current_and_without_single_weeks(made):
    found = shipped("larger_credit", made)
    assert found.against.name == "ai_first"
    assert "weekly" not in found.first.arrays
    assert not is_stale(found)
    assert all(path.stat().st_size < precompute.MOST_BYTES / sum(precompute.PAIRS.values())
               for path in made.glob("*.npz"))


def test_pairs_of_another_model_are_stale(made):
    one = shipped("ai_first", made).first
    assert is_stale(Digests([Digest({**one.head, "model": "of yesterday"}, one.arrays)]))


def test_where_nothing_is_shipped_there_is_nothing(tmp_path):
    assert shipped("ai_first", tmp_path) is None


def test_a_folder_that_is_too_large_is_refused(made, monkeypatch, capsys):
    monkeypatch.setattr(precompute, "MOST_BYTES", 100)
    monkeypatch.setattr(precompute, "run", lambda *asked: iter([(1, 1)]))
    assert precompute.main(["--out", str(made)]) == 1
    assert "may be shipped" in capsys.readouterr().err
