"""What is planted before the first week is sourced, ordered, and complete: every file of seeds/ is read."""

import csv
import math
import re
from datetime import date
from pathlib import Path

import pytest

from model import units
from model.calendar import parse_date
from model.parameter import KINDS
from model.parameters import Params
from model.safe_yaml import read_yaml
from model.state.now import rule_names
from model.tables import AI_CRAFT

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
TABLES = {path.relative_to(SEEDS).as_posix(): path for path in sorted(SEEDS.rglob("*.csv"))}
FILES = {path.relative_to(SEEDS).as_posix(): path for path in sorted(SEEDS.rglob("*.yaml"))}
STAGES = ("development", "prep", "shoot", "post")
LAST_MONTH = "2024-12"  # employment and shoot days later than this score the forecast and may not be planted
LONGEST_LABEL = 90
# A table whose `kind` is a kind of production, not of knowledge.
OF_PRODUCTIONS = ("kinds.csv", "place_habits.csv")
PARAMS = Params.load()


def table(name):
    with TABLES[name].open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def number(text):
    return float(text) if text not in (None, "") else math.nan


def names(text):
    """Ids of sources in a cell or an entry: set apart by blanks, or a list."""
    return [str(each) for each in text] if isinstance(text, list) else str(text or "").split()


def entries(value, where):
    """Every mapping inside a YAML file with the keys that lead to it."""
    if isinstance(value, dict):
        yield where, value
        for key, inside in value.items():
            yield from entries(inside, f"{where}.{key}")
    elif isinstance(value, list):
        for place, inside in enumerate(value):
            yield from entries(inside, f"{where}[{place}]")


TREES = {name: read_yaml(path, f"seeds/{name}") for name, path in FILES.items()}
SOURCES = TREES["sources.yaml"]
SAID = [pair for name, tree in TREES.items() if name != "sources.yaml" for pair in entries(tree, name)]
ROWS = [(f"{name}:{line}", row) for name in TABLES for line, row in enumerate(table(name), 2)]


def knowledge(where, row):
    """Whether a row says what kind of knowledge it is."""
    return "kind" in row and where.partition(":")[0] not in OF_PRODUCTIONS


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_a_cell_for_every_column_of_every_row(name):
    rows = table(name)
    assert rows, f"seeds/{name} is empty"
    ragged = [line for line, row in enumerate(rows, 2) if None in row or None in row.values()]
    assert not ragged, f"seeds/{name}: lines {ragged} have more or fewer cells than the head"


@pytest.mark.parametrize("name", FILES)
def test_a_yaml_file_holds_entries(name):
    assert isinstance(TREES[name], dict)
    assert TREES[name]


# Sources


def test_every_source_has_a_title_an_address_and_a_date():
    dated = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
    wrong = [
        name
        for name, source in SOURCES.items()
        if not source.get("title")
        or not re.match(r"https?://\S+\.\S+", str(source.get("url")))
        or not dated.fullmatch(str(source.get("date")))
        or source.get("confidence") not in ("H", "M", "L")
    ]
    assert not wrong, f"seeds/sources.yaml: {wrong} lack a title, an http address, a date or a confidence"


def test_every_source_that_is_named_exists():
    named = [(where, each) for where, row in ROWS for each in names(row.get("source"))]
    for where, entry in SAID:
        named += [(where, each) for key in ("source", "path_source") for each in names(entry.get(key))]
    missing = sorted({f"{where} names {each}" for where, each in named if each not in SOURCES})
    assert not missing, "\n".join(missing)


def test_every_source_is_named_somewhere():
    named = {each for _, row in ROWS for each in names(row.get("source"))}
    for _, entry in SAID:
        named |= {each for key in ("source", "path_source") for each in names(entry.get(key))}
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "model").rglob("*.py"))
    idle = [name for name in SOURCES if name not in named and name not in code]
    assert not idle, f"seeds/sources.yaml holds {idle}, which nothing names"


# Kinds of knowledge and reasons


