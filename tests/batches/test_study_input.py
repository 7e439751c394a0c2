"""What people give to `callsheet study`: right things are done, wrong ones are answered with a sentence."""

import json
import os
import re

import pytest

from experiments import cli
from experiments.batch.folder import Folder
from experiments.study.definition import find, shipped, study_from
from experiments.study.plan import Point, rows
from model.errors import CallSheetError

GOOD = {"title": "A", "question": "B?", "runner": "function", "function": "noisy_line", "against": None,
        "outcomes": ["y"], "uncertainties": {"a": {"low": 0, "high": 1}}, "design": {"kind": "lhs", "points": 30}}
MARKET = {"title": "A", "question": "B?", "design": {"kind": "paired", "futures": 3}}


def said(capsys, *words):
    """The sentence and the exit code of a command."""
    code = cli.main(["study", *words])
    return capsys.readouterr().err, code


@pytest.fixture
def study(tmp_path):
    def write(**changes):
        path = tmp_path / "mine.yaml"
        path.write_text(json.dumps({**GOOD, **changes}))
        return str(path)

    return write


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"uncertanties": {}}, "uncertanties is not known. Did you mean uncertainties?"),
    ({"design": {"kind": "lhs", "ponts": 3}}, "design.ponts is not known. Did you mean points?"),
    ({"design": {"kind": "lhx"}}, "design.kind must be one of claims, grid, lhs"),
    ({"design": {"kind": "lhs", "points": 10**9}}, "design.points is"),
    ({"design": {"kind": "lhs", "points": 10**5, "futures": 10**4}}, "asks for 1,000,000,000 runs; at most 1,000,000"),
    ({"design": {"kind": "sobol", "base": 100}}, "must be a power of two"),
    ({"uncertainties": {}}, "The design lhs is empty"),
    ({"uncertainties": {"a": {"low": 1, "high": 0}}}, "runs from 1 to 0: the range is upside down"),
    ({"uncertainties": {"a": {"low": 1}}}, "uncertainties.a.high is"),
    ({"uncertainties": {"a": {"lo": 1}}}, "has an unknown entry 'lo'"),
    ({"function": "ishigam"}, "Did you mean ishigami"),
    ({"scale": 0}, "scale is"),
    ({"title": None}, "title is"),
    ({"runner": "os.system"}, "runner is"),
    ({"holds": {"outcome": "y"}}, "either at_least or at_most"),
    ({"uncertainties": {"case": {"low": 0, "high": 1}}}, "the name of a column of the plan"),
    ({"constants": {"a": 1}}, "a is held under constants and differs under uncertainties"),
    ({"design": {"kind": "table", "file": "a\0b"}, "uncertainties": {}}, "no such file beside the study"),
    ({"design": {"kind": "grid"}}, "a has a range, but a grid takes values"),
    ({"design": {"kind": "table", "file": "../secret.csv"}, "uncertainties": {}}, "outside the folder of the study"),
    ({"design": {"kind": "table", "file": "/etc/passwd"}, "uncertainties": {}}, "outside the folder of the study"),
    ({"design": {"kind": "table", "file": "none.csv"}, "uncertainties": {}}, "none.csv could not be read as a table"),
])  # fmt: skip
def test_a_wrong_study_is_a_sentence(study, capsys, tmp_path, changes, sentence):
    text, code = said(capsys, "run", study(**changes), "--out", str(tmp_path / "out"))
    assert code == 2, text
    assert sentence in text
    assert "Traceback" not in text
    assert not (tmp_path / "out" / "chunks").exists()


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"scenarios": ["ai_frst"]}, "Did you mean ai_first?"),
    ({"outcomes": ["crew_week"]}, "Did you mean crew_weeks"),
    ({"levers": {"TaxCredt.cap": 1}}, "There is no lever TaxCredt. Did you mean TaxCredit?"),
    ({"levers": {"TaxCredit.cap": 1e9}}, "TaxCredit.cap is 1e+09"),
    ({"constants": {"ai_tasks.capabilty": 1}}, "Did you mean ai_tasks.capability"),
    ({"uncertainties": {"ai_tasks.capability": {}}}, "The design paired gives ai_tasks.capability no points"),
    ({"uncertainties": {"ai_tasks.capability": {"low": 0.1, "high": 9}}, "design": {"kind": "lhs"}}, "legal from"),
    ({"uncertainties": {"xy_*": {}}, "design": {"kind": "lhs"}}, "no parameter begins so"),
    ({"design": {"kind": "policy"}}, "nothing differs"),
    ({"design": {"kind": "surface"}, "uncertainties": {"ai_tasks.capability": {}}}, "takes two or three factors"),
    ({"design": {"kind": "claims"}}, "goes with the runner claims"),
    ({"scenarios": ["ai_first", "ai_first"]}, "scenarios names something twice"),
    ({"scenarios": ["ai_first", "guardrails"], "design": {"kind": "surface"},
      "uncertainties": {"ai_tasks.capability": {}, "ai_firms.spend_pull": {}}}, "takes one scenario"),
    ({"against": None, "design": {"kind": "policy"}, "levers": {"TaxCredit.cap": {}}}, "name one under against"),
    ({"design": {"kind": "policy", "mixes": 10_000, "states": 1000}, "levers": {"TaxCredit.cap": {}}}, "asks for 10,0"),
])  # fmt: skip
def test_what_a_study_names_has_to_exist_and_fit(changes, sentence):
    with pytest.raises(CallSheetError, match=re.escape(sentence)):
        study_from({**MARKET, **changes}, "mine")


