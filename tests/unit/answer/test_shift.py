"""Employment as automation spreads: shares, jobs and flows are those of the books and of the people."""

import json

import numpy as np
import pytest

from experiments.answer.dose import CEILINGS, Dose
from experiments.answer.shift import Shift
from experiments.answer.wording import command
from model.simulate import simulate
from model.state.books import TWELFTHS
from model.state.turns import DESTINATIONS
from model.tables import AI_CRAFT, crafts
from tests.unit.ai_worlds import with_ai

NEW = crafts().names.index(AI_CRAFT)


def share_done_by_ai(recordings, year):
    """Slow twin: row by row of the books."""
    worked = displaced = 0
    for recording in recordings:
        of = recording.tables["titles"]["year"]
        worked += sum(int(row["worked"]) for row in recording.tables["cells"] if of[row["title"]] == year)
        displaced -= sum(int(row["displacement"]) for row in recording.tables["effects"] if of[row["title"]] == year)
    return displaced / TWELFTHS / (worked + displaced / TWELFTHS)


def test_the_share_done_by_ai_is_that_of_the_books(ai_summary, ai_pairs):
    rows = {row["year"]: row for row in ai_summary["shift"]["years"]}
    assert list(rows) == list(range(2026, 2032))
    recordings = [mine for mine, _ in ai_pairs]
    for year in (2027, 2030):
        assert rows[year]["automated_share"] == pytest.approx(share_done_by_ai(recordings, year))
        assert rows[year]["automated_share_against"] == 0
    assert rows[2030]["automated_share"] > 0


def test_jobs_are_people_on_calls(ai_summary, ai_pairs, ai_scenario):
    year = ai_pairs[0][0].dates.astype("datetime64[Y]").astype(int) + 1970
    on_call = np.mean([mine.series["on_call"][year == 2030].mean(axis=0) for mine, _ in ai_pairs], axis=0)
    row = next(row for row in ai_summary["shift"]["years"] if row["year"] == 2030)
    assert row["on_call"] == pytest.approx(on_call.sum() / ai_scenario.scale)
    assert row["ai_jobs"] == pytest.approx(on_call[NEW] / ai_scenario.scale)
    assert row["ai_jobs_against"] == 0 < row["ai_jobs"]
    for code, craft in enumerate(ai_summary["shift"]["crafts"]):
        assert craft["on_call"][2030 - 2026] == pytest.approx(on_call[code] / ai_scenario.scale)


def test_nobody_of_april_2026_is_lost_on_the_way(ai_summary, ai_pairs, ai_scenario):
    for world, which in (("flows", 0), ("flows_against", 1)):
        people = np.mean([pair[which].tables["workers"].size for pair in ai_pairs]) / ai_scenario.scale
        for year in (2026, 2031):
            rows = [row for row in ai_summary["shift"][world] if row["year"] == year]
            assert sum(row["workers"] for row in rows) == pytest.approx(people)
            assert all(sum(row[to] for to in DESTINATIONS) == pytest.approx(row["workers"]) for row in rows)


def test_only_where_there_is_ai_do_people_move_into_the_new_craft(ai_summary):
    moved, stayed = (sum(row["ai"] for row in ai_summary["shift"][world]) for world in ("flows", "flows_against"))
    assert moved > 0 == stayed


def test_where_people_are_at_the_end_is_what_the_workers_say(ai_summary, ai_pairs, ai_scenario):
    last = [row for row in ai_summary["shift"]["flows"] if row["year"] == 2031]
    workers = [mine.tables["workers"] for mine, _ in ai_pairs]
    gone = np.mean([np.count_nonzero(each["status_after"] == 0) for each in workers]) / ai_scenario.scale
    assert sum(row["out"] + row["left_la"] for row in last) == pytest.approx(gone)


def test_a_world_alone_has_no_figures_of_another(ai_pairs):
    shift = Shift()
    shift.take(ai_pairs[0][0], None)
    fields = shift.fields()
    assert fields["flows_against"] == []
    assert {row["on_call_against"] for row in fields["years"]} == {None}
    assert fields["crafts"][0]["on_call_against"] is None


def test_the_response_to_the_full_dose_is_the_scenario_itself_and_no_dose_automates_less(ai_pairs, ai_summary):
    dose = Dose(with_ai(futures=1), ceilings=(0.0, 1.0))
    assert [pair for pair in dose.beside(iter(ai_pairs[:1]), simulate)] == ai_pairs[:1]
    none, full = dose.rows()
    mine, other = ai_pairs[0]
    change = mine.series["on_call"].sum() - other.series["on_call"].sum()
    assert full["change"]["mean"] == pytest.approx(change / mine.scale)
    assert full["change_share"] == pytest.approx(change / other.series["on_call"].sum())
    assert none["automated_share"] < full["automated_share"]


def test_without_another_world_the_lowest_ceiling_is_the_measure(ai_pairs):
    dose = Dose(with_ai(futures=1, until="2026-06-01"), ceilings=(0.0, 1.0))
    list(dose.beside(iter([(ai_pairs[0][0], None)]), simulate))
    assert dose.rows()[0]["change"]["mean"] == 0


def test_the_response_is_asked_for_on_the_command_line_and_in_the_command_that_gives_it_again(capsys):
    from experiments import cli

    words = "simulate --start 2026-04-13 --until 2026-05-04 --scale 0.01 --set worlds.incumbents=1 --dose --json"
    assert cli.main(words.split()) in (0, None)
    summary = json.loads(capsys.readouterr().out)
    assert [row["ceiling"] for row in summary["shift"]["dose_response"]] == list(CEILINGS)
    scenario = with_ai(futures=1, set={"worlds.entrant": 0})
    assert command(scenario, summary).endswith("--dose")
    del summary["shift"]["dose_response"]
    assert "--dose" not in command(scenario, summary)
