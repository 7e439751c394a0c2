"""Lives week by week with their money: what the event log does not hold is simulated again, exactly.

Chance has no memory, so that the same weeks run again give the same wage, savings and coverage. Only the rows asked for
are settled, with the sums that the ledger books for them: reading changes no later week (tested). Several lives of a
world cost little more than one, since the weeks are run once. What was found is kept under the digest of the model.
"""

from __future__ import annotations

import hashlib
import logging
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from model import archives, atomic
from model.calendar import NEVER, monday
from model.digest import cache_folder, model_digest
from model.errors import CallSheetError
from model.lives import Week
from model.market import LaborMarket
from model.mechanisms.income import settle_everyone
from model.mechanisms.wages import reservation
from model.room import make_room
from model.scenario import Scenario
from model.simulate import build
from model.state.events import Entry
from model.state.in_kernels import People
from model.tables import crafts
from model.vocabulary import Status
from model.world import WORLDS_PART

NO_COURSE, WAITS, LEARNS = range(3)
MOST_KEPT = 500_000_000  # bytes of lives, tens of thousands of them
MOST_BYTES = 4_000_000  # of a file with one life, many times what twenty-five years take
_RECORD = np.dtype([
    ("week", np.int32), ("status", np.uint8), ("craft", np.uint8), ("production", np.int64), ("wage", np.int64),
    ("savings", np.int64), ("days_worked", np.int32), ("insured", np.uint8), ("since", np.int32), ("days", np.uint8),
    ("gross", np.int64), ("tax", np.int64), ("benefits", np.int64), ("spent", np.int64), ("living", np.int64),
    ("asks", np.int64), ("scale", np.int64), ("course", np.uint8)])
_BOOKED = {"gross": Entry.GROSS_PAY, "tax": Entry.TAX, "benefits": Entry.BENEFITS, "spent": Entry.SPENT}
_log = logging.getLogger(__name__)
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class LifeWeek(Week):
    """A week of a life with its money. Cents; sums are of this week alone."""

    since: int  # week in which the present status began
    days: int  # days a week on the present or last call
    gross: int
    tax: int
    benefits: int  # unemployment benefit and wage insurance
    spent: int
    living: int  # cost of living of a usual week
    asks: int  # a day, below which a call is declined; 0 for those who do not look for one
    scale: int  # a day, of the craft
    course: int  # NO_COURSE, WAITS or LEARNS


def detail(scenario: Scenario, row: int, future: int = 0, progress: Progress | None = None, keep: bool = True
           ) -> list[LifeWeek]:
    """One life, every week from April 2026, or the scenario's start if that is later, to its end."""
    return details(scenario, [row], future, progress, keep)[row]


def details(scenario: Scenario, rows: Sequence[int], future: int = 0, progress: Progress | None = None,
            keep: bool = True) -> dict[int, list[LifeWeek]]:
    """Several lives of one world by row, from one run of its weeks.

    ``progress`` is told the weeks done and the weeks in all; what it raises ends the run. ``keep=False`` neither reads
    nor writes what was kept. Raises a sentence for a row that nobody has in April 2026.
    """
    first = max(scenario.first_week, WORLDS_PART)
    paths = {row: kept_at(scenario, row, future) for row in rows}
    found = {row: read(path, first, scenario.end_week) if keep else None for row, path in paths.items()}
    missing = [row for row, life in found.items() if life is None]
    if missing:
        records = np.zeros((len(missing), max(0, scenario.end_week - first)), _RECORD)
        for done, weeks in _run(scenario, missing, records, future):
            if progress is not None and (done % 26 == 0 or done == weeks):
                progress(done, weeks)
        for at, row in enumerate(missing):
            found[row] = records[at]
            if keep:
                _write(paths[row], records[at])
    return {row: [_week(record) for record in life] for row, life in found.items()}


def kept(scenario: Scenario, row: int, future: int = 0) -> list[LifeWeek] | None:
    """A life that was worked out before; None if it was not."""
    records = read(kept_at(scenario, row, future), max(scenario.first_week, WORLDS_PART), scenario.end_week)
    return None if records is None else [_week(record) for record in records]


