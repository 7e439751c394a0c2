"""Cases, folders and a cluster of one's own, for the tests of batches."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from experiments.batch.case import Case

HOME = Path(__file__).resolve().parent.parent.parent
RUN_LIMIT = 3.0  # seconds; what hangs is ended after it


def case(function, future=0, **x):
    return Case("function", {"function": function, "x": x, "future": future})


def lines(n):
    """Runs that work, each with numbers, a series and a detail of its own."""
    return [case("noisy_line", k, a=0.1 * k) for k in range(n)]


def contents(folder):
    """Every chunk of a folder by its name, byte for byte."""
    return {each.name: each.read_bytes() for each in sorted((folder / "chunks").iterdir())}


def environment():
    """What a process of ours is started with: this checkout, one thread."""
    return {**os.environ, "PYTHONPATH": str(HOME), "OMP_NUM_THREADS": "1"}


class OwnCluster:
    """A scheduler and two workers on loopback, started apart from the test."""

    def __init__(self, folder, workers=2):
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
        self._processes = [self.scheduler]
        self.workers = [self.worker(k) for k in range(workers)]

    def _start(self, *words):
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *words], env=environment(), cwd=self.folder, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def worker(self, number):
        process = self._start("worker", self.address, "--nthreads", "1", "--no-dashboard", "--no-nanny",
                              "--local-directory", str(self.folder / f"worker-{number}"))  # fmt: skip
        self._processes.append(process)
        return process

    def ready(self):
        from distributed import Client

        with Client(self.address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        return self

    def stop(self):
        for process in reversed(self._processes):
            process.kill()
        for process in self._processes:
            process.wait(10)


def wait_until(true, seconds=30.0):
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.05)
