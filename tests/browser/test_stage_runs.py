"""The stage takes runs as they come: growing, replaced, failed, short or missing."""

import pytest

from tests.browser.stage_harness import synthetic
from tests.browser.staged import TRACK, at_rest, grow, playwright

pytestmark = pytest.mark.browser


def test_the_picture_grows_while_it_plays(stage):
    page = stage.open("filled=40")
    assert "week 40 of 520" in page.locator(".message").inner_text()
    page.get_by_role("button", name="Play").click()
    for weeks in range(60, 521, 20):
        grow(page, weeks)
        page.wait_for_timeout(40)
    assert page.evaluate("el.callsheet.clock.playing"), "growth does not stop playing"
    page.wait_for_function("el.callsheet.clock.week > 60")
    assert not page.locator(".bar-slim").is_visible()
    page.get_by_role("button", name="Pause").click()
    page.wait_for_function("el.callsheet.worlds.ready === 520")
    page.locator(TRACK).press("End")
    assert at_rest(page, 519) == synthetic.digest(synthetic.world(), 519)


def test_what_is_shown_of_the_run_before_is_called_stale_until_the_other_has_weeks(stage):
    page = stage.open("week=30")
    mark, play = page.locator(".stale"), page.get_by_role("button", name="Play")
    assert not mark.is_visible()
    top = page.locator(".board").bounding_box()["y"]
    page.evaluate("dispatchEvent(new Event('callsheet:edited'))")
    playwright.expect(mark).to_have_text("stale Shown: the run before")
    assert play.is_enabled(), "what is shown can still be played"
    page.evaluate("""model.fromPython('run', JSON.stringify({id: 'earlier', filled: 0, done: false, every: 10,
                     message: 'Running your change: week 0 of 520'}))""")
    assert mark.is_visible()
    assert page.locator(".pictures.is-stale").is_visible()
    assert not page.locator(".empty").is_visible()
    playwright.expect(play).to_be_disabled()
    page.locator(TRACK).press("End")
    assert page.locator(".board").bounding_box()["y"] == top, "nothing moves when the words come"
    page.evaluate("""model.fromPython('run', JSON.stringify({id: 'earlier', filled: 520, done: true, every: 10,
                     message: ''}))""")
    page.wait_for_function(f"el.callsheet.worlds.run.id === 'earlier' && el.dataset.digest === "
                           f"'{synthetic.digest(synthetic.world(3), 30)}'")
    assert not mark.is_visible()
    assert page.locator(".board").bounding_box()["y"] == top


def test_an_edit_that_names_no_other_run_is_not_stale_for_long(stage):
    page = stage.open("week=30")
    page.evaluate("dispatchEvent(new Event('callsheet:edited'))")
    assert page.locator(".stale").is_visible()
    playwright.expect(page.locator(".stale")).to_be_hidden(timeout=10_000)


def test_other_names_and_flags_leave_the_scene_as_it_is(stage):
    page = stage.open("week=30")
    page.evaluate("window.before = el.querySelector('.board')")
    page.evaluate("""model.fromPython('meta', JSON.stringify({...meta, scenario: 'Another',
                     flags: meta.flags.slice(0, 1)}))""")
    playwright.expect(page.locator(".flag")).to_have_count(1)
    playwright.expect(page.locator(".lines .legend")).to_contain_text("this run: Another")
    assert page.evaluate("before === el.querySelector('.board')")


def test_a_run_that_failed_says_why(stage):
    page = stage.open("week=30")
    page.evaluate("""model.fromPython('run', JSON.stringify({id: 'scenario', filled: 520, done: true, every: 10,
                     message: '', failed: 'The run stopped: no worker was left.'}))""")
    playwright.expect(page.get_by_role("alert")).to_have_text("The run stopped: no worker was left.")


def test_an_answer_that_is_short_is_asked_for_again(stage):
    """A run that is still written may answer with fewer weeks than it said it had."""
    page = stage.open("filled=40")
    short = synthetic.board(synthetic.world(), 40, 50, 10)
    page.route("**/board?from=40*", lambda route: route.fulfill(body=short), times=1)
    page.route("**/map?from=40*", lambda route: route.fulfill(body=b""), times=1)
    grow(page, 520)
    page.wait_for_function("el.callsheet.worlds.ready === 520")
    page.locator(TRACK).press("End")
    assert at_rest(page, 519) == synthetic.digest(synthetic.world(), 519)


def test_a_new_run_while_playing_goes_on_from_the_same_week(stage):
    page = stage.open("week=100")
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("el.callsheet.clock.week > 110")
    page.evaluate("""model.fromPython('run', JSON.stringify({id: 'earlier', filled: 0, done: false, every: 10}))""")
    page.wait_for_timeout(300)
    assert page.evaluate("el.callsheet.clock.week") > 110
    page.evaluate("""model.fromPython('run', JSON.stringify({id: 'earlier', filled: 520, done: true, every: 10}))""")
    page.wait_for_function("el.callsheet.worlds.ready === 520 && el.callsheet.clock.week > 150")
    assert page.evaluate("el.callsheet.clock.playing")


def test_without_a_recording_there_is_a_sentence(stage):
    page = stage.open("run=none", rest=False)
    assert "No recording is open" in page.locator(".empty").inner_text()


def test_a_missing_recording_is_a_sentence_and_can_be_tried_again(stage):
    page = stage.open("run=nowhere", rest=False)
    page.wait_for_selector(".trouble:visible")
    assert "The recording is no longer there." in page.locator(".trouble").inner_text()
    stage.errors.clear()  # the browser itself reports each 404


def test_taking_it_down_leaves_nothing(stage):
    page = stage.open("week=5")
    page.evaluate("dispose()")
    assert page.locator("#stage > *").count() == 0
    page.evaluate("dispatchEvent(new CustomEvent('callsheet:play'))")
    grow(page, 520)
