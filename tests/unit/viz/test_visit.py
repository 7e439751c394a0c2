"""A visitor's page hears of its runs, and once it is closed nothing goes on for it: no run, no thread, no wish."""

import re
import threading
import time
from dataclasses import replace

import pytest

from viz import app, contents, found, office, simulate_page, url
from viz.runs.desk import TRIED_AGAIN, Desk
from viz.runs.store import Store
from viz.view import COMPARE, METHOD, PEOPLE, SIMULATE, View
from viz.visit import Visit

SOON = 5.0  # seconds


class Idle:
    """A pool that takes everything and does nothing; ``held`` is what it was given."""

    def __init__(self):
        self.held = {}

    def start(self, said, died):
        self.said = said

    def free_worker(self, watched):
        return 0

    def give(self, at, number, wish):
        self.held[number] = wish

    def drop(self, at, number):
        self.held.pop(number)

    free = drop

    def end_silent(self, seconds):
        pass

    def stop(self):
        pass


@pytest.fixture
def desk(tmp_path, monkeypatch):
    store = Store(tmp_path, 1 << 30)
    store.start()
    made = Desk(store, Idle(), 20)
    monkeypatch.setattr(office._office, "store", store)
    monkeypatch.setattr(office._office, "desk", made)
    yield made
    made.close()


def listeners(visit):
    return [each for each in threading.enumerate() if each.name == visit.name]


def wait(true):
    end = time.monotonic() + SOON
    while not true() and time.monotonic() < end:
        time.sleep(0.01)
    return true()


def test_a_page_that_is_closed_leaves_no_wish_and_no_thread(desk):
    visit, told = Visit(), []
    visit.look(View(SIMULATE))
    visit.listen(told.append)
    assert wait(lambda: told == [1])
    number = next(iter(desk.pool.held))
    desk.pool.said(0, ("at", number, 26, 520))
    assert wait(lambda: told == [1, 2])
    visit.close()
    assert not desk.pool.held
    assert desk.waiting() == desk.running() == 0
    assert wait(lambda: not listeners(visit))


def test_a_page_that_was_closed_while_it_was_drawn_wishes_nothing_any_more(desk):
    visit = Visit()
    visit.close()
    visit.look(View(SIMULATE))
    assert desk.waiting() == desk.running() == 0


def test_whoever_listens_ends_when_told_or_when_nobody_hears(desk):
    visit = Visit()
    visit.look(View(SIMULATE))
    end = visit.listen(lambda count: None)
    end()
    assert wait(lambda: not listeners(visit))

    def gone(count):
        raise RuntimeError

    visit.listen(gone)
    assert wait(lambda: not listeners(visit))


def test_only_pages_that_show_runs_change_what_is_wished(desk):
    visit = Visit()
    visit.look(View(METHOD))
    assert not desk.running()
    visit.look(View(SIMULATE))
    wished = set(desk.pool.held)
    visit.look(View(METHOD))
    assert set(desk.pool.held) == wished


def test_a_life_that_is_followed_is_wished_beside_its_worlds(desk):
    visit = Visit()
    visit.look(View(PEOPLE))
    lives = visit.follow(7)
    assert [each.kind for each in desk.pool.held.values()] == ["world", "world", "life", "life"]
    assert visit.follow(7) == lives
    assert len(desk.pool.held) == 4
    visit.follow(8)
    assert {each.row for each in desk.pool.held.values() if each.kind == "life"} == {8}


def test_a_run_that_failed_is_said_with_what_to_do(desk):
    visit = Visit()
    visit.look(View(SIMULATE))
    desk.pool.said(0, ("failed", next(iter(desk.pool.held)), "The disk is full.", ""))
    said = visit.said()
    assert "The disk is full." in said
    assert f"in {TRIED_AGAIN / 60:.0f} minutes" in said


def test_a_queue_that_is_full_is_said(desk):
    visit = Visit()
    desk.most_waiting = 0
    visit.look(View(COMPARE, edits={"set.ai_tasks.new_tasks": "0.8"}, futures=3))
    assert visit.refused
    assert "More runs wait here" in visit.said()


def test_futures_that_are_done_are_not_looked_for_on_disk_again(desk, monkeypatch):
    visit = Visit()
    visit.look(View(COMPARE, edits={"set.ai_tasks.new_tasks": "0.8"}, futures=3))
    for each in visit.pairs:
        desk.store.pair(each.key).touch()
    desk.pool.said(0, ("done", 1))
    for number in [number for number, each in desk.pool.held.items() if each.kind == "pair"]:
        desk.pool.said(0, ("done", number))
    visit.sign()
    looked = []
    monkeypatch.setattr(desk.store, "has", lambda wish: looked.append(wish) or True)
    visit.sign()
    assert not [each for each in looked if each.kind == "pair"]


@pytest.mark.parametrize(("done", "says"), [
    (3, "3 of 30 futures; the range is still settling."),
    (4, "4 of 30 futures, 3 of them in the answer so far; the range is still settling."),
    (30, "")])
