"""The address is the state: what differs from the scenario, in a fixed order, and nothing else.

``compare?s=larger_credit&vs=ai_first&lever.TaxCredit.rate=0.45&w=212&m=crew_weeks&by=craft``. Reading never fails: what
is unknown or out of range is set right and said in a notice, with a link to the address as it is understood.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from experiments.answer.wording import uncapitalized
from experiments.page.page import version_of_package
from model import measures
from model.errors import CallSheetError, nearest, sentences, shown
from model.levers import lever_classes
from model.parameter import KINDS
from model.parameters import Params
from model.scenario import Scenario
from viz import settings
from viz.ranges import in_unit, range_said
from viz.view import (
    BATCHES,
    CLAIMS,
    COMPARE,
    MARKET,
    METHOD,
    OPENED_ON,
    PAGES,
    POSTERIOR,
    SIMULATE,
    START,
    STORY,
    TABS,
    WAYS,
    Notice,
    View,
    named,
)

LONGEST, MOST_PARTS, LONGEST_VALUE = 4000, 100, 200
# What pages of runs know besides, in the order in which it is written.
EXTRA = ("market", "by", "who", "pick", "craft", "home", "experience", "like", "k", "sort", "down", "band", "table",
         "levers")
# Pages that check what else an address says themselves.
OWN_WORDS = (METHOD, CLAIMS, BATCHES, STORY)
# Names of earlier versions, and of the command line.
OLD_NAMES = {"scenario": "s", "against": "vs", "futures": "n", "week": "w", "measure": "m",
             "tax_credit.rate": "lever.TaxCredit.rate", "tax_credit.cap": "lever.TaxCredit.cap"}


def write(view: View, root: str = "") -> str:
    """The address of a view, relative to ``root``."""
    base = View()
    parts = [("s", view.name)] if view.name != OPENED_ON or view.page != START else []
    if view.against:
        parts.append(("vs", view.against))
    parts += sorted(view.edits.items())
    if view.futures != base.futures:
        parts.append(("n", str(view.futures)))
    if view.week:
        parts.append(("w", str(view.week)))
    if view.measure != base.measure:
        parts.append(("m", view.measure))
    order = {key: at for at, key in enumerate(EXTRA)}
    parts += [(key, str(view.extra[key])) for key in sorted(view.extra, key=lambda each: (order.get(each, 99), each))
              if view.extra[key]]
    query = urlencode(parts, safe=",:")
    return f"{root}{view.page or './'}" + (f"?{query}" if query else "")


def read(path: str, search: str | None) -> tuple[View, list[Notice]]:
    """The view that an address asks for, and what had to be set right."""
    notices: list[Notice] = []
    page = path.strip("/").split("/")[0]
    if page not in PAGES:
        notices.append(Notice(f"There is no page {shown(page)}. This is the start.", "./", "To the start"))
        page = START
    given = _pairs(search or "", notices)
    view = View(page)
    name = given.pop("s", OPENED_ON)
    if name not in Scenario.names():
        notices.append(Notice(sentences(f"There is no scenario {shown(name)}.", nearest(name, Scenario.names()),
                                        f"{named(OPENED_ON).title} is shown.")))
        name = OPENED_ON
    view = replace(view, name=name)
    against = given.pop("vs", "")
    if against and against not in Scenario.names():
        notices.append(Notice(sentences(f"There is no scenario {shown(against)} to compare with.",
                                        nearest(against, Scenario.names()))))
        against = ""
    version = given.pop("v", "")
    if version and version != version_of_package():
        notices.append(Notice(f"This link was made with version {version[:20]}; this is {version_of_package()}, and "
                              "results may differ.", "method?tab=limits", "What changed"))
    view = replace(
        view, against=against,
        futures=_whole(given.pop("n", ""), view.futures, 1, settings.in_force().futures, "futures", "This server",
                       notices),
        week=_whole(given.pop("w", ""), 0, 0, named(name).weeks - 1, "week", "The page", notices),
        measure=_measure(given.pop("m", ""), view.measure, notices),
        extra={key: value for key in EXTRA if (value := given.pop(key, ""))},
    )  # fmt: skip
    for key, value in given.items():
        prefix, _, inner = key.partition(".")
        if prefix in ("set", "lever") and inner:
            view = _with_edit(view, key, value, notices)
        elif page in OWN_WORDS and key.isascii() and key.isalnum():
            view = replace(view, extra={**view.extra, key: value})
        else:
            notices.append(Notice(f"The link says {shown(key)}, which is not known; it is left aside."))
    return _together(_with_known_states(view, notices), notices), notices


def _pairs(search: str, notices: list[Notice]) -> dict[str, str]:
    search = search.removeprefix("?")
    if len(search) > LONGEST:
        notices.append(Notice(f"The link has {len(search):,} characters, more than {LONGEST:,}; its settings are left "
                              "aside."))
        return {}
    try:
        pairs = parse_qsl(search, True, errors="replace", max_num_fields=MOST_PARTS)
    except ValueError:
        notices.append(Notice(f"The link has more than {MOST_PARTS} settings; they are left aside."))
        return {}
    found: dict[str, str] = {}
    for key, value in pairs:
        if len(value) > LONGEST_VALUE:
            notices.append(Notice(f"The link gives {shown(key)} {len(value):,} characters; that is left aside."))
        else:
            found[OLD_NAMES.get(key, key)] = "".join(each for each in value if each.isprintable())
    return found


def _whole(text: str, standard: int, low: int, high: int, what: str, who: str, notices: list[Notice]) -> int:
    """A whole number that ``who`` allows from ``low`` to ``high``; anything else is set right and said."""
    if not text:
        return standard
    if not text.removeprefix("-").isdecimal() or len(text) > 9:
        usual = min(standard, high)
        notices.append(Notice(f"The link asks for {what} {shown(text)}, which is no whole number. {who} allows "
                              f"{low:,} to {high:,}; {usual:,} is used."))
        return usual
    value = min(max(int(text), low), high)
    if value != int(text):
        notices.append(Notice(f"The link asks for {what} {int(text):,}. {who} allows {low:,} to {high:,}, so "
                              f"{value:,} is used."))
    return value


def _with_known_states(view: View, notices: list[Notice]) -> View:
    """The view without those of its states that its page does not know."""
    kept = dict(view.extra)
    for key, known in _states(view.page).items():
        if kept.get(key, known[0]) not in known:
            notices.append(Notice(sentences(f"The link says {key} is {shown(kept.pop(key))}, which is not known; it is "
                                            "left aside.", nearest(view.extra[key], known))))
    return replace(view, extra=kept)


def _states(page: str) -> Mapping[str, Sequence[str]]:
    """What a page knows for each key of an address that is one of a few words and is checked nowhere else."""
    return {COMPARE: {"by": tuple(WAYS), MARKET: (POSTERIOR,), "band": ("1",), "table": ("1",)},
            METHOD: {"tab": tuple(dict(TABS)), "kind": KINDS}, SIMULATE: {"levers": ("all",)}}.get(page, {})


def _measure(name: str, standard: str, notices: list[Notice]) -> str:
    if name and name not in measures.measures():
        notices.append(Notice(sentences(f"There is no measure {shown(name)}.", nearest(name, measures.measures()),
                                        f"{measures.measure(standard).label} is shown." if standard else "")))
        return standard
    return name or standard


def _with_edit(view: View, key: str, value: str, notices: list[Notice]) -> View:
    """The view with one more edit, set right if it is out of range, left aside if it cannot be understood."""
    try:
        edits = {**view.edits, key: value}
        kept = replace(view, edits=edits)
        kept.scenario  # noqa: B018 - building it is the check
        return kept
    except CallSheetError as trouble:
        bounds = _bounds(key)
        number = _number(value)
        if bounds is None or number is None:
            notices.append(Notice(f"{trouble} The link's value is left aside."))
            return view
        low, high, label, unit = bounds
        near = f"{min(max(number, low), high):g}"
        try:
            kept = replace(view, edits={**view.edits, key: near})
            kept.scenario  # noqa: B018
        except CallSheetError:
            notices.append(Notice(f"{trouble} The link's value is left aside."))
            return view
        notices.append(Notice(f"The link asks for {uncapitalized(label)} of {in_unit(number, unit)}. The model "
                              f"allows {range_said(low, high, unit)}, so {in_unit(float(near), unit)} is used."))
        return kept


def _together(view: View, notices: list[Notice]) -> View:
    """What is legal part by part may not be legal together."""
    try:
        view.scenario, view.other  # noqa: B018
        return view
    except CallSheetError as trouble:
        notices.append(Notice(f"{trouble} The scenario is shown without the link's edits."))
        return replace(view, edits={})


def _bounds(key: str) -> tuple[float, float, str, str] | None:
    """Least, most, label and unit of what an edit sets; None for what is no such number."""
    prefix, _, inner = key.partition(".")
    if prefix == "set" and inner in Params.load():
        about = Params.load().about(inner)
        return (*map(float, about.range), about.label, about.unit)
    lever, _, knob = inner.partition(".")
    knobs: Mapping = lever_classes()[lever].knobs if lever in lever_classes() else {}
    if knob in knobs:
        return knobs[knob].low, knobs[knob].high, knobs[knob].label, knobs[knob].unit
    return None


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if value == value and abs(value) != float("inf") else None
