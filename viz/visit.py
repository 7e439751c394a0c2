"""One visitor: what they look at, what is being worked on for them, and a thread that tells their page of progress."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Sequence

from model.errors import sentences
from viz import found, office
from viz.runs.desk import DONE, FAILED, RUNNING, TRIED_AGAIN
from viz.runs.wishes import Life, Pair, Wish, World
from viz.view import COMPARE, PEOPLE, SIMULATE, View

_numbers = itertools.count(1)
OFTEN = 0.2  # seconds between two looks of a page at its runs
AT_LEAST = 1.0  # seconds between two looks at whether the page is still there
SOON = 2.0  # seconds in which the first week is there, unless the years before it have to be run


class Visit:
    """The wishes of a visitor and how they stand. Made once for each open page, closed with it."""

    def __init__(self) -> None:
        self.name = f"visit-{next(_numbers)}"
        self.desk = office.desk()  # None before the server has opened
        self.worlds: tuple[World, ...] = ()
        self.pairs: tuple[Pair, ...] = ()
        self.lives: tuple[Life, ...] = ()
        self.refused = False
        self.edited = False  # whether the page's scenario is changed by the visitor
        self.began = time.monotonic()
        self.first: tuple[float, int] | None = None  # when weeks of this run were seen first, and how many
        self.drawn: tuple = ("", None, "")  # of the page that is watched: what it is of, panel, what the stage knows
        self.before: World | None = None  # the world played before the last edit, kept as a ghost
        self._over: set[str] = set()  # keys of pairs and lives that are done or failed, and need no look any more
        self._closed = threading.Event()

    def look(self, view: View) -> None:
        """Wish for what a page shows. Pages that show no run leave the wishes as they are."""
        if view.page not in (SIMULATE, COMPARE, PEOPLE) or self.desk is None:
            return
        self.edited = bool(view.edits)
        mine = World(view.scenario)
        worlds = (mine,) if view.changes_nothing else (mine, World(view.other))
        pairs: tuple[Pair, ...] = ()
        if view.page == COMPARE:
            if view.changes_nothing or found.came_with(view) is not None:
                worlds = ()
            else:
                pairs = found.pairs(view)
                worlds = () if view.drawn or office.store().has(pairs[0]) else worlds
        if (worlds, pairs) == (self.worlds, self.pairs) and not self.refused:
            return
        if view.page == SIMULATE and self.worlds and self.worlds[0].key != mine.key:
            self.before = self.worlds[0]
        self.worlds, self.pairs, self.lives, self.began = worlds, pairs, (), time.monotonic()
        self.first = None
        self._wish()

    def follow(self, row: int) -> list[Life]:
        """Wish for the weeks of a worker's life in both worlds, too."""
        lives = tuple(Life(each.scenario, row) for each in self.worlds)
        if lives != self.lives:
            self.lives = lives
            self._wish()
        return list(lives)

    def _wish(self) -> None:
        self._over = set()
        self.refused = not self.desk.wish(self.name, (*self.worlds, *self.lives, *self.pairs))
        if self._closed.is_set():  # the page was closed while it was still being drawn
            self.desk.leave(self.name)

    def states(self, wishes: Sequence[Wish]) -> list[tuple[str, int, int, str]]:
        """(state, weeks done, weeks in all, failure) of each wish."""
        return [self.desk.state(each) for each in wishes]

    def said(self) -> str:
        """How far the runs are, in a sentence; "" when all is done."""
        if self.refused:
            return "More runs wait here than the server takes. Your settings are kept; try again in a minute."
        states = self.states(self.worlds)
        failed = next((each[3] for each in (*states, *self.states(self.lives)) if each[0] == FAILED), "")
        if failed:
            return (f"The run stopped: {failed} Your settings are kept; open the page again in "
                    f"{TRIED_AGAIN / 60:.0f} minutes to try once more.")
        if any(each[0] != DONE for each in states):
            place = self.desk.place(self.name)
            if place:
                return f"Your run waits; {place} {'is' if place == 1 else 'are'} before it."
            done, total = min(each[1] for each in states), states[0][2]
            if done <= 0 and time.monotonic() - self.began > SOON:
                left = f": {-done:,} weeks to go" if done else ""
                return f"Running the years from 2015 first, once for this model{left}; yours follow."
            done = max(0, done)
            what = "your change" if self.edited else "both worlds" if len(states) > 1 else "this world"
            return f"Running {what}: week {done:,} of {total:,}{self._left(done, total)}"
        return self._settling()

    def _settling(self) -> str:
        """How many futures of a comparison are there, and how many of them are in the answer so far."""
        all_states = self.states(self.pairs)
        states = [each[0] for each in all_states]
        over, there = sum(each in (DONE, FAILED) for each in states), states.count(DONE)
        if over == len(states):
            return _left_out(over - there, over, next((each[3] for each in all_states if each[0] == FAILED), ""))
        shown = found.step_at(there)
        so_far = f", {shown} of them in the answer so far" if 0 < shown < over else ""
        return f"{over} of {len(states)} futures{so_far}; the range is still settling."

    def _left(self, done: int, total: int) -> str:
        """How long it takes at the pace since the first weeks were seen: the years before them are no measure."""
        if not done:
            self.first = None
            return ""
        if self.first is None:
            self.first = time.monotonic(), done
        spent, weeks = time.monotonic() - self.first[0], done - self.first[1]
        return f" · about {max(1, round(spent * (total - done) / weeks))} s left" if weeks > 0 and spent > 0.3 else ""

    @property
    def there(self) -> int:
        """How many futures of a comparison are there, from the first on without a gap."""
        return sum(1 for _ in itertools.takewhile(lambda state: state[0] == DONE, self.states(self.pairs)))

    @property
    def goes_on(self) -> bool:
        """Whether anything that the page shows is still to come."""
        return any(state not in (DONE, FAILED) for state, *_ in self.states((*self.worlds, *self.pairs)))

    def sign(self) -> tuple:
        """What a page looks at to see whether anything has changed."""
        worlds = tuple((state, done) for state, done, _, _ in self.states(self.worlds))
        others = {each.key: self.desk.state(each)[0] for each in (*self.pairs, *self.lives)
                  if each.key not in self._over}
        self._over.update(key for key, state in others.items() if state in (DONE, FAILED))
        late = any(not done for _, done in worlds) and time.monotonic() - self.began > SOON  # then it is said why
        return worlds, len(self._over), RUNNING in others.values(), self.refused, self.desk.place(self.name), late

    def listen(self, tell: Callable[[int], None]) -> Callable[[], None]:
        """Call ``tell`` from a thread of its own whenever the runs have moved, until the function returned is called.

        The thread is made inside the visitor's own kernel, so that what it tells reaches nobody else.
        """
        ended = threading.Event()

        def run() -> None:
            before, seen, count, desk = None, -1, 0, self.desk
            while desk is not None and not ended.is_set() and not self._closed.is_set():
                seen, now = desk.moved, self.sign()
                if now != before:
                    before, count = now, count + 1
                    try:
                        tell(count)
                    except Exception:  # the page is gone; whoever closes it says so
                        return
                ended.wait(OFTEN)
                desk.wait(seen, AT_LEAST)

        threading.Thread(target=run, name=self.name, daemon=True).start()
        return ended.set

    def close(self) -> None:
        """The visitor is gone: nothing is worked on for them any more."""
        self._closed.set()
        if self.desk is not None:
            self.desk.leave(self.name)


def _left_out(failed: int, of: int, why: str) -> str:
    """What is said of futures that failed; "" where none did."""
    if not failed:
        return ""
    left = "No future came to its end" if failed == of else (
        f"{failed} of {of} futures failed and {'is' if failed == 1 else 'are'} left out")
    again = f"Open the page again in {TRIED_AGAIN / 60:.0f} minutes to try once more."
    return sentences(f"{left}.", why, again)
