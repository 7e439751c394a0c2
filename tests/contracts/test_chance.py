"""Chance lives in one file: no other names a random number generator, read from the source."""

import ast

import pytest

from tests.contracts.modules import MODULES


def _chance(tree: ast.Module) -> list[int]:
    """Lines that name numpy's or Python's generators, whatever numpy is called in the file."""
    numpy = {"numpy", "np"} | {
        alias.asname
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
        if alias.name == "numpy" and alias.asname
    }
    lines = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "random":
            if isinstance(node.value, ast.Name) and node.value.id in numpy:
                lines.append(node.lineno)
        elif isinstance(node, ast.Import):
            if any(alias.name == "random" or alias.name.startswith("numpy.random") for alias in node.names):
                lines.append(node.lineno)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            source = node.module or ""
            if source == "random" or source.startswith("numpy.random"):
                lines.append(node.lineno)
            elif source == "numpy" and any(alias.name == "random" for alias in node.names):
                lines.append(node.lineno)
    return lines


def test_only_rng_names_a_random_number_generator():
    wrong = [
        f"{module.where}:{line}"
        for module in MODULES.values()
        if module.name != "model.rng"
        for line in _chance(module.tree)
    ]
    assert not wrong, (
        "chance is a function of seed, stream, week and entity, drawn through model/rng.py; "
        f"here it is drawn otherwise: {', '.join(wrong)}"
    )


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import random", True),
        ("from random import choice", True),
        ("import numpy as n\nn.random.rand()", True),
        ("from numpy import random as r", True),
        ("from numpy.random import default_rng", True),
        ("from model import rng\nrng.uniform(1, 2)", False),
        ("def pick(self): return self.random", False),
    ],
)
def test_the_search_for_chance_sees_every_way_to_name_it(source, found):
    assert bool(_chance(ast.parse(source))) is found
