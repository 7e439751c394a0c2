"""A kept answer of ``callsheet claims``: read with bounds, and the one that comes with the app."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from pydantic import ValidationError

from model.digest import same_results
from model.errors import CallSheetError
from viz.pages.claims.schema import Kept
from viz.parts.wrong import wrong_says

MOST_BYTES = 1_500_000
SHIPPED = ("shipped", "claims.json")


@dataclass(frozen=True)
class ClaimsAnswer:
    """Claims, details and design as the study of the claims gives them, and what made them."""

    model: str
    made: str
    design: dict[str, Any]
    claims: list[dict[str, Any]]
    details: dict[str, dict[str, Any]]

    @property
    def found(self) -> dict[str, Any]:
        """As the reports of the headless half take it."""
        return {"design": self.design, "claims": self.claims, "details": self.details}

    @property
    def stale(self) -> bool:
        """Whether the model or its data have changed since."""
        return not same_results(self.model)


def read(data: bytes, called: str = "claims.json") -> ClaimsAnswer:
    """The answer that a file holds; raises a sentence for one that is too large or something else."""
    if len(data) > MOST_BYTES:
        raise CallSheetError(f"{called} has {len(data):,} bytes; at most {MOST_BYTES:,} are read. {_again()}")
    try:
        kept = Kept.model_validate_json(data)
    except ValidationError as trouble:
        first = wrong_says(trouble.errors(include_url=False)[0])
        raise CallSheetError(f"{called} is no kept answer of callsheet claims: {first}. {_again()}") from None
    plain = kept.model_dump()
    return ClaimsAnswer(kept.model, kept.made, plain["design"], plain["claims"], plain["details"])


@cache
def shipped() -> ClaimsAnswer:
    """The answer that comes with the app."""
    file = resources.files("viz").joinpath(*SHIPPED)
    try:
        data = file.read_bytes()
    except OSError:
        raise CallSheetError(f"The answer that comes with the app is not there. {_again()}") from None
    return read(data)


def _again() -> str:
    return "Make it anew with `callsheet claims --out FOLDER` and `python -m viz.pages.claims.make FOLDER`."
