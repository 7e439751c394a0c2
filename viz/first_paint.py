"""What a page shows before its script has said a word: the server writes it into the first answer."""

from __future__ import annotations

from viz import contents
from viz.fragments import Fragment
from viz.view import SIMULATE, Notice, View


def of(view: View, notices: list[Notice]) -> Fragment:
    """The first paint of a page."""
    found = contents.of(view, notices)
    kind = view.page or "start"
    return Fragment(f'<div class="page page-{kind}">{found.whole}</div>') if view.page != SIMULATE else found
