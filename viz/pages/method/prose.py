"""Docstrings as they are read on a page: first sentence, paragraphs, numbers of equations, marked words."""

from __future__ import annotations

import re

_NUMBERS = re.compile(r"\bEquations?\s+(\d+(?:\s*[–-]\s*\d+)?(?:(?:,\s*|\s+and\s+)\d+(?:\s*[–-]\s*\d+)?)*)")
_SENTENCE = re.compile(r"(.+?[.!?])(?:\s+(?=[A-Z`])|$)", re.DOTALL)
_ASIDE = re.compile(r"(?:;\s+(?:returns?|raises)\b.*|,\s+\(n, .*)$")  # what a function hands back is not economics


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
