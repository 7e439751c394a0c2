"""The first minute of a union researcher, a journalist and a student: what each of them came for, taken along."""

import csv
import re
from io import BytesIO

import pytest

from experiments.page.page import version_of_package
from model.digest import model_digest
from tests.browser.hands import STAGE, Hands, at_rest, click_first_mark
from tests.browser.served import whole
from viz.runs.watch import COLUMNS

pytestmark = pytest.mark.browser

SIZES = [(1440, 900), (390, 844)]


def downloaded(page, act):
    """(name, bytes) of the file that an act downloads."""
    with page.expect_download() as coming:
        act()
    return coming.value.suggested_filename, coming.value.path().read_bytes()


def headed(text):
    """(lines of the head, rows) of a CSV."""
    lines = text.splitlines()
    head = [line.removeprefix("# ") for line in lines if line.startswith("# ")]
    return head, list(csv.DictReader(lines[len(head):]))


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_researcher_finds_the_craft_that_loses_most_and_follows_its_median_worker(visit, shots, width, height):
    page = whole(visit("", width, height))
    hands = Hands(page)
    hands.past_the_menu_and_the_chart()
    hands.to("Who is affected?", 3)
    hands.open("by=craft")
    hands.press("t")
    assert hands.held().startswith("Crew-weeks by craft")
    hands.to("change", 5)
    hands.press("Enter")
    whole(page)
    page.wait_for_selector("th[aria-sort=ascending] a:text-is('change')")
    page.wait_for_function("document.activeElement.textContent === 'change'")
    assert page.evaluate("""() => {
      const at = document.activeElement;
      return at.getBoundingClientRect().right <= at.closest(".scroll").getBoundingClientRect().right; }""")
    page.screenshot(path=shots / f"task-crafts-{width}.png", full_page=True)
    changes = [float(each) for each in page.locator("#table-crafts tbody tr td:nth-child(2) data").evaluate_all(
        "all => all.map((each) => each.value)")]
    assert changes == sorted(changes)
    assert changes[0] < 0
    name, data = downloaded(page, lambda: hands.press("d"))
    head, rows = headed(data.decode())
    assert name == "callsheet_ai_first_against_baseline_crafts.csv"
    assert head[0].startswith(f"Call Sheet {version_of_package()}, model {model_digest()}, scenario ai_first")
    assert any("A crew-week is one worker on a call in one week" in line for line in head)
    assert any("share" in line for line in head)
    assert [float(row["change"]) for row in rows] == pytest.approx(changes, rel=1e-5)  # files have six figures
    craft = rows[0]["craft"]
    hands.to(craft, 8)  # past the seven headings to the right
    hands.open("people?")
    hands.press("f")
    hands.arrive("pick=median")
    assert "craft=" in page.url
    assert f"The one in the middle of the group ({craft})" in page.locator("main").inner_text()
    assert hands.pressed <= 30
    page.screenshot(path=shots / f"task-researcher-{width}.png", full_page=True)


def test_a_journalist_bets_on_a_phone_and_takes_a_chart_along_that_says_where_it_is_from(visit, shots):
    from PIL import Image

    page = whole(visit("", 390, 844))
    page.get_by_role("link", name="Check the claim").tap()
    for scene in range(1, 6):
        page.wait_for_selector(f"[data-place=claim-{scene}]")
        whole(page)
        if scene == 2:
            last = page.get_by_role("slider", name="2035")
            before = float(last.get_attribute("aria-valuenow"))
            board = page.locator(".bet-board")
            box = board.bounding_box()
            board.tap(position={"x": box["width"] - 16, "y": box["height"] * 0.7})
            bet = float(last.get_attribute("aria-valuenow"))
            assert bet < before
            page.get_by_role("button", name="Place my bet").tap()
        if scene == 3:
            assert f"You drew {bet:g}% for 2035; in the model it is " in page.locator(".bet-result").inner_text()
        page.screenshot(path=shots / f"task-story-{scene}-390.png", full_page=True)
        if scene < 5:
            page.get_by_role("link", name="Next").tap()
    page.locator(".story-steps a").nth(2).tap()
    page.wait_for_selector("[data-place=claim-3]")
    page.get_by_role("link", name="Explore from here").tap()
    page.wait_for_selector(".page-compare .answer")
    whole(page)
    said = f"Call Sheet {version_of_package()}, model {model_digest()}, scenario ai_first, against baseline"
    name, data = downloaded(page, page.locator("[data-picture=svg]").first.tap)
    drawn = data.decode()
    assert name.endswith(".svg")
    told = re.search("<desc>(.*?)</desc>", drawn)[1]
    assert said in told
    assert "of each quarter: “The AI-first producer enters, and studios follow” less “The market without AI”." in told
    assert re.search("<text[^>]*>Call Sheet [^<]*</text>", drawn), "the source is not to be read in the picture itself"
    name, data = downloaded(page, page.locator("[data-picture=png]").first.tap)
    assert name.endswith(".png")
    with Image.open(BytesIO(data)) as picture:
        assert said in picture.text["Source"]
        assert picture.text["Title"].startswith("Crew-weeks")
        assert picture.text["Description"] in told
        assert picture.width > 390
    (shots / "task-journalist-chart.png").write_bytes(data)
    page.screenshot(path=shots / "task-journalist-390.png", full_page=True)


