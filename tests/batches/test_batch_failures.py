"""A run may raise, crash, hang or be killed, the disk may be full: the batch goes on or stops with a sentence."""

import errno
import os
import signal
import time

import pytest

from experiments.batch.coordinator import Batch, Limits, Stopped
from experiments.batch.engines.choose import engine
from experiments.batch.engines.protocol import Ended
from experiments.batch.execute import execute
from experiments.batch.folder import LOG, Folder
from model.errors import CallSheetError, Failure
from tests.batches.trials import RUN_LIMIT, OwnCluster, case, contents, lines

BAD = {"raises": "was asked to fail", "complains": "with a sentence", "leaves": "SystemExit", "kills": "signal 9",
       "hangs": f"longer than the {RUN_LIMIT:g} seconds"}


@pytest.mark.parametrize("where", ["local", "cluster"])
def test_runs_that_go_wrong_are_listed_and_all_others_are_kept(run, request, where):
    address = "local" if where == "local" else request.getfixturevalue("cluster").address
    good = lines(30)
    mixed = [*good[:7], *(case(name) for name in BAD), *good[7:]]
    batch = run(mixed, engine_name=address)
    assert batch.tally.done == 30
    assert batch.tally.failed == len(BAD)
    assert all(batch.folder.has(each.id) for each in good)
    said = {each["asks"]["function"]: each["message"] for each in batch.folder.failures()}
    assert said.keys() == BAD.keys()
    for name, part in BAD.items():
        assert part in said[name], said[name]


def test_a_failure_is_not_tried_again_until_somebody_asks(run, tmp_path):
    run([case("raises"), *lines(3)])
    again = run([case("raises"), *lines(3)])
    assert (again.tally.found, again.tally.done, again.tally.failed) == (3, 0, 1)
    folder = Folder(tmp_path / "results")
    with folder.owned():
        assert folder.retry() == 1
    assert run([case("raises")]).tally.failed == 1, "it was run, and failed anew"


def test_a_worker_killed_from_outside_costs_no_run(run):
    killed = []

    def kill_one(tally):
        """Until one is hit while it works: between two runs a worker can be killed without anybody losing anything."""
        if tally.done >= 3 * (len(killed) + 1) and not tally.last_trouble:
            killed.append(_kill_a_child())

    batch = run([case("sleeps", k, seconds=0.2) for k in range(24)], progress=kill_one)
    assert killed
    assert batch.tally.done == 24
    assert batch.tally.failed == 0
    assert batch.tally.suspects >= 1


def _kill_a_child():
    """Kill a process that runs cases for us; they are children of the fork server."""
    import psutil

    server = [each for each in psutil.Process().children() if "forkserver" in _words_of(each)]
    found = [each for each in server[-1].children() if each.status() != psutil.STATUS_ZOMBIE]
    os.kill(found[0].pid, signal.SIGKILL)
    found[0].wait(20)
    return found[0].pid


def _words_of(process):
    import psutil

    try:
        return " ".join(process.cmdline())
    except psutil.Error:  # it has ended meanwhile
        return ""


def test_a_pool_whose_idle_processes_are_all_killed_is_opened_again(tmp_path):
    """As when memory runs out between two rounds: nobody was working, so no run can be blamed."""
    folder = Folder(tmp_path / "results")
    with folder.owned():
        batch = Batch(folder, lambda: engine("local", 2, RUN_LIMIT))
        try:
            batch.run(lines(4))
            for _ in range(2):
                _kill_a_child()
            batch.run(lines(12))
        finally:
            batch.close()
    assert (batch.tally.done, batch.tally.failed) == (12, 0)


def test_a_lost_dask_worker_costs_no_run(run, cluster):
    def kill_one(tally):
        if tally.done >= 3 and cluster.workers[0].poll() is None:
            cluster.workers[0].kill()

    batch = run([case("sleeps", k, seconds=0.2) for k in range(12)], engine_name=cluster.address, progress=kill_one)
    assert cluster.workers[0].poll() is not None
    assert (batch.tally.done, batch.tally.failed) == (12, 0)
    cluster.workers[0] = cluster.worker(7)


def test_a_scheduler_that_does_not_answer_is_a_sentence(monkeypatch):
    monkeypatch.setattr("experiments.batch.engines.cluster.CONNECT_SECONDS", 0.5)
    with pytest.raises(Failure, match="No Dask scheduler answers at tcp://127.0.0.1:9"):
        engine("tcp://127.0.0.1:9", 1, 1.0)


@pytest.mark.parametrize("where", ["local", "cluster"])
def test_a_full_disk_stops_the_batch_with_a_sentence_and_keeps_what_was_finished(run, request, where, monkeypatch):
    address = "local" if where == "local" else request.getfixturevalue("cluster").address
    real, left = os.replace, [5]

    def full(*paths):
        if "spool" in str(paths[1]):
            left[0] -= 1
            if left[0] < 0:
                raise OSError(errno.ENOSPC, "No space left on device")
        real(*paths)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", full)
        with pytest.raises(Failure, match="The disk is full"):
            run(lines(20), engine_name=address)
    again = run(lines(20), engine_name=address)
    assert (again.tally.found, again.tally.done) == (5, 15)
    assert not list(again.folder.path.rglob(".callsheet-*"))


def test_a_limit_stops_it_and_the_same_command_goes_on(run):
    with pytest.raises(Stopped, match="15 of 20 runs to go"):
        run(lines(20), limits=Limits(runs=5))
    with pytest.raises(Stopped, match="to go"):
        run([*lines(20), case("sleeps", seconds=2.0)], limits=Limits(seconds=0.0))
    assert run(lines(20)).tally.found == 5


