"""Ways through a page: past the levers, out of their sheet on a phone, and to the same page by a link."""

import pytest

from experiments.page.page import version_of_package
from tests.browser.served import whole

pytestmark = pytest.mark.browser

SHEET = "details.levers"


@pytest.mark.parametrize("at", ["compare?n=1&s=larger_credit&vs=ai_first&by=money", "method?tab=numbers"])
def test_no_amount_in_dollars_is_taken_for_a_formula(visit, at):
    page = visit()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.add_init_script("""window.formulas = 0;
      new MutationObserver(() => { formulas = Math.max(formulas, document.querySelectorAll(".katex").length); })
        .observe(document, { childList: true, subtree: true });""")
    page.goto(f"{page.url.partition('?')[0]}{at}")
    whole(page)
    page.evaluate("solara.renderKatex()")  # as Solara does when a page is there, at once or a moment later
    page.wait_for_timeout(300)
    assert page.locator("main").inner_text().count("$") > 1
    assert page.evaluate("formulas") == 0
    assert [each for each in said if "LaTeX" in each] == []


def test_a_link_leads_the_keyboard_past_the_levers_to_the_board(visit):
    page = whole(visit("simulate", 1440))
    page.locator(".strip-links button").focus()
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip the levers")
    assert skip.evaluate("link => link === document.activeElement")
    box = skip.bounding_box()
    assert box["x"] >= 0, "it is seen while it has the focus"
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'board'")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('.board'))")


def test_the_sheet_of_levers_leaves_half_of_a_phone_and_closes_by_button_and_key(visit):
    page = whole(visit("simulate", 390, 844))
    sheet, summary = page.locator(SHEET), page.locator(f"{SHEET} > summary")
    assert not page.locator(f"{SHEET} .done").is_visible()
    summary.tap()
    assert sheet.bounding_box()["height"] <= 844 / 2 + 1
    page.wait_for_function("""() => {
      const { top } = document.querySelector(".board").getBoundingClientRect();
      return 0 <= top && top < innerHeight / 2 - 100; }""")  # what the levers change is in sight
    page.evaluate("""() => {
      const rate = document.querySelector('[data-edit="lever.TaxCredit.rate"]');
      rate.value = 0.11;
      rate.dispatchEvent(new Event("input", { bubbles: true })); }""")
    page.wait_for_function("document.querySelector('.message').textContent.startsWith('Running')")
    bar = page.locator(".bar-slim").bounding_box()
    assert 0 <= bar["y"]
    assert bar["y"] + bar["height"] <= 844 / 2 + 1
    whole(page)
    page.keyboard.press("Escape")
    assert not sheet.evaluate("each => each.open")
    summary.tap()
    page.locator(f"{SHEET} .done").tap()
    assert not sheet.evaluate("each => each.open")


def test_a_copied_link_names_scenario_and_version_and_the_address_stays_short(visit, app):
    page = whole(visit("simulate", 1280, permissions=["clipboard-read", "clipboard-write"]))
    page.get_by_role("button", name="Copy link").click()
    page.wait_for_function("document.getElementById('live').textContent === 'Link copied'")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{app.at}simulate?s=ai_first&v={version_of_package()}"
    assert page.url == f"{app.at}simulate"
    page.goto(copied)
    whole(page)
    assert page.locator(".notice").count() == 0
