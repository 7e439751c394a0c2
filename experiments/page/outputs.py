"""What `simulate --out` leaves behind beside the recording: the scenario, the summary and the page, as files
that stand alone.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.terminal.console import plain_json

if TYPE_CHECKING:
    from model.scenario import Scenario

PAGE = "page.html"


def write_outputs(folder: Path, scenario: Scenario, summary: dict[str, Any]) -> None:
    """Fill a folder that is not yet in its place."""
    (folder / "scenario.yaml").write_text(scenario.to_yaml(), encoding="utf-8")
    text = json.dumps(plain_json(summary), ensure_ascii=False, allow_nan=False, indent=1)
    (folder / "summary.json").write_text(text + "\n", encoding="utf-8")
    if "monthly_jobs" in summary:  # a summary made by somebody else may hold less than a page needs
        from experiments.page.page import page

        (folder / PAGE).write_text(page(summary, scenario), encoding="utf-8")
