"""A case of one's own: means over seeds for a good file, a sentence for a bad one."""

import json
from importlib import resources

import numpy as np
import pytest

from experiments import cli
from experiments.oracles import mean_field
from experiments.oracles.case_file import read_case
from experiments.oracles.verification import oracle_case
from model.errors import CallSheetError

GOOD = {
    "A": [[0.7, 0.3, 0.0], [0.1, 0.8, 0.1], [0.0, 0.25, 0.75]],
    "e0": [950.5, 480, 1420],
    "u0": [40, 25.5, 60],
    "v0": [18, 9, 27.5],
    "D0": [1000, 500, 1500],
    "du": 0.02,
    "dv": 0.015,
    "gu": 0.1,
    "gv": 0.2,
}


@pytest.fixture(autouse=True)
def _few_extra_seeds(monkeypatch):
    """Keep the tests short: what a small case may take beyond the seeds asked for."""
    monkeypatch.setattr("experiments.oracles.verification.SECONDS", 0.4)


def written(folder, values=None, text=None, **changes):
    file = folder / "case.json"
    values = {key: value for key, value in ((values or GOOD) | changes).items() if value is not None}
    file.write_text(json.dumps(values) if text is None else text, encoding="utf-8")
    return file


def test_means_come_near_the_mean_field_at_every_time_asked(tmp_path):
    file = written(tmp_path, Df=[700, 700, 1600], t_shock=5, half=10, k=0.4, tau=3)
    case, _ = read_case(file)
    path = mean_field.path(case, [0, 1, 5, 30])
    rows = oracle_case(file, [1, 5, 30, 0], 100)
    assert [row["t"] for row in rows] == [1, 5, 30, 0]
    for row in rows:
        assert list(row) == ["t", "E", "U", "V", "LTU", "seeds"]
        assert row["seeds"] >= 100
        for s, key in enumerate(("E", "U", "V")):
            expected = path[row["t"]][s]
            assert np.abs(row[key] - expected).max() < 0.5 + 0.25 * np.sqrt(expected.max()), (row["t"], key)


def test_fractions_at_the_start_survive_as_means(tmp_path):
    (row,) = oracle_case(written(tmp_path), [0], 200)
    assert row["E"] == pytest.approx(GOOD["e0"], abs=0.02)
    assert row["U"] == pytest.approx(GOOD["u0"], abs=0.02)
    assert row["V"] == pytest.approx(GOOD["v0"], abs=0.02)


def test_without_times_those_of_the_rows_are_printed_or_else_the_usual_ones(tmp_path):
    small = {"e0": [20, 20, 20], "u0": [2, 2, 2], "v0": [1, 1, 1], "D0": [20, 20, 20]}
    assert [row["t"] for row in oracle_case(written(tmp_path, **small))] == [1, 5, 30]
    file = written(tmp_path, **small, rows={"3": {"E": [1, 2, 3]}, "0": {}})
    assert [row["t"] for row in oracle_case(file)] == [0, 3]


def test_small_cases_take_more_seeds_and_large_ones_those_asked_for(tmp_path):
    assert 50 < oracle_case(written(tmp_path), [2], 8)[0]["seeds"] <= 1_000
    many = {key: [100 * x for x in GOOD[key]] for key in ("e0", "u0", "v0", "D0")}
    assert oracle_case(written(tmp_path, **many), [30], 8)[0]["seeds"] == 8


