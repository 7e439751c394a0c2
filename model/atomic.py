"""Files and folders that are there whole or not at all: written beside their place, made durable, then
renamed.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from model.errors import Failure

UNFINISHED = ".callsheet-"  # how the name of a file begins that is not finished
MANIFEST = "manifest.json"  # of a folder, says what else lies in it, and so is replaced last


def _umask() -> int:
    mask = os.umask(0)  # there is no way to read it alone
    os.umask(mask)
    return mask


_MASK = _umask()  # read once, before there are threads whose files it would open to all


def write_file(path: Path, content: str | bytes) -> None:
    """Write one file whole; raises `Failure` with a sentence and leaves what was there before."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    with written_whole(path) as temporary:
        temporary.write_bytes(data)


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A temporary file to write; it takes the place of `path` when the block ends well and vanishes when
    it does not.
    """
    with _refusals(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=UNFINISHED, suffix=path.suffix, dir=path.parent)
        os.close(handle)
    temporary = Path(name)
    try:
        with _refusals(path):
            yield temporary
            os.chmod(temporary, 0o666 & ~_MASK)
            _durable(temporary)
            os.replace(temporary, path)
            _durable(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def folder(path: Path) -> Iterator[Path]:
    """A temporary folder to fill; when the block ends well its files come to lie in `path`, else it vanishes.

    A new `path` appears in one step. In one that exists files of the same names are replaced, one by one and
    undisturbed by Ctrl-C, and all others are left alone. Fails at once, before any work is done, when `path`
    cannot be written.
    """
    path = Path(os.path.abspath(path))
    if path.exists() and not path.is_dir():
        raise Failure(f"{path.name} is a file, not a folder. Choose another folder with --out.")
    with _refusals(path):
        inside = path if path.is_dir() else path.parent
        inside.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=inside))
    try:
        yield temporary  # what fails in here is not for this file to word, but nothing of it stays
        with _refusals(path):
            os.chmod(temporary, 0o777 & ~_MASK)
            for each in sorted(temporary.rglob("*")):
                _durable(each)
            with _undisturbed():
                if path.is_dir():
                    _move_into(temporary, path)
                else:
                    os.rename(temporary, path)
                _durable(path.parent)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _move_into(source: Path, target: Path) -> None:
    for each in sorted(source.iterdir(), key=lambda each: (each.name == MANIFEST, each.name)):
        place = target / each.name
        if each.is_dir():
            old = source / f"{UNFINISHED}{each.name}"
            if place.exists():
                os.rename(place, old)
            os.rename(each, place)
        else:
            os.replace(each, place)


def _durable(path: Path) -> None:
    """Wait until the disk has it; an error of the disk shows here rather than never."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as trouble:
        if trouble.errno not in (errno.EINVAL, errno.ENOTSUP):  # some file systems cannot say
            raise
    finally:
        os.close(handle)


@contextmanager
def _refusals(path: Path) -> Iterator[None]:
    """What the operating system refuses to write, as sentences."""
    try:
        yield
    except OSError as trouble:
        if trouble.errno in (errno.ENOSPC, errno.EDQUOT):
            text = f"The disk is full; {path.name} was not written. Make room, or choose another place."
        elif trouble.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            text = f"{path.name} cannot be written here: no permission. Choose another place with --out."
        else:
            text = f"{path.name} could not be written: {(trouble.strerror or str(trouble)).lower()}."
        raise Failure(text) from trouble


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold interrupts back until the block has ended."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    waiting: list[int] = []
    held: dict[int, Callable | int | None] = {}
    for each in (signal.SIGINT, signal.SIGTERM):
        held[each] = signal.signal(each, lambda number, frame: waiting.append(number))
    try:
        yield
    finally:
        for each, handler in held.items():
            signal.signal(each, signal.SIG_DFL if handler is None else handler)  # None: not set from Python
        for number in waiting[:1]:
            signal.raise_signal(number)
