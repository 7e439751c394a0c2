"""Every page is there for everybody: wide and on a phone, light and dark, with a screen reader, without a network."""

import pytest

from tests.browser.checker import checked
from tests.browser.served import PAGES, whole

pytestmark = pytest.mark.browser

NAMELESS = """() => [...document.querySelectorAll("button, a[href], input, select, textarea, summary, [role=slider]")]
  .filter((each) => each.checkVisibility() && each.type !== "hidden")
  .filter((each) => !(each.textContent.trim() || each.getAttribute("aria-label") || each.title || each.labels?.length))
  .map((each) => each.outerHTML.slice(0, 120))"""
# Whatever reaches out of the window, and is not inside a part that scrolls by itself.
WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
  .filter((each) => each.getBoundingClientRect().right > innerWidth + 1).map((each) => each.outerHTML.slice(0, 100))
  .slice(-3)"""
# How much of the window moved by itself while the page came, from nothing to all of it; below a tenth nobody minds.
SHIFTED = """() => new Promise((done) => {
  setTimeout(() => done(0), 300);
  new PerformanceObserver((list) => done(list.getEntries().filter((each) => !each.hadRecentInput)
    .reduce((sum, each) => sum + each.value, 0))).observe({ type: "layout-shift", buffered: true }); })"""
SMALL = """() => [...document.querySelectorAll("button, summary, select, input, nav a, .button, [role=slider]")]
  .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.matches(".tip, [type=checkbox]"))
  .filter((each) => { const { width, height } = each.getBoundingClientRect(); return width > 2 && height < 43.5; })
  .map((each) => each.outerHTML.slice(0, 110))"""


@pytest.mark.parametrize("name", PAGES)
def test_a_page_stands_in_nobodys_way_and_asks_nothing_of_the_network(visit, app, shots, name):
    """Whatever is not this machine is cut off; `visit` fails for what a page asks of others."""
    page = whole(visit(PAGES[name], 1440, reduced_motion="reduce"))
    assert page.evaluate(SHIFTED) < 0.1
    assert page.evaluate("[...document.images].every((each) => each.complete && each.naturalWidth)")
    assert page.evaluate("document.fonts.status") == "loaded"
    said = page.evaluate("performance.getEntriesByType('resource').map((each) => each.name)")
    assert all(each.startswith((app.at, f"blob:{app.at}", "data:")) for each in said)
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.title()
    assert page.evaluate(NAMELESS) == []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(200)
        page.screenshot(path=shots / f"{name}-1440-{scheme}.png", full_page=scheme == "light" and name != "simulate")
        found = checked(page)
        assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size({"width": 320, "height": 640})
    page.wait_for_timeout(300)
    assert page.evaluate(WIDE) == []


@pytest.mark.parametrize("name", ["start", "simulate", "compare", "compare-craft", "people", "method-numbers", "claims",
                                  "batches", "story"])
def test_a_page_on_a_phone_has_targets_for_a_finger(visit, shots, name):
    page = whole(visit(PAGES[name], 390, 844, reduced_motion="reduce"))
    assert page.evaluate(SHIFTED) < 0.1
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(200)
        page.screenshot(path=shots / f"{name}-390-{scheme}.png", full_page=scheme == "light" and name != "simulate")
    assert page.evaluate(WIDE) == []
    assert page.evaluate(SMALL) == []


@pytest.mark.parametrize(("width", "soon"), [(1280, 50), (390, 250)])  # a phone scrolls to the focus a moment later
def test_what_has_the_focus_is_never_under_the_timeline(visit, width, soon):
    page = whole(visit("simulate", width, 800))
    page.locator("main").focus()
    covered = []
    for _ in range(45):
        page.keyboard.press("Tab")
        page.wait_for_timeout(soon)
        covered += page.evaluate("""() => {
          const at = document.activeElement, box = at.getBoundingClientRect();
          const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          const lies = over?.closest(".timeline, details.levers");
          return lies && !lies.contains(at) ? [at.outerHTML.slice(0, 100)] : []; }""")
    assert covered == []


def test_plotly_is_asked_for_by_the_first_chart_of_a_visit_and_once(visit):
    page = visit("batches")
    asked = "performance.getEntriesByType('resource').filter((each) => each.name.endsWith('/plotly.js')).length"
    for name, times in (("batches", 0), ("method-words", 0), ("claims", 0), ("start", 1), ("compare", 1),
                        ("simulate", 1), ("claims", 1)):
        page.evaluate("to => solara.router.push(to)", f"/{PAGES[name]}") if name != "batches" else None
        page.wait_for_function("to => location.href.endsWith(to)", arg=f"/{PAGES[name]}")
        page.wait_for_selector(f".page-{name.partition('-')[0]}")
        whole(page)
        assert page.locator("main .main-svg").count() > 0 if times and name != "claims" else True, name
        assert page.evaluate(asked) == times, name


def test_an_address_that_is_no_page_leads_to_the_start(visit, app):
    status, _, text = app.ask("/nothing-of-the-kind")
    assert status == 404
    page = visit()
    visit.errors.clear()
    page.goto(f"{app.at}nothing-of-the-kind")
    page.get_by_role("link", name="Start from the beginning").click()
    whole(page)
    visit.errors.clear()  # the browser notes the 404 itself
