"""The week in sentences, taken from the code: the calls of ``step()`` in their order, each with what it says."""

from __future__ import annotations

import io
import tokenize
from dataclasses import dataclass, field
from functools import cache

from viz.pages.method import prose
from viz.pages.method.code import Code, Function, in_order

WEEK = "model.week"
# Verbs that write down what happened and move nobody: told beside the verb before them.
BOOKS = ("settle_before_new_terms", "settle_titles", "close_books", "spend_week", "count", "close", "close_public")
FIRST, LAST = "The rules that hold", "When the week is over"


@dataclass(frozen=True)
class Piece:
    """A function behind a verb: what it says first, its equations, its file."""

    name: str
    file: str
    says: str
    equations: tuple[int, ...]


@dataclass(frozen=True)
class Verb:
    """One call of the week: its sentence, the whole of its docstring, and what it leads to."""

    name: str
    file: str
    says: str
    doc: tuple[str, ...]
    equations: tuple[int, ...]
    pieces: tuple[Piece, ...]
    books: list[Verb] = field(default_factory=list)


@dataclass(frozen=True)
class Part:
    """Verbs under one heading, which is a comment in the code; the first has the number ``start``."""

    heading: str
    start: int
    verbs: list[Verb]
    numbered: bool = True


def verbs(code: Code) -> list[tuple[int, Verb]]:
    """Every verb that ``step()`` calls, with its line, in order. What it makes by a class's name is no verb."""
    step = code.function(WEEK, "step")
    if step is None:
        return []
    found = [(each.lineno, code.meant(each, step)) for each in in_order(step.tree)]
    return [(line, _verb(code, each)) for line, each in found if each is not None]


def parts(code: Code) -> list[Part]:
    """The week by the headings of the code; what only writes down hangs on the verb before it."""
    headings = _comments(code.read(WEEK) or "")
    found, tail, number = [Part(FIRST, 1, [])], [], 0
    for line, verb in verbs(code):
        passed = [words for at, words in headings if at < line]
        heading = passed[-1] if passed else FIRST
        if verb.name in BOOKS and number:
            tail.append(verb)
            continue
        if found[-1].verbs:
            found[-1].verbs[-1].books.extend(tail)
            tail = []
        number += 1
        if heading != found[-1].heading:
            found.append(Part(heading, number, []))
        found[-1].verbs.append(verb)
    return [*found, Part(LAST, number + 1, tail, numbered=False)] if tail else found


@cache
def the_week() -> tuple[Part, ...]:
    """The week of the model that runs."""
    return tuple(parts(Code()))


def _verb(code: Code, of: Function) -> Verb:
    behind = [_piece(each) for each in code.leads_to(of)]
    pieces = tuple(each for each in behind if each.equations)
    named = [*prose.equations(of.doc), *(number for each in pieces for number in each.equations)]
    says = prose.first_sentence(of.doc) if of.doc else next((each.says for each in behind), f"{of.name}.")
    return Verb(of.name, of.file, says, tuple(prose.paragraphs(of.doc)), tuple(sorted(set(named))), pieces)


def _piece(of: Function) -> Piece:
    return Piece(of.name, of.file, prose.first_sentence(of.doc) if of.doc else "", prose.equations(of.doc))


def _comments(text: str) -> list[tuple[int, str]]:
    """Comments that stand on a line of their own, inside a function: (line, words)."""
    lines = text.splitlines()
    return [
        (each.start[0], each.string.lstrip("# ").strip())
        for each in tokenize.generate_tokens(io.StringIO(text).readline)
        if each.type == tokenize.COMMENT and each.start[1] and not lines[each.start[0] - 1][: each.start[1]].strip()
    ]
