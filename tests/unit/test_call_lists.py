"""Lists of who is on a call: walked side by side, they say the same as walked one by one."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from model.kernels import kernel
from model.mechanisms.answering import FROM_HEAD, unlink
from model.state.call_board import CALL
from model.state.call_lists import last_to_join, whom_they_follow


@kernel
def take_out(following, calls, i, before):
    unlink(following, calls[0], i, before)


def linked(lists):
    """``following`` of some lists of worker rows, each from its head on."""
    following = np.full(max(max(one) for one in lists) + 1, -1, np.int32)
    for one in lists:
        following[one[:-1]] = one[1:]
    return following


def walked(following, head):
    """Everyone on the list that begins with ``head``, in order."""
    out = [head]
    while following[out[-1]] >= 0:
        out.append(int(following[out[-1]]))
    return out


@st.composite
def some_lists(draw):
    """Workers in lists of one and more, and for each list some of them."""
    lengths = draw(st.lists(st.integers(1, 30), min_size=1, max_size=12))
    rows = draw(st.permutations(range(sum(lengths))))
    ends = np.cumsum(lengths)
    lists = [list(rows[end - n : end]) for end, n in zip(ends, lengths, strict=True)]
    return lists, [draw(st.lists(st.sampled_from(one), unique=True)) for one in lists]


@settings(max_examples=60, deadline=None)
@given(some_lists())
def test_whom_they_follow_is_who_stands_before_them(drawn):
    lists, asked = drawn
    pairs = [(one, who) for one, some in zip(lists, asked, strict=True) for who in some]
    heads = np.array([one[0] for one, _ in pairs], np.int32)
    found = whom_they_follow(linked(lists), heads, np.array([who for _, who in pairs], np.int32))
    assert found.tolist() == [FROM_HEAD if who == one[0] else one[one.index(who) - 1] for one, who in pairs]


@settings(max_examples=60, deadline=None)
@given(some_lists())
def test_who_leaves_is_gone_and_the_others_stay_in_order_however_old_the_hint(drawn):
    """Several leave the same list, by what was looked up before the first of them went."""
    lists, asked = drawn
    following = linked(lists)
    for one, some in zip(lists, asked, strict=True):
        call = np.zeros(1, CALL)
        call["head"] = one[0]
        hints = whom_they_follow(following, np.full(len(some), one[0], np.int32), np.array(some, np.int32))
        left = list(one)
        for who, hint in zip(some, hints, strict=True):
            take_out(following, call, who, hint)
            left.remove(who)
            assert following[who] == -1
            if left:
                assert walked(following, int(call["head"][0])) == left


@settings(max_examples=60, deadline=None)
@given(some_lists(), st.data())
def test_the_last_to_join_come_newest_first_and_the_head_after_everyone_else(drawn, data):
    lists, _ = drawn
    how_many = [data.draw(st.integers(0 if len(one) > 1 else 1, len(one))) for one in lists]
    going = [(one, many) for one, many in zip(lists, how_many, strict=True) if many > 0]
    heads = np.array([one[0] for one, _ in going], np.int32)
    up_to = np.cumsum([0, *(many for _, many in going)]).astype(np.int32)
    found = last_to_join(linked(lists), heads, up_to)
    assert found.tolist() == [who for one, many in going for who in (*one[1:], one[0])[:many]]


def test_nobody_joined_no_list():
    none = np.zeros(0, np.int32)
    assert last_to_join(none, none, np.zeros(1, np.int32)).size == 0
