"""The runs of a study as tables for other tools."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.batch.folder import Folder
from experiments.study.results import Results
from experiments.study.session import ASKS, RUNNER, factors_in, plan_in, study_in
from model import atomic
from model.errors import CallSheetError, nearest, sentences

if TYPE_CHECKING:
    import pandas as pd

    from experiments.study.definition import Study

FORMS = ("csv", "parquet", "ema")


def export(place: Path, to: Path, form: str) -> str:
    """Write the runs in one form; says what was written."""
    if form not in FORMS:
        raise CallSheetError(sentences(f"--as is {form[:40]!r}.", nearest(form, FORMS)))
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise CallSheetError(f"{to} is not an empty folder. Choose another with --to.")
    study = study_in(place)
    table = frame(place)
    if table.empty:
        raise CallSheetError(f"The study in {place.name} has no finished run to export yet.")
    with atomic.folder(to) as stage:
        if form == "csv":
            table.to_csv(stage / "runs.csv", index=False)
        elif form == "parquet":
            table.to_parquet(stage / "runs.parquet", index=False)
        else:
            _ema(stage, table, study, factors_in(place))
    return f"{len(table):,} runs with {table.shape[1]} columns are in {to}."


def frame(place: Path) -> pd.DataFrame:
    """A row a run, in the order of the plan: scenario, point, future, every factor, every number. For notebooks:
    ``from experiments.study.export import frame``.
    """
    import pandas as pd

    plan = pd.DataFrame(plan_in(place)).drop(columns=[RUNNER, ASKS], errors="ignore")
    if plan.empty:
        return plan
    folder = Folder(place)
    results = Results(folder)
    columns = results.columns() or sorted(_spooled_columns(folder, plan["case"]))
    numbers = results.numbers(plan["case"].tolist(), columns)
    plan = plan.rename(columns={name: f"set.{name}" for name in plan.columns if name in numbers})
    done = np.array([folder.has(case) for case in plan["case"]], bool)
    return pd.concat([plan, pd.DataFrame(numbers)], axis=1)[done].reset_index(drop=True)


def _spooled_columns(folder: Folder, cases: Any) -> set[str]:
    found: set[str] = set()
    for case in cases:
        record = folder.spooled(case) if folder.has(case) and not folder.in_chunk(case) else None
        found |= set(record["numbers"]) if record else set()
    return found


def _ema(stage: Path, table: pd.DataFrame, study: Study, factors: Sequence[str]) -> None:
    """The pair that the EMA workbench's analyses take: a table of experiments, and arrays of outcomes by name.
    ``experiments = pandas.read_csv("experiments.csv"); outcomes = dict(numpy.load("outcomes.npz"))``.
    """
    read = {name for each in study.looked_at for name in each.columns}
    names = [name for name in factors if name in table and name not in read]
    experiments = table[[*names, "future"]].rename(columns={"future": "replication"})
    experiments = experiments.assign(scenario=table["point"], policy=table["scenario"], model="callsheet")
    experiments.to_csv(stage / "experiments.csv", index=False)
    nothing = np.full(len(table), np.nan)  # of an outcome that no run has
    columns = {name: table[name].to_numpy(float) if name in table else nothing
               for each in study.looked_at for name in each.columns}
    np.savez(stage / "outcomes.npz", **{each.name: each.of(columns) for each in study.looked_at})
