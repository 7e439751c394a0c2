"""Numbers: every parameter with its range, its kind, who says so, why, and what reads it; then levers and tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from markupsafe import Markup

from model.parameter import KINDS as KINDS_OF_PARAMETERS
from model.parameter import Parameter, Saying
from model.parameters import Params
from model.tables import kinds
from model.vocabulary import WORKING_STAGES, Area
from viz.fragments import Fragment, render
from viz.levers_panel import movable
from viz.pages.method.levers import Told, levers
from viz.pages.method.readers import readers
from viz.pages.method.seed_tables import seed_tables
from viz.parts.tips import source_value_said
from viz.ranges import range_said

MEANT = {
    "datum": "printed in a source",
    "estimate": "worked out from sources",
    "claim": "asserted by an interested party, not checked",
    "assumption": "what we chose, with a range and a reason; sources beside it say what was found and do not settle it",
    "calibrated": "chosen so that the model meets facts it was fitted to",
    "policy": "a rule or definition that someone set",
}
MOST_SEARCHED = 200  # letters of a search that are looked at


@dataclass(frozen=True)
class Said:
    """What one source says of a number."""

    id: str
    title: str
    url: str
    date: str
    value: str
    note: str


@dataclass(frozen=True)
class Row:
    """A parameter as the table shows it; ``words`` is what a search looks at, in small letters."""

    name: str
    group: str
    label: str
    values: tuple[tuple[str, str], ...]  # of what, and the value with its unit
    range: str
    kind: str
    says: tuple[Said, ...]
    why: str
    readers: tuple[str, ...]  # from model/ on
    words: str


def tab(kind: str = "", search: str = "") -> Fragment:
    """The tab; ``kind`` leaves the parameters of one kind of knowledge, ``search`` those that speak of its words."""
    kind = kind if kind in KINDS_OF_PARAMETERS else ""
    wanted = search[:MOST_SEARCHED].lower().split()
    shown = [each for each in rows() if not kind or each.kind == kind]
    found, pulled = _speaking(shown, wanted), _speaking(levers(), wanted)
    groups: dict[str, list[Row]] = {}  # by file
    for each in shown:
        groups.setdefault(each.group, []).append(each)
    counts = Counter(each.kind for each in rows())
    top = render("method/numbers.html.j2", kind=kind, search=search[:MOST_SEARCHED], groups=groups, found=found,
                 shown=len(shown), all=len(rows()), counts=[(each, counts[each]) for each in KINDS_OF_PARAMETERS],
                 meant=MEANT, breakable=breakable, pulled=len(pulled), levers=len(levers()))
    return _counted() + top + render("method/levers.html.j2", levers=levers(), found=pulled) + _tables()


def _speaking(of: Iterable[Row | Told], wanted: Sequence[str]) -> set[str]:
    """Names of those that speak of every word."""
    return {each.name for each in of if all(word in each.words for word in wanted)}


def _counted() -> Fragment:
    """Why other pages count fewer parameters."""
    return render("method/counted.html.j2", all=len(rows()), movable=len(movable(Params.load())))


@cache
def _tables() -> Fragment:
    return render("method/tables.html.j2", tables=seed_tables())


@cache
def rows() -> tuple[Row, ...]:
    """Every parameter, in the order of the files."""
    params, read = Params.load(), readers()
    return tuple(_row(params, params.about(name), read[name]) for name in params.names())


def _row(params: Params, about: Parameter, read: tuple[str, ...]) -> Row:
    says = tuple(_said(params, about, each) for each in about.says)
    words = " ".join([about.name, about.label, about.unit, about.kind, about.why,
                      *(f"{each.id} {each.title} {each.note}" for each in says), *read])
    return Row(about.name, about.name.partition(".")[0], about.label, _values(about), _range(about), about.kind, says,
               about.why, tuple(each.removeprefix("model/") for each in read), " ".join(words.lower().split()))


def breakable(name: str) -> Markup:
    """A name that may go on in the next line behind a point, a stroke or an underscore."""
    return Markup("<wbr>").join(re.findall(r"[^._/]*[._/]?", name))


def _values(about: Parameter) -> tuple[tuple[str, str], ...]:
    """One value, or one for each kind of title, stage or area, by their names; once if they are all alike."""
    if not isinstance(about.value, tuple):
        return (("", about.say()),)
    names = {kinds().n: kinds().labels, len(WORKING_STAGES): _names(WORKING_STAGES), len(Area): _names(Area)}
    of = names.get(len(about.value), tuple(str(at) for at in range(1, len(about.value) + 1)))
    if len(set(about.value)) == 1:
        return (("each", about.say(about.value[0])),)
    return tuple((name, about.say(value)) for name, value in zip(of, about.value, strict=True))


def _names(codes: Any) -> tuple[str, ...]:
    return tuple("Effects" if each.name == "VFX" else each.name.capitalize() for each in codes)


def _range(about: Parameter) -> str:
    return "off or on" if isinstance(about.value, bool) else range_said(*about.range, about.unit)


def _said(params: Params, about: Parameter, saying: Saying) -> Said:
    source = params.sources.get(saying.source)
    title, url, day = (source.title, source.url, source.date) if source else (saying.source, "", "")
    return Said(saying.source, title, url, day, source_value_said(about, saying.value), saying.note)


