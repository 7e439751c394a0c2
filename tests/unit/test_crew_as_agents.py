"""Workers are rows of columns and Mesa agents at once: what Mesa's own agents and sets do, these do alike.

The twins below are the same few people twice, as ordinary Mesa agents and as rows of a crew; every question
put to both must have the same answer, down to the order in which chance shuffles them.
"""

import copy
import gc
import pickle
import timeit
import warnings
import weakref

import mesa
import numpy as np
import pytest
from mesa.agent import AgentSet

from model.errors import CallSheetError
from model.mesa_compat import ArrayModel, GroupBy
from model.state.columns import Column
from model.state.crew import Crew, CrewSet, CrewWorker, vectorized
from model.state.roll import Roll
from model.vocabulary import Status

pytestmark = pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")  # Mesa 3.5 of indexing
N = 12


class Plain(mesa.Agent):
    def __init__(self, model, wage, craft):
        super().__init__(model)
        self.wage, self.craft = wage, craft

    def double(self, by=2):
        return self.wage * by

    def retire(self):
        self.remove()


class Worker(CrewWorker):
    mood = "calm"

    def double(self, by=2):
        return self.wage * by

    def retire(self):
        self.remove()

    @property
    def rich(self):
        return self.wage > 500

    @vectorized
    def earn(crew, rows, cents):  # noqa: N805 - no worker, but the crew
        crew.wage[rows] += cents
        return crew.wage[rows]


class Studio(mesa.Agent):
    cash, wage = 3, None


class Market(ArrayModel):
    def __init__(self, n=N):
        super().__init__()
        self.random.seed(7)
        self.crew = Crew(n)

    def step(self):
        self.agents_by_type[Studio].do("step")


WAGES = [(i * 389) % 1000 for i in range(N)]
CRAFTS = [i % 3 for i in range(N)]


@pytest.fixture
def model():
    market = Market()
    Worker.create_agents(market, N, wage=WAGES, craft=CRAFTS)
    return market


@pytest.fixture
def crew(model):
    return model.crew


@pytest.fixture
def twins(model):
    """A Mesa set and a crew set of the same people, with generators of the same seed."""
    other = mesa.Model()
    other.random.seed(7)
    held = [Plain(other, wage, craft) for wage, craft in zip(WAGES, CRAFTS, strict=True)]
    plain = AgentSet(held, other.random)
    plain.held = held  # Mesa's set holds its agents weakly
    return plain, CrewSet(list(model.crew.attached), model.random)


def rows(agents):
    return [agent.unique_id for agent in agents]


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


# Twins


def both(twins, question):
    plain, crew = twins
    return question(plain), question(crew)


