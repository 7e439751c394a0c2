"""How the page that compares is cut, and that every chart has its table."""

import csv
import io
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import numpy as np
import pytest

from experiments.runs import pairs_of
from experiments.study.report import blocks
from experiments.study.report.blocks import Section
from model.errors import CallSheetError
from model.scenario import Scenario
from tests.unit.viz.futures import futures_with
from viz.digests import Digest, Digests, digest
from viz.pages.compare import CompareView, link_from, page
from viz.pages.compare.tables import Column, grid
from viz.view import WAYS


@pytest.fixture(scope="module")
def early():
    """One future of a year before 2026, with and without a larger credit."""
    scenario = Scenario.named("baseline").varied(start="2015-01-05", until="2016-01-04", scale=0.01,
                                                 levers={"TaxCredit.cap": 1500}, against="baseline")
    other = scenario.counterpart()
    pairs = pairs_of(scenario, other, lambda done, total: None)
    return Digests([digest(*pair) for pair in pairs]), CompareView(scenario, other)


def files_of(html):
    return [unquote(each) for each in re.findall(r'href="data:text/csv;charset=utf-8,([^"]*)"', html)]


@pytest.mark.parametrize("by", list(WAYS))
@pytest.mark.parametrize("table", [False, True])
def test_every_view_has_its_headings_in_order_and_a_table_for_every_chart(ai_digests, view, by, table):
    shown = page(ai_digests, replace(view, by=by, table=table))
    levels = [int(each) for each in re.findall(r"<h([1-6])", shown.html)]
    assert levels[0] == 2
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    ids = re.findall(r'\bid="([^"]+)"', shown.html)
    assert len(ids) == len(set(ids))
    assert set(shown.figures) == set(re.findall(r'<div class="chart" id="([^"]+)"', shown.html))
    assert bool(shown.figures) is (not table)
    assert shown.html.count("<table") >= len(shown.figures)
    assert 'aria-current="page">' + WAYS[by] in shown.html


def test_every_file_says_scenario_seed_version_and_unit(ai_digests, view):
    for by in WAYS:
        for text in files_of(page(ai_digests, replace(view, by=by)).html):
            head = [line for line in text.splitlines() if line.startswith("#")]
            assert "scenario ai_first with --set ai_producer.capital=1500.0, against baseline" in head[0]
            assert "seed 0, futures 0 to 1, scale 0.02" in head[0]
            assert head[0].startswith("# Call Sheet ")
            rows = list(csv.reader(io.StringIO("\n".join(line for line in text.splitlines() if line[0] != "#"))))
            assert len({len(row) for row in rows}) == 1
    first = files_of(page(ai_digests, view).html)[0]
    assert "# Definition: One worker on a call in one week, in Los Angeles" in first
    assert "# Unit: crew-weeks, per week" in first


def test_the_file_of_the_difference_holds_every_future_as_drawn(ai_digests, view):
    rows = list(csv.DictReader(line for line in files_of(page(ai_digests, view).html)[0].splitlines()
                               if line[0] != "#"))
    mine, other = ai_digests.over_time("crew_weeks")
    for future in (0, 1):
        drawn = [float(row[f"future {future}"]) for row in rows]
        assert drawn == pytest.approx((mine - other)[future], rel=1e-5)
    assert [row["period"] for row in rows] == ai_digests.periods


def test_the_difference_has_a_line_for_each_future_a_median_and_a_labelled_zero(ai_digests, view):
    figure = page(ai_digests, view).figures["chart-difference"]
    single, median = figure["data"]
    assert single["y"].count(None) == len(ai_digests)
    assert median["name"] == "median"
    assert figure["layout"]["shapes"][0]["y0"] == figure["layout"]["shapes"][0]["y1"] == 0
    assert "no difference" in [each["text"] for each in figure["layout"]["annotations"]]
    low, high = figure["layout"]["yaxis"]["range"]
    assert low < 0 < high
    assert figure["layout"]["showlegend"] is False


