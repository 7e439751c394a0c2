"""Imports point down and in no circle, and only a few files of the app know a web server: read from the source."""

import ast
import re

import pytest

from tests.contracts.modules import MODULES

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
            "model.shocks",
            "model.kernels",
            "model.digest",
            "model.archives",
            "model.atomic",
            "model.room",
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


# The parts of the app, top first, as CONTRIBUTING has them.
PARTS = (
    ("serve", "server", "data", "solara_settings"),
    ("app", "simulate_page", "widgets"),
    ("frame", "assets"),
    ("contents", "first_paint", "found", "visit"),
    ("office", "runs"),
    ("pages", "stories", "parts", "levers_panel"),
    ("digests", "lives", "lives_index", "spells"),
    ("trouble", "url", "view", "settings", "shown", "fragments", "marked"),
)


def test_parts_of_the_app_import_downward():
    place = {f"viz.{name}": row for row, names in enumerate(PARTS) for name in names}
    of = {name: max((part for part in place if name == part or name.startswith(f"{part}.")), key=len, default=None)
          for name in MODULES}
    wrong = [
        f"{module.where} imports {target}"
        for name, module in MODULES.items() if of[name]
        for target, _, typing in module.imports
        if not typing and of.get(target) and place[of[target]] < place[of[name]]
    ]
    assert sum(part is not None for part in of.values()) >= 60
    assert not wrong, "; ".join(wrong)


def test_what_a_page_says_does_not_know_who_serves_it():
    above = ("viz.app", "viz.contents", "viz.first_paint", "viz.frame", "viz.office", "viz.serve",
             "viz.server", "viz.simulate_page", "viz.visit", "viz.runs")
    below = ("viz.pages", "viz.parts", "viz.stories", "viz.digests")
    wrong = [
        f"{module.where} comes to import {target}"
        for module in MODULES.values()
        if module.name.startswith(below)
        for target in sorted(_reached(module.name))
        if any(target == name or target.startswith(f"{name}.") for name in above)
    ]
    assert not wrong, f"pages are given what they show, by viz/contents.py: {', '.join(wrong)}"


def _reached(name: str) -> set[str]:
    """Every module that importing one comes to import, itself among them."""
    found, left = set(), [name]
    while left:
        at = left.pop()
        if at not in found and at in MODULES:
            found.add(at)
            left += [target for target, _, typing in MODULES[at].imports if not typing]
    return found


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
