"""How far a study is: running, done, failed in part, or stopped; from its files, read anew each time."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.batch.folder import Folder, busy
from experiments.study.report.told import manifest_of
from experiments.study.session import ANSWER, MANIFEST, PLAN, STUDY, cases_in, study_in
from model.errors import CallSheetError

RUNNING, DONE, FAILED, STOPPED, UNREAD = "running", "done", "failed", "stopped", "unread"
GLYPHS = {RUNNING: "▶", DONE: "✓", FAILED: "✕", STOPPED: "■", UNREAD: "?"}
LONGEST = 200


@dataclass(frozen=True)
class State:
    """One study as it is now."""

    word: str
    said: str
    title: str = ""
    question: str = ""
    date: str = ""
    model: str = ""

    @property
    def glyph(self) -> str:
        """A mark, so that no state is told by color."""
        return GLYPHS[self.word]


def state_of(place: Path, folder: Folder | None = None) -> State:
    """How far a study is; never raises. ``folder`` are its results, where they have been read already."""
    try:
        study = study_in(place)
    except CallSheetError as trouble:
        return State(UNREAD, str(trouble), date=_date(place, {}))
    manifest = manifest_of(place)
    about = {"title": study.title, "question": study.question, "date": _date(place, manifest),
             "model": str(manifest.get("model") or "")[:64]}
    try:
        return State(*_told(place, manifest, folder), **about)
    except (CallSheetError, OSError) as trouble:
        return State(UNREAD, str(trouble)[:LONGEST], **about)


def _told(place: Path, manifest: dict[str, Any], folder: Folder | None) -> tuple[str, str]:
    working = busy(place)
    counts = None if working or _begun_again(place) else _counted_before(manifest)
    planned, done, failed = counts or progress(place, folder)
    if working:
        more = f", {failed:,} failed so far" if failed else ""
        return RUNNING, f"running: {done + failed:,} of {planned:,} runs planned so far{more}"
    if done + failed < planned or not (place / ANSWER).is_file():
        return STOPPED, f"stopped after {done + failed:,} of {planned:,} runs" if planned else "not begun"
    if failed:
        return FAILED, f"done: {failed:,} of {planned:,} runs failed"
    return DONE, f"done: {planned:,} runs"


def _begun_again(place: Path) -> bool:
    """Whether the plan was written after the manifest, which ends a session: a later one was killed, and left none."""
    try:
        return (place / PLAN).stat().st_mtime > (place / MANIFEST).stat().st_mtime
    except OSError:
        return True


def _counted_before(manifest: dict[str, Any]) -> tuple[int, int, int] | None:
    """(planned, done, failed) as the last session counted them; None where it did not."""
    numbers = [manifest.get(name) for name in ("runs", "run_before", "run_now", "failed")]
    if not all(isinstance(each, int) and each >= 0 for each in numbers):
        return None
    planned, before, now, failed = numbers
    return planned, before + now, failed


def progress(place: Path, folder: Folder | None = None) -> tuple[int, int, int]:
    """(planned, done, failed) as the files say it."""
    folder, planned = Folder(place) if folder is None else folder, cases_in(place)
    return len(planned), sum(folder.has(each) for each in planned), sum(each in folder.failed for each in planned)


def _date(place: Path, manifest: dict[str, Any]) -> str:
    ended = manifest.get("ended")
    if isinstance(ended, str) and len(ended) >= 10:
        return ended[:10]
    try:
        return time.strftime("%Y-%m-%d", time.gmtime((place / STUDY).stat().st_mtime))
    except OSError:
        return ""