QUESTIONS = {
    "len": len,
    "order": rows,
    "reversed": lambda s: rows(reversed(s)),
    "index": lambda s: s[2].unique_id,
    "last": lambda s: s[-1].unique_id,
    "slice": lambda s: rows(s[8:2:-2]),
    "get": lambda s: s.get("wage"),
    "get several": lambda s: s.get(["wage", "craft"]),
    "get none": lambda s: s.get([]),
    "get default": lambda s: s.get(["wage", "absent"], handle_missing="default", default_value=-1),
    "agg": lambda s: s.agg("wage", [min, max, sum, len, np.mean, np.std]),
    "agg with a function of a list": lambda s: s.agg("wage", lambda v: sum(v) / len(v) if v else 0),
    "select": lambda s: rows(s.select(lambda a: a.wage > 400)),
    "select first": lambda s: rows(s.select(lambda a: a.wage > 400, at_most=2)),
    "select share": lambda s: rows(s.select(at_most=0.549)),
    "select one share": lambda s: rows(s.select(at_most=1.0)),
    "select one": lambda s: rows(s.select(at_most=1)),
    "select broken number": lambda s: rows(s.select(at_most=2.5)),
    "select none": lambda s: rows(s.select(at_most=0)),
    "select type": lambda s: rows(s.select(agent_type=mesa.Agent, at_most=5)),
    "select no type": lambda s: rows(s.select(agent_type=Studio)),
    "shuffle": lambda s: rows(s.shuffle()),
    "shuffle twice": lambda s: rows(s.shuffle(inplace=True).shuffle()),
    "sort": lambda s: rows(s.sort("craft")),
    "sort ascending": lambda s: rows(s.sort("craft", ascending=True)),
    "sort by function": lambda s: rows(s.sort(lambda a: a.wage % 7)),
    "sort in place": lambda s: (s.sort("wage", inplace=True), rows(s))[1],
    "map": lambda s: s.map("double", by=3),
    "map function": lambda s: s.map(lambda a, more: a.wage + more, 4),
    "shuffle_do": lambda s: (seen := [], s.shuffle_do(lambda a: seen.append(a.unique_id)))[0],
    "groupby": lambda s: [(k, rows(g)) for k, g in s.groupby("craft")],
    "groupby function": lambda s: [(k, rows(g)) for k, g in s.groupby(lambda a: a.wage % 2 == 0)],
    "groupby list": lambda s: {k: rows(g) for k, g in s.groupby("craft", result_type="list")},
    "groupby count": lambda s: s.groupby("craft").count(),
    "groupby agg": lambda s: s.groupby("craft").agg("wage", sum),
    "groupby map": lambda s: s.groupby("craft").map("get", "wage"),
    "union": lambda s: rows(s.select(at_most=4) | s.select(lambda a: a.craft == 0)),
    "both": lambda s: rows(s.select(at_most=7) & s.sort("wage")),
    "difference": lambda s: rows(s - s.select(lambda a: a.craft == 0)),
    "either": lambda s: rows(s.select(at_most=5) ^ s.select(lambda a: a.craft == 0)),
    "union with list": lambda s: rows(s.select(at_most=2) | [s[1], s[5]]),
    "equal": lambda s: (s == s.shuffle(), s == s.select(at_most=3)),
    "subset": lambda s: (s.select(at_most=3) < s, s >= s, s.isdisjoint(s - s)),
    "position": lambda s: (s.index(s[4]), s.count(s[4])),
    "copy": lambda s: rows(copy.copy(s)),
    "deep copy": lambda s: rows(copy.deepcopy(s.select(at_most=3))) if isinstance(s, CrewSet) else [1, 2, 3],
    "add": lambda s: (k := s.select(at_most=2), k.add(s[5]), k.add(s[0]), rows(k))[-1],
    "discard": lambda s: (k := s.select(at_most=3), k.discard(s[1]), k.discard(s[9]), rows(k))[-1],
    "pop": lambda s: (k := s.select(at_most=3), k.pop().unique_id, rows(k))[1:],
    "in place union": lambda s: rows(s.select(at_most=2).__ior__(s.select(at_most=4))),
    "in place both": lambda s: rows(s.select().__iand__(s.select(at_most=4))),
    "in place difference": lambda s: rows(s.select().__isub__(s.select(at_most=4))),
    "in place either": lambda s: set(rows(s.select(at_most=4).__ixor__(s.select(at_most=2)))),
    "do": lambda s: (s.do("double") is s, s.do(lambda a: None) is s),
    "removal while at it": lambda s: (s.do(lambda a: s.discard(a)), len(s))[1],
    "adding while at it": lambda s: (
        k := s.select(at_most=3),
        k.do(lambda a: k.add(s[a.unique_id + 5])),
        rows(k),
    )[2],
}


@pytest.mark.filterwarnings("ignore:No Agents specified")
@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_a_crew_set_answers_as_a_mesa_set_does(twins, question):
    plain, crew = both(twins, question)
    assert plain == crew


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (lambda s: s.get("absent"), AttributeError),
        (lambda s: s.get("wage", handle_missing="nonsense"), ValueError),
        (lambda s: s.do("absent"), AttributeError),
        (lambda s: s.map(lambda a: a.absent()), AttributeError),
        (lambda s: s[99], IndexError),
        (lambda s: s.select(at_most=0).agg("wage", max), ValueError),
        (hash, TypeError),
    ],
)
def test_a_crew_set_refuses_what_a_mesa_set_refuses(twins, wrong, error):
    for one in twins:
        with pytest.raises(error):
            wrong(one)


def test_indexing_warns_where_mesas_own_does(twins):
    found = []
    for one in twins:
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            one[0]
        found.append([w.category for w in said])
    assert found[0] == found[1]


def test_an_empty_set_needs_a_generator_or_warns(model):
    assert len(CrewSet([], random=model.random)) == 0
    with pytest.warns(UserWarning, match="No Agents"):
        empty = CrewSet([])
    assert empty.select(lambda a: True).shuffle().sort("wage").get("wage") == []
    assert empty.groupby("wage").count() == {}
    empty.add(model.crew.worker(3))
    assert empty.get("wage") == [WAGES[3]]


def test_a_set_holds_workers_of_one_crew_only(model):
    with pytest.raises(CallSheetError, match="another crew"):
        model.crew.attached.add(model.crew.copy().worker(0))
    with pytest.raises(CallSheetError, match="holds workers"):
        model.crew.attached.add(Studio(model))


# Values


