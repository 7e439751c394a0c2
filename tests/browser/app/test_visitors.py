"""Visitors beside each other, and what becomes of a run whose worker is killed."""

import os
import signal

import pytest

from model.scenario import Scenario
from tests.browser.numbers import reads, simulated, twin
from tests.browser.served import FIRST_RUN, whole

pytestmark = pytest.mark.browser
UNTIL = "2036-03-31"
ASKED = {"one": "s=larger_credit&lever.TaxCredit.cap=1200", "other": "s=entrant_only&set.ai_tasks.new_tasks=1"}
SAID = {"one": ("--scenario", "larger_credit", "--lever", "TaxCredit.cap=1200"),
        "other": ("--scenario", "entrant_only", "--set", "ai_tasks.new_tasks=1")}
SEEN = """() => { const stage = document.querySelector(".callsheet-stage");
  return [location.search, stage.dataset.digest, document.querySelector(".strip select[name=s]").value,
    ...[...document.querySelectorAll(".now .figure")].map((each) => each.textContent)]; }"""
BEGUN = "() => document.querySelector('.callsheet-stage .message')?.textContent.includes('Running your change')"


def at_the_end(page):
    """Wait until a page of runs shows the last week of its run."""
    page.wait_for_function("() => document.querySelector('.callsheet-stage')?.dataset.week === '519'",
                           timeout=FIRST_RUN)
    return whole(page)


@pytest.fixture(scope="module")
def told():
    """What the command line says of either visitor's settings."""
    return dict(zip(SAID, simulated(*((*words, "--until", UNTIL, "--futures", "1") for words in SAID.values())),
                    strict=True))


def wrong_years(page, said):
    """Years of payroll jobs that a page shows otherwise than the command line."""
    rows = twin(page, "LA payroll jobs by year")
    return [row for row, year in zip(rows, said["years"], strict=True) if not reads(row[1], year["payroll_jobs"])]


def test_two_visitors_beside_each_other_each_see_their_own_run(visit, told):
    pages = {name: visit(f"simulate?{asked}&w=519") for name, asked in ASKED.items()}  # both are on their way at once
    seen = {}
    for name, page in pages.items():
        at_the_end(page)
        seen[name] = page.evaluate(SEEN)
        assert page.url.endswith(f"simulate?{ASKED[name]}&w=519")
        assert wrong_years(page, told[name]) == []
    assert seen["one"][1:2] != seen["other"][1:2]
    assert wrong_years(pages["one"], told["other"])
    page = pages["one"]
    page.evaluate("to => solara.router.push(to)", "/simulate?s=larger_credit&lever.TaxCredit.cap=1500&w=519")
    page.wait_for_function("""mark => { const now = document.querySelector(".callsheet-stage").dataset.digest;
      return now && now !== mark; }""", arg=seen["one"][1], timeout=FIRST_RUN)
    assert pages["other"].evaluate(SEEN) == seen["other"]
    pages["other"].reload()
    assert at_the_end(pages["other"]).evaluate(SEEN) == seen["other"]


def test_two_visitors_who_compare_each_read_their_own_sentence(visit, told):
    pages = {name: visit(f"compare?{asked}&n=1&m=payroll_jobs") for name, asked in ASKED.items()}
    for name, page in pages.items():
        text, said = whole(page).locator(".answer").inner_text(), told[name]
        effect = said["effects"]["payroll_jobs"]["mean"]
        assert text.startswith(f"Against “{Scenario.named(said['against']).title}”, there are ")
        assert reads(text.partition("there are ")[2], abs(effect), in_words=True), (text, effect)
        assert ("more" if effect > 0 else "fewer") in text


def test_a_page_gets_its_result_though_the_worker_is_killed(visit, app):
    page = visit("simulate?s=ai_first&lever.TaxCredit.rate=0.111&w=519")
    page.wait_for_function(BEGUN, timeout=FIRST_RUN)
    killed = app.workers()
    assert len(killed) == 2
    for each in killed:
        os.kill(each, signal.SIGSTOP)  # so that none of them ends before it is killed
    assert app.busy()
    assert page.evaluate("!document.querySelector('.bar-slim').hidden")
    for each in killed:
        os.kill(each, signal.SIGKILL)
    at_the_end(page)
    assert page.locator(".callsheet-stage .trouble").is_hidden()
    assert len(app.workers()) == 2
    assert not set(app.workers()) & set(killed)
    kept = page.evaluate(SEEN)
    page.reload()
    assert at_the_end(page).evaluate(SEEN) == kept
