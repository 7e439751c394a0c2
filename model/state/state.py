"""Everything that changes from week to week, in one place: what is saved, and nothing else."""

from __future__ import annotations

from typing import Any

import numpy as np

from model.errors import CallSheetError
from model.state import books
from model.state.board_rows import free_rows
from model.state.cache_lines import zeros_in_lines
from model.state.call_board import Productions, empty_calls, roomier
from model.state.crew import Crew
from model.state.events import FIRST_EVENT, MAX_WORKERS, empty_log
from model.state.fits import as_own, rows_fit
from model.state.in_kernels import Board, people_of
from model.state.now import empty_now
from model.state.technique import PROVIDERS, no_technique
from model.vocabulary import Area, Status

CONTACTS = 8  # places in a worker's ring of contacts; the parameter says how many of them are used
TALLIES = ("last_on_call", "last_attached", "payroll", "crew_days", "first_savings", "any_halted", "first_credit",
           "credit_accrued", "levied")
_MARKET = ("order", "purse", "credit_purse", "known_heads", "overscale", "usual_tightness", "serial",
           "scale_cents", "stalled", "fullness", "tally", "adoption", "owner", "financed", "kind_saving",
           "area_saving", "ai_saving", "producers", "providers", "course", "rates", "technique")
_OF_ANY_LENGTH = ("order", "course")
_VIEWS = ("titles", "people", "board")  # what kernels take
AI_PRODUCERS = 4  # the entrant and its siblings, the last rows of seeds/firms.csv


def nobody_known(rows: int) -> np.ndarray:
    """Rings of contacts of ``rows`` workers who know nobody, (rows, places) of worker rows, -1 for none."""
    rings = zeros_in_lines((rows, CONTACTS), np.int32)
    rings[:] = -1
    return rings


