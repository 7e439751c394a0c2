"""A study being run: its folder, its batch of runs round by round, and what is known of the headline meanwhile."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.batch.case import canonical
from experiments.batch.coordinator import Batch, Limits, Progress
from experiments.batch.engines.protocol import Engine
from experiments.batch.execute import Record
from experiments.batch.folder import Folder
from experiments.study.definition import Study, study_from
from experiments.study.factors import RESERVED
from experiments.study.plan import Row, table_of
from experiments.study.results import Results
from model import atomic
from model.digest import model_digest
from model.errors import CallSheetError
from model.safe_yaml import is_number, scalar

if TYPE_CHECKING:
    import pyarrow as pa

STUDY, MANIFEST, PLAN, ANSWER, REPORT = "study.json", "manifest.json", "plan.parquet", "answer.json", "report.html"
_PACKAGES = ("numpy", "numba", "scipy", "mesa", "pandas", "pyarrow", "duckdb", "pebble", "SALib", "scikit-learn",
             "distributed")
RUNNER, ASKS = "runner", "asks"  # columns of the plan beside the factors
POINTS = "points.csv"  # the table of points that a study names
_MOST_STUDY = 1 << 20
MOST_SESSIONS = 200  # that a manifest remembers
LONGEST_QUESTION = 120  # signs of a question inside a sentence
COMPARING = ("paired", "grid", "table", "claims")


class Session:
    """Runs rows and reads what came of them. Designs that look where to go next ask for rows many times."""

    def __init__(self, study: Study, folder: Folder, engine: Callable[[], Engine], limits: Limits | None = None,
                 progress: Callable[[Any, Headline], None] | None = None, only_look: bool = False) -> None:
        self.study, self.folder, self.results = study, folder, Results(folder)
        self._only_look = only_look  # answer from what is there
        self.headline = Headline(study)
        told = progress or (lambda tally, headline: None)
        shown: Progress = lambda tally: told(tally, self.headline)  # noqa: E731
        self.batch = Batch(folder, engine, limits, shown, self.headline.see)
        self.rows: list[Row] = []
        self._known: set[str] = set()

    def run(self, rows: Sequence[Row]) -> None:
        """Have some rows run; they join the plan."""
        fresh = [row for row in rows if _key(row) not in self._known]
        self._known |= {_key(row) for row in fresh}
        self.rows += fresh
        if not self._only_look:
            write_plan(self.folder.path / PLAN, self.rows)
        self.headline.follow(fresh)
        self.headline.remember(self.results, [row.case.id for row in fresh if self.folder.has(row.case.id)])
        if not self._only_look:
            self.batch.run([row.case for row in rows])

    def values(self, rows: Sequence[Row], outcome: Any = None) -> np.ndarray:
        """An outcome of rows, by default the headline; NaN where a run failed."""
        return self.results.outcome([row.case.id for row in rows], outcome or self.study.looked_at[0])


def _key(row: Row) -> str:
    return f"{row.scenario} {row.point} {row.future} {row.case.id}"


class Headline:
    """The mean of the headline outcome over the futures seen so far, with its 95 % interval; for people who wait. It
    is that of the first comparison, or of all points where points are what is asked about.
    """

    def __init__(self, study: Study) -> None:
        self.outcome = study.looked_at[0]
        self.values: list[float] = []
        self._one = study.design.kind in COMPARING
        self._first: tuple[str, int] | None = None
        self._cases: set[str] = set()

    def follow(self, rows: Sequence[Row]) -> None:
        """Rows that are going to be run."""
        for row in rows:
            self._first = self._first or (row.scenario, row.point)
            if not self._one or (row.scenario, row.point) == self._first:
                self._cases.add(row.case.id)

    def see(self, record: Record) -> None:
        """Take one finished run."""
        if record["case"] not in self._cases:
            return
        read = {name: np.array([_number(record["numbers"].get(name))]) for name in self.outcome.columns}
        self._take(self.outcome.of(read))

    def remember(self, results: Results, cases: Sequence[str]) -> None:
        """Take runs that were there before."""
        mine = [case for case in cases if case in self._cases]
        if mine:
            self._take(results.outcome(mine, self.outcome))

    def _take(self, values: np.ndarray) -> None:
        self.values += values[np.isfinite(values)].tolist()

    def interval(self) -> tuple[float, float, float] | None:
        """(mean, low, high), or None before there are three."""
        from experiments.analysis.paired import estimate

        if len(self.values) < 3:
            return None
        found = estimate(self.values)
        return found.mean, found.low, found.high


def _number(value: Any) -> float:
    return np.nan if value is None else float(value)


# The files beside the results
def write_plan(path: Path, rows: Sequence[Row]) -> None:
    """The plan as a Parquet table: a row a run, with its case, and a column a factor."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = list(dict.fromkeys(name for row in rows for name in row.values))
    columns: dict[str, Any] = {
        "row": pa.array(range(len(rows)), pa.int32()),
        "case": [row.case.id for row in rows],
        "scenario": [row.scenario for row in rows],
        "point": pa.array([row.point for row in rows], pa.int32()),
        "future": pa.array([row.future for row in rows], pa.int32()),
        RUNNER: [row.case.runner for row in rows],
        ASKS: [canonical(row.case.asks) for row in rows],
    }
    for name in names:
        values = [_number_in(row.values.get(name)) for row in rows]
        plain = all(each is None or (isinstance(each, (int, float)) and not isinstance(each, bool)) for each in values)
        columns[name] = pa.array(values, pa.float64()) if plain else pa.array(
            [None if each is None else json.dumps(each, default=str) for each in values], pa.string())
    with atomic.written_whole(path) as temporary:
        pq.write_table(pa.table(columns), temporary, compression="zstd")


