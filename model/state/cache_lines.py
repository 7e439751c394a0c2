"""Arrays whose rows lie in whole cache lines: a row that is fetched at random then costs one wait, not two."""

from __future__ import annotations

import numpy as np
from numpy.typing import DTypeLike

from model.kernels import LINE


def in_whole_lines(record: np.dtype) -> np.dtype:
    """The same record, made as long as whole cache lines if it fills half of one or more."""
    if record.itemsize < LINE // 2:
        return record
    fields = {name: record.fields[name] for name in record.names}
    return np.dtype({
        "names": list(fields), "formats": [kind for kind, _ in fields.values()],
        "offsets": [offset for _, offset in fields.values()], "itemsize": -(-record.itemsize // LINE) * LINE,
    })


def zeros_in_lines(shape: int | tuple[int, ...], kind: DTypeLike) -> np.ndarray:
    """Zeros like ``np.zeros``, of which the first begins a cache line."""
    kind = np.dtype(kind)
    size = int(np.prod(shape)) * kind.itemsize
    room = np.zeros(size + LINE, np.uint8)
    start = -room.ctypes.data % LINE
    return room[start : start + size].view(kind).reshape(shape)
