"""Stories as they are shown: Markdown to HTML, with results, claims and sources of numbers in the place of names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from experiments.answer.settings import sources_named
from experiments.answer.wording import uncapitalized
from experiments.claims.declared import claim
from experiments.page.sheet import KINDS
from model import units
from model.errors import UnknownName, nearest, sentences
from model.measures import measure
from model.parameters import Params
from model.safe_yaml import read_yaml
from viz.parts.links import Link, plain_link
from viz.parts.tips import spoken, tip
from viz.stories.read import PLACEHOLDER, Bet

Findings = Mapping[str, Any]  # name -> words ready to read, or a list of numbers, one a year, for the line of a bet
SHORT = 20  # characters that stay on one line
PENDING = Markup('<span class="pending">…</span>')


def text(words: str, findings: Findings | None, link: Link = plain_link) -> Markup:
    """Markdown as HTML, its names filled in. HTML in it is shown as it is written; None for findings shows that they
    are still to come.
    """
    reader = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_inline", "html_block", "autolink"])
    tokens = reader.parse(words)
    for block in tokens:
        if block.children:
            block.children = [each for token in block.children for each in _filled(token, findings, link)]
    return Markup(reader.renderer.render(tokens, reader.options, {}))


def plain(words: str, findings: Findings | None) -> str:
    """A sentence without marks, its results filled in."""
    return PLACEHOLDER.sub(lambda match: "…" if findings is None else str(_found(match[2], findings)), words)


def bet(one: Bet, findings: Findings | None) -> dict[str, Any]:
    """The specification that the page's script draws a bet from."""
    spec = {"title": one.title, "unit": one.unit, "from": one.first, "to": one.last, "start": one.start,
            "low": one.low, "high": one.high}
    if one.truth and findings is not None:
        spec["truth"] = _line(one, findings)
        spec["says"] = plain(one.says, findings)
    return spec


def _line(one: Bet, findings: Findings) -> list[float]:
    values, years = _found(one.truth, findings), one.last - one.first + 1
    if not isinstance(values, Sequence) or isinstance(values, str) or len(values) != years:
        raise UnknownName(f"The finding {one.truth} must be a list of {years} numbers, one for each year from "
                          f"{one.first} to {one.last}.")
    return [float(each) for each in values]


def _filled(token: Token, findings: Findings | None, link: Link) -> list[Token]:
    if token.type != "text" or not PLACEHOLDER.search(token.content):
        return [token]
    made, at = [], 0
    for match in PLACEHOLDER.finditer(token.content):
        made.append(_token("text", token.content[at : match.start()]))
        made.append(_token("html_inline", str(_shown(match[1] or "", match[2], findings, link))))
        at = match.end()
    return [*made, _token("text", token.content[at:])]


def _token(form: str, content: str) -> Token:
    return Token(form, "", 0, content=content)


def _shown(kind: str, name: str, findings: Findings | None, link: Link) -> Markup:
    if kind == "claim:":
        return _claimed(name)
    if kind == "parameter:":
        one = Params.load().about(name)
        return tip(name, spoken(one.value, one.unit), link)
    if kind == "measure:":
        return tip(name, uncapitalized(measure(name).label), link)
    if findings is None:
        return PENDING
    found = _found(name, findings)
    return Markup('<b class="finding{}">{}</b>').format(" short" if len(str(found)) <= SHORT else "", found)


def _claimed(name: str) -> Markup:
    """What was announced: marked as a claim, with its source."""
    one = claim(name)
    where = sources_named(read_yaml(resources.files("seeds") / "claims.yaml")[one.id]["source"])[0]
    mark = Markup('<span aria-hidden="true">{}</span> claim<span class="hidden">: {}</span>').format(
        KINDS["claim"], where["title"])
    return Markup('<span class="claimed">{} <a class="kind" href="{}">{}</a></span>').format(
        units.say(one.threshold, one.unit), where["url"], mark)


def _found(name: str, findings: Findings) -> Any:
    try:
        return findings[name]
    except KeyError:
        raise UnknownName(sentences(f"There is no result {escape(name[:80])} to fill into the story.",
                                    nearest(name, findings))) from None
