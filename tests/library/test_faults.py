"""The disk fails, fills up, or loses its power: nothing acknowledged is lost, all else is told."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tinydb.table import Document

from readlist.library import documents
from readlist.library.backup import Backups
from readlist.library.database import JournalDB
from readlist.library.disk import LibraryError, UncertainError
from tests.library.recorder import CALLS, Disk, Recorder, power_cuts
from tests.library.test_database import open_db

KEPT = "library.json.backups"

State = dict[str, dict[int, Any]]


def state_of(db: JournalDB) -> State:
    """Return every document of every table, by id."""
    return {
        name: {document.doc_id: dict(document) for document in db.table(name)}
        for name in sorted(db.tables())
        if len(db.table(name))
    }


def steps(db: JournalDB) -> Iterator[Callable[[], Any]]:
    """Yield changes of every kind, each to be made once."""
    papers = db.table("papers")
    yield lambda: papers.insert_multiple([{"n": n, "text": "words " * 9} for n in range(4)])
    yield lambda: papers.update({"status": "read"}, doc_ids=[1, 2])
    yield db.compact
    yield lambda: papers.update(lambda d: d.pop("text"), doc_ids=[3])
    yield lambda: papers.remove(doc_ids=[2])

    def several() -> None:
        with db.writing():
            papers.upsert(Document({"n": 2, "back": True}, 2))
            papers.update({"starred": True}, doc_ids=[1, 2, 3, 4])
            db.table("history").insert({"label": "star"})

    yield several
    yield db.compact
    yield lambda: db.table("history").truncate()
    yield lambda: papers.insert({"n": 9})


@pytest.fixture(params=["journal", "snapshot"], autouse=True)
def changes_go_into(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Have changes written to the journal, and also, as large ones are, into a new snapshot."""
    if request.param == "snapshot":
        monkeypatch.setattr(documents, "_MOST_HELD", 0)
    return str(request.param)


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    return Recorder(monkeypatch)


@pytest.mark.parametrize("backups", ["none", "links", "copies"])
def test_power_cut_at_every_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, backups: str
) -> None:
    if backups == "copies":
        monkeypatch.setattr(os, "link", no_links)
    states: list[State] = [{}]
    with monkeypatch.context() as patch:
        recorder = Recorder(patch)
        with open_db(tmp_path / "library.json", **options(backups, tmp_path)) as db:
            for step in steps(db):
                step()
                states.append(state_of(db))
                recorder.acknowledge(len(states) - 1)
            assert not db.notices
    log = recorder.log
    told = [sum(entry[0] == "acknowledged" for entry in log[:n]) for n in range(len(log) + 1)]
    place = tmp_path / "after"
    after: dict[frozenset[Any], State] = {}
    for count, files in power_cuts(log):
        acknowledged, there = told[count], frozenset(files.items())
        if there in after:  # as after fewer steps: what comes of it is known
            found = after[there]
            assert found in states[acknowledged : acknowledged + 2], (count, log[count - 1])
            continue
        put(files, tmp_path, place)
        check_backups(Backups(place / KEPT), states[: acknowledged + 1])
        with open_db(place / "library.json", **options(backups, place)) as db:
            found = after[there] = state_of(db)
            assert found in states[acknowledged : acknowledged + 2], (count, log[count - 1])
            db.table("papers").insert({"after": True})
            expected = state_of(db)
            db.compact()
            assert not any("backup" in notice for notice in db.notices)
        check_backups(Backups(place / KEPT), [*states[: acknowledged + 2], expected])
        assert not list(place.glob(f"{KEPT}/*.new"))
        with open_db(place / "library.json") as db:
            assert state_of(db) == expected


def options(backups: str, folder: Path) -> dict[str, Any]:
    return {} if backups == "none" else {"on_replace": Backups(folder / KEPT).keeping}


def no_links(*_: object) -> None:
    raise OSError(errno.EPERM, "not permitted")


