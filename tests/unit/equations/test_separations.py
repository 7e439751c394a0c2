"""Who goes home when a call ends, shrinks or stops, and whom the studio remembers."""


from model.vocabulary import Stage, Status
from tests.unit.equations.work import end, hire, market, told


def test_a_stopped_title_keeps_its_share_of_people_and_the_last_to_join_go_first():
    """Equation 31: of five people 60 % are three; the last two of those who joined are laid off."""
    state = market(5, 5)
    hire(state, [0, 1, 2, 3, 4])
    state.productions.halted[0] = 1
    assert end(state, kept=0.6) == (0, 2)
    assert [who for what, _, who in told(state) if what == "LAYOFF"] == [4, 3]
    assert state.calls["filled"][0, 0] == 3
    assert state.calls["pay"][0, 0] == 3 * 5 * 30_000


def test_of_a_crew_that_goes_home_after_its_stage_the_head_is_remembered_and_of_one_that_is_stopped_not():
    """Equation 31: a craft that the next stage does not need is gone for good; one that a strike sends home is not."""
    for stopped, remembered in ((0, 2), (1, -1)):
        state = market(5, 5)
        hire(state, [2, 3])
        if stopped:
            state.productions.halted[0] = 1
        else:
            state.calls["need"][0, 0], state.productions.anew[0] = 0, 1
        end(state)
        assert state.known_heads[0, 0, 0] == remembered
        assert (state.crew.status == Status.IDLE).all()


def test_a_smaller_call_sends_its_surplus_home_and_a_delivered_one_everybody():
    """Equation 31: from five people to four one wraps; on delivery all, and the head is remembered."""
    state = market(5, 5)
    hire(state, [0, 1, 2, 3, 4])
    state.calls["need"][0, 0], state.productions.anew[0] = 4, 1
    assert end(state) == (1, 0)
    assert state.crew.status.tolist() == [Status.ON_CALL] * 4 + [Status.IDLE]
    state.productions.stage[0] = Stage.DELIVERED
    assert end(state) == (4, 0)
    assert state.known_heads[0, 0, 0] == 0
    assert (state.crew.status == Status.IDLE).all()
    assert state.calls["filled"][0, 0] == state.calls["pay"][0, 0] == 0
