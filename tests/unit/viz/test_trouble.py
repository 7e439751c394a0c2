"""A page that fails is a sentence with a number, and the log says the rest under that number."""

import re

import pytest

from viz import contents, first_paint, levers_panel
from viz.view import PAGES, SIMULATE, View


def fails(*given):
    raise ZeroDivisionError("a hidden cause")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_whose_making_fails_has_a_first_paint_that_says_so(page, monkeypatch, caplog):
    monkeypatch.setattr(*((levers_panel, "panel") if page == SIMULATE else (contents, "of")), fails)
    html = first_paint.of(View(page), []).whole
    number = re.search(r"This page could not be shown\. The log of the server says why, under ([0-9a-f]{8})\.", html)
    assert number, html
    assert "<h1" in html
    assert "a hidden cause" not in html
    assert number.group(1) in caplog.text
    assert "a hidden cause" in caplog.text


def test_no_other_page_is_lost_by_it(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(contents, "of", fails)
        first_paint.of(View("method"), [])
    assert "could not be shown" not in first_paint.of(View("method"), []).whole
