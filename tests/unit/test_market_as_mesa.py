"""The market is a Mesa model: workers, studios, collectors, and a studio with a mind of its own."""

import gc
import weakref

import mesa
import numpy as np
import pytest
from mesa.agent import AgentSet

from model.errors import CallSheetError
from model.market import LaborMarket
from model.mechanisms.studios import Studio
from model.state.crew import CrewWorker

SCALE = 0.02


@pytest.fixture(scope="module")
def market():
    """A small market some weeks into 2015."""
    made = LaborMarket(scale=SCALE, seed=3)
    for _ in range(4):
        made.step()
    return made


def test_the_market_is_a_mesa_model_with_workers_and_studios(market):
    assert isinstance(market, mesa.Model)
    workers = market.agents_by_type[CrewWorker]
    assert isinstance(workers, AgentSet)
    assert isinstance(workers[0], mesa.Agent)
    assert len(workers) == market.state.last_attached
    assert len(market.agents_by_type[Studio]) == len(market.studios)
    assert len(market.agents) == len(workers) + len(market.studios)


def test_a_worker_shows_its_row(market):
    worker = market.crew.worker(11)
    assert worker.wage == market.state.crew.wage[11]
    assert worker.craft_name
    assert worker.status_name in ("out", "idle", "on call")


def test_on_call_workers_can_be_selected_and_counted_the_mesa_way(market):
    workers = market.agents_by_type[CrewWorker]
    busy = workers.select(lambda w: w.status == 2)
    assert len(busy) == market.state.last_on_call
    assert workers.agg("savings", np.sum) == int(market.state.crew.savings[market.state.crew.status != 0].sum())


def test_the_data_collector_collects_the_market_and_its_studios():
    market = LaborMarket(scale=0.01, seed=5)
    for _ in range(3):
        market.step()
        market.datacollector.collect(market)
    frame = market.datacollector.get_model_vars_dataframe()
    assert list(frame["week"]) == [1, 2, 3]
    assert (frame["on_call"] > 0).all()
    assert len(market.datacollector.get_agenttype_vars_dataframe(Studio)) == 3 * len(market.studios)


def test_a_dropped_market_is_let_go():
    market = LaborMarket(scale=0.01, history=False)
    market.step()
    gone = weakref.ref(market)
    del market
    gc.collect()
    assert gone() is None


class OnlyHome(Studio):
    """Makes everything in Los Angeles."""

    def choose_place(self, ideas, appeal):
        return np.zeros(ideas.uid.size, np.uint8)


class Nothing(Studio):
    """Green-lights nothing."""

    def choose_slate(self, ideas, costs):
        return np.zeros(ideas.uid.size, bool)


class SmallCrews(Studio):
    """Makes what the others would, with half the crew."""

    def staff(self, ideas):
        return np.full(ideas.uid.size, 0.5)


def made(studio_types, weeks=60):
    """A market with some studios that decide in their own way, after some weeks."""
    market = LaborMarket(scale=0.05, seed=9, studio_types=studio_types)
    for _ in range(weeks):
        market.step()
    return market


@pytest.mark.parametrize(("kind", "direction"), [(OnlyHome, 1), (Nothing, -1), (SmallCrews, -1)])
def test_a_studio_that_decides_in_its_own_way_changes_its_slate_and_jobs_in_los_angeles(kind, direction):
    usual, own = made({}), made({"streamer": kind})
    streamers = [studio.code for studio in usual.studios if studio.firm_class == "streamer"]
    titles = usual.state.productions, own.state.productions

    def slate(productions, order):
        mine = order[np.isin(productions.firm[order], streamers)]
        return mine, productions.place[mine]

    (rows_usual, where_usual), (rows_own, where_own) = (
        slate(productions, m.state.order) for productions, m in zip(titles, (usual, own), strict=True))
    if kind is OnlyHome:
        assert (where_own == 0).all()
        assert not (where_usual == 0).all()
    if kind is Nothing:
        assert rows_own.size == 0 < rows_usual.size
    assert direction * (own.state.last_on_call - usual.state.last_on_call) > 0


def test_cancelling_what_is_not_in_hand_is_a_sentence(market):
    with pytest.raises(CallSheetError, match="No production in hand"):
        market.cancel(1)
