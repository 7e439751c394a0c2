"""What the pages show of all measures, in the order in which they show it."""

from __future__ import annotations

from model import tables

# Played week by week.
MEASURES = (
    "payroll_jobs", "crew_weeks", "attached", "unemployment_rate", "vacancies", "hires", "job_finding_rate",
    "separation_rate", "exits", "entries", "payroll_musd", "day_pay", "shoot_days", "stage_occupancy", "titles",
    "coverage_lost", "ai_titles", "ai_jobs",
)
# Beside the crew board, for the week on the timeline.
RIGHT_NOW = ("payroll_jobs", "unemployment_rate", "vacancies", "hires", "day_pay", "shoot_days", "ai_jobs")
# Drawn under it.
CHARTS = ("payroll_jobs", "unemployment_rate", "shoot_days")


def craft_columns() -> tuple[str, ...]:
    """Names of the figures that follow the measures week by week: how many of each craft are on calls."""
    return tuple(f"on_call.{name}" for name in tables.crafts().names)


def columns() -> tuple[str, ...]:
    """Every figure of a week that is played, in its order."""
    return (*MEASURES, *craft_columns())
