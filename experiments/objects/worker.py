"""One worker as one Mesa object: money, skill, what they ask for, whom they know, joining and leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa

from experiments.objects import chance
from model.mechanisms.mobility import MOST_CHANGE
from model.state.events import Entry
from model.vocabulary import Event, Status, Stream

if TYPE_CHECKING:
    from experiments.objects.call import Call
    from experiments.objects.market import ObjectMarket

_TRIES = 64  # looks for a stranger of the craft


class Worker(mesa.Agent):
    """Someone who works, or looks for work, on Los Angeles screen productions."""

    def __init__(
        self, market: ObjectMarket, row: int, uid: int, craft: int, talent: float, living: int, home: int
    ) -> None:
        super().__init__(market)
        self.row, self.uid, self.craft, self.talent, self.living = row, uid, craft, talent, living
        self.home = home  # district
        self.status, self.since = Status.IDLE, market.week
        self.call: Call | None = None
        self.wage = self.days = 0
        self.savings = self.spell_wage = self.benefit_weeks = 0
        self.days_worked = self.lessons = self.hours_now = self.hours_before = 0
        self.insured = False
        self.contacts: list[Worker | None] = [None] * market.terms.contacts  # a ring
        self.oldest = 0  # place in the ring that is written over next
        self.unbooked = [0] * (max(Entry) + 1)  # lines of the ledger since the last booking

    # A week of life

    def live(self, week: int) -> None:
        """The pay or benefit, living and savings of a week. Equations 11 and 12."""
        if self.status is Status.OUT:
            return
        terms, lines = self.model.terms, self.unbooked
        if self.status is Status.ON_CALL:
            gross = self.days * self.wage
            net = gross * terms.take_home // 1000
            hours = self.days * terms.day_hours[self.craft]
            if terms.covered[self.craft]:
                self.hours_now += hours
            self.days_worked += self.days
            lines[Entry.GROSS_PAY] += gross
            lines[Entry.TAX] += gross - net
            lines[Entry.HOURS] += hours
            lines[Entry.DAYS] += self.days
            if week - self.since < terms.wage_insurance_weeks:
                added = self.days * self.made_up(self.wage)
                net += added
                lines[Entry.BENEFITS] += added
                lines[Entry.INSURED] += added
        else:
            net = self.benefit()
            self.benefit_weeks = max(0, self.benefit_weeks - 1)
            lines[Entry.BENEFITS] += net
        saved = max(self.saving(net), -self.savings)
        self.savings += saved
        lines[Entry.SAVED] += saved
        lines[Entry.SPENT] += net - saved

    def benefit(self) -> int:
        """Unemployment benefit of the coming week in cents: half of usual pay, up to the maximum."""
        if self.benefit_weeks == 0 or self.spell_wage <= 0:
            return 0
        terms = self.model.terms
        return min(terms.benefit_max, self.spell_wage * 5 // 2) + terms.benefit_topup

    def saving(self, net: int) -> int:
        """Cents put aside of a week's net income: part of a surplus, all of a gap."""
        surplus = net - self.living
        return surplus * self.model.terms.saved // 1000 if surplus > 0 else surplus

    @property
    def broke(self) -> bool:
        """Nothing is left, and what comes in does not cover living. Equation 13."""
        return self.savings == 0 and self.saving(self.benefit()) < 0

    # Skill and wages

    def skill(self) -> float:
        """Talent, and practice that goes stale between calls. Equation 14."""
        terms, practice = self.model.terms, self.days_worked + self.lessons
        stale = 1.0 + terms.fade * (self.model.week - self.since)
        learned = practice / ((practice + terms.learning_days) * stale)
        return terms.talent_weight * self.talent + (1.0 - terms.talent_weight) * learned

    def offer(self, rate: int, craft: int, skill: float) -> int:
        """Cents a day this worker is offered for a call that pays ``rate``, which is the least. Equation 10."""
        terms = self.model.terms
        wage = rate * (1.0 + terms.premium * skill)
        return max(rate, int(wage if craft == self.craft else wage * (1.0 - terms.new_craft)))

    def reservation(self) -> int:
        """Cents a day below which this worker waits. Equation 16."""
        terms = self.model.terms
        keep = terms.first_ask - terms.patience * (self.model.week - self.since)
        if self.broke:
            keep -= terms.empty_purse
        return int(self.spell_wage * max(keep, terms.patience_floor))

    def made_up(self, wage: int) -> int:
        """Cents a day that wage insurance adds to a wage below the last one."""
        return max(0, self.spell_wage - wage) * self.model.terms.wage_insurance // 1000

    def accepts(self, rate: int, call: Call, skill: float) -> int:
        """The wage at which this worker would come, or 0 if they decline."""
        wage = self.offer(rate, call.craft, skill)
        return wage if self.worth(wage, call) + self.made_up(wage) >= self.reservation() else 0

    def worth(self, wage: int, call: Call) -> int:
        """What a wage is worth after the way to work beyond a usual one. Equation 66."""
        return int(wage * (1.0 - self.model.way_to_work[call.craft][self.home][call.title.district]))

    # Acquaintance

    def remember(self, other: Worker) -> None:
        """Keep a contact in place of the oldest, unless known already."""
        other = self._rewired(other)
        if other not in self.contacts:
            self.contacts[self.oldest] = other
            self.oldest = (self.oldest + 1) % len(self.contacts)

    def _rewired(self, other: Worker) -> Worker:
        """The contact itself, or a stranger of the same craft where acquaintance is worth nothing."""
        market = self.model
        if market.terms.rewiring <= 0.0:
            return other
        k = chance.key(market.seed, Stream.REWIRING, market.week) ^ other.uid
        if chance.uniform(k, self.uid) >= market.terms.rewiring:
            return other
        for attempt in range(_TRIES):
            u = chance.uniform(k, self.uid * _TRIES + attempt)
            stranger = market.workers[int(u * len(market.workers))]
            if stranger.craft == other.craft:
                return stranger
        return other

    # Coming and going

    def answer(self, call: Call, wage: int, how: Event) -> None:
        """Join a call from this week on."""
        market = self.model
        market.book(self)
        if self.craft != call.craft:
            self.craft = call.craft
            market.ledger[Entry.SWITCHED] += 1
        self.status, self.since = Status.ON_CALL, market.week
        self.call, self.wage, self.days = call, wage, call.days
        call.join(self)
        market.note(how, self, call.title.uid)

    def leave(self, why: Event) -> None:
        """Leave a call with the end of last week: idle from this one; whoever did not quit claims benefits."""
        market, call = self.model, self.call
        market.book(self)
        self.lessons += self.learned_from(call.head)
        call.part(self)
        self.status, self.since, self.call = Status.IDLE, market.week, None
        self.spell_wage, self.benefit_weeks = self.wage, 0 if why is Event.QUIT else market.terms.benefit_weeks
        market.note(why, self, call.title.uid)

    def learned_from(self, head: Worker) -> int:
        """Days' worth of lessons of an apprentice on a call that a veteran heads. Equation 15."""
        terms = self.model.terms
        veteran = head is not self and head.days_worked >= terms.veteran_days
        if not veteran or self.days_worked >= terms.veteran_days:
            return 0
        return (self.model.week - self.since) * self.days * terms.lesson // 1000

    def exit_hazard(self) -> float:
        """Chance per four weeks idle of leaving the market. Equation 19."""
        terms = self.model.terms
        hazard = terms.exit_base + terms.exit_spell * (self.model.week - self.since)
        if self.broke:
            hazard *= terms.exit_broke
        if terms.covered[self.craft] and not self.insured:
            hazard *= terms.exit_uninsured
        if self.days_worked >= terms.veteran_days:
            hazard *= terms.exit_experience
        return min(hazard, MOST_CHANGE)
