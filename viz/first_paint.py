"""What a page shows before its script has said a word: the server writes it into the first answer."""

from __future__ import annotations

from viz import contents, levers_panel, strip, trouble
from viz.fragments import Fragment, render
from viz.view import SIMULATE, Notice, View


def of(view: View, notices: list[Notice]) -> Fragment:
    """The first paint of a page, or the page in place of one that fails."""
    try:
        return _painted(view, notices)
    except Exception:
        return trouble.told(view.page)


def _painted(view: View, notices: list[Notice]) -> Fragment:
    if view.page == SIMULATE:  # the same places as later, so that nothing moves when the stage comes
        head, panel = strip.head(view, notices, ""), levers_panel.panel(view)
        return render("stage_to_come.html.j2", head=head.html, panel=panel.html)
    kind = view.page or "start"
    return Fragment(f'<div class="page page-{kind}">{contents.of(view, notices).whole}</div>')
