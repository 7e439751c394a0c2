"""Run the pairs that come with the program: `python -m viz.precompute`, or `make precompute`.

Each future is one small file; those that are there and current are left alone, so that it can be stopped anywhere. To
keep the folder under four megabytes a file holds no single weeks: of every measure the means of quarters (at half
precision), the years and the horizon, and everything that is counted as whole numbers in full.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.runners.worlds import what_moves
from model.errors import CallSheetError
from viz.digests import Digest, digest
from viz.digests.shipped import FUTURES, MOST_BYTES, PAIRS, file_of, folder, is_current, wanted_pair

if TYPE_CHECKING:
    from model.recording import Recording
    from model.scenario import Scenario


def one_future(future: int, names: Sequence[str], scale: float, where: Path) -> int:
    """Run one future of every pair that is missing; a world that two pairs share runs once. Returns pairs made."""
    from model.simulate import simulate

    worlds: dict[str, Recording] = {}

    def world(scenario: Scenario) -> Recording:
        key = json.dumps(what_moves(scenario), sort_keys=True)
        if key not in worlds:
            worlds[key] = simulate(scenario, future=future, keep_events=False)
            gc.collect()  # a market and its agents know each other
        return worlds[key]

    made = 0
    for name in names:
        if future >= PAIRS.get(name, FUTURES):
            continue
        path = file_of(name, future, where)
        if not is_there(path, name, scale):
            scenario, other = wanted_pair(name, scale)
            digest(world(scenario), world(other)).reduced().save(path)
            made += 1
    return made


def is_there(path: Path, name: str, scale: float) -> bool:
    """Whether a file holds what would be run now."""
    try:
        return path.is_file() and is_current(Digest.load(path), name, scale)
    except CallSheetError:
        return False


def run(where: Path, scale: float = 1.0, futures: int = FUTURES, processes: int = 2, names: Sequence[str] = tuple(PAIRS)
        ) -> Iterator[tuple[int, int]]:
    """Make what is missing; yields futures done and in all."""
    with ProcessPoolExecutor(processes) as pool:
        asked = [pool.submit(one_future, future, tuple(names), scale, where) for future in range(futures)]
        for done, each in enumerate(as_completed(asked), start=1):
            each.result()
            yield done, futures


def size_of(where: Path) -> int:
    """Bytes of all pairs in a folder."""
    return sum(path.stat().st_size for path in where.glob("[!.]*.npz"))


def main(words: Sequence[str] | None = None) -> int:
    """The command; progress goes to stderr."""
    parser = argparse.ArgumentParser(prog="python -m viz.precompute", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=folder(), help="folder for the files (default: in the package)")
    parser.add_argument("--scale", type=float, default=1.0, help="agents per attached worker")
    parser.add_argument("--futures", type=int, default=FUTURES)
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args(words)
    try:
        for done, total in run(asked.out, asked.scale, asked.futures, asked.processes):
            print(f"{done} of {total} futures", file=sys.stderr, flush=True)
    except CallSheetError as trouble:
        print(f"precompute: {trouble}", file=sys.stderr)
        return 1
    size = size_of(asked.out)
    print(f"{size:,} bytes", file=sys.stderr)
    if size > MOST_BYTES:
        print(f"precompute: the folder holds {size:,} bytes, more than the {MOST_BYTES:,} that may be shipped. Run "
              "fewer futures.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
