"""The market is a Mesa model: workers, studios, collectors, and a studio with a mind of its own."""

import copy
import gc
import pickle
import weakref

import mesa
import numpy as np
import pytest
from mesa.agent import AgentSet

from model import accounts
from model.errors import CallSheetError
from model.market import LaborMarket
from model.mechanisms.ai_producers import AIFirstProducer
from model.mechanisms.studios import Studio
from model.scenario import Scenario
from model.simulate import build
from model.state.crew import CrewWorker
from model.state.state import AI_PRODUCERS
from model.state.technique import EVERY_AREA
from model.vocabulary import Area

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
    makers = [*market.agents_by_type[Studio], *market.agents_by_type[AIFirstProducer]]
    assert len(makers) == len(market.studios)
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
    assert len(market.datacollector.get_agenttype_vars_dataframe(Studio)) == 3 * len(
        market.agents_by_type[Studio])
    assert len(market.datacollector.get_agenttype_vars_dataframe(AIFirstProducer)) == 3 * AI_PRODUCERS


def test_a_dropped_market_is_let_go():
    market = LaborMarket(scale=0.01, history=False)
    market.step()
    gone = weakref.ref(market)
    del market
    gc.collect()
    assert gone() is None


def test_a_market_and_its_workers_survive_pickling_and_copying_and_go_on_alike():
    market = LaborMarket(scale=SCALE, seed=3)
    workers = pickle.loads(pickle.dumps(market.agents_by_type[CrewWorker]))
    assert len(workers) == len(market.agents_by_type[CrewWorker])
    three = market, copy.deepcopy(market), pickle.loads(pickle.dumps(market))
    for twin in three:
        for _ in range(5):
            twin.step()
        twin.settle()
    arrays = market.state.arrays()
    assert all(np.array_equal(held, arrays[name])
               for twin in three[1:] for name, held in twin.state.arrays().items())


def test_workers_made_by_hand_are_counted_find_work_and_close_the_accounts():
    market = LaborMarket(scale=SCALE, seed=3)
    before = market.attached
    one = CrewWorker(market, craft=5, savings=500_000)
    others = CrewWorker.create_agents(market, 3, craft=[5, 6, 7])
    assert market.attached == before + 4
    for _ in range(80):
        market.step()
    market.settle()
    accounts.close_money(market.state)
    assert one.days_worked + sum(others.get("days_worked")) > 0
    assert one.entered == 0
    assert one.living > 0


@pytest.mark.parametrize(("given", "said"), [({"status": 2}, "cannot begin on a call"), ({"crafft": 1}, "craft"),
                                             ({"craft": 300}, "0 to 255")])
def test_a_worker_who_cannot_be_made_leaves_the_accounts_as_they_were(given, said):
    market = LaborMarket(scale=SCALE, seed=3)
    with pytest.raises(CallSheetError, match=said):
        CrewWorker(market, **given)
    market.step()


def test_what_the_market_keeps_is_not_written_by_hand(market):
    workers = market.agents_by_type[CrewWorker].select(at_most=3)
    with pytest.raises(CallSheetError, match="kept by the market"):
        workers.set("status", 0)
    with pytest.raises(CallSheetError, match="remove"):
        workers[0].call = 5
    with pytest.raises(CallSheetError, match="kept by the market"):
        workers.set("unique_id", 5)
    assert workers.set("talent", 0.5).get("talent") == [0.5] * 3


@pytest.mark.parametrize(("given", "said"), [
    ({"scale": 0}, "scale is 0"), ({"scale": float("nan")}, "scale"), ({"seed": None}, "seed"), ({"seed": 1.5}, "seed"),
    ({"seed": -1}, "seed is -1"), ({"without": ("strikez",)}, "Did you mean"),
    ({"studio_types": {"streamr": Studio}}, "Did you mean streamer")])
def test_a_market_asked_for_wrongly_says_so(given, said):
    with pytest.raises(CallSheetError, match=said):
        LaborMarket(**given)


def test_a_studio_taken_out_decides_nothing_more_and_its_firm_goes_on_by_the_common_rules():
    market = made({"streamer": Nothing}, weeks=1)
    for studio in [each for each in market.studios if each.firm_class == "streamer"]:
        studio.remove()
        assert studio not in market.agents
    for _ in range(30):
        market.step()
    orders, firm = market.state.order, market.state.productions.firm
    streamers = [code for code, kind in enumerate(market.world.firms.classes) if kind == "streamer"]
    assert np.isin(firm[orders], streamers).any()


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


# AI-first producers

def after_entry(studio_types=None, weeks=70, **settings):
    """A market some weeks after worlds part."""
    scenario = Scenario.named("baseline").varied(
        scale=0.05, start="2026-04-13", until="2027-12-27",
        set={"worlds.entrant": 2, "ai_producer.failure": 0.0, "ai_producer.capital": 1500.0, **settings})
    market = build(scenario, studio_types=studio_types)
    for _ in range(weeks):
        market.step()
    return market


def test_an_ai_first_producer_uses_ai_everywhere_from_its_first_title():
    market = after_entry()
    producer = market.agents_by_type[AIFirstProducer][0]
    assert producer.active
    assert producer.slate.size > 0
    assert (market.state.productions.ai[producer.slate] == EVERY_AREA).all()
    others = [studio.slate for studio in market.agents_by_type[Studio]]
    alone = [rows[market.state.productions.maker[rows] < 0] for rows in others]
    assert not any(market.state.productions.ai[rows].any() for rows in alone)


def test_what_a_producer_announces_is_its_claim_and_what_investors_believe_moves_away_from_it():
    market = after_entry()
    producer = market.agents_by_type[AIFirstProducer][0]
    assert producer.announced == (0.3, 0.4, market.world.params.ai_producer.promised_la_share)
    assert 0 < producer.belief < producer.announced.saving
    assert producer.account["raised"] > 0


def test_a_producer_can_be_given_a_way_of_its_own():
    class Cautious(AIFirstProducer):
        """Uses AI in post alone."""

        def use_ai(self, ideas):
            return np.full(ideas.uid.size, 1 << Area.POST, np.uint8)

    market = after_entry({"ai_first": Cautious})
    producer = market.agents_by_type[Cautious][0]
    assert producer.slate.size > 0
    assert (market.state.productions.ai[producer.slate] == 1 << Area.POST).all()
