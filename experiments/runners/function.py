"""Functions with known answers in the place of the model, to check the way from a study to its report; and runs that
go wrong in every way a run can, to see that a batch survives them.
"""

from __future__ import annotations

import math
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

from experiments.runners import Outcome
from model.errors import CallSheetError, UnknownName, nearest, sentences
from model.rng import future_seed

_VERSION = "1"  # of what these functions return


def digest() -> str:
    """They depend on nothing but themselves."""
    return f"functions {_VERSION}"


def run(asks: Mapping[str, Any]) -> Outcome:
    """``function`` by name at ``x``, numbers by name, in ``future``."""
    name = asks.get("function")
    if name not in FUNCTIONS:
        raise UnknownName(sentences(f"There is no function {str(name)[:40]}.", nearest(str(name), FUNCTIONS)))
    return FUNCTIONS[name](asks.get("x", {}), int(asks.get("future", 0)))


def _ishigami(x: Mapping[str, float], future: int) -> Outcome:
    """Ishigami and Homma 1990, a = 7, b = 0.1: first-order indices 0.314, 0.442, 0; total 0.558, 0.442, 0.244."""
    a, b, c = (float(x[name]) for name in ("x1", "x2", "x3"))
    return Outcome({"y": math.sin(a) + 7.0 * math.sin(b) ** 2 + 0.1 * c**4 * math.sin(a)})


def _ishigami_with_a_hole(x: Mapping[str, float], future: int) -> Outcome:
    """The same, but the runs near one point fail."""
    if abs(float(x["x1"]) - 1.0) < 0.02 and float(x["x2"]) > 1.0:
        raise ArithmeticError("there is a hole here")
    return _ishigami(x, future)


def _noisy_line(x: Mapping[str, float], future: int) -> Outcome:
    """The sum of x, and chance that belongs to the future: a normal deviate with standard deviation 1."""
    u = [(future_seed(k, future) % 2**53 + 0.5) / 2**53 for k in (1, 2)]
    deviate = math.sqrt(-2.0 * math.log(u[0])) * math.cos(2.0 * math.pi * u[1])
    line = sum(float(each) for each in x.values())
    return Outcome({"y": line + deviate}, {"step": [0.0, 1.0], "y": [line, line + deviate]}, {"x": dict(x)})


def _slow_line(x: Mapping[str, float], future: int) -> Outcome:
    """The same, after a while."""
    time.sleep(0.02)
    return _noisy_line(x, future)


def _sleeps(x: Mapping[str, float], future: int) -> Outcome:
    time.sleep(float(x.get("seconds", 0.01)))
    return Outcome({"y": float(future)})


def _works(x: Mapping[str, float], future: int) -> Outcome:
    """Keeps a processor busy for some seconds."""
    until, n = time.process_time() + float(x.get("seconds", 0.01)), 0
    while time.process_time() < until:
        n += 1
    return Outcome({"y": float(future)})


def _raises(x: Mapping[str, float], future: int) -> Outcome:
    raise ArithmeticError("this run was asked to fail")


def _complains(x: Mapping[str, float], future: int) -> Outcome:
    raise CallSheetError("This run was asked to fail with a sentence.")


def _leaves(x: Mapping[str, float], future: int) -> Outcome:
    sys.exit(3)


def _kills(x: Mapping[str, float], future: int) -> Outcome:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")


def _hangs(x: Mapping[str, float], future: int) -> Outcome:
    time.sleep(3600.0)
    raise AssertionError("unreachable")


FUNCTIONS: dict[str, Callable[[Mapping[str, float], int], Outcome]] = {
    "ishigami": _ishigami,
    "ishigami_with_a_hole": _ishigami_with_a_hole,
    "noisy_line": _noisy_line,
    "slow_line": _slow_line,
    "sleeps": _sleeps,
    "works": _works,
    "raises": _raises,
    "complains": _complains,
    "leaves": _leaves,
    "kills": _kills,
    "hangs": _hangs,
}
