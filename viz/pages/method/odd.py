"""The equations as the model's description writes them: its blocks, by section, with the numbers they carry."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from markupsafe import Markup, escape

_BLOCK = re.compile(r"^```\n(.*?)^```", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#{2,3} ([\d.]+) (.+)$", re.MULTILINE)
_NUMBER = re.compile(r"\bEquation (\d+)\b")


@dataclass(frozen=True)
class Written:
    """The equations of one section of the description."""

    number: str
    title: str
    blocks: tuple[str, ...]

    @property
    def marked(self) -> list[Markup]:
        """The blocks as HTML, each number a place that links lead to."""
        return [Markup(_NUMBER.sub(r'<span id="equation-\1" class="equation">Equation \1</span>', str(escape(each))))
                for each in self.blocks]


@cache
def written() -> tuple[Written, ...]:
    """Every section that has numbered equations, in its order."""
    text = (resources.files("model") / "ODD.md").read_text(encoding="utf-8")
    heads, found = list(_HEADING.finditer(text)), []
    for at, head in enumerate(heads):
        end = heads[at + 1].start() if at + 1 < len(heads) else len(text)
        blocks = [each for each in _BLOCK.findall(text[head.end() : end]) if _NUMBER.search(each)]
        if blocks:
            found.append(Written(head.group(1).rstrip("."), head.group(2), tuple(blocks)))
    return tuple(found)


@cache
def numbers() -> frozenset[int]:
    """The numbers of all equations written there."""
    return frozenset(int(each) for one in written() for block in one.blocks for each in _NUMBER.findall(block))
