"""The Method page, "says who?": what the model does, its numbers, how far it is right, its words and its limits."""

from __future__ import annotations

from functools import cache

from model.errors import nearest, sentences, shown
from viz.fragments import Fragment, render
from viz.pages.method import how, limits, numbers, reality, reproduce, words
from viz.view import TABS

__all__ = ["TABS", "page"]
_STILL = {"how": how, "reality": reality, "words": words, "limits": limits, "reproduce": reproduce}


def page(tab: str, kind: str = "", search: str = "") -> Fragment:
    """One tab of the page; an unknown name gives the first, and says so. ``kind`` and ``search`` narrow the table of
    numbers.
    """
    names = dict(TABS)
    unknown = tab if tab and tab not in names else ""
    tab = tab if tab in names else TABS[0][0]
    return _tabs(tab, unknown) + (numbers.tab(kind, search) if tab == "numbers" else _made(tab))


def _tabs(tab: str, unknown: str) -> Fragment:
    """The row of tabs; below it a sentence for a name that is none of them."""
    says = sentences(f"Method has no tab {shown(unknown)}.", nearest(unknown, dict(TABS))) if unknown else ""
    return render("method/tabs.html.j2", tabs=TABS, tab=tab, says=says)


@cache
def _made(tab: str) -> Fragment:
    return _STILL[tab].tab()
