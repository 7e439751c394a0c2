"""Records copied as plain bytes are the records."""

import numpy as np

from model.state import books, plain

RECORD = np.dtype([("craft", np.uint8), ("pay", np.int64), ("share", np.float32, (3,))])  # does not lie on words


def some(n, first=0):
    """Records unlike each other."""
    records = np.zeros(n, RECORD)
    records["craft"], records["pay"] = np.arange(n), first + np.arange(n) * 10**12
    records["share"] = np.arange(3 * n).reshape(n, 3) / 7
    return records


def test_a_copy_is_the_same_and_its_own():
    records = some(9)
    copy = plain.copied(records[2:7])
    assert copy.dtype == RECORD
    assert (copy == records[2:7]).all()
    copy["pay"] = -1
    assert (records == some(9)).all()


def test_parts_are_joined_in_their_order_and_nothing_makes_an_empty_table():
    parts = [some(3), some(0), some(4, first=5)]
    assert (plain.joined(parts, RECORD) == np.concatenate(parts)).all()
    assert plain.joined([], books.CELL).dtype == books.CELL
    assert plain.joined([], books.CELL).size == 0
