"""Writes a run down while it goes on: a row of every series a week, and the tables of AI's titles and people."""

from __future__ import annotations

from typing import Any

import numpy as np

from model import public_account, tables
from model.calendar import monday
from model.mechanisms import bookkeeping, production, tasks
from model.mechanisms.stages import LOS_ANGELES
from model.recording import BY_CRAFT, BY_DISTRICT, BY_KIND, COUNTS, FORMAT, TABLES, Recording
from model.state import books, plain, turns
from model.state.call_board import HELD, NO_FIRM, STOPPED_BY_PROVIDER
from model.state.events import Entry
from model.state.flows import Flows
from model.state.state import AI_PRODUCERS, State
from model.state.technique import PROVIDERS
from model.vocabulary import Area, Status
from model.world import WORLDS_PART, World

_FLOWS_OF_AI = ("dependent", "outage_stopped", "bought", "retrained", "in_course", "queue", "abandoned", "sent_home")
# Series that came with AI, by what they are split by; recordings of format 1 lack them, those of 2 `people_by_area`.
_WITH_AI = {
    "": {name: np.int32 for name in (*_FLOWS_OF_AI, "crew_of_producers", "crew_with_ai", "crew_of_makers")}
    | {"crew_on_capital": np.float32},
    "kind": {"greenlit_ai": np.int16},
    "firm": {"titles_by_owner": np.int16, "spend_by_owner": np.int64},
    "area": {"adoption": np.float32, "people_by_area": np.int32},
    "producer": {"belief": np.float32, "raised": np.int64, "spent_raised": np.int64, "spent_earned": np.int64,
                 "active": np.int8},
    "provider": {"ai_by_provider": np.int16},
}


def displacement(effects: np.ndarray) -> float:
    """Crew-weeks that AI took the place of, by rows of EFFECT."""
    return -effects["displacement"].sum() / books.TWELFTHS