def played(page):
    """A picture of what is seen, without anything that is on its way."""
    from PIL import Image

    page.wait_for_function("document.getAnimations().every((each) => each.playState !== 'running')")
    return Image.open(BytesIO(page.screenshot())).convert("RGB")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_student_plays_goes_back_to_the_same_picture_and_opens_a_life(visit, shots, width, height):
    from PIL import ImageChops

    page = whole(visit("", width, height))
    hands = Hands(page)
    hands.past_the_menu_and_the_chart()
    hands.to("Play with it", 4)
    hands.open("simulate")
    first = at_rest(page, 0)
    before = played(page)
    hands.press("Space")
    page.wait_for_function(f"{STAGE}.callsheet.clock.week >= 3")
    hands.press("Space")
    page.wait_for_function(f"!{STAGE}.callsheet.clock.playing")
    week = page.evaluate(f"{STAGE}.callsheet.clock.week")
    assert at_rest(page, week) != first
    assert ImageChops.difference(before, played(page)).getbbox()
    page.screenshot(path=shots / f"task-student-{width}.png")
    hands.press(*["ArrowLeft"] * week)
    assert at_rest(page, 0) == first
    apart = ImageChops.difference(before, played(page)).convert("L").point(lambda each: 255 if each else 0)
    assert apart.histogram()[255] <= 0.001 * before.width * before.height
    if width < 600:  # no marks there, but bars
        return
    hands.press("w", "ArrowRight", "ArrowRight", "Enter")
    hands.arrive("people?")
    assert re.search(r"who=(\d+)", page.url)[1] == page.locator("[name=who]").input_value().replace(",", "")
    page.screenshot(path=shots / f"task-life-{width}.png", full_page=True)


def test_a_mark_that_is_clicked_opens_the_life_of_that_worker(visit):
    page = whole(visit("simulate", 1440))
    there = page.evaluate(f"state => {STAGE}.callsheet.worlds.run.board.people.cell(0, 0, state)",
                          COLUMNS.index("shoot"))
    assert there  # people of the first craft are shooting when the app opens
    Hands(page).press("w", "ArrowRight", "ArrowRight")
    page.wait_for_function("document.querySelector('.board .caption').textContent.toLowerCase().includes('shoot')")
    click_first_mark(page)
    page.wait_for_selector(".page-people .people")
    assert int(re.search(r"who=(\d+)", page.url)[1]) in there


def test_the_report_of_the_pair_on_the_screen_says_what_the_screen_says(visit):
    page = whole(visit("compare?n=1&m=hires", 390, 844))
    said = page.locator(".answer").inner_text()
    name, data = downloaded(page, page.get_by_role("link", name="Download report").tap)
    assert re.fullmatch(r"callsheet_ai_first_against_baseline_\d{4}-\d\d-\d\d\.html", name)
    kept = page.context.new_page()
    kept.context.set_offline(True)
    kept.set_content(data.decode())
    assert kept.locator(".answer").inner_text() == said
    kept.wait_for_selector("#chart-difference .main-svg")
    values = "all => all.map((each) => each.value)"
    assert (kept.locator("#table-difference data").evaluate_all(values)
            == page.locator("#table-difference data").evaluate_all(values) != [])
