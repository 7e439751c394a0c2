"""A piece of HTML as a part of a page."""

from __future__ import annotations

import solara

from viz.fragments import Fragment


def html(fragment: Fragment) -> solara.Element:
    """The piece as it is; templates have escaped what is in it."""
    return solara.HTML(tag="div", unsafe_innerHTML=fragment.whole)
