"""A row of columns is a Mesa agent: what it shows, how it comes and goes."""

import mesa
import numpy as np
import pytest
from mesa.agent import AgentSet

from model.errors import CallSheetError
from model.mesa_compat import ArrayModel
from model.state.columns import Column
from model.state.crew import Crew, CrewWorker
from model.vocabulary import Status
from tests.unit.crew.few_people import WAGES, N, Worker, rows

pytestmark = pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")  # Mesa 3.5 of indexing

# A view is an agent


def test_a_view_is_a_mesa_agent_and_a_set_is_an_agent_set(model):
    worker = model.crew.worker(3)
    assert isinstance(worker, mesa.Agent)
    assert isinstance(worker, Worker)
    assert isinstance(model.crew.attached, AgentSet)
    assert worker.model is model
    assert worker.random is model.random
    assert worker.rng is model.rng
    assert worker.pos is None
    assert worker.unique_id == model.crew.uid[3] == 4


def test_columns_read_as_python_numbers_and_write_through(crew):
    worker = crew.worker(2)
    assert type(worker.wage) is int
    assert type(worker.talent) is float
    worker.wage = 7
    assert crew.wage[2] == 7
    crew.wage[2] = 8
    assert worker.wage == 8
    with pytest.raises(CallSheetError, match="The column wage holds whole numbers"):
        worker.wage = 1.5


def test_two_views_of_a_row_are_equal_and_count_once(crew):
    assert crew.worker(1) == crew.worker(1)
    assert crew.worker(1) != crew.worker(2)
    assert crew.worker(1) != Crew.copy(crew).worker(1)
    assert len({crew.worker(1), crew.worker(1), crew.worker(2)}) == 2


def test_names_are_written_for_people(crew):
    worker = crew.worker(0)
    assert worker.status_name == "idle"
    worker.status = Status.ON_CALL
    assert worker.status_name == "on call"
    assert isinstance(worker.craft_name, str)


def test_an_undeclared_attribute_stays_with_the_row(crew):
    crew.worker(4).nickname = ["Bo"]
    assert crew.worker(4).nickname == ["Bo"]
    assert not hasattr(crew.worker(5), "nickname")
    with pytest.raises(AttributeError, match="Did you mean nickname"):
        crew.worker(5).nicknam  # noqa: B018
    del crew.worker(4).nickname
    assert not hasattr(crew.worker(4), "nickname")


def test_an_attribute_of_the_class_is_a_default_that_single_workers_change(crew):
    crew.worker(4).mood = "tense"
    assert [crew.worker(row).mood for row in (3, 4)] == ["calm", "tense"]
    crew.worker(4).double = lambda: "shadowed"
    assert crew.worker(4).double() == "shadowed"
    assert crew.worker(3).double() == 2 * WAGES[3]
    crew.worker(4).pos = (1, 2)
    assert crew.worker(4).pos == (1, 2)
    assert crew.worker(3).pos is None


def test_a_property_without_a_setter_cannot_be_set(crew):
    with pytest.raises(AttributeError):
        crew.worker(4).rich = True


def test_a_column_added_by_a_larger_crew_is_an_attribute_too():
    class Larger(Crew):
        dogs = Column(np.int8, "heads", 1, "Dogs")

    model = ArrayModel()
    model.crew = Larger(2)
    worker = CrewWorker(model, dogs=3)
    assert worker.dogs == 3
    worker.dogs = 4
    assert model.crew.dogs.tolist() == [4]
    assert model.crew.attached.agg("dogs", sum) == 4


# Coming and going


def test_a_worker_comes_into_being_as_a_row(model):
    worker = Worker(model, wage=5)
    assert worker.row == N
    assert worker in model.agents
    assert worker.wage == 5
    assert worker.unique_id == N + 1
    with pytest.raises(AttributeError, match="no column wagee"):
        Worker(model, wagee=5)


def test_a_model_without_a_crew_is_given_one_by_its_first_worker():
    model = ArrayModel()
    assert model.crew is None
    assert len(model.agents) == 0
    assert CrewWorker(model) in model.agents
    with pytest.raises(CallSheetError, match="Derive it from"):
        CrewWorker(mesa.Model())


def test_workers_are_created_in_bulk_and_one_by_one_alike():
    class Named(CrewWorker):
        def __init__(self, model, name, wage=0):
            super().__init__(model, wage=wage)
            self.name = name

    model = ArrayModel()
    bulk = CrewWorker.create_agents(model, 3, wage=np.array([1, 2, 3]), craft=5)
    single = Named.create_agents(model, 2, ["Bo", "Cy"], wage=(8, 9))
    assert bulk.get(["wage", "craft"]) == [[1, 5], [2, 5], [3, 5]]
    assert single.get(["name", "wage"]) == [["Bo", 8], ["Cy", 9]]
    assert model.agents_by_type.keys() == {CrewWorker, Named}
    assert rows(model.agents_by_type[Named]) == [4, 5]
    assert len(model.agents) == 5


def test_an_attribute_cannot_be_set_before_there_is_a_row():
    class Hasty(CrewWorker):
        def __init__(self, model):
            self.name = "Bo"

    with pytest.raises(AttributeError, match=r"Call super\(\).__init__\(model\) first"):
        Hasty(ArrayModel())


def test_a_leaver_keeps_the_row_and_is_no_longer_an_agent_of_the_model(model):
    worker = model.crew.worker(5)
    worker.remove()
    worker.remove()
    assert worker not in model.agents
    assert model.crew.status[5] == Status.OUT
    assert worker.wage == WAGES[5]
    assert len(model.crew.everyone) == N
    assert len(model.agents) == N - 1
    assert Worker(model).row == N


def test_leaving_goes_through_the_crew():
    class Strict(Crew):
        left = None

        def leave(self, rows):
            super().leave(rows)
            self.left = list(rows)

    model = ArrayModel()
    model.crew = Strict(3)
    CrewWorker.create_agents(model, 3)[1].remove()
    assert model.crew.left == [1]
    with pytest.raises(KeyError):
        model.deregister_agent(model.crew.worker(1))
    model.deregister_agent(model.crew.worker(2))
    assert model.crew.left == [2]


def test_the_sets_of_the_model_follow_the_status_column(model):
    attached = model.agents_by_type[Worker]
    assert len(attached) == N
    model.crew.status[:4] = Status.OUT  # as a kernel does
    assert len(attached) == N - 4
    assert attached[0].row == 4
    assert model.crew.worker(0) not in attached
    model.crew.status[0] = Status.IDLE
    assert model.crew.worker(0) in attached


def test_changing_a_set_changes_nobodys_status_and_no_other_set(model):
    attached = model.agents
    worker = attached[3]
    attached.discard(worker)
    assert worker not in attached
    assert worker in model.agents
    attached.add(worker)
    assert attached[-1] == worker
    attached.remove(worker)
    with pytest.raises(KeyError):
        attached.remove(worker)
    attached.clear()
    assert len(attached) == 0
    assert len(model.agents) == N
