"""A study of two worlds, really run: its differences, months, crafts and account are those of the recordings."""

from datetime import date

import numpy as np
import pytest

from experiments.batch.coordinator import Limits
from experiments.study.definition import study_from
from experiments.study.go import run
from experiments.study.report import report
from experiments.study.session import asks_of
from experiments.study.ways.mixes import FRESH
from model.crew_account import crew_account
from model.scenario import Scenario
from model.simulate import simulate
from model.state.books import TWELFTHS

FUTURES, SCALE = 3, 0.02
WHEN = {"start": date(2026, 4, 13), "until": date(2027, 10, 4)}
ASKED = {"title": "Worlds", "question": "How much?", "scenarios": ["ai_first"], "against": "baseline", "scale": SCALE,
         "outcomes": ["crew_weeks", "titles.difference", "account.total"],
         "design": {"kind": "paired", "futures": FUTURES}, **WHEN}


def ask(folder, **change):
    return run(study_from({**ASKED, **change}, "worlds"), None, folder, "here", 1, Limits())


@pytest.fixture(scope="module")
def answered(tmp_path_factory):
    return ask(tmp_path_factory.mktemp("worlds"))


@pytest.fixture(scope="module")
def pairs():
    """(with AI, without) in each future."""
    mine = Scenario.named("ai_first").varied(**WHEN, scale=SCALE, futures=1)
    other = mine.counterpart(Scenario.named("baseline"))
    return [(simulate(mine, future=k), simulate(other, future=k)) for k in range(FUTURES)]


def worked(recording):
    return recording.series["on_call"].sum(axis=1) / SCALE


def test_differences_are_the_scenario_s_less_the_other_world_s(answered, pairs):
    crew_weeks, titles, total = answered["comparisons"][0]["outcomes"]
    assert crew_weeks["values"] == pytest.approx([worked(a).sum() / worked(b).sum() - 1.0 for a, b in pairs])
    assert any(crew_weeks["values"])
    made = [sum((-1) ** k * each.series["greenlit"].sum() / SCALE for k, each in enumerate(pair)) for pair in pairs]
    assert titles["values"] == pytest.approx(made)
    sums = [crew_account(a, b)["total"].sum() / TWELFTHS / SCALE for a, b in pairs]
    assert total["values"] == pytest.approx(sums)
    assert sums == pytest.approx([(worked(a) - worked(b)).sum() for a, b in pairs])
    assert crew_weeks["estimate"]["mean"] == pytest.approx(np.mean(crew_weeks["values"]))


def test_months_are_those_of_the_calendar_and_hold_the_year_up_to_each(answered, pairs):
    shown = answered["comparisons"][0]["difference"]
    months = pairs[0][0].dates.astype("datetime64[M]")
    names = np.unique(months)
    assert shown["months"] == [str(each) for each in names[11:]]

    def years(recording):
        sums = [worked(recording)[months == name].sum() for name in names]
        return np.array([sum(sums[k - 11 : k + 1]) for k in range(11, names.size)])

    changes = [years(a) / years(b) - 1.0 for a, b in pairs]
    assert shown["mean"] == pytest.approx(np.mean(changes, axis=0))
    assert shown["futures"] == FUTURES


def test_crafts_are_told_apart(answered, pairs):
    crafts = pairs[0][0].manifest["crafts"]
    other = np.mean([b.series["on_call"].sum(axis=0) / SCALE for _, b in pairs], axis=0)
    mine = np.mean([a.series["on_call"].sum(axis=0) / SCALE for a, _ in pairs], axis=0)
    rows = {row["craft"]: row for row in answered["comparisons"][0]["crafts"]}
    for k, name in enumerate(crafts):
        if name in rows:
            assert rows[name]["crew_weeks_other"] == pytest.approx(other[k])
            assert rows[name]["change"]["mean"] == pytest.approx(mine[k] - other[k])
    assert len(rows) > 10


@pytest.mark.parametrize("outputs", ["weekly", "summary"])
def test_a_study_that_keeps_weeks_or_no_series_is_answered_too_but_for_the_months(answered, tmp_path, outputs):
    found = ask(tmp_path, outputs=outputs, design={"kind": "paired", "futures": 2})
    first, other = (each["comparisons"][0] for each in (found, answered))
    assert first["difference"] is None
    assert first["outcomes"][0]["values"] == other["outcomes"][0]["values"][:2]
    assert "Worlds" in report(found, tmp_path)


def test_every_mix_of_levers_gets_its_own_gain_and_finalists_chance_that_the_search_has_not_seen(tmp_path):
    """Runs come state by state: were the table turned, a mix would be credited with another's gain."""
    levers = {"TaxCredit.cap": {"low": 0, "high": 1500}, "BenefitExtension.weeks": {"low": 0, "high": 52}}
    found = ask(tmp_path, against="ai_first", levers=levers, outcomes=["crew_weeks"],
                design={"kind": "policy", "mixes": 5, "states": 2, "finalists": 1, "fresh": 2})
    mixes = found["front"]["mixes"]
    plain = Scenario.named("ai_first").varied(**WHEN, scale=SCALE, futures=1)
    for mix in mixes:
        pulled = plain.varied(levers=mix["values"])
        gains = [worked(simulate(pulled, future=k)).sum() / worked(simulate(plain, future=k)).sum() - 1.0
                 for k in range(2)]
        assert mix["gain"] == pytest.approx(np.mean(gains)), mix["name"]
    assert len({round(mix["gain"], 9) for mix in mixes}) > 2
    (last,) = found["front"]["finalists"]
    seeds = [asks["scenario"]["seed"] for _, _, asks in asks_of(tmp_path)]
    assert sorted(set(seeds)) == [0, FRESH]
    assert seeds.count(FRESH) == 2
    fresh = plain.varied(seed=FRESH)
    gains = [worked(simulate(fresh.varied(levers=mixes[last]["values"]), future=k)).sum()
             / worked(simulate(fresh, future=k)).sum() - 1.0 for k in range(2)]
    assert mixes[last]["fresh"]["mean"] == pytest.approx(np.mean(gains))


@pytest.mark.parametrize(("half_width", "futures"), [(1.0, 10), (1e-9, 12)])
def test_futures_are_added_to_every_scenario_until_all_are_known_well_enough(tmp_path, half_width, futures):
    design = {"kind": "paired", "futures": 10, "precision": {"half_width": half_width, "most": 12}}
    found = ask(tmp_path, scenarios=["ai_first", "everyone_adopts"], outcomes=["crew_weeks"], design=design)
    assert [each["futures"] for each in found["comparisons"]] == [futures, futures]
    first, second = (each["outcomes"][0]["values"] for each in found["comparisons"])
    assert first != second
    asked = [asks["future"] for _, _, asks in asks_of(tmp_path)]
    assert sorted(asked) == sorted([*range(futures)] * 2)
