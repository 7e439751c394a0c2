"""Where everybody arrives: the question, its answer in a sentence, the one chart, and four ways on."""

from __future__ import annotations

from typing import Any

from experiments.wording import figure, uncapitalized
from model.measures import measure
from model.parameters import Params
from model.scenario import Scenario
from viz.digests import Digests
from viz.fragments import Fragment, render
from viz.pages.compare import over_time, words
from viz.pages.compare.view import CompareView
from viz.parts.links import Link, plain_link

MEASURE = "crew_weeks"
CLAIMED = "ai_producer.announced_shoot_cut"
HISTORY = ("baseline",)  # what it is all held against comes last
WAYS_ON = (
    ("Check the claim", "Four minutes: what was announced, and what the model makes of it", "story", {"name": "claim"}),
    ("Who is affected?", "Crafts, experience and homes, each against themselves", "compare", {"by": "craft"}),
    ("What could policy do?", "", "compare", {"s": "larger_credit"}),
    ("Play with it", "Set your own numbers and run the market", "simulate", {}),
)


def page(found: Digests, view: CompareView, stale: bool = False, link: Link = plain_link) -> Fragment:
    """The page; ``stale`` says that the digests are of another model than the one installed. ``link(page, **query)``
    builds addresses.
    """
    seen = CompareView(view.scenario, view.against, view.measure or MEASURE, band=view.band)
    one, footer = words.measure_shown(found, seen), words.footer(found, seen)
    drawn = over_time.difference(found, seen, one, "chart-start")
    name, known = seen.scenario.name, {each: Scenario.named(each) for each in Scenario.names()}
    ways = []
    for title, says, where, query in WAYS_ON:
        query = {"s": name, **query} if where != "story" else query
        ways.append((title, says or known[query["s"]].question, link(where, **query)))
    ordered = sorted(known, key=lambda each: (each in HISTORY, not each.startswith(name), known[each].title))
    return render(
        "start.html.j2", {drawn.id: drawn.figure}, question=seen.scenario.question or seen.scenario.title,
        answer=answer(found, seen), chart=drawn, footer=footer, stale=stale, notices=words.notices(found, seen),
        claim=claimed(), claim_link=link("method", tab="numbers", kind="claim"), ways=ways,
        scenarios=[(known[each].title, known[each].question, link("compare" if known[each].against else "simulate",
                                                                  s=each)) for each in ordered],
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
    return f"{text} That is {figure(people)} {more} people on a call in a usual week."


def claimed() -> str:
    """Whose word the announced saving of time is, as its parameter says."""
    about: Any = Params.load().about(CLAIMED)
    return f"The {100 * about.value:.0f}% time saving is the company's {about.kind}."


def told(found: Digests, view: CompareView) -> str:
    """The answer in plain text, to be shared."""
    return f"{view.scenario.question} {answer(found, view)} {measure(MEASURE).label}: " \
           f"{uncapitalized(measure(MEASURE).definition)}."
