"""What `callsheet study` kept: it is found again, shown, checked and handed on, and never lost to another study."""

import json

import numpy as np
import pytest

from experiments import cli
from experiments.batch.folder import Folder
from experiments.runners import function
from experiments.study.checks import verify
from experiments.study.definition import study_from
from experiments.study.designs import coordinates
from experiments.study.export import export, frame
from experiments.study.plan import points_at, turns
from experiments.study.results import Results
from tests.batches.asking import GOOD, said


@pytest.fixture
def done(study, tmp_path):
    out = tmp_path / "out"
    assert cli.main(["study", "run", study(), "--out", str(out), "--workers", "1", "-q"]) == 0
    return out


def test_a_second_run_finds_everything_and_gives_the_same_answer(done, study):
    before = {each: each.stat().st_mtime_ns for each in (done / "chunks").iterdir()}
    answer = (done / "answer.json").read_bytes()
    assert cli.main(["study", "run", study(), "--out", str(done), "-q"]) == 0
    assert {each: each.stat().st_mtime_ns for each in (done / "chunks").iterdir()} == before
    assert (done / "answer.json").read_bytes() == answer


def test_another_seed_keeps_the_runs_that_are_there(done, study):
    before = {each.name: each.read_bytes() for each in (done / "chunks").iterdir()}
    held = set(Folder(done)._chunk_of)
    assert cli.main(["study", "run", study(), "--out", str(done), "--seed", "3", "-q"]) == 0
    assert held < set(Folder(done)._chunk_of)
    assert {each.name: each.read_bytes() for each in (done / "chunks").iterdir() if each.name in before} == before


def test_a_changed_chunk_is_found(done, capsys):
    assert cli.main(["study", "verify", str(done)]) == 0
    assert "hold what was written" in capsys.readouterr().out
    chunk = next((done / "chunks").glob("numbers-*.parquet"))
    import pyarrow.parquet as pq

    table = pq.read_table(chunk)
    column = table.column_names.index("y")
    changed = table.set_column(column, "y", [[value + 1e-9 for value in table["y"].to_pylist()]])
    pq.write_table(changed, chunk)
    assert cli.main(["study", "verify", str(done)]) == 1
    assert "was changed afterwards" in capsys.readouterr().out
    chunk.write_bytes(chunk.read_bytes()[:100])
    text, code = said(capsys, "status", str(done))
    assert "is no chunk of results" in text
    assert code == 2
    assert cli.main(["study", "verify", str(done), "--again", "2"]) == 1


def test_a_finished_run_in_no_chunk_yet_is_verified_too(done):
    folder = Folder(done)
    folder.keep({"case": "a" * 32, "ok": True, "numbers": {"y": 1.0}})
    told = verify(done, 0)
    assert told["loose"] == 1
    assert told["said"].endswith(" files and 1 single runs hold what was written.")
    (done / "spool" / f"{'b' * 32}.json").write_text("{}")
    (sentence,) = verify(done, 0)["trouble"]
    assert sentence.startswith("The file of run bbbbbbbbbbbb does not hold what was written")
    assert (done / "spool" / f"{'b' * 32}.json").exists()  # looking changes nothing


def test_runs_that_come_out_otherwise_are_found_when_they_are_run_again(done, monkeypatch):
    assert verify(done, 3)["sound"]
    real = function.FUNCTIONS["noisy_line"]

    def otherwise(x, future):
        found = real(x, future)
        return found._replace(numbers={"y": found.numbers["y"] + 1e-9})

    monkeypatch.setitem(function.FUNCTIONS, "noisy_line", otherwise)
    told = verify(done, 3)
    assert [" gives other numbers now: y." in each for each in told["trouble"]] == [True] * 3
    monkeypatch.setitem(function.FUNCTIONS, "noisy_line", function.FUNCTIONS["raises"])
    assert all(" fails now: " in each for each in verify(done, 3)["trouble"])


def test_a_plan_that_asks_something_else_than_was_run_is_found(done):
    import pyarrow.parquet as pq

    plan = pq.read_table(done / "plan.parquet")
    asks = plan["asks"].to_pylist()
    asks[4] = asks[4].replace('"future":', '"future":1')
    pq.write_table(plan.set_column(plan.column_names.index("asks"), "asks", [asks]), done / "plan.parquet")
    (said_,) = verify(done, 0)["trouble"]
    assert "1 runs of the plan were asked something else" in said_


def test_a_failure_that_was_mended_is_forgotten_once_it_is_tried_again(study, tmp_path, monkeypatch):
    out, real = tmp_path / "out", function.FUNCTIONS["noisy_line"]
    calls = []

    def sometimes(x, future):
        calls.append(x)
        if len(calls) % 10 == 0:
            raise ArithmeticError("not this time")
        return real(x, future)

    words = ["study", "run", study(), "--out", str(out), "--engine", "here", "-q"]
    with monkeypatch.context() as patch:
        patch.setitem(function.FUNCTIONS, "noisy_line", sometimes)
        assert cli.main(words) == 1
    assert len(Folder(out).failed) == 3
    assert cli.main(["study", "retry", str(out), "--engine", "here", "-q"]) == 0
    assert not Folder(out).failed
    assert not list((out / "failures").iterdir())
    told = json.loads((out / "answer.json").read_text())
    assert told["runs"]["failed"] == 0
    cases = list(Folder(out)._chunk_of)
    assert len(cases) == 30
    assert np.isfinite(Results(Folder(out)).numbers(cases, ["y"])["y"]).all()
    assert verify(out, 3)["sound"]


