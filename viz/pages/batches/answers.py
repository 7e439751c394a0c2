"""The answer of a study, read with bounds from anyone: what it must hold, and sentences for what does not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from experiments.study.session import ANSWER, MANIFEST, STUDY
from model.errors import CallSheetError, sentences
from model.safe_yaml import is_number
from model.scenario import MOST_SCALE
from viz.pages.batches.upload_limits import LONGEST_TEXT, MOST_BYTES, MOST_DEPTH, MOST_OWN_BYTES, MOST_VALUES
from viz.parts.wrong import wrong_says

PARTS = ("comparisons", "spread", "indices", "surface", "front", "verdicts")
EXPECTED = ("Expected is the `answer.json` that `callsheet study run` leaves in the folder of its results, beside "
            "`study.json`, `manifest.json` and `plan.parquet`. Choose that file.")
AGAIN = "`callsheet study report FOLDER` makes it anew from the runs that are there."
MOST_NAMES, MOST_MIXES, MOST_SLICES = 500, 10_000, 20
Text = Annotated[str, Field(max_length=2000)]
Number = float | None
_OTHERS = {STUDY: {"design", "question"}, MANIFEST: {"sessions", "model"}}  # entries by which they are told


class Part(BaseModel):
    """What has to be there; what else there is goes through, and each section looks at its own."""

    model_config = ConfigDict(extra="allow", frozen=True)


class Head(Part):
    """The study as it was asked."""

    name: Text = ""
    title: Text
    question: Text
    runner: Literal["worlds", "claims", "function"] = "worlds"
    against: Text | None = None
    scale: Annotated[float, Field(gt=0, le=MOST_SCALE)] = 1.0
    seed: int = 0
    design: dict[str, Any]


class Looked(Part):
    """An outcome that is looked at."""

    name: Text
    label: Text
    unit: Text
    way: Literal["level", "difference", "share"]


class Estimate(Part):
    """A mean with its interval."""

    mean: float
    low: Number
    high: Number
    n: int
    agreeing: int


class Outcome(Looked):
    """An outcome of a comparison."""

    estimate: Estimate | None


class Comparison(Part):
    """Two worlds at one point."""

    scenario: Text
    values: Annotated[dict[Text, Any], Field(max_length=200)]
    futures: int
    outcomes: Annotated[list[Outcome], Field(min_length=1, max_length=80)]


class Failed(Part):
    """One run that failed."""

    case: Text | None = None
    kind: Text | None = None
    message: Annotated[str, Field(max_length=LONGEST_TEXT)] | None = None


class Runs(Part):
    """How many runs there were."""

    total: Annotated[int, Field(ge=0)]
    failed: Annotated[int, Field(ge=0)]
    failures: Annotated[list[Failed], Field(max_length=200)] = []


class Factor(Part):
    """What points differ in."""

    name: Text
    label: Text
    unit: Text = ""


class Answer(Part):
    """The whole of answer.json, as far as every section needs it."""

    study: Head
    headline: Looked
    runs: Runs
    answer: Text = ""
    factors: Annotated[list[Factor], Field(max_length=500)] = []
    comparisons: Annotated[list[Comparison], Field(max_length=MOST_MIXES)] | None = None
    spread: dict[str, Any] | None = None
    indices: dict[str, Any] | None = None
    surface: dict[str, Any] | None = None
    front: dict[str, Any] | None = None
    verdicts: dict[str, Any] | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Answer:
        if all(getattr(self, each) is None for each in PARTS):
            raise ValueError(f"it holds none of {', '.join(PARTS)}")
        return self

    @model_validator(mode="after")
    def _tables_stay_small(self) -> Answer:
        """A table has a row for each point and a column for each factor named anywhere: both are bounded."""
        for part, name in ((self.front, "mixes"), (self.surface, "points"), (self.surface, "slices")):
            held = (part or {}).get(name)
            most = MOST_SLICES if name == "slices" else MOST_MIXES
            if isinstance(held, list) and len(held) > most:
                raise ValueError(f"{name} holds more than {most:,} entries")
            _check_names(held)
        _check_names((self.spread or {}).get("points"))
        names = {name for row in self.comparisons or () for name in row.values}
        if len(names) > MOST_NAMES:
            raise ValueError(f"comparisons name more than {MOST_NAMES} factors")
        return self


def _check_names(rows: Any) -> None:
    """Raises where the rows of a table name too many factors."""
    names: set[Any] = set()
    for row in rows if isinstance(rows, list) else ():
        values = row.get("values") if isinstance(row, dict) else None
        names.update(values if isinstance(values, dict) else ())
    if len(names) > MOST_NAMES:
        raise ValueError(f"points name more than {MOST_NAMES} factors")


def answer_in(place: Path) -> dict[str, Any] | None:
    """The answer of a folder; None before there is one."""
    path = place / ANSWER
    try:
        with path.open("rb") as file:
            data = file.read(MOST_OWN_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as trouble:
        raise CallSheetError(f"{ANSWER} cannot be read ({(trouble.strerror or 'no reason given').lower()}).") from None
    return answer_from(data, ANSWER, MOST_OWN_BYTES, AGAIN)


def answer_from(data: bytes, called: str, most: int = MOST_BYTES, next_step: str = EXPECTED) -> dict[str, Any]:
    """The answer that some bytes hold; raises a sentence for anything else, with what to do next."""
    called = " ".join(called.split())[:60] or "The file"
    if len(data) > most:
        raise CallSheetError(f"{called} is larger than {most >> 20} MB, the most that is read. {next_step}")
    try:
        found = json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError):  # a decoding error is a ValueError, too
        raise CallSheetError(f"{called} is not JSON that can be read. {next_step}") from None
    trouble = _unbounded(found)
    if trouble:
        raise CallSheetError(f"{called} {trouble}. {next_step}")
    try:
        Answer.model_validate(found)
    except ValidationError as wrong:
        said = f"{called} is not the answer of a study: {wrong_says(wrong.errors(include_url=False)[0])}."
        raise CallSheetError(sentences(said, _other_file(found), next_step)) from None
    return found


def _no_number(word: str) -> Any:
    raise ValueError(word)


def _unbounded(found: Any) -> str:
    """What is wrong with the size of a value: depth, how many, length of texts and numbers; or an empty text."""
    level, count, depth = [found], 0, 0
    while level:
        depth += 1
        count += len(level)
        if depth > MOST_DEPTH:
            return f"is nested deeper than {MOST_DEPTH} levels"
        if count > MOST_VALUES:
            return f"holds more than {MOST_VALUES:,} values"
        below: list[Any] = []
        for each in level:
            if isinstance(each, dict):
                if any(len(name) > LONGEST_TEXT for name in each):
                    return f"holds a name longer than {LONGEST_TEXT:,} letters"
                if not all(map(_can_be_shown, each)):
                    return "holds a name with half a letter (a lone surrogate)"
                below += each.values()
            elif isinstance(each, list):
                below += each
            elif isinstance(each, str):
                if len(each) > LONGEST_TEXT:
                    return f"holds a text longer than {LONGEST_TEXT:,} letters"
                if not _can_be_shown(each):
                    return "holds a text with half a letter (a lone surrogate)"
            elif not (each is None or isinstance(each, bool) or is_number(each)):
                return "holds a number that is not finite"
        level = below
    return ""


def _can_be_shown(text: str) -> bool:
    """JSON may escape half of a pair that makes one letter: such a text is none that a page can be made of."""
    return text.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in text)


def _other_file(found: Any) -> str:
    """A sentence where a file looks like another of a study's folder; "" where it does not."""
    alike = next((name for name, keys in _OTHERS.items() if isinstance(found, dict) and keys <= found.keys()), "")
    return f"It looks like the `{alike}` of that folder." if alike else ""
