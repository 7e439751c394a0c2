"""A frame keeps its declared columns in place, says what is wrong, and comes back from a save."""

import copy
import pickle

import numpy as np
import pytest
from numba import njit

from model.errors import CallSheetError
from model.state.columns import Column, Frame
from tests.pace import quiet_seconds


class Wages(Frame):
    wage = Column(np.int32, "cents per day", 0, "Daily wage of the current or last call")
    craft = Column(np.uint8, "code", 7, "Craft")
    talent = Column(np.float32, "score", 0.5, "Quality")


@njit
def raise_all(wages, by):
    for i in range(wages.size):
        wages[i] += by


def test_a_column_is_a_live_view_of_the_rows_in_use():
    frame = Wages(10)
    assert frame.count == 0
    assert frame.wage.size == 0
    new = frame.add(4)
    assert new == slice(0, 4)
    assert frame.count == 4
    assert frame.wage is frame.wage
    frame.wage[...] = [1, 2, 3, 4]
    frame.add(1)
    assert frame.wage.tolist() == [1, 2, 3, 4, 0]


def test_new_rows_hold_the_defaults_also_where_rows_were_in_use_before():
    frame = Wages(8)
    frame.add(8)
    frame.craft[...] = 1
    frame.load({name: array[:2].copy() for name, array in frame.arrays().items()})
    new = frame.add(3)
    assert frame.craft[new].tolist() == [7, 7, 7]


def test_assigning_to_a_column_says_to_write_in_place():
    frame = Wages(3)
    frame.add(3)
    with pytest.raises(AttributeError, match=r"Write frame\.wage\[\.\.\.\] = x instead"):
        frame.wage = np.zeros(3, np.int32)
    frame.wage += 5
    frame.wage[1:] *= 2
    assert frame.wage.tolist() == [5, 10, 10]


def test_a_misspelled_column_is_answered_with_the_nearest_name():
    frame = Wages(3)
    with pytest.raises(AttributeError, match="Did you mean wage"):
        frame.wagee  # noqa: B018
    with pytest.raises(AttributeError, match="Did you mean talent"):
        frame.talend = 3
    assert not hasattr(frame, "savings")


def test_a_full_frame_doubles_and_keeps_its_values():
    frame = Wages(2)
    frame.add(2)
    frame.wage[...] = [1, 2]
    frame.add(1)
    assert frame.capacity == 4
    assert frame.wage.tolist() == [1, 2, 0]
    frame.add(10)
    assert frame.capacity == 13
    empty = Wages(0)
    empty.add(3)
    assert empty.count == 3


def test_writing_to_a_view_from_before_the_frame_grew_is_an_error():
    frame = Wages(2)
    frame.add(2)
    stale = frame.wage
    frame.add(1)
    with pytest.raises(ValueError, match="read-only"):
        stale[0] = 1


def test_a_kernel_changes_a_column():
    frame = Wages(5)
    frame.add(3)
    raise_all(frame.wage, 11)
    assert frame.wage.tolist() == [11, 11, 11]


def test_a_write_protected_column_refuses_writes_until_it_is_released():
    frame = Wages(2)
    frame.add(2)
    frame.wage.flags.writeable = False
    with pytest.raises(ValueError, match="read-only"):
        frame.wage[0] = 1
    frame.wage.flags.writeable = True
    frame.wage[0] = 1


def test_the_declaration_is_the_data_dictionary():
    assert [row["name"] for row in Wages.dictionary()] == ["wage", "craft", "talent"]
    assert Wages.dictionary()[1] == {
        "name": "craft", "dtype": "uint8", "unit": "code", "default": 7, "meaning": "Craft",
    }  # fmt: skip
    assert Wages.wage.unit == "cents per day"


