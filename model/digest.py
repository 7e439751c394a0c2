"""The model's digest: which code and data a result came from.

It covers every source file of the model and every data file that can move a result (line endings normalized,
blank lines and whole-line comments ignored), and the versions of numpy and numba that compile it. Compiled
kernels are kept in the user's cache folder under this digest, since numba by itself does not notice that a
helper in another file was edited.
"""

from __future__ import annotations

import hashlib
import os
from functools import cache
from importlib import metadata, resources
from pathlib import Path
from typing import Any

MODELS = Path(str(resources.files("seeds"))) / "models.yaml"
_DATA = (".csv", ".yaml")
# Said about results, never part of them.
_NOT_RESULTS = ("sources.yaml", "facts.yaml", "claims.yaml", "outages.csv", "adoption_of_technology.csv",
                "outside.yaml", "calibration.yaml", "models.yaml")
# Data to compare with, and questions that carry their own identity.
_ASIDE = ("history", "forecasts", "posterior", "scenarios")


def _content(path: Path) -> bytes:
    lines = path.read_bytes().replace(b"\r\n", b"\n").split(b"\n")
    kept = (line.rstrip() for line in lines)
    return b"\n".join(line for line in kept if line and not line.lstrip().startswith(b"#"))


def _files() -> list[tuple[str, Path]]:
    model = Path(__file__).parent
    found = [(f"model/{path.relative_to(model).as_posix()}", path) for path in model.rglob("*.py")]
    seeds = Path(str(resources.files("seeds")))
    for path in seeds.rglob("*"):
        inside = path.relative_to(seeds)
        if path.suffix in _DATA and inside.parts[0] not in _ASIDE and path.name not in _NOT_RESULTS:
            found.append((f"seeds/{inside.as_posix()}", path))
    return sorted(found)


@cache
def model_digest() -> str:
    """Thirty-two hex digits for the code, the data and the versions that compile it."""
    digest = hashlib.blake2b(digest_size=16)
    for package in ("numpy", "numba"):
        digest.update(f"{package} {'.'.join(metadata.version(package).split('.')[:2])}\n".encode())
    for name, path in _files():
        digest.update(name.encode() + b"\0" + _content(path) + b"\0")
    return digest.hexdigest()


def models_alike(file: Path = MODELS) -> dict[str, Any]:
    """Digests of models that give the same recordings: of every run (``models``), and at least of runs in which nobody
    uses AI (``without_ai``); and what recordings are in some ``runs``, by name.
    """
    from model.safe_yaml import read_yaml  # here, since this module is imported before anything else

    kept = (read_yaml(file) if file.is_file() else None) or {}
    return {"models": list(kept.get("models") or ()), "without_ai": list(kept.get("without_ai") or ()),
            "runs": dict(kept.get("runs") or {})}


@cache
def _alike(ai: bool) -> frozenset[str]:
    return frozenset(models_alike()["models" if ai else "without_ai"])


def same_results(digest: str, ai: bool = True) -> bool:
    """Whether the installed model gives what a model of this ``digest`` gave: it is the same one, or one rewritten
    without any effect on results (``python -m experiments.same_results``).

    ``ai``: whether AI may be used in the runs in question. Those of the past, the fit and the forecast know none, and
    stay what they are when only AI works in another way.
    """
    return digest == model_digest() or {digest, model_digest()} <= _alike(ai)


def cache_folder() -> Path:
    """Where this project keeps what can be computed again: ``CALLSHEET_CACHE``, or the user's cache folder."""
    asked = os.environ.get("CALLSHEET_CACHE")
    if asked:
        return Path(asked)
    from platformdirs import user_cache_path

    return user_cache_path("callsheet", appauthor=False)


def compile_cache() -> Path:
    """Where numba keeps compiled kernels: in the user's cache, under this digest."""
    return cache_folder() / "compiled" / model_digest()[:16]
