"""A comparison over the posterior: each future at its draw, under the scenarios that were asked, as simulate has it."""

import shlex
from dataclasses import replace
from html import unescape

import pytest

from experiments.answer.summary import summarise
from experiments.calibration.shipped import shipped_draws
from experiments.posterior_futures import at_draw
from experiments.runs import pairs_of
from model import measures
from model.errors import CallSheetError
from model.scenario import Scenario
from viz import found, url
from viz.digests import Digest, Digests
from viz.pages.compare import CompareView, page
from viz.pages.compare.report import OF_AI_NOT_VARIED, report
from viz.runs.store import Store
from viz.runs.tasks import begin
from viz.runs.wishes import Pair
from viz.view import COMPARE, PEOPLE

FUTURES = 2
ADDRESS = "s=ai_first&n=2&market=posterior"


@pytest.fixture(scope="module")
def asked():
    """A year of a scenario and its other world, and a parameter of which there are draws."""
    scenario = Scenario.named("ai_first").varied(until="2027-04-05", futures=FUTURES, scale=0.02)
    return scenario, scenario.counterpart(), next(iter(shipped_draws()[0]))


@pytest.fixture(scope="module")
def drawn(asked, tmp_path_factory):
    """What the app's workers make of it."""
    store = Store(tmp_path_factory.mktemp("results"), 1 << 30)
    store.start()
    made = []
    for future in range(FUTURES):
        pair = Pair(replace(asked[0], futures=1), replace(asked[1], futures=1), future, drawn=True)
        for _ in begin(store, pair):
            pass
        made.append(store.pair(pair.key))
    return Digests([Digest.load(each) for each in made])


def test_an_address_keeps_which_market_is_meant_and_only_compare_reads_it():
    view, notices = url.read(COMPARE, ADDRESS)
    assert not notices
    assert view.drawn
    assert "market=posterior" in url.write(view)
    assert not view.at(PEOPLE).drawn
    assert not url.read(COMPARE, "s=ai_first&market=of_dreams")[0].drawn


def test_what_came_with_the_app_is_no_answer_and_every_future_has_its_draw():
    view, _ = url.read(COMPARE, ADDRESS)
    assert found.came_with(view) is None
    pairs = found.pairs(view)
    assert [each.mine.scenario for each in pairs] == [at_draw(view.scenario, k) for k in range(FUTURES)]
    assert [each.other.scenario for each in pairs] == [at_draw(view.other, k) for k in range(FUTURES)]
    plain = found.pairs(replace(view, extra={}))
    assert not {each.key for each in pairs} & {each.key for each in plain}
    assert not any(each.watched for each in pairs)  # what is played stands as assumed


def test_what_somebody_sets_is_kept(asked):
    scenario, other, name = asked
    low = scenario.params().about(name).range[0]
    pair = Pair(scenario.varied(set={name: low}), other, 1, drawn=True)
    assert pair.mine.scenario.params()[name] == low
    assert pair.other.scenario.params()[name] == shipped_draws()[1][name]


def test_the_digests_are_of_what_was_asked_and_hold_what_simulate_says(drawn, asked):
    scenario, other, _ = asked
    assert drawn.drawn
    assert drawn.scenario.identity() == replace(scenario, futures=1).identity()
    told = summarise(scenario, pairs_of(scenario, other, lambda done, total: None, posterior=True), against=other)
    for name in measures.measures():
        for key, value in told["effects"][name].items():
            assert drawn.effect(name)[key] == pytest.approx(value, nan_ok=True), name
    assert drawn.first.head["hashes"][0] == told["hash"]


def test_futures_of_both_kinds_are_not_mixed(drawn):
    head = {name: value for name, value in drawn[1].head.items() if name != "drawn"}
    with pytest.raises(CallSheetError, match="not of one comparison"):
        Digests([drawn[0], Digest(head, drawn[1].arrays)])


def test_the_page_says_so_and_how_to_get_the_same(drawn, asked):
    view = CompareView(*(replace(each, futures=1) for each in asked[:2]), drawn=True)
    html = unescape(page(drawn, view).html)
    assert "Each future has a market of its own" in html
    assert "Hold the market as assumed" in html
    words = shlex.split(html[html.index("callsheet simulate"):].partition("<")[0])
    assert "--posterior" in words
    kept = unescape(report(drawn, view))
    assert OF_AI_NOT_VARIED in kept
    assert "each at a draw of the posterior" in kept


def test_a_market_as_assumed_offers_the_other(ai_digests, ai_scenario, ai_against):
    html = unescape(page(ai_digests, CompareView(ai_scenario, ai_against)).html)
    assert "Let the market vary" in html
    assert "market=posterior" in html
    assert "Each future has a market of its own" not in html
    assert "--posterior" not in html
