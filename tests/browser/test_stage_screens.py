"""The stage fits every screen, finger and theme, and an accessibility checker finds nothing."""

import pytest

from tests.browser.checker import checked
from tests.browser.staged import PHONE, WIDE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1440])
def test_nothing_is_wider_than_the_screen(stage, width):
    page = stage.open("week=100", {"width": width, "height": 700})
    page.wait_for_timeout(400)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_targets_are_large_enough_for_fingers(stage):
    sizes = """[...document.querySelectorAll('#stage :is(button, input, select, summary)')]
      .map((each) => [each.getBoundingClientRect(), each.getAttribute('aria-label') || each.textContent])
      .filter(([box]) => box.width && (box.height < LEAST || box.width < LEAST)).map(([, name]) => name)"""
    touch = stage.open("week=100", PHONE, has_touch=True, is_mobile=True)
    assert touch.evaluate(sizes.replace("LEAST", "44")) == []
    mouse = stage.open("week=100")
    assert mouse.evaluate(sizes.replace("LEAST", "24")) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_axe_finds_nothing(stage, scheme, size):
    page = stage.open("week=100&ghost=1&filled=400", size, color_scheme=scheme)
    for summary in page.locator("summary").all():
        summary.click()
    page.wait_for_timeout(500)
    page.evaluate("dispatchEvent(new Event('callsheet:edited'))")
    found = checked(page).response["violations"]
    assert [(each["id"], [node["html"][:120] for node in each["nodes"][:3]]) for each in found] == []