@pytest.mark.parametrize(("number", "raised"), [(signal.SIGINT, KeyboardInterrupt), (signal.SIGTERM, SystemExit)])
def test_the_first_interrupt_lets_runs_end_and_keeps_them(run, tmp_path, number, raised):
    told = []

    def interrupt(tally):
        if tally.done >= 2 and not told:
            told.append(True)
            signal.raise_signal(number)

    with pytest.raises(raised):
        run([case("sleeps", k, seconds=0.1) for k in range(40)], progress=interrupt)
    kept = len(Folder(tmp_path / "results"))
    assert 4 <= kept < 40, "those under way came to their end"


def test_the_second_interrupt_gives_up_what_runs_and_keeps_what_had_ended(run, tmp_path):
    before, told = signal.getsignal(signal.SIGINT), []

    def interrupt_twice(tally):
        if tally.done >= 2 and not told:
            told.append(time.monotonic())
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGINT)

    slow = [case("sleeps", k, seconds=RUN_LIMIT - 0.5) for k in range(4)]
    with pytest.raises(KeyboardInterrupt):
        run([*lines(2), *slow], progress=interrupt_twice)
    assert signal.getsignal(signal.SIGINT) is before
    folder = Folder(tmp_path / "results")
    assert all(folder.has(each.id) for each in lines(2))
    assert not any(folder.has(each.id) for each in slow)


def test_a_folder_in_use_is_a_sentence(tmp_path):
    folder = Folder(tmp_path / "results")
    with folder.owned(), pytest.raises(CallSheetError, match="Another process is running the study in results"):
        with Folder(tmp_path / "results").owned():
            pass


def test_an_unknown_engine_is_a_sentence():
    with pytest.raises(CallSheetError, match="must be local, here, or the address"):
        engine("locl", 1, 1.0)


def test_local_and_cluster_give_the_same_files(run, cluster, tmp_path):
    run(lines(150), "local")
    run(lines(150), "dask", engine_name=cluster.address)
    assert contents(tmp_path / "local") == contents(tmp_path / "dask")


def test_a_half_done_batch_moves_from_local_to_cluster_and_back(run, cluster, tmp_path):
    run(lines(150), "whole")
    with pytest.raises(Stopped):
        run(lines(150), "moved", limits=Limits(runs=40))
    with pytest.raises(Stopped):
        run(lines(150), "moved", engine_name=cluster.address, limits=Limits(runs=70))
    last = run(lines(150), "moved")
    assert last.tally.found >= 100
    assert contents(tmp_path / "whole") == contents(tmp_path / "moved")


def test_a_worker_with_other_code_stops_the_batch_and_keeps_the_rest(tmp_path):
    ours, other = lines(2)

    class Changed:
        """Runs two cases; the second comes back from code that is not ours."""

        def slots(self):
            return 2

        def submit(self, case_):
            pass

        def ended(self, seconds):
            records = [execute(each.runner, each.id, each.asks) for each in (ours, other)]
            records[1]["code"] = "functions 999"
            return [Ended(each, record) for each, record in zip((other, ours), records[::-1], strict=True)]

        def stop(self):
            pass

    folder = Folder(tmp_path / "results")
    with folder.owned(), pytest.raises(Failure, match="another version of Call Sheet"):
        Batch(folder, Changed).run([ours, other])
    assert folder.has(ours.id)
    assert not folder.has(other.id)


def test_failures_of_earlier_sessions_do_not_count_toward_a_limit(run):
    bad = [case("raises", k) for k in range(3)]
    with pytest.raises(Stopped):
        run([*bad, *lines(6)], limits=Limits(runs=3))
    with pytest.raises(Stopped):
        run([*bad, *lines(6)], limits=Limits(runs=3))
    assert run([*bad, *lines(6)], limits=Limits(runs=3)).tally.left == 0


def test_a_scheduler_that_goes_away_is_a_sentence_and_what_was_finished_is_kept(run, tmp_path):
    own = OwnCluster(tmp_path)
    try:
        own.ready()

        def kill_scheduler(tally):
            if tally.done >= 3:
                own.scheduler.kill()

        with pytest.raises(Failure, match="The Dask scheduler at tcp://.* is gone"):
            run([case("sleeps", k, seconds=0.1) for k in range(200)], engine_name=own.address, progress=kill_scheduler)
    finally:
        own.stop()
    assert len(Folder(tmp_path / "results")) >= 3


def test_a_scheduler_without_workers_is_a_sentence(run, tmp_path, monkeypatch):
    monkeypatch.setattr("experiments.batch.engines.cluster.WORKER_SECONDS", 1.0)
    own = OwnCluster(tmp_path, workers=0)
    try:
        with pytest.raises(Failure, match="has no workers"):
            run(lines(3), engine_name=own.address)
    finally:
        own.stop()


def test_a_log_that_cannot_be_written_costs_no_run(run, tmp_path):
    (tmp_path / "results" / LOG).mkdir(parents=True)
    assert run([*lines(3), case("raises")]).tally.done == 3
    Folder(tmp_path / "results").note(what="nothing that a result is in")
    assert not list((tmp_path / "results" / LOG).iterdir())


def test_who_only_looks_removes_nothing(run, tmp_path, monkeypatch):
    with pytest.raises(Stopped):
        run(lines(20), limits=Limits(runs=5))
    folder = Folder(tmp_path / "results")
    (some,) = [each for each in sorted(folder._spooled)][:1]
    path = tmp_path / "results" / "spool" / f"{some}.json"
    whole = path.read_text()
    path.write_text(whole[:20])
    assert folder.spooled(some) is None
    assert path.exists()
    monkeypatch.setattr("experiments.batch.folder.json.loads", _refused)
    with pytest.raises(Failure, match="It is kept; try again"):
        folder.spooled(some)
    assert path.exists()


def _refused(text):
    raise OSError(errno.EIO, "Input/output error")
