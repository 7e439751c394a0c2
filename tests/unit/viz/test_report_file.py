"""The report of a comparison: its figures are those on the screen, it stands alone, and nothing is run for it."""

import json
import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from starlette.requests import Request

from viz import found, office, report_file
from viz.fragments import environment
from viz.pages.compare import CompareView, headline, page
from viz.pages.compare.report import file_name, report
from viz.runs.wishes import Pair

DAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def view(ai_scenario, ai_against):
    return CompareView(replace(ai_scenario, name="ai_first", against="baseline", watch=("crew_weeks",)), ai_against)


def figures_of(html):
    return json.loads(re.search(r'<script type="application/json" id="figures">(.*?)</script>', html, re.S).group(1))


def table_of(html, name):
    table = re.search(rf'<table[^>]* id="table-{name}">.*?</table>', html, re.S)[0]
    return re.findall(r'<data value="([^"]+)">', table)


def plain(value):
    return json.loads(json.dumps(value))


@pytest.mark.parametrize("measure", ["", "hires", "unemployment_rate"])
@pytest.mark.parametrize("band", [False, True])
def test_figures_and_sentences_are_those_on_the_screen(ai_digests, view, measure, band):
    seen = replace(view, measure=measure, band=band)
    kept, screen = report(ai_digests, seen), page(ai_digests, seen)
    drawn = figures_of(kept)
    shown = json.loads(re.search(r'class="figures">(.*?)</script>', screen.whole, re.S).group(1))
    assert drawn["chart-difference"] == shown["chart-difference"]
    assert drawn["chart-crew-weeks"] == shown["chart-crew-weeks"]
    assert headline(ai_digests, seen) in unescape(kept)
    assert headline(ai_digests, seen) in unescape(screen.html)
    for name in ("difference", "crew_weeks"):
        assert table_of(kept, name) == table_of(screen.html, name) != []


def test_the_table_of_crafts_is_the_one_on_the_screen(ai_digests, view):
    kept, screen = report(ai_digests, view), page(ai_digests, replace(view, by="craft")).html
    told = table_of(kept, "crafts")
    assert told
    assert told == table_of(screen, "crafts")


def test_it_asks_for_nothing_outside_and_ends_with_how_to_do_it_again(ai_digests, view):
    kept = report(ai_digests, view)
    own = kept.replace(environment().get_template("draw.js").render(config="{}"), "")
    assert not re.findall(r'<(?:script|img|link)[^>]+(?:src|href)="(?!data:)[^"]+', own)
    ids = re.findall(r'<section id="([^"]+)"', kept)
    assert ids[:3] == ["difference", "crafts", "why"]
    assert ids[-4:] == ["validation", "settings", "again", "cite"]
    assert "callsheet simulate --scenario ai_first" in unescape(kept)


def test_settings_of_ones_own_are_listed_with_kind_and_source(ai_digests, view):
    moved = view.scenario.varied(levers={"TaxCredit.rate": 0.45})
    seen = replace(view, scenario=moved)
    kept = report(ai_digests, seen)
    listed = re.search(r'<table id="table-settings_scenario">.*?</table>', kept, re.S)[0]
    assert "0.45" in listed
    assert "○</span> policy" in listed
    assert "source" in listed
    assert "_edited_against_baseline_2026-06-01.html" in file_name(seen, DAY)


def test_the_name_of_the_file_says_scenario_and_day(view):
    from model.scenario import Scenario

    seen = CompareView(Scenario.named("larger_credit"), Scenario.named("ai_first"))
    assert file_name(seen, DAY) == "callsheet_larger_credit_against_ai_first_2026-06-01.html"


def asked(query):
    return report_file.answer(Request({"type": "http", "method": "GET", "path": "/report", "headers": [],
                                       "query_string": query.encode()}))


@pytest.fixture
def no_results(store, monkeypatch):
    monkeypatch.setattr(office, "store", lambda: store)
    monkeypatch.setattr(found, "came_with", lambda view: None)
    return store


def test_without_results_it_says_so_and_runs_nothing(no_results):
    answer = asked("s=guardrails&n=2")
    assert (answer.status_code, answer.body.decode()) == (404, report_file.NOT_THERE)
    assert not list(no_results.pairs.iterdir())


def test_two_worlds_that_are_the_same_have_no_report(no_results):
    answer = asked("s=baseline&vs=baseline")
    assert (answer.status_code, answer.body.decode()) == (404, report_file.THE_SAME)


def test_with_results_it_is_a_file(no_results, ai_digests, monkeypatch):
    wanted = []
    monkeypatch.setattr(found, "of_pairs", lambda pairs: wanted.extend(pairs) or ai_digests)
    answer = asked("s=ai_first&n=2&lever.TaxCredit.rate=0.45")
    assert [type(each) for each in wanted] == [Pair, Pair]
    assert answer.status_code == 200
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith('attachment; filename="callsheet_ai_first_edited_against_baseline_20')
    assert "TaxCredit" in answer.body.decode()


def test_while_another_is_made_it_asks_to_come_again_and_holds_no_thread(no_results):
    with report_file._one_at_a_time:
        answer = asked("s=guardrails&n=2")
    assert (answer.status_code, answer.body.decode()) == (503, report_file.BUSY)
    assert int(answer.headers["Retry-After"]) > 0
    assert asked("s=guardrails&n=2").status_code == 404, "the next is answered"