def test_every_kind_of_knowledge_is_on_the_closed_list():
    graded = [(where, row) for where, row in ROWS if knowledge(where, row)]
    wrong = [f"{where} is {row['kind']!r}" for where, row in graded if row["kind"] not in KINDS]
    for where, entry in SAID:
        wrong += [
            f"{where} is {entry[key]!r}"
            for key in ("kind", "path_kind")
            if isinstance(entry.get(key), str)
            and entry[key] not in KINDS
            and not where.startswith("claims.yaml.")  # says who speaks: the company or its critic
        ]
    assert not wrong, f"allowed are {', '.join(KINDS)}:\n" + "\n".join(wrong)


def test_what_is_not_assumed_or_decreed_has_a_source():
    free = ("assumption", "policy", "calibrated")
    graded = [(where, row) for where, row in ROWS if knowledge(where, row) and row["kind"] not in free]
    wrong = [where for where, row in graded if not row["source"]]
    for where, entry in SAID:
        if entry.get("kind") in KINDS and entry["kind"] not in free and not where.startswith("parameters/"):
            wrong += [] if names(entry.get("source")) else [where]
    wrong += [
        name
        for name in PARAMS
        if PARAMS.about(name).kind in ("datum", "estimate", "claim") and not PARAMS.about(name).says
    ]
    assert not wrong, f"a datum, an estimate and a claim name their source: {wrong}"


def test_every_assumption_has_a_reason():
    wrong = []
    for where, row in ROWS:
        if knowledge(where, row) and row["kind"] in ("assumption", "estimate"):
            wrong += [] if row.get("why") or row.get("note") or row.get("sample") else [where]
    for where, entry in SAID:
        if entry.get("kind") in ("assumption", "estimate", "calibrated"):
            wrong += [] if entry.get("why") or entry.get("note") else [where]
    assert not wrong, f"no reason given: {wrong}"


# Ranges


def test_every_range_of_a_table_is_ordered_and_holds_its_value():
    wrong = []
    for where, row in ROWS:
        for key in [key for key in row if key == "low" or key.endswith("_low")]:
            stem = key.removesuffix("low").removesuffix("_")
            middle = stem or ("value" if "value" in row else "")
            low, high = number(row[key]), number(row[f"{stem}_high".lstrip("_")])
            value = number(row.get(middle, ""))
            if low > high or value < low or value > high:  # an open end is not a number and compares false
                wrong.append(f"{where}: {low:g} / {value:g} / {high:g} ({middle})")
    assert not wrong, "\n".join(wrong)


def test_every_range_of_a_yaml_file_is_ordered_and_holds_its_value():
    wrong = []
    for where, entry in SAID:
        value = entry.get("value")
        low, high = entry.get("low"), entry.get("high")
        if isinstance(entry.get("range"), list):
            low, high = entry["range"]
        if low is None and high is None:
            continue
        low = -math.inf if low is None else low
        high = math.inf if high is None else high
        held = [] if value is None else value if isinstance(value, list) else [value]
        if low > high or any(not low <= each <= high for each in held):
            wrong.append(f"{where}: {low} / {value} / {high}")
    assert not wrong, "\n".join(wrong)


# What may not be planted


def test_no_employment_and_no_shoot_day_after_2024_is_planted():
    wrong = []
    for name in (
        "history/la_payroll_jobs",
        "history/us_payroll_jobs",
        "history/us_unemployment",
        "fixed_staff",
    ):
        wrong += [f"{name} {row['month']}" for row in table(f"{name}.csv") if row["month"] > LAST_MONTH]
    days = table("history/shoot_days.csv")
    wrong += [f"shoot_days {row['period']}" for row in days if row["period"][:4] > LAST_MONTH[:4]]
    for where, row in ROWS:
        metric = f"{row.get('metric', '')} {row.get('category', '')} {row.get('unit', '')}"
        when = row.get("period") or row.get("month") or row.get("year") or ""
        if re.search(r"employment|payroll|\bjobs\b|shoot_days", metric) and when[:4] > LAST_MONTH[:4]:
            wrong.append(f"{where} {metric} {when}")
    assert not wrong, wrong


def test_no_demand_driver_holds_employment():
    words = re.compile(r"employ|payroll|\bjobs?\b|labou?r|wage|workers?\b|bls|shoot.?days?", re.IGNORECASE)
    wrong = [
        f"{where}: {row[key]}"
        for where, row in ROWS
        if where.startswith("drivers.csv")
        for key in ("driver", "unit", "source")
        if words.search(row[key])
    ]
    assert not wrong, wrong


