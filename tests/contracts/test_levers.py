"""No rule is set that nothing reads, and no lever lies about that nobody is told of."""

import ast
from dataclasses import fields
from pathlib import Path

import pytest

from model.levers import lever_classes
from model.policy import Policy

ROOT = Path(__file__).resolve().parents[2]
ACTING = sorted((ROOT / "model").glob("*.py")) + sorted((ROOT / "model" / "mechanisms").glob("*.py"))
SETTING = sorted((ROOT / "model" / "levers").glob("*.py"))
FIELDS = [each.name for each in fields(Policy)]
BY_LAW_ALONE = {"credit_base_share", "credit_covers", "benefit_weekly_max_cents", "benefit_topup_cents",
                "health_hours_enter"}


def used(files, context):
    """Fields of a policy that some files read or write."""
    found = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "policy":
                found |= {node.attr} if isinstance(node.ctx, context) else set()
    return found


@pytest.mark.parametrize("field", FIELDS)
def test_every_rule_is_read_by_the_model(field):
    assert field in used(ACTING, ast.Load)


@pytest.mark.parametrize("field", [each for each in FIELDS if each not in BY_LAW_ALONE])
def test_every_rule_that_is_not_the_laws_alone_has_a_lever(field):
    assert field in used(SETTING, ast.Store)


@pytest.mark.parametrize("name", lever_classes())
def test_the_description_of_the_model_speaks_of_every_lever(name):
    assert f"`{name}`" in (ROOT / "model" / "ODD.md").read_text(encoding="utf-8")
