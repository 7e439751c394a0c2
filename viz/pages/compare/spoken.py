"""Measures as they stand inside a sentence."""

from __future__ import annotations

from experiments.answer.wording import uncapitalized
from model.measures import Measure

COUNTED = {
    "payroll_jobs": "payroll jobs in Los Angeles",
    "crew_weeks": "crew-weeks in Los Angeles",
    "crew_days": "crew-days in Los Angeles",
    "attached": "attached workers",
    "vacancies": "vacancies",
    "hires": "hires",
    "entries": "newcomers",
    "exits": "exits",
    "returns": "returns of leavers",
    "coverage_lost": "losses of health coverage",
    "shoot_days": "shoot days in Los Angeles",
    "shoot_days_feature": "shoot days of features",
    "shoot_days_tv": "shoot days of television",
    "shoot_days_commercial": "shoot days of commercials",
    "shoot_days_other": "shoot days of everything else",
    "titles": "titles green-lit",
    "scripted_titles": "scripted titles green-lit",
    "credited_titles": "credited titles",
    "ai_jobs": "jobs in the new craft",
    "ai_titles": "titles made with AI",
    "crew_weeks_with_ai": "crew-weeks on titles with AI",
    "course_weeks": "weeks in courses",
    "course_queue": "people waiting for a course",
    "crew_weeks_on_capital": "crew-weeks paid by investors",
    "crew_weeks_self_financed": "crew-weeks paid out of what titles brought in",
    "provider_lost_weeks": "crew-weeks that stood still for a provider",
    "apprentices": "apprentices",
}  # of these there are more or fewer; all others are higher or lower
MEASURED = {
    "unemployment_rate": "the unemployment rate",
    "referral_share": "the share hired by referral",
    "job_finding_rate": "the job-finding rate",
    "separation_rate": "the separation rate",
    "benefits_musd": "what is drawn in unemployment benefits",
    "la_share_scripted": "Los Angeles's share of scripted titles",
    "credit_musd": "the California credit allotted",
    "retraining_musd": "what the grant pays for courses",
    "wage_insurance_musd": "what wage insurance pays",
    "levy_musd": "what the levy on compute takes in",
    "automated_share": "the automated share of crew-weeks",
    "cloud_concentration": "the concentration of cloud dependence",
    "output_concentration": "the concentration of output",
    "spend_concentration": "the concentration of spend",
    "quality": "the quality of what is made",
}


def spoken(one: Measure) -> str:
    """A measure inside a sentence; its label where nothing better is known."""
    return COUNTED.get(one.name) or MEASURED.get(one.name) or uncapitalized(one.label)