def put(files: Disk, root: Path, place: Path) -> None:
    """Make a folder as a disk has it after the power failed."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    there: dict[int, Path] = {}
    for path, (number, content) in files.items():
        target = place / path.relative_to(root)
        target.parent.mkdir(exist_ok=True)
        if number in there:
            target.hardlink_to(there[number])
        else:
            target.write_bytes(content)
            there[number] = target


def check_backups(backups: Backups, states: list[State]) -> None:
    """Check that each is a whole library, as it was at some time."""
    for kept in backups.all():
        with open_db(kept.path, read_only=True) as db:
            assert state_of(db) in states
            assert not db.notices


def calls_of_all_steps(monkeypatch: pytest.MonkeyPatch, folder: Path) -> int:
    with monkeypatch.context() as patch:
        recorder = Recorder(patch)
        with open_db(folder / "library.json") as db:
            for step in steps(db):
                step()
        return recorder.count


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_any_call_fails_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: int) -> None:
    total = calls_of_all_steps(monkeypatch, tmp_path / "count")
    for number in (None, *range(1, total + 1)):
        with monkeypatch.context() as patch:
            recorder = Recorder(patch)
            recorder.fail_at, recorder.fail_with = number, code
            check_with_one_failure(tmp_path / str(number) / "library.json", recorder)
            assert number is None or recorder.count >= number


def check_with_one_failure(path: Path, recorder: Recorder) -> None:
    """Make all changes, of which one fails, or none.

    What goes before the failure is as where none fails: it is looked at only there.
    """
    failures = 0
    with open_db(path) as db, open_db(path) as other:
        for step in steps(db):
            before = state_of(db)
            try:
                step()
            except UncertainError:
                failures += 1
                assert step != db.compact
            except LibraryError as error:
                failures += 1
                assert "\n" not in str(error)
                assert state_of(db) == before
                other.refresh()
                assert state_of(other) == before
                step()
            other.refresh()
            if recorder.count < (recorder.fail_at or 0):
                continue
            expected = state_of(db)
            assert state_of(other) == expected
            with open_db(path) as third:
                assert state_of(third) == expected
                assert list(third.columns.ids) == list(db.columns.ids)
        assert not db.notices
    assert failures <= 1


def test_after_a_failed_sync_only_a_new_snapshot_goes_on(
    recorder: Recorder, tmp_path: Path
) -> None:
    path = tmp_path / "library.json"
    with open_db(path) as db, open_db(path) as other:
        papers = db.table("papers")
        papers.insert({"n": 1})
        snapshot = path.read_bytes()
        recorder.fail_at = recorder.count + 2  # write_at, sync
        with pytest.raises(UncertainError):
            papers.update({"n": 2}, doc_ids=[1])
        assert papers.get(doc_id=1) == {"n": 2}
        assert path.read_bytes() == snapshot
        recorder.fail_at = recorder.count + 3  # create, write, sync of the snapshot
        with pytest.raises(LibraryError):
            other.table("papers").update({"n": 3}, doc_ids=[1])
        assert other.table("papers").get(doc_id=1) == {"n": 2}
        other.table("papers").update({"m": 4}, doc_ids=[1])
        assert path.read_bytes() != snapshot
        db.refresh()
        assert papers.get(doc_id=1) == {"n": 2, "m": 4}
        again = path.read_bytes()
        papers.update({"m": 5}, doc_ids=[1])
        assert path.read_bytes() == again


def test_a_full_disk_refuses_and_goes_on_when_there_is_room(
    recorder: Recorder, tmp_path: Path
) -> None:
    path = tmp_path / "library.json"
    with open_db(path) as db:
        db.table("papers").insert({"n": 1})
        journal = path.with_name("library.json.journal").read_bytes()
        recorder.fail_at, recorder.fail_with = recorder.count + 1, errno.ENOSPC
        with pytest.raises(LibraryError, match="make room"):
            db.table("papers").insert({"n": 2})
        assert path.with_name("library.json.journal").read_bytes() == journal.rstrip(b" ")
        assert db.table("papers").insert({"n": 2}) == 2


def test_every_call_that_changes_something_is_recorded(recorder: Recorder, tmp_path: Path) -> None:
    with open_db(tmp_path / "library.json", on_replace=Backups(tmp_path / KEPT).keeping) as db:
        for step in steps(db):
            step()
    assert {entry[0] for entry in recorder.log} >= set(CALLS) - {"cut", "remove"}