def test_a_subclass_adds_columns_after_those_it_inherits():
    class More(Wages):
        extra = Column(np.int8, "flag", 1, "Something more")

    frame = More(2)
    frame.add(2)
    assert list(More.columns) == ["wage", "craft", "talent", "extra"]
    assert list(Wages.columns) == ["wage", "craft", "talent"]
    assert frame.extra.tolist() == [1, 1]


def test_a_column_cannot_take_a_name_that_every_frame_uses():
    with pytest.raises(CallSheetError, match="column count"):
        type("Bad", (Frame,), {"count": Column(np.int8, "number", 0, "Clash")})


def test_a_default_must_fit_its_column():
    with pytest.raises(CallSheetError, match="whole numbers from 0 to 255"):
        Column(np.uint8, "code", 300, "Too large")


@pytest.mark.parametrize("value", [300, -1, 1.5, float("nan"), "seven", None, [1, 300], 10**30])
def test_what_a_column_cannot_hold_is_refused_with_its_range(value):
    with pytest.raises(CallSheetError, match=r"The column craft holds whole numbers from 0 to 255 \(code\)"):
        Wages.craft.fit(value)


@pytest.mark.parametrize(
    ("value", "held"), [(3, 3), (3.0, 3), (True, 1), (np.int64(9), 9), ([1, 2.0], [1, 2])]
)
def test_a_value_that_fits_is_kept_as_it_is(value, held):
    assert Wages.craft.fit(value).tolist() == held
    assert Wages.craft.fit(value).dtype == np.uint8


def test_load_brings_back_what_arrays_gave():
    frame = Wages(4)
    frame.add(4)
    frame.wage[...] = np.arange(4)
    saved = {name: array.copy() for name, array in frame.arrays().items()}
    other = Wages(1)
    other.load(saved)
    assert other.count == 4
    assert all(np.array_equal(other.arrays()[name], saved[name]) for name in saved)
    saved["wage"][0] = 99
    assert other.wage[0] == 0


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"wagee": np.zeros(2, np.int32)}, "no column wagee. Did you mean wage"),
        ({"wage": None}, "The column wage of Wages is missing"),
        ({"wage": np.zeros(2, np.int64)}, "The column wage of Wages is int32, the array int64"),
        ({"craft": np.zeros(3, np.uint8)}, "was given 3 rows and wage 2"),
        ({"craft": np.zeros((2, 1), np.uint8)}, "one dimension"),
    ],
)
def test_load_refuses_what_does_not_fit_and_leaves_the_frame_as_it_was(change, sentence):
    frame = Wages(2)
    frame.add(1)
    arrays = {
        "wage": np.zeros(2, np.int32),
        "craft": np.zeros(2, np.uint8),
        "talent": np.zeros(2, np.float32),
    }
    arrays = {name: array for name, array in (arrays | change).items() if array is not None}
    with pytest.raises(CallSheetError, match=sentence):
        frame.load(arrays)
    assert frame.count == 1


@pytest.mark.parametrize(
    "twin_of", [Wages.copy, copy.copy, copy.deepcopy, lambda f: pickle.loads(pickle.dumps(f))]
)
def test_copies_and_pickles_share_nothing_with_their_original(twin_of):
    frame = Wages(5)
    frame.add(2)
    frame.wage[...] = [1, 2]
    twin = twin_of(frame)
    frame.wage[...] = 9
    assert twin.wage.tolist() == [1, 2]
    assert twin.capacity == 5
    twin.add(4)
    assert frame.count == 2
    twin.records["wage"][0] = 5
    assert twin.wage[0] == 5


def test_impossible_sizes_are_refused():
    with pytest.raises(CallSheetError, match="capacity of 0 or more"):
        Wages(-1)
    with pytest.raises(CallSheetError, match="number of 0 or more"):
        Wages(1).add(-1)


def test_reading_a_column_costs_well_under_a_microsecond():
    frame = Wages(10)
    frame.add(10)
    assert quiet_seconds(lambda: [frame.wage for _ in range(20_000)]) / 20_000 < 1e-6
