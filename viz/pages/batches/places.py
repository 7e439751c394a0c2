"""Which studies there are: folders below one root, by names that are found there and never by a visitor's path."""

from __future__ import annotations

from pathlib import Path

from experiments.batch.folder import CHUNKS, FAILURES, SPOOL
from experiments.study.session import ANSWER, MANIFEST, PLAN, STUDY
from model.errors import CallSheetError, UnknownName, nearest, sentences

SETTING, HOME = "CALLSHEET_STUDIES", "out"
BELOW = "studies"  # a folder of the root that may hold studies, as the command line makes it
MOST_LISTED, LONGEST_NAME = 200, 120
OWN = (STUDY, ANSWER, MANIFEST, PLAN, CHUNKS, SPOOL, FAILURES)


def root(place: Path) -> Path | None:
    """The folder that the server shows studies of; None if it is not there."""
    return place if place.is_dir() else None


def studies(home: Path | None) -> dict[str, Path]:
    """The folders of studies by name, those that changed last first."""
    if home is None:
        return {}
    found = {}
    for prefix, place in (("", home), (f"{BELOW}/", home / BELOW)):
        for each in _folders(place, home):
            if (each / STUDY).is_file():
                found[prefix + each.name] = each
    newest = sorted(found.items(), key=lambda one: -_changed(one[1]))
    return dict(newest[:MOST_LISTED])


def place_of(home: Path | None, name: str) -> Path:
    """The folder of a study that is listed; raises a sentence for any other name, and for one that leads elsewhere."""
    there = studies(home)
    if name not in there:
        raise UnknownName(sentences(f"There is no study {name[:60]!r} in the folder of this server.",
                                    nearest(name, there)))
    place = there[name]
    inside = place.resolve()
    for each in OWN:
        if not (place / each).resolve().is_relative_to(inside):
            raise CallSheetError(f"{each} of {name} is a link that leads out of its folder. It is not read.")
    if any(each.is_symlink() for kind in (CHUNKS, SPOOL, FAILURES) for each in (place / kind).glob("*")):
        raise CallSheetError(f"The results of {name} hold links to other files. They are not read.")
    return place


def _folders(place: Path, home: Path) -> list[Path]:
    try:
        there = sorted(place.iterdir())
    except OSError:
        return []
    inside = home.resolve()
    return [each for each in there
            if _plain(each.name) and each.is_dir() and each.resolve().is_relative_to(inside)]


def _plain(name: str) -> bool:
    return not name.startswith(".") and name.isprintable() and len(name) <= LONGEST_NAME


def _changed(place: Path) -> float:
    """When a study last changed: its manifest, or else its definition."""
    for name in (MANIFEST, STUDY):
        try:
            return (place / name).stat().st_mtime
        except OSError:
            continue
    return 0.0
