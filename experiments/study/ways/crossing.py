"""Where the headline crosses zero over two or three factors: points go where an emulator is unsure of the side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from experiments.answer.wording import figure, uncapitalized
from experiments.study import plan
from experiments.study.plan import Row
from experiments.study.session import Session
from experiments.study.ways.compared import about_factor

SIZE = 25  # cells along an axis of the picture
SLICES = (0.1, 0.5, 0.9)  # of the third factor


def answer(session: Session, beside: Path | None) -> dict[str, Any]:
    """The surface, the points it rests on, and the emulator's error on points it had not seen."""
    from experiments.analysis import emulator, surface

    study, design = session.study, session.study.design
    where = surface.first(len(study.factors), design.start, study.seed)
    rows = _run(session, where, 0)
    mean, error = _by_point(session, rows, len(where))
    while len(where) < design.points:
        count = min(design.batch, design.points - len(where))
        more = surface.next_points(where, mean, _noise(error), count, study.seed + len(where))
        rows += _run(session, more, len(where))
        where = np.vstack([where, more])
        mean, error = _by_point(session, rows, len(where))
    fitted = emulator.fit(where, mean, _noise(error))
    points = plan.points_at(study, where)
    return {
        "surface": {
            **_slices(session, fitted),
            "axes": [_axis(each) for each in study.factors[:2]],
            "points": [{"values": dict(each.values), "mean": m, "se": e}
                       for each, m, e in zip(points, mean.tolist(), error.tolist(), strict=True)],
            "error": {"rmse": fitted.rmse, "rmse_mean": fitted.rmse_mean, "covered": fitted.covered,
                      "caution": fitted.caution, "points": fitted.n},
        },
        "factors": [about_factor(each) for each in study.factors],
    }  # fmt: skip


def _run(session: Session, where: np.ndarray, first: int) -> list[Row]:
    rows = plan.rows(session.study, plan.points_at(session.study, where, first))
    session.run(rows)
    return rows


def _by_point(session: Session, rows: list[Row], points: int) -> tuple[np.ndarray, np.ndarray]:
    """(mean over futures, its standard error) at each point; NaN where every run failed."""
    values = session.values(rows)
    mean, error = np.full(points, np.nan), np.full(points, np.nan)
    number = np.array([row.point for row in rows], int)
    for k in range(points):
        there = values[(number == k) & np.isfinite(values)]
        if there.size:
            mean[k] = there.mean()
            error[k] = there.std(ddof=1) / np.sqrt(there.size) if there.size > 1 else np.nan
    return mean, error


def _noise(error: np.ndarray) -> np.ndarray | None:
    """Standard errors for the emulator: those of points with one future are like the others' median."""
    known = error[np.isfinite(error)]
    return np.where(np.isfinite(error), error, np.median(known)) if known.size else None


def _axis(each: Any) -> dict[str, Any]:
    at = [each.at(u) for u in np.linspace(0.0, 1.0, SIZE).tolist()]
    if any(isinstance(value, tuple) for value in at):  # a list moves as a whole; its mean stands for it
        return {"name": each.name, "label": f"{each.label}: mean", "unit": each.unit,
                "at": [float(np.mean(value)) for value in at]}
    return {"name": each.name, "label": each.label, "unit": each.unit, "at": at}


def _slices(session: Session, fitted: Any) -> dict[str, Any]:
    """The picture at the middle of a third factor, and at both sides of it."""
    from experiments.analysis.surface import crossing

    study = session.study
    third = study.factors[2] if len(study.factors) > 2 else None
    found = []
    for at in SLICES if third else (0.5,):
        held = [0.5, 0.5] + ([at] if third else [])
        piece = crossing(fitted, (0, 1), held, size=SIZE)
        label = f"{third.label} {third.at(at)}" if third else ""
        found.append({"label": label, "grid": piece.mean.T.tolist(), "above": piece.above.T.tolist(),
                      "error": piece.error, "unsure": piece.unsure,
                      "share_above": float((piece.mean > 0).mean())})  # fmt: skip
    middle = found[len(found) // 2]
    head = uncapitalized(study.looked_at[0].label)
    unsure = f"on {figure(middle['unsure'], 'share')} of it the emulator cannot tell the side"
    if not np.any(middle["grid"]):
        said = f"In the middle slice {head} is nothing everywhere: nothing crosses."
    elif middle["share_above"] in (0.0, 1.0):
        side = "above" if middle["share_above"] else "below"
        sure = f", but {unsure}" if middle["unsure"] else "; nothing crosses"
        said = f"Everywhere in the middle slice {head} lies {side} zero{sure}."
    else:
        said = (f"In the middle slice {head} lies above zero on {figure(middle['share_above'], 'share')} of the area; "
                f"{unsure}.")
    return {"said": said, "grid": middle["grid"], "above": middle["above"], "slices": found}
