"""The index of a library, kept beside it: right after any change, by anyone, and any damage."""

import json
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from readlist import change, indexing
from readlist.change import AddPaper, Change
from readlist.identifiers import new_uid
from readlist.indexing import Indexing, path_of
from readlist.library.library import Library
from readlist.paper import Paper, Status
from readlist.search.kept import load
from readlist.search.query import parse

KEEP = """
import itertools, sys, threading
from pathlib import Path
from readlist import indexing
from readlist.library.library import Library
indexing._WORTH_KEEPING = 1
library = Library(Path(sys.argv[1]))
print("ready", flush=True)
for turn in itertools.count():
    if turn % 4 == 0:  # else another takes the place of the one that is there
        indexing.path_of(library.path).unlink(missing_ok=True)
        own = indexing.Indexing(library)
        own.complete()
    else:
        list(own._keep())
    for thread in threading.enumerate():
        if thread.name == "keep the index":
            thread.join()
"""


@pytest.fixture(autouse=True)
def _keep_small_ones(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(indexing, "_WORTH_KEEPING", 1)
    yield
    wait()


def wait() -> None:
    for thread in threading.enumerate():
        if thread.name == "keep the index":
            thread.join()


def add(library: Library, *titles: str) -> tuple[int, ...]:
    with library.writing():
        ids = count(library.last_id + 1)
        papers = [Paper(title=title, uid=new_uid(), added=library.now()) for title in titles]
        edits = {next(ids): [AddPaper(paper.document())] for paper in papers}
        return library.apply(Change("Imported", edits, "import")).ids


def found(library: Library, text: str) -> set[int]:
    answer = Indexing(library).complete().find(parse(text), order=library.overview.order())
    wait()
    return set(answer.ids)


def test_it_is_kept_and_taken_up_again(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    add(library, "Offline learning", "Diffusion")
    assert not path_of(library.path).exists()
    assert found(library, "offline") == {1}
    assert path_of(library.path).stat().st_mode & 0o777 == 0o600
    # as it was kept for this state of the library, no paper is read
    monkeypatch.setattr(Library, "checksum", None)
    assert found(library, "offline") == {1}
    assert found(library, "diffusion is:new") == {2}


def test_changes_by_others_are_found(library: Library) -> None:
    add(library, "Offline learning", "Diffusion", "Transformers")
    assert found(library, "offline") == {1}
    with_another = Library(library.path)
    with_another.edit([2], lambda papers, now: change.set_note(papers[0], "offline too", now))
    with_another.edit([3], lambda papers, now: change.set_status(papers, Status.READ, now))
    with_another.edit([1], lambda papers, _now: change.delete(papers))
    add(with_another, "Offline again")
    with_another.close()
    library.refresh()
    assert found(library, "offline") == {2, 4}
    assert found(library, "transformers is:new") == set()
    library.compact()
    assert found(library, "offline") == {2, 4}
    assert found(library, "transformers is:read") == {3}


def read_for(
    library: Library, text: str, monkeypatch: pytest.MonkeyPatch
) -> tuple[set[int], set[int]]:
    """Return what is found, and which papers were read for it."""
    read = set[int]()

    def noted(self: Library, number: int) -> Paper:
        read.add(number)
        return paper_once(self, number)

    paper_once = Library.paper_once
    with monkeypatch.context() as patch:
        patch.setattr(Library, "paper_once", noted)
        return found(library, text), read


def test_only_papers_are_read_that_changed(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(library, *(f"Paper {number}" for number in range(1, 30)))
    assert read_for(library, "paper", monkeypatch) == (set(range(1, 30)), set(range(1, 30)))
    for gone in (3, 4):  # in the journal, and in a snapshot that is another
        library.edit([2], lambda papers, now: change.set_note(papers[0], f"octopus {now}", now))
        library.edit([gone], lambda papers, _now: change.delete(papers))
        add(library, "An octopus")
        expected = {2, *range(30, library.last_id + 1)}
        assert read_for(library, "octopus", monkeypatch) == (expected, expected)
        library.compact()
        assert read_for(library, "octopus", monkeypatch) == (expected, expected)


def test_a_paper_that_another_program_wrote_is_noticed(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(library, "Offline learning", "Diffusion", "Transformers")
    library.compact()
    assert found(library, "offline") == {1}
    text = library.path.read_text("ascii")
    stamp = library.path.stat()
    library.path.write_text(text.replace("Diffusion", "Offline 2"), "ascii")
    os.utime(library.path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns + 1))
    library.refresh()
    assert read_for(library, "offline", monkeypatch) == ({1, 2}, {2})
    tables = json.loads(library.path.read_bytes())
    tables["papers"]["3"]["title"] = "Offline 3"
    library.path.write_text(json.dumps(tables, indent=1), "ascii")
    library.refresh()
    assert found(library, "offline") == {1, 2, 3}
    library.compact()
    assert found(library, "offline") == {1, 2, 3}


@pytest.mark.parametrize("content", [b"", b"readlist words 1\n{}", b"\0" * 9_000, b"x"])
def test_what_is_damaged_is_made_anew(library: Library, content: bytes) -> None:
    add(library, "Offline learning", "Diffusion")
    path_of(library.path).write_bytes(content)
    assert found(library, "offline") == {1}
    assert len(path_of(library.path).read_bytes()) > 4096


def test_where_nothing_can_be_written_it_is_all_in_memory(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    add(library, "Offline learning", "Diffusion")
    monkeypatch.setattr("tempfile.mkstemp", full)
    assert found(library, "offline") == {1}
    assert not path_of(library.path).exists()


def test_between_steps_papers_can_be_searched_and_change(library: Library) -> None:
    add(library, *(f"Paper {number}" for number in range(1, 40)))
    own = Indexing(library)
    number = 0
    while not own.step(3):
        number += 1
        assert own.progress or number
        if number == 1 or own.progress.startswith("12"):
            library.edit([2], lambda papers, now: change.set_note(papers[0], "octopus", now))
            own.take_in([2])
            assert list(own.searcher.find(parse("octopus")).ids) == [2]
    assert own.progress == ""
    assert list(own.searcher.find(parse("octopus")).ids) == [2]
    assert len(own.searcher.find(parse("paper")).ids) == 39
    library.edit([2], lambda papers, _now: change.delete(papers))
    own.take_in([2])
    assert list(own.searcher.find(parse("octopus")).ids) == []


def test_whenever_it_is_killed_while_it_keeps_the_next_one_finds_all(library: Library) -> None:
    """What is killed has a file in its place that is whole, or none."""
    add(library, *(f"Offline paper {number} on fine-tuning" for number in range(1, 200)))
    kept = path_of(library.path.resolve())
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    chance = random.Random(1)
    for _ in range(10):
        process = subprocess.Popen(
            [sys.executable, "-c", KEEP, library.path], stdout=subprocess.PIPE, env=environment
        )
        with process:
            assert process.stdout
            assert process.stdout.readline() == b"ready\n"
            time.sleep(chance.random() / 4)
            process.kill()
        if kept.exists():
            assert len(load(kept)[0]) == 199
        assert len(found(library, "finetuning is:new")) == 199


def test_a_small_library_leaves_no_file(
    library: Library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(indexing, "_WORTH_KEEPING", 1_000)
    add(library, "Offline learning")
    assert found(library, "offline") == {1}
    assert not path_of(library.path).exists()
