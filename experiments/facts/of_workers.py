"""Stylized facts that are read from lives: pay, spells without work, crafts, crews, and who is left."""

from __future__ import annotations

import numpy as np

from experiments.facts.of_market import Fact, Finding, quarterly_means, quarters
from experiments.facts.panel import Panel
from experiments.statistics import correlation, gini, pooled_ratio, skewness, slope, slope_within
from model import measures, tables
from model.state.events import ROW_BITS, unpack
from model.vocabulary import HIRES

_FIRST_MONTH, _EIGHTH_MONTH = slice(3, 7), slice(31, 40)  # weeks of a spell: about one month, about eight
_LONGEST_SPELL = 24  # months; beyond it people have done something else in between


def wage_curve(panel: Panel, fact: Fact) -> Finding:
    """Fact 4: slope of ln day wage on ln unemployment of the craft, with craft and quarter effects.

    Wages are relative to scale in force. All workers of a cell have the same unemployment, so means of cells
    weighted by heads give the slope of the whole panel.
    """
    quarter = quarters(panel.recording)
    on_call = quarterly_means(panel.recording.series["on_call"].astype(float), quarter)
    idle = quarterly_means(panel.recording.series["idle"].astype(float), quarter)
    with np.errstate(divide="ignore", invalid="ignore"):
        wage = quarterly_means(panel.log_wage, quarter) / on_call
        u = np.log(idle / (idle + on_call))
    return Finding(slope_within(u, wage, on_call))


def duration_dependence(panel: Panel, fact: Fact) -> Finding:
    """Fact 6: chance of a hire about eight months into a spell over that about one month into it.

    Beside it the same within craft and talent: what is left once the composition of spells is held.
    """
    exposure = np.stack(
        [panel.at_risk[:, span].sum(axis=1) for span in (_FIRST_MONTH, _EIGHTH_MONTH)], axis=1
    )
    hires = np.stack(
        [panel.left_by_hire[:, span].sum(axis=1) for span in (_FIRST_MONTH, _EIGHTH_MONTH)], axis=1
    )
    whole = hires.sum(axis=0) / np.maximum(1, exposure.sum(axis=0))
    ratio = float(whole[1] / whole[0]) if whole[0] > 0 else float("nan")
    within = pooled_ratio(hires.astype(float), exposure.astype(float))
    return Finding(ratio, True, {"within_craft_and_talent": within, "composition": ratio / within})


def pay_after_spell(panel: Panel, fact: Fact) -> Finding:
    """Fact 8: points of pay lost a month of spell, relative to the call before and to scale."""
    months, change = panel.reemployed
    held = months <= _LONGEST_SPELL
    return Finding(100.0 * slope(months[held], change[held]))


def crew_size(panel: Panel, fact: Fact) -> Finding:
    """Fact 9: people who ever worked on a feature made in Los Angeles; skewed, and grown with the budget.

    Only titles that were green-lit and delivered within the run count, with whoever was hired until delivery.
    """
    titles = panel.titles
    feature = tables.kinds().category == "feature"
    whole = feature[titles["kind"]] & (titles["place"] == 0) & (titles["delivered"] >= 0)
    if panel.recording.events is None or whole.sum() < 3:
        return Finding(None)
    uids, heads = heads_of_titles(np.asarray(panel.recording.events))
    at = {int(uid): int(n) for uid, n in zip(uids, heads, strict=True)}
    crews = np.array([at.get(int(uid), 0) for uid in titles["uid"][whole]], float)
    skew, grown = skewness(crews), correlation(crews, titles["budget"][whole].astype(float))
    return Finding(
        float(crews.mean()), skew > 0 and grown >= 0.8, {"skew": skew, "correlation_with_budget": grown}
    )


