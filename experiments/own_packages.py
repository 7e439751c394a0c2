"""Notice when `model` or `seeds` is somebody else's: the names are common ones."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

_OURS = {"model": "parameters.py", "seeds": "parameters"}  # a file or folder by which ours is known


def foreign() -> str | None:
    """A sentence on the first package that is found in another folder than this one, or None."""
    home = Path(__file__).resolve().parent.parent
    for name, mark in _OURS.items():
        spec = find_spec(name)
        folders = [Path(each).resolve() for each in (spec and spec.submodule_search_locations) or ()]
        if home / name not in folders[:1] or not (home / name / mark).exists():
            return (
                f"Python finds another package called {name} before that of Call Sheet. Run callsheet in an "
                "environment of its own, from a folder that holds no such package, without PYTHONPATH."
            )
    return None
