"""An engine by the name a person gives."""

from __future__ import annotations

from experiments.batch.engines.protocol import Engine
from model.errors import CallSheetError

LOCAL, HERE = "local", "here"


def known(name: str) -> None:
    """Raises a sentence unless a name is `local`, `here` or the address of a Dask scheduler."""
    if name not in (LOCAL, HERE) and "://" not in name:
        raise CallSheetError(
            f"--engine is {name[:80]!r}, but must be local, here, or the address of a Dask scheduler such as "
            "tcp://127.0.0.1:8786."
        )


def engine(name: str, workers: int, run_limit: float) -> Engine:
    """`local`, `here`, or the address of a Dask scheduler. ``run_limit`` is how long one run may take, in seconds of
    wall time.
    """
    known(name)
    if name == LOCAL:
        from experiments.batch.engines.local import Local

        return Local(workers, run_limit)
    if name == HERE:
        from experiments.batch.engines.here import Here

        return Here()
    from experiments.batch.engines.cluster import Cluster

    return Cluster(name, run_limit)
