"""A tip tells value, unit, kind, range and every source of a number, and how to set it."""

import re

import pytest

from experiments.answer.wording import MINUS
from experiments.page.sheet import KINDS
from model.errors import UnknownName
from model.levers import lever_classes
from model.measures import measures
from model.parameters import Params
from viz.pages.method.numbers import rows
from viz.parts.dots import dots
from viz.parts.keys import SHORTCUTS, help_sheet
from viz.parts.links import beside, plain_link
from viz.parts.tips import about, source_value_said, tip
from viz.view import IN_MENU, View

KNOBS = [f"{lever}.{knob}" for lever, one in lever_classes().items() for knob in one.knobs]


@pytest.mark.parametrize("name", [*Params.load().names(), *KNOBS, *measures()])
def test_everything_that_has_a_name_has_a_tip(name):
    html = str(tip(name))
    known = about(name)
    assert KINDS[known.kind] in html
    assert html.count("<template>") == html.count("</template>") == 1
    assert html.startswith("<button")
    assert f"<code>{name}</code>" in html


def test_sources_that_disagree_stand_side_by_side():
    html = str(tip("ai_tasks.capability"))
    for value in ("23%", "43%", "8.6%", "7.5%"):
        assert f"<b>{value}</b>" in html
    assert html.count('<a href="https://') == len(Params.load().about("ai_tasks.capability").says)
    assert "range 0% to 100%" in html


def test_a_source_that_counts_otherwise_keeps_its_own_number():
    said = about("ai_tasks.capability_growth").says
    assert said[0].value == "3.3"


@pytest.mark.parametrize("name", Params.load().names())
def test_a_source_says_the_same_in_a_tip_and_on_the_method_page(name):
    (row,) = [each for each in rows() if each.name == name]
    assert [each.value for each in about(name).says] == [each.value for each in row.says]


@pytest.mark.parametrize(("name", "value", "says"), [
    ("ai_tasks.shoot_cut", 0.82, "82%"),  # above its range, and a share all the same
    ("ai_tasks.compute_fall", -0.15, f"{MINUS}0.15"), ("ai_tasks.compute_day", 39.8, "$39.80 per crew-day"),
    ("ai_tasks.new_tasks", 0.55, "0.55"), ("ai_providers.outages", 0.68, "0.68 a year"),
    ("ai_providers.outages", 12345, "12345"), ("ai_tasks.capability", "a third", "a third"),
    ("ai_tasks.capability", None, ""),
])  # fmt: skip
def test_a_source_is_quoted_in_the_unit_of_the_parameter_where_it_can_be_meant_so(name, value, says):
    assert source_value_said(Params.load().about(name), value) == says


def test_a_tip_leads_to_the_lever_that_sets_it():
    assert 'href="simulate?set.ai_tasks.capability=0.45"' in str(tip("ai_tasks.capability"))
    assert 'href="simulate?lever.TaxCredit.rate=none"' in str(tip("TaxCredit.rate"))
    assert "Set it" not in str(tip("crew_weeks"))
    assert "Set it" not in str(tip("ai_places.la_share"))


def test_a_link_keeps_the_edits_of_the_visitor():
    link = beside(View("compare", edits={"lever.MinimumCrew.share": "0.8"}))
    at = link("simulate", **{"set.ai_tasks.capability": 0.45})
    assert "lever.MinimumCrew.share=0.8" in at
    assert "set.ai_tasks.capability=0.45" in at
    assert plain_link("method", tab=None) == "method"


def test_a_link_to_a_scenario_begins_anew():
    link = beside(View("story", name="guardrails", edits={"lever.MinimumCrew.share": "0.8"}, week=7))
    assert link("compare", s="larger_credit", vs="ai_first", m="payroll_jobs", by="craft") == (
        "compare?s=larger_credit&vs=ai_first&m=payroll_jobs&by=craft")


def test_words_on_a_tip_are_escaped():
    assert "<b>1</b>" not in str(tip("crew_weeks", "<b>1</b>"))


def test_an_unknown_name_is_a_sentence():
    with pytest.raises(UnknownName, match=r"Did you mean ai_tasks\.capability"):
        tip("ai_tasks.capabilty")


def test_dots_say_in_words_how_many_futures_agree():
    assert str(dots(18, 20)).count('class="on"') == 18
    assert "18 of 20 futures agree" in str(dots(18, 20))
    assert str(dots(50, 100)).count("<i") == 30
    assert str(dots(0, 0)).count("<i") == 0


def test_no_two_shortcuts_share_a_key():
    pressed = [(key, each.shift) for each in SHORTCUTS for key in each.keys]
    assert len(pressed) == len(set(pressed))
    assert sum(each.name == "page" for each in SHORTCUTS) == len(IN_MENU)


def test_the_sheet_lists_every_shortcut_once():
    html = help_sheet().html
    assert re.findall(r"<kbd>([^<]+)</kbd>", html) == [
        each.shown for group in ("Time", "Go to", "Show", "Everything else") for each in SHORTCUTS
        if each.group == group and each.says]