def test_no_driver_is_clean_in_a_year_of_strike_or_pandemic():
    wrong = [
        f"{row['driver']} {row['year']}"
        for row in table("drivers.csv")
        if row["clean"] == "1" and row["year"] in ("2020", "2021", "2023")
    ]
    assert not wrong, wrong


def test_history_is_not_read_while_the_model_runs():
    wrong = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "model").rglob("*.py")
        if re.search(r"history/|la_payroll_jobs\.csv|shoot_days\.csv", path.read_text(encoding="utf-8"))
    ]
    assert not wrong, f"{wrong} read seeds/history, which is there to compare with"


# Parameters

CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for folder in ("model", "experiments")
    for path in (ROOT / folder).rglob("*.py")
)


@pytest.mark.parametrize("name", list(PARAMS))
def test_a_parameter_is_read_somewhere(name):
    key = name.partition(".")[2]
    read = rf"\.{key}\b|[\"']{key}[\"']|[\"']{re.escape(name)}[\"']"
    assert re.search(read, CODE), f"{name} is read nowhere in model/: delete it, or say where it acts"


def test_every_rule_of_a_working_life_is_used_by_a_mechanism():
    """A rule is handed to kernels as the record `now`; one that no kernel looks at would move nothing."""
    mechanisms = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "model" / "mechanisms").glob("*.py")
    )
    idle = [name for name in rule_names() if not re.search(rf"\bnow\.{name}\b", mechanisms)]
    assert not idle, f"no mechanism reads now.{', now.'.join(idle)}"


@pytest.mark.parametrize("name", list(PARAMS))
def test_a_parameter_is_legal_and_says_so_in_one_line(name):
    about = PARAMS.about(name)
    assert units.base_unit(about.unit) in units.UNITS
    assert len(about.label) <= LONGEST_LABEL
    assert about.why
    low, high = about.range
    for value in about.value if isinstance(about.value, tuple) else (about.value,):
        assert low <= value <= high


@pytest.mark.parametrize("name", TABLES)
def test_a_label_fits_on_a_line(name):
    long = [row["label"] for row in table(name) if len(row.get("label") or "") > LONGEST_LABEL]
    assert not long


def test_a_label_in_a_yaml_file_fits_on_a_line():
    long = [where for where, entry in SAID if len(str(entry.get("label") or "")) > LONGEST_LABEL]
    assert not long


# Crafts, kinds, places, firms

CRAFTS = table("crafts.csv")
PRODUCED = table("kinds.csv")
KIND_NAMES = [row["kind"] for row in PRODUCED]
PLACE_NAMES = [row["place"] for row in table("places.csv")]


def test_the_crafts_are_about_two_dozen_and_hold_a_workforce_of_the_right_size():
    assert 20 <= len(CRAFTS) <= 30
    assert len({row["craft"] for row in CRAFTS}) == len(CRAFTS)
    heads = sum(number(row["headcount"]) for row in CRAFTS)
    low, high = PARAMS.about("population.attached").range
    assert low <= heads <= high
    assert {row["line"] for row in CRAFTS} == {"above", "below"}
    assert all(6 <= number(row["day_hours"]) <= 14 for row in CRAFTS)
    plans = TREES["contracts.yaml"]["scale_raises"]
    assert {row["plan"] for row in CRAFTS} <= plans.keys()


def test_no_craft_holds_more_than_a_fifth_of_the_workforce():
    heads = {row["craft"]: number(row["headcount"]) for row in CRAFTS}
    assert heads.pop(AI_CRAFT) == 0, "the new craft has nobody in 2015"
    heads = list(heads.values())
    assert min(heads) > 0
    assert max(heads) / sum(heads) < 0.2


def test_ties_join_two_crafts_there_are_and_only_once():
    known = {row["craft"] for row in CRAFTS}
    pairs = [frozenset((row["one"], row["other"])) for row in table("craft_ties.csv")]
    assert all(pair <= known and len(pair) == 2 for pair in pairs)
    assert len(set(pairs)) == len(pairs)
    assert all(0 < number(row["closeness"]) <= 1 for row in table("craft_ties.csv"))


