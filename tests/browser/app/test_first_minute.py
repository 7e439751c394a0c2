"""The first minute of an analyst, and of whoever takes a decision back: by keyboard alone, wide and on a phone."""

import time

import pytest

from tests.browser.hands import STAGE, Hands, at_rest, sentence
from tests.browser.served import whole

pytestmark = pytest.mark.browser

SIZES = [(1440, 900), (390, 844)]


def set_the_credit(hands, presses):
    """From the levers' heading to the credit's slider, and some steps up."""
    if not hands.page.evaluate("document.getElementById('levers').open"):
        hands.press("Enter")
    hands.to("Credit rate", 5)
    hands.press(*["ArrowRight"] * presses)


def results(app):
    """Every result of a run that the server keeps, once it runs nothing more and has written all, and where on the
    disk: what is run again lies elsewhere.
    """
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        said = app.health()
        found = [each for kind in ("worlds", "pairs") for each in (app.results / kind).iterdir()]
        if not said["running"] and not said["waiting"] and not any(each.name.startswith(".") for each in found):
            return {each.name: each.stat().st_ino for each in found}
        time.sleep(0.1)
    raise AssertionError(f"the server runs on: {said}, {found}")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_an_analyst_asks_what_a_job_costs_moves_the_credit_and_passes_the_answer_on(visit, app, shots, width, height):
    page = whole(visit("", width, height))
    hands = Hands(page)
    hands.past_the_menu_and_the_chart()
    hands.to("What could policy do?", 4)
    hands.open("compare?s=larger_credit")
    assert hands.pressed <= 10
    before = sentence(page)
    assert "job-year (52 crew-weeks) costs $" in before
    hands.press("l")
    page.wait_for_function("document.activeElement.closest('#levers')")
    whole(page)
    set_the_credit(hands, 4)
    hands.press("c")  # at once: an edit that the address does not hold yet goes along
    hands.arrive("compare?")
    after = sentence(page)
    assert hands.pressed <= 22
    assert "lever.TaxCredit.rate=0.37" in page.url
    assert "job-year" in after
    assert after != before
    page.screenshot(path=shots / f"task-analyst-{width}.png", full_page=True)
    beside = visit(page.url.removeprefix(app.at), width, height)
    assert beside.context != page.context
    assert sentence(beside) == after


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_back_after_a_lever_undoes_that_lever_and_runs_nothing(visit, app, shots, width, height):
    page = whole(visit("simulate?s=larger_credit&set.ai_tasks.new_tasks=0.8", width, height))
    first, at_first = page.url, at_rest(page, 0)
    hands = Hands(page)
    run = f"{STAGE}.callsheet.worlds.run.id"
    played = page.evaluate(run)
    hands.press("l")
    set_the_credit(hands, 4)
    page.wait_for_function(f"id => {run} !== id && {STAGE}.callsheet.worlds.run.filled === 520", arg=played)
    kept = results(app)
    hands.press("u")
    page.wait_for_function("url => location.href === url", arg=first)
    page.wait_for_function(f"id => {run} === id", arg=played)
    whole(page)
    assert at_rest(page, 0) == at_first
    assert page.locator("[data-edit='lever.TaxCredit.rate']").evaluate("each => +each.value") == 0.35
    assert page.locator("[data-edit='set.ai_tasks.new_tasks']").evaluate("each => +each.value") == 0.8
    assert results(app) == kept
    page.screenshot(path=shots / f"task-back-{width}.png")


def test_a_lever_stands_where_its_scenario_puts_it_and_only_the_law_is_called_legislated(visit):
    page = whole(visit("simulate?s=larger_credit&lever.TaxCredit.cap=900"))
    row = page.locator(".lever", has=page.locator("[data-edit='lever.TaxCredit.cap']"))
    assert row.locator("a", has_text="back to").inner_text() == "back to $1,500\u00a0million a year"
    assert page.locator("[data-edit='lever.TaxCredit.cap']").get_attribute("data-standard") == "1500"
    assert page.locator(".lever", has=page.locator("[data-edit='lever.TaxCredit.rate']")).locator(
        "output").inner_text().startswith("as legislated: 35%")


def test_the_menu_keeps_the_question_from_one_page_of_runs_to_another(visit, app):
    page = whole(visit("simulate?s=larger_credit&lever.TaxCredit.rate=0.4&w=3&levers=all"))
    page.keyboard.press("4")
    page.wait_for_selector(".page-people h1")
    assert page.url == f"{app.at}people?s=larger_credit&lever.TaxCredit.rate=0.4"
    page.keyboard.press("1")
    page.wait_for_selector(".page-start h1")
    assert page.url == app.at
    page.keyboard.press("2")
    page.wait_for_selector(".simulate")
    assert page.url == f"{app.at}simulate"
