"""What a run says of AI, in sentences: each holds its figures, how sure they are, and what was announced."""

from __future__ import annotations

from typing import Any

from experiments.answer.wording import change, figure, rounded, signed, uncapitalized, world_said

LINES = {
    "people_replaced": "People replaced",
    "days_not_paid": "Days not paid",
    "time_costs": "Time costs",
    "compute_list": "Compute, list price",
    "compute_subsidy": "Compute, subsidy",
    "new_crew": "New AI crew",
    "rework": "Rework",
    "disruption": "Outage and delay",
    "pay_rates": "Pay rates",
    "incentive": "Incentives",
    "place": "Place",
    "above_line_finance": "Above line, finance",
    "scope": "Spent on scope",
}
PARTS = {
    "displacement": "Displacement",
    "compression": "Shorter schedules",
    "new_tasks": "New tasks",
    "scope": "Scope",
    "disruption": "Weeks of standstill",
    "unfilled": "Posts left empty",
    "timing": "Other weeks",
    "location": "Made elsewhere",
    "ownership": "Another owner",
    "scale": "Titles only here",
    "crowding_out": "Titles only there",
}
DESTINATIONS = {
    "same": "same craft",
    "ai": "new AI craft",
    "other": "other craft",
    "retraining": "in a course",
    "out": "out, may return",
    "left_la": "left Los Angeles",
}
ENDS = {"same": "same craft", "ai": "new AI craft", "other": "other craft", "out": "out of the market"}


def this_world(summary: dict[str, Any]) -> str:
    """What this world is called beside the other, which may be the same scenario set otherwise."""
    return summary["scenario"] if summary["scenario"] != summary["against"] else "this run"


def saved(account: dict[str, Any], over: dict[str, Any]) -> str:
    """The saved dollar: realized beside announced, and what it is made of."""
    if not over["titles"]["mean"]:
        return "No such title was delivered."
    realized, announced = over["shares"]["realised"], over["share_announced"]
    text = (
        f"{realized_beside_announced(realized, announced)}. Of the gross saving (people, days, time, finance and "
        "subsidized compute, before what AI costs) "
        f"{figure(account['share_substitution'], 'share')} is people replaced, "
        f"{figure(account['share_efficiency'], 'share')} efficiency and {figure(account['share_subsidy'], 'share')} "
        "subsidized compute"
    )
    return text + "."


def realized_beside_announced(realized: float, announced: float) -> str:
    """What a saved dollar comes to, and what was said of it, as shares of the budget."""
    return (f"Of a dollar that these titles would have cost, AI saves {_cents(realized)}; {_cents(announced)} were "
            "announced")


def _cents(share: float) -> str:
    return f"{100 * share:.1f} cents".replace("-", "−")


def crew_weeks(summary: dict[str, Any]) -> str:
    """The change of crew-weeks against the other world, and the largest parts of it that titles in both explain."""
    account, over = summary["accounts"]["crew_weeks"], summary["accounts_over_futures"]["crew_weeks"]
    total, before, futures = over["total"], over["other"]["mean"], summary["futures"]
    text = (
        f"Against {world_said(summary['against'])}, Los Angeles has {figure(rounded(abs(total['mean'])))} crew-weeks "
        f"{'fewer' if total['mean'] < 0 else 'more'} from April 2026 on"
    )
    text += f" ({signed_share(total['mean'] / before)})" if before else ""
    text += f", in {total['futures_agreeing']} of {futures} futures" if futures > 1 else ", in the one future simulated"
    net = account["scale"] + account["crowding_out"]
    parts = {uncapitalized(label): account[name]
             for name, label in PARTS.items() if name not in ("scale", "crowding_out")}
    parts["titles made in one world only, net"] = net
    largest = sorted(parts, key=lambda name: -abs(parts[name]))[:3]
    said = "; ".join(f"{name} {change(rounded(parts[name]), '')}" for name in largest)
    return f"{text}. The largest parts: {said}."


def signed_share(value: float) -> str:
    """A relative change with its sign."""
    return signed(value, "share")


def shift(summary: dict[str, Any]) -> str:
    """What AI does in the last whole year, and the jobs in the new craft."""
    years = summary["shift"]["years"]
    last = years[-2] if len(years) > 2 else years[-1]
    text = (
        f"In {last['year']} AI does {figure(last['automated_share'], 'share')} of the crew-weeks, and "
        f"{figure(last['ai_jobs'])} people are on calls in the new craft"
    )
    if last["on_call_against"] is not None:
        gap = last["on_call"] - last["on_call_against"]
        text += f"; {figure(round(abs(gap)))} {'fewer' if gap < 0 else 'more'} are on calls in all than in the other"
        text += " world"
    return text + "."


def people(summary: dict[str, Any]) -> str:
    """Who loses and who gains, among those attached in April 2026."""
    found = summary["people"]
    everyone = found["everyone"]
    worst, best = extremes(found["by_craft"])
    return (
        f"Of those attached in April 2026, {figure(everyone['losing'], 'share')} work fewer days than in the other "
        f"world and {figure(everyone['gaining'], 'share')} more; the mean is "
        f"{change(everyone['change']['mean'], '')} days a year. {worst['label']} lose most "
        f"({change(worst['change']['mean'], '')}), {uncapitalized(best['label'])} fare best "
        f"({change(best['change']['mean'], '')})."
    )


def extremes(rows: list[dict[str, Any]]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The rows with the least and the largest mean change."""
    ordered = sorted(rows, key=lambda row: row["change"]["mean"])
    return ordered[0], ordered[-1]
