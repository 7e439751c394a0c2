"""What stands beside the figures of Compare, so that none is read as something else."""

import html
import re
from dataclasses import replace

import pytest

from experiments.answer import price
from experiments.claims.amount import SURFACE_FUTURES
from experiments.page.sheet import Cell, Sheet
from experiments.study.report import blocks
from experiments.study.report.blocks import Section
from model.tables import AI_CRAFT, crafts
from viz.digests import Digest, Digests
from viz.pages.claims import shipped, surface_of_c3
from viz.pages.compare import flows, health, page, threshold, who


def words_of(shown):
    without_files = re.sub(r'href="data:[^"]*"', "", shown.html)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", without_files)).split())


def with_people(found, changes, kind="by_district", futures=10):
    """The same with groups of these changes: {label: (mean, futures agreeing)}."""
    rows = [{"label": label, "change": {"mean": mean, "q10": mean, "q90": mean, "futures_agreeing": agreeing}}
            for label, (mean, agreeing) in changes.items()]
    first = found.first
    made = Digests([Digest({**first.head, "future": future}, first.arrays) for future in range(futures)])
    made.people = {**found.people, kind: rows}
    return made


def test_the_net_change_by_destination_comes_first_and_sums_to_nothing(ai_digests, view):
    said = words_of(page(ai_digests, replace(view, by="flows")))
    assert said.index("the net change of where they are at the end") < said.index("end elsewhere")
    rows = flows.net_sheet(ai_digests, view).rows
    assert sum(row[1].value for row in rows) == pytest.approx(0.0, abs=1e-9)
    for row in rows:
        assert row[6].value - row[5].value == pytest.approx(row[1].value)
    bars = page(ai_digests, replace(view, by="flows")).figures["chart-flows"]["data"]
    assert [share for each in bars for share in each["x"]] == pytest.approx(
        [row[at].value for row in rows for at in (5, 6)])


def test_the_gross_figure_of_moves_has_its_caution_beside_it(ai_digests, view):
    moves = [{"without": "same", "workers": 60.0, "same": 50.0, "ai": 2.0, "other": 6.0, "out": 2.0},
             {"without": "ai", "workers": 0.0, "same": 0.0, "ai": 0.0, "other": 0.0, "out": 0.0},
             {"without": "other", "workers": 30.0, "same": 7.0, "ai": 0.0, "other": 22.0, "out": 1.0},
             {"without": "out", "workers": 10.0, "same": 1.0, "ai": 0.0, "other": 2.0, "out": 7.0}]
    found = Digests(list(ai_digests))
    found.people = {**ai_digests.people, "moves": moves}
    said = flows.moved_said(found, view)
    assert said.startswith("21.0% end elsewhere in")
    assert "That is no measure of an effect: the net change between these places is 2.0% of the people" in said
    assert "who gets which call differs for everyone" in said
    assert "Of those who would still be in their craft" not in said


def test_change_and_agreement_stand_right_after_the_name(ai_digests, view):
    for by, name in (("craft", "crafts"), ("experience", "people_experience"), ("experience", "people_district"),
                     ("flows", "flows_horizon"), ("flows", "destinations"), ("money", "public_money")):
        text = page(ai_digests, replace(view, by=by)).html
        table = text[text.index(f'id="table-{name}"'):]
        heads = [re.sub(r"<[^>]*>", "", each).strip(" ▾▴") for each in re.findall(r"<th scope=\"col\".*?</th>", table)]
        assert heads[1] == "change", name
        assert "futures agreeing" in heads[2:4], name


def test_tables_of_crafts_and_groups_hold_all_that_their_charts_draw(ai_digests, view):
    from viz.pages.compare.view import link_from
    link = link_from(view)
    crafts_ = who.craft_grid(ai_digests, view, link).sheet
    found = [(who.craft_chart(ai_digests, view, crafts_), crafts_, "in proportion", "in proportion, ")]
    found += [(drawn, table.sheet, "change", "") for _, _, drawn, table in who.people_grids(ai_digests, view, link)]
    for drawn, sheet, mean, of in found:
        at = [list(sheet.columns).index(each) for each in (mean, f"{of}10%", f"{of}90%")]
        rows = {row[0].text.replace(" ", ""): [row[k].value for k in at] for row in sheet.rows}
        bars = [each for each in drawn.figure["data"] if "error_x" in each]
        shown = 0
        for bar in bars:
            ends = bar["error_x"]
            for label, up, down in zip(bar["y"], ends["array"], ends["arrayminus"], strict=True):
                _, low, high = rows[label.replace("<br>", "").replace(" ", "")]
                assert high - low == pytest.approx(up + down)
                shown += 1
        assert shown
        points = list(sheet.columns).index("health plan, change in points")
        for row in sheet.rows:
            if row[points].value is not None:
                assert row[points].value == pytest.approx(row[points - 1].value - row[points - 2].value)
    alone = Digests(list(ai_digests)[:1])
    assert not {"10%", "90%"} & set(who.craft_grid(alone, view, link).sheet.columns)


def test_the_saved_dollar_has_its_range_over_futures(ai_digests, view):
    text = words_of(page(ai_digests, replace(view, by="money")))
    assert "of the budget, 10% of the budget, 90% USD, 10% USD, 90%" in text


