"""What came of a run, as the documented JSON: `docs/json.md` says what every field means.

A recording is read once, as it comes, and let go: of each future only its yearly figures, its monthly jobs
and its quarterly shoot days are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments import history
from experiments.answer import closing
from experiments.answer.ai_study import AiStudy, reaches_april_2026
from experiments.answer.calls_ended import CallsEnded
from experiments.answer.pairing import Pairing
from experiments.answer.settings import settings_of
from experiments.statistics import HIGH, LOW, spread
from model.calendar import WORKING_DAYS

if TYPE_CHECKING:
    from model.recording import Recording
    from model.scenario import Scenario

VERSION = 1  # of the JSON; grows when a field is taken away or changes its meaning, which is to be avoided


def summarise(
    scenario: Scenario, pairs: Iterable[tuple[Recording, Recording | None]], against: Scenario | None = None
) -> dict[str, Any]:
    """The summary of a scenario's futures. ``pairs`` gives, for each future, the recording and that of
    ``against`` on the same chance (None without a comparison); it is consumed once and fully.
    """
    years, jobs, days, other_jobs, differences = [], [], [], [], []
    first: dict[str, Any] = {}
    accounts: dict[str, dict[str, Any]] = {}
    steps = 0
    pairing, ended = Pairing(scenario.scale), CallsEnded()
    study = AiStudy(scenario) if reaches_april_2026(scenario) else None
    for mine, other in pairs:
        from model import measures

        years.append(measures.years_of(mine))
        jobs.append(measures.monthly_jobs(mine))
        days.append(complete_quarters(mine))
        steps += mine.agent_steps
        own = closing.accounts_of(mine)
        accounts = closing.worst(accounts, own) if accounts else own
        if not first:
            first = _of_first_future(mine)
        ended.take(mine, other)
        if other is not None:
            accounts = closing.worst(accounts, closing.accounts_of(other))
            differences.append(_differences(mine, other))
            pairing.take(mine, other)
            other_jobs.append(measures.monthly_jobs(other))
        if study is not None:
            study.take(mine, other)
        del mine, other  # the next future needs the room
    monthly = _bands(jobs)
    quarterly = {name: _bands([each[name] for each in days]) for name in (*history.CATEGORIES, "all")}
    return {
        "version": VERSION,
        "scenario": scenario.name,
        "against": against.name if against is not None else None,
        "seed": scenario.seed,
        "futures": len(years),
        "scale": scenario.scale,
        "hash": first["hash"],
        "weeks": first["weeks"],
        "workers": first["workers"],
        "agent_steps": steps,
        "years": _mean_years(years),
        "effects": _effects(differences),
        "accounts": accounts | (study.accounts() if study is not None else {}),
        "model": first["model"],
        "start": scenario.start.isoformat(),
        "until": scenario.until.isoformat(),
        "posterior": None,  # filled where futures take draws of it
        "pairing": pairing.table(),
        "monthly_jobs": monthly,
        "monthly_jobs_against": _bands(other_jobs) if other_jobs else [],
        "shoot_days_quarterly": quarterly,
        "fit": _fit(monthly, quarterly),
        "crafts": first["crafts"],
        "districts": first["districts"],
        "calls_ended": ended.fields(),
        "settings": {
            "scenario": settings_of(scenario),
            "against": settings_of(against) if against is not None else [],
        },
        **(study.fields() if study is not None else {}),
    }


def complete_quarters(recording: Recording) -> dict[str, dict[str, float]]:
    """Shoot days by category and quarter, without quarters of which a week is not recorded."""
    from model import measures

    first, after = recording.dates[0], recording.dates[-1] + np.timedelta64(WORKING_DAYS, "D")
    whole = set()
    for quarter in range(int(first.astype("datetime64[M]").astype(int)) // 3,
                         int(after.astype("datetime64[M]").astype(int)) // 3 + 1):
        begin, end = (np.datetime64(quarter * 3 + k, "M").astype("datetime64[D]") for k in (0, 3))
        if np.is_busday(np.arange(begin, first)).sum() == 0 and np.is_busday(np.arange(after, end)).sum() == 0:
            whole.add(f"{1970 + quarter // 4}Q{quarter % 4 + 1}")
    return {
        name: {quarter: value for quarter, value in values.items() if quarter in whole}
        for name, values in measures.quarterly_shoot_days(recording).items()
    }


def _of_first_future(recording: Recording) -> dict[str, Any]:
    return {
        "hash": recording.hash,
        "weeks": recording.weeks,
        "workers": closing.attached_at_start(recording),
        "model": recording.manifest.get("model"),
        "crafts": _crafts(recording),
        "districts": _districts(recording),
    }


def _districts(recording: Recording) -> list[dict[str, Any]]:
    """Means over the last year recorded (52 weeks at most), by district, divided by the scale."""
    from model import tables

    shown = {"working_here": "work_by_district", "living_on_call": "home_on_call", "living_idle": "home_idle",
             "shoots": "shoots_by_district"}
    last = {name: recording.series[series][-52:].mean(axis=0) / recording.scale for name, series in shown.items()}
    districts = tables.districts()
    return [{"district": name, "label": label} | {each: float(last[each][code]) for each in shown}
            for code, (name, label) in enumerate(zip(districts.names, districts.labels, strict=True))]


def _crafts(recording: Recording) -> list[dict[str, Any]]:
    """Means over the last year recorded (52 weeks at most), by craft, divided by the scale."""
    from model import tables

    last = {
        name: recording.series[name][-52:].mean(axis=0) / recording.scale
        for name in ("on_call", "idle", "posted")
    }
    rows = []
    for code, (name, label) in enumerate(zip(tables.crafts().names, tables.crafts().labels, strict=True)):
        on_call, idle, posted = (float(last[each][code]) for each in ("on_call", "idle", "posted"))
        rows.append(
            {
                "craft": name,
                "label": label,
                "on_call": on_call,
                "idle": idle,
                "unemployment_rate": idle / (on_call + idle) if on_call + idle else None,
                "vacancies": posted,
            }
        )
    return rows


def _mean_years(futures: list[list[dict[str, float]]]) -> list[dict[str, float]]:
    """Year by year the mean over futures of every measure."""
    return [
        {"year": rows[0]["year"]}
        | {name: float(np.mean([row[name] for row in rows])) for name in rows[0] if name != "year"}
        for rows in zip(*futures, strict=True)
    ]


def _bands(futures: list[dict[str, float]]) -> list[dict[str, Any]]:
    """Period by period the median and the percentiles over futures, as rows."""
    rows = []
    for period in futures[0]:
        values = [each[period] for each in futures]
        low, median, high = np.percentile(values, [LOW, 50, HIGH])
        rows.append({"period": period, "median": float(median), "q10": float(low), "q90": float(high)})
    return rows


def _differences(mine: Recording, other: Recording) -> dict[str, float]:
    """Scenario less the other, over the whole horizon: sums of measures that add up, means of the others."""
    from model import measures

    found = {}
    for name, one in measures.measures().items():
        gather = np.sum if one.over == "sum" else np.mean
        found[name] = float(gather(one.weekly(mine)) - gather(one.weekly(other)))
    return found


def _effects(futures: list[dict[str, float]]) -> dict[str, dict[str, float]]:
    """Over futures the mean of each paired difference, its percentiles, and how many have the mean's sign."""
    names = futures[0] if futures else ()
    return {name: spread([each[name] for each in futures]) for name in names}


def _fit(monthly: list[dict[str, Any]], quarterly: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """How far the medians are from the published series, where the horizon holds any of them."""
    return {
        "monthly_jobs": history.fit_of_jobs({row["period"]: row["median"] for row in monthly}),
        "shoot_days": history.fit_of_shoot_days(
            {name: {row["period"]: row["median"] for row in rows} for name, rows in quarterly.items()}
        ),
    }
