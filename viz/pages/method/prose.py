"""Docstrings as they are read on a page: first sentence, paragraphs, numbers of equations, marked words."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_NUMBERS = re.compile(r"\bEquations?\s+(\d+(?:\s*[–-]\s*\d+)?(?:(?:,\s*|\s+and\s+)\d+(?:\s*[–-]\s*\d+)?)*)")
_SENTENCE = re.compile(r"(.+?[.!?])(?:\s+(?=[A-Z`])|$)", re.DOTALL)
_ASIDE = re.compile(r"(?:;\s+(?:returns?|raises)\b.*|,\s+\(n, .*)$")  # what a function hands back is not economics
_MARKED = re.compile(r"``([^`]+)``|:\w+:`~?([^`]+)`|`([^`]+)`|\*\*([^*]+)\*\*")


def equations(text: str) -> tuple[int, ...]:
    """The numbers of equations that a text names, in its order, spans written out."""
    found: list[int] = []
    for group in _NUMBERS.findall(text or ""):
        for part in re.split(r",|\band\b", group):
            first, *last = (int(each) for each in re.split(r"[–-]", part))
            found += range(first, (last[0] if last else first) + 1)
    return tuple(dict.fromkeys(found))


def first_sentence(text: str) -> str:
    """What a docstring says first, without the number of an equation and what is handed back."""
    opening = " ".join((text or "").strip().split("\n\n")[0].split())
    match = _SENTENCE.match(opening)
    sentence = (match.group(1) if match else opening).rstrip(".").rstrip()
    sentence = _NUMBERS.sub("", sentence).strip() or opening
    return f"{_ASIDE.sub('', sentence).rstrip(' .:;,')}."


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a docstring, each on one line."""
    return [" ".join(part.split()) for part in (text or "").split("\n\n") if part.strip()]


def marked(text: str) -> Markup:
    """Text as HTML, with what stands between backquotes as code and between double stars as strong."""
    parts, end = [], 0
    for found in _MARKED.finditer(text):
        parts.append(escape(text[end : found.start()]))
        code = found.group(1) or found.group(2) or found.group(3)
        form = "<code>{}</code>" if code else "<strong>{}</strong>"
        parts.append(Markup(form).format(code or found.group(4)))
        end = found.end()
    parts.append(escape(text[end:]))
    return Markup("").join(parts)
