"""Run a scenario, future by future, beside the one it is compared with, and write what came of it."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.settling import settle
from experiments.side_by_side import Report, side_by_side
from experiments.terminal import console, signals
from model import atomic
from model.atomic import MANIFEST
from model.errors import CallSheetError

if TYPE_CHECKING:
    from model.recording import Recording
    from model.scenario import Scenario

MINE, AGAINST = "recording", "recording_against"  # folders of the two worlds
Pair = tuple["Recording", "Recording | None"]


def run(
    scenario: Scenario, other: Scenario | None, out: Path | None, quiet: bool = False, dose: bool = False,
    posterior: bool = False,
) -> dict[str, Any]:
    """The summary of a scenario's futures; with `out` a folder that holds it appears there, whole or not
    at all. `dose` runs every future again with the ceiling on adoption at several heights. With `posterior` each
    future takes a draw of what the past leaves open, the same in both worlds.
    """
    if out is not None:
        _leaves_alone(Path(out))
    from experiments.answer.dose import Dose
    from experiments.answer.summary import summarise
    from experiments.posterior_futures import about_draws

    ceilings = Dose(scenario) if dose else None
    with atomic.folder(out) if out is not None else nullcontext() as stage:
        with console.progress(scenario.title or scenario.name, quiet) as progress:
            pairs = _kept(pairs_of(scenario, other, progress, posterior), stage)
            if ceilings is not None:
                pairs = ceilings.beside(pairs, _at_draw if posterior else _simulate, _tidy_up)
            summary = summarise(scenario, pairs, against=other)
            summary["posterior"] = about_draws(scenario.futures) if posterior else None
            if ceilings is not None:
                summary["shift"]["dose_response"] = ceilings.rows()
        if stage is not None:
            from experiments.page.outputs import write_outputs

            write_outputs(stage, scenario, summary)
    if out is not None and other is None:  # of an earlier run in the same folder: it would seem to belong to this one
        shutil.rmtree(Path(out) / AGAINST, ignore_errors=True)
    return summary


def _leaves_alone(out: Path) -> None:
    """Raise a sentence where a folder holds what is not ours and would be replaced."""
    from model.recording import FILES

    for name in (MINE, AGAINST):
        place = out / name
        inside = {each.name for each in place.iterdir()} if place.is_dir() else set()
        ours = inside <= FILES and (not inside or MANIFEST in inside)
        if place.exists() and not (place.is_dir() and ours):
            raise CallSheetError(f"{out.name} holds {name}, which is no recording of this program, or holds more, and "
                                 "would be lost. Move it, or choose another folder with --out.")


def pairs_of(
    scenario: Scenario, other: Scenario | None, progress: Report, posterior: bool = False
) -> Iterator[Pair]:
    """For each future the recording of the scenario and that of the other one, which share all chance and, with
    `posterior`, the same draw of it.
    """
    simulated = _at_draw if posterior else _simulate
    total = scenario.futures * scenario.weeks * (1 if other is None else 2)
    for future in range(scenario.futures):
        before = total // scenario.futures * future

        def shown(done: int, _: int = 0, before: int = before) -> None:
            signals.heed()
            progress(before + done, total)

        mine = partial(simulated, scenario, future)
        pair = (mine(shown), None) if other is None else side_by_side(mine, partial(simulated, other, future), shown)
        _tidy_up()
        yield pair


def _tidy_up() -> None:
    gc.collect()  # a market and its agents know each other; the collector does not see how large its arrays are
    settle()


def _simulate(scenario: Scenario, future: int, progress: Report | None = None) -> Recording:
    from model.simulate import simulate

    return simulate(scenario, future=future, progress=progress)


def _at_draw(scenario: Scenario, future: int, progress: Report | None = None) -> Recording:
    from experiments.posterior_futures import at_draw

    return _simulate(at_draw(scenario, future), future, progress)


def _kept(pairs: Iterator[Pair], stage: Path | None) -> Iterator[Pair]:
    """The same pairs; the recording of the first future is saved on its way."""
    for future, (mine, other) in enumerate(pairs):
        if stage is not None and future == 0:
            mine.save(stage / MINE)
            if other is not None:
                other.save(stage / AGAINST)
        yield mine, other
