"""Read YAML from anyone: bounded, plain, and quick; what is wrong is said with its line.

Only the plain part of the language is read: mappings, lists, numbers, words, dates. Anchors and aliases (a
few lines of which can unfold into gigabytes), tags, repeated keys and several documents in one file are
refused. Scalars follow the core of YAML 1.2, so `no` is a word and not a falsehood, and 1e6 is a number; a
date is a `datetime.date`.
"""

from __future__ import annotations

import math
import re
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from model.errors import CallSheetError

MOST_BYTES = 256 * 1024
MOST_DEPTH = 12
LONGEST_NUMBER = 40  # characters; int() takes quadratic time on long ones

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*(_[0-9]+)*)\Z")
_FLOAT = re.compile(r"(?=.*[.eE])[-+]?([0-9]+(_[0-9]+)*(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_NO_FINITE = re.compile(r"[-+]?\.(inf|nan)\Z", re.IGNORECASE)
_WORDS = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_NUMBER_STARTS = frozenset("+-.0123456789")


def read_yaml(source: Any, name: str | None = None) -> Any:
    """The plain value that a YAML file or text holds.

    `source` is a path (any object with `open`, or one line that ends in .yaml or .yml), or the text itself
    (str or bytes). `name` is what errors call it; by default the file's name, or "the text". Returns dicts,
    lists, str, int, float, bool, None and `datetime.date`. Raises `CallSheetError` with the line.
    """
    text, called = _text_of(source)
    called = name or called
    try:
        return _document(_LOADER(text), called)
    except yaml.YAMLError as trouble:
        raise CallSheetError(_syntax(trouble, called)) from None


def scalar(text: str) -> Any:
    """The value of one bare word as YAML reads it: number, date, true/false, nothing, or the word itself.

    Raises `CallSheetError` for a number that is not finite or too long, and for an impossible date.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_STARTS:
        return text
    if _NO_FINITE.match(text):
        raise CallSheetError(f"{text} is not a number one can compute with; write a finite one")
    if _DATE.match(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise CallSheetError(
                f"{text} is not a day of the calendar; write year-month-day, as 2015-01-05"
            ) from None
    whole = _INTEGER.match(text)
    if not whole and not _FLOAT.match(text):
        return text
    if len(text) > LONGEST_NUMBER:
        raise CallSheetError(
            f"the number {text[:12]}… has {len(text)} characters; at most {LONGEST_NUMBER} are read"
        )
    value = int(text) if whole else float(text)
    if not math.isfinite(value):
        raise CallSheetError(f"{text} is too large for a number; write a smaller one")
    return value


def is_number(value: Any) -> bool:
    """Whether a value is one finite number; true and false are not."""
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number beyond any float
        return False


def _text_of(source: Any) -> tuple[str, str]:
    """The text to parse, and what to call it in errors; never reads more than the limit."""
    called = "the text"
    if (
        isinstance(source, str)
        and source.endswith((".yaml", ".yml"))
        and "\n" not in source
        and ": " not in source
    ):
        source = Path(source)
    if hasattr(source, "open"):
        called = source.name if getattr(source, "is_absolute", lambda: True)() else str(source)
        if isinstance(source, Path) and source.exists() and not source.is_file() and not source.is_dir():
            raise CallSheetError(f"{called} is no file but a pipe or a device. Write it to a file and give that.")
        try:
            with source.open("rb") as file:
                source = file.read(MOST_BYTES + 1)
        except OSError as trouble:
            why = (trouble.strerror or "it cannot be read").lower()
            raise CallSheetError(
                f"{called} could not be read: {why}. Check the name and try again."
            ) from None
    if isinstance(source, str):
        source = source.encode("utf-8", "surrogatepass")
    if len(source) > MOST_BYTES:
        raise CallSheetError(
            f"{called} is larger than {MOST_BYTES // 1024} KiB, the most that is read. "
            "Split it, or check that it is the right file."
        )
    try:
        return source.decode("utf-8-sig"), called
    except UnicodeDecodeError:
        raise CallSheetError(f"{called} is not text in UTF-8. Save it as UTF-8 and try again.") from None


def _document(loader: Any, called: str) -> Any:
    """Build the one document from parser events, so that nothing refused is ever unfolded."""
    tree, documents = _Tree(called), 0
    while True:
        event = loader.get_event()
        kind = type(event)
        if kind is yaml.ScalarEvent:
            tree.put(tree.read(event), event)
        elif kind is yaml.MappingStartEvent:
            tree.open({}, event)
        elif kind is yaml.SequenceStartEvent:
            tree.open([], event)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            tree.close(event)
        elif kind is yaml.AliasEvent:
            raise _refused(event, called)
        elif kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                raise _wrong(event, called, "a second document begins. Keep one a file.")
        elif kind is yaml.StreamEndEvent:
            return tree.document


class _Tree:
    """A document as far as it has been read, and the containers in it that are still open."""

    def __init__(self, called: str) -> None:
        self.called = called
        self.document: Any = None
        self._open: list[Any] = []  # mappings and lists, outermost first
        self._keys: list[Any] = []  # for each of them the key that waits for its value; _NO_KEY when none does
        self._known = dict(_WORDS)  # words read once are read for good: files repeat them

    def read(self, event: Any) -> Any:
        """The value of a word; one in quotes is the word itself."""
        if event.anchor is not None or event.tag is not None:
            raise _refused(event, self.called)
        text = event.value
        if not event.implicit[0]:
            return text
        if text not in self._known:
            try:
                self._known[text] = scalar(text)
            except CallSheetError as trouble:
                raise _wrong(event, self.called, f"{trouble}.") from None
        return self._known[text]

    def open(self, container: Any, event: Any) -> None:
        """A mapping or a list begins."""
        if event.anchor is not None or event.tag is not None:
            raise _refused(event, self.called)
        if len(self._open) == MOST_DEPTH:
            raise _wrong(event, self.called, f"nested deeper than {MOST_DEPTH} levels. Flatten it.")
        self._open.append(container)
        self._keys.append(_NO_KEY)

    def close(self, event: Any) -> None:
        """The innermost container ends and becomes a value of the one around it."""
        self._keys.pop()
        self.put(self._open.pop(), event)

    def put(self, value: Any, event: Any) -> None:
        """The next value: of the waiting key, a key itself, an entry of a list, or all of the document."""
        if not self._open:
            self.document = value
        elif type(self._open[-1]) is list:
            self._open[-1].append(value)
        elif self._keys[-1] is _NO_KEY:
            self._keys[-1] = self._key(value, event)
        else:
            self._open[-1][self._keys[-1]] = value
            self._keys[-1] = _NO_KEY

    def _key(self, value: Any, event: Any) -> Any:
        if type(value) not in (str, int, date):
            raise _wrong(event, self.called, f"{value!r} cannot be a key. A key is a word, a whole number or a date.")
        if value in self._open[-1]:
            raise _wrong(event, self.called, f"the key {value} is already there. Keep one of the two.")
        return value


_NO_KEY = object()


def _wrong(event: Any, called: str, what: str) -> CallSheetError:
    return CallSheetError(f"{called}, line {event.start_mark.line + 1}: {what}")


def _refused(event: Any, called: str) -> CallSheetError:
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        what, instead = "anchors and aliases (& and *)", "Write the value out"
    else:
        what, instead = f"tags (here {event.tag[:60]})", "Remove the tag"
    return _wrong(event, called, f"{what} are not read. {instead}.")


def _syntax(trouble: yaml.YAMLError, called: str) -> str:
    mark = getattr(trouble, "problem_mark", None)
    where = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
    problem = getattr(trouble, "problem", None) or getattr(trouble, "reason", None) or "it cannot be parsed"
    return f"{called}{where}: not YAML: {problem}. Correct that line and try again."
