"""The Method page, "says who?": what the model does, its numbers, how far it is right, its words and its limits."""

from __future__ import annotations

from functools import cache

from viz.fragments import Fragment, render
from viz.pages.method import how, limits, numbers, reality, reproduce, words
from viz.view import TABS

__all__ = ["TABS", "page"]
_STILL = {"how": how, "reality": reality, "words": words, "limits": limits, "reproduce": reproduce}


def page(tab: str, kind: str = "", search: str = "") -> Fragment:
    """One tab of the page; an unknown name gives the first. ``kind`` and ``search`` narrow the table of numbers."""
    tab = tab if tab in dict(TABS) else TABS[0][0]
    return _tabs(tab) + (numbers.tab(kind, search) if tab == "numbers" else _made(tab))


@cache
def _tabs(tab: str) -> Fragment:
    return render("method/tabs.html.j2", tabs=TABS, tab=tab)


@cache
def _made(tab: str) -> Fragment:
    return _STILL[tab].tab()
