"""The results of a study's runs, read back in the order in which they are asked for; DuckDB reads the chunks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from glob import escape
from pathlib import Path
from typing import Any

import numpy as np

from experiments.batch import chunks
from experiments.batch.folder import Folder
from experiments.study.outcomes import Outcome
from model.errors import CallSheetError

_AT_ONCE = 400  # chunk files a query opens


class Results:
    """What a folder holds of some cases; those that failed or have not been run are NaN."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder

    def numbers(self, cases: Sequence[str], columns: Iterable[str]) -> dict[str, np.ndarray]:
        """Columns by name, each with one float a case, in the order of ``cases``."""
        columns = list(dict.fromkeys(columns))
        found = {name: np.full(len(cases), np.nan) for name in columns}
        at = {case: k for k, case in enumerate(dict.fromkeys(cases))}
        values = {name: np.full(len(at), np.nan) for name in columns}
        for table in self._tables(at, columns):
            rows = np.array([at.get(case, -1) for case in table[chunks.CASE]], int)
            for name in columns:
                if name in table:
                    values[name][rows[rows >= 0]] = np.ma.filled(table[name], np.nan)[rows >= 0]
        for case in at:
            record = None if self.folder.in_chunk(case) or not self.folder.has(case) else self.folder.spooled(case)
            for name in columns if record else ():
                value = record["numbers"].get(name)
                values[name][at[case]] = np.nan if value is None else value
        index = np.array([at[case] for case in cases], int)
        for name in columns:
            found[name] = values[name][index] if len(cases) else found[name]
        return found

    def outcome(self, cases: Sequence[str], outcome: Outcome) -> np.ndarray:
        """The values of an outcome, one a case."""
        return outcome.of(self.numbers(cases, outcome.columns))

    def columns(self) -> list[str]:
        """Every number that any chunk holds."""
        import pyarrow.parquet as pq

        about = (chunks.CASE, chunks.CODE, chunks.DETAIL)
        names = {name for path in self.folder.chunk_files() for name in pq.read_schema(path).names}
        return sorted(names.difference(about))

    def details(self, cases: Sequence[str]) -> dict[str, Any]:
        """The detail of cases, by case."""
        import json

        found = {}
        for table in self._tables(dict.fromkeys(cases), [chunks.DETAIL]):
            for case, text in zip(table[chunks.CASE], table.get(chunks.DETAIL, []), strict=False):
                if text and case not in found:
                    found[case] = json.loads(text)
        for case in cases:
            if case not in found and self.folder.has(case) and not self.folder.in_chunk(case):
                found[case] = (self.folder.spooled(case) or {}).get("detail")
        return found

    def series(self, cases: Sequence[str], name: str) -> np.ndarray:
        """One series of cases that have it, (cases, steps), in their order; shorter ones end in NaN. Of runs that are
        in a chunk: a report is made when they are.
        """
        import pyarrow.parquet as pq

        paths = [path.with_name(path.name.replace(chunks.NUMBERS, chunks.SERIES, 1))
                 for path in self.folder.chunks_of(cases)]
        paths = [path for path in paths if path.is_file() and name in pq.read_schema(path).names]
        if not paths:
            return np.zeros((0, 0))
        query = f'select "{chunks.CASE}", "{chunks.STEP}", "{_quoted(name)}" as value from read_parquet(?, ' \
                "union_by_name=true)"
        table = _asked(query, paths)
        at = {case: k for k, case in enumerate(cases)}
        rows = np.array([at.get(case, -1) for case in table[chunks.CASE]], int)
        steps = np.asarray(table[chunks.STEP], int)
        out = np.full((len(cases), int(steps.max(initial=-1)) + 1), np.nan)
        mine = rows >= 0
        out[rows[mine], steps[mine]] = np.ma.filled(np.ma.asarray(table["value"], float), np.nan)[mine]
        return out[~np.isnan(out).all(axis=1)]

    def _tables(self, cases: Iterable[str], columns: Sequence[str]) -> Iterable[dict[str, Any]]:
        import pyarrow.parquet as pq

        paths = self.folder.chunks_of(cases)
        for first in range(0, len(paths), _AT_ONCE):
            some = paths[first : first + _AT_ONCE]
            there = {name for path in some for name in pq.read_schema(path).names}
            chosen = [name for name in (chunks.CASE, *columns) if name in there]
            listed = ", ".join(f'"{_quoted(name)}"' for name in chosen)
            yield _asked(f"select {listed} from read_parquet(?, union_by_name=true)", some)


def _asked(query: str, paths: Sequence[Path]) -> dict[str, Any]:
    """What a query finds in these files and no others: DuckDB would take brackets and stars in a name as a pattern."""
    import duckdb

    try:
        with duckdb.connect() as base:
            return base.execute(query, [[escape(str(path)) for path in paths]]).fetchnumpy()
    except duckdb.Error as trouble:
        raise CallSheetError(
            f"The results cannot be read ({str(trouble).splitlines()[0][:120]}). `callsheet study verify` says which "
            "file was changed or cut short."
        ) from None


def _quoted(name: str) -> str:
    return name.replace('"', '""')
