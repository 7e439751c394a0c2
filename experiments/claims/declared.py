"""The claims as `seeds/claims.yaml` declares them: statement, measure, rule, and how a point is judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from model.errors import CallSheetError, UnknownName, nearest, sentences
from model.safe_yaml import read_yaml

WORST_TENTH = "worst_tenth"
JUDGED = ("reach", WORST_TENTH, "none")
TOWARD = ("up", "down")


@dataclass(frozen=True)
class Claim:
    """One claim or doubt. ``threshold`` is what a judged one has to reach; ``mark`` is where the others are counted."""

    id: str
    statement: str
    who: str
    kind: str
    measure: str
    rule: str
    number: str
    unit: str
    judged: str
    threshold: float | None = None
    mark: float | None = None
    toward: str = "up"

    def __post_init__(self) -> None:
        for name, value, known in (("judged", self.judged, JUDGED), ("toward", self.toward, TOWARD)):
            if value not in known:
                raise CallSheetError(f"{self.id}: {name} is {value!r}; one of {', '.join(known)} is needed.")

    @property
    def has_verdict(self) -> bool:
        """Whether its rule names a threshold."""
        return self.judged != "none"

    @property
    def border(self) -> float:
        """The number on which points part: the threshold, or the mark where there is none."""
        return float(self.threshold if self.threshold is not None else self.mark)


@cache
def claims() -> dict[str, Claim]:
    """Every claim by id, in the order of the file."""
    entries = read_yaml(resources.files("seeds") / "claims.yaml")
    known = Claim.__dataclass_fields__
    return {
        name: Claim(id=name, **{key: value for key, value in entry.items() if key in known})
        for name, entry in entries.items()
    }


def claim(name: str) -> Claim:
    """One claim; raises a sentence for an id that does not exist."""
    found = claims().get(name.strip().upper())
    if found is None:
        raise UnknownName(sentences(f"There is no claim {name[:40]}.", nearest(name, claims())))
    return found


def chosen(names: Sequence[str]) -> tuple[str, ...]:
    """The ids of the claims that somebody names, each once, or of all where nobody names any."""
    return tuple(dict.fromkeys(claim(name).id for name in names or claims()))
