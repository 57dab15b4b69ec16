"""Locks, and what the system says put into words."""

import errno
import os
import threading
from pathlib import Path

import pytest

from readlist.library import disk


def test_a_lock_keeps_others_out_and_may_be_taken_again(tmp_path: Path) -> None:
    one, two = disk.Lock(tmp_path / "new" / "lock"), disk.Lock(tmp_path / "new" / "lock")
    assert one.hold()
    assert one.hold()
    assert not two.hold(patience=0.01)
    one.let_go()
    assert not two.hold(patience=0.01)
    one.let_go()
    assert two.hold()
    two.let_go()
    one.close()
    two.close()


def test_a_lock_keeps_other_threads_out(tmp_path: Path) -> None:
    lock = disk.Lock(tmp_path / "lock")
    steps = []

    def other() -> None:
        lock.hold()
        steps.append("other")
        lock.let_go()

    lock.hold()
    thread = threading.Thread(target=other)
    thread.start()
    thread.join(0.05)
    steps.append("one")
    lock.let_go()
    thread.join()
    assert steps == ["one", "other"]
    lock.close()


def test_a_mark_is_seen_by_others(tmp_path: Path) -> None:
    one, two = disk.Lock(tmp_path / "lock"), disk.Lock(tmp_path / "lock")
    one.hold()
    one.mark(True)
    one.let_go()
    two.hold()
    assert two.marked
    two.mark(False)
    assert not one.marked
    two.let_go()
    one.close()
    two.close()


def test_a_file_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    disk.write_file(path, b"before")

    def fail(_file: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(disk, "sync", fail)
    with pytest.raises(OSError, match="Input/output"):
        disk.write_file(path, b"after")
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_folder_is_on_the_disk_with_those_above_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = []

    def sync(folder: Path) -> None:
        synced.append(folder)
        if folder == tmp_path:
            raise PermissionError(errno.EACCES, "may be passed through, but not opened")

    monkeypatch.setattr(disk, "sync_folder", sync)
    for _ in range(2):
        disk.make_folder(tmp_path / "a" / "b")
    assert synced == [tmp_path, tmp_path / "a"]
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match=r"exists|directory"):
        disk.make_folder(tmp_path / "file" / "c")


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "make room"),
        (OSError(errno.EROFS, "Read-only file system"), "can be read here"),
        (PermissionError(errno.EACCES, "Permission denied"), "permissions"),
        (IsADirectoryError(errno.EISDIR, "Is a directory"), "name a file"),
        (OSError("odd"), "backups"),
    ],
)
def test_an_error_says_what_to_do(error: OSError, advice: str) -> None:
    assert advice in str(disk.explain(error, Path("library.json")))


def test_what_is_no_file_is_not_replaced_by_one(tmp_path: Path) -> None:
    device = tmp_path / "device"
    os.mkfifo(device)  # as good as a device, and anybody can make one
    with pytest.raises(OSError, match="no file"):
        disk.write_file(device, b"settings")
    assert device.is_fifo()
    assert list(tmp_path.iterdir()) == [device]
