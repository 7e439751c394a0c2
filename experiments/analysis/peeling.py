"""Peeling a box and pasting back onto it: the two moves of the patient rule induction method."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from experiments.analysis.boxes import Data, inside

Face = tuple[int, str]


def peel(given: Data, patience: float, least_mass: float) -> list[dict[Face, Any]]:
    """Faces of every box on the way from all points down to `least_mass` of them, each a little smaller.

    At each step the cut that gains most density for each point removed, so that an input of few values, which can
    only be cut in large slices, competes fairly. Ties go to the input named first. `patience` is the share of the
    points inside that a cut of a number takes away. Source: Friedman and Fisher (1999), Bump hunting in
    high-dimensional data; for each point removed: Kwakkel and Jaxa-Rozen (2016), Improving scenario discovery.
    """
    faces: dict[Face, Any] = {}
    path, kept = [faces], np.ones(len(given.x), bool)
    while given.holds[kept].any() and not given.holds[kept].all():
        points, density = int(kept.sum()), float(given.holds[kept].mean())
        best, chosen = (-np.inf, -np.inf), None
        for face, at, stays in _cuts(given, kept, patience):
            left = int(stays.sum())
            if left == points or left < max(1.0, least_mass * len(given.x)):
                continue
            gain = float(given.holds[stays].mean()) - density
            # A loss is not to look smaller for being spread over more points.
            worth = (gain / (points - left), gain) if gain > 0 else (gain, gain)
            if worth > best:
                best, chosen = worth, (face, at, stays)
        if chosen is None:
            break
        face, at, kept = chosen
        faces = {**faces, face: at}
        path.append(faces)
    return path


def _cuts(given: Data, kept: np.ndarray, patience: float) -> Iterator[tuple]:
    """Every cut open to a box: (face, where it would stand, which points stay)."""
    for place, kind in enumerate(given.kinds):
        column = given.x[:, place]
        values = column[kept]
        if kind == "category":
            here = np.unique(values)
            for value in here if here.size > 1 else ():
                yield (place, "values"), frozenset(here[here != value].tolist()), kept & (column != value)
            continue
        ordered = np.unique(values) if kind == "few" else np.sort(values)
        if ordered[0] == ordered[-1]:
            continue
        take = 1 if kind == "few" else max(1, int(patience * ordered.size))
        low = ordered[take] if ordered[take] > ordered[0] else ordered[ordered > ordered[0]][0]
        high = ordered[-1 - take] if ordered[-1 - take] < ordered[-1] else ordered[ordered < ordered[-1]][-1]
        if kind == "number":  # between the last point left out and the first one kept
            low = (ordered[ordered < low][-1] + low) / 2
            high = (ordered[ordered > high][0] + high) / 2
        yield (place, "low"), low, kept & (column >= low)
        yield (place, "high"), high, kept & (column <= high)


def paste(given: Data, faces: dict[Face, Any], patience: float) -> dict[Face, Any]:
    """The box let out again wherever that does not lower its density, best gain in points of interest first.

    Peeling sees one face at a time and may cut too deep; this gives back what later cuts made unnecessary.
    Source: Friedman and Fisher (1999).
    """
    while True:
        kept = inside(given, faces)
        density, held = float(given.holds[kept].mean()), int(given.holds[kept].sum())
        best, chosen = held, None
        for face in faces:
            for wider in _wider(given, faces, face, max(1, int(patience * kept.sum()))):
                grown = inside(given, wider)
                more = int(given.holds[grown].sum())
                if more > best and given.holds[grown].mean() >= density:
                    best, chosen = more, wider
        if chosen is None:
            return faces
        faces = chosen


def _wider(given: Data, faces: dict[Face, Any], face: Face, take: int) -> Iterator[dict[Face, Any]]:
    """The box with one face moved out by a slice or part of one, or taken away where nothing is left beyond it."""
    place, side = face
    open_ = {key: at for key, at in faces.items() if key != face}
    column = given.x[:, place]
    beyond = np.sort(column[inside(given, open_) & ~inside(given, {face: faces[face]})])
    if beyond.size == 0:
        return
    if side == "values":
        for value in np.unique(beyond):
            yield {**open_, face: faces[face] | {float(value)}}
        return
    if side == "low":
        beyond = beyond[::-1]
    if given.kinds[place] == "few":
        steps = list(dict.fromkeys(beyond.tolist()))
        yield open_ if len(steps) == 1 else {**open_, face: steps[0]}
        return
    while take:  # a whole slice, or less of it where the slice would reach too far
        yield open_ if beyond.size <= take else {**open_, face: (beyond[take - 1] + beyond[take]) / 2}
        take //= 2
