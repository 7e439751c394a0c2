"""From a study to its runs: a row for every scenario, point and future, each with the case that answers it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from experiments.batch.case import Case
from experiments.posterior_futures import at_draw
from experiments.runners import worlds
from experiments.study.definition import Study
from experiments.study.designs import MOST_POINTS, MOST_RUNS, POSTERIOR
from experiments.study.factors import LEVER
from model.errors import CallSheetError
from model.scenario import Scenario

LUCK_OF_POINTS = 10  # futures that points with one future each take turns in
_MOST_TABLE = 4 << 20  # bytes of a table of points


@dataclass(frozen=True)
class Row:
    """One run of a plan: which scenario, point and future; ``values`` are the factors' at that point."""

    scenario: str
    point: int
    future: int
    values: Mapping[str, Any]
    case: Case


@dataclass(frozen=True)
class Point:
    """A place among the factors: coordinates from 0 to 1 where the design has them, and the values there."""

    number: int
    values: Mapping[str, Any]
    coordinates: tuple[float, ...] = ()


def points_at(study: Study, coordinates: np.ndarray, first: int = 0) -> list[Point]:
    """The points of some rows of coordinates."""
    return [
        Point(first + k, {each.name: each.at(float(u)) for each, u in zip(study.factors, row, strict=True)},
              tuple(float(u) for u in row))
        for k, row in enumerate(coordinates)
    ]


def points_in(study: Study, beside: Path | None) -> list[Point]:
    """The points of the table that a study names; the file lies in the study's own folder."""
    path = table_of(study, beside)
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    except (OSError, UnicodeDecodeError, csv.Error) as trouble:
        raise CallSheetError(f"{path.name} could not be read as a table ({type(trouble).__name__}). It must be CSV "
                             "with the names of parameters or levers in its first line.") from None
    if not rows:
        raise CallSheetError(f"{path.name} holds no points. Write a line for each.")
    if len(rows) > MOST_POINTS:
        raise CallSheetError(f"{path.name} holds {len(rows):,} points; at most {MOST_POINTS:,} are taken.")
    for number, row in enumerate(rows, 1):
        if None in row or any(value is None or not value.strip() for value in row.values()):
            raise CallSheetError(f"Line {number} of {path.name} does not have one value for each of its columns. Put "
                                 "commas between them, write decimals with a point, and leave none out.")
    return [Point(k, dict(row)) for k, row in enumerate(rows)]


def table_of(study: Study, beside: Path | None) -> Path:
    """The file of a table of points: inside the folder of the study, and not too large; else a sentence."""
    if beside is None:
        raise CallSheetError("A study with a table of points has to be a file of your own, with the table beside it.")
    home = beside.resolve().parent
    path = (home / study.design.file.replace("\0", "?")).resolve()
    if home not in path.parents:
        raise CallSheetError(f"design.file is {study.design.file[:80]!r}, outside the folder of the study. "
                             "Put the table beside the study file.")
    if not path.is_file():
        raise CallSheetError(f"{path.name} could not be read as a table: there is no such file beside the study.")
    if path.stat().st_size > _MOST_TABLE:
        raise CallSheetError(f"{path.name} is larger than {_MOST_TABLE >> 20} MB, the most that is read.")
    return path


def rows(study: Study, points: Sequence[Point], futures: Iterable[int] | None = None, most: int = MOST_RUNS
         ) -> list[Row]:
    """The runs of some points: future by future, so that worlds in common are in common early."""
    futures = range(study.design.futures) if futures is None else list(futures)
    scenarios = study.scenarios if study.runner != "function" else (study.function,)
    size = len(points) * len(futures) * len(scenarios)
    if size > most:
        raise CallSheetError(
            f"The study {study.name} asks for {size:,} runs; at most {most:,} are taken. Choose fewer points, futures "
            "or scenarios."
        )
    made = [(point, scenario, _maker(study, scenario, point)) for point in points for scenario in scenarios]
    return [Row(scenario, point.number, future, point.values, make(future))
            for future in futures for point, scenario, make in made]


def luck_of(points: Sequence[Point]) -> Iterator[tuple[Point, int]]:
    """Which future each point takes when it has one: they take turns, so that no one future's luck colors all."""
    for each in points:
        yield each, each.number % LUCK_OF_POINTS


def turns(study: Study, points: Sequence[Point]) -> list[Row]:
    """The runs of points that have one future each."""
    found = []
    for point, future in sorted(luck_of(points), key=lambda each: (each[1], each[0].number)):
        found += rows(study, [point], [future])
    return found


def _maker(study: Study, scenario: str, point: Point) -> Any:
    if study.runner == "function":
        x = {**study.constants, **point.values}
        return lambda future: Case("function", {"function": study.function, "x": x, "future": future})
    mine, other = worlds_of(study, scenario, point.values)
    if study.market == POSTERIOR:
        return lambda future: Case("worlds", worlds.ask(
            at_draw(mine, future), None if other is None else at_draw(other, future), future, study.outputs
        ))
    held = worlds.ask(mine, other, 0, study.outputs)
    return lambda future: Case("worlds", {**held, "future": future})


def worlds_of(study: Study, scenario: str, values: Mapping[str, Any]) -> tuple[Scenario, Scenario | None]:
    """The scenario at a point, and the one it is compared with there. What nobody chooses holds in both; levers are
    pulled in the scenario alone.
    """
    lever = {each.name for each in study.factors if each.role == LEVER} | {
        name for name in values if name[:1].isupper()
    }
    unchosen = {**study.constants, **{name: value for name, value in values.items() if name not in lever}}
    pulled = {**study.held_levers, **{name: value for name, value in values.items() if name in lever}}
    when = {name: value for name, value in (("start", study.start), ("until", study.until)) if value is not None}
    mine = Scenario.named(scenario).varied(
        set=unchosen, levers=pulled, scale=study.scale, seed=study.seed, futures=1, **when
    )
    if study.against is None:
        return mine, None
    return mine, mine.counterpart(Scenario.named(study.against)).varied(set=unchosen)
