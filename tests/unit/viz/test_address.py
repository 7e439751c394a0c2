"""The address is the state: it reads back as it was written, and whatever it says, reading does not fail."""

from dataclasses import replace
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import measures
from model.scenario import Scenario
from viz import found, strip, url
from viz.parts.links import within
from viz.settings import Settings, in_force
from viz.view import OPENED_ON, PAGES, TABS, WAYS, View

EDITS = {"lever.TaxCredit.rate": "0.45", "set.ai_tasks.new_tasks": "0.8", "lever.TaxCredit.from": "2027-07-01"}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", Scenario.names())
def test_an_address_reads_back_as_it_was_written(page, name):
    view = View(page, name, EDITS, "entrant_only", 12, 33, "hires", {"by": "craft", "who": "42"})
    path, _, query = url.write(view).partition("?")
    found, notices = url.read(path.removeprefix("./"), query)
    assert found == view
    assert not notices


def test_only_what_differs_is_written():
    assert url.write(View("compare")) == "compare?s=ai_first"
    assert url.write(View()) == "./"
    assert url.write(View("compare", week=7)) == "compare?s=ai_first&w=7"


def test_parts_have_one_order():
    one = View("compare", edits=EDITS)
    other = View("compare", edits=dict(reversed(EDITS.items())))
    assert url.write(one) == url.write(other)


@pytest.mark.parametrize(
    ("query", "said", "kept"),
    [
        ("lever.TaxCredit.rate=9", "asks for credit rate of 900%. The model allows 0 to 60% of qualified spend, so 60% "
                                   "is used", {"lever.TaxCredit.rate": "0.6"}),
        ("lever.TaxCredit.cap=-5", "of −$5 million. The model allows 0 to $3,000 million a year, so $0 million"
                                   " is used", {"lever.TaxCredit.cap": "0"}),
        ("lever.BenefitExtension.weeks=99", "of 99. The model allows 0 to 52 weeks, so 52 is used",
         {"lever.BenefitExtension.weeks": "52"}),
        ("set.ai_adoption.imitation=1e300", "of 1e+300. The model allows", {"set.ai_adoption.imitation": "1.2"}),
        ("set.ai_tasks.new_tasks=-4", "so 0 is used", {"set.ai_tasks.new_tasks": "0"}),
        ("set.ai_tasks.new_tasks=words", "is left aside", {}),
        ("set.ai_tasks.new_task=1", "Did you mean ai_tasks.new_tasks", {}),
        ("lever.TaxCredit.rat=1", "Did you mean", {}),
        ("lever.TaxCredit.rate=nan", "is left aside", {}),
        ("tax_credit.rate=0.45", "", {"lever.TaxCredit.rate": "0.45"}),
    ],
)
def test_edits_out_of_range_are_set_right_and_said(query, said, kept):
    view, notices = url.read("compare", query)
    assert dict(view.edits) == kept
    assert said in " ".join(each.text for each in notices)
    assert bool(notices) == bool(said)


def test_numbers_out_of_range_are_set_right_and_said():
    view, notices = url.read("compare", "w=99999&n=5000&m=crew_week&s=ai_frist&vs=x")
    assert (view.week, view.futures, view.measure) == (519, in_force().futures, View().measure)
    assert (view.name, view.against) == (OPENED_ON, "")
    text = " ".join(each.text for each in notices)
    for part in ("99,999", "5,000", "crew_weeks", "ai_first"):
        assert part in text


@pytest.mark.parametrize("asked", ["5000", "100", "8"])
def test_one_number_of_futures_holds_everywhere_that_of_the_server(asked, monkeypatch):
    monkeypatch.setattr("viz.settings._in_force", Settings(futures=7))
    view, notices = url.read("compare", f"n={asked}")
    assert view.futures == len(found.pairs(view)) == 7
    assert [each.text for each in notices] == [
        f"The link asks for futures {int(asked):,}. This server allows 1 to 7, so 7 is used."
    ]  # fmt: skip
    assert not url.read("compare", "n=7")[1]


@pytest.mark.parametrize("word", ["--5", "five", "1.5", "9" * 12])
def test_a_word_in_the_place_of_a_number_is_said_with_what_is_allowed(word):
    view, notices = url.read("compare", f"n={word}&w={word}")
    assert (view.futures, view.week) == (View().futures, 0)
    assert [each.text.partition("no whole number. ")[2] for each in notices] == [
        "This server allows 1 to 30; 30 is used.", "The page allows 0 to 519; 0 is used."
    ]  # fmt: skip


