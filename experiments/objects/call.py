"""A title and its calls, as the workers see them: who is wanted, who is there, who heads the department."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from experiments.objects.worker import Worker


@dataclass(eq=False, slots=True)
class Title:
    """A production in hand: what its calls need to know of a row of the model's productions."""

    row: int
    uid: int
    kind: int
    firm: int
    district: int
    stage: int = 0
    halted: bool = False
    calls: list[Call] = field(default_factory=list)  # one per craft


@dataclass(eq=False, slots=True)
class Call:
    """A title's need of one craft, and who answered it."""

    title: Title
    craft: int
    days: int  # days a week
    need: int = 0  # people called
    head: Worker | None = None  # head of department
    crew: list[Worker] = field(default_factory=list)  # everyone else, in the order in which they joined

    @property
    def filled(self) -> int:
        """People on the call."""
        return len(self.crew) + (self.head is not None)

    @property
    def lacking(self) -> int:
        """People still wanted."""
        return self.need - self.filled

    @property
    def pay(self) -> int:
        """Cents a week of everyone on the call."""
        wages = sum(worker.wage for worker in self.crew)
        return self.days * (wages + (self.head.wage if self.head else 0))

    def join(self, worker: Worker) -> None:
        """The first to join heads the department; who joins later and the head get to know each other."""
        if self.head is None:
            self.head = worker
            return
        self.crew.append(worker)
        self.head.remember(worker)
        worker.remember(self.head)

    def last(self) -> Worker:
        """Who joined last: the first to go, the head of department after everyone else."""
        return self.crew[-1] if self.crew else self.head

    def part(self, worker: Worker) -> None:
        """Someone leaves; whoever joined last takes over from a head of department."""
        if worker is self.head:
            self.head = self.crew.pop() if self.crew else None
        else:
            self.crew.remove(worker)


@dataclass(eq=False, slots=True)
class Vacancy:
    """One post of an open call, and the best applicant so far."""

    call: Call
    rate: int  # cents a day before personal premium
    rank: int = -1
    applicant: Worker | None = None
    wage: int = 0

    def consider(self, worker: Worker, rank: int, wage: int) -> None:
        """The head of department keeps the best of those who apply; among equals the last."""
        if rank >= self.rank:
            self.rank, self.applicant, self.wage = rank, worker, wage
