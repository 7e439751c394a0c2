"""Links of the app: a page and its state, as a relative address."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

Link = Callable[..., str]  # link(page, **state) -> address


def plain_link(page: str, **state: object) -> str:
    """The page with this state and no other; what is None is left out. Names with points go in as ``**{"set.x": 1}``."""
    query = urlencode({name: value for name, value in state.items() if value is not None})
    return f"{page}?{query}" if query else page
