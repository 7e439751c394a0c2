"""Mechanisms hold no bare numbers: an economic number is a parameter or data, a technical one has a name."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MECHANISMS = sorted((ROOT / "model" / "mechanisms").glob("*.py"))

# Nothing, one, a pair, "none of them", a half, and the turn of a share into percent or per mille.
PLAIN = {0, 1, 2, 0.5, 100, 1000}
GUARD = 1e-9  # smaller than this, a number only keeps a logarithm or a division away from nothing
SENTINEL = 1e100  # larger than this, it only stands for "worse than anything"
_BITS = (ast.LShift, ast.RShift, ast.BitAnd, ast.BitOr, ast.BitXor)


def bare_numbers(source: str) -> list[tuple[int, float]]:
    """Line and value of every number that is not plain, nor a guard, nor named, nor part of an identity."""
    tree = ast.parse(source)
    whole = [statement for statement in tree.body if _names_a_constant(statement)]
    whole += [node for node in ast.walk(tree) if _spells_an_identity(node)]
    excused = {id(inside) for node in whole for inside in ast.walk(node)}
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or type(node.value) not in (int, float) or id(node) in excused:
            continue
        size = abs(node.value)
        if node.value not in PLAIN and not size < GUARD and not size > SENTINEL:
            found.append((node.lineno, node.value))
    return sorted(found)


def _names_a_constant(statement: ast.stmt) -> bool:
    """A module's own constant in capitals: the name says what the number is."""
    if not isinstance(statement, ast.Assign | ast.AnnAssign):
        return False
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    names = [name for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)]
    return bool(names) and all(name.id.isupper() for name in names)


def _spells_an_identity(node: ast.AST) -> bool:
    """A shift, a mask, or a conversion to the 64 bits of which identities are made."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, _BITS):
        return True
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "uint64"


@pytest.mark.parametrize("file", MECHANISMS, ids=[file.stem for file in MECHANISMS])
def test_a_mechanism_holds_no_bare_number(file):
    wrong = bare_numbers(file.read_text(encoding="utf-8"))
    assert not wrong, (
        f"model/mechanisms/{file.name}: "
        + "; ".join(f"line {line} holds {value!r}" for line, value in wrong)
        + ". Make each a parameter of seeds/ or a constant in capitals whose name says what it is."
    )


def test_there_are_mechanisms_to_look_at():
    assert len(MECHANISMS) > 10


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("def f(x):\n    return 0.07 * x", [0.07]),
        ("def f(x):\n    return x - 3", [3]),
        ("TAX = 0.07\ndef f(x):\n    return TAX * x", []),
        ("def f(x):\n    TAX = 0.07\n    return TAX * x", [0.07]),
        ("tax = 0.07", [0.07]),
        ("def f(x):\n    return -1 if x > 0.5 else 100 * x", []),
        ("def f(x):\n    return 1.0 / max(x, 1e-12)", []),
        ("def f(x):\n    return (x << 24) | uint64(7)", []),
        ("def f(x=12):\n    return x", [12]),
        ('def f(x):\n    """Four weeks, 4 of them."""\n    return x', []),
        ("EVERY = {'a': 4}\nLATER: int = 8", []),
    ],
)
def test_the_search_tells_a_bare_number_from_a_named_one(source, found):
    assert [value for _, value in bare_numbers(source)] == found
