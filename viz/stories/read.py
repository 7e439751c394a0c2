"""Stories as they are written: a head in YAML, then scenes set apart by rules, each with a state of the app.

No number is typed into a story. A name in braces stands for it: {crew_weeks.change} for a result, {claim:C1} for what
was announced, {parameter:ai_tasks.capability} for a parameter, {measure:crew_weeks} for what a measure is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from experiments.claims.declared import claim
from model.errors import CallSheetError, UnknownName, nearest, sentences
from model.measures import measure
from model.parameters import Params
from model.safe_yaml import is_number, read_yaml
from viz import url
from viz.view import COMPARE, PAGES, SURFACE_OF

MOST_BYTES, MOST_SCENES, LONGEST_SCENE, LONGEST_LINE, MOST_MINUTES = 32_768, 8, 700, 120, 15
PLACEHOLDER = re.compile(r"\{([a-z]+:)?([A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*)\}")
_YEAR = re.compile(r"\b20[1-3][0-9]\b")
_SCENE = re.compile(r"## (?P<title>[^\n]+)\n(?P<text>.*?)\n```scene\n(?P<setup>.*?)\n```\s*", re.DOTALL)
BREAK_EVEN = "break-even"  # the maps of where work neither grows nor shrinks, which come with the app
_KINDS = ("claim:", "parameter:", "measure:")


@dataclass(frozen=True)
class Bet:
    """What the visitor draws before the model's line shows; ``truth`` names the finding that holds it, or nothing."""

    title: str
    unit: str
    first: int
    last: int
    start: float
    low: float
    high: float
    truth: str = ""
    says: str = ""


@dataclass(frozen=True)
class Scene:
    """A heading, a few sentences in Markdown, and the state of the app that they speak of; ``part`` what is shown of it
    where its page has to be run first.
    """

    title: str
    text: str
    at: str
    bet: Bet | None = None
    part: str = ""

    @property
    def state(self) -> tuple[str, dict[str, str]]:
        """The page, and its state."""
        parts = urlsplit(self.at)
        return parts.path, dict(parse_qsl(parts.query))

    @property
    def needs(self) -> frozenset[str]:
        """The results that its text and its bet name."""
        words = f"{self.text} {self.bet.says if self.bet else ''}"
        found = {name for kind, name in placeholders(words) if not kind}
        return frozenset(found | ({self.bet.truth} if self.bet and self.bet.truth else set()))


@dataclass(frozen=True)
class Story:
    """A question and the scenes that answer it."""

    name: str
    title: str
    question: str
    minutes: int
    scenes: tuple[Scene, ...]

    @property
    def needs(self) -> frozenset[str]:
        """The results that have to be there before it can be told."""
        return frozenset().union(*(scene.needs for scene in self.scenes))


def placeholders(text: str) -> Iterator[tuple[str, str]]:
    """(kind, name) of every name in braces; the kind of a result is empty."""
    return ((match[1] or "", match[2]) for match in PLACEHOLDER.finditer(text))


@cache
def stories() -> dict[str, Story]:
    """Every story by name, in the order of their names; "Check the claim" first."""
    shelf = resources.files("viz.stories")
    found = [parse(file.name.removesuffix(".md"), file.read_bytes()) for file in shelf.iterdir()
             if file.name.endswith(".md")]
    return {each.name: each for each in sorted(found, key=lambda each: (each.name != "claim", each.name))}


def story(name: str) -> Story:
    """One story; a sentence for a name that does not exist."""
    if name not in stories():
        raise UnknownName(sentences(f"There is no story {name[:40]}.", nearest(name, stories())))
    return stories()[name]


def parse(name: str, data: bytes) -> Story:
    """A story from its file; raises a sentence that says what is wrong and where."""
    where = f"The story {name}"
    if len(data) > MOST_BYTES:
        raise CallSheetError(f"{where} is larger than {MOST_BYTES // 1024} KiB. Make it shorter.")
    try:
        parts = re.split(r"^---[ \t]*\n", data.decode("utf-8").replace("\r\n", "\n"), flags=re.MULTILINE)
    except UnicodeDecodeError:
        raise CallSheetError(f"{where} is not text in UTF-8. Save it as UTF-8.") from None
    if len(parts) < 3 or parts[0].strip():
        raise CallSheetError(f"{where} must begin with --- and its title, minutes and question, then --- and scenes.")
    if len(parts) - 2 > MOST_SCENES:
        raise CallSheetError(f"{where} has {len(parts) - 2} scenes; at most {MOST_SCENES} are read. Leave some out.")
    head = _mapping(parts[1], f"{where}, head", {"title": str, "minutes": int, "question": str})
    if not 1 <= head["minutes"] <= MOST_MINUTES:
        raise CallSheetError(f"{where} takes {head['minutes']} minutes; allowed are 1 to {MOST_MINUTES}.")
    for key in ("title", "question"):
        _check_line(head[key], f"{where}, {key}")
    scenes = tuple(_scene(text, f"{where}, scene {number}") for number, text in enumerate(parts[2:], 1))
    return Story(name, head["title"], head["question"], head["minutes"], scenes)


