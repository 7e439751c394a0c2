"""Every tab of the Method page is well formed, can be reached, and is there at once."""

import re

import pytest

from tests.pace import quiet_seconds
from viz.pages.method import TABS, page


@pytest.mark.parametrize("tab", [name for name, _ in TABS])
def test_elements_close_in_order_and_ids_are_unique(pages, tab):
    seen = pages[tab]
    assert not seen.wrong
    assert not seen.open
    assert len(seen.ids) == len(set(seen.ids))


@pytest.mark.parametrize("tab", [name for name, _ in TABS])
def test_headings_start_below_that_of_the_frame_and_skip_no_level(pages, tab):
    levels = [int(tag[1]) for tag, _, _ in pages[tab].elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 2
    assert min(levels) == 2
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


@pytest.mark.parametrize("tab", [name for name, _ in TABS])
def test_every_table_has_a_caption_and_scrolls_in_a_named_region_that_the_keyboard_reaches(pages, tab):
    tables = [at for at, (tag, _, _) in enumerate(pages[tab].elements) if tag == "table"]
    for at in tables:
        assert pages[tab].elements[at + 1][0] == "caption"
        tag, attrs, _ = pages[tab].elements[at - 1]
        assert (tag, attrs.get("role"), attrs.get("tabindex")) == ("div", "region", "0")
        assert attrs["aria-label"]


def test_links_inside_are_relative_and_lead_to_places_that_exist(pages):
    for tab, seen in pages.items():
        for attrs in seen.all("a"):
            link = attrs["href"]
            if link.startswith(("http://", "https://", "data:text/csv")):
                continue
            assert not link.startswith("/"), f"{tab}: {link} breaks below another root"
            target = re.search(r"tab=(\w+)", link)
            there = pages[target.group(1)] if target else seen
            anchor = link.partition("#")[2]
            assert not anchor or anchor in there.ids, f"{tab}: {link} leads nowhere"


@pytest.mark.parametrize("tab", [name for name, _ in TABS])
def test_no_style_and_no_script_stands_inside_the_page(pages, tab):
    keys = {key for _, attrs, _ in pages[tab].elements for key in attrs}
    assert not [key for key in keys if key == "style" or key.startswith("on")]
    assert not pages[tab].all("script")
    assert not pages[tab].all("style")


@pytest.mark.parametrize("tab", [name for name, _ in TABS])
def test_a_tab_says_which_it_is(pages, tab):
    links = [attrs for attrs in pages[tab].all("a") if attrs.get("aria-current") == "page"]
    assert [attrs["href"] for attrs in links] == [f"method?tab={tab}"]


def test_an_unknown_tab_shows_the_first():
    assert page("nonsense").html == page(TABS[0][0]).html


@pytest.mark.parametrize("tab", [name for name, _ in TABS])
def test_a_tab_is_there_at_once_after_the_first_time(pages, tab):
    assert quiet_seconds(lambda: page(tab), 3) < 0.15


def test_a_search_is_answered_at_once(pages):
    assert quiet_seconds(lambda: page("numbers", "assumption", "wage"), 3) < 0.15