def test_every_kind_of_production_calls_a_crew_in_every_stage_it_goes_through():
    calls = table("crew_calls.csv")
    short = {"development": "dev"}
    wrong = []
    for row in PRODUCED:
        for stage in STAGES:
            called = sum(number(call[row["kind"]]) for call in calls if call["stage"] == stage)
            weeks = number(row[f"{short.get(stage, stage)}_weeks"])
            if (called > 0) != (weeks > 0):
                wrong.append(f"{row['kind']} takes {weeks:g} weeks of {stage} and calls {called:g} people")
        assert sum(number(call[row["kind"]]) for call in calls) > 0
    assert not wrong, "\n".join(wrong)


def test_every_craft_is_called_by_some_kind_and_every_call_is_of_a_known_craft():
    calls = table("crew_calls.csv")
    called = {row["craft"] for row in calls if any(number(row[kind]) > 0 for kind in KIND_NAMES)}
    assert called == {row["craft"] for row in CRAFTS} - {AI_CRAFT}, "AI titles alone call the new craft"
    assert all(row["stage"] in STAGES for row in calls)
    cells = [(row["stage"], row["craft"]) for row in calls]
    assert len(set(cells)) == len(cells)


def test_a_call_is_of_one_to_seven_days_a_week():
    days = {row["craft"]: [number(row[kind]) for kind in KIND_NAMES] for row in table("crew_days.csv")}
    assert set(days) == {row["craft"] for row in CRAFTS}
    assert all(day == int(day) and 1 <= day <= 7 for row in days.values() for day in row)


def test_a_kind_has_shares_between_none_and_all_and_a_positive_budget():
    for row in PRODUCED:
        assert 0 <= number(row["location_share"]) <= 1, row["kind"]
        assert 0 < number(row["tier"]) <= 1, row["kind"]
        assert number(row["budget_low"]) > 0, row["kind"]
        assert number(row["titles_low"]) > 0, row["kind"]
        assert number(row["shoot_days_per_week"]) <= 7, row["kind"]


def test_habits_of_place_sum_to_one_for_every_kind():
    habits = {row["kind"]: row for row in table("place_habits.csv")}
    assert list(habits) == KIND_NAMES
    for kind, row in habits.items():
        assert sum(number(row[place]) for place in PLACE_NAMES) == pytest.approx(1.0, abs=0.01), kind
        assert 0 <= number(row["incentive_reach"]) <= 1, kind


def test_competing_places_have_dated_incentives_of_their_own():
    rows = table("incentives.csv")
    assert {row["place"] for row in rows} == set(PLACE_NAMES)
    assert len(PLACE_NAMES) >= 7  # Los Angeles and six others at least
    for place in PLACE_NAMES:
        starts = [date.fromisoformat(row["from"]) for row in rows if row["place"] == place]
        assert starts == sorted(set(starts)), f"{place}: the dates are out of order or given twice"
        assert starts[0] <= date(2015, 1, 5), f"{place} has no terms for the first week"
    for row in rows:
        assert 0 <= number(row["effective"]) <= number(row["nominal_rate"]) <= 1, row["program"]
        assert 0 < number(row["base_share"]) <= 1, row["program"]


def test_the_firms_of_a_kind_hold_all_of_its_spend():
    for kind in KIND_NAMES:
        shares = [number(row[kind]) for row in table("firms.csv")]
        assert min(shares) >= 0
        assert sum(shares) == pytest.approx(1.0, abs=0.01), kind


def test_seasons_have_twelve_positive_months_and_every_kind_follows_one():
    months = [f"m{month:02d}" for month in range(1, 13)]
    seasons = {row["pattern"]: [number(row[month]) for month in months] for row in table("seasons.csv")}
    assert {row["season"] for row in PRODUCED} <= seasons.keys()
    for pattern, weights in seasons.items():
        assert min(weights) > 0, pattern
        assert sum(weights) / 12 == pytest.approx(1.0, abs=0.02), pattern


def test_districts_hold_all_homes_and_all_work():
    rows = table("districts.csv")
    assert sum(number(row["crew_share"]) for row in rows) == pytest.approx(1.0, abs=0.01)
    assert sum(number(row["production_share"]) for row in rows) == pytest.approx(1.0, abs=0.01)