def test_options_are_checked(study, capsys, tmp_path):
    out = str(tmp_path / "out")
    for words, sentence in ((["--time-limit", "soon"], "--time-limit is 'soon'"),
                            (["--max-runs", "0"], "--max-runs is"),
                            (["--workers", "0"], "--workers is"), (["--engine", "x"], "--engine is 'x'"),
                            (["--claim", "C3"], "has no claims to change")):  # fmt: skip
        text, code = said(capsys, "run", study(), "--out", out, *words)
        assert sentence in text
        assert code == 2
    (tmp_path / "file").write_text("")
    assert "is a file, not a folder" in said(capsys, "run", study(), "--out", str(tmp_path / "file"))[0]
    assert "There is no study ishigam. Did you mean ishigami?" in said(capsys, "run", "ishigam")[0]
    assert "There is no study in nothing" in said(capsys, "status", str(tmp_path / "nothing"))[0]


def test_every_study_that_is_shipped_is_legal_and_asks_a_question():
    wanted = {"claims", "credit", "guardrails", "retraining", "cloud", "break_even", "sensitivity", "policy"}
    assert wanted <= set(shipped())
    for name in shipped():
        found, beside = find(name)
        assert beside is None
        assert found.question.endswith("?"), name
        assert found.looked_at


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


def test_more_points_keep_the_runs_that_are_there(done, study, capsys):
    assert cli.main(["study", "run", study(), "--out", str(done), "--seed", "3", "-q"]) == 0
    assert len(Folder(done)) > 30


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


def test_a_dry_run_writes_nothing(study, tmp_path, capsys):
    assert cli.main(["study", "run", study(), "--out", str(tmp_path / "dry"), "--dry-run"]) == 0
    assert "30 runs; 0 are there already" in capsys.readouterr().out
    assert not (tmp_path / "dry").exists()


def test_a_table_of_points_is_run_as_it_stands(tmp_path):
    (tmp_path / "points.csv").write_text("ai_tasks.capability,TaxCredit.cap\n0.4,750\n0.6,1500\n")
    path = tmp_path / "mine.yaml"
    path.write_text(json.dumps({**MARKET, "against": "ai_first", "design": {"kind": "table", "file": "points.csv"}}))
    found, beside = find(str(path))
    from experiments.study.plan import points_in

    made = rows(found, points_in(found, beside), [0])
    first, second = (row.case.asks for row in made)
    assert first["scenario"]["overrides"]["ai_tasks.capability"] == 0.4
    assert second["against"]["overrides"]["ai_tasks.capability"] == 0.6
    assert second["scenario"]["levers"] == {"TaxCredit.cap": 1500.0}
    assert second["against"]["levers"] == {}, "levers are pulled in the scenario alone"


