"""The stage goes to the week it is asked for, by key, pointer, date or page, and shows what was recorded in it."""

from datetime import date as day
from datetime import timedelta

import pytest

from tests.browser.stage_harness import synthetic
from tests.browser.staged import PHONE, TRACK, at_rest, playwright

pytestmark = pytest.mark.browser
FIRST = day.fromisoformat(synthetic.meta()["first_date"])


def test_the_board_is_the_recording_in_any_week_and_in_both_directions(stage):
    page = stage.open()
    world = synthetic.world()
    track = page.locator(TRACK)
    first = at_rest(page, 0)
    assert first == synthetic.digest(world, 0)
    track.press("End")
    assert at_rest(page, 519) == synthetic.digest(world, 519)
    for week in (300, 299, 17, 401):
        page.evaluate(f"el.callsheet.clock.seek({week})")
        assert at_rest(page, week) == synthetic.digest(world, week)
    track.press("Home")
    assert at_rest(page, 0) == first


def test_a_rewind_paints_the_same_picture(stage):
    page = stage.open()
    picture = "document.querySelector('.field canvas').toDataURL()"
    before = page.evaluate(picture)
    page.locator(TRACK).press("End")
    at_rest(page, 519)
    assert page.evaluate(picture) != before
    page.locator(TRACK).press("Home")
    at_rest(page, 0)
    assert page.evaluate(picture) == before


def test_keys_move_the_week(stage):
    page = stage.open("week=100")
    track = page.locator(TRACK)
    week = 100
    for key, stride in (("ArrowRight", 1), ("ArrowLeft", -1), ("PageUp", 13), ("PageDown", -13),
                        ("Shift+ArrowRight", 52), ("Shift+ArrowLeft", -52), ("ArrowUp", 1)):
        track.press(key)
        week += stride
        assert page.evaluate("el.callsheet.clock.week") == week, key
    track.press("End")
    assert page.evaluate("el.callsheet.clock.week") == 519
    track.press("Home")
    assert page.evaluate("el.callsheet.clock.week") == 0


def test_events_of_the_page_move_the_week(stage):
    page = stage.open("week=10")
    assert page.locator(".timeline").get_attribute("data-hears") == "play step start end"
    page.evaluate("dispatchEvent(new CustomEvent('callsheet:step', {detail: 5}))")
    assert at_rest(page, 15)
    page.evaluate("dispatchEvent(new CustomEvent('callsheet:end'))")
    assert at_rest(page, 519)
    page.evaluate("dispatchEvent(new CustomEvent('callsheet:start'))")
    assert at_rest(page, 0)
    page.evaluate("dispatchEvent(new CustomEvent('callsheet:play'))")
    page.wait_for_function("el.callsheet.clock.week > 20")
    page.evaluate("dispatchEvent(new CustomEvent('callsheet:play'))")
    assert not page.evaluate("el.callsheet.clock.playing")


def test_the_slider_says_where_it_is(stage):
    page = stage.open("week=211")
    track = page.locator(TRACK)
    assert track.get_attribute("aria-valuetext") == "Week 212, January 2030"
    assert [track.get_attribute(f"aria-value{name}") for name in ("min", "max", "now")] == ["1", "520", "212"]
    assert page.locator(".reading").inner_text() == "Week 212 of 520 · January 2030"
    live = page.locator(".timeline [aria-live=polite]")
    assert live.inner_text() == "Paused at Week 212, January 2030"
    page.get_by_role("button", name="Play").click()
    page.wait_for_timeout(600)
    assert live.inner_text() == "Paused at Week 212, January 2030", "nothing is announced while it plays"
    page.get_by_role("button", name="Pause").click()
    page.wait_for_function("document.querySelector('.timeline [aria-live]').textContent.indexOf('212') < 0")


def test_python_hears_of_a_week_only_at_rest(stage, browser):
    stage.new_page = lambda size: browser.new_page(viewport=size)  # a clock stays for all that a profile opens later
    page = stage.open()
    assert at_rest(page, 0)
    page.wait_for_timeout(600)  # what still waits by the real clock would come while the hand moves
    box = page.locator(TRACK).bounding_box()
    page.clock.install()  # as much time goes by between two moves on a busy machine as on any
    page.clock.pause_at("2100-01-01")
    page.mouse.move(box["x"] + 5, box["y"] + 10)
    page.mouse.down()
    for share in range(1, 20):
        page.mouse.move(box["x"] + box["width"] * share / 40, box["y"] + 10)
        page.clock.run_for(20)
    page.mouse.up()
    assert page.evaluate("model.saved") == []
    page.clock.run_for(1000)
    saved = page.evaluate("model.saved")
    assert [name for name, _ in saved] == ["week"]
    assert saved[0][1] == page.evaluate("el.callsheet.clock.week") > 200


def test_python_may_set_the_week(stage):
    page = stage.open()
    page.evaluate("model.fromPython('week', 77)")
    assert at_rest(page, 77)
    assert page.evaluate("model.saved") == []


def test_a_date_leads_to_its_week(stage):
    page = stage.open()
    page.get_by_label("Go to").fill("2030-01-23")
    assert at_rest(page, 211)


def test_the_date_follows_the_week_also_while_it_plays_but_not_under_a_hand(stage):
    page = stage.open("week=211")
    date = page.get_by_label("Go to")
    playwright.expect(date).to_have_value("2030-01-21")
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("el.callsheet.clock.week > 230")
    assert page.evaluate("""() => new Promise((told) => { const look = () => el.callsheet.clock.playing
        && told([el.querySelector('.jump input').value, el.callsheet.clock.week]); requestAnimationFrame(look); })"""
                         )[0] > "2030-05-01"
    date.focus()
    held = date.input_value()
    week = page.evaluate("el.callsheet.clock.week")
    page.wait_for_function("week => el.callsheet.clock.week > week + 10", arg=week)
    assert date.input_value() == held
    page.get_by_role("button", name="Pause").click()
    week = page.evaluate("el.callsheet.clock.week")
    playwright.expect(date).to_have_value((FIRST + timedelta(weeks=week)).isoformat())


def test_under_reduced_motion_play_steps_by_quarters(stage):
    page = stage.open(reduced_motion="reduce")
    page.get_by_role("button", name="Play").click()
    began = page.evaluate("performance.now()")
    page.wait_for_function("el.callsheet.clock.week > 0")
    assert page.evaluate("performance.now()") - began > 900
    assert page.evaluate("el.callsheet.clock.week") % 13 == 0


def test_it_never_plays_by_itself(stage):
    page = stage.open("week=5")
    page.wait_for_timeout(500)
    assert page.evaluate("el.callsheet.clock.week") == 5


def test_on_a_phone_the_timeline_is_low_and_date_and_speed_unfold(stage):
    page = stage.open("week=100", PHONE, has_touch=True, is_mobile=True)
    timeline = page.locator(".timeline")
    assert timeline.bounding_box()["height"] < 130
    rows = page.locator(".bars li").evaluate_all("all => all.map((each) => each.getBoundingClientRect().height)")
    assert max(rows) <= 50, "several crafts fit beside it"
    date = page.locator(".jump input")
    assert not date.is_visible()
    more = page.get_by_role("button", name="Date and speed")
    more.click()
    assert more.get_attribute("aria-expanded") == "true"
    date.fill("2030-01-23")
    assert at_rest(page, 211)
    assert page.get_by_label("Speed", exact=True).is_visible()
    more.click()
    assert not date.is_visible()
