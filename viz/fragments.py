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
    return Fragment(unbroken(environment().get_template(template).render(kinds=KINDS, **context)), figures or {})


def unbroken(html: str) -> str:
    """HTML in whose words no line ends between a number and its unit."""
    return "".join(part if part.startswith("<") else _BEFORE_A_UNIT.sub("\u00a0", part)
                   for part in _LEFT_ALONE.split(html))


def sections(shown: Sequence[Section], name: str, about: str, contents: bool = True) -> Fragment:
    """Sections of a page, as in the reports: ``name`` goes into the names of downloads, ``about`` (what was run) into
    their first line, behind version and model.
    """
    shown = [each for each in shown if each is not None]
    head = [f"Call Sheet {version_of_package()}, model {model_digest()}, {about}"]
    figures = {chart.id: chart.figure for each in shown for chart in each.charts}
    return render("sections.html.j2", figures, sections=shown, summary={"scenario": name}, head=head,
                  contents=contents)