def test_a_wide_table_says_on_a_phone_that_it_scrolls(ai_digests, view):
    assert 'class="small sideways"' in page(ai_digests, replace(view, by="craft")).html


@pytest.mark.parametrize(("changes", "said"), [
    ({"A": (-0.75, 7), "B": (-0.72, 9), "C": (-0.5, 8), "D": (-0.45, 8)},
     "Largest clear loss: B, −0.72; smallest clear loss: D, −0.45 days a year"),
    ({"A": (-0.75, 10), "B": (0.5, 9), "C": (0.2, 9)},
     "Largest clear loss: A, −0.75; largest clear gain: B, +0.50 days a year"),
    ({"A": (0.2, 10), "B": (0.5, 9)}, "Largest clear gain: B, +0.50; smallest clear gain: A, +0.20 days a year"),
    ({"A": (0.2, 10), "B": (0.5, 6)}, "Only clear gain: A, +0.20 days a year"),
    ({"A": (0.2, 6)}, "No group's days differ clearly"),
])
def test_a_heading_says_what_its_groups_are(ai_digests, changes, said):
    assert who.people_said(with_people(ai_digests, changes), "by_district") == said


def test_groups_that_a_heading_leaves_out_are_named(ai_digests):
    found = with_people(ai_digests, {"A": (-0.75, 7), "B": (-0.72, 9), "C": (-0.1, 5)})
    said = who.unclear_said(found, "by_district")
    assert "Clear: at least 80% of the futures agree on the direction." in said
    assert "They do not on 2 of 3 groups: A; C." in said
    many = with_people(ai_digests, {f"G{k}": (-0.1 * k, 5) for k in range(1, 9)})
    assert "on 8 of 8 groups: G8; G7; G6; G5; G4; and 3 more." in who.unclear_said(many, "by_district")
    alone = with_people(ai_digests, {"A": (-0.75, 1), "B": (-0.5, 1)}, futures=1)
    assert who.unclear_said(alone, "by_district") == ""
    assert who.people_said(alone, "by_district").startswith("Largest loss: A, −0.75; smallest loss: B")


def test_no_caption_of_the_saved_dollar_loses_the_capitals_of_ai(ai_digests, view):
    said = words_of(page(ai_digests, replace(view, by="money")))
    assert "Where a saved dollar comes from: all titles made with AI, against" in said
    assert "Where a saved dollar comes from: titles that AI-first producers worked on, against" in said
    assert "made with ai" not in said


def test_both_figures_of_the_health_plan_say_what_they_count(ai_digests, view):
    for by in ("craft", "experience"):
        assert health.COVERED in words_of(page(ai_digests, replace(view, by=by)))
    assert health.LOST in words_of(page(ai_digests, replace(view, by="flows")))
    assert not crafts().covered[crafts().names.index(AI_CRAFT)]
    assert f"{sum(~crafts().covered)} of {crafts().n} crafts have none, the new AI craft among them" in health.COVERED


def priced(usd, years, low=1.0, high=2.0, futures=30):
    return {"usd": usd, "job_years": years, "low": low, "high": high, "futures": futures,
            "per_job_year": usd / years, "pay_per_credit": None}


def test_a_price_that_there_is_not_says_which_of_both_happened():
    worse = priced(66_763_778.0, -5_855.4, -13_981.0, -9_000.0)
    assert price.price_said(worse) == (
        "The public pays $67 million more, and there are 5,860 job-years (of 52 crew-weeks) fewer: both get worse, so "
        "no price of a job-year can be named.")
    assert "both get better" in price.price_said(priced(-5e6, 10.0))
    row = price.price_sheet(worse).rows[0]
    assert [cell.text for cell in row] == ["+$67 million", "−5,860", "no price: both get worse", "–", "–", "30"]
    assert row[0].value == 66_763_778.0, "the file is not rounded"


def test_a_price_is_rounded_and_its_interval_is_said_to_be_of_another_kind(ai_digests):
    held = priced(987_654_321.0, 9_876.0, 98_765.4, 104_321.0)
    assert [cell.text for cell in price.price_sheet(held).rows[0]] == [
        "+$988 million", "+9,880", "$100,000", "$98,800", "$104,000", "30"]
    assert price.price_said(held).startswith("Each further job-year (52 crew-weeks) costs $100,000")
    assert price.price_said(priced(-9e8, -9e3)).startswith("Each job-year (52 crew-weeks) lost saves $100,000")
    assert "the work gained may be none" in price.price_said(priced(9e8, 9e3, None, None))
    assert "it takes three futures" in price.price_said(priced(9e8, 9e3, None, None, 2))
    assert "95% confidence" in price.INTERVAL


def test_maps_of_other_runs_say_their_worlds_and_their_source(ai_digests, view):
    answer = shipped()
    shown = page(ai_digests, view, surface=surface_of_c3(answer))
    said = words_of(shown)
    assert "W0 is “The market without AI” (baseline)." in said
    assert "W3 is “The AI-first producer enters, and studios follow” (ai_first)." in said
    futures = min(SURFACE_FUTURES, answer.design["futures"])
    assert f"made {answer.made} with model {answer.model[:12]}, seed {answer.design['seed']}, {futures} futures" in said
    assert "W1 is" not in said
    plain = Section("break-even", "Break-even", [blocks.table(Sheet("x", "No world", ["a"], [[Cell("b")]]))])
    assert threshold.with_source(plain, answer) is plain
