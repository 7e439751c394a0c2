"""What people give to `callsheet study`: right things are done, wrong ones are answered with a sentence."""

import json
import os
import re

import pytest

from experiments import cli
from experiments.study.definition import find, shipped, study_from
from experiments.study.plan import Point, rows
from model.errors import CallSheetError
from tests.batches.asking import GOOD, said

THREE_LEVERS = {"TaxCredit.cap": {}, "TaxCredit.rate": {}, "MinimumCrew.share": {}}
MARKET = {"title": "A", "question": "B?", "design": {"kind": "paired", "futures": 3}}


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
    ({"scale": 0}, "scale is '0', but must be above 0."),
    ({"scale": 11}, "scale is '11', but must be at most 10."),
    ({"scale": "much"}, "scale is 'much', but must be a number."),
    ({"seed": 1.5}, "seed is '1.5', but must be a whole number."),
    ({"run_limit": 1e6}, "but must be at most 86,400."),
    ({"until": "2026-02-30"}, "until is '2026-02-30', but must be a day, such as 2026-04-13."),
    ({"constants": 3}, "constants is '3', but must be entries with names."),
    ({"outcomes": []}, "outcomes is '[]', but must be a list of at least 1."),
    ({"title": None}, "title is 'None', but must be text."),
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
    ({"outcomes": ["zzz"]}, "There is no outcome zzz. Among others there are"),
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
    ({"design": {"kind": "policy", "mixes": 4}, "levers": THREE_LEVERS},
     "design.mixes is 4, but must be at least 5 for 3 levers: none pulled, each alone, and one mix."),
    ({"design": {"kind": "policy", "mixes": 10_000, "states": 1000}, "levers": {"TaxCredit.cap": {}}}, "asks for 10,0"),
])  # fmt: skip
def test_what_a_study_names_has_to_exist_and_fit(changes, sentence):
    with pytest.raises(CallSheetError, match=re.escape(sentence)):
        study_from({**MARKET, **changes}, "mine")


def test_as_many_mixes_as_there_are_levers_to_pull_alone_and_two_more_are_enough():
    found = study_from({**MARKET, "design": {"kind": "policy", "mixes": 5}, "levers": THREE_LEVERS}, "mine")
    assert found.design.mixes == 5


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


def test_what_is_held_is_not_drawn_by_a_wildcard():
    found = study_from({**MARKET, "constants": {"ai_tasks.capability": 0.5}, "uncertainties": {"ai_*": {}},
                        "design": {"kind": "lhs", "points": 2}}, "mine")  # fmt: skip
    assert "ai_tasks.capability" not in {each.name for each in found.factors}
    made = rows(found, [Point(0, {})], [0])[0].case.asks
    assert made["scenario"]["overrides"]["ai_tasks.capability"] == 0.5


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


@pytest.mark.parametrize(("option", "given", "said"), [
    ("--time-limit", "-5m", "must be a time such as 90s"),
    ("--time-limit", "nan", "must be a time such as 90s"),
    ("--max-runs", "0", "must be a whole number from 1"),
    ("--engine", "foo", "foo"),
])
def test_a_dry_run_refuses_what_a_run_would(study, tmp_path, capsys, option, given, said):
    words = ["study", "run", study(), "--out", str(tmp_path / "dry"), "--dry-run", option, given]
    assert cli.main(words) == cli.BAD_INPUT
    assert said in capsys.readouterr().err
