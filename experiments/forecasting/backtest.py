"""The comparators at past origins: what each would have said, and how good it was. Nothing after 2024 is read.

Run as ``python -m experiments.forecasting.backtest``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from experiments.forecasting.comparators import COMPARATORS
from experiments.forecasting.forecast import Forecast
from experiments.forecasting.scoring import ALL, LEVELS, OPEN, score
from experiments.forecasting.series import JOBS, MONTHS, NAMES, number, observed
from model.errors import CallSheetError

ORIGINS = ("2016-12", "2018-12", "2020-12", "2022-12")
HORIZON = 36  # months
LAST = "2024-12"  # later figures score the announced forecast, and belong to no rehearsal


def forecasts(name: str, origin: str, horizon: int = HORIZON) -> dict[str, Forecast | str]:
    """Each comparator's forecast of a series up to ``horizon`` months after an origin and LAST, by name.

    Where one cannot be made, the sentence that says why.
    """
    series = observed(name)
    steps = min(horizon, number(LAST) - number(origin)) // (MONTHS // series.per_year)
    found: dict[str, Forecast | str] = {}
    for each, make in COMPARATORS.items():
        try:
            found[each] = make(series, origin, steps)
        except CallSheetError as why:
            found[each] = str(why)
    return found


def table(names: Iterable[str] = (JOBS, "shoot_days_all"), origins: Sequence[str] = ORIGINS, horizon: int = HORIZON,
          strata: Iterable[str] = (ALL, OPEN)) -> list[dict[str, Any]]:
    """One row for each series, origin, comparator and stratum: CRPS, error and coverage."""
    rows = []
    for name in names:
        series = observed(name)
        for origin in origins:
            for each, made in forecasts(name, origin, horizon).items():
                if isinstance(made, str):
                    continue
                for which in strata:
                    found = score(made.dates, series.per_year, series.at(made.dates), made.ensemble, which)
                    shares = {f"coverage_{one.level}": one.share for one in found.coverage}
                    rows.append({"series": name, "origin": origin, "comparator": each, "stratum": which,
                                 "conditional": made.conditional, "n": found.n, "crps": found.crps,
                                 "mae_percent": found.mae_percent, **shares})
    return rows


def main() -> None:
    """Print the table of all series."""
    print(f"{'series':24s}{'origin':9s}{'comparator':23s}{'stratum':8s}{'n':>4s}{'CRPS':>10s}{'MAE %':>8s}"
          + "".join(f"{f'in {level}':>7s}" for level in LEVELS))
    for row in table(NAMES):
        if row["n"]:
            print(f"{row['series']:24s}{row['origin']:9s}{row['comparator'] + '*' * row['conditional']:23s}"
                  f"{row['stratum']:8s}{row['n']:4d}{row['crps']:10.0f}{row['mae_percent']:8.1f}"
                  + "".join(f"{row[f'coverage_{level}']:7.2f}" for level in LEVELS))


if __name__ == "__main__":
    main()
