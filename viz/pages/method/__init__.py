"""The Method page, "says who?": what the model does, its numbers, how far it is right, its words and its limits."""

from __future__ import annotations

from functools import cache

from viz.fragments import Fragment, render
from viz.pages.method.how import how
from viz.pages.method.limits import limits
from viz.pages.method.numbers import numbers
from viz.pages.method.reality import reality
from viz.pages.method.reproduce import reproduce
from viz.pages.method.tabs import NAMES, TABS
from viz.pages.method.words import words

__all__ = ["TABS", "page"]
_STILL = {"how": how, "reality": reality, "words": words, "limits": limits, "reproduce": reproduce}


def page(tab: str, kind: str = "", search: str = "") -> Fragment:
    """One tab of the page; an unknown name gives the first. ``kind`` and ``search`` narrow the table of numbers."""
    tab = tab if tab in NAMES else NAMES[0]
    return _tabs(tab) + (numbers(kind, search) if tab == "numbers" else _made(tab))


@cache
def _tabs(tab: str) -> Fragment:
    return render("method/tabs.html.j2", tabs=TABS, tab=tab)


@cache
def _made(tab: str) -> Fragment:
    return _STILL[tab]()
