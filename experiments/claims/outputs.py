"""What `claims --out` leaves behind: the JSON, the details that show why, and the page."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from experiments.terminal.console import plain_json
from model import atomic
from model.digest import model_digest


def write_outputs(folder: Path, found: dict[str, Any], manifest: bool = True) -> None:
    """Write claims.json, details.json, manifest.json (which model, and when) and page.html, each whole or not at all.
    The runs beside them stay, and so does the ``manifest`` of a study, which says more.
    """
    from experiments.claims.page import page

    made = {"model": model_digest(), "ended": datetime.now(UTC).isoformat(timespec="seconds")}
    for name, value in (("claims.json", found["claims"]), *([("manifest.json", made)] if manifest else []),
                        ("details.json", {"design": found["design"], "claims": found["details"]})):
        text = json.dumps(plain_json(value), ensure_ascii=False, allow_nan=False, indent=1)
        atomic.write_file(folder / name, text + "\n")
    atomic.write_file(folder / "page.html", page(found))
