"""Imports point down, chance lives in one file, and Mesa's private names in another: read from the source."""

import ast
import inspect
import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("seeds", "model", "experiments", "viz")

# From the bottom up. A module may import its own layer and everything below it, nothing above.
# A name stands for the module, for all that is in it if it is a package, and for files split off it:
# scenario.py may become scenario.py and scenario_files.py without a word here.
LAYERS: list[tuple[str, set[str]]] = [
    ("data", {"seeds"}),
    (
        "words and numbers",
        {
            "model.vocabulary",
            "model.units",
            "model.errors",
            "model.safe_yaml",
            "model.sources",
            "model.parameter",
            "model.parameters",
            "model.calendar",
            "model.rng",
            "model.tables",
            "model.mesa_compat",
            "model.policy",
            "model.kernels",
            "model.digest",
            "model.atomic",
        },
    ),
    ("state", {"model.state"}),
    ("mechanisms and levers", {"model.mechanisms", "model.levers", "model.contracts", "model.world"}),
    ("week", {"model.accounts", "model.verbs", "model.ai_verbs", "model.week"}),
    (
        "model",
        {
            "model",
            "model.market",
            "model.measures",
            "model.recording",
            "model.recorder",
            "model.scenario",
            "model.simulate",
            "model.checkpoints",
            "model.lives",
            "model.crew_account",
            "model.dollar_account",
            "model.public_account",
        },
    ),
    ("experiments", {"experiments"}),
    ("viz", {"viz"}),
]


@dataclass
class Module:
    """One source file of ours: its dotted name, its tree, and what it imports of ours, line by line."""

    name: str
    path: Path
    tree: ast.Module
    imports: list[tuple[str, int, bool]] = field(default_factory=list)  # target, line, only for type checkers

    @property
    def where(self) -> str:
        return self.path.relative_to(ROOT).as_posix()


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _read() -> dict[str, Module]:
    files = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    modules = {
        _name(path): Module(_name(path), path, ast.parse(path.read_text(encoding="utf-8"), str(path)))
        for path in files
    }
    packages = {name.rpartition(".")[0] for name in modules} | set(PACKAGES)
    for module in modules.values():
        module.imports = [
            (target, line, typing)
            for target, line, typing in _imports(module, set(modules) | packages)
            if target != module.name
        ]
    return modules


def _imports(module: Module, known: set[str]) -> list[tuple[str, int, bool]]:
    package = module.name if module.path.name == "__init__.py" else module.name.rpartition(".")[0]
    found = []

    def visit(node: ast.AST, typing: bool) -> None:
        if isinstance(node, ast.Import):
            found.extend((alias.name, node.lineno, typing) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join(above + ([node.module] if node.module else []))
            for alias in node.names:
                longer = f"{base}.{alias.name}"
                found.append((longer if longer in known else base, node.lineno, typing))
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            for child in node.body:
                visit(child, True)
            for child in node.orelse:
                visit(child, typing)
        else:
            for child in ast.iter_child_nodes(node):
                visit(child, typing)

    visit(module.tree, False)
    return [(name, line, typing) for name, line, typing in found if name.split(".")[0] in PACKAGES]


def _layer(name: str) -> int | None:
    """The layer of a module: its longest declared beginning; `model` stands only for its own file."""
    while name:
        for beginning in (name, re.sub(r"(?<=\w)_[^.]*$", "", name)):
            for number, (_, names) in enumerate(LAYERS):
                if beginning in names:
                    return number
        name = name.rpartition(".")[0]
        if name == "model":
            return None
    return None


MODULES = _read()


def test_every_module_has_a_layer():
    homeless = [module.where for module in MODULES.values() if _layer(module.name) is None]
    assert not homeless, f"say in LAYERS of this test where these belong: {', '.join(homeless)}"


def test_imports_point_down_only():
    wrong = []
    for module in MODULES.values():
        own = _layer(module.name)
        for target, line, _ in module.imports:
            other = _layer(target)
            if own is not None and other is not None and other > own:
                here, there = LAYERS[own][0], LAYERS[other][0]
                wrong.append(f"{module.where}:{line} ({here}) imports {target} ({there}), which is above it")
    assert not wrong, "\n".join(wrong)


def test_experiments_never_import_viz():
    wrong = [
        f"{module.where}:{line}"
        for module in MODULES.values()
        if module.name.split(".")[0] in ("model", "experiments")
        for target, line, _ in module.imports
        if target.split(".")[0] == "viz"
    ]
    assert not wrong, f"batches and reports must run without the app: {', '.join(wrong)}"


# What of a web server or of widgets each file of the app may name; whatever is not listed names none of it.
WEB = {"solara", "reacton", "ipyvue", "ipyvuetify", "ipywidgets", "anywidget", "traitlets", "starlette", "uvicorn",
       "websockets"}
WEB_IN = {
    "viz.app": {"solara"},
    "viz.simulate_page": {"solara"},
    "viz.parts.html": {"solara"},
    "viz.widgets": {"anywidget", "traitlets"},
    "viz.server": {"solara", "starlette"},
    "viz.assets": {"starlette"},
    "viz.data": {"starlette"},
    "viz.report_file": {"starlette"},
    "viz.solara_routes": {"solara", "starlette"},
    "viz.serve": {"uvicorn"},
}  # fmt: skip


def _web(tree: ast.Module) -> list[tuple[str, int]]:
    """Packages of the web that a file imports, with their lines."""
    named = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            named += [(alias.name.split(".")[0], node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            named.append(((node.module or "").split(".")[0], node.lineno))
    return [(name, line) for name, line in named if name in WEB]


def test_pages_are_text_and_know_no_web_server():
    wrong = [
        f"{module.where}:{line} imports {name}"
        for module in MODULES.values()
        for name, line in _web(module.tree)
        if name not in WEB_IN.get(module.name, set())
    ]
    assert not wrong, f"a page is a function that returns a Fragment, as the reports are: {', '.join(wrong)}"


def test_files_that_may_name_the_web_still_do():
    idle = [
        f"{name}: {', '.join(sorted(may - {found for found, _ in _web(MODULES[name].tree)}))}"
        for name, may in WEB_IN.items()
        if name not in MODULES or may - {found for found, _ in _web(MODULES[name].tree)}
    ]
    assert not idle, f"take these out of WEB_IN: {'; '.join(idle)}"


def test_what_a_page_says_does_not_know_who_serves_it():
    above = ("viz.app", "viz.contents", "viz.first_paint", "viz.frame", "viz.office", "viz.serve",
             "viz.server", "viz.simulate_page", "viz.visit", "viz.runs")
    below = ("viz.pages", "viz.parts", "viz.stories", "viz.digests")
    wrong = [
        f"{module.where}:{line} imports {target}"
        for module in MODULES.values()
        if module.name.startswith(below)
        for target, line, _ in module.imports
        if any(target == name or target.startswith(f"{name}.") for name in above)
    ]
    assert not wrong, f"pages are given what they show, by viz/contents.py: {', '.join(wrong)}"


def test_no_module_imports_itself_in_a_circle():
    graph = {
        name: {target for target, _, typing in module.imports if not typing and target in MODULES}
        for name, module in MODULES.items()
    }
    done: set[str] = set()

    def walk(name: str, trail: list[str]) -> None:
        if name in trail:
            circle = " -> ".join([*trail[trail.index(name) :], name])
            pytest.fail(f"imports go round in a circle: {circle}")
        if name not in done:
            for target in sorted(graph[name]):
                walk(target, [*trail, name])
            done.add(name)

    for name in sorted(graph):
        walk(name, [])


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
