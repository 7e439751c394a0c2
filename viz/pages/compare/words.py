"""The answer in a sentence: the number, its likely range, and how many futures agree."""

from __future__ import annotations

from typing import Any

from experiments.answer import edits
from experiments.answer.price import price_said
from experiments.answer.wording import figure, is_zero, rounded
from experiments.answer.wording_ai import signed_share
from experiments.page.page import version_of_package
from experiments.study.sections import cost
from model import measures
from model.digest import model_digest, same_results
from viz.digests import Digests
from viz.pages.compare.spoken import COUNTED, spoken
from viz.pages.compare.view import CompareView

AGREEING = 0.8  # of the futures, below which there is no clear effect
FEW = 10  # futures below which a range is what they happened to span, and nothing is called likely
WEEKS_A_YEAR = 52.1775
PAID_BY_LEVERS = ("credit_musd", "retraining_musd", "wage_insurance_musd", "levy_musd")


def measure_shown(found: Digests, view: CompareView) -> measures.Measure:
    """The measure that is asked for, or the first that the scenario watches."""
    watched = [name for name in (view.measure, *view.scenario.watch) if name in found.first.measures]
    return measures.measure(view.measure or (watched[0] if watched else "crew_weeks"))


def headline(found: Digests, view: CompareView) -> str:
    """The answer in one or two sentences of plain text."""
    one = measure_shown(found, view)
    if found.identical:
        return f"There is no difference in {spoken(one)}: both worlds are the same, event by event."
    return effect_said(found, one, view.there)


def effect_said(found: Digests, one: measures.Measure, against: str) -> str:
    """How the scenario differs by a measure, how sure that is, and whether futures agree."""
    effect, n = found.effect(one.name), len(found)
    other = found.levels(one.name)[1].mean()
    over = f"{'over' if one.over == 'sum' else 'on average over'} {horizon(found)}"
    if not effect["mean"]:
        return f"Against {against}, there is no difference in {spoken(one)} {over}."
    relative = effect["mean"] / other if other and one.unit not in ("share", "rate") else None
    share = "" if relative is None else f" ({signed_share(relative)})"
    amount, more = size(effect["mean"], one.unit), way(effect["mean"], one.name)
    if is_zero(amount):
        return f"Against {against}, there is hardly a difference in {spoken(one)} {over}: less than can be shown here."
    if one.name in COUNTED:
        text = f"Against {against}, there are {amount} {more} {spoken(one)} {over}{share}"
    else:
        text = f"Against {against}, {spoken(one)} is {amount} {more} {over}{share}"
    if n == 1:
        return f"{text}, in the one future simulated: luck is not told from effect until there are more."
    agreeing = f"{effect['futures_agreeing']} of {n}"
    if n < FEW:
        text += f"; these {n} futures gave {spanned(found, one)}, {more} in {agreeing}."
    else:
        verb = "there are" if one.name in COUNTED else "it is"
        text += f"; likely {ranged(effect['q10'], effect['q90'], one)}. In {agreeing} futures {verb} {more}."
    return text if agree(effect, n) else f"{text} {DISAGREE}"


WHOLE = 100.0  # below it dollars are rounded to whole ones, and so not to significant ones before
DRAWN = ("Each future has a market of its own: a draw of what the past leaves open, the same in both worlds. So ranges "
         "hold luck and what is not known of the market; of AI every number stays as it is set.")
DISAGREE = "Futures disagree about the direction. Read this as no clear effect."


def agree(effect: dict[str, Any], futures: int) -> bool:
    """Whether enough futures have the sign of the mean."""
    return effect["futures_agreeing"] >= AGREEING * futures


def spanned(found: Digests, one: measures.Measure) -> str:
    """The least and the most of a few futures in words: too few to say what is likely."""
    mine, other = found.levels(one.name)
    return ranged(float((mine - other).min()), float((mine - other).max()), one)


def ranged(low: float, high: float, one: measures.Measure) -> str:
    """Two ends of a difference in words."""
    if low * high >= 0 and (low or high):
        near, far = sorted((abs(low), abs(high)))
        ends = [size(each, one.unit) for each in (near, far)]
        if one.unit in ("share", "rate"):
            ends[0] = ends[0].removesuffix(" points")
        whole = ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
        return f"{whole} {way(low + high, one.name)}"
    return f"between {size(low, one.unit)} {way(low, one.name)} and {size(high, one.unit)} {way(high, one.name)}"


