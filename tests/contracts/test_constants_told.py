"""Numbers that stand in the code with a name are told in the ODD, or are known to be of technique."""

import ast
import re
from ast import literal_eval
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ODD = (ROOT / "model" / "ODD.md").read_text(encoding="utf-8")
TOLD = dict(re.findall(r"^\| `([\w.]+\.[A-Z_]+)` \| (.+?) \|", ODD, re.MULTILINE))
FILES = [
    *sorted((ROOT / "model" / "mechanisms").glob("*.py")),
    *(ROOT / "model" / f"{name}.py" for name in ("verbs", "ai_verbs", "state/population")),
]
# Codes, units, conversions, room in an identity, and guards against a division by nothing: no behavior hangs on them.
TECHNIQUE = {
    "mechanisms.commute": {"EARTH", "MINUTES", "WAYS"},
    "mechanisms.consolidation": {"A_YEAR", "A_GAP", "MONOPOLY"},
    "mechanisms.demand": {"DAYS_A_YEAR", "MONTHS", "START", "TURN"},
    "mechanisms.answering": {"FROM_HEAD"},
    "mechanisms.green_light": {"LOGISTIC_UNIT", "MOST_KINDS", "MOST_IDEAS", "GREEN_LIT", "WITH_CREDIT"},
    "mechanisms.income": {"DAYS_A_WEEK"},
    "mechanisms.orders_of_effects": {"SETS_OF_THREE", "SETS_OF_FOUR"},
    "mechanisms.production": {"LEAST_LEFT"},
    "mechanisms.providers": {"HOURS_A_WEEK"},
    "mechanisms.purses": {"UNIFORM_UNIT", "LEAST_SPREAD"},
    "mechanisms.search": {"AT_A_TIME"},
    "mechanisms.stages": {"LEAST_SHARE", "LOS_ANGELES"},
    "mechanisms.techniques": {"LEAST_SPARED"},
    "mechanisms.wages": {"PER_MILLE", "NEARLY_NONE"},
    "verbs": {"PAY_STEP", "MOOD_STEP", "SETTLED"},
    "ai_verbs": {"LEAST_SLATE"},
}


def named_numbers(text: str) -> set[str]:
    """Constants of a module that hold numbers, those kept to itself (with an underscore before) left out."""
    found = set()
    for statement in ast.parse(text).body:
        if not isinstance(statement, ast.Assign | ast.AnnAssign) or statement.value is None:
            continue
        inside = [each.value for each in ast.walk(statement.value) if isinstance(each, ast.Constant)]
        if any(isinstance(value, int | float) and not isinstance(value, bool) for value in inside):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            names = [each for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)]
            found |= {each.id for each in names if not each.id.startswith("_")}
    return found


@pytest.mark.parametrize("name", sorted(TOLD))
def test_what_the_odd_says_a_constant_is_it_is(name):
    module, _, constant = name.rpartition(".")
    assert getattr(import_module(f"model.{module}"), constant) == literal_eval(TOLD[name])


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_a_number_with_a_name_is_told_or_of_technique(file):
    module = ".".join(file.relative_to(ROOT / "model").with_suffix("").parts)
    told = {name.rpartition(".")[2] for name in TOLD if name.rpartition(".")[0] == module}
    there = named_numbers(file.read_text(encoding="utf-8"))
    assert there == told | TECHNIQUE.get(module, set())


def test_what_it_looks_for_is_found():
    assert named_numbers("PACE = 0.1\nLOW, HIGH = 1, 2\n_KEPT = 3\nNAME = 'x'\nON = True\n") == {"PACE", "LOW", "HIGH"}
    assert len(TOLD) > 20
