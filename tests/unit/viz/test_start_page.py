"""The first page: its question, its answer from the digests, whose claim stands behind it, and the ways on."""

import re
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

from model.parameters import Params
from model.scenario import Scenario
from viz import precompute
from viz.digests import Digest, Digests
from viz.digests.shipped import file_of, is_stale, shipped
from viz.fragments import unbroken
from viz.pages import start
from viz.pages.compare import CompareView, headline


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
    about = Params.load().about("ai_producer.announced_shoot_cut")
    assert about.kind == "claim"
    assert "Model result, not a forecast." in html
    assert f"The {100 * about.value:.0f}% time saving is the company's claim." in unescape(html)
    assert "method?tab=numbers&kind=claim" in addresses(html)


def test_four_ways_lead_on_and_every_scenario_is_linked(ai_digests, view):
    found = addresses(start.page(ai_digests, view).html)
    for wanted in ("story?name=claim", "compare?s=ai_first&by=craft", "compare?s=larger_credit", "simulate?s=ai_first"):
        assert wanted in found
    linked = {dict(parse_qsl(urlsplit(each).query)).get("s") for each in found}
    assert set(Scenario.names()) <= linked


def test_every_title_and_question_of_a_scenario_is_there(ai_digests, view):
    html = start.page(ai_digests, view).html
    for name in Scenario.names():
        assert unbroken(Scenario.named(name).question) in html
        assert unbroken(Scenario.named(name).title) in html


def test_a_number_stays_on_one_line_with_its_unit_but_not_in_code_nor_in_fields(ai_digests, view):
    kept = "\u00a0"
    html = start.page(ai_digests, view).html
    assert f"by 30{kept}% and shoots by 40{kept}%" in html
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
    assert "That is 200 fewer people on a call in a usual week." in start.answer(
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
