"""The study: luck at the middle of all parameters, ignorance over points of them, and what each verdict turns on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from experiments.analysis.sensitivity import power_of_two
from experiments.claims import shares, surface, unknowns
from experiments.claims.amount import BORDER_FUTURES, MIDDLE_FUTURES, STAGE_FUTURES, SURFACE_FUTURES
from experiments.claims.asked import Asked, Result
from experiments.claims.declared import WORST_TENTH, Claim, claims
from experiments.claims.findings import finding
from experiments.claims.measures import LOST, STEPS, SURFACE
from experiments.claims.runs import STAGES, Task
from experiments.claims.spreads import spreads
from experiments.claims.turns import Split, splits, turns_on, with_first
from experiments.claims.verdicts import (
    DEPENDS,
    FAILS,
    HOLDS,
    NO_THRESHOLD,
    UNKNOWN,
    Spread,
    at_point,
    spread,
    stands,
    verdict,
)
from experiments.study.plan import LUCK_OF_POINTS

GLANCE_FUTURES = 2  # where values are only compared
TAIL_FUTURES = 10  # where a worst tenth is asked for
SEVERAL_PROVIDERS = {"ai_providers.contracts": 3}


class Unanswered(Exception):
    """None of the runs of a value came back."""


@dataclass(frozen=True)
class Design:
    """How much is run: futures at the middle, points, futures at each point, scale, seed, which claims, and the base of
    the design that shares out variance (0: none).
    """

    futures: int
    points: int
    each: int
    scale: float
    seed: int
    chosen: tuple[str, ...]
    shares: int = 0

    def __post_init__(self) -> None:
        """Refuse a base that makes no design before anything is run."""
        if self.shares:
            power_of_two(self.shares)

    def tasks(self, futures: int, measures: Sequence[str], settings: Mapping[str, Any] | None = None) -> list[Task]:
        """The same measures of the same settings on the first futures."""
        held = dict(settings or {})
        return [Task(tuple(measures), self.seed, future, self.scale, held) for future in range(futures)]

    def at_point(self, number: int, measures: Sequence[str], settings: Mapping[str, Any]) -> list[Task]:
        """The measures at a point."""
        futures = self.turns(number)
        return [Task(tuple(measures), self.seed, future, self.scale, dict(settings)) for future in futures]

    def turns(self, number: int) -> list[int]:
        """The futures of a point. Points take turns in them, so that no one future's luck colors them all."""
        shared = max(self.each, min(LUCK_OF_POINTS, self.futures))  # those that the middle has, too: it lends its luck
        return [(number * self.each + k) % shared for k in range(self.each)]


@dataclass(frozen=True)
class Found:
    """Everything that was run: results by purpose, each a list over futures (of lists over points or cells)."""

    middle: list[Result | None]
    points: list[list[Result | None]]
    stages: list[Result | None]
    providers: list[Result | None]
    cells: list[list[Result | None]]
    row: list[list[Result | None]]


def study(design: Design, batch: Asked) -> dict[str, Any]:
    """All chosen claims: ``claims`` as the JSON has them, and ``details`` that show why."""
    coordinates = unknowns.spread_points(design.points, design.seed)
    found = _run(design, batch, coordinates)
    of = [name for name in shares.READ_OFF if name in design.chosen] if design.shares else []
    parts = shares.measured(design.shares, of, design.scale, design.seed, batch.results) if of else {}
    rows, details = [], {}
    for name in design.chosen:
        row, detail = _judge(claims()[name], design, batch, coordinates, found)
        rows.append(row)
        details[name] = detail | ({"shares": parts[name]} if name in parts else {})
    about = {
        "futures": design.futures, "points": design.points, "each": design.each, "scale": design.scale,
        "shares": design.shares,
        "seed": design.seed, "unknowns": len(unknowns.unknowns()),
        "unknown_kinds": unknowns.counts(), "failed": sorted(set(batch.failed)), "runs_failed": len(batch.failed),
    }
    return {"claims": rows, "details": details, "design": about}


def _run(design: Design, batch: Asked, coordinates: Any) -> Found:
    """One round of tasks for all claims: they share every run."""
    others = [name for name in design.chosen if name != STAGES]
    at_middle = [*others, *([STEPS] if "C3" in others else []), *([LOST] if "C6" in others else [])]
    sets = [design.tasks(design.futures, at_middle) if others else []]
    sets.append(design.tasks(min(design.futures, STAGE_FUTURES), [STAGES]) if STAGES in design.chosen else [])
    sets.append(design.tasks(design.futures, ["C6", LOST], SEVERAL_PROVIDERS) if "C6" in others else [])
    points = [design.at_point(k, others, unknowns.point(row)) for k, row in enumerate(coordinates)] if others else []
    on_cells = min(design.futures, SURFACE_FUTURES)
    cells = [design.tasks(on_cells, [SURFACE], each) for each in surface.cells()] if "C3" in others else []
    through = min(design.futures, MIDDLE_FUTURES)
    row = [design.tasks(through, [SURFACE], each) for each in surface.through_the_middle()] if "C3" in others else []
    sets += points + cells + row
    results = iter(batch.results([task for tasks in sets for task in tasks]))
    back = [[next(results) for _ in tasks] for tasks in sets]
    first = 3 + len(points)
    last = first + len(cells)
    return Found(back[0], back[3:first], back[1], back[2], back[first:last], back[last:])


