"""What each page holds, as a piece of HTML; the same at first paint and later."""

from __future__ import annotations

from viz import strip
from viz.fragments import Fragment, render
from viz.view import PAGES, START, Notice, View
from viz.visit import Visit


def of(view: View, notices: list[Notice], visit: Visit | None = None) -> Fragment:
    """A page; without a visit as it is before anything has been run."""
    head = strip.head(view, notices, visit.said() if visit is not None else "")
    return head + render("soon.html.j2", label=PAGES[view.page])