class Recorder:
    """Fills a recording week by week; arrays are made once for the whole horizon."""

    def __init__(self, first_week: int, weeks: int, n_crafts: int, n_kinds: int, opening: np.ndarray) -> None:
        """``opening`` what the ledger held before the first week."""
        self.first_week, self.weeks, self.filled = first_week, weeks, 0
        self.series = {name: np.zeros((weeks, n_crafts), dtype) for name, dtype in BY_CRAFT.items()}
        self.series |= {name: np.zeros((weeks, n_kinds), dtype) for name, dtype in BY_KIND.items()}
        self.series |= {name: np.zeros(weeks, dtype) for name, dtype in COUNTS.items()}
        self.series |= {name: np.zeros((weeks, tables.districts().n), dtype) for name, dtype in BY_DISTRICT.items()}
        self.series["greenlit_place"] = np.zeros((weeks, tables.places().n), np.int16)
        self.opening = np.array(opening, np.int64)
        self.series["ledger"] = np.zeros((weeks, self.opening.size), np.int64)
        widths = {"kind": n_kinds, "firm": tables.firms().n, "area": len(Area), "producer": AI_PRODUCERS,
                  "provider": PROVIDERS}
        for by, names in _WITH_AI.items():
            width = (weeks, widths[by]) if by else weeks
            self.series |= {name: np.zeros(width, dtype) for name, dtype in names.items()}
        # People held and posts empty on titles whose provider stands still: [an AI-first producer's or not, cause].
        self.series["standing"] = np.zeros((weeks, 2, len(STOPPED_BY_PROVIDER)), np.int32)
        self.tables: dict[str, list[np.ndarray]] = {name: [] for name in TABLES}
        self._titles = 0
        self._done: dict[int, tuple[float, float]] = {}  # by year, of titles closed: crew-weeks worked and displaced
        self._cohort: turns.Cohort | None = None
        self._events = np.empty(0, np.int64)
        self._logged = 0

    def write(self, state: State, flows: Flows) -> None:
        """One week's row of every series, and its events."""
        t, s = self.filled, self.series
        made = flows.greenlit
        home = made["place"] == LOS_ANGELES
        n_kinds = s["payroll"].shape[1]
        s["on_call"][t], s["idle"][t] = flows.on_call, flows.idle
        s["posted"][t], s["unfilled"][t] = flows.posted, flows.unfilled
        s["crew_days"][t], s["overscale"][t] = flows.days.sum(axis=0), state.overscale
        s["people_by_kind"][t], s["payroll"][t] = flows.people.sum(axis=1), flows.payroll
        s["shoot_days"][t], s["people_by_area"][t] = flows.shoot_days, flows.areas
        s["greenlit"][t] = np.bincount(made["kind"], minlength=n_kinds)
        s["greenlit_home"][t] = np.bincount(made["kind"][home], minlength=n_kinds)
        s["greenlit_credited"][t] = np.bincount(made["kind"][made["credited"]], minlength=n_kinds)
        s["greenlit_place"][t] = np.bincount(made["place"], minlength=s["greenlit_place"].shape[1])
        for name in ("wrapped", "laid_off", "quits", "exits", "returns", "entries", "by_referral", "by_open_call",
                     "declined", "stopped", "delivered", "waiting", "stages_used", *BY_DISTRICT):
            s[name][t] = getattr(flows, name)
        self._write_ai(state, flows)
        s["coverage_gained"][t], s["coverage_lost"][t] = flows.coverage[1:]
        s["titles_in_hand"][t] = state.order.size
        s["ledger"][t] = state.ledger[1:]
        events = state.events
        s["events_per_week"][t] = events.size
        self._log(events)
        self.filled += 1

    def _log(self, events: np.ndarray) -> None:
        """Append to the event log.

        Room is made for all weeks to come, were each twice as eventful as this one: memory that is never written to
        costs nothing, whereas a log that doubles is copied again and again, which took a tenth of a week.
        """
        used = self._logged + events.size
        if used > self._events.size:
            more = np.empty(used + 2 * events.size * (self.weeks - self.filled), np.int64)
            more[: self._logged] = self._events[: self._logged]
            self._events = more
        self._events[self._logged : used] = events
        self._logged = used

    def _write_ai(self, state: State, flows: Flows) -> None:
        t, s, made = self.filled, self.series, flows.greenlit
        n_kinds, firms = s["greenlit_ai"].shape[1], s["titles_by_owner"].shape[1]
        s["greenlit_ai"][t] = np.bincount(made["kind"][made["ai"] != 0], minlength=n_kinds)
        s["titles_by_owner"][t] = np.bincount(made["owner"], minlength=firms)
        s["spend_by_owner"][t] = np.bincount(made["owner"], made["cost"].astype(float), minlength=firms)
        if flows.week < WORLDS_PART:  # nobody uses AI yet
            return
        for name in _FLOWS_OF_AI:
            s[name][t] = getattr(flows, name)
        studios = firms - AI_PRODUCERS
        s["adoption"][t] = state.adoption[:studios].sum(axis=0) / studios
        for name in _WITH_AI["producer"]:
            s[name][t] = state.producers[name]
        p = state.productions
        with_ai, ours, crew, our_crew = production.list_with_ai(state.titles, state.calls, state.order, studios)
        if flows.outage_stopped:
            still = with_ai[p.extra[with_ai] >= STOPPED_BY_PROVIDER[0]]
            others, why = (p.maker[still] == NO_FIRM).astype(int), p.extra[still]
            wanted, there = (state.calls[each][still].sum(axis=1) for each in ("need", "filled"))
            lost = np.where(why == HELD, there, wanted - there)  # who is still there though not held works on
            np.add.at(s["standing"][t], (others, why - STOPPED_BY_PROVIDER[0]), lost)
        if with_ai.size or ours.size:
            s["ai_by_provider"][t] = np.bincount(p.provider[with_ai], minlength=PROVIDERS)
            s["crew_of_makers"][t], s["crew_with_ai"][t] = crew[p.maker[with_ai] != NO_FIRM].sum(), crew.sum()
            s["crew_of_producers"][t] = our_crew.sum()
            s["crew_on_capital"][t] = (our_crew * p.financed[ours]).sum()
        if flows.finished is not None and flows.finished.size:
            self.tables["finished"].append(flows.finished)
        if flows.books is not None:
            self._take_books(flows.books)

    def _take_books(self, closed: tuple[np.ndarray, np.ndarray, np.ndarray]) -> None:
        titles, cells, effects = closed
        if titles.size:  # of one year, as all that is closed together
            worked, displaced = self._done.get(int(titles["year"][0]), (0.0, 0.0))
            self._done[int(titles["year"][0])] = worked + cells["worked"].sum(), displaced + displacement(effects)
        for name, table in zip(("titles", "cells", "effects"), closed, strict=True):
            if "title" in table.dtype.names:
                table["title"] += self._titles
            self.tables[name].append(table)
        self._titles += closed[0].size

    def open(self, state: State) -> None:
        """Take off, where a recording begins after worlds part, what the books of titles in hand hold of weeks before:
        they stay as they are, since the same weeks must follow wherever somebody begins to record.
        """
        if self.first_week <= WORLDS_PART:
            return
        before = bookkeeping.written(state.books, state.titles, state.calls, state.order, monday(state.week - 1).year)
        for table in before[1:]:
            for name in table.dtype.names:
                if name not in ("title", "craft"):
                    table[name] *= -1
        self._take_books(before)

    def close(self, state: State) -> None:
        """Take the books of titles still in hand, as they stand at the end; the state is left as it is."""
        year = monday(state.week - 1).year
        self._take_books(bookkeeping.written(state.books, state.titles, state.calls, state.order, year))
        if self.follows:
            self.tables["workers"].append(self._cohort.finish(state))

    @property
    def follows(self) -> bool:
        """Whether worlds have parted, and people are followed."""
        return self._cohort is not None

    def follow(self, state: State, rules: np.void) -> None:
        """Follow everyone attached now, who is settled, to the end of the recording."""
        self._cohort = turns.Cohort(state, rules["veteran_days"])

    def end_year(self, state: State, skill: np.ndarray, rules: np.void, world: World) -> None:
        """Where the cohort and the crafts stand at the end of a year, and how well the year's work was done."""
        year = monday(state.week - 1).year
        self.tables["made"].append(self._made(state, year, skill, world))
        self.tables["stock"].append(turns.stock(state, year, skill, rules["veteran_days"]))
        if self.follows:
            self.tables["flows"].append(self._cohort.stand(state, year, rules["ai_craft"], rules["back_weeks"]))

    def _made(self, state: State, year: int, skill: np.ndarray, world: World) -> np.ndarray:
        worked, displaced = self._done.get(year, (0.0, 0.0))
        _, cells, effects = bookkeeping.written(state.books, state.titles, state.calls, state.order, year)
        worked, displaced = worked + cells["worked"].sum(), displaced + displacement(effects)
        here = state.crew.status == Status.ON_CALL
        t = world.params.ai_tasks
        able = tasks.capability(state.providers["steps"], t.capability, t.capability_ceiling, t.capability_growth,
                                t.releases).mean()
        made = np.zeros(1, turns.MADE)
        made["year"], made["capability"] = year, able if world.has_ai(state.week) else 0.0
        made["skill"] = skill[here].mean() if here.any() else 0.0
        made["automated"] = displaced / max(1.0, worked + displaced)
        return made

    def finish(self, manifest: dict[str, Any]) -> Recording:
        """The recording of the weeks written so far."""
        series = {name: values[: self.filled] for name, values in self.series.items()}
        series["public_money"] = public_account.by_purpose(series["ledger"], self.opening)
        return Recording({**manifest, "format": FORMAT, "first_week": self.first_week, "weeks": self.filled,
                          "crafts": list(tables.crafts().names), "kinds": list(tables.kinds().names),
                          "places": list(tables.places().names),
                          "districts": list(tables.districts().names),
                          "ledger": [entry.name.lower() for entry in Entry],
                          "public_money": list(public_account.PURPOSES),
                          "firms": list(tables.firms().names)}, series, self._events[: self._logged],
                         {name: plain.joined(parts, TABLES[name]) for name, parts in self.tables.items()})
