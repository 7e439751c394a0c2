"""What the command says to people who ask for what has no effect, stop it, or look for a word."""

from __future__ import annotations

import json

import pytest

from experiments import cli, runs
from experiments.study.definition import find
from experiments.study.plan import points_in
from experiments.terminal import signals
from model import units
from model.errors import CallSheetError

SMALL = ("--scale", "0.01", "-q")


def told(capsys, *words):
    assert cli.main(list(words)) == 0
    return " ".join(capsys.readouterr().out.split())


def test_an_interrupt_that_nobody_passed_on_stops_the_run_at_the_next_look():
    """Python forgets what is raised while an object goes."""
    signals.forget()
    signals.heed()
    with pytest.raises(KeyboardInterrupt):
        signals.interrupted(2, None)
    with pytest.raises(KeyboardInterrupt):
        signals.heed()
    signals.forget()
    signals.heed()


def test_the_run_looks_whether_it_was_interrupted(monkeypatch, capsys):
    def simulated(scenario, future, progress):
        progress(1, 2)
        signals._asked.append(2)  # as where the exception itself was lost
        progress(2, 2)

    monkeypatch.setattr(runs, "_simulate", simulated)
    assert cli.main(["simulate", "--until", "2015-03-02", *SMALL]) == cli.INTERRUPTED
    assert cli.STOPPED in capsys.readouterr().err
    signals.forget()


def test_a_lever_that_begins_after_the_run_is_said_to_do_nothing(capsys):
    said = told(capsys, "simulate", "--until", "2015-06-01", "--against", "baseline", *SMALL,
                "--lever", "TaxCredit.rate=0.45", "--lever", "TaxCredit.from=2025-07-01")
    assert "nothing differs over" in said
    assert "more futures will not help" in said
    assert "Set otherwise than the baseline" in said
    assert "Credit rate 0.45" in said


def test_a_year_of_which_the_run_holds_a_part_is_marked(capsys):
    said = told(capsys, "simulate", "--until", "2016-03-01", *SMALL)
    assert "2016*" in said
    assert "weeks of 2016" in said
    assert "The run holds no whole calendar year" not in said
    assert "holds no whole calendar year, of which a mean could be given; its 5 months" in told(
        capsys, "simulate", "--until", "2015-06-01", *SMALL)


def test_another_run_into_the_same_folder_leaves_nothing_of_the_world_it_has_not(tmp_path, capsys):
    out = tmp_path / "out"
    told(capsys, "simulate", "--scenario", "no_strikes", "--until", "2015-03-02", "--out", str(out), *SMALL)
    assert (out / "recording_against").is_dir()
    (out / "mine.txt").write_text("kept", encoding="utf-8")
    told(capsys, "simulate", "--until", "2015-03-02", "--out", str(out), *SMALL)
    assert not (out / "recording_against").exists()
    assert (out / "mine.txt").is_file()


def test_levers_are_found_by_name_and_by_word(capsys):
    assert "TaxCredit.cap" in told(capsys, "params", "TaxCredit.cap")
    said = told(capsys, "params", "levers")
    assert all(name in said for name in ("MinimumCrew.share", "WageInsurance", "--lever NAME=VALUE"))
    assert "income.take_home" in told(capsys, "params", "tax")


def test_a_date_is_no_quantity():
    assert units.say(2026.3, "year") == "2026.3"
    assert units.say(2034.0, "year") == "2034"
    assert units.say(2034, "years") == "2,034 years"


def test_the_frozen_forecast_is_read_from_any_january_that_it_holds(capsys):
    rows = json.loads(told(capsys, "forecast", "--from", "2026-01", "--to", "2026-06", "--json"))
    assert {row["date"] for row in rows} >= {"2026-01", "2026-06"}
    assert all("2026-01" <= row["date"] <= "2026-06" for row in rows)


def test_the_frozen_forecast_is_not_asked_for_more_than_it_holds(capsys):
    assert cli.main(["forecast", "--to", "2028-12", "--json"]) == 2
    out, said = capsys.readouterr()
    assert not out
    assert "ends in 2027-12, not in 2028-12" in said


@pytest.mark.parametrize("table", ["a,b\n1,2\n3\n", "a,b\n1,2\n3,\n", "a;b\n1;0,5\n"])
def test_a_table_with_a_hole_is_refused(tmp_path, table):
    (tmp_path / "points.csv").write_text(table, encoding="utf-8")
    path = tmp_path / "mine.yaml"
    path.write_text(json.dumps({
        "title": "A table", "question": "What?",
        "design": {"kind": "table", "file": "points.csv"}}), encoding="utf-8")
    study, beside = find(str(path))
    with pytest.raises(CallSheetError, match="does not have one value for each of its columns"):
        points_in(study, beside)


def test_the_response_to_adoption_is_shown_to_whoever_asked_for_it(capsys):
    said = told(capsys, "simulate", "--scenario", "ai_first", "--start", "2026-04-13", "--until", "2026-12-28", *SMALL,
                "--dose")
    assert "The same futures at several ceilings on adoption" in said
    assert all(f"{ceiling}%" in said for ceiling in (0, 25, 50, 75, 100))


def test_a_folder_that_holds_what_is_not_ours_is_left_alone_before_anything_is_run(tmp_path, capsys):
    words = ["simulate", "--until", "2015-02-02", *SMALL, "-q", "--out", str(tmp_path / "out")]
    thesis = tmp_path / "out" / "recording" / "thesis.txt"
    thesis.parent.mkdir(parents=True)
    thesis.write_text("mine")
    assert cli.main(words) == cli.BAD_INPUT
    assert "out holds recording, which is no recording of this program" in capsys.readouterr().err
    assert thesis.read_text() == "mine"
    thesis.unlink()
    assert cli.main(words) == cli.main(words) == 0  # an empty one, and one of ours
    (tmp_path / "out" / "recording" / "notes.txt").write_text("mine, too")
    assert cli.main(words) == cli.BAD_INPUT
    (tmp_path / "out" / "recording_against").write_text("a file")
    (tmp_path / "out" / "recording" / "notes.txt").unlink()
    assert cli.main(words) == cli.BAD_INPUT
    assert "out holds recording_against" in capsys.readouterr().err
