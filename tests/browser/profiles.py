"""Browsers that keep, from one test to the next, what they have compiled of scripts, and nothing else.

A context of a browser that was launched is incognito: it compiles Plotly and Solara anew for every page, which costs
more than all else that a page does. So each visitor has a browser with a profile on disk, whose cookies, storage and
permissions are wiped when the test ends.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

STORAGE = "local_storage,indexeddb,service_workers,cache_storage"


class Profiles:
    """Browsers with profiles in a folder; none is used by two visitors of a test."""

    def __init__(self, kind, folder: Path, **launch: object) -> None:
        self._kind, self._folder, self._launch = kind, folder, launch
        self._all: dict[str, list] = {}  # what a profile emulates → its browsers
        self._taken: list = []

    def page(self, viewport: dict | None = None, color_scheme: str = "light", reduced_motion: str = "no-preference",
             permissions: tuple | list = (), has_touch: bool = False, is_mobile: bool = False):
        """A page for a visitor of its own."""
        context = self._context(has_touch=has_touch, is_mobile=is_mobile)
        if permissions:
            context.grant_permissions(permissions)
        page = context.new_page()
        page.set_viewport_size(viewport or {"width": 1280, "height": 720})
        page.emulate_media(color_scheme=color_scheme, reduced_motion=reduced_motion)
        return page

    def _context(self, **emulated: bool):
        name = "-".join(["profile", *(each for each, on in emulated.items() if on)])
        found = self._all.setdefault(name, [])
        free = [each for each in found if each not in self._taken]
        if not free:
            free.append(self._kind.launch_persistent_context(self._folder / f"{name}-{len(found)}", **self._launch,
                                                             **emulated))
            found += free
        self._taken.append(free[0])
        return free[0]

    def leave(self) -> None:
        """Every visitor goes, and leaves nothing that the next could see."""
        while self._taken:
            context = self._taken.pop()
            first, *pages = context.pages
            seen = {"://".join(urlsplit(each.url)[:2]) for each in pages}
            for each in pages:
                each.close()
            protocol = context.new_cdp_session(first)
            for origin in seen:
                protocol.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": STORAGE})
            protocol.detach()
            context.clear_cookies()
            context.clear_permissions()
            context.unroute_all()
            context.set_offline(False)

    def close(self) -> None:
        """End all browsers."""
        for each in sum(self._all.values(), []):
            each.close()
