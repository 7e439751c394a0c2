"""A page with the stage on it, and what the tests of the stage ask of it."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

playwright = pytest.importorskip("playwright.sync_api") if not os.environ.get("CI") else __import__(
    "playwright.sync_api", fromlist=["sync_api"])

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
TRACK = "[role=slider]"


class Stage:
    """A page with a stage on it; an error in its console is an error of the test."""

    def __init__(self, new_page: Callable[..., playwright.Page], address: str) -> None:
        self.new_page, self.address = new_page, address
        self.errors: list[str] = []

    def open(self, query: str = "", size: dict | None = None, rest: bool = True, **options: object) -> playwright.Page:
        page = self.new_page(size or WIDE, **options)
        page.on("console", lambda message: self.errors.append(message.text) if message.type in ("error", "warning")
                else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(f"{self.address}/?{query}")
        page.wait_for_function("window.ready")
        if rest:
            page.wait_for_function("el.dataset.digest && el.callsheet.drawn() && !el.querySelector('.plot:empty')")
        return page


def at_rest(page: playwright.Page, week: int) -> str:
    """Waits until the stage rests at a week, and gives the digest of its board."""
    page.wait_for_function(f"el.dataset.week === '{week}'")
    return page.evaluate("el.dataset.digest")


def grow(page: playwright.Page, weeks: int) -> None:
    page.evaluate(f"model.fromPython('run', run({weeks}))")
