"""The summary says what the recordings say, closes its accounts, and lets recordings go."""

import gc
import json
import re
import weakref
from pathlib import Path

import numpy as np
import pytest

from experiments import history
from experiments.answer import closing, wording
from experiments.answer.summary import summarise
from experiments.page import sheet
from experiments.runs import pairs_of
from experiments.terminal import plot
from experiments.terminal.console import plain_json
from model import measures
from model.scenario import Scenario
from model.simulate import simulate

DOCUMENTED = [
    "version",
    "scenario",
    "against",
    "seed",
    "futures",
    "scale",
    "hash",
    "weeks",
    "workers",
    "agent_steps",
    "years",
    "effects",
    "accounts",
]


AI = Scenario.named("ai_first").varied(until="2027-04-12", scale=0.01)


def small(name="baseline", **changes):
    return Scenario.named(name).varied(**{"scale": 0.02, "until": "2017-01-02", **changes})


@pytest.fixture(scope="module")
def recordings():
    scenario = small(futures=2)
    return [simulate(scenario, future) for future in range(2)]


@pytest.fixture(scope="module")
def alone(recordings):
    return summarise(small(futures=2), ((each, None) for each in recordings))


@pytest.fixture(scope="module")
def compared(recordings):
    other = small("no_strikes", without=("wildfires_2025",), futures=2, set={"demand.level": 0.8})
    pairs = [(simulate(other, future), recordings[future]) for future in range(2)]
    return pairs, summarise(other, iter(pairs), against=small(futures=2))


def test_the_documented_fields_come_first_and_are_plain_json(alone):
    assert list(alone)[: len(DOCUMENTED)] == DOCUMENTED
    text = json.dumps(plain_json(alone), allow_nan=False)
    assert json.loads(text)["version"] == 1


def test_every_field_stands_in_the_guide(compared):
    guide = (Path(__file__).resolve().parents[3] / "docs" / "json.md").read_text(encoding="utf-8")
    cells = re.findall(r"^\| (`[^|]+)\|", guide, re.MULTILINE)
    told = {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}
    with_ai = summarise(AI, iter([(simulate(AI, 0), simulate(AI.counterpart(), 0))]), against=AI.counterpart())
    assert set(compared[1]) | set(with_ai) <= told


def test_hash_weeks_workers_and_steps_are_those_of_the_recordings(alone, recordings):
    first = recordings[0]
    assert alone["hash"] == first.hash
    assert alone["weeks"] == first.weeks == small().weeks
    assert alone["agent_steps"] == sum(each.agent_steps for each in recordings)
    assert alone["workers"] == closing.attached_at_start(first)
    assert alone["effects"] == {}
    assert alone["against"] is None


def test_years_are_means_over_futures(alone, recordings):
    name = "payroll_jobs"
    expected = np.mean([measures.measure(name).yearly(each)[2015] for each in recordings])
    assert alone["years"][0]["year"] == 2015
    assert alone["years"][0][name] == pytest.approx(expected)
    assert set(alone["years"][0]) == {"year", *measures.measures()}


def test_districts_hold_the_people_of_the_crafts(alone):
    people = {name: sum(row[name] for row in alone["crafts"]) for name in ("on_call", "idle")}
    for name in ("working_here", "living_on_call"):
        assert sum(row[name] for row in alone["districts"]) == pytest.approx(people["on_call"])
    assert sum(row["living_idle"] for row in alone["districts"]) == pytest.approx(people["idle"])


def test_calls_end_as_the_log_has_it_and_by_themselves_have_no_change(alone, compared, recordings):
    for way, each in alone["calls_ended"].items():
        assert each["calls"] == pytest.approx(np.mean([one.series[way].sum() / one.scale for one in recordings]))
        assert each["against"] is each["change"] is None
    for each in compared[1]["calls_ended"].values():
        assert each["change"]["mean"] == pytest.approx(each["calls"] - each["against"])


def test_every_account_closes(alone, compared):
    for summary in (alone, compared[1]):
        assert {name: each["residual"] for name, each in summary["accounts"].items()} == dict.fromkeys(
            summary["accounts"], 0
        )


def test_an_account_that_does_not_close_is_seen(recordings):
    one = recordings[0]
    series = {**one.series, "entries": one.series["entries"] + np.eye(1, one.weeks, 5, dtype=np.int32)[0]}
    broken = type(one)(one.manifest, series, one.events)
    accounts = closing.accounts_of(broken)
    assert accounts["heads"]["residual"] == 1
    assert accounts["event_log"]["residual"] == 1
    assert closing.worst(closing.accounts_of(one), accounts)["heads"]["residual"] == 1


def test_effects_are_paired_differences_over_the_horizon(compared):
    pairs, summary = compared
    for name, gather in (("shoot_days", np.sum), ("unemployment_rate", np.mean)):
        weekly = measures.measure(name).weekly
        differences = [gather(weekly(mine)) - gather(weekly(other)) for mine, other in pairs]
        effect = summary["effects"][name]
        assert effect["mean"] == pytest.approx(np.mean(differences))
        assert effect["q10"] <= effect["mean"] <= effect["q90"]
        assert effect["futures_agreeing"] == sum(np.sign(differences) == np.sign(np.mean(differences)))
    assert summary["effects"]["payroll_jobs"]["mean"] < 0
    assert summary["against"] == "baseline"