def _scene(text: str, where: str) -> Scene:
    match = _SCENE.fullmatch(text.strip("\n"))
    if not match:
        raise CallSheetError(f"{where} must be a line '## heading', sentences, and a block ```scene with its state.")
    title, body = match["title"].strip(), match["text"].strip()
    _check_line(title, f"{where}, heading")
    if not 0 < len(body) <= LONGEST_SCENE:
        raise CallSheetError(f"{where} has {len(body)} characters of text; allowed are 1 to {LONGEST_SCENE}.")
    _check_text(body, where)
    setup = _mapping(match["setup"], f"{where}, block scene", {"at": str}, {"bet": dict, "part": str})
    _check_state(setup["at"], where)
    if "part" in setup:
        _check_part(setup["part"], setup["at"], where)
    bet = _bet(setup["bet"], where) if "bet" in setup else None
    return Scene(title, body, setup["at"], bet, setup.get("part", ""))


def _bet(entry: dict[str, Any], where: str) -> Bet:
    where = f"{where}, bet"
    _check_keys(entry, where, {"title": str, "unit": str, "from": int, "to": int, "start": float, "low": float,
                               "high": float}, {"truth": str, "says": str})
    if not entry["low"] < entry["high"] or not entry["low"] <= entry["start"] <= entry["high"]:
        raise CallSheetError(f"{where} starts at {entry['start']} between {entry['low']} and {entry['high']}. "
                             "The start lies between low and high.")
    if not 2 <= entry["to"] - entry["from"] <= 20:
        raise CallSheetError(f"{where} goes from {entry['from']} to {entry['to']}; 2 to 20 years can be drawn.")
    for key in ("title", "unit"):
        _check_line(entry[key], f"{where}, {key}")
    _check_text(entry.get("says", ""), where)
    numbers = (float(entry[key]) for key in ("start", "low", "high"))
    return Bet(entry["title"], entry["unit"], entry["from"], entry["to"], *numbers, entry.get("truth", ""),
               entry.get("says", ""))


def _mapping(text: str, where: str, needed: dict[str, type], optional: dict[str, type] | None = None) -> dict[str, Any]:
    entry = read_yaml(text.encode())
    if not isinstance(entry, dict):
        raise CallSheetError(f"{where} must hold {', '.join(needed)}.")
    _check_keys(entry, where, needed, optional or {})
    return entry


def _check_keys(entry: dict[str, Any], where: str, needed: dict[str, type], optional: dict[str, type]) -> None:
    for key in needed:
        if key not in entry:
            raise CallSheetError(f"{where} has no {key}. Add it.")
    for key, value in entry.items():
        wanted = needed.get(key) or optional.get(key)
        if wanted is None:
            hint = nearest(key, [*needed, *optional])
            raise CallSheetError(sentences(f"{where} has an unknown entry {key!r}.", hint))
        fits = is_number(value) if wanted is float else type(value) is wanted
        if not fits:
            raise CallSheetError(f"{where}: {key} is {value!r}, but must be {_CALLED[wanted]}.")


_CALLED = {str: "text", int: "a whole number", float: "a number", dict: "a block of entries"}


def _check_line(text: str, where: str) -> None:
    if not 0 < len(text) <= LONGEST_LINE:
        raise CallSheetError(f"{where} has {len(text)} characters; allowed are 1 to {LONGEST_LINE}.")
    if PLACEHOLDER.search(text):
        raise CallSheetError(f"{where} holds a name in braces; those stand in the text only.")
    _check_text(text, where)


def _check_text(text: str, where: str) -> None:
    """Every name in braces exists, and no number is typed."""
    for kind, name in placeholders(text):
        if kind and kind not in _KINDS:
            raise CallSheetError(f"{where}: {{{kind}{name}}} is of no known kind. Allowed: {' '.join(_KINDS)}")
        if kind:
            {"claim:": _announced, "parameter:": Params.load().about, "measure:": measure}[kind](name)
    rest = _YEAR.sub("", PLACEHOLDER.sub("", text))
    typed = re.search(r"\d[\d.,]*\s*%?", rest)
    if typed:
        raise CallSheetError(f"{where}: the number {typed[0].strip()} is typed. Name the finding, the claim or the "
                             "parameter in braces, so that it is filled in; years may stand.")
    if "{" in rest or "}" in rest:
        raise CallSheetError(f"{where}: a brace is open or holds no name. Write {{name}} or {{claim:C1}}.")


def _check_part(part: str, at: str, where: str) -> None:
    """It exists, and belongs to the worlds of the scene."""
    page, _, query = at.partition("?")
    if part != BREAK_EVEN:
        raise CallSheetError(f"{where}: part is {part[:40]!r}. The one part that there is: {BREAK_EVEN}.")
    seen, _ = url.read(page, query)
    if page != COMPARE or (seen.name, seen.against_name) != SURFACE_OF:
        raise CallSheetError(f"{where}: {BREAK_EVEN} belongs to compare?s={SURFACE_OF[0]}&vs={SURFACE_OF[1]}, and "
                             f"the scene is at {at[:80]}. Leave the part out, or go there.")


def _announced(name: str) -> None:
    """A claim whose number was announced; thresholds that the project set itself are no claims."""
    one = claim(name)
    if one.threshold is None or f"{100 * one.threshold:g} %" not in one.statement:
        raise CallSheetError(f"The claim {one.id} was announced without a number. Say it in words.")


def _check_state(at: str, where: str) -> None:
    """The state is an address of the app that needs nothing set right."""
    parts = urlsplit(at)
    if parts.scheme or parts.netloc or parts.fragment or parts.path not in PAGES:
        known = ", ".join(each for each in PAGES if each)
        raise CallSheetError(f"{where}: {at[:80]!r} is no page with its state. Write page?s=scenario, with {known}.")
    _, notices = url.read(parts.path, parts.query)
    if notices:
        raise CallSheetError(f"{where}: {at[:80]!r} is not understood. {notices[0].text}")
