"""The runs of a study as columns: what each was asked, how it stands, and its outcomes; read anew each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from experiments.batch.folder import Folder
from experiments.study.definition import Study
from experiments.study.factors import RESERVED, Factor
from experiments.study.results import Results
from experiments.study.session import PLAN, plan_table
from model.errors import CallSheetError
from model.parameters import Params

if TYPE_CHECKING:
    import pyarrow as pa

MOST_PLAN = 64 << 20  # bytes of a plan
MOST_ROWS = 200_000
MOST_FACTORS, MOST_OUTCOMES = 100, 12
DONE, FAILED, LEFT = "done", "failed", "left"
PLACE, VALUE = "place", "value"  # ways beside those of outcomes: a number of a point or future, a factor's value


@dataclass(frozen=True)
class Column:
    """One column of numbers: its name in addresses, label and unit, and the way its figures are set."""

    name: str
    label: str
    unit: str
    way: str
    values: np.ndarray


@dataclass(frozen=True)
class Runs:
    """Every run of a plan, a row each."""

    cases: list[str]
    scenarios: list[str]
    states: list[str]
    columns: dict[str, Column]
    texts: dict[str, list[str]]  # factors whose values are no numbers

    def __len__(self) -> int:
        return len(self.cases)

    @property
    def shown(self) -> list[Column]:
        """Columns in which rows differ, and outcomes: those that a table is worth having."""
        return [each for each in self.columns.values() if each.way != VALUE or _differs(each.values)]


def runs_of(folder: Folder, study: Study) -> Runs:
    """The runs planned so far; raises a sentence for a plan that cannot be read or is too large to be browsed."""
    place = folder.path
    path = place / PLAN
    if path.is_file() and path.stat().st_size > MOST_PLAN:
        raise CallSheetError(_too_large(place))
    table = plan_table(place)
    if table is None:
        return Runs([], [], [], {}, {})
    if table.num_rows > MOST_ROWS:
        raise CallSheetError(_too_large(place))
    try:
        cases, scenarios = (table.column(name).to_pylist() for name in ("case", "scenario"))
        columns = {name: Column(name, name, "", PLACE, _floats(table.column(name))) for name in ("point", "future")}
    except (KeyError, ValueError, NotImplementedError):  # no such column, or one that holds no numbers
        raise CallSheetError(f"{PLAN} in {place.name} is no plan of a study: columns are missing or hold something "
                             "else.") from None
    factors = [name for name in table.column_names if name not in RESERVED][:MOST_FACTORS]
    known, texts = _known(study), {}
    for name in factors:
        held = table.column(name)
        if str(held.type) in ("double", "float", "int64", "int32"):
            columns[name] = Column(name, *_about(known, name), VALUE, _floats(held))
        else:
            texts[name] = ["" if each is None else str(each) for each in held.to_pylist()]
    first = {name: columns.pop(name) for name in ("point", "future")}
    states = [DONE if folder.has(each) else FAILED if each in folder.failed else LEFT for each in cases]
    return Runs(cases, scenarios, states, first | _outcomes(folder, study, cases) | columns, texts)


def _too_large(place: Path) -> str:
    return (f"The plan of {place.name} is too large to be browsed here (at most {MOST_ROWS:,} runs). "
            "`callsheet study export` writes all of it as a table.")


def _differs(values: np.ndarray) -> bool:
    known = values[np.isfinite(values)]
    return bool(known.size) and (known.size < values.size or bool(np.any(known != known[0])))


def _floats(held: pa.ChunkedArray) -> np.ndarray:
    return held.cast("double", safe=False).to_numpy()


def _known(study: Study) -> dict[str, Factor]:
    try:
        return {each.name: each for each in study.factors}
    except CallSheetError:
        return {}


def _about(known: dict[str, Factor], name: str) -> tuple[str, str]:
    """(label, unit) of a factor; of one that the study does not list, as a parameter has them."""
    if name in known:
        return known[name].label or name, known[name].unit
    try:
        about = Params.load().about(name)
    except CallSheetError:
        return name, ""
    return about.label, about.unit


def _outcomes(folder: Folder, study: Study, cases: Sequence[str]) -> dict[str, Column]:
    looked_at, found = study.looked_at[:MOST_OUTCOMES], {}
    read = Results(folder).numbers(cases, [name for each in looked_at for name in each.columns])
    for each in looked_at:
        name = f"outcome.{each.name}"
        found[name] = Column(name, each.label, each.unit, each.way, each.of(read))
    return found