def test_a_run_is_shown_by_the_beginning_of_its_name(done, capsys):
    case = next(iter(Folder(done)._chunk_of))
    assert cli.main(["study", "show", str(done), case[:10], "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["case"] == case
    assert set(told["numbers"]) == {"y"}
    assert "No run begins" in said(capsys, "show", str(done), "0000ffff0000")[0]
    assert "is no name" in said(capsys, "show", str(done), "../x")[0]


def test_status_counts_and_names_what_failed(study, tmp_path, capsys):
    out = tmp_path / "out"
    words = ["study", "run", study(function="raises"), "--out", str(out), "-q"]
    assert cli.main(words) == 1, "the exit code tells that runs failed"
    capsys.readouterr()
    assert cli.main(["study", "status", str(out)]) == 0
    text = capsys.readouterr().out
    assert "0 of 30 runs planned so far are done, 30 failed" in text
    assert "failed 30 times: The run failed (ArithmeticError: this run was asked to fail)." in text
    assert cli.main(["study", "retry", str(out), "-q"]) == 1


def test_tables_for_other_tools_hold_every_run(done, tmp_path, capsys):
    import numpy as np
    import pandas as pd

    for form in ("csv", "parquet", "ema"):
        assert cli.main(["study", "export", str(done), "--to", str(tmp_path / form), "--as", form]) == 0
    runs = pd.read_csv(tmp_path / "csv" / "runs.csv")
    assert len(runs) == 30
    assert {"a", "y", "point", "future"} <= set(runs.columns)
    wide = pd.read_parquet(tmp_path / "parquet" / "runs.parquet")
    assert np.array_equal(wide["y"], runs["y"])
    experiments = pd.read_csv(tmp_path / "ema" / "experiments.csv")
    outcomes = np.load(tmp_path / "ema" / "outcomes.npz")
    assert len(experiments) == 30
    assert np.array_equal(outcomes["y"], runs["y"])
    assert "is not an empty folder" in said(capsys, "export", str(done), "--to", str(tmp_path / "csv"))[0]
    assert "--as is 'xls'" in said(capsys, "export", str(done), "--to", str(tmp_path / "x"), "--as", "xls")[0]


def test_a_report_can_be_had_before_every_run_is_there(study, tmp_path, capsys):
    out = str(tmp_path / "out")
    text, code = said(capsys, "run", study(), "--out", out, "--max-runs", "22", "--workers", "1", "-q")
    assert code == 1
    assert "8 of 30 runs to go" in text
    assert cli.main(["study", "report", out, "-q"]) == 0
    assert "8 of 30 runs have not been run yet" in capsys.readouterr().out
    assert (tmp_path / "out" / "report.html").is_file()
    assert cli.main(["study", "run", study(), "--out", out, "-q"]) == 0
    assert "not been run" not in json.loads((tmp_path / "out" / "answer.json").read_text())["answer"]


def test_a_table_of_points_stays_with_its_results(tmp_path, capsys):
    (tmp_path / "points.csv").write_text("a,b\n1,2\n3,4\n")
    path = tmp_path / "mine.yaml"
    path.write_text(json.dumps({**GOOD, "uncertainties": {}, "constants": {"c": 0.5},
                                "design": {"kind": "table", "file": "points.csv", "futures": 3}}))  # fmt: skip
    out = tmp_path / "out"
    assert cli.main(["study", "run", str(path), "--out", str(out), "-q"]) == 0
    (tmp_path / "points.csv").unlink()
    assert cli.main(["study", "report", str(out), "-q"]) == 0
    capsys.readouterr()
    answer = json.loads((out / "answer.json").read_text())
    assert [each["values"] for each in answer["comparisons"]] == [{"a": "1", "b": "2"}, {"a": "3", "b": "4"}]


def test_another_study_does_not_take_the_place_of_results(done, study, capsys):
    before = (done / "study.json").read_bytes()
    text, code = said(capsys, "run", study(question="Something else?"), "--out", str(done), "-q")
    assert code == 2
    assert "holds the study mine, which asks: B? Choose another folder" in text
    assert (done / "study.json").read_bytes() == before


def test_an_answer_of_fewer_points_is_not_taken_for_one_of_more(done, study, capsys):
    assert cli.main(["study", "run", study(), "--out", str(done), "--points", "60", "--max-runs", "1", "-q"]) == 1
    capsys.readouterr()
    assert cli.main(["study", "status", str(done)]) == 0
    assert "It has not been answered yet" in capsys.readouterr().out


def test_a_run_that_is_in_no_chunk_yet_is_shown_whole(study, tmp_path, capsys):
    out = tmp_path / "out"
    assert cli.main(["study", "run", study(), "--out", str(out), "--max-runs", "3", "--workers", "1", "-q"]) == 1
    case = sorted(Folder(out)._spooled)[0]
    capsys.readouterr()
    assert cli.main(["study", "show", str(out), case[:12], "--json"]) == 0
    assert set(json.loads(capsys.readouterr().out)["numbers"]) == {"y"}


def test_a_definition_that_was_cut_short_is_a_sentence_and_what_it_says_to_do_loses_no_run(done, study, capsys):
    (done / "study.json").write_bytes((done / "study.json").read_bytes()[:50])
    text, code = said(capsys, "status", str(done))
    assert "study.json was changed or cut short. Remove study.json" in text
    assert code == 2
    (done / "study.json").unlink()
    log = (done / "log.jsonl").read_bytes()
    assert cli.main(["study", "run", study(), "--out", str(done), "-q"]) == 0
    assert (done / "log.jsonl").read_bytes() == log


def test_a_dry_run_of_what_is_done_times_nothing(done, study, capsys):
    assert cli.main(["study", "run", study(), "--out", str(done), "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert "30 runs; 30 are there already. None of those known beforehand is left to run." in told
    assert "measured" not in told


def test_a_plan_that_was_cut_short_is_a_sentence(done, capsys):
    path = done / "plan.parquet"
    path.write_bytes(path.read_bytes()[:50])
    for words in (("status", str(done)), ("show", str(done), "abcdef")):
        text, code = said(capsys, *words)
        assert "plan.parquet in out cannot be read" in text
        assert code == 2


def test_a_series_that_no_run_kept_is_none_and_no_file_that_was_changed(done):
    results, cases = Results(Folder(done)), list(Folder(done)._chunk_of)
    assert results.series(cases, "y").shape[0] == len(cases)
    assert results.series(cases, "month").size == 0


def test_a_folder_whose_name_looks_like_a_pattern_holds_its_own_results(study, tmp_path):
    for name, seed in (("run1", "1"), ("run[1]", "2")):
        assert cli.main(["study", "run", study(), "--out", str(tmp_path / name), "--workers", "1", "--seed", seed,
                         "-q"]) == 0
    chunk = next((tmp_path / "run1" / "chunks").glob("numbers-*.parquet"))
    (own,) = (tmp_path / "run[1]" / "chunks").glob("numbers-*.parquet")
    chunk.rename(chunk.with_name(own.name))
    read = Results(Folder(tmp_path / "run[1]"))
    cases = list(Folder(tmp_path / "run[1]")._chunk_of)
    assert np.isfinite(read.numbers(cases, ["y"])["y"]).all()


def test_a_table_of_points_is_exported_as_numbers_and_what_no_run_has_as_nothing(tmp_path):
    (tmp_path / "points.csv").write_text("a\n0.25\n1\n")
    asks = {**GOOD, "uncertainties": {}, "outcomes": ["y", "z"], "design": {"kind": "table", "file": "points.csv",
                                                                            "futures": 2}}
    (tmp_path / "table.yaml").write_text(json.dumps(asks))
    out = tmp_path / "out"
    assert cli.main(["study", "run", str(tmp_path / "table.yaml"), "--out", str(out), "--workers", "1", "-q"]) == 0
    assert frame(out)["a"].tolist() == [0.25, 1.0, 0.25, 1.0]
    export(out, tmp_path / "ema", "ema")
    outcomes = np.load(tmp_path / "ema" / "outcomes.npz")
    assert np.isfinite(outcomes["y"]).all()
    assert np.isnan(outcomes["z"]).all()


@pytest.mark.parametrize(("design", "says"), [
    ({"start": 9, "points": 40}, "start"), ({"points": 9, "start": 10}, "points"),
    ({"start": 32, "points": 16}, "a surface begins with start and ends with points")])
def test_a_surface_that_could_never_be_answered_is_refused(design, says, tmp_path, capsys):
    asks = {**GOOD, "uncertainties": {"a": {"low": 0, "high": 1}, "b": {"low": 0, "high": 1}},
            "design": {"kind": "surface", **design}}
    (tmp_path / "surface.yaml").write_text(json.dumps(asks))
    text, code = said(capsys, "run", str(tmp_path / "surface.yaml"), "--dry-run")
    assert says in text
    assert code == 2


def test_points_with_one_future_each_take_turns_in_ten(study, tmp_path):
    asked = study_from({**GOOD, "design": {"kind": "lhs", "points": 25, "futures": 1}}, "turns")
    rows = turns(asked, points_at(asked, coordinates(asked.design, asked.factors, 0)))
    assert [row.point for row in rows] == sorted(range(25), key=lambda number: (number % 10, number))
    assert all(row.future == row.point % 10 for row in rows)
    assert all(row.case.asks["x"] == dict(row.values) for row in rows)