class State:
    """The market at the start of a week: crew, contacts, productions, calls, purses, pay."""

    def __init__(self, crew: Crew, n_firms: int, n_kinds: int, n_crafts: int, n_divisions: int = 1) -> None:
        self.week = 0
        self.crew = crew
        self.contacts = nobody_known(crew.capacity)
        self.productions = Productions(2048)
        self.calls = empty_calls(2048, n_crafts)
        self.books = books.empty(books.BOOK, 2048, n_crafts)  # crew-weeks of titles in hand, by effect
        self.budgets = books.empty(books.BUDGET, 2048)  # cents of titles in hand that use AI, by line
        self.order = np.zeros(0, np.int32)  # rows of titles in hand, oldest green-light first
        self.purse = np.zeros((n_firms, n_kinds), np.int64)  # cents a studio has for a kind
        self.credit_purse = np.zeros(1, np.int64)  # cents of the California credit not yet allocated
        self.known_heads = np.full((n_firms, n_divisions, n_crafts), -1, np.int32)  # of department, worked with last
        self.overscale = np.zeros(n_crafts)
        self.usual_tightness = np.full(n_crafts, 0.2)  # slow-moving norm of vacancies per searcher
        self.fullness = np.zeros(1)  # occupancy of the sound stages as it is remembered, over about half a year
        self.stalled = np.zeros(n_kinds)  # share of a kind's prep and shoot that is stopped
        self.serial = np.zeros(n_crafts, np.int64)  # newcomers so far, by craft
        self.scale_cents = np.zeros(n_crafts, np.int64)  # scale in force, cents a day
        self.adoption = np.zeros((n_firms, len(Area)))  # share of suited titles that a firm makes with AI
        self.owner = np.arange(n_firms, dtype=np.int16)  # who owns a firm: itself, or its buyer
        self.financed = np.zeros(n_firms)  # share of a firm's purses that came from investors
        self.kind_saving = np.zeros(n_kinds)  # share of budgets saved on titles of a kind, over about a year
        self.area_saving = np.zeros(len(Area))  # saving by area that studios see, share of a budget
        self.ai_saving = np.zeros(1)  # of an AI-first producer's budget, as investors see it
        self.producers = books.empty(books.PRODUCER, AI_PRODUCERS)
        self.providers = books.empty(books.PROVIDER, PROVIDERS)
        self.course = books.empty(books.COURSE, 0)  # who waits for a course or is in one, in the order of asking
        self.tally = np.zeros(len(TALLIES), np.int64)  # running counts of the accounts, by name of TALLIES
        self.now = empty_now(n_crafts)  # terms since everyone was last settled; follows from the week
        self.rates = np.zeros((n_kinds, n_crafts), np.int64)  # pay of the last calls, by which AI is weighed
        self.technique = no_technique(n_crafts, n_kinds)  # what AI can do, as last looked at
        self.log = empty_log(1024)
        self.refresh()

    def refresh(self) -> None:
        """Take the kernels' views afresh, after rows were added or arrays moved."""
        crew, rows = self.crew, self.crew.count
        if rows > MAX_WORKERS:
            raise CallSheetError(f"The crew has {rows:,} rows; the event log can hold {MAX_WORKERS:,}. "
                                 "Choose a smaller scale or a shorter horizon.")
        if self.contacts.shape[0] < crew.capacity:
            contacts = nobody_known(crew.capacity)
            contacts[: self.contacts.shape[0]] = self.contacts
            self.contacts = contacts
        if self.log.size < FIRST_EVENT + 3 * rows:
            log = empty_log(3 * crew.capacity)
            log[: self.log.size] = self.log
            self.log = log
        self.calls = roomier(self.calls, self.productions.count)
        self.books = books.roomier(self.books, self.productions.count)
        self.budgets = books.roomier(self.budgets, self.productions.count)
        self.titles = self.productions.records
        self.people = people_of(crew, self.contacts)
        self.board = Board(self.titles, self.calls, self.books, self.budgets)

    def __getstate__(self) -> dict[str, object]:
        """All but the kernels' views: a copy has arrays of its own, of which it takes them when they are first used."""
        return {name: held for name, held in self.__dict__.items() if name not in _VIEWS}

    @property
    def ledger(self) -> np.ndarray:
        """The running ledger of money and time, by :class:`Entry`; a live view."""
        return self.log[:FIRST_EVENT]

    def __getattr__(self, name: str) -> Any:
        if name in _VIEWS:  # of a copy
            self.refresh()
            return self.__dict__[name]
        if name in TALLIES:
            return int(self.tally[TALLIES.index(name)])
        raise AttributeError(f"The state has no {name}.")

    def tell(self, **counts: int) -> None:
        """Write running counts of the accounts by name."""
        for name, value in counts.items():
            self.tally[TALLIES.index(name)] = value

    def begin_week(self, week: int) -> None:
        """An empty event log for the week."""
        self.week = week
        self.log[0] = FIRST_EVENT

    @property
    def events(self) -> np.ndarray:
        """This week's events so far, packed; a live view."""
        return self.log[FIRST_EVENT : self.log[0]]

    def add_productions(self, n: int) -> np.ndarray:
        """Rows for ``n`` titles just green-lit, int32, at the end of the order; delivered rows are used again."""
        free = free_rows(self.titles, n)
        if free.size < n:
            fresh = self.productions.add(n - free.size)
            free = np.concatenate((free, np.arange(fresh.start, fresh.stop)))
            self.refresh()
        rows = free.astype(np.int32)
        self.order = np.concatenate((self.order, rows))
        return rows

    def drop(self, places: np.ndarray) -> None:
        """Take the titles at some places of the order off it, all delivered; their rows are free from now on."""
        stays = np.ones(self.order.size, bool)
        stays[places] = False
        self.order = self.order[stays]

    def idle(self) -> np.ndarray:
        """Rows of workers between calls."""
        return np.flatnonzero(self.crew.status == Status.IDLE)

    def arrays(self) -> dict[str, np.ndarray]:
        """Everything by name, for saving and for comparing bit for bit."""
        out = {f"crew.{name}": values for name, values in self.crew.arrays().items()}
        out |= {f"productions.{name}": values for name, values in self.productions.arrays().items()}
        out |= {f"market.{name}": getattr(self, name) for name in _MARKET}
        return out | {"contacts": self.contacts[: self.crew.count], "calls": self.calls[: self.productions.count],
                      "books": self.books[: self.productions.count],
                      "budgets": self.budgets[: self.productions.count], "ledger": self.ledger[1:],
                      "week": np.array([self.week])}

    def load(self, arrays: dict[str, np.ndarray]) -> None:
        """Restore from :meth:`arrays`; where something is missing or does not fit a sentence says so, and nothing has
        changed.
        """
        def part(prefix: str) -> dict[str, np.ndarray]:
            return {name[len(prefix):]: values for name, values in arrays.items() if name.startswith(prefix)}

        needed = ("contacts", "calls", "books", "budgets", "ledger", "week", *(f"market.{name}" for name in _MARKET))
        missing = [name for name in needed if name not in arrays]
        if missing:
            raise CallSheetError(f"The saved state lacks {missing[0]}; it was cut short or is of another model.")
        crew, productions = self.crew.fitting(part("crew.")), self.productions.fitting(part("productions."))
        rows = dict.fromkeys(("calls", "books", "budgets"), productions["uid"].size) | {"contacts": crew["uid"].size}
        for name, count in rows.items():
            rows_fit(name, arrays[name], getattr(self, name), count)
        market = {name: as_own(name, arrays[f"market.{name}"], getattr(self, name), name in _OF_ANY_LENGTH)
                  for name in _MARKET}
        ledger = as_own("ledger", arrays["ledger"], self.ledger[1:])
        week = as_own("week", arrays["week"], np.array([self.week]))

        self.crew.load(crew)
        self.productions.load(productions)
        self.refresh()
        self.calls[: self.productions.count] = arrays["calls"]
        self.books[: self.productions.count] = arrays["books"]
        self.budgets[: self.productions.count] = arrays["budgets"]
        self.contacts[: self.crew.count] = arrays["contacts"]
        for name, values in market.items():
            setattr(self, name, values)
        self.ledger[1:] = ledger
        self.week = int(week[0])
