"""The report of a study: placeholder until drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def report(found: dict[str, Any], out: Path) -> str:
    """The page."""
    return f"<!doctype html><title>{found['study']['title']}</title>"
