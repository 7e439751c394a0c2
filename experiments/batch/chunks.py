"""Chunks: finished runs in compact Parquet files, each with a digest of what it holds in its footer.

Two files a chunk: numbers (a row a run: its name, every number, detail as JSON) and series (a row a step of a run).
What is written depends on the results alone, not on who ran them, where or when.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.batch.case import canonical
from experiments.batch.execute import Record
from model import atomic
from model.errors import CallSheetError

if TYPE_CHECKING:
    import pyarrow as pa

NUMBERS, SERIES = "numbers", "series"
CASE, DETAIL, STEP, CODE = "case", "detail", "step", "code"
_ABOUT = b"callsheet"  # key of the footer
_COMPRESSION = {"compression": "zstd", "compression_level": 3}


def write(folder: Path, records: Sequence[Record]) -> Path:
    """Write the chunk of some records, in their order; the path of its numbers. Series come first, so that a
    chunk whose numbers are there is whole.
    """
    cases = [each["case"] for each in records]
    name = hashlib.blake2b("".join(cases).encode(), digest_size=16).hexdigest()
    steps = _series(records)
    if steps is not None:
        _write(folder / f"{SERIES}-{name}.parquet", steps, cases)
    path = folder / f"{NUMBERS}-{name}.parquet"
    _write(path, _numbers(records), cases)
    return path


def _numbers(records: Sequence[Record]) -> pa.Table:
    import pyarrow as pa

    names = sorted({name for each in records for name in each["numbers"]})
    columns: dict[str, Any] = {CASE: pa.array([each["case"] for each in records], pa.string())}
    columns[CODE] = pa.array([each["code"] for each in records], pa.string())
    for name in names:
        columns[name] = pa.array([each["numbers"].get(name) for each in records], pa.float64())
    detail = [canonical(each["detail"]) if each["detail"] else None for each in records]
    if any(detail):
        columns[DETAIL] = pa.array(detail, pa.string())
    return pa.table(columns)


def _series(records: Sequence[Record]) -> pa.Table | None:
    import pyarrow as pa

    names = sorted({name for each in records for name in each["series"]})
    if not names:
        return None
    lengths = [max((len(values) for values in each["series"].values()), default=0) for each in records]
    columns: dict[str, Any] = {
        CASE: pa.array([each["case"] for each, n in zip(records, lengths, strict=True) for _ in range(n)], pa.string()),
        STEP: pa.array([k for n in lengths for k in range(n)], pa.int32()),
    }
    for name in names:
        values = [v for each, n in zip(records, lengths, strict=True) for v in each["series"].get(name, [None] * n)]
        columns[name] = pa.array(values, pa.float64()).cast(pa.float32())
    return pa.table(columns)


def _write(path: Path, table: pa.Table, cases: Sequence[str]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    about = {"format": 1, "cases": list(cases), "digest": digest(table)}
    table = table.replace_schema_metadata({_ABOUT: json.dumps(about).encode()})
    floats = {each.name: "BYTE_STREAM_SPLIT" for each in table.schema if pa.types.is_floating(each.type)}
    words = [each.name for each in table.schema if pa.types.is_string(each.type)]
    with atomic.written_whole(path) as temporary:
        pq.write_table(table, temporary, use_dictionary=words, column_encoding=floats, **_COMPRESSION)


def digest(table: pa.Table) -> str:
    """32 hex digits of what a table holds, whatever file it lies in."""
    import pyarrow as pa

    found = hashlib.blake2b(digest_size=16)
    for field in sorted(table.schema, key=lambda each: each.name):
        found.update(f"{field.name} {field.type} {table.num_rows}".encode())
        column = table.column(field.name)
        found.update(bytes(column.is_valid().to_numpy(zero_copy_only=False)))
        if pa.types.is_string(field.type):
            found.update("\0".join(each or "" for each in column.to_pylist()).encode())
        else:
            found.update(column.fill_null(0).to_numpy(zero_copy_only=False).tobytes())
    return found.hexdigest()


def cases_in(path: Path) -> list[str]:
    """The cases of a chunk, from its footer; raises a sentence for a file that is no chunk."""
    return _about(path)["cases"]


def codes_in(path: Path) -> dict[str, str]:
    """By case the name of the code it was run by."""
    import pyarrow.parquet as pq

    table = pq.read_table(path, columns=[CASE, CODE])
    return dict(zip(table.column(CASE).to_pylist(), table.column(CODE).to_pylist(), strict=True))


def _about(path: Path) -> dict[str, Any]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        about = json.loads((pq.read_schema(path).metadata or {})[_ABOUT])
        if isinstance(about["cases"], list) and isinstance(about["digest"], str):
            return about
    except (OSError, ValueError, KeyError, TypeError, RecursionError, pa.ArrowException):
        pass
    raise CallSheetError(_unreadable(path))


def _unreadable(path: Path) -> str:
    return (
        f"{path.name} is no chunk of results, or was cut short or changed. Remove it from the folder "
        f"{path.parent.name} and give the study again: what it held is run anew."
    )


def trouble_with(path: Path) -> str:
    """A sentence on a chunk whose content does not match its footer, or ""."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        about, table = _about(path), pq.read_table(path)
        there = dict.fromkeys(table.column(CASE).to_pylist())  # of series only the cases that have some
        sound = digest(table) == about["digest"] and list(there) in (
            about["cases"], [each for each in about["cases"] if each in there]
        )
    except (OSError, ValueError, KeyError, pa.ArrowException):
        return _unreadable(path)
    except CallSheetError as trouble:
        return str(trouble)
    if not sound:
        return (
            f"{path.name} does not hold what was written: it was changed afterwards. Remove it from the folder "
            f"{path.parent.name} and give the study again: what it held is run anew."
        )
    return ""
