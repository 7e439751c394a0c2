"""Nothing is planted that scores the model: no later jobs and shoot days, no employment among drivers, no history."""

import re

from tests.contracts.planted import ROOT, ROWS, table

LAST_MONTH = "2024-12"  # employment and shoot days later than this score the forecast and may not be planted


def test_no_employment_and_no_shoot_day_after_2024_is_planted():
    wrong = []
    for name in (
        "history/la_payroll_jobs",
        "history/us_payroll_jobs",
        "history/us_unemployment",
        "fixed_staff",
    ):
        wrong += [f"{name} {row['month']}" for row in table(f"{name}.csv") if row["month"] > LAST_MONTH]
    days = table("history/shoot_days.csv")
    wrong += [f"shoot_days {row['period']}" for row in days if row["period"][:4] > LAST_MONTH[:4]]
    for where, row in ROWS:
        metric = f"{row.get('metric', '')} {row.get('category', '')} {row.get('unit', '')}"
        when = row.get("period") or row.get("month") or row.get("year") or ""
        if re.search(r"employment|payroll|\bjobs\b|shoot_days", metric) and when[:4] > LAST_MONTH[:4]:
            wrong.append(f"{where} {metric} {when}")
    assert not wrong, wrong


def test_no_demand_driver_holds_employment():
    words = re.compile(r"employ|payroll|\bjobs?\b|labou?r|wage|workers?\b|bls|shoot.?days?", re.IGNORECASE)
    wrong = [
        f"{where}: {row[key]}"
        for where, row in ROWS
        if where.startswith("drivers.csv")
        for key in ("driver", "unit", "source")
        if words.search(row[key])
    ]
    assert not wrong, wrong


def test_no_driver_is_clean_in_a_year_of_strike_or_pandemic():
    wrong = [
        f"{row['driver']} {row['year']}"
        for row in table("drivers.csv")
        if row["clean"] == "1" and row["year"] in ("2020", "2021", "2023")
    ]
    assert not wrong, wrong


def test_history_is_not_read_while_the_model_runs():
    wrong = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "model").rglob("*.py")
        if re.search(r"history/|la_payroll_jobs\.csv|shoot_days\.csv", path.read_text(encoding="utf-8"))
    ]
    assert not wrong, f"{wrong} read seeds/history, which is there to compare with"
