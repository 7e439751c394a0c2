"""Rows of a forecast: their quantiles, what is refused, and a file that says when it was changed."""

import hashlib
import json

import numpy as np
import pytest

from experiments.forecasting.forecast_rows import KEYS, MOST_BYTES, checked, frozen, hash_of, read, rows, write
from experiments.forecasting.scoring import coverage
from model.errors import CallSheetError

NUMBERS = {"q05": 1.0, "q10": 2.0, "q25": 3.0, "q50": 4.0, "q75": 5.0, "q90": 6.0, "q95": 7.0}
ROW = {"date": "2025-01", "kind": "unconditional", "series": "la_payroll_jobs_512", **NUMBERS}


def test_quantiles_of_an_ensemble_by_hand():
    """Of 99 members that run from 1 to 99 the k-th is the k-hundredth: each leaves as much room below as above."""
    members = np.tile(np.arange(1.0, 100.0)[::-1, None], (1, 2)) * [1.0, 10.0]
    found = rows("conditional", "shoot_days_tv", ["2025-01", "2025-04"], members)
    assert [list(row) for row in found] == [list(KEYS)] * 2
    assert found[0] == {"date": "2025-01", "kind": "conditional", "series": "shoot_days_tv", "q05": 5.0, "q10": 10.0,
                        "q25": 25.0, "q50": 50.0, "q75": 75.0, "q90": 90.0, "q95": 95.0}
    assert found[1]["q95"] == 950.0
    assert json.loads(json.dumps(found)) == found


def test_a_true_forecast_of_few_members_holds_as_much_as_its_intervals_say():
    """Ranks of what comes among forty members are even: by ranks of n an interval of 80 % would hold 76."""
    luck = np.random.default_rng(5).normal(size=(41, 20_000))
    held = coverage(luck[0], luck[1:], 80).share
    assert held == pytest.approx(0.80, abs=0.01)
    row = rows("unconditional", "la_payroll_jobs_512", ["2025-01"], 1000.0 + luck[1:, :1])[0]
    low, high = np.quantile(1000.0 + luck[1:, 0], [0.1, 0.9])
    assert row["q10"] < low
    assert row["q90"] > high


def test_numbers_are_written_to_a_tenth():
    found = rows("unconditional", "la_payroll_jobs_512", ["2025-02"], np.full((3, 1), 100_000.0 / 3.0))
    assert found[0]["q50"] == 33333.3


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"q10": 3.5}, "out of order"),
        ({"q95": float("nan")}, "q95 = 'nan'"),
        ({"q95": float("inf")}, "q95 = 'inf'"),
        ({"q05": -1.0}, "q05 = '-1.0'"),
        ({"q50": "4"}, "q50 = '4'"),
        ({"q50": True}, "q50 = 'True'"),
        ({"q95": 10**400}, "q95 = "),
        ({"kind": "likely"}, "has the kind 'likely'"),
        ({"series": "us_jobs"}, "has the series 'us_jobs'"),
        ({"series": ["la_payroll_jobs_512"]}, "has the series"),
        ({"date": "2025Q1"}, "write year and month"),
        ({"date": 202501}, "write year and month"),
        ({"series": "shoot_days_all", "date": "2025-02"}, "a quarter goes by its first month"),
        ({"note": "more"}, "needs the keys"),
    ],
)
def test_a_row_that_is_wrong_is_refused_with_its_place(change, says):
    good = {**ROW, "date": "2025-03"}
    assert checked([good, ROW]) == [good, ROW]
    with pytest.raises(CallSheetError, match="Row 2") as refused:
        checked([good, {**ROW, **change}])
    assert says in str(refused.value)


def test_rows_that_are_missing_repeated_or_no_list_are_refused():
    with pytest.raises(CallSheetError, match="repeats unconditional la_payroll_jobs_512 2025-01"):
        checked([ROW, dict(ROW)])
    checked([ROW, {**ROW, "kind": "conditional"}])
    short = {key: value for key, value in ROW.items() if key != "q25"}
    for wrong, says in (([short], "needs the keys"), ([], "0 rows"), (ROW, "a list"), ([3], "needs the keys")):
        with pytest.raises(CallSheetError, match=says):
            checked(wrong)
    with pytest.raises(CallSheetError, match="one column for each date"):
        rows("conditional", "shoot_days_tv", ["2025-01"], np.ones((3, 2)))


def test_the_hash_is_that_of_the_canonical_text():
    text = json.dumps([ROW], sort_keys=True, separators=(",", ":"))
    assert hash_of([ROW]) == hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
    assert hash_of([dict(reversed(ROW.items()))]) == hash_of([{**ROW, "q05": 1}]) == hash_of([ROW])
    assert hash_of([{**ROW, "q05": 1.1}]) != hash_of([ROW])


def test_a_frozen_file_is_read_back_and_never_written_over(tmp_path):
    path = tmp_path / "forecast.json"
    write(path, [ROW], origin="2024-12")
    assert read(path) == {"origin": "2024-12", "hash": hash_of([ROW]), "rows": [ROW]}
    with pytest.raises(CallSheetError, match="stays as it is"):
        write(path, [{**ROW, "q05": 0.5}])
    assert read(path)["rows"] == [ROW]
    with pytest.raises(CallSheetError, match="of its own"):
        frozen([ROW], rows=3)


def test_a_file_that_was_changed_is_refused(tmp_path):
    path = tmp_path / "forecast.json"
    write(path, [ROW])
    path.write_text(path.read_text().replace('"q50": 4.0', '"q50": 4.5'))
    with pytest.raises(CallSheetError, match="was changed after it was frozen"):
        read(path)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"rows: []", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"rows": [], "hash": 1' + b"0" * 5000 + b"}", "not JSON"),
        (b"[]", "no rows or no hash"),
        (b'{"rows": []}', "no rows or no hash"),
        (b'{"rows": [], "hash": ""}', "0 rows"),
        (b'{"rows": [], "hash": "", "rows": []}', "comes twice"),
        (b'{"rows": [NaN], "hash": ""}', "NaN"),
        (b" " * (MOST_BYTES + 1), "larger than 4 MiB"),
    ],
)
def test_a_file_that_is_no_frozen_forecast_is_a_sentence(tmp_path, text, says):
    path = tmp_path / "forecast.json"
    path.write_bytes(text)
    with pytest.raises(CallSheetError, match=says):
        read(path)


def test_a_file_that_is_not_there_is_a_sentence(tmp_path):
    for path in (tmp_path / "nowhere.json", tmp_path):
        with pytest.raises(CallSheetError, match="could not be read"):
            read(path)
