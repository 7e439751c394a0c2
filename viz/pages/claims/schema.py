"""What a kept answer of ``callsheet claims`` must hold; anything else is refused with a sentence."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from experiments.claims.declared import claims
from experiments.claims.wording import GLYPHS, value_said
from model.safe_yaml import is_number

MOST_POINTS, MOST_FUTURES, MOST_DEPTH = 2000, 1000, 8
Text = Annotated[str, Field(max_length=1000)]
Number = float | None
Count = Annotated[int, Field(ge=0, le=10_000_000)]
Value = Number | Annotated[list[float], Field(max_length=200)]
Row = Annotated[list[Number], Field(max_length=60)]
Rows = Annotated[list[Row], Field(max_length=60)]


class Part(BaseModel):
    """A part of the file: what it does not know is left out."""

    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)


class Spread(Part):
    """A number over futures."""

    mean: Number
    q10: Number
    q90: Number
    futures_agreeing: Count


class AtPoint(Spread):
    """The same at one parameter point, and how the claim stands there."""

    stands: Literal["holds", "fails", "between", "unknown"]


class Border(Part):
    """One parameter on which a verdict turns."""

    parameter: Text
    label: Text
    unit: Text
    holds_if: Literal["above", "below"]
    border: Value
    fails_at: Value
    holds_at: Value
    now: Value | bool

    @model_validator(mode="after")
    def _can_be_said(self) -> Border:
        for each in (self.border, self.fails_at, self.holds_at, self.now):
            value_said(each, self.unit)  # an unknown unit is a ValueError
        return self


class OverPoints(Part):
    """At how many points a claim holds and fails."""

    points: Count
    points_holding: Count
    points_failing: Count


class ClaimRow(Part):
    """One claim as ``callsheet claims --json`` has it."""

    id: Text
    statement: Text
    kind: Literal["claim", "doubt"]
    measure: Text
    rule: Text
    verdict: Text
    measured: Spread
    over_parameters: OverPoints
    turns_on: Annotated[list[Border], Field(max_length=20)] | None

    @field_validator("id")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in claims():
            raise ValueError(f"there is no claim {value[:20]!r}")
        return value


class Axis(Part):
    """One axis of C3's surface."""

    parameter: Text
    label: Text
    at: Annotated[list[float], Field(min_length=1, max_length=60)]
    now: float


class Slice(Part):
    """One slice of it."""

    at: float
    label: Text
    work: Rows
    saving: Rows
    announced: Annotated[list[Annotated[list[bool], Field(max_length=60)]], Field(max_length=60)]
    zero_at: Row


class Middle(Part):
    """All but buyers' answer at its middle: the means along a row, and where they and single futures are zero."""

    row: Row
    zero_at: Number
    distance: Number
    zeros: Row


class Surface(Part):
    """Where C3 is zero."""

    across: Axis
    up: Axis
    slices: Annotated[list[Slice], Field(min_length=1, max_length=9)]
    middle: Middle
    cells: Count
    cells_above_zero: Count
    cells_announced: Count

    @model_validator(mode="after")
    def _square(self) -> Surface:
        wide, high = len(self.across.at), len(self.up.at)
        for piece in self.slices:
            grids = (piece.work, piece.saving, piece.announced)
            if any(len(grid) != high or any(len(row) != wide for row in grid) for grid in grids):
                raise ValueError(f"a slice is not {high} rows of {wide} cells")
            if len(piece.zero_at) != high:
                raise ValueError(f"zero_at is not {high} numbers")
        return self


class Ranked(Part):
    """How well one parameter parts the points."""

    parameter: Text
    accuracy: float
    correlation: float


class Share(Part):
    """One group's part of a number's variance."""

    group: Text
    parameters: Count
    alone: float
    alone_low: float
    alone_high: float
    total: float
    total_low: float
    total_high: float


class Shares(Part):
    """Where a number's variance comes from."""

    base: Count
    runs: Count
    used: Count
    scale: Annotated[float, Field(gt=0, le=10)]
    caution: Text
    rows: Annotated[list[Share], Field(min_length=1, max_length=40)]


class Detail(Part):
    """What shows why."""

    number: Text
    who: Text
    unit: Text
    border: float
    judged: Literal["reach", "worst_tenth", "none"]
    toward: Literal["up", "down"]
    at_middle: Text
    futures: Count
    finding: Text
    verdict: Literal[tuple(GLYPHS)]
    values: Annotated[list[Number], Field(max_length=MOST_FUTURES)]
    points: Annotated[list[AtPoint], Field(max_length=MOST_POINTS)]
    ranked: Annotated[list[Ranked], Field(max_length=20)]
    over_futures: dict[str, Any] | None = None
    over_points: dict[str, Any] | None = None
    several: Spread | None = None
    lost: dict[str, Any] | None = None
    steps: dict[str, Spread] | None = None
    surface: Surface | None = None
    shares: Shares | None = None

    @field_validator("over_futures", "over_points", "lost")
    @classmethod
    def _plain(cls, value: Any) -> Any:
        _check_nest(value, MOST_DEPTH)
        return value


class Design(Part):
    """How much was run."""

    futures: Count
    points: Count
    each: Count
    scale: Annotated[float, Field(gt=0, le=1)]
    seed: Count
    unknowns: Count
    unknown_kinds: Annotated[dict[Text, Count], Field(max_length=9)] = {}
    shares: Count = 0
    runs_failed: Count
    failed: Annotated[list[Text], Field(max_length=100)] = []


class Kept(Part):
    """The whole file."""

    model: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    made: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    design: Design
    claims: Annotated[list[ClaimRow], Field(min_length=1, max_length=20)]
    details: dict[Text, Detail]

    @model_validator(mode="after")
    def _each_has_its_detail(self) -> Kept:
        names = [each.id for each in self.claims]
        if len(set(names)) < len(names) or set(names) != set(self.details):
            raise ValueError("claims and details do not name the same claims, once each")
        return self


def _check_nest(value: Any, depth: int) -> None:
    """Raises for anything but words and finite numbers in lists and dicts of words, not too deep."""
    if isinstance(value, (dict, list)) and depth == 0:
        raise ValueError(f"it is nested deeper than {MOST_DEPTH} levels")
    if isinstance(value, dict):
        for each in value.values():
            _check_nest(each, depth - 1)
    elif isinstance(value, list):
        for each in value:
            _check_nest(each, depth - 1)
    elif not (value is None or isinstance(value, (str, bool)) or is_number(value)):
        raise ValueError("it holds a number that is not finite")