@pytest.mark.parametrize(("page", "query", "said"), [
    ("method", "kind=asumption",
     "kind is 'asumption', which is not known; it is left aside. Did you mean assumption?"),
    ("method", "tab=match", "tab is 'match', which is not known; it is left aside. There are how, numbers, reality"),
    ("method", "tab=limit", "Did you mean limits?"), ("compare", "by=income", "by is 'income', which is not known"),
    ("compare", "by=moneys", "Did you mean money?"), ("compare", "market=prior", "Did you mean posterior?"),
    ("compare", "band=yes", "band is 'yes'"), ("simulate", "levers=some", "There is all."),
])  # fmt: skip
def test_a_state_that_a_page_does_not_know_is_left_aside_and_said(page, query, said):
    view, notices = url.read(page, query)
    assert said in notices[0].text
    assert view == View(page)


def test_every_state_that_a_page_has_is_taken_without_a_word():
    for page, key, known in (("compare", "by", WAYS), ("method", "tab", dict(TABS)), ("batches", "by", ("up", "down"))):
        for each in known:
            view, notices = url.read(page, f"{key}={each}")
            assert (view.extra, notices) == ({key: each}, [])


def test_names_of_the_command_line_are_code_in_a_notice_and_what_a_link_says_is_text():
    _, notices = url.read("compare", urlencode({"set.no.such": "1", "s": "<b>`x`"}))
    html = strip.notices(notices).html
    assert any("`" in each.text for each in notices), "else nothing is tested"
    assert "`" not in html
    assert "<code>callsheet params" in html
    assert "<b>" not in html


def test_too_much_is_left_aside():
    for query in ("a=" + "1" * 5000, "&".join(f"k{n}=1" for n in range(101)), f"who={'1' * 201}"):
        view, notices = url.read("people", query)
        assert view == View("people")
        assert notices


def test_a_link_of_another_version_says_so():
    _, notices = url.read("compare", "v=0.0.1")
    assert "0.0.1" in notices[0].text


TEXT = st.text(max_size=30)


@settings(max_examples=200)
@given(TEXT, st.lists(st.tuples(st.sampled_from(["s", "vs", "w", "n", "m", "v", "set.demand.level", "lever.AiLevy.rate",
                                                 "lever.", "set..", "who", "by"]) | TEXT, TEXT), max_size=8))
def test_whatever_an_address_says_reading_it_gives_a_view_that_can_be_shown(path, pairs):
    view, _ = url.read(path, urlencode(pairs))
    assert view.page in PAGES
    assert view.scenario.weeks == view.other.weeks > 0
    assert view.measure in measures.measures()
    again, _ = url.read(view.page, url.write(view).partition("?")[2])
    assert again == view


def test_the_baseline_is_played_on_the_horizon_of_the_others():
    view = View("simulate", "baseline")
    assert view.changes_nothing
    assert view.scenario.start == Scenario.named(OPENED_ON).start
    assert not replace(view, edits={"lever.TaxCredit.rate": "0.1"}).changes_nothing


def test_links_within_a_page_keep_all_settings_and_change_what_they_say():
    view = View("people", edits=EDITS, week=7, extra={"who": "12", "craft": "grip"})
    link = within(view)
    assert url.read(*link().split("?"))[0] == view
    assert url.read(*link(who=0, craft=None, week=9).split("?"))[0] == replace(view, week=9, extra={"who": "0"})
    assert url.read(*link("compare", band=True, table=False, measure="hires").split("?"))[0] == replace(
        view, page="compare", measure="hires", extra={"band": "1"})


def test_a_lever_that_is_moved_works_from_the_first_week_played_unless_the_address_says_another_day():
    moved = View("simulate", edits={"lever.TaxCredit.rate": "0.45"})
    assert moved.scenario.levers["TaxCredit.from"] == moved.scenario.start.isoformat()
    dated = View("simulate", edits={"lever.TaxCredit.rate": "0.45", "lever.TaxCredit.from": "2028-01-03"})
    assert dated.scenario.levers["TaxCredit.from"] == "2028-01-03"
    assert View("simulate", "larger_credit", {"lever.TaxCredit.rate": "0.45"}).scenario.levers["TaxCredit.from"]
