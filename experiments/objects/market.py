"""The market of objects: the model's productions and studios, and a list of workers."""

from __future__ import annotations

import mesa
import numpy as np

from experiments.objects import chance
from experiments.objects.call import Call, Title
from experiments.objects.terms import terms_of
from experiments.objects.week import week
from experiments.objects.worker import Worker
from model import tables
from model.market import LaborMarket
from model.state.events import FIRST_EVENT, OF_WORKERS, ROW_BITS, UID_BITS
from model.state.flows import Flows
from model.verbs import SETTLED
from model.vocabulary import Event, Status, Stream

_SAVINGS = 11  # which number of a worker's the first savings come from, as in ``model.state.population``
_SAME = ("since", "wage", "days", "savings", "spell_wage", "benefit_weeks", "days_worked", "lessons")
_SAME += ("hours_now", "hours_before")  # columns of the crew that workers have under the same name


class ObjectMarket(mesa.Model):
    """A :class:`LaborMarket` taken over at the start of a week: from then on every worker is an object.

    The model's state is used for productions, purses and wages; its crew is read once and then left alone.
    """

    def __init__(self, market: LaborMarket) -> None:
        super().__init__(rng=0)
        self.world, self.state, self.studios = market.world, market.state, market.studios
        self.seed = self.world.seed
        self.terms = terms_of(self.state.now)
        self.days_per_week = self.world.kinds.days.tolist()
        self.way_to_work = self.world.way_to_work.tolist()
        homes = tables.districts().homes
        self.homes = np.cumsum(homes / homes.sum()).tolist()  # shares of crew by home district, adding up
        self.ledger = [0, *self.state.ledger[1:].tolist()]
        self.events: list[int] = []
        self.flows: Flows | None = None
        self.workers: list[Worker] = []
        self.titles: list[Title] = []  # in hand, oldest green-light first
        self.last_heads: dict[tuple[int, int, int], Worker] = {}  # (firm, division, craft) → worked with last
        self._take_workers()
        self._take_titles()

    @property
    def week(self) -> int:
        """The week that the next step will be."""
        return self.state.week

    # Taking over

    def _take_workers(self) -> None:
        columns = {name: values.tolist() for name, values in self.state.crew.arrays().items()}
        rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
        for row, of in enumerate(rows):
            worker = Worker(self, row, of["uid"], of["craft"], of["talent"], of["living"], of["district"])
            worker.status, worker.insured = Status(of["status"]), bool(of["insured"])
            worker.oldest = of["ring"]
            for name in _SAME:
                setattr(worker, name, of[name])
            self.workers.append(worker)
        contacts = self.state.contacts.tolist()
        for worker, of, ring in zip(self.workers, rows, contacts, strict=False):
            known = ring[: len(worker.contacts)]
            worker.contacts = [self.workers[row] if row >= 0 else None for row in known]
            for past in range(of["settled"], self.week):  # the model settles late: live what is owed
                worker.live(past)

    def _take_titles(self) -> None:
        self.meet_new_titles()
        crew, calls = self.state.crew, self.state.calls
        for title in self.titles:
            for call in title.calls:
                row = int(calls[title.row, call.craft]["head"])
                answered = []
                while row >= 0:
                    answered.append(self.workers[row])
                    row = int(crew.next[row])
                for worker in answered:
                    worker.call = call
                call.head, call.crew = (answered[0] if answered else None), answered[:0:-1]
        for (firm, division, craft), row in np.ndenumerate(self.state.known_heads):
            if row >= 0:
                self.last_heads[firm, division, craft] = self.workers[row]

    def division(self, title: Title) -> int:
        """The division of its studio that makes a title."""
        return int(chance.uniform(0, title.uid) * self.world.divisions)

    def meet_new_titles(self) -> None:
        """Titles just green-lit, at the end of the model's list, open their calls."""
        p = self.state.productions
        for row in self.state.order[len(self.titles) :].tolist():
            title = Title(row, int(p.uid[row]), int(p.kind[row]), int(p.firm[row]), int(p.district[row]))
            days = self.days_per_week[title.kind]
            title.calls = [Call(title, craft, days[craft]) for craft in range(len(days))]
            self.titles.append(title)
        self.look_at_titles()

    def look_at_titles(self) -> None:
        """How far productions are and whom they need, from the model's side."""
        order, p = self.state.order, self.state.productions
        stages, halted = p.stage[order].tolist(), p.halted[order].tolist()
        needs = self.state.calls["need"][order].tolist()
        for title, stage, stopped, need in zip(self.titles, stages, halted, needs, strict=True):
            title.stage, title.halted = stage, bool(stopped)
            for call, people in zip(title.calls, need, strict=True):
                call.need = people

    # Books

    def book(self, worker: Worker) -> None:
        """Write a worker's weeks into the ledger; as in the model, this waits until something happens."""
        for line, amount in enumerate(worker.unbooked):
            self.ledger[line] += amount
            worker.unbooked[line] = 0

    def settle(self) -> None:
        """Book everyone."""
        for worker in self.workers:
            self.book(worker)
        self.state.ledger[OF_WORKERS] = self.ledger[OF_WORKERS]

    def note(self, what: Event, worker: Worker, uid: int = 0) -> None:
        """Write an event of a worker into the log of the week, ``uid`` the production."""
        self.events.append(what << (ROW_BITS + UID_BITS) | uid << ROW_BITS | worker.row)

    # Weeks

    def step(self) -> None:
        """One week, then everyone lives it."""
        state = self.state
        self.events.clear()
        if state.week == SETTLED:
            self._endow()
        self.flows = week(self)
        for worker in self.workers:
            worker.live(self.week)
        state.ledger[OF_WORKERS] = self.ledger[OF_WORKERS]
        state.log[FIRST_EVENT : FIRST_EVENT + len(self.events)] = self.events
        state.log[0] = FIRST_EVENT + len(self.events)
        state.week += 1

    def _endow(self) -> None:
        """At the end of the burn-in's first part everyone's savings are drawn anew."""
        self.settle()
        k = chance.key(self.seed, Stream.POPULATION, _SAVINGS)
        weeks = 2.0 * self.world.params.population.savings_weeks
        for worker in self.workers:
            worker.savings = int(weeks * chance.uniform(k, worker.uid) * worker.living)
