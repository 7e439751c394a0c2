"""How fast a week is, in how much memory, and beside other ways to do the same.

What is timed is `simulate` itself, with every mechanism on and everything recorded, in CPU seconds of one
process; compiling, memory and the time to a first result are taken in processes of their own. Run as a
module this file is such a process: it takes weeks and scale as JSON and prints what it saw.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from model.calendar import EPOCH, LAST_DAY
from model.errors import CallSheetError

if TYPE_CHECKING:
    from model.recording import Recording
    from model.scenario import Scenario

OBJECTS, OBJECT_WEEKS = 5_000, 20  # workers and weeks of the market of objects
SCALING, SCALING_WEEKS = (10_000, 100_000, 1_000_000), 104
SMALL = 0.01  # scale at which compiling is timed: little else happens
HOUSEHOLDS, QUARTERS = 100_000, 10  # of the peer, as many agents as here; large enough for its best
FEWEST_WEEKS, MOST_WEEKS = 2, (LAST_DAY - EPOCH).days // 7
_ONE_THREAD = dict.fromkeys(
    ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1"
)
_log = logging.getLogger("callsheet")


@dataclass
class Timing:
    """CPU seconds of ``weeks`` weeks of a recording, the hash over all of it included."""

    recording: Recording
    seconds: float
    weeks: int

    @property
    def agent_steps_per_second(self) -> float:
        """Attached workers summed over the weeks timed, per CPU second."""
        timed = (self.recording.series[name][-self.weeks :] for name in ("on_call", "idle"))
        return float(sum(each.sum() for each in timed) / self.seconds)

    @property
    def ms_per_week(self) -> float:
        """CPU milliseconds a week."""
        return 1000.0 * self.seconds / self.weeks


def bench(weeks: int = 520, scale: float = 1.0, quick: bool = False, scaling: bool = False) -> dict[str, Any]:
    """Measure the baseline's first ``weeks`` weeks at ``scale`` (1 is full scale).

    ``quick`` times once instead of three times and does not time compiling (``compile_seconds`` is then
    None); ``scaling`` adds the week at 10,000 to 1,000,000 workers. Raises a sentence if what was timed does
    not give the same hash in every process.
    """
    from experiments.answer.closing import attached_at_start

    scenario = baseline(weeks, scale)
    _log.info("timing %s weeks of the model", scenario.weeks)
    _time_model(scenario, 1)  # compiled and its history computed, if they were not
    model = _time_model(scenario, 1 if quick else 3)
    fresh = _in_a_process_of_its_own(scenario)
    if fresh["hash"] != model.recording.hash:
        raise CallSheetError(
            f"The same scenario gave the hash {model.recording.hash} here and {fresh['hash']} in another "
            "process. This is an error in the model; please report it."
        )
    _log.info("timing one object per worker")
    objects, agree = _time_objects(scenario)
    return {
        "workers": attached_at_start(model.recording),
        "weeks": scenario.weeks,
        "until": scenario.until.isoformat(),
        "scale": scenario.scale,
        "hash": model.recording.hash,
        "agent_steps_per_cpu_second": model.agent_steps_per_second,
        "ms_per_week": model.ms_per_week,
        "peak_mb": fresh["peak_mb"],
        "ratio_to_objects": model.agent_steps_per_second / objects.agent_steps_per_second,
        "objects_agent_steps_per_cpu_second": objects.agent_steps_per_second,
        "objects_agree": agree,
        "compile_seconds": None if quick else _compile_seconds(scenario),
        "second_start_seconds": fresh["first_result"],
        "second_run_seconds": fresh["all"],
        "peers": _peers(),
        **({"scaling": _scaling()} if scaling else {}),
    }


def baseline(weeks: int, scale: float) -> Scenario:
    """The baseline from January 2015 over a number of weeks; a sentence if it cannot be timed."""
    from model.scenario import Scenario

    if not FEWEST_WEEKS <= weeks <= MOST_WEEKS:
        raise CallSheetError(
            f"weeks is {weeks}, but must be from {FEWEST_WEEKS} to {MOST_WEEKS} (weeks from January 2015). "
            "Choose a number inside."
        )
    return Scenario.named("baseline").varied(until=EPOCH + timedelta(weeks=weeks), scale=scale)


def _time_model(scenario: Scenario, times: int) -> Timing:
    """The fastest of some runs, timed from the first report of progress on: setting up is left out."""
    from model.simulate import simulate

    best: Timing | None = None
    for _ in range(times):
        reports: list[tuple[int, float]] = []

        def report(done: int, _: int, seen: list = reports) -> None:
            seen.append((done, time.process_time()))

        recording = simulate(scenario, progress=report)
        ended = time.process_time()
        timing = Timing(recording, ended - reports[0][1], scenario.weeks - reports[0][0])
        if best is None or timing.seconds < best.seconds:
            best = timing
    return best


def _time_objects(scenario: Scenario) -> tuple[Timing, bool]:
    """The market of objects at 5,000 workers, and whether it gave the model's hash."""
    from experiments.objects import ObjectMarket, record
    from model.parameters import Params
    from model.simulate import build, simulate

    few = baseline(
        min(scenario.weeks, OBJECT_WEEKS), min(scenario.scale, OBJECTS / Params.load().population.attached)
    )
    market = ObjectMarket(build(few))
    began = time.process_time()
    recording = record(market, few.weeks)
    timing = Timing(recording, time.process_time() - began, few.weeks)
    return timing, recording.hash == simulate(few).hash


