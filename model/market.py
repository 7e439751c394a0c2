"""The market as a Mesa model: workers over columns, studios as ordinary agents, one step a week."""

from __future__ import annotations

from datetime import date
from operator import attrgetter  # which can be pickled, as a lambda cannot

import mesa
import numpy as np

from model import accounts, checkpoints
from model.calendar import NEVER, monday
from model.errors import CallSheetError, UnknownName, nearest, sentences
from model.levers import Levers
from model.mechanisms import income, separations
from model.mechanisms.ai_producers import AIFirstProducer
from model.mechanisms.studios import Studio
from model.mesa_compat import ArrayModel
from model.parameters import Params
from model.scenario_entries import MOST_SCALE, MOST_SEED, number_from
from model.scenario_files import known_shocks
from model.state import population
from model.state.events import Entry
from model.state.flows import Flows
from model.tables import AI_FIRST
from model.verbs import SETTLED, rules_in_force, settle_everyone
from model.vocabulary import Stage, Status
from model.week import step
from model.world import HISTORY_BEGINS, World


class LaborMarket(ArrayModel):
    """The Los Angeles screen labor market, one week a step, from January 2015 on.

    ``studio_types`` maps a studio's name or class of firm to a subclass of :class:`Studio` with decisions of its
    own. ``history=False`` leaves the market in the first week of its burn-in.
    """

    def __init__(self, params: Params | None = None, levers: Levers | None = None, seed: int = 0,
                 scale: float = 1.0, without: tuple[str, ...] = (),
                 studio_types: dict[str, type[Studio]] | None = None, history: bool = True) -> None:
        scale = number_from("scale", scale, float, 0, MOST_SCALE, "agents per attached worker")
        seed = number_from("seed", seed, int, 0, MOST_SEED, "the number of the chance")
        known_shocks(without)
        super().__init__(rng=seed % (1 << 32))
        self.world = World(params or Params.load(), levers or Levers(), seed, scale, without)
        self.studio_types = dict(studio_types or {})
        known = (*self.world.firms.names, *dict.fromkeys(self.world.firms.classes))
        for name in self.studio_types:
            if name not in known:
                raise UnknownName(sentences(f"There is no studio or class of firm {str(name)[:80]}.",
                                            nearest(str(name), known)))
        self.studios: list[Studio] = []
        for code, name in enumerate(self.world.firms.names):
            firm_class = self.world.firms.classes[code]
            usual = AIFirstProducer if firm_class == AI_FIRST else Studio
            kind = self.studio_types.get(name, self.studio_types.get(firm_class, usual))
            self.studios.append(kind(self, code, name, self.world.firms.labels[code], firm_class))
        self.flows: Flows | None = None
        self._take(population.plant(self.world))
        income.foresee_everyone(self.state.people, self.state.now)
        self.datacollector = mesa.DataCollector(
            model_reporters={"week": "week", "on_call": "on_call", "attached": "attached"},
            agenttype_reporters={kind: {"titles": attrgetter("titles")} for kind in (Studio, AIFirstProducer)})
        if history:
            self.run_history()

    def _take(self, state: population.State) -> None:
        """Make a state the model's own."""
        self.state = state
        self.crew = state.crew
        state.crew.before_read = self.settle
        state.crew.end_calls = self._end_calls
        state.crew.take_in = self._take_in
        state.now = rules_in_force(self.world.policy(state.week - 1), self.world, state.week - 1)

    def run_history(self) -> None:
        """The burn-in up to January 2015; then the accounts of money and time are opened."""
        self.advance_to(HISTORY_BEGINS)
        self.settle()
        accounts.open_money(self.state)

    def restore(self, name: str) -> bool:
        """Take the state of a checkpoint; False if there is none."""
        if not checkpoints.load(self.state, name):
            return False
        self._take(self.state)
        return True

    @property
    def week(self) -> int:
        """The week that the next step will be; 0 is the week of 5 January 2015."""
        return self.state.week

    @property
    def date(self) -> date:
        """The Monday on which the next step begins."""
        return monday(self.state.week)

    @property
    def on_call(self) -> int:
        """Workers on a call at the end of last week."""
        return self.state.last_on_call

    @property
    def attached(self) -> int:
        """Workers attached to the market at the end of last week."""
        return self.state.last_attached

    def settle(self) -> None:
        """Bring every worker's money and time up to date; changes no later week (tested)."""
        settle_everyone(self.state)

    def _end_calls(self, rows: np.ndarray) -> None:
        """Workers taken out by hand leave their calls first, and the accounts know it."""
        state = self.state
        now = state.now.copy()
        now["week"] = state.week
        on_call, attached = separations.dismiss(state.people, state.board, rows.astype(np.int64), now, state.log)
        state.tell(last_on_call=state.last_on_call - on_call, last_attached=state.last_attached - attached)

    def _take_in(self, rows: slice) -> None:
        """Workers made by hand begin now, idle or out of the market; the accounts know of them and their savings."""
        crew, state = self.state.crew, self.state
        status = crew.status[rows]
        if (status == Status.ON_CALL).any():
            status[:] = Status.OUT
            state.refresh()
            raise CallSheetError("A worker cannot begin on a call: it is answered in the course of a week. Leave the "
                                 "status out, for one who is idle.")
        for name in ("entered", "since", "settled"):
            crew.arrays()[name][rows] = state.week
        living = population.living_costs(state, self.world)[crew.craft[rows]]
        crew.living[rows] = np.where(crew.living[rows] > 0, crew.living[rows], living)
        weeks = -(-crew.savings[rows] // np.maximum(1, crew.living[rows]))
        crew.broke[rows] = np.minimum(NEVER, state.week + weeks)
        state.ledger[Entry.ENDOWED] += crew.savings[rows].sum()
        state.tell(last_attached=state.last_attached + int((status == Status.IDLE).sum()))
        state.refresh()

    def cancel(self, uid: int) -> None:
        """Cancel a production by its identity: its crew is sent home with the next step."""
        titles = self.state.productions
        rows = self.state.order[titles.uid[self.state.order] == uid]
        if rows.size == 0:
            raise CallSheetError(f"No production in hand has the identity {uid}. Those in hand are listed in "
                                 "state.order.")
        titles.stage[rows], titles.halted[rows] = Stage.DELIVERED, 1  # given up: it does not count as made

    def step(self) -> None:
        """One week."""
        state = self.state
        state.begin_week(state.week)
        if state.week == SETTLED:
            self.settle()
            population.endow(state, self.world)
            income.foresee_everyone(state.people, state.now)
        self.flows = step(state, self.world, self.studios)
        state.week += 1

    def advance_to(self, week: int) -> None:
        """Steps up to, and not including, ``week``."""
        while self.state.week < week:
            self.step()