class Mark:
    """Lives as long as the recording whose manifest holds it."""


def test_pairs_are_consumed_once_and_recordings_are_let_go():
    scenario, alive, most = small(until="2015-07-06", scale=0.01, futures=3), weakref.WeakSet(), []

    def marked():
        for mine, _ in pairs_of(scenario, None, lambda done, total: None):
            mine.manifest["mark"] = mark = Mark()
            alive.add(mark)
            del mark
            gc.collect()
            most.append(len(alive))
            yield mine, None

    assert summarise(scenario, marked())["futures"] == 3
    assert len(most) == 3
    assert max(most) <= 2  # the one at hand, and at most one that is on its way out


def test_monthly_jobs_and_quarters_carry_the_median_and_the_spread(alone, recordings):
    months = [measures.monthly_jobs(each) for each in recordings]
    row = alone["monthly_jobs"][3]
    values = [each[row["period"]] for each in months]
    assert row["median"] == pytest.approx(np.median(values))
    assert row["q10"] <= row["median"] <= row["q90"]
    quarters = [row["period"] for row in alone["shoot_days_quarterly"]["tv"]]
    assert (
        quarters == [f"{year}Q{q}" for year in (2015, 2016) for q in range(1, 5)][1:]
    )  # January 2015 is cut


def test_a_later_start_says_what_it_cannot_know():
    scenario = small(start="2015-06-01", until="2015-09-07")
    accounts = summarise(scenario, iter([(simulate(scenario), None)]))["accounts"]
    assert accounts["heads"]["residual"] == accounts["savings_usd"]["residual"] == 0
    assert accounts["payroll_usd"]["residual"] in (0, None)


def test_errors_are_over_the_periods_both_have():
    assert history.error({"a": 90.0, "b": 110.0}, {"a": 100.0, "b": 100.0, "c": 5.0}) == pytest.approx(0.1)
    assert history.error({"a": 1.0}, {"b": 1.0}) is None
    observed = history.monthly_jobs()
    assert history.fit_of_jobs(observed)["fit_years"] == 0.0
    assert "2020Q2" not in history.quarters_of_fit()


def test_the_published_series_end_with_2024():
    assert max(history.monthly_jobs()) == "2024-12"
    assert set(history.quarterly_shoot_days()) == {*history.CATEGORIES, "all"}
    assert len(history.quarterly_shoot_days()["tv"]) > 30


def test_the_plot_is_80_columns_wide_and_plain(alone):
    text = plot.jobs(alone)
    assert max(map(len, text.splitlines())) <= plot.WIDTH
    assert "\x1b" not in text
    assert plot.jobs({**alone, "monthly_jobs": []}) == ""


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.1234, "share", "12.3%"),
        (-1234.5, "", "−1,234"),
        (None, "", "–"),
        (456.7, "USD", "$457"),
        (0, "", "0"),
    ],
)
def test_figures_read_well(value, unit, text):
    assert wording.figure(value, unit) == text


def test_futures_agree_on_a_direction_and_on_nothing_where_nothing_differs():
    assert wording.agreement(27, 30, -0.2) == "27 of 30"
    assert wording.agreement(30, 30, 0.0) == wording.agreement(0, 0, None) == "–"
    assert sheet.agreeing({"futures_agreeing": 3, "mean": 1.5}, 4) == sheet.Cell("3 of 4", 3)
    assert sheet.agreeing({"futures_agreeing": 4, "mean": 0.0}, 4) == sheet.Cell("–")


@pytest.mark.parametrize(("first", "last", "said"), [
    (2015, 2015, "in 2015."), (2015, 2016, "in 2015–16."), (2018, 2021, "in 2018–21 without 2020."),
    (2015, 2024, "in 2015–22 without 2020."), (2021, 2023, "in 2021–22."),
])  # fmt: skip
def test_the_error_is_said_of_the_years_that_were_run(alone, first, last, said):
    span = range(first, last + 1)
    months = [{"period": f"{year}-{month:02d}", "median": 1e5} for year in span for month in range(1, 13)]
    fit = {"fit_years": 0.05, "held_back": None}
    told = wording.answer({**alone, "monthly_jobs": months, "fit": {"monthly_jobs": fit}}, small())
    assert told.endswith(f"against the published series is 5.0% {said}")


def test_the_command_gives_the_scenario_again(alone):
    scenario = small(futures=2, set={"demand.level": 0.9})
    words = wording.command(scenario, alone).split()
    assert words[:4] == ["callsheet", "simulate", "--scenario", "baseline"]
    assert "demand.level=0.9" in words
    assert "--against" not in words
    other = small(without=("wga_strike",))
    assert "scenario.yaml" in wording.command(other, alone)


def test_the_command_sets_a_list_as_it_is_typed(alone):
    name = "ai_tasks.use_by_stage"
    scenario = small(set={name: "1,0,1,0,1"})
    words = wording.command(scenario, alone).split()
    typed = words[words.index("--set") + 1]
    assert typed == f"{name}=1.0,0.0,1.0,0.0,1.0"
    assert small(set={name: typed.partition("=")[2]}).overrides == scenario.overrides
