"""What a calibration leaves: its findings as JSON and its posterior draws as a table."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from experiments.calibration.declared import groups
from experiments.calibration.shipped import DRAWS, FINDINGS, REHEARSAL
from experiments.calibration.steps import LEAST_EFFECT, Found, summary
from experiments.terminal.console import plain_json
from model import atomic
from model.digest import model_digest


def findings(found: Found, checked: dict[str, Any]) -> dict[str, Any]:
    """Everything worth keeping, as plain JSON."""
    return plain_json({
        "model": model_digest(),
        "plan": asdict(found.plan),
        "observed": {name: {"noise": each.noise, "misfit": each.misfit, "unit": each.unit, "label": each.label}
                     for name, each in groups().items()},
        "least_effect": LEAST_EFFECT,
        "screened": [asdict(each) for each in found.screened],
        "table": {"runs": len(found.table.found), "observations": len(found.table.looked_at)},
        "distance": {"of_published": found.posterior.distance, "further_out": found.posterior.distance_rank},
        "parameters": summary(found),
        "check": checked,
    })  # fmt: skip


def write(folder: Path, found: Found, checked: dict[str, Any], rehearsed: list[dict[str, Any]] | None) -> None:
    """Findings, draws and, if there was one, the rehearsal into a folder, each in one step."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(findings(found, checked), indent=1, ensure_ascii=False, allow_nan=False)
    atomic.write_file(folder / FINDINGS, text + "\n")
    if rehearsed is not None:
        text = json.dumps(plain_json({"model": model_digest(), "rows": rehearsed}), indent=1, allow_nan=False)
        atomic.write_file(folder / REHEARSAL, text + "\n")
    names, lines = list(found.draws[0]), io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([[each[name] for name in names] for each in found.draws])
    atomic.write_file(folder / DRAWS, lines.getvalue())
