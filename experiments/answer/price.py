"""What a further job-year costs the public: in words, as a table, or why no price can be named."""

from __future__ import annotations

from typing import Any

from experiments.answer.wording import DASH, MINUS, change, figure, rounded
from experiments.page.sheet import Cell, Sheet

MILLIONS = 1e7  # dollars from which on they are told in millions
TOO_FEW, MAY_BE_NONE = "it takes three futures", "the work gained may be none"
WORSE, BETTER = "both get worse", "both get better"
INTERVAL = ("The interval is of another kind than in the other tables: it holds the price with 95% confidence "
            "(Fieller's interval of a ratio of means), and is not the span of 80% of the futures.")
CAPTION = "Public money for each further job-year (52 crew-weeks), both less those of the other world"
COLUMNS = ("public money", "job-years", "USD per job-year", "95% low", "95% high", "futures")


def usd(value: float | None) -> str:
    """Dollars without their sign, as many figures as a sentence bears."""
    if value is None:
        return figure(None)
    value = rounded(abs(value))
    return f"${figure(value / 1e6)} million" if value >= MILLIONS else figure(value, "USD")


def signed_usd(value: float) -> str:
    """Dollars, with a minus below nothing."""
    return (MINUS if value < 0 else "") + usd(value)


def untold(held: dict[str, Any]) -> str | None:
    """Why the price cannot be told from these futures; None where it can."""
    if held["low"] is not None and held["high"] is not None:
        return None
    return TOO_FEW if held["futures"] < 3 else MAY_BE_NONE


def opposite(held: dict[str, Any]) -> str | None:
    """Which of both happened where public money and work do not rise or fall together; then there is no price."""
    if held["usd"] * held["job_years"] > 0:
        return None
    return WORSE if held["usd"] > 0 or held["job_years"] < 0 else BETTER


def price_said(held: dict[str, Any]) -> str:
    """The price of a job-year in a sentence, or why there is none."""
    money, years, why, both = held["usd"], held["job_years"], untold(held), opposite(held)
    pays = f"The public pays {usd(money)} {'more' if money > 0 else 'less'}"
    if why:
        return f"{pays}; what a further job-year costs cannot be told: {why}."
    if both:
        return (f"{pays}, and there are {figure(rounded(abs(years)))} job-years (of 52 crew-weeks) "
                f"{'more' if years > 0 else 'fewer'}: {both}, so no price of a job-year can be named.")
    text = (f"job-year (52 crew-weeks) {{}} {usd(held['per_job_year'])} of public money (95% interval "
            f"{signed_usd(held['low'])} to {signed_usd(held['high'])})")
    return f"Each further {text.format('costs')}." if money > 0 else f"Each {text.format('lost saves')}."


def without(held: dict[str, Any]) -> str | None:
    """Why no price can be named; None where one can."""
    return untold(held) or opposite(held)


def price_row(held: dict[str, Any]) -> list[Cell]:
    """Cells of :data:`COLUMNS`: rounded on the page, and as computed in the file."""
    none = without(held)
    if none:
        price = [Cell(f"no price: {none}"), Cell(DASH), Cell(DASH)]
    else:
        price = [Cell(signed_usd(held[each]), held[each]) for each in ("per_job_year", "low", "high")]
    return [Cell(("+" if held["usd"] > 0 else "") + signed_usd(held["usd"]), held["usd"]),
            Cell(change(rounded(held["job_years"]), ""), held["job_years"]), *price,
            Cell(str(held["futures"]), held["futures"])]


def price_sheet(held: dict[str, Any]) -> Sheet:
    """The same as a table of one comparison."""
    return Sheet("cost", CAPTION, COLUMNS, [price_row(held)], [] if without(held) else [INTERVAL])
