"""Room is made by what was used longest ago, whole."""

import os
import time

from model import room
from model.room import make_room


def made(where, name, size, used):
    path = where / name
    if name.startswith("folder"):
        path.mkdir()
        (path / "inside").write_bytes(bytes(size))
    else:
        path.write_bytes(bytes(size))
    os.utime(path, (used, used))
    return path


def test_what_was_used_longest_ago_goes_until_the_rest_fits(tmp_path):
    old, folder, new = (made(tmp_path, *each) for each in (("old", 50, 1), ("folder", 50, 2), ("new", 50, 3)))
    make_room(tmp_path.iterdir(), 150)
    assert old.exists()
    make_room(tmp_path.iterdir(), 120)
    assert not old.exists()
    make_room(tmp_path.iterdir(), 60)
    assert not folder.exists()
    assert list(tmp_path.iterdir()) == [new]


def test_what_is_being_written_or_has_just_gone_is_left_alone(tmp_path):
    unfinished, new = made(tmp_path, ".callsheet-x", 500, time.time() - 60), made(tmp_path, "new", 50, 3)
    make_room([unfinished, tmp_path / "gone", new], 60)
    assert unfinished.exists()
    assert new.exists()


def test_what_a_killed_process_left_unfinished_goes_after_a_day(tmp_path):
    left = made(tmp_path, ".callsheet-x", 500, time.time() - 2 * room.FORSAKEN)
    make_room([left], 1000)
    assert not left.exists()


def test_what_cannot_be_dropped_is_still_counted(tmp_path, monkeypatch):
    stays, goes = made(tmp_path, "stays", 50, 1), made(tmp_path, "goes", 50, 2)
    drop = room._drop

    def refuse(path):
        if path == stays:
            raise PermissionError
        drop(path)

    monkeypatch.setattr(room, "_drop", refuse)
    make_room([stays, goes], 60)
    assert [each.exists() for each in (stays, goes)] == [True, False]


def test_a_folder_goes_although_one_of_its_name_went_before(tmp_path):
    (tmp_path / ".callsheet-folder").mkdir()
    (tmp_path / ".callsheet-folder" / "left").write_bytes(b"1")
    folder = made(tmp_path, "folder", 50, 1)
    make_room([folder], 0)
    assert not folder.exists()
