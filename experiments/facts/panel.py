"""A run watched closely: beside its recording, a panel of all workers and a list of all titles.

The stylized facts ask for the lives behind the series: yearly pay, spells without work, wages before and
after them, crafts left for others. They are collected week by week from the state, and change nothing in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from model.calendar import week_of
from model.contracts import FIRST_WEEK, scale_path
from model.market import LaborMarket
from model.recorder import Recorder
from model.recording import Recording
from model.scenario import Scenario
from model.state.events import unpack
from model.vocabulary import HIRES, SEPARATIONS, Stage, Status

LONGEST = 78  # weeks of a spell up to which hazards are counted; longer ones count in the last
GROUPS = 5  # of talent, by which the composition of spells is told from the effect of their length
LONG_SPELL = 27  # weeks
_WEEKS_A_MONTH = 52.1775 / 12
_WHOLE_YEAR = 52  # weeks
_MAY_2025 = date(2025, 5, 12)


@dataclass
class Panel:
    """One watched run. Arrays by week have a row a week; ``years`` has an entry for every whole year."""

    recording: Recording
    hired: np.ndarray  # (weeks, crafts) into the craft
    log_wage: np.ndarray  # (weeks, crafts) sum of ln day wage over scale in force, of those on call
    long_spells: np.ndarray  # (weeks,) share of the idle
    spend: np.ndarray  # (weeks,) cents of budget worked off in Los Angeles
    at_risk: np.ndarray  # (strata, LONGEST + 1) idle worker-weeks by length of the spell
    left_by_hire: np.ndarray  # (strata, LONGEST + 1) those of them that ended in a hire
    reemployed: np.ndarray  # (2, n) months since the last call, ln pay over that of the last call
    years: dict[int, dict[str, Any]] = field(default_factory=dict)
    titles: dict[str, np.ndarray] = field(default_factory=dict)
    cross_section: dict[str, np.ndarray] = field(default_factory=dict)  # on call in the week of 12 May 2025


def watch(
    scenario: Scenario,
    future: int = 0,
    prepare: Callable[[LaborMarket], None] | None = None,
    onlookers: Sequence[Callable[[LaborMarket], None]] = (),
) -> Panel:
    """Run one future of a scenario and collect the panel. ``prepare`` may change the market before its first
    week; ``onlookers`` are shown it after every week, and change nothing in it.
    """
    from model.digest import model_digest
    from model.simulate import build

    market = build(scenario, future)
    if prepare is not None:
        prepare(market)
    world = market.world
    opening = market.state.ledger[1:]
    recorder = Recorder(scenario.first_week, scenario.weeks, world.crafts.n, world.kinds.n, opening)
    watcher = _Watcher(market, scenario.weeks)
    for _ in range(scenario.weeks):
        watcher.before()
        market.step()
        recorder.write(market.state, market.flows)
        watcher.after()
        for each in onlookers:
            each(market)
    manifest = {
        "model": model_digest(),
        "scenario": scenario.plain(),
        "scale": scenario.scale,
        "seed": scenario.seed,
        "future": future,
    }
    return watcher.panel(recorder.finish(manifest))


class _Watcher:
    """Collects one week after another; rows of workers keep their place for the whole run."""

    def __init__(self, market: LaborMarket, weeks: int) -> None:
        self.market, self.crafts, self.week = market, market.world.crafts.n, 0
        shape = (weeks, self.crafts)
        self.hired, self.log_wage = np.zeros(shape, np.int64), np.zeros(shape)
        self.long_spells, self.spend = np.zeros(weeks), np.zeros(weeks)
        strata = self.crafts * GROUPS
        self.at_risk, self.left = (
            np.zeros((strata, LONGEST + 1), np.int64),
            np.zeros((strata, LONGEST + 1), np.int64),
        )
        self.reemployed: list[np.ndarray] = []
        rows = market.state.crew.capacity
        self.last_call = np.full(rows, -(10**6))  # week in which the last call ended
        self.pay, self.attached = np.zeros(rows), np.zeros(rows, np.int64)
        self.year, self.weeks_of_year = None, 0
        self.craft_at_start: np.ndarray | None = None
        self.years: dict[int, dict[str, Any]] = {}
        self.green: list[np.ndarray] = []
        self.delivered: dict[int, int] = {}
        self.cross_section: dict[str, np.ndarray] = {}
        kinds = market.world.kinds
        self.usual_weeks = np.maximum(1, kinds.weeks.sum(axis=1))

    def before(self) -> None:
        """What the week is about to overwrite."""
        state = self.market.state
        self.status_before = state.people.status.copy()
        self.since_before = state.crew.records["since"][: self.status_before.size].copy()
        self.spell_wage_before = state.crew.records["spell_wage"][: self.status_before.size].copy()
        self.craft_before = state.people.craft.copy()
        self.uids_before = state.titles["uid"][state.order]

    def after(self) -> None:
        """The week that was."""
        state = self.market.state
        week = state.week - 1
        status, craft = state.people.status, state.people.craft
        crew = state.people.records[: status.size]
        self._room(status.size)
        on, idle = status == Status.ON_CALL, status == Status.IDLE
        relative = np.log(np.maximum(1, crew["wage"][on]) / np.maximum(1, state.scale_cents[craft[on]]))
        self.log_wage[self.week] = np.bincount(craft[on], weights=relative, minlength=self.crafts)
        spells = week - crew["since"][idle]
        self.long_spells[self.week] = np.mean(spells >= LONG_SPELL) if spells.size else 0.0
        self._events(week, crew, craft)
        self._titles(week)
        self._yearly(crew, status, craft, on)
        if week == week_of(_MAY_2025):
            self.cross_section = {"craft": craft[on].copy(), "wage": crew["wage"][on].copy()}
        self.week += 1

    def _events(self, week: int, crew: np.ndarray, craft: np.ndarray) -> None:
        """Hires, the spells they end, and what they pay compared with the call before."""
        what, _, row = unpack(self.market.state.events)
        hired = row[np.isin(what, HIRES)]
        self.hired[self.week] = np.bincount(craft[hired], minlength=self.crafts)
        self.last_call[row[np.isin(what, SEPARATIONS)]] = week
        n = self.status_before.size
        was_idle = np.flatnonzero(self.status_before == Status.IDLE)
        length = np.clip(week - self.since_before[was_idle], 0, LONGEST).astype(np.int64)
        talent = np.minimum(GROUPS - 1, (crew["talent"][was_idle] * GROUPS).astype(np.int64))
        cell = (self.craft_before[was_idle].astype(np.int64) * GROUPS + talent) * (LONGEST + 1) + length
        found = np.zeros(n, bool)
        found[hired[hired < n]] = True
        size = self.at_risk.size
        self.at_risk += np.bincount(cell, minlength=size).reshape(self.at_risk.shape)
        self.left += np.bincount(cell[found[was_idle]], minlength=size).reshape(self.at_risk.shape)
        again = hired[(self.last_call[hired] > -(10**6)) & (hired < n)]
        before = self.spell_wage_before[again].astype(float)
        ended = self.last_call[again]
        new = crew["wage"][again].astype(float)
        held = (
            (before > 0) & (new > 0) & (ended < week)
        )  # pay before is known once a week lies between the calls
        again, before, new, ended = again[held], before[held], new[held], ended[held]
        path = scale_path()
        raises = path[week - FIRST_WEEK, craft[again]] / path[ended - 1 - FIRST_WEEK, craft[again]]
        self.reemployed.append(np.array([(week - ended) / _WEEKS_A_MONTH, np.log(new / before / raises)]))

    def _titles(self, week: int) -> None:
        """Titles green-lit, titles delivered, and the week's part of the budgets at work in Los Angeles."""
        state = self.market.state
        titles = state.titles[state.order]
        new = titles[titles["greenlit"] == week]
        self.green.append(np.array([new["uid"], new["kind"], new["place"], new["budget"], new["greenlit"]]))
        for uid in np.setdiff1d(self.uids_before, titles["uid"], assume_unique=True):
            self.delivered[int(uid)] = week
        here = titles[(titles["place"] == 0) & (titles["halted"] == 0) & (titles["stage"] < Stage.DELIVERED)]
        self.spend[self.week] = np.sum(here["budget"] / self.usual_weeks[here["kind"]])

    def _yearly(self, crew: np.ndarray, status: np.ndarray, craft: np.ndarray, on: np.ndarray) -> None:
        year = int(self.market.date.year)  # of the week to come: a change closes the year
        n = status.size
        self.pay[:n][on] += crew["wage"][on].astype(float) * crew["days"][on]
        self.attached[:n] += status != Status.OUT
        self.weeks_of_year += 1
        if self.year is None:
            self.year, self.craft_at_start = year, np.where(status == Status.OUT, -1, craft.astype(np.int64))
        if year != self.year:
            self._close(np.where(status == Status.OUT, -1, craft.astype(np.int64)))
            self.year, self.weeks_of_year = year, 0

    def _close(self, crafts_now: np.ndarray) -> None:
        n = crafts_now.size
        mostly = self.attached[:n] >= self.weeks_of_year / 2
        before = np.full(n, -1, np.int64)
        before[: self.craft_at_start.size] = self.craft_at_start
        stayed = (before >= 0) & (crafts_now >= 0)
        moves = np.bincount(before[stayed] * self.crafts + crafts_now[stayed], minlength=self.crafts**2)
        if self.weeks_of_year >= _WHOLE_YEAR:
            self.years[self.year] = {
                "pay": self.pay[:n][mostly].copy(),
                "moves": moves.reshape(self.crafts, self.crafts),
            }
        self.craft_at_start = crafts_now
        self.pay[:], self.attached[:] = 0.0, 0

    def _room(self, rows: int) -> None:
        if rows > self.last_call.size:
            more = rows - self.last_call.size + 1024
            self.last_call = np.concatenate([self.last_call, np.full(more, -(10**6))])
            self.pay = np.concatenate([self.pay, np.zeros(more)])
            self.attached = np.concatenate([self.attached, np.zeros(more, np.int64)])

    def panel(self, recording: Recording) -> Panel:
        """Everything collected."""
        if self.weeks_of_year >= _WHOLE_YEAR and self.year not in self.years:
            status, craft = self.market.state.people.status, self.market.state.people.craft
            self._close(np.where(status == Status.OUT, -1, craft.astype(np.int64)))
        green = np.concatenate(self.green, axis=1) if self.green else np.zeros((5, 0), np.int64)
        titles = dict(zip(("uid", "kind", "place", "budget", "greenlit"), green, strict=True))
        titles["delivered"] = np.array([self.delivered.get(int(uid), -1) for uid in titles["uid"]], np.int64)
        return Panel(
            recording,
            self.hired,
            self.log_wage,
            self.long_spells,
            self.spend,
            self.at_risk,
            self.left,
            np.concatenate(self.reemployed, axis=1),
            self.years,
            titles,
            self.cross_section,
        )
