"""What `claims --out` leaves behind: the JSON, the details that show why, and the page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from experiments.console import plain_json
from model import atomic


def write_outputs(folder: Path, found: dict[str, Any]) -> None:
    """Write claims.json, details.json and page.html, each whole or not at all; the runs beside them stay."""
    from experiments.claims.page import page

    for name, value in (("claims.json", found["claims"]),
                        ("details.json", {"design": found["design"], "claims": found["details"]})):
        text = json.dumps(plain_json(value), ensure_ascii=False, allow_nan=False, indent=1)
        atomic.write_file(folder / name, text + "\n")
    atomic.write_file(folder / "page.html", page(found))
