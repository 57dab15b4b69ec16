import json
import os
import tracemalloc
from pathlib import Path

import pytest

from readlist import change
from readlist.adding import addition
from readlist.adding.addition import Addition, named_files, read_given, what_is_wrong
from readlist.formats.incoming import FormatError
from readlist.formats.streamed import Stream
from readlist.library import disk, documents
from readlist.library import library as library_module
from readlist.library.disk import LibraryError
from readlist.library.library import Library
from readlist.operations import ImportOptions, read_input, take_in
from readlist.paper import Status
from readlist.progress import CancelledError, Progress


def lines(*titles, **fields):
    return "\n".join(json.dumps({"title": title, **fields}) for title in titles)


def inputs(*texts):
    return [(f"file {n}", read_input(t.encode(), "x")) for n, t in enumerate(texts, start=1)]


@pytest.fixture
def library(tmp_path):
    library = Library(tmp_path / "library.json")
    take_in(library, read_input(lines("One", "Two").encode(), "x"), "x")
    yield library
    library.close()


def look(library, *texts):
    return Addition(library.twin(), inputs(*texts), Progress())


def titles(library):
    library.refresh()
    return [paper.title for paper in library.papers()]


def test_what_is_in_inputs_is_said_and_nothing_changed(library):
    added = look(library, lines("Three", "One"), lines("Three", "Four", ""))
    seen = added.seen
    assert seen.summary() == "4 papers, 1 you have, 1 listed twice, 1 refused"
    assert (seen.name, seen.new, seen.states) == ("2 files", 2, (Status.NEW,))
    assert [(p.title, p.is_known) for p in seen.first][-1] == ("One", True)
    assert seen.refusals[0].place == "file 2, line 3"
    assert titles(library) == ["One", "Two"]
    added.close()


def test_what_it_will_do_to_what_is_there_is_said(library):
    text = "@book{k, title={One}, author={Ann Lee}} @book{j, title={Three}, author={Ann Lee}}"
    added = look(library, text)
    assert added.seen.summary() == "2 papers, 1 you have (1 by title alone)"
    assert added.seen.effect() == "takes 1 paper in, merges 1 into yours"
    taken = added.take(ImportOptions(), Progress())
    assert taken.summary() == "file 1: 1 added, 1 merged (1 by title alone)"
    again = look(library, text)
    assert (again.seen.merged, again.seen.effect()) == (0, "takes what is new of it")
    added.close()
    again.close()


def test_looking_leaves_nothing_behind_so_that_it_can_be_taken_in_any_state(library):
    added = look(library, lines("Three", "Four"))
    taken = added.take(ImportOptions(status=Status.TO_READ, tags=("rl",)), Progress())
    assert taken.summary() == "file 1: 2 added"
    added.close()
    assert titles(library) == ["One", "Two", "Three", "Four"]
    assert {(p.status, *p.tags) for p in library.papers(taken.ids)} == {(Status.TO_READ, "rl")}
    assert library.undo().label == "Imported file 1: 2 added"
    assert titles(library) == ["One", "Two"]


def test_what_was_changed_since_it_was_looked_at_counts(library):
    added = look(library, lines("Three", "Four", "Two"))
    report = take_in(library, read_input(lines("Four").encode(), "y"), "y")
    library.edit(report.added, lambda papers, now: change.delete(papers))
    take_in(library, read_input(lines("Three").encode(), "y"), "y")
    taken = added.take(ImportOptions(), Progress())
    added.close()
    assert taken.reports[0].left_out == 1
    assert titles(library) == ["One", "Two", "Three"]


def test_what_somebody_takes_in_meanwhile_is_not_taken_twice(library, monkeypatch):
    added = look(library, lines("Three", "Four"))
    through, others = Addition._through, iter(["Three"])

    def slow(self, options, progress):
        found = through(self, options, progress)
        other = next(others, None)
        if other:
            take_in(library, read_input(lines(other).encode(), "y"), "y")
        return found

    monkeypatch.setattr(Addition, "_through", slow)
    taken = added.take(ImportOptions(), Progress())
    added.close()
    assert len(taken.reports[0].added) == 1
    assert sorted(titles(library)) == ["Four", "One", "Three", "Two"]


@pytest.mark.parametrize("at", range(0, 9))
def test_what_is_given_up_at_any_step_changes_nothing(library, at):
    added = look(library, lines("Three", "Four", "Five"))
    progress = Progress()
    steps = iter(range(at))

    def step(number=1):
        if next(steps, None) is None and not progress.is_final:
            progress.cancel()
        Progress.step(progress, number)

    progress.step = step
    with pytest.raises(CancelledError):
        added.take(ImportOptions(), progress)
    assert titles(library) == ["One", "Two"]
    assert added.take(ImportOptions(), Progress()).summary() == "file 1: 3 added"
    added.close()


def test_reading_is_given_up_at_the_next_paper():
    progress = Progress()
    read = iter(range(3))

    def step(number=1):
        if next(read, None) is None:
            progress.cancel()
        Progress.step(progress, number)

    progress.step = step
    with pytest.raises(CancelledError):
        read_given(lines("One", "Two", "Three", "Four"), progress, Path("library.json"))


