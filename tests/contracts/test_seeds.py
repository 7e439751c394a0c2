"""What is planted before the first week is sourced, reasoned, ordered and complete: every file of seeds/ is read."""

import math
import re

import pytest

from model.parameter import KINDS
from tests.contracts.planted import (
    FILES,
    PARAMS,
    ROOT,
    ROWS,
    SAID,
    SOURCES,
    TABLES,
    TREES,
    knowledge,
    names,
    number,
    table,
)


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