def test_how_many_futures_are_there_agrees_with_how_many_the_answer_is_made_of(desk, monkeypatch, done, says):
    visit, desk.most_waiting = Visit(), 100
    visit.look(View(COMPARE, edits={"set.ai_tasks.new_tasks": "0.8"}))
    assert len(visit.pairs) == 30
    there = {each.key for each in (*visit.worlds, *visit.pairs[:done])}
    monkeypatch.setattr(desk, "state", lambda wish: ("done" if wish.key in there else "waiting", 0, 520, ""))
    assert visit.said() == says
    monkeypatch.setattr(found, "_digest", lambda pair: pair if pair.key in there else None)
    monkeypatch.setattr(found, "Digests", list)
    shown = len(found.of_pairs(visit.pairs))
    assert shown == {3: 3, 4: 3, 30: 30}[done]


def test_a_batch_that_fills_up_can_be_stopped_at_the_futures_that_are_there(desk, monkeypatch):
    visit, desk.most_waiting = Visit(), 100
    view = View(COMPARE, edits={"set.ai_tasks.new_tasks": "0.8"})
    visit.look(view)
    there = {each.key for each in (*visit.worlds, *visit.pairs[:3], visit.pairs[5])}
    monkeypatch.setattr(desk, "state", lambda wish: ("done" if wish.key in there else "waiting", 0, 520, ""))
    found_in = contents.of(view, [], visit).html
    assert re.search(r'<a href="([^"]*)">Stop here</a>', found_in)[1].replace("&amp;", "&") == url.write(
        View(COMPARE, edits=view.edits, futures=3))
    visit.look(View(COMPARE, edits=view.edits, futures=3))
    assert len(visit.pairs) == 3
    assert "Stop here" not in contents.of(view, [], visit).html


@pytest.mark.parametrize(("failed", "says", "shown"), [
    (1, "1 of 30 futures failed and is left out. The disk is full.", 29),
    (4, "4 of 30 futures failed and are left out. The disk is full.", 26),
    (30, "No future came to its end. The disk is full.", 0)])
def test_futures_that_failed_are_said_and_the_others_all_shown(desk, monkeypatch, failed, says, shown):
    visit, desk.most_waiting = Visit(), 100
    visit.look(View(COMPARE, edits={"set.ai_tasks.new_tasks": "0.8"}))
    bad = {each.key for each in visit.pairs[3 : 3 + failed]} if failed < 30 else {each.key for each in visit.pairs}
    states = {True: ("failed", 0, 520, "The disk is full."), False: ("done", 520, 520, "")}
    monkeypatch.setattr(desk, "state", lambda wish: states[wish.key in bad])
    assert visit.said().startswith(says)
    assert f"in {TRIED_AGAIN / 60:.0f} minutes" in visit.said()
    assert not visit.goes_on
    monkeypatch.setattr(found, "_digest", lambda pair: None if pair.key in bad else pair)
    monkeypatch.setattr(found, "Digests", list)
    assert len(found.of_pairs(visit.pairs) or []) == shown


@pytest.mark.parametrize(("page", "waits_for"), [(COMPARE, "The first future is here in some seconds"),
                                                  (PEOPLE, "Lives are here once both are whole")])
def test_a_page_whose_worlds_are_still_being_run_says_what_comes(desk, page, waits_for):
    visit, view = Visit(), View(page, edits={"set.ai_tasks.new_tasks": "0.8"})
    visit.look(view)
    assert waits_for in contents.of(view, [], visit).html


@pytest.fixture
def render(desk):
    """Draws the app as a visitor's kernel does; returns all that their browser is sent."""
    import reacton
    import solara

    closes = []

    def drawn(path):
        page = solara.RoutingProvider(children=[app.Page()], routes=app.routes, pathname=path)
        box, context = reacton.render(page, handle_error=False)
        closes.append(context.close)
        return lambda: " ".join(str(each.get_state()) for each in _all(box))

    yield drawn
    for close in closes:
        close()


def _all(widget):
    yield widget
    for each in getattr(widget, "children", None) or ():
        if hasattr(each, "get_state"):
            yield from _all(each)


@pytest.mark.parametrize("page", ["simulate", "compare", "method"])
def test_a_page_that_fails_says_so_and_nothing_of_the_program(desk, render, monkeypatch, page, caplog):
    def fails(*given, **named):
        raise RuntimeError("secret of the program")

    monkeypatch.setattr("viz.levers_panel.panel", fails)
    monkeypatch.setattr("viz.contents.of", fails)
    sent = render(f"/{page}")()
    assert "This page could not be shown" in sent
    assert "secret" not in sent
    assert "Traceback" not in sent
    assert "secret of the program" in caplog.text


def test_a_page_that_is_left_drops_what_it_wished(desk):
    import reacton
    import solara

    page = solara.RoutingProvider(children=[app.Page()], routes=app.routes, pathname="/simulate")
    _, context = reacton.render(page, handle_error=False)
    assert desk.running() == 2
    context.close()
    assert desk.running() == desk.waiting() == 0


def test_a_mark_that_was_chosen_leads_to_a_life_in_the_same_worlds():
    view = View(SIMULATE, edits={"set.ai_tasks.new_tasks": "0.8"}, week=4)
    assert simulate_page.follow(view, 12) == replace(view, page=PEOPLE, extra={"who": "12"})
