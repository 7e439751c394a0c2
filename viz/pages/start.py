"""Where everybody arrives: the question, its answer in a sentence, the one chart, and four ways on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from experiments.answer.wording import figure, uncapitalized
from model.measures import measure
from model.scenario import Scenario
from viz.digests import Digests
from viz.digests.shipped import PAIRS, is_stale, shipped
from viz.fragments import Fragment, render
from viz.pages.compare import over_time, words
from viz.pages.compare.view import CompareView
from viz.parts.links import Link, plain_link
from viz.parts.tips import spoken, tip
from viz.view import COMPARE, METHOD, named

MEASURE = "crew_weeks"
CLAIMED, USED = "ai_producer.announced_shoot_cut", "ai_tasks.shoot_cut"
WAYS_ON = (
    ("Check the claim", "Four minutes: what was announced, and what the model makes of it", "story", {"name": "claim"}),
    ("Who is affected?", "Crafts, experience and homes, each against themselves", "compare", {"by": "craft"}),
    ("What could policy do?", "", "compare", {"s": "larger_credit"}),
    ("Play with it", "Set your own numbers and run the market", "simulate", {}),
)


@dataclass(frozen=True)
class Asked:
    """A scenario as the page lists it: ``note`` how many futures there are or what years it plays, ``command`` what
    answers it beside its address.
    """

    title: str
    question: str
    address: str
    note: str = ""
    command: str = ""


def page(found: Digests, view: CompareView, stale: bool = False, link: Link = plain_link,
         ready: Mapping[str, int] | None = None) -> Fragment:
    """The page; ``stale`` says that the digests are of another model than the one installed. ``link(page, **query)``
    builds addresses; ``ready`` holds how many futures of which scenarios are there, None for what comes with the app.
    """
    seen = CompareView(view.scenario, view.against, view.measure or MEASURE, band=view.band)
    one, footer = words.measure_shown(found, seen), words.footer(found, seen)
    drawn = over_time.difference(found, seen, one, "chart-start")
    name, known = seen.scenario.name, {each: Scenario.named(each) for each in Scenario.names()}
    ways = []
    for title, says, where, query in WAYS_ON:
        query = {"s": name, **query} if where != "story" else query
        ways.append((title, says or known[query["s"]].question, link(where, **query)))
    ready = at_once() if ready is None else ready
    return render(
        "start.html.j2", {drawn.id: drawn.figure}, question=seen.scenario.question or seen.scenario.title,
        answer=answer(found, seen), chart=drawn, footer=footer, stale=stale, notices=words.notices(found, seen),
        claim=claimed(seen.scenario, link), claim_link=link("method", tab="numbers", kind="claim"), ways=ways,
        asked=asked(known, seen.scenario, ready, link),
        head=[f"Call Sheet, {words.about(found, seen)}"], summary={"scenario": f"{name}_against_{seen.against.name}"},
    )  # fmt: skip


def answer(found: Digests, view: CompareView) -> str:
    """The headline, and what it comes to in people on calls at a time."""
    text = words.headline(found, view)
    effect = found.effect(MEASURE)
    if view.measure != MEASURE or not effect["mean"] or not words.agree(effect, len(found)):
        return text
    people = abs(effect["mean"]) / found.first.head["weeks"]
    more = "more" if effect["mean"] > 0 else "fewer"
    return f"{text} The mean comes to {figure(people)} {more} people on a call in an average week."


def asked(known: Mapping[str, Scenario], opened: Scenario, ready: Mapping[str, int], link: Link = plain_link
          ) -> list[tuple[str, list[Asked]]]:
    """Every scenario under what its answer takes: what is there at once, what is run when it is opened, and what begins
    years before the one that the page opens on.
    """
    there, run, past = [], [], []
    since = min(one.start.year for one in known.values())
    for name in sorted(known, key=lambda each: (not each.startswith(opened.name), known[each].title)):
        one = known[name]
        if one.start < opened.start:
            where = link(COMPARE, s=name) if one.against else link(METHOD, tab="reality")
            past.append(Asked(one.title, one.question, where, f"{one.start.year} to {one.until.year}",
                              f"callsheet simulate --scenario {name}"))
        elif name in ready:
            there.append(Asked(one.title, one.question, link(COMPARE, s=name), f"{ready[name]} futures"))
        else:
            run.append(Asked(one.title, one.question, link(COMPARE, s=name)))
    groups = (
        ("Answered at once: results come with the app.", there),
        ("Run when you open it: the first future is there in about a minute, and more follow.", run),
        (f"From {since} on: open the link to see these years, or run the command.", past),
    )
    return [(says, rows) for says, rows in groups if rows]


@cache
def at_once() -> Mapping[str, int]:
    """How many futures came with the app of each scenario whose futures are what this server would run."""
    return {name: len(there) for name in PAIRS
            if (there := shipped(name)) is not None and len(there) >= PAIRS[name]
            and there.first.scale == named(name).scale and not is_stale(there)}


def claimed(scenario: Scenario, link: Link = plain_link) -> Markup:
    """What the company says that AI saves of shooting time, and what the scenario takes in its place, each with its
    kind.
    """
    params = scenario.params()
    said, used, values = params.about(CLAIMED), params.about(USED), params.values()
    return Markup("The company claims that AI saves {} of shooting time {}; this run uses {}, our {} {}.").format(
        spoken(values[CLAIMED], said.unit), tip(CLAIMED, link=link), spoken(values[USED], used.unit), used.kind,
        tip(USED, link=link))


def told(found: Digests, view: CompareView) -> str:
    """The answer in plain text, to be shared."""
    return f"{view.scenario.question} {answer(found, view)} {measure(MEASURE).label}: " \
           f"{uncapitalized(measure(MEASURE).definition)}."
