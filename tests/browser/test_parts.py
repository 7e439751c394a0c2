"""The scripts of a page do what they promise, by mouse, by finger and by keyboard, in both themes."""

import struct
import zlib

import pytest

from model.digest import model_digest
from tests.browser.checker import checked
from tests.browser.hands import focused
from tests.browser.page import BET, REVEAL, SOURCE, TITLE

pytestmark = pytest.mark.browser
DECIDED = "story?name=claim&scene=4"


def downloaded(page, words):
    with page.expect_download() as caught:
        page.get_by_role("button", name=f"{words}: {TITLE}").click()
    return caught.value.suggested_filename, caught.value.path().read_bytes()


def heard(page, *names):
    """What the page is told from now on."""
    page.evaluate("""names => { window.heard = []; for (const name of names) {
        addEventListener("callsheet:" + name, (event) => {
          event.preventDefault();
          heard.push(event.detail === null ? name : name + " " + event.detail);
        }); } }""", list(names))
    return lambda: page.evaluate("heard")


# Charts


def test_a_chart_is_drawn_in_the_colors_of_the_theme_and_again_when_it_changes(open_page):
    page = open_page()
    ink = "() => document.querySelector('.chart .scatterlayer path.js-line').style.stroke"
    light = page.evaluate(ink)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"light => ({ink})() !== light", arg=light)
    page.evaluate("document.documentElement.setAttribute('data-theme', 'light')")
    page.wait_for_function(f"light => ({ink})() === light", arg=light)


def test_a_chart_takes_the_width_there_is_and_is_never_scaled(open_page):
    page = open_page(1200)
    page.set_viewport_size({"width": 420, "height": 800})
    page.wait_for_function("""() => { const chart = document.querySelector('.chart');
        return Math.abs(chart.querySelector('.main-svg').getBoundingClientRect().width - chart.clientWidth) < 2; }""")
    assert page.evaluate("document.documentElement.scrollWidth") <= 420


def test_charts_of_a_fragment_are_drawn_and_those_that_are_gone_forgotten(open_page):
    page = open_page()
    page.evaluate("window.purged = 0; const old = Plotly.purge; Plotly.purge = (e) => { purged++; return old(e); }; 0")
    page.evaluate("at => solara.router.push(at)", REVEAL)
    page.wait_for_selector(".story-page .chart .main-svg")
    assert page.evaluate("purged") == 1
    assert page.locator("[data-picture]").count() == 3
    assert page.locator(".modebar-container a").count() == 0


def test_an_svg_carries_title_source_and_version(open_page):
    name, data = downloaded(open_page(), "SVG")
    text = data.decode()
    assert name == "callsheet_work.svg"
    assert f"<title>{TITLE}</title>" in text
    assert f"<desc>{SOURCE}</desc>" in text
    assert SOURCE in text.partition("<metadata>")[2].partition("</metadata>")[0]
    assert text.count(model_digest()) == 3  # in the picture itself, too
    assert "NaN" not in text


def test_a_png_carries_title_source_and_version_in_sound_chunks(open_page):
    name, data = downloaded(open_page(), "PNG")
    assert name == "callsheet_work.png"
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    at, found = 8, {}
    while at < len(data):
        (length,), kind = struct.unpack(">I", data[at : at + 4]), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + length]
        assert struct.unpack(">I", data[at + 8 + length : at + 12 + length])[0] == zlib.crc32(kind + body)
        if kind == b"iTXt":
            keyword, _, rest = body.partition(b"\0")
            found[keyword.decode()] = rest[4:].decode()
        at += 12 + length
    assert (found["Title"], found["Source"]) == (TITLE, SOURCE)
    assert found["Comment"].endswith("/index.html")


def test_a_chart_has_a_link_of_its_own(open_page):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name=f"Copy link: {TITLE}").click()
    page.wait_for_function("document.getElementById('live').textContent === 'Link copied'")
    assert page.evaluate("navigator.clipboard.readText()").endswith("/index.html#chart-work")


# Tips


def test_a_tip_opens_on_hover_stays_while_it_is_hovered_and_goes(open_page):
    page = open_page()
    page.get_by_role("button", name="45%").hover()
    card = page.locator(".tip-card")
    card.wait_for()
    card.hover()
    page.wait_for_timeout(500)
    assert card.is_visible()
    page.mouse.move(5, 400)
    card.wait_for(state="detached")


def test_a_tip_opens_on_focus_leads_into_its_links_and_closes_with_escape(open_page):
    page = open_page()
    button = page.get_by_role("button", name="45%")
    button.focus()
    page.locator(".tip-card").wait_for()
    assert button.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.tip-card') !== null")
    page.keyboard.press("Escape")
    assert page.locator(".tip-card").count() == 0
    assert button.get_attribute("aria-expanded") == "false"
    assert "45%" in focused(page)


