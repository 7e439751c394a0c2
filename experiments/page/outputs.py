"""What `simulate --out` leaves behind beside the recording: the scenario, the summary and the page, as files
that stand alone.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.terminal import console

if TYPE_CHECKING:
    from model.scenario import Scenario

PAGE = "page.html"


def write_outputs(folder: Path, scenario: Scenario, summary: dict[str, Any]) -> None:
    """Fill a folder that is not yet in its place."""
    (folder / "scenario.yaml").write_text(scenario.to_yaml(), encoding="utf-8")
    text = json.dumps(console.plain_json(summary), ensure_ascii=False, allow_nan=False, indent=1)
    (folder / "summary.json").write_text(text + "\n", encoding="utf-8")
    if "monthly_jobs" in summary:  # a summary made by somebody else may hold less than a page needs
        from experiments.page.page import page

        try:
            drawn = page(summary, scenario)
        except Exception as trouble:  # figures are worth more than their picture
            console.log.error("The page could not be made; the recording and the summary are kept. %s",
                              console.unexpected(trouble))
            return
        (folder / PAGE).write_text(drawn, encoding="utf-8")
