"""A digest on disk: one compressed file of plain arrays, written whole or not at all, and read with suspicion."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from model import archives, atomic
from model.errors import CallSheetError

FORMAT = 1  # grows when something is added; every earlier format can be read
HEAD = "head"
MOST_BYTES, MOST_UNPACKED, MOST_PARTS = 16 << 20, 64 << 20, 64
_DAMAGED = "it is damaged or cut short. Run the comparison again."


def write(path: Path, head: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> None:
    """Write head and arrays as one file."""
    text = json.dumps({"format": FORMAT, **head}, sort_keys=True, separators=(",", ":")).encode()
    with atomic.written_whole(Path(path).with_suffix(".npz")) as temporary:
        archives.write_arrays(temporary, {HEAD: np.frombuffer(text, np.uint8), **arrays}, compressed=True)


def read(path: Path) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Head and arrays of a file; a sentence for one that is too large, damaged, or of a newer format."""
    path = Path(path)
    what = f"The digest {path.name}"
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CallSheetError(f"{what} has {path.stat().st_size:,} bytes, more than {MOST_BYTES:,}; that is not "
                                 "ours.")
        with zipfile.ZipFile(path) as inside:
            parts = inside.infolist()
        if len(parts) > MOST_PARTS or sum(each.file_size for each in parts) > MOST_UNPACKED:
            raise CallSheetError(f"{what} would unpack to more than {MOST_UNPACKED:,} bytes; that is not ours.")
        arrays = archives.read_arrays(path)
        head = json.loads(arrays.pop(HEAD).tobytes())
    except CallSheetError as trouble:
        if not isinstance(trouble, archives.Unreadable):
            raise
        raise CallSheetError(f"{what} cannot be read: {_DAMAGED}") from trouble
    except (OSError, ValueError, KeyError, RuntimeError, zipfile.BadZipFile) as trouble:
        raise CallSheetError(f"{what} cannot be read: {_DAMAGED}") from trouble
    found = head.get("format") if isinstance(head, dict) else None
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        raise CallSheetError(f"{what} has no format number; it is not of this program.")
    if found > FORMAT:
        raise CallSheetError(f"{what} has format {found}; this program reads up to {FORMAT}. Use a newer version of "
                             "Call Sheet.")
    return head, arrays


def check(name: str, arrays: Mapping[str, np.ndarray], shapes: Mapping[str, tuple[str, tuple[int, ...]]],
          optional: frozenset[str], may_lack: frozenset[str]) -> None:
    """Every array has its kind of number and its shape, and all are finite but those that ``may_lack`` values."""
    for each, (kind, shape) in shapes.items():
        if each not in arrays:
            if each in optional:
                continue
            raise CallSheetError(f"The digest {name} lacks {each}: {_DAMAGED}")
        values = arrays[each]
        if values.dtype.kind != kind or values.shape != shape:
            raise CallSheetError(f"The digest {name} holds {each} in another shape than its head says: {_DAMAGED}")
        if kind == "f" and each not in may_lack and not np.isfinite(values).all():
            raise CallSheetError(f"The digest {name} holds a value in {each} that is no number: {_DAMAGED}")
