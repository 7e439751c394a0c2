"""How it works: the week in sentences taken from the code, and the equations behind them."""

from __future__ import annotations

from viz.fragments import Fragment, render
from viz.marked import marked
from viz.pages.method import odd
from viz.pages.method.week import Part, the_week


def tab(week: tuple[Part, ...] | None = None) -> Fragment:
    """The tab; ``week`` where it is not that of the model that runs."""
    parts = the_week() if week is None else week
    return render("method/how.html.j2", parts=parts, written=odd.written(), known=odd.numbers(), marked=marked,
                  sentences=sum(len(each.verbs) for each in parts if each.numbered))