def test_a_world_without_ai_is_asked_for_once_whatever_ai_is_like():
    found = study_from({**MARKET, "design": {"kind": "lhs", "points": 2}, "uncertainties": {"ai_*": {}}}, "mine")
    from experiments.study.plan import points_at

    made = rows(found, points_at(found, [[0.1] * len(found.factors), [0.9] * len(found.factors)]), [0])
    one, other = (row.case.asks for row in made)
    assert one["against"] == other["against"]
    assert one["scenario"] != other["scenario"]


def test_a_case_is_named_by_all_that_moves_it_and_by_nothing_else():
    plain = study_from(MARKET, "mine")
    other = {"title": "Other", "outcomes": ["titles"], "design": {"kind": "paired", "futures": 9}}
    retold = study_from({**MARKET, **other}, "other")
    at = [Point(0, {})]
    one = rows(plain, at, [0])[0].case.id
    assert rows(retold, at, [0])[0].case.id == one
    moved = [{"seed": 1}, {"scale": 0.5}, {"constants": {"ai_tasks.capability": 0.3}}, {"until": "2030-01-07"},
             {"outputs": "summary"}, {"levers": {"TaxCredit.cap": 0}}, {"against": "no_strikes"}]
    others = {rows(study_from({**MARKET, **each}, "mine"), at, [0])[0].case.id for each in moved}
    assert len(others) == len(moved)
    assert one not in others


def test_names_with_markup_or_paths_stay_text(study, tmp_path):
    out = tmp_path / "out"
    words = ["study", "run", study(title="<script>alert(1)</script>"), "--out", str(out), "-q"]
    assert cli.main(words) == 0
    assert "<script>alert(1)" not in (out / "report.html").read_text()
    assert sorted(os.listdir(tmp_path)) == ["mine.yaml", "out"]


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


def test_what_is_held_is_not_drawn_by_a_wildcard():
    found = study_from({**MARKET, "constants": {"ai_tasks.capability": 0.5}, "uncertainties": {"ai_*": {}},
                        "design": {"kind": "lhs", "points": 2}}, "mine")  # fmt: skip
    assert "ai_tasks.capability" not in {each.name for each in found.factors}
    made = rows(found, [Point(0, {})], [0])[0].case.asks
    assert made["scenario"]["overrides"]["ai_tasks.capability"] == 0.5


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


def test_a_plan_that_was_cut_short_is_a_sentence(done, capsys):
    path = done / "plan.parquet"
    path.write_bytes(path.read_bytes()[:50])
    for words in (("status", str(done)), ("show", str(done), "abcdef")):
        text, code = said(capsys, *words)
        assert "plan.parquet in out cannot be read" in text
        assert code == 2


def test_a_name_of_a_file_becomes_a_plain_name(tmp_path):
    path = tmp_path / "...yaml"
    path.write_text(json.dumps(GOOD))
    assert find(str(path))[0].name == "study"
    (tmp_path / "jobs & more.yaml").write_text(json.dumps(GOOD))
    assert find(str(tmp_path / "jobs & more.yaml"))[0].name == "jobs_more"
    (tmp_path / "keys.yaml").write_text("1: 2\n")
    with pytest.raises(CallSheetError, match="must hold one entry a line"):
        find(str(tmp_path / "keys.yaml"))


def test_the_study_that_the_guide_shows_is_legal():
    from pathlib import Path

    from model.safe_yaml import read_yaml

    guide = (Path(__file__).resolve().parents[2] / "docs" / "studies.md").read_text(encoding="utf-8")
    shown = re.search(r"```yaml\n(.*?)```", guide, re.DOTALL).group(1)
    found = study_from(read_yaml(shown), "shown")
    assert found.constants == {"ai_tasks.capability": 0.5}
    assert len(found.factors) > 60
    for kind in ("paired", "grid", "table", "lhs", "morris", "sobol", "surface", "policy", "claims"):
        assert f"`{kind}`" in guide