def size(value: float, unit: str) -> str:
    """How much, without its sign; shares in points, USD million with the unit. As many figures as a sentence bears."""
    value = abs(value)
    if unit in ("share", "rate"):
        return f"{100 * value:.2f} points"
    if unit == "index" and 0 < value < 0.1:
        return f"{value:.2g}"
    if unit == "USD million":
        return f"{figure(value if value < WHOLE else rounded(value), 'USD')} million"
    value = rounded(value)
    if unit == "USD" and value < 100:
        return f"${value:.2f}"
    if unit == "index":
        return figure(value)
    return figure(float(round(value)) if value < 1 else value)


def way(value: float, name: str) -> str:
    """More or fewer, higher or lower."""
    return (("fewer", "more") if name in COUNTED else ("lower", "higher"))[value > 0]


def horizon(found: Digests) -> str:
    """How long both worlds ran."""
    weeks = found.first.head["weeks"]
    years = weeks / WEEKS_A_YEAR
    if years < 2.0 - 1.0 / WEEKS_A_YEAR:
        return f"{weeks} weeks"
    return f"{round(years, 1):g} years"


def notices(found: Digests, view: CompareView) -> list[str]:
    """What one has to know to read the answer rightly."""
    from viz.pages.compare.same import why_the_same

    if found.identical:
        return [why_the_same(view.scenario, view.against)]
    said = [DRAWN] if found.drawn else []
    if 1 < len(found) < FEW:
        said.append(f"Only {len(found)} futures: read every range as what these happened to span. From {FEW} on it "
                    "says what is likely.")
    dearer = credit_beyond_outside(found) if job_year(found, view) else None
    if dearer:
        said.append(f"Each dollar of credit goes with {dearer:.1f} times the crew pay that outside figures allow for. "
                    f"By them a job-year costs about {dearer:.1f} times what is said here: see Money.")
    return said


def credit_beyond_outside(found: Digests) -> float | None:
    """How many times what outside figures allow for a further dollar of credit brings in pay; None if not more."""
    check = cost.pay_per_credit(found, ())
    return check["found"] / check["at_most"] if check and check["found"] > check["at_most"] else None


def job_year(found: Digests, view: CompareView) -> str | None:
    """What a further job-year costs the public, where a lever pays or takes; None elsewhere."""
    levers = [each.lever_set().settings() for each in (view.scenario, view.against)]
    if levers[0] == levers[1] or not any(found.effects[name]["mean"] for name in PAID_BY_LEVERS):
        return None
    held = cost.per_job_year(found, ())
    return None if held is None else price_said(held)


def about(found: Digests, view: CompareView) -> str:
    """What was run, for the first line of every table's file."""
    first, futures = found.first, [each.future for each in found]
    span = f"{futures[0]} to {futures[-1]}" if len(futures) > 1 else str(futures[0])
    absent = sorted(set(range(futures[0], futures[-1])) - set(futures))  # those that failed
    span += f" without {', '.join(map(str, absent))}" if absent else ""
    drawn = ", each future at a draw of the posterior" if found.drawn else ""
    older = "" if first.head["model"] == model_digest() else f", run with model {first.head['model']}"
    settings = edits.listed(view.scenario)
    edited = f" with {settings}" if settings else ""
    return (f"scenario {view.scenario.name}{edited}, against {view.against.name}, {view.scenario.start} to "
            f"{view.scenario.until}, seed {view.scenario.seed}, futures {span}, scale {first.scale:g}{drawn}{older}")


def footer(found: Digests, view: CompareView) -> str:
    """What stands below every chart: source, version, and what the other world is."""
    known = {view.name: view.title, view.against.name: view.against.title or view.against.name}
    names = "; ".join(f"{name} = {title}" for name, title in known.items())
    futures = "one future" if len(found) == 1 else f"{len(found)} futures"
    futures += ", each at a draw of the posterior" * found.drawn
    settings = edits.listed(view.scenario)
    otherwise = f" Set otherwise: {settings}." if settings else ""
    return (f"Source: Call Sheet {version_of_package()}, model {model_said(found)}, seed {view.scenario.seed}, "
            f"{futures}. {names}.{otherwise}")


def model_said(found: Digests) -> str:
    """The model that runs here, and the one that made what is shown where that is another which gives the same."""
    here, there = model_digest(), str(found.first.head["model"])
    if here == there or not same_results(there):
        return there[:12]
    return f"{here[:12]} (run with {there[:12]}, which gives the same bit for bit)"
