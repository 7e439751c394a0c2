"""The bytes that the page plays: weeks of a world's figures, of its map, and of where everyone is.

Addresses hold a key (thirty-two hex digits) and numbers in bounds; nothing else of a request is used.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from model import tables
from viz.runs.store import Store, is_key
from viz.runs.watch import ON_MAP
from viz.shown import columns

MOST_WEEKS = 1400
AT_ONCE = {1: 52, 10: 520}  # weeks of the board in an answer, by one in how many people; a page asks on for the rest
QUICK = 1  # level of compression
_ROW = (1 << 20) - 1
_NEW_CRAFT, _CHANGED_CRAFT = 20, 24


def weeks(request: Request) -> Response:
    """Weeks ``from`` to ``to`` of ``what`` (series, map or board) of the world of a key."""
    store: Store = request.app.state.store
    key, what = request.path_params["key"], request.path_params["what"]
    folder = store.weeks_of(key) if is_key(key) else None
    if folder is None or what not in ("series", "map", "board"):
        return PlainTextResponse("There is no such run here. Open the page again; it will be run anew.", 404)
    try:
        first, last = (_number(request, name, 0, MOST_WEEKS) for name in ("from", "to"))
        every = _number(request, "every", 1, 1000, default="10")
        craft = request.query_params.get("craft", "")
        code = tables.crafts().names.index(craft) if craft else -1
        if first > last or every not in AT_ONCE:
            raise ValueError
    except ValueError:
        return PlainTextResponse(
            f"Ask for weeks as from=0&to=52 (0 to {MOST_WEEKS}), every=1 or every=10, and a craft by its name.", 400)
    if what == "board":
        last = min(last, first + AT_ONCE[every])
    try:
        data = board(folder, first, last, every, code) if what == "board" else fixed(folder, what, first, last)
    except FileNotFoundError:
        return PlainTextResponse("The run has just ended; ask again.", 404)
    kept = "private, max-age=86400" if folder.parent == store.worlds else "no-store"
    headers = {"Cache-Control": kept, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):  # here, in a thread: elsewhere everybody would wait for it
        data, headers["Content-Encoding"] = gzip.compress(data, QUICK), "gzip"
    return Response(data, media_type="application/octet-stream", headers=headers)


def fixed(folder: Path, what: str, first: int, last: int) -> bytes:
    """Weeks of a file whose weeks are all of one size."""
    size = 8 * len(columns()) if what == "series" else 4 * len(ON_MAP) * len(tables.rows("districts.csv"))
    with (folder / f"{what}.bin").open("rb") as file:
        file.seek(first * size)
        data = file.read((last - first) * size)
    return data[: len(data) // size * size]


def board(folder: Path, first: int, last: int, every: int, craft: int) -> bytes:
    """Where people are, of one in ``every`` people (by row) or of the people of one craft (a code, -1 for all)."""
    at = np.fromfile(folder / "board.idx", "<u8", last - first + 1, offset=8 * first)
    if at.size < 2:
        return b""
    with (folder / "board.bin").open("rb") as file:
        file.seek(int(at[0]))
        words = np.frombuffer(file.read(int(at[-1] - at[0])), "<u4")
    if every == 1 and craft < 0:
        return words.tobytes()
    parts = []
    for week in ((at - at[0]) // 4).astype(int)[:-1]:
        n_new, n_changed = int(words[week]), int(words[week + 1])
        new = words[week + 2 : week + 2 + n_new]
        changed = words[week + 2 + n_new : week + 2 + n_new + n_changed]
        new, changed = _kept(new, _NEW_CRAFT, 31, every, craft), _kept(changed, _CHANGED_CRAFT, 255, every, craft)
        parts += [np.array([new.size, changed.size], "<u4"), new, changed]
    return np.concatenate(parts).tobytes()


def _kept(words: np.ndarray, shift: int, mask: int, every: int, craft: int) -> np.ndarray:
    keep = ((words & _ROW) % every == 0) if craft < 0 else (((words >> shift) & mask) == craft)
    return words[keep]


def _number(request: Request, name: str, low: int, high: int, default: str = "") -> int:
    text = request.query_params.get(name, default)
    if not text.isascii() or not text.isdecimal() or len(text) > 6 or not low <= int(text) <= high:
        raise ValueError(name)
    return int(text)
