"""The one store and the one desk of this server; visitors share both, and nothing else."""

from __future__ import annotations

from viz.runs.desk import Desk
from viz.runs.pool import Pool
from viz.runs.store import Store
from viz.settings import Settings, put_in_force

GB = 1 << 30


class _Office:
    store: Store | None = None
    desk: Desk | None = None


_office = _Office()


def open_up(settings: Settings) -> tuple[Store, Desk]:
    """Start the store, the workers and the queue, as the settings say from now on."""
    if _office.desk is not None:
        return _office.store, _office.desk
    store = Store(settings.results, settings.cache_size * GB)
    store.start()
    pool = Pool(settings.workers, settings.jobs, settings.results, settings.cache_size * GB, settings.run_memory * GB,
                settings.run_seconds)
    put_in_force(settings)
    _office.store = store
    _office.desk = Desk(store, pool, settings.queue)
    return _office.store, _office.desk


def store() -> Store | None:
    """Where results lie; None before the server has opened."""
    return _office.store


def desk() -> Desk | None:
    """The queue; None before the server has opened."""
    return _office.desk


def close() -> None:
    """Stop the workers."""
    if _office.desk is not None:
        _office.desk.close()
        _office.desk = None