def test_setting_a_column_writes_the_column_and_setting_anything_else_stays_with_the_rows(crew):
    chosen = crew.attached.select(at_most=3)
    assert chosen.set("wage", 9).set("living", [1, 2, 3]).set("shirt", "red") is chosen
    assert crew.wage[:4].tolist() == [9, 9, 9, WAGES[3]]
    assert crew.living[:4].tolist() == [1, 2, 3, 0]
    assert crew.worker(1).shirt == "red"
    assert crew.attached.get("shirt", handle_missing="default", default_value="none")[2:4] == ["red", "none"]
    with pytest.raises(CallSheetError, match="Give one value, or one per worker"):
        chosen.set("living", [1, 2])
    with pytest.raises(CallSheetError, match="The column status holds whole numbers"):
        chosen.set("status", "active")


def test_get_reads_properties_identities_and_class_defaults(crew):
    crew.worker(1).mood = "tense"
    chosen = crew.attached.select(at_most=3)
    assert chosen.get("unique_id") == [1, 2, 3]
    assert chosen.get("rich") == [wage > 500 for wage in WAGES[:3]]
    assert chosen.get("mood") == ["calm", "tense", "calm"]
    assert chosen.column("wage").dtype == np.int32
    with pytest.raises(AttributeError, match="Did you mean wage"):
        chosen.column("wagee")


def test_a_class_that_overrides_a_column_is_asked_instead_of_the_column():
    class Proud(CrewWorker):
        @property
        def wage(self):
            return 2 * self.crew.wage.item(self.row)

    model = ArrayModel()
    model.crew = Crew(4)
    CrewWorker(model, wage=5)
    Proud(model)
    model.crew.wage[1] = 5
    assert model.agents.get("wage") == [5, 10]
    assert model.agents.agg("wage", sum) == 15


def test_a_sum_of_a_narrow_column_does_not_overflow(crew):
    crew.wage[...] = 2_000_000_000
    crew.savings[...] = 2**62
    for total in (sum, np.sum, lambda values: sum(values)):
        assert crew.attached.agg("wage", total) == N * 2_000_000_000
    assert crew.attached.agg("savings", sum) == N * 2**62
    assert crew.attached.agg("talent", np.mean).dtype == np.float64


def test_a_mask_or_a_function_of_the_columns_chooses_workers(crew):
    wanted = [row for row in range(N) if WAGES[row] > 300 and CRAFTS[row] == 1]
    shuffled = crew.attached.shuffle()
    for chosen in (
        crew.attached.where(lambda c: (c.wage > 300) & (c.craft == 1)),
        crew.attached.select((crew.wage > 300) & (crew.craft == 1)),
        crew.set_of((crew.wage > 300) & (crew.craft == 1)),
    ):
        assert chosen.rows.tolist() == wanted
    assert set(shuffled.where(crew.craft == 1).get("craft")) == {1}
    assert rows(crew.attached.select("rich")) == rows(crew.attached.where(crew.wage > 500))
    with pytest.raises(CallSheetError, match="one boolean for each of the crew's 12 rows"):
        crew.attached.select(at_most=3).where(np.ones(3, bool))


def test_the_rows_of_a_set_are_given_once_and_must_exist(crew):
    assert crew.set_of([5, 2, 5]).rows.tolist() == [5, 2]
    with pytest.raises(CallSheetError, match="rows go from 0 to 11"):
        crew.set_of([12])
    with pytest.raises(CallSheetError, match="no worker in row 12"):
        crew.worker(12)
    with pytest.raises(ValueError, match="read-only"):
        crew.set_of([1, 2]).rows[0] = 3


def test_a_vectorized_method_runs_once_for_a_set_and_for_a_single_worker(crew):
    before = crew.wage.copy()
    chosen = crew.attached.where(crew.craft == 2)
    chosen.do("earn", 10)
    crew.worker(0).earn(3)
    assert (crew.wage - before).tolist() == [3, 0, 10] + [0, 0, 10] * 3
    assert chosen.map("earn", cents=1) == chosen.get("wage")


def test_whoever_left_by_their_turn_is_not_called(model):
    seen = []

    def call(worker):
        seen.append(worker.row)
        if worker.row == 2:
            for row in (1, 3, 4):
                model.crew.worker(row).remove()

    model.agents.do(call)
    assert seen == [0, 1, 2, *range(5, N)]
    seen.clear()
    model.crew.everyone.do(call)  # leavers of earlier may still be asked
    assert seen == list(range(N))


def test_groups_are_mesas_groups_over_crew_sets(crew):
    groups = crew.attached.groupby("craft")
    assert isinstance(groups, GroupBy)
    assert all(isinstance(group, CrewSet) for _, group in groups)
    assert groups.do("do", "retire") is groups
    assert len(crew.attached) == 0


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
    fastest = min(timeit.repeat(lambda: crew.attached.agg("savings", np.sum), number=1, repeat=20))
    assert crew.attached.agg("savings", np.sum) == 450_000
    assert fastest < 0.005
