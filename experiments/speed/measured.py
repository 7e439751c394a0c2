"""Figures that take long to measure, each with the model, the machine and the day it was measured on.

``make measure`` writes them into MEASURED.json; ``make release-check`` refuses a release whose figures were measured on
another model. Run as ``python -m experiments.speed.measured`` it lists them, stale ones first.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import time
from pathlib import Path
from typing import Any

from model import atomic
from model.digest import model_digest

WHERE = "CALLSHEET_MEASURED"  # names the file that figures are written to; without it nothing is written
FILE = Path(__file__).resolve().parents[2] / "MEASURED.json"


def measured(name: str, value: float, unit: str, wanted: str = "") -> None:
    """Keep a figure; ``wanted`` is what it should be, in words such as "at most 2 %"."""
    path = os.environ.get(WHERE)
    if not path:
        return
    held = figures(Path(path))
    held[name] = {
        "value": value, "unit": unit, "wanted": wanted, "model": model_digest(),
        "day": time.strftime("%Y-%m-%d", time.gmtime()), "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
    }  # fmt: skip
    atomic.write_file(Path(path), json.dumps(dict(sorted(held.items())), indent=1) + "\n")


def figures(path: Path = FILE) -> dict[str, dict[str, Any]]:
    """All figures by name; none where the file is missing."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}


def stale(held: dict[str, dict[str, Any]]) -> list[str]:
    """The names of figures that were measured on another model."""
    return [name for name, each in held.items() if each["model"] != model_digest()]


def main() -> int:
    """List the figures; the exit code is 1 if any is stale or there are none."""
    held = figures()
    old = stale(held)
    for name, each in sorted(held.items(), key=lambda item: (item[0] not in old, item[0])):
        mark = "stale " if name in old else "      "
        wanted = f" (wanted: {each['wanted']})" if each["wanted"] else ""
        sys.stdout.write(f"{mark}{name}: {each['value']:g} {each['unit']}{wanted}, {each['day']}\n")
    sys.stdout.write(f"{len(held)} figures, {len(old)} of them stale\n")
    return 1 if old or not held else 0


if __name__ == "__main__":
    sys.exit(main())
