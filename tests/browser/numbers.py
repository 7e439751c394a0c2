"""What `callsheet simulate --json` says of settings, and what a page shows of the same, cell by cell."""

from __future__ import annotations

import json
import math
import os
import re
import subprocess
import sys
from collections.abc import Sequence

from tests.browser.served import ROOT, SCALE

MINUS = "−"
SIGNIFICANT = 3  # figures of a number in a sentence
_NUMBER = re.compile(r"[−+]?\$?\d[\d,]*(?:\.\d+)?")
_ROWS = """name => [...document.querySelectorAll(`table[id="${name}"] tbody tr`)].map((row) => [...row.cells].map(
  (cell) => [cell.textContent.trim(), cell.querySelector("data")?.value ?? null]))"""
_TWIN = """title => { const twin = [...document.querySelectorAll("details.twin")]
  .find((each) => each.querySelector("summary").textContent === title);
  twin.open = true;
  const rows = [...twin.querySelectorAll("tbody tr")];
  return rows.length ? rows.map((row) => [...row.cells].map((cell) => cell.textContent)) : null; }"""


def simulated(*asked: Sequence[str]) -> list[dict]:
    """What the command line says to each of several sets of words, at the scale of the app that is tested."""
    command = [sys.executable, "-m", "experiments", "simulate", "--scale", str(SCALE), "--json"]
    running = [subprocess.Popen([*command, *words], cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)},
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for words in asked]
    found = [each.communicate(timeout=300) for each in running]
    assert not any(each.returncode for each in running), [errors for _, errors in found]
    return [json.loads(text) for text, _ in found]


def table(page, name: str) -> list[list[tuple[str, str | None]]]:
    """Rows of a table on a page: of each cell its text, and the number behind it."""
    found = page.evaluate(_ROWS, f"table-{name}")
    assert found, f"the page has no table {name}"
    return found


def twin(page, title: str) -> list[list[str]]:
    """Rows of the table that stands for a picture of the stage."""
    return page.wait_for_function(_TWIN, arg=title).json_value()


def amount(text: str) -> tuple[float, float]:
    """The number that a text begins with, and the step of its last figure; percents and points as shares."""
    found = _NUMBER.search(text)
    assert found, f"there is no number in {text!r}"
    plain = found[0].replace(MINUS, "-").replace("$", "").replace(",", "").replace("+", "")
    step = 10.0 ** -len(plain.partition(".")[2])
    rest = text[found.end():].lstrip()
    factor = 0.01 if rest.startswith(("%", "points")) else 1.0
    return float(plain) * factor, step * factor


def reads(text: str, value: float | None, in_words: bool = False) -> bool:
    """Whether a text is a number, as finely as it is written; in words, with as many figures as a sentence bears."""
    if value is None or not math.isfinite(value):
        return text == "–"
    read, step = amount(text)
    if in_words and value:
        step = max(step, 10.0 ** (math.floor(math.log10(abs(value))) - SIGNIFICANT + 1))
    return abs(read - value) <= 0.5001 * step and (not read or (read < 0) == (value < 0))


def same(one: float, other: float, fine: float = 1e-9) -> bool:
    """Whether two sums over the same futures are one number."""
    return math.isclose(one, other, rel_tol=fine, abs_tol=100 * fine)


def differing(shown: list, wanted: list[list]) -> list[str]:
    """What a table shows otherwise than wanted: a row is texts and numbers, None for a dash and ... for what is not
    looked at.
    """
    wrong = [] if len(shown) == len(wanted) else [f"{len(shown)} rows, not {len(wanted)}"]
    for row, cells in zip(shown, wanted, strict=False):
        for at, (cell, value) in enumerate(zip(row, cells, strict=True)):
            text, behind = cell
            if value is ...:
                continue
            if isinstance(value, str):
                right = text == value
            elif value is None:
                right = text == "–" and behind is None
            else:
                right = reads(text, value) and (at == 0 or behind is not None and same(float(behind), value))
            if not right:
                wrong.append(f"{row[0][0]}, column {at}: {text} ({behind}), not {value}")
    return wrong
