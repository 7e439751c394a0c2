"""Simple forecasts to stand beside the model's: what anybody could have said at the origin from the series alone.

Each is a function of a series, an origin (the last month that is known, as 2022-12) and a number of periods ahead.
Of the series it reads what had ended by the origin, and works in logs, so that every value is above zero. The months
of ``left_out`` are treated as missing where a rule is fitted or a spread is measured. What is fitted is taken as
known, so that intervals hold no doubt about the parameters and are somewhat narrow.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from experiments.forecasting.forecast import MEMBERS, Forecast, places
from experiments.forecasting.regression import autoregression as fitted_autoregression
from experiments.forecasting.regression import dummies, least_squares
from experiments.forecasting.series import MONTHS, SHUT, Series, number, seasons, us_jobs
from model.errors import CallSheetError
from model.mechanisms.demand import chained, published

Window = tuple[str, str] | None
DRIVER = "us_scripted_series_fx"  # the only driver with more than two figures that no strike or closure has marked
LATER_DRIVER = "us_original_series_luminate"  # clean figures of 2022 and 2025
LAST_KNOWN = "2025-12"  # month up to which counts are given to what may look ahead
WINDOW = 12  # months over which Los Angeles' share of US jobs is taken
FEWEST = 6  # past errors of a constant share from which its spread is measured


def last_value(series: Series, origin: str, steps: int, left_out: Window = SHUT, members: int = MEMBERS) -> Forecast:
    """Nothing changes: the last value known, as on a random walk without drift.

    The spread at h periods is the root mean square of past changes over h periods; where there is less than a
    year of them, that of the longest span with a year of them, times the root of the ratio.
    """
    known, logs, fit = _known(series, origin, left_out)
    last = int(np.flatnonzero(np.isfinite(logs))[-1])
    spans = len(logs) - 1 - last + np.arange(1, steps + 1)
    spread = changes(fit, spans, 1, known.per_year)
    return _normal("last_value", known, origin, np.full(steps, logs[last]), spread, members)


def same_month_last_year(series: Series, origin: str, steps: int, left_out: Window = SHUT, members: int = MEMBERS
                         ) -> Forecast:
    """Next year is like the last: the same month or quarter of the last year known, for all years ahead.

    A month that is left out is looked up a year earlier. The spread k years on is that of past changes over k years.
    """
    known, _, fit = _known(series, origin, left_out)
    year = known.per_year
    base = np.zeros(steps, int)
    for step in range(steps):
        earlier = np.arange(len(fit) + step, -1, -year)
        seen = earlier[earlier < len(fit)]
        seen = seen[np.isfinite(fit[seen])]
        if not seen.size:
            raise CallSheetError(f"The series {series.name} has no {known.ahead(steps)[step][5:]} before {origin}. "
                                 "Choose a later origin.")
        base[step] = seen[0]
    spans = len(fit) + np.arange(steps) - base
    return _normal("same_month_last_year", known, origin, fit[base], changes(fit, spans, year, year), members)


def autoregression(series: Series, origin: str, steps: int, left_out: Window = SHUT, members: int = MEMBERS
                   ) -> Forecast:
    """Momentum and season: log level on its own last one or two values with an effect for each month of the year.

    It goes on from the last values seen, whether left out of the fit or not, by residuals drawn with replacement.
    """
    known, logs, fit = _known(series, origin, left_out)
    effects, slopes, residuals = fitted_autoregression(fit, known.season, known.per_year)
    order = len(slopes)
    if not np.isfinite(logs[-order:]).all():
        raise CallSheetError(f"The series {series.name} has a gap just before {origin}. Choose another origin.")
    drawn = _centered(residuals)[places((members, steps), len(residuals), "autoregression", series.name, origin)]
    season = seasons(known.ahead(steps), known.per_year)
    path = np.concatenate([np.tile(logs[-order:], (members, 1)), np.empty((members, steps))], axis=1)
    for step in range(steps):
        past = path[:, step:step + order][:, ::-1]
        path[:, order + step] = effects[season[step]] + past @ slopes + drawn[:, step]
    return Forecast("autoregression", series.name, origin, known.ahead(steps), np.exp(path[:, order:]))


def drivers_regression(series: Series, origin: str, steps: int, left_out: Window = SHUT, members: int = MEMBERS,
                       driver: tuple[np.ndarray, np.ndarray] | None = None, known: str | None = None) -> Forecast:
    """What buyers release, and nothing else: log level on the log of scripted series in the year, with month effects.

    A year's count is known once the year has ended. Years that a strike or the pandemic marked are bridged between
    known ones; after the last known one it is held. ``known`` the last month of which counts are looked at, the origin
    by default. Spread: residuals, drawn a year of consecutive ones at a time where there are any.
    Source: FX's counts in `seeds/drivers.csv`, the driver of scripted titles in the model.
    """
    past, _, fit = _known(series, origin, left_out)
    years, counts = published(DRIVER) if driver is None else driver
    ended = years * MONTHS + MONTHS - 1 <= number(known or origin)
    if ended.sum() < 2:
        raise CallSheetError(f"The driver {DRIVER} has {ended.sum()} figures up to {origin}; at least two are needed.")
    ahead = past.ahead(steps)
    year = np.array([number(each) // MONTHS for each in (*past.dates, *ahead)], float)
    logged = np.interp(year, years[ended], np.log(counts[ended]))
    x = np.hstack([dummies(seasons((*past.dates, *ahead), past.per_year), past.per_year), logged[:, None]])
    found = least_squares(fit, x[:len(fit)], "The regression on drivers")
    pool, firsts, block = _stretches(fit, _centered(found.residuals), past.per_year)
    starts = firsts[places((members, -(-steps // block)), len(firsts), "drivers_regression", series.name, origin)]
    which = (starts[:, :, None] + np.arange(block)).reshape(members, -1)[:, :steps]
    ensemble = np.exp(x[len(fit):] @ found.coefficients + pool[which])
    return Forecast("drivers_regression", series.name, origin, ahead, ensemble)


def regression_on_later_drivers(series: Series, origin: str, steps: int, left_out: Window = SHUT,
                                members: int = MEMBERS) -> Forecast:
    """The same with the counts of later years given, as the model's conditional forecasts have them, though no stops.

    Conditional. FX's counts are continued by those of all originals, as in the model: the fall after 2022 is in.
    """
    counts = chained(published(DRIVER), published(LATER_DRIVER))
    made = drivers_regression(series, origin, steps, left_out, members, counts, known=LAST_KNOWN)
    return replace(made, name="regression_on_later_drivers", conditional=True)


def _stretches(logs: np.ndarray, residuals: np.ndarray, year: int) -> tuple[np.ndarray, np.ndarray, int]:
    """Residuals in the places of their dates, where stretches of a year without a gap begin, and how long stretches
    are: one date where no year is whole.
    """
    pool = np.full(len(logs), np.nan)
    pool[np.isfinite(logs)] = residuals
    gone = np.concatenate([[0], np.cumsum(np.isnan(pool))])
    for length in (year, 1):
        firsts = np.flatnonzero(gone[length:] == gone[:-length])
        if firsts.size:
            return pool, firsts, length
    raise CallSheetError("The regression on drivers has no residual to draw from. Choose a later origin.")


def constant_share(series: Series, origin: str, steps: int, left_out: Window = SHUT, members: int = MEMBERS,
                   us: Series | None = None, window: int = WINDOW) -> Forecast:
    """Los Angeles keeps its share of US jobs: the share over the last ``window`` months known, times US jobs.

    Conditional: US jobs after the origin are given, so it splits the error into the nation's and the region's and
    is no forecast of its own. Dates for which the US series has no figure are left out. Only for monthly jobs. The
    spread is that of the errors which the same rule made before the origin.
    """
    if series.per_year != MONTHS:
        raise CallSheetError(f"A share of US jobs is taken of monthly jobs only, not of {series.name}.")
    nation = us_jobs() if us is None else us
    known, _, _ = _known(series, origin, left_out)
    both = known.without(left_out).values, nation.at(known.dates)
    logs = np.log(both[0] / both[1])
    base = _trailing(*both, window)
    spread = np.array([_rms(logs[h:] - base[:-h], FEWEST) for h in range(1, min(steps, len(logs) - 1) + 1)])
    spread = _carried(np.append(spread, np.full(steps - len(spread), np.nan)), np.arange(1, steps + 1), known)
    given = nation.at(known.ahead(steps))
    here = np.flatnonzero(np.isfinite(given))
    if not here.size:
        raise CallSheetError(f"The US series ends before {known.ahead(1)[0]}; a constant share has nothing to go by.")
    center = base[-1] + np.log(given)
    whole = _normal("constant_share", known, origin, center, spread, members)
    return Forecast("constant_share", series.name, origin, tuple(whole.dates[i] for i in here),
                    whole.ensemble[:, here], conditional=True)


COMPARATORS: dict[str, Callable[..., Forecast]] = {
    each.__name__: each
    for each in (last_value, same_month_last_year, autoregression, drivers_regression, regression_on_later_drivers,
                 constant_share)
}


def changes(logs: np.ndarray, spans: np.ndarray, unit: int, least: int) -> np.ndarray:
    """Root mean square of changes of ``logs`` over each of ``spans`` periods, (spans,), in log points.

    A span with fewer than ``least`` changes takes that of the longest shorter one, in steps of ``unit``, that has
    enough, times the root of the ratio.
    """
    tried = np.arange(unit, int(spans.max()) + 1, unit)
    found = np.array([_rms(logs[each:] - logs[:-each], least) if each < len(logs) else np.nan for each in tried])
    return _carried(found, tried, None)[np.asarray(spans) // unit - 1]


def _carried(spread: np.ndarray, spans: np.ndarray, known: Series | None) -> np.ndarray:
    enough = np.isfinite(spread)
    if not enough[:1].all():
        name = "The series" if known is None else f"The series {known.name}"
        raise CallSheetError(f"{name} is too short to measure a spread from its past changes. Choose a later origin.")
    at = np.maximum.accumulate(np.where(enough, np.arange(len(spans)), 0))
    return spread[at] * np.sqrt(spans / spans[at])


def _rms(off: np.ndarray, least: int) -> float:
    off = off[np.isfinite(off)]
    return float(np.sqrt(np.mean(off**2))) if off.size >= least else np.nan


def _trailing(part: np.ndarray, whole: np.ndarray, window: int) -> np.ndarray:
    """Log of the sum of parts over the sum of wholes in the last ``window`` months with both, at every month."""
    found = np.full(len(part), np.nan)
    usable = np.flatnonzero(np.isfinite(part) & np.isfinite(whole))
    for month in range(len(part)):
        last = usable[usable <= month][-window:]
        if last.size == window:
            found[month] = np.log(part[last].sum() / whole[last].sum())
    return found


def _known(series: Series, origin: str, left_out: Window) -> tuple[Series, np.ndarray, np.ndarray]:
    """What had ended by the origin, its logs, and its logs with what is left out as NaN."""
    known = series.until(origin)
    if (known.values <= 0).any():
        raise CallSheetError(f"The series {series.name} has values that are not above zero; logs need them to be.")
    return known, np.log(known.values), np.log(known.without(left_out).values)


def _centered(residuals: np.ndarray) -> np.ndarray:
    return residuals - residuals.mean()


def _normal(name: str, known: Series, origin: str, center: np.ndarray, spread: np.ndarray, members: int) -> Forecast:
    """Log-normal around a center, as evenly spaced quantiles; a member keeps its rank at every date."""
    from scipy.special import ndtri

    ranks = ndtri((np.arange(members) + 0.5) / members)
    return Forecast(name, known.name, origin, known.ahead(len(center)),
                    np.exp(center + ranks[:, None] * spread))
