"""A visitor draws a line and then sees the model's, by mouse and by keyboard; who drew none sees it at once."""

import pytest

from tests.browser.hands import focused
from tests.browser.page import BET, REVEAL

pytestmark = pytest.mark.browser


def test_a_bet_is_drawn_by_keyboard_and_kept_when_the_truth_is_shown(open_page):
    page = open_page(at=BET)
    handle = page.get_by_role("slider", name="2031")
    handle.focus()
    for key in ("PageUp", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    assert handle.get_attribute("aria-valuetext") == "2031: 108% of the crew-weeks without AI"
    assert handle.get_attribute("aria-valuenow") == "108"
    page.keyboard.press("Tab")
    assert focused(page, "el => el.dataset.year") == "2032"
    assert page.locator(".bet-truth").count() == 0
    page.get_by_role("button", name="Place my bet").press("Enter")
    assert "Your bet for 2035 is 108%" in page.locator(".bet-result").text_content()
    drawn = page.locator(".bet-line").get_attribute("d")
    page.get_by_role("link", name="Next").press("Enter")
    page.wait_for_selector(".bet-truth")
    assert page.locator(".bet-line").get_attribute("d") == drawn
    said = page.locator(".bet-result").text_content()
    assert "You drew 108% for 2035; in the model it is 99.1% of the crew-weeks without AI." in said
    assert "9 points above it" in said
    page.get_by_role("button", name="Draw again").click()
    assert page.locator(".bet-truth").count() == 0


def test_whoever_made_no_bet_sees_the_model_s_line_and_may_draw_one_afterwards(open_page):
    page = open_page(at=REVEAL)
    page.wait_for_selector(".bet-truth")
    assert page.locator(".bet-line, .bet-handle").count() == 0
    assert page.locator(".bet-result").text_content().startswith("For 2035 in the model it is 99.1% of the crew-weeks")
    page.get_by_role("button", name="Draw a line of my own").press("Enter")
    assert page.locator(".bet-truth").count() == 0
    assert focused(page, "el => el.dataset.year") == "2035"
    page.keyboard.press("ArrowUp")
    page.get_by_role("button", name="Place my bet").press("Enter")
    assert "You drew 101% for 2035; in the model it is 99.1%" in page.locator(".bet-result").text_content()


@pytest.mark.parametrize("width", [1200, 390])
def test_a_bet_is_drawn_in_one_stroke(open_page, width):
    page = open_page(width, at=BET)
    box = page.locator(".bet-board").bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + box["height"] * 0.4)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 16, box["y"] + box["height"] * 0.9, steps=4)
    page.mouse.up()
    page.mouse.move(box["x"] + 80, box["y"] + 30)
    values = [float(each.get_attribute("aria-valuenow")) for each in page.get_by_role("slider").all()]
    assert len(values) == 9
    assert values == sorted(values, reverse=True)
    assert values[-1] < 84
    page.get_by_role("button", name="Place my bet").click()
    page.evaluate("at => solara.router.push(at)", REVEAL)
    page.wait_for_selector(".bet-truth")
    assert "below it" in page.locator(".bet-result").text_content()