def luminance(color):
    linear = [each / 12.92 if each <= 0.03928 else ((each + 0.055) / 1.055) ** 2.4 for each in color]
    return sum(weight * each for weight, each in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_a_future_s_line_has_three_times_the_contrast_of_its_ground_and_the_median_stands_out(ai_digests, view, theme):
    style = (Path(__file__).parents[3] / "experiments" / "templates" / "style.css").read_text(encoding="utf-8")
    hexes = {name: re.search(rf"--{name}: light-dark\((#\w+), (#\w+)\)", style)[theme + 1]
             for name in ("ground", "model")}
    ground, model = ([int(hexes[name][at : at + 2], 16) / 255 for at in (1, 3, 5)] for name in ("ground", "model"))
    single, median = page(ai_digests, view).figures["chart-difference"]["data"]
    assert single["line"]["color"] == "@model"
    seen = [single["opacity"] * over + (1 - single["opacity"]) * under
            for over, under in zip(model, ground, strict=True)]
    assert contrast(seen, ground) >= 3.0
    assert 1.4 <= single["line"]["width"] <= median["line"]["width"] / 2.5, "a hairline between two pixels is paler"
    assert "opacity" not in median


def test_the_colors_of_the_flows_have_a_key_in_their_order(ai_digests, view):
    shown = page(ai_digests, replace(view, by="flows"))
    parts = [each["name"] for each in shown.figures["chart-flows"]["data"]]
    key = re.findall(r'class="shade-(\d)"/></svg> ([^<]+)</li>', shown.html)
    assert [label.strip() for _, label in key] == parts
    assert [int(at) for at, _ in key] == list(range(len(parts)))
    css = (Path(__file__).parents[3] / "viz" / "web" / "compare.css").read_text(encoding="utf-8")
    for at, each in enumerate(shown.figures["chart-flows"]["data"]):
        assert f".key .shade-{at} {{ fill: var(--{each['marker']['color'].removeprefix('@')}); }}" in css
    assert "shade-" not in page(ai_digests, replace(view, by="flows", table=True)).html


def test_here_and_there_are_named_where_they_are_used(ai_digests, view):
    view = replace(view, scenario=replace(view.scenario, title="The producer enters"))
    here, there = f"“The producer enters” {view.edited}", "“The market as it was”"
    assert view.edited.startswith("with capital raised in a round")
    time, flows = (page(ai_digests, replace(view, by=by)).html.replace("\u00a0", " ") for by in ("time", "flows"))
    assert f"Titles only here are made in {here} alone, titles only there in {there} alone." in time
    assert f"Person by person: at the end in {there}, and here in {here}" in flows
    assert f"end elsewhere in {here} than in {there}" in flows


def test_the_band_fills_the_inner_half_and_outlines_eight_tenths(ai_digests, view):
    figure = page(ai_digests, replace(view, band=True)).figures["chart-difference"]
    assert [each["name"] for each in figure["data"]] == ["inner half of futures", *["80% of futures"] * 2, "median"]
    assert figure["data"][0]["fill"] == "toself"


def test_differences_of_shares_are_drawn_in_percentage_points(ai_digests, view):
    figure = page(ai_digests, replace(view, measure="unemployment_rate")).figures["chart-difference"]
    mine, other = ai_digests.over_time("unemployment_rate")
    assert figure["data"][1]["y"] == pytest.approx(100 * np.median(mine - other, axis=0), rel=1e-5)
    assert figure["layout"]["yaxis"]["ticksuffix"] == " pts"


@pytest.mark.parametrize("futures", [2, 200])
def test_payloads_stay_small(ai_digests, view, futures):
    one = ai_digests.first
    found = Digests([Digest({**one.head, "future": future}, one.arrays) for future in range(futures)])
    for by in WAYS:
        assert len(page(found, replace(view, by=by)).whole) < 400_000
    html = page(found, view).html
    assert ("Each thin line is one of 50 of 200 futures" in html) is (futures == 200)
    assert "future 49" in html or futures == 2
    assert "future 50" not in html


def test_crafts_are_sorted_as_asked_and_each_leads_to_its_people(ai_digests, view):
    def shown(sort):
        html = page(ai_digests, replace(view, by="craft", sort=sort)).html
        return re.findall(r'<th scope="row"><a href="([^"]+)">([^<]+)</a>', html)

    by_name = [label for _, label in shown("craft")]
    assert by_name == sorted(by_name, key=str.casefold)
    assert [label for _, label in shown("-craft")] == by_name[::-1]
    rows = {row["label"]: row for row in ai_digests.crafts()}
    sizes = [rows[label.replace("&amp;", "&")]["crew_weeks_other"] for _, label in shown("-size")]
    assert sizes == sorted(sizes, reverse=True)
    address = urlsplit(shown("craft")[0][0].replace("&amp;", "&"))
    assert address.path == "people"
    assert dict(parse_qsl(address.query))["craft"] in {row["craft"] for row in rows.values()}


def test_sorting_says_so_and_turns_round_at_the_second_click(ai_digests, view):
    html = page(ai_digests, replace(view, by="craft", sort="size")).html
    assert html.count("aria-sort=") == 1
    assert 'aria-sort="ascending"><a href="compare?s=ai_first&amp;by=craft&amp;sort=-size#crafts"' in html


def test_dots_and_fraction_say_how_many_futures_agree(ai_digests, view):
    found = futures_with(ai_digests.first, range(-10, 0))
    html = page(found, replace(view, by="craft")).html
    assert 'class="filled"' in html
    assert "10 of 10" in html
    table = grid("x", "x", [Column("x")], [], 10, "", lambda **changes: "")
    assert [table.filled(each) for each in (0, 4, 10, None)] == [0, 4, 10, 0]


def test_crew_weeks_and_health_plan_of_a_craft_are_those_of_the_summary(ai_digests, ai_summary):
    insured = {row["group"]: row["insured"] for row in ai_summary["people"]["by_craft"]}
    changes = {row["craft"]: row["change"]["mean"] for row in ai_summary["accounts_over_futures"]["crafts"]}
    for row in ai_digests.crafts():
        assert row["insured"] == insured.get(row["craft"])
        assert row["change"]["mean"] == pytest.approx(changes[row["craft"]])


def test_tabs_carry_the_view_along_and_the_form_everything_but_the_measure(ai_digests, view):
    html = page(ai_digests, replace(view, measure="hires", band=True)).html
    assert 'href="compare?s=ai_first&amp;measure=hires&amp;by=craft&amp;band=1"' in html
    assert '<form method="get" action="compare"' in html
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]+)">', html))
    assert hidden == {"s": "ai_first", "band": "1"}
    assert '<option value="hires" selected>' in html


