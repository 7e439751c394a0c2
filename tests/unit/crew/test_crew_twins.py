"""What Mesa's own agents and sets do, rows of a crew do alike.

Every question put to both must have the same answer, down to the order in which chance shuffles them.
"""

import copy
import warnings

import mesa
import numpy as np
import pytest

from model.errors import CallSheetError
from model.mesa_compat import ArrayModel, GroupBy
from model.state.crew import Crew, CrewSet, CrewWorker
from tests.unit.crew.few_people import CRAFTS, WAGES, N, Studio, rows

pytestmark = pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")  # Mesa 3.5 of indexing

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
