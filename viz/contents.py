"""What each page holds, as a piece of HTML; the same at first paint and later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from experiments.study.report.blocks import Section
from viz import found, office, settings, strip, url
from viz.digests import Digests
from viz.fragments import Fragment, render
from viz.pages import batches, claims, compare, method, people, start, story
from viz.pages.compare.view import CompareView
from viz.pages.people.choose import choose
from viz.parts.links import beside, within
from viz.stories.read import stories
from viz.view import (
    BATCHES,
    CLAIMS,
    COMPARE,
    FUTURES,
    METHOD,
    PEOPLE,
    START,
    STORY,
    SURFACE_OF,
    TIME,
    WAYS,
    Notice,
    View,
    named,
)
from viz.visit import Visit


def of(view: View, notices: list[Notice], visit: Visit | None = None) -> Fragment:
    """A page, but for the one with the stage; without a visit as it is before anything has been run."""
    said = visit.said() if visit is not None else ""  # before the body: what is said to be all there is in it
    body = _BODIES[view.page](view, visit)
    if view.page in (START, STORY):  # these have headings of their own
        return strip.notices(notices) + body
    return strip.head(view, notices, said, _stop(view, visit)) + body


def _stop(view: View, visit: Visit | None) -> str:
    """The address that asks for no more futures than are there, while others are run; empty where there is nothing to
    stop.
    """
    if visit is None or view.page != COMPARE or not 0 < visit.there < len(visit.pairs) or not visit.goes_on:
        return ""
    return url.write(replace(view, futures=visit.there))


def _method(view: View, visit: Visit | None) -> Fragment:
    return method.page(*(view.extra.get(name, "") for name in ("tab", "kind", "search")))


def _claims(view: View, visit: Visit | None) -> Fragment:
    return claims.page(claims.shipped(), view.extra.get("c", ""))


def _batches(view: View, visit: Visit | None) -> Fragment:
    root, asked = batches.root(settings.in_force().studies), dict(view.extra)
    name = asked.pop("study", "")
    if not name:
        return batches.listing(root)
    return batches.shown(root, name, asked.pop("section", ""), asked.pop("point", None), asked)


def _story(view: View, visit: Visit | None) -> Fragment:
    name, scene = view.extra.get("name", ""), view.extra.get("scene", "1")
    return story.page(name, scene, embed=_embedded(name, scene), link=beside(View()))


def _embedded(name: str, scene: str) -> Fragment | None:
    """The page that a scene speaks of, where it is there without a run of the visitor's own."""
    told = stories().get(name)
    if told is None or not scene.isdecimal() or not 0 < int(scene) <= len(told.scenes):
        return None
    shown = told.scenes[int(scene) - 1]
    page, _, query = shown.at.partition("?")
    seen, _ = url.read(page, query)
    if shown.part:
        return compare.maps(claims.surface_of_c3(claims.shipped()), seen.name)
    if page == COMPARE:
        return _compare(seen, None)
    return _BODIES[page](seen, None) if page in (CLAIMS, METHOD) else None


def _start(view: View, visit: Visit | None) -> Fragment:
    shown, stale = found.of_start()
    if shown is None:
        return render("first_run.html.j2")
    opened = View()
    return start.page(shown, CompareView(opened.scenario, opened.other, opened.measure), stale)


def _compare(view: View, visit: Visit | None) -> Fragment:
    if view.changes_nothing:
        return render("nothing.html.j2", name=view.name, ways=nothing_ways())
    shown = _digests(view, visit)
    if shown is None and visit is not None:
        return render("running.html.j2", lives=False) if visit.goes_on else Fragment("")  # the head says why
    if shown is None:
        return render("not_run.html.j2", address=url.write(view))
    return strip.notices(_further(view)) + compare.page(shown, compare_view(view), within(view), surface_of(view))


def _further(view: View) -> list[Notice]:
    """Where a comparison leads on: to what edits do by themselves, and to more futures."""
    said = []
    if view.edits and view.other.name != view.name:
        said.append(Notice("What is set otherwise is compared together with the scenario it is set in.",
                           url.write(replace(view, against=view.name)), "See what it does by itself"))
    most = min(FUTURES, settings.in_force().futures)
    if view.futures < most:
        said.append(Notice(f"This page asks for {view.futures} future{'s' * (view.futures > 1)} and no more.",
                           url.write(replace(view, futures=most)), f"Run {most}"))
    return said


def compare_view(view: View) -> CompareView:
    """What an address asks the comparison to show."""
    by = view.extra.get("by", TIME)
    return CompareView(view.scenario, view.other, view.measure, by if by in WAYS else TIME, view.extra.get("sort", ""),
                       view.extra.get("table") == "1", view.extra.get("band") == "1", view.drawn)


def surface_of(view: View) -> Section | None:
    """Where work neither grows nor shrinks, for the worlds of the claim that says so."""
    asked = (view.name, view.against_name)
    return claims.surface_of_c3(claims.shipped()) if asked == SURFACE_OF else None


def _digests(view: View, visit: Visit | None) -> Digests | None:
    """What can be shown of a comparison: what came with the app, or the visitor's own futures."""
    return found.came_with(view) or (found.of_pairs(visit.pairs) if visit is not None else None)


def _people(view: View, visit: Visit | None) -> Fragment:
    if visit is None or not all(office.store().has(each) for each in visit.worlds):
        return render("running.html.j2", lives=True)
    lives, seen = found.lives(visit.worlds), people.PeopleView.of(view)
    if lives.nobody:
        return people.page(lives, seen)
    row = int(lives.workers[choose(lives, seen).place]["row"])
    return people.page(lives, seen, *(found.life(each) for each in visit.follow(row)))


def nothing_ways() -> list[tuple[str, str]]:
    """Where to go from two worlds that are the same."""
    return [(url.write(View(COMPARE, name)), named(name).title) for name in ("ai_first", "larger_credit",
                                                                           "claims_taken_literally")]


Body = Callable[[View, Visit | None], Fragment]
_BODIES: dict[str, Body] = {METHOD: _method, CLAIMS: _claims, BATCHES: _batches, STORY: _story, START: _start,
                            COMPARE: _compare, PEOPLE: _people}
