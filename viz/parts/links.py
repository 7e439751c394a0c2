"""Links of the app: a page and its state, as a relative address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlencode

from viz import url
from viz.view import View

Link = Callable[..., str]  # link(page, **state) -> address


def plain_link(page: str, /, **state: object) -> str:
    """The page with this state and no other; what is None is left out. Names with points: ``**{"set.x": 1}``."""
    query = urlencode({name: value for name, value in state.items() if value is not None}, safe=",:")
    return f"{page}?{query}" if query else page


def beside(view: View) -> Link:
    """Links that keep what a visitor looks at and add to it: settings join their edits, the rest is the page's own.
    A scenario that is named begins anew, without edits.
    """

    def link(page: str, **state: object) -> str:
        given = {name: str(value) for name, value in state.items() if value is not None}
        base = View() if "s" in given else view
        edits = {name: given.pop(name) for name in list(given) if "." in name}
        fields = {field: kind(given.pop(name)) for name, (field, kind) in _FIELDS.items() if name in given}
        return url.write(replace(base.at(page, **given), edits={**base.edits, **edits}, **fields))

    return link


def within(view: View) -> Link:
    """Links that keep all settings and, on the same page, how it is looked at: to another state of it, or to another
    page. What is None, "" or False is taken away.
    """

    def link(page: str = view.page, *, week: int = view.week, measure: str = view.measure, **state: object) -> str:
        kept = view.extra if page == view.page else {}
        extra = {name: text for name, value in {**kept, **state}.items() if (text := _text(value))}
        return url.write(replace(view, page=page, week=week, measure=measure or View.measure, extra=extra))

    return link


def _text(value: object) -> str:
    return "" if value is None or value is False else "1" if value is True else str(value)


_FIELDS = {"s": ("name", str), "vs": ("against", str), "n": ("futures", int), "w": ("week", int), "m": ("measure", str)}