def in_steps(scenario: Scenario, row: int, future: int = 0) -> Iterator[tuple[int, int]]:
    """Work one life out and keep it, week by week: whoever asks gets the weeks done and the weeks in all."""
    first = max(scenario.first_week, WORLDS_PART)
    records = np.zeros((1, max(0, scenario.end_week - first)), _RECORD)
    yield from _run(scenario, [row], records, future)
    _write(kept_at(scenario, row, future), records[0])


def _run(scenario: Scenario, rows: Sequence[int], records: np.ndarray, future: int) -> Iterator[tuple[int, int]]:
    """Fill records by row and week, from running the weeks again."""
    first, weeks = scenario.end_week - records.shape[1], records.shape[1]
    if weeks <= 0:
        raise CallSheetError(f"The scenario {scenario.name} ends before April 2026, so that nobody is followed in it.")
    market = build(replace(scenario, start=monday(first)), future)
    wrong = next((row for row in rows if not 0 <= row < market.state.crew.count), None)
    if wrong is not None:
        raise CallSheetError(f"No worker has the number {wrong:,}; in April 2026 they go from 0 to "
                             f"{market.state.crew.count - 1:,}.")
    for done in range(weeks):
        market.step()
        for at, row in enumerate(rows):
            _stand(market, row, records[at, done])
        yield done + 1, weeks


def _stand(market: LaborMarket, row: int, record: np.void) -> None:
    """Settle one row to the end of the week, and write down how the worker stands."""
    state = market.state
    before = state.ledger.copy()
    settle_everyone(People(*(each[row : row + 1] for each in state.people)), state.week, state.now, state.log)
    for name, entry in _BOOKED.items():
        record[name] = state.ledger[entry] - before[entry]
    status, craft = state.people.status, state.people.craft
    worker, week = state.people.records[row], state.week - 1
    record["week"], record["status"], record["craft"] = week, status[row], craft[row]
    if worker["call"] >= 0:
        record["production"] = state.productions.uid[worker["call"] // state.calls.shape[1]]
    for name in ("wage", "savings", "days_worked", "insured", "since", "days", "living"):
        record[name] = worker[name]
    record["scale"] = state.scale_cents[craft[row]]
    if status[row] != Status.IDLE:
        return
    idle, broke = week - int(worker["since"]), bool(week >= worker["broke"])
    record["asks"] = reservation(int(worker["spell_wage"]), idle, broke, state.now[0])
    course = state.course[state.course["row"] == row]
    if course.size:
        record["course"] = WAITS if course["ends"][0] == NEVER else LEARNS


def _week(record: np.void) -> LifeWeek:
    plain = dict(zip(_RECORD.names, record.item(), strict=True))
    plain |= {"date": monday(plain["week"]), "status": Status(plain["status"]).name.lower(),
              "craft": crafts().names[plain["craft"]], "insured": bool(plain["insured"])}
    return LifeWeek(**plain)


def kept_at(scenario: Scenario, row: int, future: int) -> Path:
    """Where a life is kept: a name that follows from the model, the scenario, the future and the row."""
    what = f"{model_digest()} {scenario.identity()} {future} {row}"
    return cache_folder() / "lives" / f"{hashlib.blake2b(what.encode(), digest_size=16).hexdigest()}.npz"


def _write(path: Path, records: np.ndarray) -> None:
    try:
        with atomic.written_whole(path) as temporary:
            archives.write_arrays(temporary, {"weeks": records}, compressed=True)
        make_room(path.parent.glob("*.npz"), MOST_KEPT)
    except (CallSheetError, OSError) as trouble:
        _log.info("A life was not kept: %s", trouble)


def read(path: Path, first: int, end: int) -> np.ndarray | None:
    """The records of a file, if it holds the weeks ``first`` to ``end`` - 1 and nothing else; else None.

    Nothing is unpacked that is larger than a life can be, and nothing in it is run.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) != 1 or path.stat().st_size > MOST_BYTES or entries[0].file_size > MOST_BYTES:
                return None
        records = archives.read_arrays(path, ("weeks",))["weeks"]
    except (OSError, CallSheetError, RuntimeError, zipfile.BadZipFile):
        return None
    if records.dtype != _RECORD or records.shape != (end - first,):
        return None
    known = (records["week"] == np.arange(first, end)) & (records["status"] <= max(Status))
    known &= (records["craft"] < crafts().n) & (records["course"] <= LEARNS)
    return records if known.all() else None