def _compile_seconds(scenario: Scenario) -> float:
    """Wall seconds that a first start takes longer than a second one, on a small market."""
    _log.info("compiling from nothing")
    small = baseline(scenario.weeks, min(scenario.scale, SMALL))
    with tempfile.TemporaryDirectory(prefix="callsheet-") as empty:
        first, second = (_in_a_process_of_its_own(small, CALLSHEET_CACHE=empty) for _ in range(2))
    return first["all"] - second["all"]


def _scaling() -> dict[str, float]:
    """CPU milliseconds a week by number of workers."""
    from model.parameters import Params

    attached = Params.load().population.attached
    found = {}
    for workers in SCALING:
        _log.info("timing %s workers", f"{workers:,}")
        found[str(workers)] = _time_model(baseline(SCALING_WEEKS, workers / attached), 1).ms_per_week
    return found


def _peers() -> dict[str, dict[str, Any]]:
    """Other engines that happen to be installed, by their own rules: BAM Engine's whole economy."""
    try:
        import bamengine
    except ImportError:
        return {}
    firms, banks = HOUSEHOLDS // 5, HOUSEHOLDS // 50  # the proportions of its defaults
    economy = bamengine.Simulation.init(
        n_households=HOUSEHOLDS, n_firms=firms, n_banks=banks, seed=0, logging={"default_level": "ERROR"}
    )
    economy.run(n_periods=1)
    began = time.process_time()
    economy.run(n_periods=QUARTERS)
    seconds = time.process_time() - began
    agents = HOUSEHOLDS + firms + banks
    return {
        "bamengine": {
            "version": bamengine.__version__,
            "agents": agents,
            "steps": QUARTERS,
            "agent_steps_per_cpu_second": agents * QUARTERS / seconds,
            "ms_per_step": 1000.0 * seconds / QUARTERS,
            "note": "agents: households, firms, banks; a step: a quarter of labor, credit and goods markets",
        }
    }


# A process of its own


def _in_a_process_of_its_own(scenario: Scenario, **environment: str) -> dict[str, Any]:
    """What a fresh process sees: hash, peak memory, wall seconds from launch to a first result and to all."""
    asked = json.dumps({"weeks": scenario.weeks, "scale": scenario.scale, "launched": time.time()})
    done = subprocess.run(
        [sys.executable, "-m", "experiments.speed.benchmark", asked],
        capture_output=True,
        text=True,
        env={**os.environ, **_ONE_THREAD, **environment},
        check=False,
    )
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise CallSheetError(f"A process that was to be measured failed: {last[:300]}")
    return json.loads(done.stdout)


def _measured(weeks: int, scale: float, launched: float) -> dict[str, Any]:
    """Run the baseline once and say what it took; ``launched`` on the clock of the one who waits."""
    from model.simulate import simulate

    reports: list[float] = []
    recording = simulate(baseline(weeks, scale), progress=lambda *_: reports.append(time.time()))
    return {
        "hash": recording.hash,
        "peak_mb": _peak_mb(),
        "first_result": reports[0] - launched,
        "all": time.time() - launched,
    }


def _peak_mb() -> float:
    """The most memory this process ever held, in megabytes.

    Linux hands the peak of whoever launched a process on to it in ``getrusage``, so the kernel's own figure
    for this program is preferred where there is one.
    """
    import resource

    try:
        with open("/proc/self/status", encoding="ascii") as lines:
            return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024.0
    except (OSError, StopIteration):
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most / (1024.0**2 if sys.platform == "darwin" else 1024.0)


if __name__ == "__main__":
    print(json.dumps(_measured(**json.loads(sys.argv[1]))))
