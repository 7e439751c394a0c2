"""Results by name, as stories fill them in: from comparisons, from the claims, and as lines for bets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from experiments.answer.wording import change, figure, rounded, signed, uncapitalized
from experiments.statistics import spread
from model.errors import CallSheetError
from model.measures import Measure, measure, measures
from model.tables import AI_CRAFT, crafts
from viz.parts.tips import spoken
from viz.stories.read import Scene
from viz.view import OPENED_ON

if TYPE_CHECKING:
    from viz.digests import Digests

Found = dict[str, Any]
JOB_YEAR = 52  # crew-weeks
LAST = 2035  # the last whole year of the horizon of the stories


def of_comparison(effects: Mapping[str, Mapping[str, float]], futures: int, prefix: str = "") -> Found:
    """Effects as `summary["effects"]` holds them: NAME.change, NAME.low, NAME.high (80% of futures) and NAME.agree, and
    as Compare says them, with more or fewer in the place of a sign, NAME.said and NAME.range; with a ``prefix``
    PREFIX.NAME.change, for several comparisons in one story.
    """
    before, known, found = f"{prefix}." if prefix else "", measures(), {}
    for name, effect in effects.items():
        unit = known[name].unit if name in known else ""
        found |= {
            f"{before}{name}.change": change(rounded(effect["mean"]), unit),
            f"{before}{name}.low": change(rounded(effect["q10"]), unit),
            f"{before}{name}.high": change(rounded(effect["q90"]), unit),
            f"{before}{name}.agree": f"{effect['futures_agreeing']} of {futures}",
        }
        if name in known:
            found |= _said(f"{before}{name}", effect, known[name])
    cost, work = effects.get("public_cost_musd"), effects.get("crew_weeks")
    if cost and work and cost["mean"] > 0 and work["mean"] > 0:
        found[f"{before}job_year.cost"] = figure(rounded(1e6 * cost["mean"] / (work["mean"] / JOB_YEAR)), "USD")
    elif cost and work:
        found[f"{before}job_year.cost"] = "no defined sum"
    return found


def of_line(name: str, mine: Sequence[Mapping[str, float]], other: Sequence[Mapping[str, float]]) -> Found:
    """NAME.line: a measure year by year in percent of the other world, from rows of `years` of two summaries; a year
    counts where both have it, up to the last whole one.
    """
    there = {row["year"]: row[name] for row in other if row["year"] <= LAST}
    line = {row["year"]: 100 * row[name] / there[row["year"]] for row in mine if there.get(row["year"])}
    if not line:
        return {}
    last = max(line)
    return {f"{name}.line": list(line.values()), f"{name}.last_year": str(last),
            f"{name}.percent_in_last_year": signed(line[last] / 100 - 1, "share")}


def of_crafts(changes: Mapping[str, float], agreeing: Mapping[str, int], futures: int) -> Found:
    """crafts.first to third and crafts.last with .name and .change: who loses the largest share, and who least or none;
    and crafts.agree, how many futures agree on the direction of each of these at least.

    ``changes`` are shares by craft, as in the details of claim C8; ``agreeing`` futures by craft.
    """
    ranked = sorted(changes, key=changes.__getitem__)
    places = dict(zip(("first", "second", "third"), ranked, strict=False)) | ({"last": ranked[-1]} if ranked else {})
    found = {}
    for place, craft in places.items():
        found[f"crafts.{place}.name"] = craft.replace("_", " ")
        found[f"crafts.{place}.change"] = signed(changes[craft], "share")
    if places:
        found["crafts.agree"] = f"{min(agreeing[craft] for craft in places.values())} of {futures}"
    return found


def of_the_new_craft(found: Digests) -> Found:
    """new_craft and other_crafts with .said and .range: crew-weeks of the craft that AI work creates, and of all others
    together, whose sum is the difference in crew-weeks.
    """
    worked, new = found.of_crafts(), crafts().names.index(AI_CRAFT)
    change, one = worked[:, 0] - worked[:, 1], measure("crew_weeks")
    return (_said("new_craft", spread(change[:, new]), one)
            | _said("other_crafts", spread(change.sum(axis=1) - change[:, new]), one))


def of_claims(rows: Sequence[Mapping[str, Any]]) -> Found:
    """The answer of `callsheet claims`: claims.C1.measured, .low, .high, .verdict, .holding, .failing, .points, and of
    what a verdict turns on .turns_on and .border, of the first parameter of each that flips it.
    """
    from experiments.claims.declared import claim

    found = {}
    for row in rows:
        name, unit = f"claims.{row['id']}", claim(row["id"]).unit
        measured, over = row["measured"], row["over_parameters"]
        found |= {f"{name}.measured": figure(measured["mean"], unit), f"{name}.low": figure(measured["q10"], unit),
                  f"{name}.high": figure(measured["q90"], unit), f"{name}.verdict": row["verdict"].partition(":")[0],
                  f"{name}.points": str(over["points"]), f"{name}.holding": str(over["points_holding"]),
                  f"{name}.failing": str(over["points_failing"])}
        for number, each in enumerate(row.get("turns_on") or (), 1):
            found[f"{name}.turns_on.{number}"] = each["label"]
            found[f"{name}.border.{number}"] = _border(each)
    return found


def of_digests(found: Digests, prefix: str = "") -> Found:
    """Everything of a pair of worlds: effects, crafts, and the line of crew-weeks year by year."""
    between = of_comparison(found.effects, len(found), prefix)
    if prefix:
        return between | {f"{prefix}.job_year.beyond_outside": _beyond_outside(found)}
    rows = {uncapitalized(row["label"]): row for row in found.crafts() if row["change_share"] is not None}
    shares = {craft: row["change_share"] for craft, row in rows.items()}
    agreeing = {craft: row["change"]["futures_agreeing"] for craft, row in rows.items()}
    return (between | of_crafts(shares, agreeing, len(found)) | of_the_new_craft(found)
            | of_line("crew_weeks", found.years_of(0), found.years_of(1)))


def shipped() -> Found:
    """What can be filled in from the results that come with the app; pairs that are not there are left out."""
    return _kept()[0]


def of_an_earlier_model(scene: Scene) -> bool:
    """Whether a result that the scene needs was given by a model that differs from the one that runs now."""
    return bool(scene.needs & _kept()[1])


@cache
def _kept() -> tuple[Found, set[str]]:
    """The results that come with the app, and the names of those that are stale."""
    from viz.digests.shipped import PAIRS, is_stale
    from viz.digests.shipped import shipped as pairs
    from viz.pages.claims import shipped as claims

    found: Found = {}
    stale: set[str] = set()
    for name in PAIRS:
        there = pairs(name)
        if there is not None and there.compared:
            between = of_digests(there, "" if name == OPENED_ON else name)
            found |= between
            stale |= between.keys() if is_stale(there) else set()
    try:
        answer = claims()
    except CallSheetError:
        return found, stale
    of_points = of_claims(answer.claims)
    return found | of_points, stale | (of_points.keys() if answer.stale else set())


def for_scene(scene: Scene) -> Found | None:
    """The results that a scene needs, or None where one of them is not there: the scene then says so."""
    found = shipped()
    return found if scene.needs <= found.keys() else None


def _said(name: str, effect: Mapping[str, float], one: Measure) -> Found:
    """NAME.said and NAME.range in the words of Compare; what is counted in whole numbers, since a story tells no
    tenths of a person.
    """
    from viz.pages.compare.words import COUNTED, ranged, size, way

    mean, low, high = (float(round(effect[each])) if one.name in COUNTED else effect[each]
                       for each in ("mean", "q10", "q90"))
    return {f"{name}.said": f"{size(mean, one.unit)} {way(mean, one.name)}", f"{name}.range": ranged(low, high, one)}


def _beyond_outside(found: Digests) -> str:
    """How the crew pay that goes with a dollar of credit stands to what outside figures allow for."""
    from viz.pages.compare.words import credit_beyond_outside

    times = credit_beyond_outside(found)
    return f"{times:.1f} times" if times else "no more than"


def _border(entry: Mapping[str, Any]) -> str:
    """Where a verdict flips: above or below which value."""
    border = float(f"{entry['border']:.3g}")
    return f"{entry['holds_if']} {spoken(border, entry['unit'])}"
