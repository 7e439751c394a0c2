"""A case is run where its worker is, and whatever comes of it, a failure included, comes back as a record."""

from __future__ import annotations

import os
import platform
import resource
import signal
import time
import traceback
from collections.abc import Mapping
from typing import Any

from experiments.runners import digest_of, runner
from experiments.settling import settle
from experiments.terminal import signals
from experiments.terminal.console import plain_json
from model.errors import CallSheetError

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
OTHER_CODE = "OtherCode"  # kind of a failure: the worker knows another version, so that it cannot even name the case
_MOST_TRACE = 4000  # characters

Record = dict[str, Any]


def execute(name: str, case: str, asks: Mapping[str, Any]) -> Record:
    """The record of one run: ``ok``, and either ``numbers``, ``series`` and ``detail`` or what went wrong."""
    about = {"case": case, "code": digest_of(name), "host": platform.node(), "pid": os.getpid()}
    begin, busy = time.perf_counter(), time.process_time()
    try:
        outcome = runner(name).run(asks)
        found: Record = {"ok": True, "numbers": dict(outcome.numbers), "series": dict(outcome.series),
                         "detail": dict(outcome.detail)}
    except (Exception, SystemExit) as trouble:  # a failure is a finding; the rest of the batch goes on
        if isinstance(signals.behind(trouble), KeyboardInterrupt):
            raise KeyboardInterrupt from trouble
        found = failure(_said(trouble), type(trouble).__name__, traceback.format_exc()[-_MOST_TRACE:])
    settle()
    used = {"seconds": time.perf_counter() - begin, "cpu_seconds": time.process_time() - busy,
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0}
    return plain_json({**about, **found, **used})


def failure(message: str, kind: str, trace: str = "") -> Record:
    """The part of a record that says what went wrong."""
    return {"ok": False, "message": message, "kind": kind, "trace": trace}


def _said(trouble: BaseException) -> str:
    if isinstance(trouble, CallSheetError):
        return str(trouble)
    return f"The run failed ({type(trouble).__name__}: {str(trouble)[:200]})."


def prepare_worker() -> None:
    """What a process that runs cases does first: one thread each, Ctrl-C left to the one who gives out work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