def _number_in(value: Any) -> Any:
    """A number that a table of points holds as text; anything else as it is."""
    read = scalar(value) if isinstance(value, str) else value
    return read if is_number(read) else value


def plan_in(folder: Path) -> list[dict[str, Any]]:
    """The rows of a plan; none before there is one. Raises a sentence for a file that was changed or cut short."""
    table = plan_table(folder)
    return [] if table is None else table.to_pylist()


def plan_table(folder: Path, columns: Sequence[str] | None = None) -> pa.Table | None:
    """The plan, or some of its columns; None before there is one. Raises as :func:`plan_in` does."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.read_table(folder / PLAN, columns=None if columns is None else list(columns))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, pa.ArrowException):
        raise CallSheetError(f"{PLAN} in {folder.name} cannot be read: it was changed or cut short. Give the study "
                             "again with `callsheet study run`; runs that are there are not run anew.") from None


def cases_in(folder: Path) -> list[str]:
    """The cases of a plan, once each, in its order."""
    table = plan_table(folder, ["case"])
    return [] if table is None else list(dict.fromkeys(table.column("case").to_pylist()))


def factors_in(folder: Path) -> list[str]:
    """The factors of a plan, as its columns name them."""
    rows = plan_in(folder)
    return [name for name in rows[0] if name not in RESERVED] if rows else []


def asks_of(folder: Path) -> list[tuple[str, str, dict[str, Any]]]:
    """(runner, case, what it asks) of every case of a plan, once each."""
    rows = plan_in(folder)
    return list({row["case"]: (row[RUNNER], row["case"], json.loads(row[ASKS])) for row in rows}.values())


def _shortened(question: str) -> str:
    return question if len(question) <= LONGEST_QUESTION else f"{question[:LONGEST_QUESTION].rstrip()} …"


def save_study(folder: Path, study: Study, beside: Path | None) -> tuple[Study, Path | None]:
    """Keep the definition in the folder of its results, with the table of points it names; (the study as it is kept,
    its file). Raises a sentence where another study has its results.
    """
    if (folder / STUDY).is_file():
        there = study_in(folder)
        if (there.name, there.question) != (study.name, study.question):
            raise CallSheetError(f"{folder.name} holds the study {there.name}, which asks: "
                                 f"{_shortened(there.question)} Choose another folder with --out.")
    if study.design.kind == "table" and beside is not None:
        source = table_of(study, beside)
        if source != (folder / POINTS).resolve():
            atomic.write_file(folder / POINTS, source.read_bytes())
        plain = study.model_dump(mode="json")
        study, beside = study_from({**plain, "design": {**plain["design"], "file": POINTS}}, study.name), folder / STUDY
    text = json.dumps(study.model_dump(mode="json"), indent=1, ensure_ascii=False)
    atomic.write_file(folder / STUDY, text + "\n")
    return study, beside


def study_in(folder: Path) -> Study:
    """The study whose results lie in a folder; raises a sentence for a folder without one."""
    path = folder / STUDY
    try:
        if path.stat().st_size > _MOST_STUDY:
            raise ValueError
        held = json.loads(path.read_text(encoding="utf-8"))
        return study_from(held, str(held["name"]))
    except CallSheetError:
        raise
    except (IsADirectoryError, ValueError, KeyError, TypeError, RecursionError):
        raise CallSheetError(f"There is no study in {folder.name} that can be read: {STUDY} was changed or cut short. "
                             f"Remove {STUDY} and give the study again with `callsheet study run`; runs that are there "
                             "are not run anew.") from None
    except OSError:
        raise CallSheetError(f"There is no study in {folder.name}. Run one with `callsheet study run NAME --out "
                             f"{folder.name}`, or name another folder.") from None


def write_manifest(folder: Path, study: Study, session: Session, engine: str, started: float) -> None:
    """What made these results: code and data, versions, machine, counts and times."""
    tally = session.batch.tally
    earlier = [each for each in (_manifest(folder) or {}).get("sessions", []) if isinstance(each, dict)]
    now = {
        "engine": engine, "started": _moment(started), "ended": _moment(time.time()), "runs": tally.done,
        "failed": tally.failed, "tried_again": tally.suspects, "cpu_seconds": tally.cpu_seconds,
        "model": model_digest(), "python": platform.python_version(), "processor": _processor(),
    }  # fmt: skip
    sessions = [*earlier[-MOST_SESSIONS + 1 :], now]
    held = {
        "study": study.name, "model": model_digest(), "git": _git(), "python": platform.python_version(),
        "packages": {name: _version(name) for name in _PACKAGES}, "system": platform.platform(),
        "processor": _processor(), "engine": engine, "seed": study.seed, "scale": study.scale,
        "started": sessions[0]["started"], "ended": now["ended"], "runs": tally.total, "run_before": tally.found,
        "run_now": tally.done, "failed": tally.failed, "tried_again": tally.suspects,
        "cpu_seconds": sum(float(each.get("cpu_seconds") or 0.0) for each in sessions), "sessions": sessions,
    }  # fmt: skip
    atomic.write_file(folder / MANIFEST, json.dumps(held, indent=1) + "\n")


def _manifest(folder: Path) -> dict[str, Any] | None:
    try:
        held = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return held if isinstance(held, dict) else None


def _moment(seconds: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or sys.platform


def _git() -> str | None:
    """The commit of the checkout that runs, with a mark when files differ from it; None outside a checkout."""
    home = Path(__file__).resolve().parent.parent.parent
    if not (home / ".git").exists():
        return None
    try:
        words = ["git", "-C", str(home), "describe", "--always", "--dirty", "--abbrev=40"]
        return subprocess.run(words, capture_output=True, text=True, timeout=10, check=True).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return None
