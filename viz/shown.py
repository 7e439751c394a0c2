"""What the pages show of all measures, in the order in which they show it."""

from __future__ import annotations

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
