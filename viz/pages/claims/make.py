"""Make the answer that comes with the app from a folder of results: ``python -m viz.pages.claims.make FOLDER``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from model import atomic
from model.errors import CallSheetError
from viz.pages.claims.answer import SHIPPED, read
from viz.pages.claims.schema import Kept

DIGITS = 6  # of a number that is kept: a page shows four at most
OVER_POINTS = ("C8",)  # claims of which a table shows the same over points


def reduced(folder: Path) -> bytes:
    """What the page needs of a folder of results, as the file that is shipped; raises a sentence if it cannot be."""
    manifest, rows, details = (_json(folder, name) for name in ("manifest.json", "claims.json", "details.json"))
    try:
        kept = {
            "model": manifest["model"],
            "made": str(manifest["ended"])[:10],
            "design": details["design"],
            "claims": rows,
            "details": {name: {**each, "over_points": each["over_points"] if name in OVER_POINTS else None}
                        for name, each in details["claims"].items()},
        }
        plain = Kept.model_validate(_rounded(kept)).model_dump()
    except (KeyError, TypeError, ValidationError) as trouble:
        raise CallSheetError(f"{folder.name} does not hold an answer of callsheet claims as it is now "
                             f"({str(trouble).splitlines()[0][:120]}).") from None
    return (json.dumps(plain, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n").encode()


def _json(folder: Path, name: str) -> Any:
    try:
        return json.loads((folder / name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        missing = f"There is no {name} in {folder.name}. Run `callsheet claims --out FOLDER` first."
        raise CallSheetError(missing) from None


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    if isinstance(value, dict):
        return {name: _rounded(each) for name, each in value.items()}
    return [_rounded(each) for each in value] if isinstance(value, list) else value


def main(words: list[str]) -> int:
    """Make the shipped file from a folder."""
    if len(words) != 1:
        print("Give the folder of an answer of callsheet claims.", file=sys.stderr)
        return 2
    try:
        data = reduced(Path(words[0]))
        found = read(data)
    except CallSheetError as trouble:
        print(trouble, file=sys.stderr)
        return 2
    place = Path(__file__).resolve().parents[2].joinpath(*SHIPPED)
    atomic.write_file(place, data)
    print(f"{len(found.claims)} claims of model {found.model}, made {found.made}: {len(data):,} bytes.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