def test_a_measure_is_shown_once_it_is_chosen(ai_digests, view):
    html = page(ai_digests, view).html
    assert '<select id="measure" name="measure" data-auto>' in html
    assert re.findall(r"<button[^>]*>Show</button>", html) == re.findall(
        r"<noscript>(<button[^>]*>Show</button>)</noscript>", html)


def test_a_link_of_the_caller_is_used_everywhere(ai_digests, view):
    html = page(ai_digests, replace(view, by="craft"), link=lambda page="compare", **changes: f"x/{page}?q=1").html
    addresses = [each for each in re.findall(r'href="([^"]+)"', html) if not each.startswith(("data:", "#table-"))]
    assert addresses
    assert all(each.startswith("x/") for each in addresses)


def test_the_account_of_crew_weeks_is_told_in_mechanisms_that_hold_every_part_once(ai_digests, view):
    from experiments.answer.two_accounts import PARTS
    from viz.pages.compare.over_time import MECHANISMS

    assert sorted(part for parts in MECHANISMS.values() for part in parts) == sorted(PARTS)
    html = page(ai_digests, view).html
    assert "displaced by AI −" in html
    assert "What this leaves out" in html


def test_the_surface_stands_on_the_page_if_it_is_known(ai_digests, view):
    html = page(ai_digests, view, surface=Section("break-even", "Break-even", [blocks.text("At 0.6.")])).html
    assert "At 0.6." in html


@pytest.mark.parametrize("by", WAYS)
def test_whatever_is_shown_or_taken_away_of_a_run_that_was_edited_says_how(ai_digests, view, by):
    moved = Scenario.named("ai_first").varied(levers={"TaxCredit.rate": "0.49"}, set={"ai_tasks.shoot_cut": "0.3"})
    edited = replace(view, scenario=moved, against=Scenario.named("baseline"), by=by)
    html = page(ai_digests, edited).html
    assert "credit rate at 49%" in html.replace("\u00a0", " ")
    files = files_of(html)
    assert files
    for text in files:
        assert "--lever TaxCredit.rate=0.49" in text
        assert "--set ai_tasks.shoot_cut=0.3" in text
    assert "ai_first_edited_against_baseline" in html
    assert "ai_first_against_baseline" not in html


def test_a_view_that_is_not_there_and_a_run_without_another_world_are_refused(ai_digests, view):
    with pytest.raises(CallSheetError, match="no view"):
        page(ai_digests, replace(view, by="moon"))
    alone = Digest({**ai_digests.first.head, "against": None}, ai_digests.first.arrays)
    with pytest.raises(CallSheetError, match="no other world"):
        page(Digests([alone]), view)


@pytest.mark.parametrize("by", list(WAYS))
def test_one_future_and_a_run_that_ends_before_april_2026_have_their_pages_too(early, by):
    found, view = early
    html = page(found, replace(view, by=by)).html
    assert "in the one future simulated" in html
    assert not re.search(r"\bnan\b", re.sub(r'href="data:[^"]*"', "", html).lower())
    assert ("People cannot be held against themselves" in html) is (by == "experience")


def test_names_of_scenarios_cannot_break_the_page(ai_digests, view):
    evil = '"><script>alert(1)</script>'
    broken = replace(view, scenario=replace(view.scenario, name=evil, title=evil, question=evil))
    for by in WAYS:
        whole = page(ai_digests, replace(broken, by=by)).whole
        assert "<script>alert" not in whole


def test_addresses_leave_out_what_is_usual(view):
    link = link_from(view)
    assert link() == "compare?s=ai_first"
    assert link(by="craft", table=True) == "compare?s=ai_first&by=craft&table=1"
    assert link(page="people", craft="camera") == "people?s=ai_first&craft=camera"
