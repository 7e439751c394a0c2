"""The tabs of the Method page, and the addresses inside it, relative so that the app may live under any root."""

from __future__ import annotations

from viz.parts.links import plain_link


def address(tab: str, anchor: str = "", **asked: str) -> str:
    """The address of a tab, of what is asked for there, and of a place on it."""
    found = plain_link("method", tab=tab, **{key: value for key, value in asked.items() if value})
    return f"{found}#{anchor}" if anchor else found