def test_fixed_staff_is_given_for_every_month_from_2015_to_2024():
    months = [row["month"] for row in table("fixed_staff.csv")]
    assert months == [f"{year}-{month:02d}" for year in range(2015, 2025) for month in range(1, 13)]


# Dates


@pytest.mark.parametrize("name", TREES["shocks.yaml"])
def test_a_shock_ends_after_it_begins_and_stops_what_there_is(name):
    shock = TREES["shocks.yaml"][name]
    begins, ends = parse_date(shock["from"]), parse_date(shock["to"])
    assert begins < ends
    assert set(shock["stops"]["stages"]) <= set(STAGES)
    kinds = shock["stops"]["kinds"]
    assert kinds in ("all", "scripted") or set(kinds) <= set(KIND_NAMES)
    severity = shock["severity"]
    assert 0 <= severity["low"] <= severity["value"] <= severity["high"] <= 1
    steps = [parse_date(step["from"]) for step in shock.get("hire_ceiling") or ()]
    assert steps == sorted(set(steps))
    assert all(begins <= step < ends for step in steps)
    assert all(0 <= step["value"] <= 1 for step in shock.get("hire_ceiling") or ())


def test_the_steps_of_every_contract_are_in_the_order_of_their_dates():
    wrong = []
    for where, entry in entries(TREES["contracts.yaml"], "contracts"):
        steps = entry.get("steps")
        if isinstance(steps, list):
            dates = [parse_date(step["from"]) for step in steps]
            ends = [parse_date(step["to"]) for step in steps if "to" in step]
            wrong += [] if dates == sorted(set(dates)) else [where]
            if ends:  # a step that ends does so after its first day, and before or when the next one begins
                spans = list(zip(dates, ends, strict=True))
                wrong += [where for first, last in spans if first >= last]
                pairs = zip(spans, spans[1:], strict=False)
                wrong += [where for (_, last), (first, _) in pairs if last > first]
        if "from" in entry and "to" in entry and parse_date(entry["from"]) >= parse_date(entry["to"]):
            wrong.append(where)
    assert not wrong, wrong


def test_contract_raises_after_2024_are_those_that_were_agreed():
    """The raises of the 2024 agreement: 7, 4 and 3.5 percent."""
    agreed = [
        step["value"]
        for step in TREES["contracts.yaml"]["scale_raises"]["mpi"]["steps"]
        if parse_date(step["from"]) >= date(2024, 1, 1)
    ]
    assert agreed == [0.07, 0.04, 0.035]


# Generative AI

TOOLS = {"visual_models", "cloud_compute", "scheduling"}


def test_every_craft_has_a_technical_share_and_one_of_the_three_tools():
    rows = table("ai/technical_share.csv")
    assert [row["craft"] for row in rows] == [row["craft"] for row in CRAFTS if row["craft"] != AI_CRAFT]
    assert all(0 <= number(row["low"]) and number(row["high"]) <= 1 for row in rows)
    assert {row["tool"] for row in rows} == TOOLS
    assert all(row["why"] for row in rows)


def test_outages_are_in_the_order_of_their_dates_and_of_three_hours_or_more():
    rows = table("ai/outages.csv")
    dates = [date.fromisoformat(row["date"]) for row in rows]
    assert dates == sorted(set(dates))
    assert all(number(row["hours"]) >= 3 for row in rows)


def test_a_series_of_technology_is_in_the_order_of_its_years():
    series = {}
    for row in table("ai/adoption_of_technology.csv"):
        series.setdefault(row["series"], []).append(number(row["year"]))
    assert all(years == sorted(set(years)) for years in series.values())


def test_a_figure_from_outside_has_a_known_unit_and_a_reason():
    for name, figure in TREES["ai/outside.yaml"].items():
        assert units.base_unit(figure["unit"]) in units.UNITS, name
        assert {"label", "value", "kind", "source", "why"} <= figure.keys(), name


def test_no_claim_of_the_article_is_dropped_and_each_has_its_rule_beforehand():
    claims = TREES["claims.yaml"]
    assert list(claims) == [f"C{number}" for number in range(1, 12)]
    for name, claim in claims.items():
        assert claim["kind"] in ("claim", "doubt"), name
        for key in ("statement", "who", "measure", "rule", "source", "about"):
            assert claim[key], f"{name} has no {key}"
