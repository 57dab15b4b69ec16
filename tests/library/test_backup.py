"""Backups: which are kept, for how long, and that none makes a change fail."""

import errno
import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import tinydb

from readlist.config import BackupSettings
from readlist.library import disk
from readlist.library.backup import Backups, write_copy
from readlist.library.library import Library
from tests.library.test_library import add

DAY = timedelta(days=1)


class Now:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.at = datetime.now(UTC).replace(microsecond=0)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a folder" / "library.json"


def opened(path: Path, now: Now, keep: int = 12, days: int = 30) -> Library:
    return Library(path, now, settings=lambda: BackupSettings(keep, days))


def backed_up(library: Library) -> Path:
    return library.backups.make(library.database.storage)


def titles(path: Path) -> list[str]:
    with tinydb.TinyDB(path, access_mode="r") as db:
        return [paper["title"] for paper in db.table("papers")]


def test_the_snapshot_that_is_replaced_is_kept_as_it_was(path: Path, now: Now) -> None:
    library = opened(path, now)
    add(library, "A")
    library.compact()
    assert library.backups.all() == []  # there was nothing yet
    add(library, "B")
    before = path.read_bytes()
    library.compact()
    (kept,) = library.backups.all()
    assert kept.path.read_bytes() == before
    assert titles(kept.path) == ["A"]
    assert kept.path.stat().st_mode & 0o777 == 0o600
    assert kept.path.parent.stat().st_mode & 0o777 == 0o700
    assert path.stat().st_nlink == kept.path.stat().st_nlink == 1
    assert list(kept.path.parent.iterdir()) == [kept.path]


def test_so_many_are_kept_and_the_newest(path: Path, now: Now) -> None:
    library = opened(path, now, keep=3)
    for title in "ABCDEF":
        add(library, title)
        library.compact()
    assert [titles(kept.path) for kept in library.backups.all()] == [
        ["A", "B", "C", "D", "E"], ["A", "B", "C", "D"], ["A", "B", "C"],
    ]  # fmt: skip


def test_what_is_too_old_goes_but_for_the_newest(path: Path, now: Now) -> None:
    library = opened(path, now, days=7)
    add(library, "A")
    for days in (0, 2, 2, 2, 2, 2, 10):
        now.at += timedelta(days=days)
        backed_up(library)
    assert [(now.at - kept.at).days for kept in library.backups.all()] == [0, 10, 12]
    now.at += 100 * DAY
    library.backups._prune(set())
    assert len(library.backups.all()) == 3


def test_with_time_one_stays_a_day_and_then_one_a_week(path: Path, now: Now) -> None:
    library = opened(path, now, keep=100)
    now.at = datetime(2026, 9, 1, tzinfo=UTC)
    add(library, "A")
    for _ in range(40 * 4):
        now.at += DAY / 4
        backed_up(library)
    kept = [now.at - backup.at for backup in library.backups.all()]
    assert kept[:4] == [timedelta(0), DAY / 4, DAY / 2, DAY / 4 * 5]  # the last of the day before
    assert [age.days for age in kept[4:10]] == [2, 3, 4, 5, 6, 7]
    weeks = {backup.at.isocalendar()[1] for backup in library.backups.all()[9:]}
    assert len(kept[9:]) == len(weeks) == 4
    assert 22 <= kept[-1].days <= 30


def test_they_take_so_much_room_and_the_newest_always(path: Path, now: Now) -> None:
    settings = BackupSettings(megabytes=1)
    library = Library(path, now, settings=lambda: settings)
    add(library, *(f"{n:0300}" for n in range(450)))
    sizes = []
    for _ in range(3):
        now.at += DAY
        backed_up(library)
        sizes.append([backup.size for backup in library.backups.all()])
        assert sum(sizes[-1]) <= 1_000_000
    add(library, *(f"{n:0300}" for n in range(2000)))
    last = backed_up(library)
    assert [backup.path for backup in library.backups.all()] == [last]
    assert last.stat().st_size > 1_000_000
    assert [len(found) for found in sizes] == [1, 2, 2]


@pytest.mark.parametrize("years", [-20, 20])
def test_a_clock_that_is_wrong_for_a_while_takes_few(path: Path, now: Now, years: int) -> None:
    library = opened(path, now)
    add(library, "A")
    for _ in range(5):
        backed_up(library)
        now.at += DAY
    before = {backup.path for backup in library.backups.all()}
    assert len(before) == 5
    now.at += years * 365 * DAY
    add(library, "B")
    made = backed_up(library)
    now.at -= years * 365 * DAY
    after = {backup.path for backup in library.backups.all()} - {made}
    assert after == before if years < 0 else after == set(sorted(before)[-2:])
    add(library, "C")
    last = backed_up(library)
    assert titles(last) == ["A", "B", "C"]
    assert last in {backup.path for backup in library.backups.all()}


