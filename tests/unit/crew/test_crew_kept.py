"""State that is settled lazily, what is saved and copied, and the model around the crew."""

import copy
import gc
import pickle
import weakref

import mesa
import numpy as np
import pytest
from mesa.agent import AgentSet

from model.errors import CallSheetError
from model.mesa_compat import ArrayModel
from model.state.columns import Column
from model.state.crew import Crew, CrewSet, CrewWorker
from model.state.roll import Roll
from tests.pace import quiet_seconds
from tests.unit.crew.few_people import WAGES, Market, N, Plain, Studio, Worker, rows

pytestmark = pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")  # Mesa 3.5 of indexing

# State that is settled lazily


def test_before_read_runs_before_any_public_read_or_write(crew):
    calls = []
    worker, live, fixed = crew.worker(0), crew.attached, crew.attached.select(at_most=2)

    def settle():
        calls.append(1)
        assert crew.attached.agg("wage", len) == N  # what it does itself does not call it again

    crew.before_read = settle
    touches = [
        lambda: worker.wage,
        lambda: setattr(worker, "wage", 3),
        lambda: setattr(worker, "hat", 3),
        lambda: worker.hat,
        lambda: fixed.get("wage"),
        lambda: fixed.set("wage", 3),
        lambda: fixed.agg("wage", np.sum),
        lambda: fixed.where(lambda c: c.wage > 0),
        lambda: live.groupby("craft"),
        lambda: live.sort("wage"),
        lambda: len(live),
        lambda: worker in live,
        lambda: list(live),
        worker.remove,
    ]
    for number, touch in enumerate(touches):
        calls.clear()
        touch()
        assert calls, f"touch {number} did not settle"
    calls.clear()
    crew.wage[0] = 1
    assert not calls


def test_an_error_while_settling_does_not_stop_the_next_settling(crew):
    calls = []

    def settle():
        calls.append(1)
        raise RuntimeError("no")

    crew.before_read = settle
    for _ in range(2):
        with pytest.raises(RuntimeError):
            crew.worker(0).wage  # noqa: B018
    assert len(calls) == 2


# Saving


def test_sets_and_views_survive_pickling_with_their_crew(model):
    model.crew.worker(2).note = model.crew.attached.select(at_most=1)
    model.crew.worker(3).friend = model.crew.worker(4)
    views, fixed, live = pickle.loads(
        pickle.dumps([list(model.crew.attached), model.crew.attached.select(at_most=4), model.crew.attached])
    )
    assert rows(views) == rows(live) == list(range(1, N + 1))
    assert rows(fixed) == [1, 2, 3, 4]
    assert live.live
    assert views[0] in fixed
    assert views[2].note == live.select(at_most=1)
    assert views[3].friend == views[4]
    assert views[3].friend.crew is live.crew
    fixed.set("wage", 77)
    assert model.crew.wage[0] == WAGES[0]
    assert views[0].wage == 77


def test_a_model_with_studios_and_a_crew_is_deep_copied_whole(model):
    Studio(model)
    twin = copy.deepcopy(model)
    twin.agents.set("wage", 5)
    assert model.crew.wage.tolist() == WAGES
    assert len(twin.agents) == N + 1
    assert twin.crew.worker(0).model is twin


def test_a_copy_of_a_crew_belongs_to_no_model(model):
    model.crew.worker(0).hat = 1
    twin = model.crew.copy()
    assert twin.worker(0).hat == 1
    assert type(twin.worker(0)) is Worker
    twin.worker(0).hat = 2
    assert model.crew.worker(0).hat == 1
    with pytest.raises(CallSheetError, match="belongs to no model"):
        twin.worker(0).model  # noqa: B018
    with pytest.raises(CallSheetError, match="Give random="):
        twin.attached.shuffle()


def test_loading_a_crew_drops_what_was_hung_on_its_rows(model):
    model.crew.worker(0).hat = 1
    arrays = {name: array[:5].copy() for name, array in model.crew.arrays().items()}
    model.crew.load(arrays)
    assert len(model.agents) == 5
    assert not hasattr(model.crew.worker(0), "hat")
    assert type(model.crew.worker(0)) is Worker


# The model


