import numpy as np

from model.state.board_rows import free_rows
from model.state.crew import Crew
from model.state.state import State
from model.vocabulary import Stage


def board(titles):
    state = State(Crew(4), n_firms=2, n_kinds=1, n_crafts=3)
    rows = state.add_productions(titles)
    state.productions.stage[rows] = Stage.POST
    return state


def test_rows_of_delivered_titles_are_used_again_lowest_first_and_then_new_ones():
    state = board(5)
    state.productions.stage[[3, 1]] = Stage.DELIVERED
    state.drop(np.array([1, 3]))
    assert state.order.tolist() == [0, 2, 4]
    assert free_rows(state.titles, 9).tolist() == [1, 3]
    assert free_rows(state.titles, 1).tolist() == [1]
    assert state.add_productions(3).tolist() == [1, 3, 5]
    assert state.order.tolist() == [0, 2, 4, 1, 3, 5]


def test_nobody_leaves_an_order_in_which_nothing_was_delivered():
    state = board(3)
    state.drop(np.zeros(0, np.int64))
    assert state.order.tolist() == [0, 1, 2]
    assert free_rows(state.titles, 2).size == 0
