"""How far the middle of C3's surface is from the line of no change, in words."""

import pytest

from experiments.claims.wording import border_said


def surface(zero, distance):
    return {"middle": {"zero_at": zero, "distance": distance, "row": [-0.1, 0.1], "zeros": [zero]},
            "cells": 45, "cells_above_zero": 29, "cells_announced": 0}


@pytest.mark.parametrize(("zero", "distance", "said"), [
    (0.23, 0.23, "buyers' spend is +0.23. In no cell"),
    (0.23, 0.13, "buyers' spend is +0.23, +0.13 from the middle. In no cell"),
])
def test_the_same_number_is_not_said_twice_where_the_middle_is_nothing(zero, distance, said):
    assert said in border_said(surface(zero, distance))


def test_the_range_over_futures_stands_beside_it_with_how_many_have_a_border():
    held = surface(0.75, 0.75)
    held["middle"]["zeros"] = [0.5, 0.7, 0.8, 0.9, 1.0, None]
    assert "spend is +0.75 (+0.50 to +1.00 in the 5 of 6 futures that reach it)." in border_said(held)
    held["middle"]["zeros"] = [0.5, 0.7, 0.8, 0.9, 1.0]
    assert "spend is +0.75 (+0.50 to +1.00 in all futures)." in border_said(held)


@pytest.mark.parametrize(("row", "said"), [
    ([None, None], "it is not known where work is unchanged"),
    ([float("nan"), -0.1], "it is not known where work is unchanged"),
    ([0.003, -0.001], "more work turns into less"),
    ([0.003, 0.001], "there is more work however"),
    ([-0.003, -0.001], "there is less work however"),
])  # fmt: skip
def test_nothing_is_said_of_all_answers_of_buyers_that_the_cells_do_not_say(row, said):
    held = surface(None, None)
    held["middle"]["row"] = row
    assert said in border_said(held)