def test_a_text_is_read(tmp_path):
    [(name, incoming)] = read_given(lines("One", "Two"), Progress(), tmp_path / "library.json")
    assert (name, len(incoming.papers)) == (addition.PASTED, 2)
    assert what_is_wrong("a b") == "no file of this name, and no id yet"
    assert what_is_wrong(str(tmp_path)) == "a folder: the name of a file in it is wanted"
    for given in (" @article{a, title={B}}", '{"title": "A"}', "[{}]"):
        assert what_is_wrong(given) == "a reference, not a file: enter reads it"
    with pytest.raises(FormatError, match="that is a folder"):
        read_given(str(tmp_path), Progress(), tmp_path / "library.json")


def test_files_are_named_in_all_the_ways_in_which_terminals_write_them(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    one, odd = tmp_path / "one.bib", tmp_path / "an odd, [name]'s.bib"
    one.touch()
    odd.touch()
    escaped = str(odd).replace(" ", "\\ ").replace("'", "\\'")
    for given in ("one.bib", "~/one.bib", f" '{one}'\n", f'"{one}"', one.as_uri()):
        assert named_files(given) == [one] or named_files(given)[0].resolve() == one, given
    for given in (str(odd), f'"{odd}"', escaped, odd.as_uri()):
        assert named_files(given) == [odd], given
    assert named_files(f"{one}\n{odd}") == named_files(f"{one} {escaped}") == [one, odd]
    for given in ("", "'", "one.bib two.bib", "\x00", "x" * 9000, "~nobody/x", str(tmp_path)):
        assert named_files(given) == [], given


def from_file(library, tmp_path, text):
    """Return what is shown of JSON lines in a file, which nobody needs any more then."""
    file = tmp_path / "file 1"
    file.write_text(text)
    inputs = read_given(str(file), Progress(), library.path)
    assert isinstance(inputs[0][1], Stream)
    file.unlink()
    return Addition(library.twin(), inputs, Progress())


def test_of_lines_in_a_file_the_same_is_shown_and_taken_as_of_others(library, tmp_path):
    text = lines("Three", "One", "Four", "Three", *map(str, range(300)), "", authors=["A B"])
    at_once, streamed = look(library, text), from_file(library, tmp_path, text)
    assert streamed.seen == at_once.seen
    assert (len(streamed.seen.first), streamed.seen.new, streamed.seen.repeated) == (200, 302, 1)
    assert streamed.take(ImportOptions(), Progress()).summary() == (
        at_once.seen.name + ": 302 added, 1 merged (1 by title alone), 1 listed twice, 1 refused"
    )
    again = from_file(library, tmp_path, text)
    assert again.seen.summary() == "304 papers, 303 you have, 1 listed twice, 1 refused"
    assert all(one.is_known for one in again.seen.first)
    for added in (at_once, streamed, again):
        added.close()
    library.refresh()
    assert len(library) == 304
    assert library.undo().label == "Imported file 1: 302 added, 1 merged"
    assert titles(library) == ["One", "Two"]


def test_lines_in_a_file_are_taken_when_somebody_was_faster_and_after_giving_up(library, tmp_path):
    added = from_file(library, tmp_path, lines("Three", "Four", "Five"))
    progress = Progress()
    progress.cancel()
    with pytest.raises(CancelledError):
        added.take(ImportOptions(), progress)
    put, refresh = ["Four"], added.library.refresh

    def late():
        touched = refresh()
        while put:
            text = lines(put.pop())
            take_in(library, read_input(text.encode(), "y"), "y")
        return touched

    added.library.refresh = late
    assert added.take(ImportOptions(), Progress()).summary() == "file 1: 2 added, 1 unchanged"
    added.close()
    assert titles(library) == ["One", "Two", "Four", "Three", "Five"]


def test_no_room_for_lines_of_a_file_is_said(library, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(disk, "write_at", full)
    (tmp_path / "x.json").write_text(lines(*map(str, range(9)), abstract="a" * 200_000))
    with pytest.raises(LibraryError, match="no space left on device; make room"):
        read_given(str(tmp_path / "x.json"), Progress(), library.path)


def test_the_text_of_a_large_file_is_not_in_memory(library, tmp_path, monkeypatch):
    monkeypatch.setattr(library_module, "_AT_ONCE", 10)
    monkeypatch.setattr(documents, "_MOST_HELD", 1 << 20)
    text = lines(*map(str, range(300)), abstract="a" * 40_000)
    (tmp_path / "papers.json").write_text(text)
    tracemalloc.start()
    inputs = read_given(str(tmp_path / "papers.json"), Progress(), library.path)
    added = Addition(library.twin(), inputs, Progress())
    assert added.take(ImportOptions(), Progress()).summary() == "papers.json: 300 added"
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    added.close()
    assert most < len(text) // 2  # read whole, it was five times the text
