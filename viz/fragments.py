"""Pages as pieces of HTML, made from templates: everything is escaped, and charts lie beside the text as Plotly data.

The reports of the headless half are made from the same sections, tables and charts, so that a figure in a report is
the figure on the screen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from experiments.page.page import in_script, version_of_package
from experiments.page.sheet import KINDS
from experiments.study.report.blocks import Section
from model.digest import model_digest

Figure = dict[str, Any]
# A number stays on one line with its unit, in what people read: not in tags, nor in what is code.
_LEFT_ALONE = re.compile(r"(<(?:pre|code|script|style)\b.*?</(?:pre|code|script|style)>|<[^>]*>)", re.DOTALL)
# Tables whose rows stand as blocks where the window is narrow, each value under the name of its column.
_IN_BLOCKS = re.compile(r'<table (?:id="table-(?:facts|parameters|limits_\w+|naive_\w+)"|class="grid").*?</table>',
                        re.DOTALL)
_HEADING, _CELL = re.compile(r'<th scope="col"[^>]*>(.*?)</th>', re.DOTALL), re.compile(r"<tr\b|<td(?=[ >])")
_TAG = re.compile(r"<[^>]*>|[▾▴]")
_BEFORE_A_UNIT = re.compile(r"(?<=\d) (?=(?:%|(?:million|billion)\b))")


@dataclass(frozen=True)
class Fragment:
    """A piece of a page: HTML, and its charts by the id of the element they are drawn into."""

    html: str
    figures: Mapping[str, Figure] = field(default_factory=dict)

    def __add__(self, other: Fragment) -> Fragment:
        return Fragment(self.html + other.html, {**self.figures, **other.figures})

    @property
    def whole(self) -> str:
        """The HTML with its charts as data, which the script of the page draws once it is there."""
        if not self.figures:
            return self.html
        return f'{self.html}<script type="application/json" class="figures">{in_script(self.figures)}</script>'


@cache
def environment() -> Environment:
    """Templates of the app, and those of the reports; a name that is not there is an error."""
    return Environment(
        loader=ChoiceLoader([PackageLoader("viz"), PackageLoader("experiments")]), autoescape=True,
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


def render(template: str, figures: Mapping[str, Figure] | None = None, **context: Any) -> Fragment:
    """A template filled in."""
    html = environment().get_template(template).render(kinds=KINDS, **context)
    return Fragment(labeled(unbroken(html)), figures or {})


def unbroken(html: str) -> str:
    """HTML in whose words no line ends between a number and its unit."""
    return "".join(part if part.startswith("<") else _BEFORE_A_UNIT.sub("\u00a0", part)
                   for part in _LEFT_ALONE.split(html))


def labeled(html: str) -> str:
    """HTML in whose long tables each value says its column, which is seen where rows are blocks."""
    return _IN_BLOCKS.sub(_with_labels, html)


def _with_labels(table: re.Match[str]) -> str:
    """A table with the heading of its column on each value; the first column names the row, and needs none."""
    _, *names = (_TAG.sub("", each).strip() for each in _HEADING.findall(table[0]))
    left: list[str] = []

    def said(found: re.Match[str]) -> str:
        nonlocal left
        if found[0] != "<td":
            left = list(names)
            return found[0]
        return f'<td data-label="{left.pop(0)}"' if left else found[0]

    return _CELL.sub(said, table[0])


def sections(shown: Sequence[Section], name: str, about: str, contents: bool = True) -> Fragment:
    """Sections of a page, as in the reports: ``name`` goes into the names of downloads, ``about`` (what was run) into
    their first line, behind version and model.
    """
    shown = [each for each in shown if each is not None]
    head = [f"Call Sheet {version_of_package()}, model {model_digest()}, {about}"]
    figures = {chart.id: chart.figure for each in shown for chart in each.charts}
    return render("sections.html.j2", figures, sections=shown, summary={"scenario": name}, head=head,
                  contents=contents)
