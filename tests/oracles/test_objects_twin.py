"""The market of objects gives the model's recording to the last bit, and would notice if a rule differed."""

from dataclasses import replace

import numpy as np
import pytest

from experiments.objects import ObjectMarket, chance, record, run_objects
from experiments.objects.worker import Worker
from model import rng
from model.market import LaborMarket
from model.parameters import Params
from model.rng import future_seed
from model.scenario import Scenario
from model.simulate import build, simulate
from model.verbs import SETTLED
from model.vocabulary import Stream

FIVE_THOUSAND, ONE_THOUSAND = 0.037, 0.0074


def scenario(start="2015-01-05", until="2015-07-06", scale=FIVE_THOUSAND, **changes):
    return Scenario.named("baseline").varied(start=start, until=until, scale=scale, **changes)


def alike(one, other):
    """Fails with the first series and week in which two recordings differ."""
    for name, values in one.series.items():
        where = np.argwhere(values != other.series[name])
        assert not where.size, f"{name} differs first at {where[0]}: {values[tuple(where[0])]} and " + str(
            other.series[name][tuple(where[0])]
        )
    assert np.array_equal(one.events, other.events)
    assert one.hash == other.hash


# Chance


def test_plain_chance_is_the_compiled_chance():
    generator = np.random.default_rng(1)
    for _ in range(200):
        seed, entity = (int(each) for each in generator.integers(0, 2**62, 2))
        stream, week = int(generator.choice(list(Stream))), int(generator.integers(-300, 1400))
        assert chance.uniform(chance.key(seed, stream, week), entity) == rng.draw(seed, stream, week, entity)


# Equal to the last bit


def test_half_a_year_of_five_thousand_objects_gives_the_hash_of_the_model():
    question = scenario()
    assert question.weeks == 26
    alike(simulate(question), run_objects(question))


@pytest.mark.parametrize(
    ("start", "until"),
    [("2020-02-24", "2020-07-13"), ("2023-04-24", "2023-11-27")],
    ids=["the pandemic", "the strikes"],
)
def test_objects_give_the_hash_of_the_model_through_a_stop_of_production(start, until):
    question = scenario(start, until)
    recording = simulate(question)
    assert recording.series["stopped"].any()
    assert recording.series["laid_off"].any()
    alike(recording, run_objects(question))


def planted(scale):
    return LaborMarket(seed=future_seed(3, 0), scale=scale, history=False)


def test_objects_give_the_hash_of_the_model_from_the_first_worker_planted():
    weeks = SETTLED - planted(ONE_THOUSAND).week + 30
    alike(record(planted(ONE_THOUSAND), weeks), record(ObjectMarket(planted(ONE_THOUSAND)), weeks))


def test_objects_give_the_hash_of_the_model_when_a_lever_changes_the_terms_of_benefits():
    terms = {"BenefitExtension.weeks": 20, "BenefitExtension.health_hours": 100}
    question = scenario(
        scale=ONE_THOUSAND,
        levers=terms | {"BenefitExtension.from": "2015-03-02", "BenefitExtension.to": "2015-05-04"},
    )
    alike(simulate(question), run_objects(question))


@pytest.mark.parametrize("weeks", [3, 104], ids=["for some weeks", "for whole calls"])
def test_objects_give_the_hash_of_the_model_when_lost_pay_is_insured(weeks):
    dates = {"WageInsurance.from": "2015-03-02", "WageInsurance.to": "2015-05-04"}
    insured = scenario(scale=ONE_THOUSAND, levers=dates | {"WageInsurance.share": 0.6, "WageInsurance.weeks": weeks})
    recording = simulate(insured)
    assert recording.hash != simulate(scenario(scale=ONE_THOUSAND)).hash
    alike(recording, run_objects(insured))


def test_objects_give_the_hash_of_the_model_when_contacts_are_rewired_at_random():
    question = scenario(scale=ONE_THOUSAND, set={"referral.rewiring": 0.5, "referral.contacts": 4})
    alike(simulate(question), run_objects(question))


def legal_parameters(generator):
    """Some parameters at random in their ranges, a third of them at an end; not the size of the market."""
    changes = {}
    for name in Params.load().names():
        about = Params.load().about(name)
        if name == "population.attached" or generator.random() < 0.4:
            continue

        def number(about=about):
            low, high = about.range
            value = low + (high - low) * np.clip(1.5 * generator.random() - 0.25, 0.0, 1.0)
            return round(value) if about.is_whole else float(value)

        changes[name] = tuple(number() for _ in about.value) if isinstance(about.value, tuple) else number()
    return Params.load().override(changes)


@pytest.mark.parametrize(
    "case", [*range(3), *(pytest.param(n, marks=pytest.mark.slow) for n in range(3, 60))]
)
def test_objects_give_the_hash_of_the_model_for_any_legal_parameters(case):
    params = legal_parameters(np.random.default_rng(case))

    def market():
        return LaborMarket(params, seed=case, scale=0.004, history=False)

    weeks = 30 - market().week
    alike(record(market(), weeks), record(ObjectMarket(market()), weeks))


@pytest.mark.slow
def test_a_decade_of_five_thousand_objects_gives_the_hash_of_the_model():
    question = replace(Scenario.named("baseline"), scale=FIVE_THOUSAND)
    alike(simulate(question), run_objects(question))


# What the twin is for


@pytest.mark.parametrize(
    ("rule", "otherwise"),
    [
        ("reservation", lambda worker: int(worker.spell_wage * 0.8)),
        ("learned_from", lambda worker, head: 0),
        ("saving", lambda worker, net: net - worker.living),
        ("exit_hazard", lambda worker: worker.model.terms.exit_base),
        ("remember", lambda worker, other: None),
        ("worth", lambda worker, wage, call: wage),
    ],
)
def test_a_market_of_objects_with_another_rule_gives_another_hash(monkeypatch, rule, otherwise):
    question = scenario(scale=0.015)
    expected = simulate(question).hash
    assert run_objects(question).hash == expected
    monkeypatch.setattr(Worker, rule, otherwise)
    assert run_objects(question).hash != expected


def test_looking_at_the_workers_changes_no_later_week():
    question = scenario()
    left_alone, looked_at = build(question), build(question)
    for _ in range(52):
        left_alone.step()
        looked_at.step()
        looked_at.settle()
        assert np.array_equal(left_alone.state.events, looked_at.state.events)
