"""What is fixed for a run before its first week: tables, parameters, rules by date, seed and scale."""

from __future__ import annotations

from datetime import date
from functools import cached_property

import numpy as np

from model import calendar, contracts, tables
from model.levers import Levers
from model.mechanisms import commute, demand, location
from model.mechanisms.divisions import divisions_in
from model.mechanisms.stages import Usual
from model.parameters import Params
from model.policy import Policy
from model.shocks import Shock, shocks
from model.state.now import empty_now, rule_names
from model.units import CENTS
from model.vocabulary import Entrant, Stage

HISTORY_BEGINS = 0  # week of 5 January 2015
WORLDS_PART = calendar.week_of(date(2026, 4, 13))  # the announcement; before it every world is the same


LARGE = ("major", "streamer")  # classes of firms that buy others
LEAST_ASKED = 1e-9  # keeps a ratio from a division by nothing


class World:
    """Everything a week needs to know that does not change from week to week."""

    def __init__(self, params: Params, levers: Levers, seed: int = 0, scale: float = 1.0,
                 without: tuple[str, ...] = ()) -> None:
        self.params, self.levers, self.seed, self.scale = params, levers, int(seed), float(scale)
        self.without = tuple(sorted(without))
        self.crafts, self.kinds = tables.crafts(), tables.kinds()
        self.firms, self.places = tables.firms(), tables.places()
        self.first_week = HISTORY_BEGINS - int(params.population.burn_in)
        self.entrant = Entrant(params.worlds.entrant)
        self._credit_terms = np.full((5, len(self.all_weeks)), np.nan)  # by week, as far as anybody has asked
        self.is_ai_firm = np.array(self.firms.classes) == tables.AI_FIRST
        self.ai_firms = np.flatnonzero(self.is_ai_firm)
        self.ai_craft = self.crafts.names.index(tables.AI_CRAFT)

    # AI
    def has_ai(self, week: int) -> bool:
        """Whether anyone enters or adopts in this world by a week."""
        return week >= WORLDS_PART and bool(self.entrant or self.params.worlds.incumbents)

    def works_with_ai(self, week: int) -> bool:
        """Whether anybody uses AI in this world by a week: an entrant that works the traditional way does not."""
        return self.has_ai(week) and (self.entrant == Entrant.AI_FIRST or bool(self.params.worlds.incumbents))

    @staticmethod
    def writes_books(week: int) -> bool:
        """Whether every title's crew-weeks are written down: from the week in which worlds can part."""
        return week >= WORLDS_PART

    @cached_property
    def large_firms(self) -> np.ndarray:
        """Codes of the firms that buy others."""
        return np.flatnonzero(np.isin(self.firms.classes, LARGE))

    @cached_property
    def divisions(self) -> int:
        """Divisions of each studio in a market of this size."""
        return divisions_in(self.params.referral.divisions, self.scale)

    @cached_property
    def small_firms(self) -> np.ndarray:
        """Firms that can be bought, booleans."""
        return ~np.isin(self.firms.classes, (*LARGE, tables.AI_FIRST))

    @cached_property
    def entries(self) -> np.ndarray:
        """Week in which each AI-first producer enters; beyond every horizon for those that do not."""
        p = self.params.ai_producer
        nth = np.arange(self.ai_firms.size)
        first = max(WORLDS_PART, int(round((p.entry - 2015.0) * 365.25 / 7.0)))
        there = (nth <= p.siblings) & bool(self.entrant)
        return np.where(there, first + nth * int(p.sibling_gap), np.iinfo(np.int16).max)

    # Work
    @cached_property
    def crew_size(self) -> np.ndarray:
        """People on a full call, (stage, kind, craft)."""
        return self.kinds.crew * self.params.production.crew_scale

    @cached_property
    def crew_growth(self) -> np.ndarray:
        """Crews of titles green-lit in a week relative to those of 2015, (weeks from the first of the burn-in,)."""
        yearly = 1.0 + self.params.production.crew_growth
        return np.array([yearly ** demand.years_since_start(week) for week in self.all_weeks])

    @cached_property
    def usual_days(self) -> np.ndarray:
        """Days a week on a call, mean over the crew-weeks that titles call by the time of AI, (crafts,)."""
        orders = self.orders[self.at(WORLDS_PART)]
        called = np.einsum("skc,ks,k->kc", self.crew_size, self.kinds.weeks, orders)
        nobody = called.sum(axis=0) == 0.0  # as of a craft that is new then
        return np.average(self.kinds.days, axis=0, weights=called + nobody)

    @property
    def all_weeks(self) -> range:
        """From the first week of the burn-in to the last that paths reach; row :meth:`at` of a path is a week's."""
        return range(self.first_week, contracts.LAST_WEEK)

    @cached_property
    def usual(self) -> Usual:
        """Crews, weeks and days that titles call the traditional way, and how much of it in Los Angeles."""
        return Usual(self.crew_size, self.kinds.weeks, self.local, self.kinds.days)

    @cached_property
    def local(self) -> np.ndarray:
        """Share of a stage's work done in Los Angeles by titles made elsewhere and there, (2, stages)."""
        production = self.params.production
        return np.array([production.local_elsewhere, production.local_here])

    @cached_property
    def kept_in_halts(self) -> np.ndarray:
        """Share of each craft's people who work on while their production is stopped."""
        return np.where(self.crafts.on_set, 0.0, self.params.production.kept_in_halts)

    @cached_property
    def seasons(self) -> np.ndarray:
        """Kinds that have a place in the schedule of a television year, booleans."""
        return np.array(self.kinds.category) == "tv"

    @cached_property
    def ties(self) -> np.ndarray:
        """Where the searchers of a craft look, before vacancies weigh in: rows sum to one."""
        ties = np.eye(self.crafts.n)
        for row in tables.rows("craft_ties.csv"):
            one, other = self.crafts.names.index(row["one"]), self.crafts.names.index(row["other"])
            ties[one, other] = ties[other, one] = self.params.search.near_craft * float(row["closeness"])
        return ties / ties.sum(axis=1, keepdims=True)

    @cached_property
    def minutes(self) -> np.ndarray:
        """Minutes one way between districts, (home, work)."""
        where, p = tables.districts(), self.params.commute
        return commute.minutes_one_way(where.latitude, where.longitude, p.speed, p.detour, p.spread)

    @cached_property
    def way_to_work(self) -> np.ndarray:
        """Share of a day's pay that the way to work costs beyond a usual one, (craft, home, work)."""
        p = self.params.commute
        return commute.share_of_pay(self.minutes, p.usual, p.value_of_time, self.crafts.day_hours)

    # Money
    @cached_property
    def stage_capacity(self) -> float:
        """Sound stages at this scale."""
        return self.params.production.stage_capacity * self.scale

    @cached_property
    def orders(self) -> np.ndarray:
        """Titles that buyers would pay for at usual cost, at scale, (weeks from the first of the burn-in, kinds)."""
        span = self.all_weeks.start, self.all_weeks.stop
        path = demand.orders_path(*span, demand.Pull.of(self.params.demand))
        return path * demand.unexplained(*span, self.params.unexplained) * self.scale

    @cached_property
    def money(self) -> np.ndarray:
        """Cents that buyers set aside for them, same shape."""
        return demand.money(self.orders, self.kinds.budget, (self.places.habit * self.then).sum(axis=1))

    @cached_property
    def pay_share(self) -> np.ndarray:
        """Share of a budget that is crews' pay, (kinds,)."""
        return np.array(self.params.ai_budget.pay_share)

    @cached_property
    def beside_pay(self) -> tuple[np.ndarray, np.ndarray]:
        """What runs by the shoot week, share of a budget, and the money's cost a year, both (kinds,).

        Nothing runs by the shoot week where nothing is shot. Where pay, this and finance over the usual weeks are
        together more than a budget, as far from the middle of their ranges they are, the two share what pay leaves.
        """
        budget, weeks = self.params.ai_budget, self.kinds.weeks
        by_time = budget.time_share * (weeks[:, Stage.SHOOT] > 0)
        years = weeks.sum(axis=1) / calendar.WEEKS_A_YEAR
        asked = by_time + budget.finance * years
        room = 1.0 - self.pay_share
        fits = np.where(asked > room, room / np.maximum(asked, LEAST_ASKED), 1.0)
        return by_time * fits, budget.finance * fits

    @cached_property
    def untouched_share(self) -> np.ndarray:
        """Share of a budget that is neither pay, nor runs by the shoot week, nor is the money's cost, (kinds,)."""
        by_time, finance = self.beside_pay
        years = self.kinds.weeks.sum(axis=1) / calendar.WEEKS_A_YEAR
        return np.maximum(0.0, 1.0 - self.pay_share - by_time - finance * years)

    def at(self, week: int | np.ndarray) -> int | np.ndarray:
        """Row of a week in the paths above, or of several."""
        return week - self.first_week

    @cached_property
    def then(self) -> np.ndarray:
        """Costs net of incentives in January 2015, (kind, place): what habits were formed at."""
        return location.net_ratios(self.places.cost, location.incentives(HISTORY_BEGINS), self.reach)

    @cached_property
    def reach(self) -> np.ndarray:
        """Share of a kind's titles that places' programs take in."""
        return tables.column("place_habits.csv", "incentive_reach")

    # Rules
    @cached_property
    def life_rules(self) -> np.ndarray:
        """The parameters among the rules of a working life, in a record ``now`` of which the rest is off."""
        p, crafts = self.params, self.crafts
        rules = {"day_hours": crafts.day_hours, "covered": crafts.covered}
        for group in (p.income, p.skills, p.wages, p.search, p.mobility):
            rules |= {name: value for name, value in group if name in rule_names()}
        people = p.ai_people
        rules |= {"ai_craft": self.ai_craft, "ai_since": WORLDS_PART,
                  "ai_learning_days": people.learning_days, "ai_aging": people.aging,
                  "ai_needed": people.needed, "ai_initial": people.initial}
        rules |= {"referral": p.referral.share, "reach": p.referral.reach,
                  "rewiring": p.referral.rewiring, "contacts": p.referral.contacts}
        now = empty_now(crafts.n)
        for name, value in rules.items():
            now[name] = value
        return now

    def baseline_policy(self, week: int) -> Policy:
        """The rules in force by law and contract this week, before any lever."""
        return contracts.baseline(week)

    def scale_cents(self, week: int) -> np.ndarray:
        """Scale in force, cents a day by craft."""
        median = self.crafts.day_rate * contracts.scale_path()[week - contracts.FIRST_WEEK]
        return np.rint(median * self.params.wages.scale_share).astype(np.int64)

    def policy(self, week: int) -> Policy:
        """This week's rules, levers included; before 2015 there are none, so that worlds share their history."""
        if week < HISTORY_BEGINS:
            return self.baseline_policy(week)
        return self.levers.in_force(self.baseline_policy(week), week)

    def credit_terms(self, weeks: np.ndarray) -> np.ndarray:
        """Terms of the California credit for titles green-lit in some ``weeks``, (5, titles): its rate, its rise for
        residents, the share of a budget that qualifies, the share of spend on AI that does, and the cap of a title,
        cents.
        """
        at = self.at(weeks)
        for row in sorted(set(at[np.isnan(self._credit_terms[0, at])].tolist())):
            rules = self.policy(self.all_weeks[row])
            self._credit_terms[:, row] = (rules.credit_rate, rules.credit_resident, rules.credit_base_share,
                                          rules.credit_counts_ai, rules.credit_title_cap_usd * CENTS)
        return self._credit_terms.take(at, axis=1)  # side by side in memory, as kernels are compiled for

    @cached_property
    def shocks(self) -> tuple[Shock, ...]:
        """The dated shocks that are not switched off."""
        return tuple(shock for shock in shocks() if shock.name not in self.without)

    def stops(self, week: int) -> list[tuple[Shock, float]]:
        """The shocks in force in a week with their severity."""
        return self._stops.get(week, [])

    @cached_property
    def _stops(self) -> dict[int, list[tuple[Shock, float]]]:
        """The same by week, of weeks in which anything is stopped."""
        found: dict[int, list[tuple[Shock, float]]] = {}
        for shock in self.shocks:
            for at in np.flatnonzero(shock.severity > 0).tolist():
                found.setdefault(shock.first + at, []).append((shock, float(shock.severity[at])))
        return found