def test_a_clock_that_was_ahead_once_does_not_take_the_new_ones(path: Path, now: Now) -> None:
    library = opened(path, now, keep=2)
    add(library, "A")
    now.at += 1000 * DAY
    library.backups.make(library.database.storage)
    library.backups.make(library.database.storage)
    now.at -= 1000 * DAY
    made = library.backups.make(library.database.storage)
    assert made.exists()
    assert len(library.backups.all()) == 2


def test_lasting_ones_and_strangers_files_stay(path: Path, now: Now) -> None:
    library = opened(path, now, keep=1)
    add(library, "A")
    lasting = library.backups.make(library.database.storage, label="-schema1")
    stranger = library.backups.folder / "mine.json"
    stranger.write_text("{}")
    for _ in range(3):
        now.at += DAY
        library.backups.make(library.database.storage)
    assert lasting.exists()
    assert stranger.exists()
    assert len(library.backups.all()) == 2


@pytest.mark.parametrize("replaced", [False, True])
def test_a_crash_between_link_and_replacement(path: Path, now: Now, replaced: bool) -> None:
    library = opened(path, now)
    add(library, "A")
    library.compact()
    folder = library.backups.folder
    folder.mkdir()
    passing = folder / "library.json.new"
    os.link(path, passing)
    if replaced:
        other = path.with_name("other")
        other.write_bytes(path.read_bytes())
        other.replace(path)
    else:  # plain TinyDB writes in place, into both names
        with tinydb.TinyDB(path) as db:
            db.table("papers").insert({"title": "plain"})
    again = opened(path, now)
    add(again, "B")
    again.compact()
    assert not passing.exists()
    found = sorted(titles(kept.path) for kept in again.backups.all())
    assert found == ([["A"], ["A"]] if replaced else [["A", "plain"]])
    assert path.stat().st_nlink == 1


def test_where_there_are_no_links_a_copy_is_made(
    path: Path, now: Now, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "not permitted")

    library = opened(path, now)
    add(library, "A")
    library.compact()
    monkeypatch.setattr(os, "link", refuse)
    library.compact()
    (kept,) = library.backups.all()
    assert titles(kept.path) == ["A"]
    assert library.notices == []


@pytest.mark.parametrize("name", ["link", "sync_folder"])
def test_trouble_with_a_backup_is_a_notice(
    path: Path, now: Now, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    original = getattr(disk, name)

    def fail(*places: Path) -> None:
        if ".backups" in places[-1].name or ".backups" in str(places[-1].parent):
            raise OSError(errno.ENOSPC, "No space left on device")
        original(*places)

    library = opened(path, now)
    add(library, "A")
    library.compact()
    monkeypatch.setattr(disk, name, fail)
    library.compact()
    assert library.notices == [
        "no backup of library.json as it was could be kept: No space left on device"
    ]
    assert titles(path) == ["A"]


def test_settings_that_cannot_be_read_are_a_notice(path: Path) -> None:
    def broken() -> BackupSettings:
        raise ValueError("config.toml: no")

    library = Library(path, settings=broken)
    add(library, "A")
    library.compact()
    library.compact()
    assert library.notices == ["no backup of library.json as it was could be kept: config.toml: no"]


def test_a_copy_has_the_changes_of_the_journal_and_of_others(path: Path, tmp_path: Path) -> None:
    library = Library(path)
    add(library, "A")
    library.compact()
    add(Library(path), "B")
    target = tmp_path / "copy.json"
    write_copy(library.database.storage, target)
    assert titles(target) == ["A", "B"]
    assert target.stat().st_mode & 0o077 == 0


def test_a_copy_put_in_the_librarys_place_by_hand_loses_no_change(path: Path) -> None:
    library = Library(path)
    add(library, "A")
    copy = path.with_name("copy.json")
    write_copy(library.database.storage, copy)
    add(library, "B")
    library.close()
    path.write_bytes(copy.read_bytes())
    again = Library(path)
    assert [paper.title for paper in again.papers()] == ["A"]
    (kept,) = path.parent.glob("library.json.journal-*")
    assert b'"B"' in kept.read_bytes()
    assert any(kept.name in notice for notice in again.notices)


@pytest.mark.parametrize("call", ["write", "sync", "replace"])
def test_a_copy_is_whole_or_not_there(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    library = Library(path)
    add(library, "A")
    target = tmp_path / "copies" / "copy.json"
    target.parent.mkdir()
    target.write_text("before")
    monkeypatch.setattr(disk, call, fail)
    with pytest.raises(OSError, match="No space"):
        write_copy(library.database.storage, target)
    assert target.read_text() == "before"
    assert list(target.parent.iterdir()) == [target]


def test_what_is_no_backup_is_not_listed(tmp_path: Path) -> None:
    for name in ("last-copy.json", "2026-99-99T000000Z.json", "2026-11-20T071200Z.json.new"):
        (tmp_path / name).write_text(json.dumps({}))
    assert Backups(tmp_path).all() == []
    assert Backups(tmp_path / "none").all() == []