def numbers(results: Sequence[Result | None], name: str) -> list[float | None]:
    """One claim's number in each future; None where a run failed or held nothing to measure."""
    return [None if each is None else each[name]["value"] for each in results]


def _judge(claim: Claim, design: Design, batch: Asked, coordinates: Any, found: Found
           ) -> tuple[dict[str, Any], dict[str, Any]]:
    """One claim's row as the JSON has it, and the detail that shows why."""
    luck = found.stages if claim.id == STAGES else found.middle
    values = numbers(luck, claim.id)
    measured = spread(values)
    at_points = [] if claim.id == STAGES else [
        at_point(numbers(each, claim.id), design.turns(k), values, claim.judged == WORST_TENTH)
        for k, each in enumerate(found.points)
    ]
    standing = [stands(claim, each) for each in at_points]
    word = verdict(claim, standing)
    ranked = splits(claim, coordinates, [each.mean for each in at_points]) if at_points else []
    turns = _turns(claim, design, batch, ranked, values) if word == DEPENDS else None
    detail = {
        "number": claim.number, "who": claim.who, "unit": claim.unit, "border": claim.border,
        "judged": claim.judged, "toward": claim.toward,
        "at_middle": stands(claim, measured), "futures": measured.futures,
        "values": values,
        "points": [{**each.plain(), "stands": stand} for each, stand in zip(at_points, standing, strict=True)],
        "ranked": [{"parameter": each.name, "accuracy": each.accuracy, "correlation": each.correlation}
                   for each in ranked[:8]],
        **_evidence(claim, luck, found),
    }
    detail["finding"] = finding(claim, measured, detail)
    return _row(claim, measured, standing, word, detail["finding"], turns), {**detail, "verdict": word}


def _turns(claim: Claim, design: Design, batch: Asked, ranked: Sequence[Split], middle: Sequence[float | None]
           ) -> list[dict[str, Any]] | None:
    """Where the verdict flips, sought with further runs; nothing known where these are missing."""
    tail = claim.judged == WORST_TENTH

    def on(most: int) -> Callable[[Mapping[str, float]], Spread]:
        futures = min(design.futures, TAIL_FUTURES if tail else most)

        def ask(at: Mapping[str, float]) -> Spread:
            results = batch.results(design.tasks(futures, [claim.id], unknowns.at(at)))
            if all(each is None for each in results):
                raise Unanswered
            return at_point(numbers(results, claim.id), range(futures), middle, tail)

        return ask

    first = surface.AXES if claim.id == "C3" else ()
    try:
        border = turns_on(claim, with_first(ranked, first), on(BORDER_FUTURES), on(GLANCE_FUTURES))
    except Unanswered:
        return None
    return border.plain() if border else []


def _evidence(claim: Claim, luck: Sequence[Result | None], found: Found) -> dict[str, Any]:
    """What shows why: the parts of a claim's number over futures and over points, and what this claim alone has."""
    firsts = [each for several in found.points for each in several[:1]]
    shown = {
        "over_futures": _parts(luck, claim.id),
        "over_points": {} if claim.id == STAGES else _parts(firsts, claim.id),
    }
    if claim.id == "C6" and found.providers:
        several = numbers(found.providers, "C6")
        shown |= {"several": spread(several).plain(), "several_values": several,
                  "lost": {name: _parts(results, LOST).get("of")
                           for name, results in (("one provider", luck), ("three providers", found.providers))}}
    if claim.id == "C3":
        shown |= {"steps": _parts(luck, STEPS),
                  "surface": surface.surface([_means(each) for each in found.cells],
                                             [numbers(each, SURFACE) for each in found.row])}
    return shown


def _parts(results: Sequence[Result | None], name: str) -> Any:
    return spreads([each[name] for each in results if each is not None])


def _row(claim: Claim, measured: Spread, standing: Sequence[str], word: str, said: str,
         turns: list[dict[str, Any]] | None) -> dict[str, Any]:
    return {
        "id": claim.id,
        "statement": claim.statement,
        "kind": claim.kind,
        "measure": claim.measure,
        "measured": measured.plain(),
        "over_parameters": {
            "points": len(standing) - standing.count(UNKNOWN),
            "points_holding": standing.count(HOLDS),
            "points_failing": standing.count(FAILS),
        },
        "rule": claim.rule,
        "verdict": f"{NO_THRESHOLD}: {said}" if word == NO_THRESHOLD else word,
        "turns_on": turns,
    }


def _means(results: Sequence[Result | None]) -> dict[str, float | None]:
    held = [each[SURFACE] for each in results if each is not None]
    return {name: spread([each[name] for each in held]).mean for name in ("value", "saving")}
