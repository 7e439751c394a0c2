"""What each page holds, as a piece of HTML; the same at first paint and later."""

from __future__ import annotations

from collections.abc import Callable

from viz import office, strip
from viz.fragments import Fragment, render
from viz.pages import batches, claims, method, story
from viz.parts.links import beside
from viz.view import BATCHES, CLAIMS, COMPARE, METHOD, PAGES, PEOPLE, SIMULATE, START, STORY, Notice, View
from viz.visit import Visit


def of(view: View, notices: list[Notice], visit: Visit | None = None) -> Fragment:
    """A page; without a visit as it is before anything has been run."""
    body = _BODIES.get(view.page, _soon)(view, visit)
    if view.page in (START, STORY):  # these have headings of their own
        return strip.notices(notices) + body
    return strip.head(view, notices, visit.said() if visit is not None else "") + body


def _method(view: View, visit: Visit | None) -> Fragment:
    return method.page(*(view.extra.get(name, "") for name in ("tab", "kind", "search")))


def _claims(view: View, visit: Visit | None) -> Fragment:
    return claims.page(claims.shipped(), view.extra.get("c", ""))


def _batches(view: View, visit: Visit | None) -> Fragment:
    root, asked = batches.root(office.settings().studies), dict(view.extra)
    name = asked.pop("study", "")
    if not name:
        return batches.listing(root)
    return batches.shown(root, name, asked.pop("section", ""), asked.pop("point", None), asked)


def _story(view: View, visit: Visit | None) -> Fragment:
    return story.page(view.extra.get("name", ""), view.extra.get("scene", "1"), link=beside(View()))


def _soon(view: View, visit: Visit | None) -> Fragment:
    return render("soon.html.j2", label=PAGES[view.page])


Body = Callable[[View, Visit | None], Fragment]
_BODIES: dict[str, Body] = {METHOD: _method, CLAIMS: _claims, BATCHES: _batches, STORY: _story, START: _soon,
                            SIMULATE: _soon, COMPARE: _soon, PEOPLE: _soon}
