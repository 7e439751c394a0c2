"""Private names of Mesa live in one file: no other touches them, read from the source."""

import ast
import inspect

import pytest

from tests.contracts.modules import MODULES


def _private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def _mesa_privates() -> set[str]:
    """Private names that Mesa's own classes use of themselves, in the Mesa that is installed."""
    import mesa
    import mesa.agent
    import mesa.datacollection
    import mesa.model

    sources = {mesa.agent, mesa.datacollection, mesa.model, inspect.getmodule(mesa.agent.AgentSet)}
    names = set()
    for source in sources:
        for node in ast.walk(ast.parse(inspect.getsource(source))):
            if isinstance(node, ast.Attribute):
                names.add(node.attr)
            elif isinstance(node, ast.FunctionDef):
                names.add(node.name)
    return {name for name in names if _private(name)}


def _mesa_lines(tree: ast.Module, privates: set[str]) -> list[tuple[str, int]]:
    """Uses of private Mesa names: imported, reached through Mesa, or overridden beside a Mesa import."""
    bound: set[str] = set()
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == "mesa":
                    bound.add(alias.asname or "mesa")
                    found += [(alias.name, node.lineno) for part in alias.name.split(".") if _private(part)]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            source = node.module or ""
            if source.split(".")[0] == "mesa" or source == "model.mesa_compat":
                for alias in node.names:
                    bound.add(alias.asname or alias.name)
                    if _private(alias.name) or any(_private(part) for part in source.split(".")):
                        found.append((f"{source}.{alias.name}", node.lineno))
    if not bound:
        return found
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and _private(node.attr):
            root = node.value
            while isinstance(root, ast.Attribute):
                root = root.value
            if (isinstance(root, ast.Name) and root.id in bound) or node.attr in privates:
                found.append((node.attr, node.lineno))
        elif isinstance(node, ast.FunctionDef) and node.name in privates:
            found.append((node.name, node.lineno))
    return found


def test_only_mesa_compat_touches_private_names_of_mesa():
    privates = _mesa_privates()
    wrong = [
        f"{module.where}:{line} {name}"
        for module in MODULES.values()
        if module.name != "model.mesa_compat"
        for name, line in _mesa_lines(module.tree, privates)
    ]
    assert not wrong, f"move these to model/mesa_compat.py, each with Mesa's issue number: {', '.join(wrong)}"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import mesa\nmesa.Agent._ids = {}", True),
        ("from mesa import Agent as A\nA._ids", True),
        ("import mesa\nclass M(mesa.Model):\n    def f(self): return self._agents_by_type", True),
        ("from mesa.agent import _hidden", True),
        ("import mesa\nclass M(mesa.Model):\n    def f(self): return self._our_own_thing", False),
        ("class Columns:\n    def f(self): return self._agents", False),
    ],
)
def test_the_search_for_private_names_of_mesa_sees_every_way_to_name_them(source, found):
    assert bool(_mesa_lines(ast.parse(source), {"_agents", "_agents_by_type"})) is found
