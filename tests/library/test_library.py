import itertools
import json
import os
import subprocess
import sys
import uuid
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import tinydb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readlist import change
from readlist.change import AddPaper, Change
from readlist.identifiers import new_uid
from readlist.library.disk import LibraryError
from readlist.library.library import Library
from readlist.paper import Paper, Status


class Clock:
    """A clock that goes on by a minute each time it is looked at."""

    def __init__(self):
        self._minutes = itertools.count()

    def __call__(self):
        minute = next(self._minutes)
        return datetime(2026, 11, 20, 8 + minute // 60, minute % 60, tzinfo=UTC)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "library.json"


def opened(path):
    return Library(path, clock=Clock())


def add(library, *titles):
    with library.writing():
        ids = count(library.last_id + 1)
        papers = [Paper(title=t, uid=new_uid(), added=library.now()) for t in titles]
        edits = {next(ids): [AddPaper(paper.document())] for paper in papers}
        return library.apply(Change("Imported", edits, "import")).ids


def mark(library, *numbers, status=Status.READ):
    return library.edit(numbers, lambda papers, now: change.set_status(papers, status, now))


def delete(library, *numbers):
    return library.edit(numbers, lambda papers, _now: change.delete(papers))


def content(library):
    return [paper.export() for paper in library.papers()]


def test_a_missing_library_is_empty_and_made_by_the_first_change(path):
    library = opened(path)
    assert len(library) == 0
    assert not path.parent.exists()
    add(library, "A")
    assert path.exists()


def test_what_was_done_is_there_after_reopening(path):
    library = opened(path)
    add(library, "A", "B")
    mark(library, 2)
    again = opened(path)
    assert content(again) == content(library)
    assert again.paper(2).status is Status.READ


def test_plain_tinydb_reads_every_paper(path):
    library = opened(path)
    add(library, "A", "B")
    library.compact()
    with tinydb.TinyDB(path) as db:
        papers = db.table("papers").all()
    assert [(p.doc_id, p["title"]) for p in papers] == [(1, "A"), (2, "B")]


def test_the_files_are_the_users_alone(path):
    add(opened(path), "A")
    assert path.stat().st_mode & 0o077 == 0


def test_no_id_is_used_twice(path):
    library = opened(path)
    add(library, "A", "B")
    delete(library, 2)
    assert add(opened(path), "C") == (3,)


def test_the_newest_import_stands_first_in_its_own_order(path):
    library = opened(path)
    with library.writing():
        add(library, "old")
    for batch in (["first", "second"],):
        with library.writing():
            now = library.now()
            ids = count(library.last_id + 1)
            edits = {next(ids): [AddPaper(Paper(title=t, added=now).document())] for t in batch}
            library.apply(Change("Imported", edits, "import"))
    assert [library.paper(i).title for i in library.overview.order()] == ["first", "second", "old"]


def test_undo_and_redo_work_across_restarts(path):
    add(opened(path), "A")
    before = content(opened(path))
    mark(opened(path), 1)
    after = content(opened(path))
    assert opened(path).undo().label == "Read “A”"
    assert content(opened(path)) == before
    assert opened(path).redo().label == "Read “A”"
    assert content(opened(path)) == after


def test_undo_of_an_import_and_of_a_deletion_bring_back_and_take_away_whole_papers(path):
    library = opened(path)
    add(library, "A", "B")
    mark(library, 1)
    full = content(library)
    delete(library, 1, 2)
    assert len(library) == 0
    assert [grave["title"] for grave in library.deleted()] == ["A", "B"]
    library.undo()
    assert content(library) == full
    assert list(library.deleted()) == []
    library.undo()
    library.undo()
    assert len(library) == 0
    library.redo()
    library.redo()
    assert content(library) == full


def test_nothing_to_undo_or_redo_is_none(path):
    library = opened(path)
    assert library.undo() is None
    assert library.redo() is None


def test_a_new_change_ends_what_could_be_redone(path):
    library = opened(path)
    add(library, "A")
    mark(library, 1)
    library.undo()
    mark(library, 1, status=Status.ARCHIVED)
    assert library.redo() is None
    assert library.paper(1).status is Status.ARCHIVED


def test_what_a_new_change_ended_stays_so_when_that_is_taken_back_and_made_again(path):
    library = opened(path)
    add(library, "A", "B")
    delete(library, 1)
    library.undo()
    delete(library, 2)
    library.undo()
    library.redo()
    assert library.redo() is None
    assert [paper.id for paper in library.papers()] == [1]


def test_undo_takes_back_what_was_done_from_here_not_what_others_did_meanwhile(path):
    here = opened(path)
    add(here, "A", "B")
    there = opened(path)
    mark(here, 1)
    mark(there, 2)
    here.undo()
    assert here.paper(1).status is Status.NEW
    assert here.paper(2).status is Status.READ
    there.undo()
    assert there.paper(2).status is Status.NEW


def test_undo_leaves_what_was_changed_since_from_elsewhere_and_says_so(path):
    here, there = opened(path), opened(path)
    add(here, "A")
    mark(here, 1)
    mark(there, 1, status=Status.ARCHIVED)
    applied = here.undo()
    assert applied.conflicts[0] == "status of “A” was changed since and stays"
    assert here.paper(1).status is Status.ARCHIVED


def test_the_log_tells_what_was_done_and_undone(path):
    library = opened(path)
    add(library, "A")
    mark(library, 1)
    library.undo()
    assert [(e.kind, e.label) for e in library.log()] == [
        ("import", "Imported"),
        ("change", "Read “A”"),
        ("undo", "Read “A”"),
    ]


def test_the_history_is_bounded(path, monkeypatch):
    monkeypatch.setattr("readlist.library.history.LIMIT", 3)
    library = opened(path)
    add(library, "A")
    for _ in range(3):
        mark(library, 1, status=Status.READ)
        mark(library, 1, status=Status.TO_READ)
    assert len(library.log()) == 3
    assert library.undo().label == "To read “A”"


def test_a_change_of_nothing_leaves_no_trace(path):
    library = opened(path)
    add(library, "A")
    assert mark(library, 1, status=Status.NEW).ids == ()
    assert len(library.log()) == 1


def test_the_status_before_reading_is_remembered(path):
    library = opened(path)
    add(library, "A", "B")
    mark(library, 1, status=Status.READING)
    mark(library, 1)
    assert library.statuses_before_read([1, 2]) == {1: Status.READING}


def test_the_last_import_is_that_in_force(path):
    library = opened(path)
    add(library, "A")
    add(library, "B", "C")
    assert library.last_import() == {2, 3}
    library.undo()
    assert library.last_import() == {1}
    library.redo()
    assert library.last_import() == {2, 3}


def test_changes_are_made_to_papers_as_they_are_now_not_as_they_were_seen(path):
    here, there = opened(path), opened(path)
    add(here, "A")
    there.edit([1], lambda papers, now: change.edit_tags(papers, ["theirs"], [], now))
    here.edit([1], lambda papers, now: change.edit_tags(papers, ["mine"], [], now))
    assert here.paper(1).tags == ["mine", "theirs"]


def test_a_refresh_shows_what_others_changed(path):
    here, there = opened(path), opened(path)
    add(there, "A")
    assert here.refresh()
    assert here.paper(1).title == "A"
    assert not here.refresh()


def test_an_error_in_the_middle_of_writing_changes_nothing(path):
    library = opened(path)
    add(library, "A")
    before = content(library)
    with pytest.raises(RuntimeError), library.writing():
        mark(library, 1)
        raise RuntimeError
    assert content(library) == before
    assert content(opened(path)) == before
    assert len(library.log()) == 1


@pytest.mark.parametrize("junk", ["[]", "half a {", "", '{"papers": 3}', "\x00\x01"])
def test_a_file_that_is_no_library_is_named_and_left_alone(tmp_path, junk):
    path = tmp_path / "library.json"
    path.write_text(junk)
    with pytest.raises(LibraryError, match=r"library\.json: .*"):
        opened(path)
    assert path.read_text() == junk


def test_a_folder_is_no_library(tmp_path):
    with pytest.raises(LibraryError):
        opened(tmp_path)


def test_a_library_of_a_newer_readlist_is_refused(path):
    library = opened(path)
    add(library, "A")
    library.compact()
    tables = json.loads(path.read_text())
    tables["meta"]["1"]["schema"] = 99
    path.write_text(json.dumps(tables))
    with pytest.raises(LibraryError, match="newer readlist"):
        opened(path)


_NOBODY = 65534
_IS_ROOT = hasattr(os, "getuid") and os.getuid() == 0


@contextmanager
def nobody(folder):
    """Be somebody to whom a folder belongs, and who may do no more than others: root may write
    everywhere."""
    if _IS_ROOT:
        os.chown(folder, _NOBODY, -1)
        os.setresuid(_NOBODY, _NOBODY, 0)  # the last is the way back
    try:
        yield
    finally:
        if _IS_ROOT:
            os.setresuid(0, 0, 0)


@pytest.mark.skipif(
    os.name == "nt" or (_IS_ROOT and not hasattr(os, "setresuid")),
    reason="folders are protected otherwise here",
)
def test_a_folder_that_cannot_be_written_is_said_and_can_be_read():
    with TemporaryDirectory() as folder:  # those of pytest are for one user alone
        path = Path(folder) / "library.json"
        with nobody(folder):
            library = opened(path)
            add(library, "A")
            library.close()
            for file in (*path.parent.iterdir(), path.parent):
                file.chmod(0o500)
            library = opened(path)
            assert library.is_read_only
            assert len(library) == 1
            with pytest.raises(LibraryError):
                mark(library, 1)
            assert library.paper(1).status is Status.NEW
            path.parent.chmod(0o700)
            library.close()


def test_a_full_disk_refuses_the_change_and_the_next_one_works(path, monkeypatch):
    library = opened(path)
    add(library, "A")
    with monkeypatch.context() as patch:
        patch.setattr("readlist.library.disk.write_at", partial(_fail, 28))
        with pytest.raises(LibraryError, match="make room on the disk"):
            mark(library, 1)
    assert library.paper(1).status is Status.NEW
    mark(library, 1)
    assert opened(path).paper(1).status is Status.READ


def _fail(number, *_):
    raise OSError(number, os.strerror(number))


VERBS = st.one_of(
    st.tuples(st.just("mark"), st.integers(1, 4), st.sampled_from(list(Status))),
    st.tuples(st.just("tag"), st.integers(1, 4), st.sampled_from(["a", "b"])),
    st.tuples(st.just("delete"), st.integers(1, 4), st.none()),
    st.tuples(st.just("undo"), st.none(), st.none()),
    st.tuples(st.just("redo"), st.none(), st.none()),
)


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(verbs=st.lists(VERBS, max_size=12))
def test_undoing_everything_and_redoing_it_gives_the_same_library(tmp_path_factory, verbs):
    path = tmp_path_factory.mktemp("library") / "library.json"
    library = opened(path)
    add(library, "A", "B", "C", "D")
    for verb, number, what in verbs:
        if verb == "mark":
            mark(library, number, status=what)
        elif verb == "tag":
            library.edit([number], lambda p, now, t=what: change.edit_tags(p, [t], [], now))
        elif verb == "delete":
            delete(library, number)
        else:
            getattr(library, verb)()
    full = content(library)
    steps = 0
    while library.undo():
        steps += 1
    assert len(library) == 0
    redone = 0
    while redone < steps:
        assert library.redo()
        redone += 1
    assert content(library) == full
    assert content(opened(path)) == full


CHANGING = """
import sys
import uuid
from pathlib import Path
from readlist import change
from readlist.library.library import Library
from readlist.paper import Status
library = Library(Path(sys.argv[1]))
for number in range(1, 9):
    library.edit([number], lambda p, now: change.set_status(p, Status.READ, now))
    print(number, flush=True)
"""


@pytest.mark.parametrize("lines", [1, 3, 6])
def test_what_was_acknowledged_survives_a_kill(path, lines):
    add(opened(path), *"ABCDEFGH")
    process = subprocess.Popen(
        [sys.executable, "-c", CHANGING, str(path)], stdout=subprocess.PIPE, text=True
    )
    for _ in range(lines):
        acknowledged = int(process.stdout.readline())
    process.kill()
    process.communicate()
    library = opened(path)
    assert all(library.paper(i).status is Status.READ for i in range(1, acknowledged + 1))
    assert len(library) == 8


def test_processes_that_write_at_once_lose_nothing(path):
    add(opened(path), *"ABCDEFGH")
    code = CHANGING.replace(
        "change.set_status(p, Status.READ, now)", "change.edit_tags(p, [sys.argv[2]], [], now)"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(path), f"t{i}"], stdout=subprocess.DEVNULL
        )
        for i in range(3)
    ]
    assert [process.wait() for process in running] == [0, 0, 0]
    assert all(paper.tags == ["t0", "t1", "t2"] for paper in opened(path).papers())


def test_a_uid_is_a_random_uuid():
    uids = {uuid.UUID(new_uid()) for _ in range(100)}
    assert len(uids) == 100
    assert {(uid.version, uid.variant) for uid in uids} == {(4, uuid.RFC_4122)}