def test_ordinary_agents_and_workers_are_one_set(model):
    studios = [Studio(model) for _ in range(3)]
    everyone = model.agents
    assert isinstance(everyone, AgentSet)
    assert len(everyone) == N + 3
    assert studios[0] in everyone
    assert model.crew.worker(0) in everyone
    assert set(model.agent_types) == {Studio, Worker} == set(model.agents_by_type)
    assert list(model.agents_by_type[Studio]) == studios
    assert len(set(rows(everyone))) == N + 3
    assert isinstance(everyone.select(agent_type=CrewWorker), CrewSet)
    assert everyone.select(agent_type=Studio).get("cash") == [3, 3, 3]
    assert len(everyone.select(at_most=4)) == 4
    assert len(everyone.select(at_most=4.5)) == 5
    assert len(everyone.select(at_most=0.2)) == 3
    assert everyone[0] == studios[0]
    assert everyone[-1] == model.crew.worker(N - 1)
    assert everyone[2:4] == [studios[2], model.crew.worker(0)]
    with pytest.raises(IndexError):
        everyone[99]
    assert everyone.groupby(type).count() == {Studio: 3, Worker: N}
    assert everyone.set("hat", 1).agg("hat", sum) == N + 3
    assert everyone.map("step") == [None] * (N + 3)
    assert set(everyone.shuffle()) == set(everyone) == set(everyone.shuffle(inplace=True))
    assert everyone.sort("unique_id", ascending=True)[0] == model.crew.worker(0)
    assert len(everyone.to_list()) == N + 3
    seen = []
    model.agents.do(lambda agent: seen.append(agent)).shuffle_do(seen.append)
    assert len(seen) == 2 * N + 6
    assert copy.copy(everyone) == everyone
    with pytest.raises(AttributeError, match="model.agents"):
        model.agents = 3


def test_changing_the_set_of_everyone_leaves_the_model_alone(model):
    studio, worker = Studio(model), model.crew.worker(0)
    everyone = model.agents
    everyone.discard(studio)
    everyone.remove(worker)
    assert len(everyone) == N - 1
    assert len(model.agents) == N + 1
    everyone.add(worker)
    assert everyone.to_list()[-1] == worker
    model.remove_all_agents()
    assert len(model.agents) == 0


def test_a_plain_mesa_set_keeps_views_that_nobody_else_holds(model):
    plain = AgentSet(model.crew.attached, model.random)
    gc.collect()
    assert len(plain) == N
    plain.do("retire")
    gc.collect()
    assert len(plain) == 0


def test_the_data_collector_reads_studios_workers_and_the_model(model):
    Studio(model)
    model.datacollector = mesa.DataCollector(
        model_reporters={"total": lambda m: m.crew.attached.agg("wage", sum)},
        agent_reporters={"wage": "wage"},
        agenttype_reporters={Studio: {"cash": "cash"}, CrewWorker: {"wage": "wage"}},
    )
    model.datacollector.collect(model)
    model.step()
    model.crew.worker(0).remove()
    model.datacollector.collect(model)
    totals = model.datacollector.get_model_vars_dataframe()["total"].tolist()
    assert totals == [sum(WAGES), sum(WAGES[1:])]
    assert len(model.datacollector.get_agenttype_vars_dataframe(Studio)) == 2
    assert len(model.datacollector.get_agenttype_vars_dataframe(CrewWorker)) == 2 * N - 1
    assert model.datacollector.get_agent_vars_dataframe().index.is_unique


def test_dropped_models_are_collected_with_everything_they_held():
    alive = []
    for _ in range(20):
        model = Market()
        Studio.create_agents(model, 5)
        CrewWorker.create_agents(model, N, wage=3)
        model.crew.before_read = model.step
        model.agents.set("home", model)
        held = set(model.agents)
        model.crew.before_read = None
        alive += [weakref.ref(model), weakref.ref(model.crew), weakref.ref(held.pop())]
        del held
    del model
    gc.collect()
    assert [ref for ref in alive if ref() is not None] == []


def test_the_counter_of_ids_starts_afresh_for_every_model_and_still_serves_plain_models():
    assert rows([Plain(model := mesa.Model(), 1, 1), Plain(model, 1, 1)]) == [1, 2]
    assert Plain(mesa.Model(), 1, 1).unique_id == 1


def test_agents_may_be_rows_of_any_frame_that_says_who_is_attached():
    class Cast(Roll):
        gone = Column(np.uint8, "flag", 0, "Has left")

        def leave(self, rows):
            self.gone[rows] = 1
            super().leave(rows)

        def attached_mask(self):
            return self.gone == 0

    class Extra(Roll.worker_type):
        roll_type = Cast

    model = ArrayModel()
    Extra.create_agents(model, 3, gone=[0, 0, 1])
    model.agents.set("status", "active")  # a column of the crew, and nothing special here
    assert model.agents.get("status") == ["active", "active"]
    model.agents[0].remove()
    assert rows(model.agents) == [2]


def test_sums_over_150_000_workers_take_no_loop():
    crew = Crew(150_000)
    crew.add(150_000)
    crew.savings[...] = 3
    assert crew.attached.agg("savings", np.sum) == 450_000
    assert quiet_seconds(lambda: crew.attached.agg("savings", np.sum)) < 0.005