def test_the_command_prints_the_means(capsys):
    with resources.as_file(resources.files("seeds") / "oracles" / "three_occupations.json") as path:
        words = ["verify", "--oracle", str(path), "--at", "1,5", "--seeds", "8"]
        assert cli.main([*words, "--json"]) == 0
        rows = json.loads(capsys.readouterr().out)
        assert cli.main(words) == 0
    assert [row["t"] for row in rows] == [1, 5]
    assert all(len(row[key]) == 3 for row in rows for key in ("E", "U", "V", "LTU"))
    assert sum(rows[0]["E"]) + sum(rows[0]["U"]) == pytest.approx(2100)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"A": None}, "lacks A"),
        ({"dv": None}, "lacks dv"),
        ({"Df": [1, 2, 3]}, "lacks t_shock"),
        ({"Dff": [1, 2, 3]}, "key 'Dff'. Did you mean Df"),
        ({"A": [[1.0]]}, "list of 3 rows"),
        ({"A": [[1, 0], [0, 1], [1, 0]]}, "row 1 of A as a list of 3"),
        ({"A": [[1.5, -0.5, 0.0], [0, 1, 0], [0, 0, 1]]}, "-0.5"),
        ({"A": "identity"}, "list of 3 rows"),
        ({"e0": 5}, "list of 1 to"),
        ({"e0": []}, "list of 1 to"),
        ({"u0": [1, 2]}, "u0 as a list of 3"),
        ({"u0": [1, 2, -3]}, "-3"),
        ({"u0": [1, 2, None]}, "None"),
        ({"u0": [1, 2, True]}, "True"),
        ({"u0": [1, 2, "3"]}, "'3'"),
        ({"v0": [1, 2, 1e12]}, "at most 5,000,000"),
        ({"e0": [1, 2, 1e12]}, "at most 5,000,000"),
        ({"e0": [1, 2, 10**400]}, "inf"),
        ({"du": 1.5}, "from 0 to 1"),
        ({"gu": -0.1}, "from 0 to 1"),
        ({"du": [0.1, 0.1, 0.1]}, "du must be a number"),
        ({"tau": 2.5}, "whole number"),
        ({"tau": 0}, "from 1 to"),
        ({"rows": [1]}, "rows"),
        ({"rows": {"-1": {}}}, "t = '-1'"),
        ({"rows": {"5": "x"}}, "a row is an object of E, U and V"),
        ({"rows": {"5": {"E": [1, 2]}}}, "E of the row for t = 5 as a list of 3"),
        ({"taau": "4"}, "Did you mean tau"),
        ({"units": 5}, "key 'units'"),
        ({"rows": {"9" * 400: {}}}, "whole number"),
    ],
)
def test_a_wrong_case_is_a_sentence(tmp_path, changes, said):
    with pytest.raises(CallSheetError) as caught:
        oracle_case(written(tmp_path, **changes), [1], 8)
    text = str(caught.value)
    assert said in text
    assert len(text) < 400
    assert str(tmp_path) not in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not JSON"),
        ("[1, 2]", "must be an object"),
        ("{", "not JSON"),
        ("[" * 100_000, "nested too deeply"),
        ('{"du": 0.1, "du": 0.2}', "'du' twice"),
        (json.dumps(GOOD).replace("0.02", "NaN"), "nan"),
        (json.dumps(GOOD).replace("0.02", "-Infinity"), "-inf"),
        (json.dumps(GOOD).replace("0.02", "1e999"), "inf"),
        (json.dumps(GOOD).replace("0.02", "1" * 10_000), "inf"),
    ],
    ids=["empty", "list", "cut", "deep", "twice", "nan", "infinity", "huge", "long"],
)
def test_a_wrong_file_is_a_sentence(tmp_path, text, said):
    with pytest.raises(CallSheetError) as caught:
        oracle_case(written(tmp_path, text=text), [1], 8)
    assert said in str(caught.value)
    assert len(str(caught.value)) < 400


def test_a_file_that_is_no_text_or_too_large_or_not_there_is_a_sentence(tmp_path, monkeypatch):
    file = tmp_path / "case.json"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CallSheetError, match="UTF-8"):
        oracle_case(file)
    monkeypatch.setattr("experiments.oracles.case_file.MOST_BYTES", 10)
    with pytest.raises(CallSheetError, match="larger than"):
        oracle_case(written(tmp_path))
    with pytest.raises(CallSheetError, match="There is no file"):
        oracle_case(tmp_path / "nowhere.json")


def test_times_and_work_out_of_bounds_are_sentences(tmp_path):
    with pytest.raises(CallSheetError, match="t is -1"):
        oracle_case(written(tmp_path), [-1])
    with pytest.raises(CallSheetError, match="32,000"):
        oracle_case(written(tmp_path), [40_000])
    with pytest.raises(CallSheetError, match="minutes"):
        oracle_case(written(tmp_path), [30_000], 10_000)


def test_weights_count_by_their_proportions_and_who_has_none_applies_nowhere(tmp_path):
    shares = [[0.6, 0.3, 0.1], [0.0, 0.0, 0.0], [0.25, 0.25, 0.5]]
    weights = [[6, 3, 1], [0, 0, 0], [1, 1, 2]]
    one, other = (oracle_case(written(tmp_path, A=each, title="A case", units="people"), [1, 20], 8)
                  for each in (shares, weights))
    assert one == other
    assert one[1]["U"][1] > 0
