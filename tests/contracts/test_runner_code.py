"""What a run is named by: a finished run is taken for another's only if all code that made its numbers is the same."""

import importlib

import pytest

from experiments.runners import RUNNERS
from tests.contracts.modules import MODULES

# What a runner uses that makes no number: names of runs, the shape of what is kept, and plain JSON of it.
MAKES_NO_NUMBER = {"experiments.runners", "experiments.batch", "experiments.batch.case", "experiments.terminal",
                   "experiments.terminal.console", "experiments.terminal.streams", "experiments.claims",
                   "experiments.answer", "experiments"}


def reached(name):
    """All modules of experiments that a module imports, and those they import; the model has a digest of its own."""
    seen, ahead = set(), [name]
    while ahead:
        here = ahead.pop()
        if here in seen or here not in MODULES:
            continue
        seen.add(here)
        ahead += [target for target, _, typing in MODULES[here].imports
                  if not typing and target.split(".")[0] == "experiments"]
    return seen


@pytest.mark.parametrize("name", sorted(set(RUNNERS) - {"function"}))
def test_the_digest_of_a_runner_covers_all_code_that_makes_its_numbers(name, monkeypatch):
    runner = importlib.import_module(RUNNERS[name])
    covered = []
    monkeypatch.setattr(runner, "digest_of_files", lambda *paths: covered.extend(paths) or "")
    runner.digest.__wrapped__()
    covered = {module.name for module in MODULES.values() if module.path in covered}
    assert RUNNERS[name] in covered
    missing = reached(RUNNERS[name]) - covered - MAKES_NO_NUMBER
    assert not missing, f"name in digest() of {RUNNERS[name]}, or say here that it makes no number: {missing}"


def test_functions_with_known_answers_use_no_other_code():
    assert reached(RUNNERS["function"]) <= {RUNNERS["function"], *MAKES_NO_NUMBER}
