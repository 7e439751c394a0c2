"""A production that is cancelled by hand was given up: its crew goes home, and nothing counts as delivered."""

import datetime

import numpy as np
import pytest

from model.scenario import Scenario
from model.simulate import build
from model.vocabulary import Event, Stage

FIRST = datetime.date(2028, 1, 3)


@pytest.fixture
def markets():
    scenario = Scenario.named("ai_first").varied(scale=0.02, start=FIRST)
    return build(scenario, 0), build(scenario, 0)


def about_to_be_delivered(market):
    titles, order = market.state.productions, market.state.order
    last = (titles.stage[order] == Stage.POST) & (titles.weeks_left[order] == 1) & (titles.ai[order] != 0)
    return order[last]


def test_a_cancelled_title_of_an_ai_first_producer_earns_nothing_and_closes_no_account(markets):
    made, cancelled = markets
    while about_to_be_delivered(made).size == 0:
        for market in markets:
            market.step()
    rows = about_to_be_delivered(made)
    crew = int(made.state.calls["filled"][rows].sum())
    for market in markets:  # as if they were the producer's own
        titles = market.state.productions
        titles.firm[rows] = titles.owner[rows] = market.world.ai_firms[0]
    uids = titles.uid[rows].tolist()
    for uid in uids:
        cancelled.cancel(uid)
    for market in markets:
        market.step()
    assert set(uids) <= set(made.flows.finished["uid"].tolist())
    assert not set(uids) & set(cancelled.flows.finished["uid"].tolist())
    earned = [int(market.state.producers["earned"].sum()) for market in markets]
    assert earned[1] < earned[0]
    assert cancelled.flows.delivered == made.flows.delivered - len(uids)
    assert not set(uids) & set(titles.uid[cancelled.state.order].tolist())
    sent_home = (np.asarray(cancelled.state.events) >> 59) == Event.LAYOFF
    assert sent_home.sum() >= crew
