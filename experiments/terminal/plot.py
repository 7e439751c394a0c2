"""A plot of monthly payroll jobs in characters, 80 columns wide: model and published, beside each other."""

from __future__ import annotations

from typing import Any

from experiments import history

WIDTH, HEIGHT = 80, 19


def jobs(summary: dict[str, Any]) -> str:
    """The plot as lines of text without colors; empty where the run holds fewer than two months."""
    import plotext

    rows = summary["monthly_jobs"]
    if len(rows) < 2:
        return ""
    observed = {
        month: value
        for month, value in history.monthly_jobs().items()
        if rows[0]["period"] <= month <= rows[-1]["period"]
    }
    figure = plotext.figure
    figure.clear()  # plotext has one figure a process
    figure.plot_size(WIDTH, HEIGHT)
    figure.theme("colorless")
    model = figure.signal(
        [_when(row["period"]) for row in rows], [row["median"] / 1000 for row in rows], marker="braille"
    )
    model.lines()
    figure.draw(model)
    if observed:
        figure.draw(
            figure.signal(
                [_when(month) for month in observed],
                [value / 1000 for value in observed.values()],
                marker="o",
            )
        )
    most = max([row["median"] for row in rows] + list(observed.values())) / 1000
    step = 20 if most > 60 else 5
    ticks = list(range(0, int(most) + step + 1, step))
    figure.ruler("y").lim(0, ticks[-1])
    figure.ruler("y").ticks(ticks, [f"{tick}k" if tick else "0" for tick in ticks])
    years = range(int(rows[0]["period"][:4]), int(rows[-1]["period"][:4]) + 2)
    figure.ruler("x").lim(_when(rows[0]["period"]) - 0.05, _when(rows[-1]["period"]) + 0.05)
    figure.ruler("x").ticks(list(years), [str(year) for year in years])
    text = "\n".join(line.rstrip() for line in figure.build().string(colorless=True).splitlines())
    futures = summary["futures"]
    of = "" if futures == 1 else f", median of {futures} futures"
    key = f"LA payroll jobs by month: line the model{of}" + ("; o published" if observed else "")
    return f"{key}\n{text}"


def _when(month: str) -> float:
    """A month as a number: the middle of January 2015 is 2015.04."""
    return int(month[:4]) + (int(month[5:7]) - 0.5) / 12
