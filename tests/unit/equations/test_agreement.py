"""Description, code and tests speak of the same equations: `model/ODD.md`, docstrings, worked examples."""

import ast
import re
from pathlib import Path

import pytest

from model.parameters import Params

ROOT = Path(__file__).resolve().parents[3]
ODD = (ROOT / "model" / "ODD.md").read_text(encoding="utf-8")
ROW = re.compile(
    r"^\| (\d+) \| `([\w/]+\.py):(\w+)` \| `(test_\w+\.py)::(test_\w+)` \|$", re.MULTILINE
)
TABLE = [(int(number), *rest) for number, *rest in ROW.findall(ODD)]
HEADINGS = (
    "Purpose and patterns",
    "Entities, state variables and scales",
    "Process overview and scheduling",
    "Design concepts",
    "Initialization",
    "Input data",
    "Submodels",
)
CONCEPTS = (
    "Basic principles",
    "Emergence",
    "Adaptation",
    "Objectives",
    "Learning",
    "Prediction",
    "Sensing",
    "Interaction",
    "Stochasticity",
    "Collectives",
    "Observation",
)


def cited(text):
    """Numbers after 'Equation' or 'Equations', lists and spans included."""
    numbers = set()
    for run in re.findall(r"Equations?\s+((?:\d+(?:–\d+)?(?:,\s+|\s+and\s+)?)+)", text):
        for first, last in re.findall(r"(\d+)(?:–(\d+))?", run):
            numbers |= set(range(int(first), int(last or first) + 1))
    return numbers


def docstrings(folder, pattern):
    """(file, function) → docstring of every function that has one."""
    found = {}
    for path in sorted(folder.rglob(pattern)):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and ast.get_docstring(node):
                found[path.relative_to(folder).as_posix(), node.name] = ast.get_docstring(node)
    return found


MODEL = docstrings(ROOT / "model", "*.py")
TESTS = docstrings(ROOT / "tests" / "unit" / "equations", "test_*.py")
NUMBERS = {number for number, *_ in TABLE}


def test_the_equations_are_numbered_from_one_without_a_gap():
    assert [number for number, *_ in TABLE] == list(range(1, len(TABLE) + 1))
    assert len(TABLE) > 30


def test_every_equation_of_the_table_is_written_out_and_no_other_is():
    in_code_blocks = cited("\n".join(re.findall(r"^```\n(.*?)^```", ODD, re.MULTILINE | re.DOTALL)))
    assert in_code_blocks == NUMBERS
    assert cited(ODD) == NUMBERS


@pytest.mark.parametrize("row", TABLE, ids=[str(number) for number, *_ in TABLE])
def test_an_equation_is_cited_where_it_is_computed_and_where_it_is_worked_out(row):
    number, file, function, test_file, test = row
    assert (file, function) in MODEL, f"model/{file} has no function {function} with a docstring"
    assert number in cited(MODEL[file, function]), f"model/{file}: {function} does not cite Equation {number}"
    assert (test_file, test) in TESTS, f"tests/unit/equations/{test_file} has no test {test}"
    assert number in cited(TESTS[test_file, test]), f"{test} does not cite Equation {number}"


def test_the_code_cites_no_equation_that_is_not_described():
    strays = {where: cited(text) - NUMBERS for where, text in MODEL.items() if cited(text) - NUMBERS}
    assert not strays


def test_no_test_cites_an_equation_that_is_not_described():
    strays = {where: cited(text) - NUMBERS for where, text in TESTS.items() if cited(text) - NUMBERS}
    assert not strays


def test_one_number_stands_for_one_equation():
    homes = {}
    for where, text in MODEL.items():
        for number in cited(text):
            homes.setdefault(number, []).append(where)
    shared = {number: places for number, places in homes.items() if len(places) > 1}
    assert not shared, f"cited in more than one function: {shared}"


def test_the_description_has_the_form_of_the_protocol():
    sections = re.findall(r"^## (?:\d+\. )?(.+)$", ODD, re.MULTILINE)
    assert [section for section in sections if section in HEADINGS] == list(HEADINGS)
    assert re.findall(r"^\*\*([A-Z][a-z ]+)\.\*\*", ODD, re.MULTILINE)[-11:] == list(CONCEPTS)


def test_the_description_names_every_parameter_and_none_that_is_not():
    params = Params.load()
    groups = "|".join(sorted({name.partition(".")[0] for name in params}))
    named = set(re.findall(rf"\b((?:{groups})\.(?!py\b)[a-z_]+)", ODD))
    assert named == set(params)


def test_the_units_of_the_parameters_are_those_in_the_table():
    for name, unit in re.findall(r"^\| `([a-z_]+\.[a-z_]+)` \| ([^|]+) \|", ODD, re.MULTILINE):
        assert Params.load().about(name).unit == unit, name


def test_every_source_in_the_description_is_known():
    ids = re.findall(r"\[([a-z0-9]+(?:-[a-z0-9]+)+)\](?!\()", ODD)
    assert ids
    assert not [each for each in ids if each not in Params.load().sources]