@pytest.mark.parametrize("at", [0, 1, 2, 3])
def test_a_tip_opens_on_tap_and_never_leaves_the_window(open_page, at):
    page = open_page(390, 700, has_touch=True)
    page.evaluate("document.querySelector('.levers').open = false")
    tip = page.locator(".tip").nth(at)
    tip.tap()
    box = page.locator(".tip-card").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 700
    page.touchscreen.tap(200, 3) if box["y"] > 10 else tip.tap()
    page.locator(".tip-card").wait_for(state="detached")


# Keys


def test_keys_say_what_they_do(open_page):
    page = open_page()
    told = heard(page, "play", "step", "start", "end", "compare", "follow", "band", "table", "download", "reset")
    for key in (" ", "ArrowLeft", "ArrowRight", "Shift+ArrowLeft", "Shift+ArrowRight", "Home", "End", *"cfbtdr"):
        page.keyboard.press(key)
    assert told() == ["play", "step -1", "step 1", "step -52", "step 52", "start", "end", "compare", "follow", "band",
                      "table", "download", "reset"]


def test_keys_are_left_to_whoever_uses_them(open_page):
    page = open_page()
    told = heard(page, "play", "step", "compare", "start")
    page.get_by_label("Search").focus()
    page.keyboard.type("c 1")
    page.get_by_role("button", name="Theme").focus()
    page.keyboard.press(" ")
    page.get_by_role("slider", name="Credit rate").focus()
    for key in ("ArrowLeft", "Home"):
        page.keyboard.press(key)
    page.evaluate("document.activeElement.blur()")
    for key in ("Control+c", "Alt+ArrowLeft", "Meta+c"):
        page.keyboard.press(key)
    assert told() == []
    assert page.get_by_label("Search").input_value() == "c 1"


def test_keys_reach_search_levers_and_pages(open_page):
    page = open_page()
    page.keyboard.press("/")
    assert focused(page, "el => el.name") == "q"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("l")
    assert focused(page) == "Levers"
    page.keyboard.press("3")
    page.wait_for_function("pushed.length === 1")
    assert page.evaluate("pushed") == ["/compare"]


def test_the_sheet_stands_in_the_middle_and_lists_only_keys_that_do_something(open_page):
    page = open_page()
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keyboard")
    box = sheet.bounding_box()
    assert abs(2 * box["x"] + box["width"] - 1200) < 20 > abs(2 * box["y"] + box["height"] - 900)
    listed = [sheet.get_by_text(each, exact=True).is_visible() for each in ("Search", "Play or pause", "Time")]
    assert listed == [True, False, False], "nothing plays here"


def test_the_sheet_opens_and_closes_and_turns_letters_off_for_good(open_page):
    page = open_page()
    page.evaluate("document.querySelector('main').dataset.hears = 'play step'")  # as the timeline says of itself
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keyboard")
    assert sheet.is_visible()
    assert sheet.get_by_text("Play or pause").is_visible()
    told = heard(page, "compare", "play")
    page.keyboard.press("c")
    sheet.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    assert not sheet.is_visible()
    page.evaluate("document.activeElement.blur()")
    for key in ("c", "?", " "):
        page.keyboard.press(key)
    assert told() == ["play"]
    assert not sheet.is_visible()
    page.reload()
    page.get_by_role("button", name="Help").click()
    assert not page.get_by_role("dialog").get_by_role("checkbox").is_checked()


# For everybody


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "at"), [(1200, ""), (390, ""), (390, BET), (1200, REVEAL), (390, DECIDED)])
def test_nothing_stands_in_anybodys_way(open_page, scheme, width, at):
    page = open_page(width, scheme=scheme, at=at)
    page.locator(".tip").first.focus() if page.locator(".tip").count() else None
    found = checked(page)
    assert found.violations_count == 0, found.generate_report()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Help").click()
    found = checked(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("at", ["", BET, REVEAL, DECIDED, "story?name=claim&scene=1", "story?name=policy&scene=2"])
def test_nothing_is_wider_than_a_small_phone(open_page, at):
    page = open_page(320, 600, at=at)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.keyboard.press("?")
    assert page.evaluate("document.querySelector('dialog[open]').scrollWidth") <= 320


def test_targets_are_large_enough_for_a_finger(open_page):
    page = open_page(390, has_touch=True, is_mobile=True)
    small = page.evaluate("""() => [...document.querySelectorAll('button, summary, select, nav a, input[type=search]')]
        .filter((each) => each.checkVisibility() && !each.matches('.tip'))
        .filter((each) => each.getBoundingClientRect().height < 43.5).map((each) => each.outerHTML.slice(0, 90))""")
    assert small == []