def heads_of_titles(events: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Identities of productions, and how many different people were ever hired on each."""
    what, uid, row = unpack(events)
    hires = np.isin(what, HIRES)
    pairs = np.unique((uid[hires] << ROW_BITS) | row[hires])
    return np.unique(pairs >> ROW_BITS, return_counts=True)


def weeks_worked(panel: Panel, fact: Fact) -> Finding:
    """Fact 10: mean over years of the Gini of yearly pay among those attached for half the year at least."""
    ginis = [gini(year["pay"]) for year in panel.years.values()]
    zero = [float(np.mean(year["pay"] == 0)) for year in panel.years.values()]
    return Finding(float(np.mean(ginis)), True, {"share_without_a_week": float(np.mean(zero))})


def occupational_switching(panel: Panel, fact: Fact) -> Finding:
    """Fact 11: share of those attached at both ends of a year whose craft differs; moves not symmetric."""
    moves = sum(year["moves"] for year in panel.years.values())
    away = moves - np.diag(np.diag(moves))
    both = away.sum()
    asymmetry = float(np.abs(away - away.T).sum() / (2 * both)) if both else 0.0
    return Finding(float(both / moves.sum()), asymmetry > 0, {"asymmetry": asymmetry})


def long_spells(panel: Panel, fact: Fact) -> Finding:
    """Fact 13: mean share of the idle who have been so for 27 weeks or more; higher when unemployment is."""
    quarter = quarters(panel.recording)
    u = measures.measure("unemployment_rate").weekly(panel.recording)
    share = quarterly_means(panel.long_spells, quarter)
    cyclical = correlation(share, quarterly_means(u, quarter))
    return Finding(float(share.mean()), cyclical > 0, {"correlation_with_unemployment": cyclical})


def craft_mix_and_pay(panel: Panel, fact: Fact) -> Finding:
    """Fact 17: the largest relative error of a craft's share of jobs in May 2025; median pay within its band.

    Crafts that the survey counts together are compared together, and shares are of the crafts compared.
    """
    if not panel.cross_section:
        return Finding(None)
    groups = surveyed_groups()
    names = tables.crafts().names
    hours = tables.crafts().day_hours
    craft, wage = panel.cross_section["craft"], panel.cross_section["wage"]
    hourly = wage / 100.0 / hours[craft]
    jobs = np.array([group["jobs"] for group in groups.values()])
    here = [np.isin(craft, [names.index(each) for each in members]) for members in groups]
    heads = np.array([mask.sum() for mask in here], float)
    wrong = (heads / heads.sum()) / (jobs / jobs.sum()) - 1.0
    pay = np.array([np.median(hourly[mask]) if mask.any() else np.nan for mask in here])
    off = pay / np.array([group["pay"] for group in groups.values()]) - 1.0
    labels = [" and ".join(members) for members in groups]
    return Finding(
        float(np.abs(wrong).max()),
        bool((np.abs(off) <= fact["pay_band"]).all()),
        {
            "shares_within": f"{np.sum(np.abs(wrong) <= fact['high'])} of {wrong.size}",
            "pay_within": f"{np.sum(np.abs(off) <= fact['pay_band'])} of {off.size}",
            "pay_over_survey": float(np.nanmedian(off)),
            "worst_share": labels[int(np.abs(wrong).argmax())],
            "worst_pay": labels[int(np.nanargmax(np.abs(off)))],
        },
    )


def surveyed_groups() -> dict[tuple[str, ...], dict[str, float]]:
    """Crafts that share a row of the survey, together: jobs, and median pay weighted by jobs."""
    rows = [row for row in tables.rows("history/occupations_2025.csv") if row["comparable"] == "1"]
    groups: list[set[str]] = []
    for row in rows:
        members = set(row["craft"].split())
        for group in [each for each in groups if each & members]:
            members |= group
            groups.remove(group)
        groups.append(members)
    found = {}
    for group in groups:
        mine = [row for row in rows if set(row["craft"].split()) <= group]
        jobs = np.array([float(row["la_jobs"]) for row in mine])
        pay = np.array([float(row["hourly_median"]) for row in mine])
        found[tuple(sorted(group))] = {"jobs": float(jobs.sum()), "pay": float(np.average(pay, weights=jobs))}
    return found
