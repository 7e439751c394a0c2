"""`callsheet params`: find any parameter and explain it in full."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument

from experiments.terminal import console
from experiments.terminal.console import Json, Quiet, Verbose
from model.errors import UnknownName, nearest, sentences

if TYPE_CHECKING:
    from model.parameters import Parameter, Params

LONGEST_LINE = 100


def params(
    query: Annotated[str | None, Argument(metavar="QUERY", help="A name, a part of one, or words.")] = None,
    as_json: Json = False,
    verbose: Verbose = 0,
    quiet: Quiet = False,
) -> None:
    """Search parameters and levers; a name, or a query that finds one parameter only, is explained in full."""
    console.set_loudness(verbose, quiet)
    from model.parameters import Params

    known = Params.load()
    knobs = [] if as_json or not query else _knobs(query)
    try:
        found = _search(known, query or "")
    except UnknownName:
        if not knobs:
            raise
        found = []
    if as_json:
        console.say_json([_plain(known, each) for each in found])
    elif len(found) == 1:
        console.say(_in_full(known, found[0]))
    elif found:
        from experiments.answer.wording import parameter_said
        from experiments.terminal.show import table

        table(
            ["name", "value", "kind", "what it is"],
            [[each.name, parameter_said(each), each.kind, each.label] for each in found],
        )
    if knobs:
        from experiments.terminal.show import table

        table(["lever", "neutral", "from", "to", "what it is"], knobs)
        console.say("A lever is turned by --lever NAME=VALUE.")


def _knobs(query: str) -> list[list[str]]:
    """Levers' settings whose name or words hold all of a query's words; all of them for the word levers."""
    from model.levers.collection import lever_classes
    from model.units import say

    words = [] if query.strip().lower() in ("lever", "levers") else query.lower().split()
    found = []
    for lever, kind in lever_classes().items():
        for name, knob in kind.knobs.items():
            apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", lever)
            text = f"{lever}.{name} {apart} {knob.label}".lower()
            if all(_begins(word, text) for word in words):
                neutral = "as legislated" if knob.neutral is None else say(knob.neutral, knob.unit)
                ends = (say(end, knob.unit) for end in (knob.low, knob.high))
                found.append([f"{lever}.{name}", neutral, *ends, knob.label])
    return found


def _search(known: Params, query: str) -> list[Parameter]:
    """The parameter of that name; else those whose name holds the query; else those whose words hold all
    of its. Words are looked for at their beginning first, and inside others where that finds nothing.
    """
    everything = [known.about(name) for name in known.names()]
    wanted = query.strip().lower()
    if wanted in known:
        return [known.about(wanted)]
    words = wanted.split()
    texts = [(each, f"{each.name} {each.label} {each.unit} {each.kind} {each.why}".lower()) for each in everything]
    singular = [word.rstrip("s") for word in words]
    found = (
        [each for each in everything if _begins(wanted, each.name)]
        or [each for each, text in texts if all(_begins(word, text) for word in words)]
        or [each for each in everything if wanted in each.name]
        or [each for each, text in texts if all(word in text for word in words)]
        or [each for each, text in texts if all(word in text for word in singular)]
    )
    if not found and wanted:
        hint = nearest(query, known.names())
        raise UnknownName(
            sentences(
                f"No parameter is called or speaks of {query[:80]}.",
                hint,
                "`callsheet params` lists them all.",
            )
        )
    return found


def _begins(word: str, text: str) -> bool:
    """Whether a word of the text begins so, or the text does; underscores and dots part words."""
    return re.search(rf"(?<![a-z0-9]){re.escape(word)}", text) is not None


def _plain(known: Params, one: Parameter) -> dict[str, Any]:
    says = [{**each._asdict(), **_source(known, each.source)} for each in one.says]
    return {**one._asdict(), "value": known[one.name], "says": says}


def _source(known: Params, name: str) -> dict[str, str]:
    source = known.sources.get(name)
    return {} if source is None else {"title": source.title, "url": source.url, "date": source.date}


def _in_full(known: Params, one: Parameter) -> str:
    """Value, unit, range, kind, what each source says, and why this value."""
    from textwrap import fill

    from experiments.answer.wording import parameter_said
    from experiments.terminal.show import width

    def told(text: str, first: str = " " * 9) -> str:
        return fill(text, width(LONGEST_LINE), initial_indent=first, subsequent_indent=" " * 9)

    low, high = (one.say(each) for each in one.range)
    rows = [
        ("value", parameter_said(one)),
        ("range", f"{low} to {high}"),
        ("unit", one.unit),
        ("kind", one.kind),
        ("why", one.why),
    ]
    lines = [fill(f"{one.name}: {one.label}", width(LONGEST_LINE)), ""]
    lines += [told(text, f"  {name:<7}") for name, text in rows]
    for each in one.says:
        source = _source(known, each.source)
        value = (
            "" if each.value is None else f": {one.say(each.value) if _has_unit(each.value) else each.value}"
        )
        lines += ["", told(f"{each.source}{value}{'. ' if each.note else ''}{each.note}", "  says   ")]
        if source:
            lines += [told(f"{source['title']} ({source['date']})"), " " * 9 + source["url"]]
    return "\n".join(lines)


def _has_unit(value: Any) -> bool:
    return isinstance(value, (int, float)) or (
        isinstance(value, list) and all(isinstance(each, (int, float)) for each in value)
    )
