"""Import and export, as users see them."""

import json
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist import change
from readlist.formats.incoming import FormatError, Incoming
from readlist.intake import Report
from readlist.library.library import Library
from readlist.operations import (
    ImportOptions,
    export,
    read_input,
    take_in,
    take_in_all,
    write_export,
)
from readlist.paper import Document, Paper, Status
from tests.strategies import documents

NOW = "2026-03-01T12:00:00Z"
RESTORE = ImportOptions(restore=True)


def own(*papers: Document) -> Incoming:
    return read_input(json.dumps({"papers": papers}).encode(), "mine.json")


def listing(*papers: Paper) -> Incoming:
    return Incoming("listing", "huggingface", list(papers))


def put(library: Library, *papers: Paper, **options: Any) -> Report:
    return take_in(library, listing(*papers), "page.txt", ImportOptions(**options))


def exported(library: Library) -> list[Document]:
    papers: list[Document] = json.loads(export(library.papers(), "json"))["papers"]
    return papers


@contextmanager
def two_libraries() -> Iterator[tuple[Library, Library]]:
    with tempfile.TemporaryDirectory() as folder:
        libraries = Library(Path(folder, "a.json")), Library(Path(folder, "b.json"))
        yield libraries
        for library in libraries:
            library.close()


# The pages


def test_the_pages_come_in_whole(library: Library, pages: list[Path]):
    inputs = [(page.name, read_input(page.read_bytes(), page.name)) for page in pages]
    assert [len(incoming.papers) for _, incoming in inputs] == [119, 94, 90]
    reports = take_in_all(library, inputs)
    assert sum(len(report.added) for report in reports) == len(library) == 279
    by_title = {paper.title: paper for paper in library.papers()}
    for page in pages:
        for expected in json.loads(page.with_suffix(".expected.json").read_text("utf-8")):
            paper = by_title[expected["title"]]
            assert paper.abstract == expected["abstract"]
            for name in ("author_count", "organization", "comments"):
                assert expected.get(name) in (None, getattr(paper, name))
            assert _printed(paper, expected.get("date"))


def _printed(paper: Paper, text: str | None) -> bool:
    """Say whether a date as a page prints it is the paper's."""
    if text is None:
        return True
    day = date.fromisoformat(paper.published or "")
    return text in (f"{day:%b} {day.day}", f"{day:%b} {day.day}, {day.year}")


def test_the_same_pages_again_change_nothing(library: Library, pages: list[Path]):
    inputs = [(page.name, read_input(page.read_bytes(), page.name)) for page in pages]
    take_in_all(library, inputs)
    before, log = exported(library), len(library.log())
    reports = take_in_all(library, inputs)
    assert [len(report.unchanged) for report in reports] == [119, 94, 90]
    assert (exported(library), len(library.log())) == (before, log)


# What comes in


def test_papers_of_a_listing_come_in_new_and_in_order(library: Library):
    report = put(library, Paper(title="B"), Paper(title="A", author_count=3))
    assert (report.added, report.summary()) == ([1, 2], "2 added")
    first, second = library.papers()
    assert (first.title, first.status, first.added) == ("B", Status.NEW, first.sources[0]["at"])
    assert first.sources[0]["name"] == "huggingface"
    assert first.changed is first.decided is None
    assert (second.citekey, second.author_count) == ("a", 3)
    assert first.uid != second.uid
    assert library.log()[-1].label == "Imported page.txt: 2 added"
    assert library.last_import() == {1, 2}


def test_a_paper_that_is_there_learns_and_nothing_that_the_user_did_is_lost(library: Library):
    put(library, Paper(title="A Title"), Paper(title="B"))
    library.edit([1], lambda papers, now: change.set_status(papers, Status.READ, now))
    before = library.paper(1)
    report = put(library, Paper(title="a title", abstract="x"), Paper(title="B"), Paper(title="C"))
    assert (report.added, report.merged, report.unchanged) == ([3], [1], [2])
    assert library.paper(1) == before.but(abstract="x")
    assert report.summary() == "1 added, 1 merged (1 by title alone), 1 unchanged"
    library.undo()
    assert library.paper(1) == before
    assert 3 not in library


def test_titles_that_were_taken_for_one_are_named(library: Library):
    title = "On the Rising of Bread by Shared Heat"
    put(library, Paper(title=title), Paper(title="B", authors=["Ann Lee"]))
    slips = [title.replace("Bread", "Bred"), title.replace("Shared", "Shred")]
    own = Paper(title="b", authors=["A. Lee"], venue="V")
    report = put(library, *(Paper(title=slip, venue="V") for slip in slips), own)
    assert (report.merged, report.by_title) == ([1, 2], [1])
    assert report.notes == [f"taken as the same: “{slips[0]}” and “{title}”"]
    assert library.log()[-1].label == "Imported page.txt: 2 merged"


def test_papers_twice_in_one_input_become_one(library: Library):
    put(library, Paper(title="Old"))
    again = [Paper(title="A"), Paper(title="a", abstract="x"), Paper(title="Old"), Paper(title="A")]
    report = put(library, *again, Paper(title="OLD", venue="V"))
    assert (report.added, report.merged, report.repeated) == ([2], [1], 3)
    assert report.summary() == "1 added, 1 merged (1 by title alone), 3 listed twice"
    assert library.paper(2).abstract == "x"
    assert library.paper(1).venue == "V"


def test_papers_with_one_title_and_two_identifiers_stay_two(library: Library):
    one, two = (Paper(title="Introduction", identifiers={"arxiv": n}) for n in ("1", "2"))
    assert put(library, one, two).added == [1, 2]
    assert [paper.citekey for paper in library.papers()] == ["introduction", "introductiona"]


def test_tags_and_a_status_can_be_given(library: Library):
    put(library, Paper(title="A", tags=["x"]))
    report = put(
        library, Paper(title="A"), Paper(title="B"), tags=("rl", "x"), status=Status.READING
    )
    first, second = library.papers()
    assert (first.status, first.tags, report.merged) == (Status.NEW, ["rl", "x"], [1])
    assert (second.status, second.tags) == (Status.READING, ["rl", "x"])
    assert second.decided == second.started == second.added
    assert second.finished is second.changed is first.changed is None


def test_a_dry_run_reports_the_same_and_changes_nothing(library: Library):
    put(library, Paper(title="A"))
    inputs = [
        ("1", listing(Paper(title="A", venue="V"), Paper(title="B"))),
        ("2", listing(Paper(title="B"), Paper(title="C"))),
    ]
    content = library.path.read_bytes()
    dry = take_in_all(library, inputs, ImportOptions(dry_run=True))
    assert library.path.read_bytes() == content
    assert take_in_all(library, inputs) == dry
    assert dry[1].summary() == "1 added, 1 unchanged"


def test_a_dry_run_needs_no_place_to_write(tmp_path: Path):
    library = Library(tmp_path / "not" / "there.json")
    put(library, Paper(title="A"), dry_run=True)
    assert not (tmp_path / "not").exists()


def test_inputs_of_one_call_come_in_together_or_not_at_all(library: Library):
    def inputs() -> Iterator[tuple[str, Incoming]]:
        yield "1", listing(Paper(title="A"))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_in_all(library, inputs())
    assert len(library) == 0
    assert not library.path.exists()


def test_deleted_papers_are_left_out_until_they_are_wanted_back(library: Library):
    put(library, Paper(title="A", identifiers={"arxiv": "1"}), Paper(title="B"))
    uid = library.paper(1).uid
    library.edit([1], lambda papers, now: change.delete(papers))
    by_identifier = Paper(title="Another title", identifiers={"arxiv": "1"})
    report = put(library, by_identifier, Paper(title="a"))
    assert (report.added, report.left_out) == ([], 2)
    assert report.summary() == "2 deleted before and left out"
    assert put(library, by_identifier, restore=True).added == [1]
    assert (library.paper(1).uid, library.paper(1).title) == (uid, "Another title")
    assert list(library.deleted()) == []


def test_what_an_undone_import_brought_comes_in_again(library: Library):
    put(library, Paper(title="A", identifiers={"arxiv": "1"}), Paper(title="B"))
    library.undo()
    again = Paper(title="A", identifiers={"arxiv": "1"})
    report = put(library, again)
    assert (len(report.added), report.left_out, len(library)) == (1, 0, 1)
    library.edit(report.added, lambda papers, now: change.delete(papers))
    assert put(library, again).left_out == 1  # deleted, not taken back


def test_a_deletion_that_is_made_again_counts(library: Library):
    put(library, Paper(title="A"))
    library.edit([1], lambda papers, now: change.delete(papers))
    library.undo()
    library.redo()
    assert put(library, Paper(title="a")).left_out == 1


# readlist's own files


@given(st.lists(documents(), max_size=5))
def test_an_export_makes_the_same_library_and_restoring_it_changes_nothing(found: list[Document]):
    with two_libraries() as (one, other):
        take_in(one, own(*found), "a.json")
        content = export(one.papers(), "json", exported=NOW)
        incoming = read_input(content, "export.json")
        assert incoming.refusals == []
        take_in(other, incoming, "export.json")
        assert export(other.papers(), "json", exported=NOW) == content
        lines = export(one.papers(), "jsonl")
        for again in (content, lines):
            for options in (RESTORE, ImportOptions()):
                if again:
                    report = take_in(other, read_input(again, "x"), "x", options)
                    assert (report.added, report.merged) == ([], [])
        assert export(other.papers(), "json", exported=NOW) == content


def test_an_own_file_comes_into_an_empty_library_as_it_is(library: Library):
    mine = {
        "id": 7,
        "uid": "u",
        "citekey": "Key",
        "title": "A",
        "status": "read",
        "starred": True,
        "added": "2020-01-01T00:00:00Z",
        "changed": "2021-01-01T00:00:00Z",
        "note": "mine",
    }
    report = take_in(library, own(mine, {"title": "B"}, {"title": "C", "id": 7}), "mine.json")
    assert report.added == [7, 8, 9]
    assert exported(library)[0].items() >= mine.items()
    assert exported(library)[0]["sources"] == []
    second = library.paper(8)
    assert (second.status, second.citekey, second.title) == (Status.NEW, "b", "B")
    assert second.uid
    assert second.added == library.log()[-1].at


def test_papers_that_an_own_file_tells_apart_stay_apart(library: Library):
    twins = [{"title": "A", "uid": uid, "identifiers": {"doi": "1"}} for uid in ("u", "v")]
    assert len(take_in(library, own(*twins), "x").added) == 2
    assert take_in(library, own(*twins), "x").unchanged == [1, 2]
    assert take_in(library, own(*twins[:1], *twins[:1]), "x").repeated == 1


def test_into_another_library_come_facts_and_tags_only(library: Library):
    put(library, Paper(title="A"))
    file = own(
        {"id": 9, "title": "A", "tags": ["rl"], "status": "read", "note": "x", "venue": "V"},
        {"id": 9, "title": "B", "uid": "u", "citekey": "K", "tags": ["rl"], "starred": True},
    )
    take_in(library, file, "mine.json")
    first, second = library.papers()
    assert (first.status, first.note, first.tags, first.venue) == (Status.NEW, "", ["rl"], "V")
    assert (second.id, second.status, second.starred, second.tags) == (2, Status.NEW, False, ["rl"])
    assert (second.uid, second.citekey) == ("u", "K")


def test_restoring_lets_the_later_change_win(library: Library):
    early, late = "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"
    papers = [
        {"title": "A", "uid": "a", "changed": early, "tags": ["x"], "status": "reading"},
        {"title": "B", "uid": "b", "changed": late, "note": "here"},
        {"title": "C", "uid": "c"},
    ]
    take_in(library, own(*papers), "mine.json")
    file = own(
        {"title": "A", "uid": "a", "changed": late, "tags": ["y"], "status": "read"},
        {"title": "B", "uid": "b", "changed": early, "note": "there", "tags": ["z"]},
        {"title": "C", "uid": "c", "changed": early, "starred": True},
        {"title": "D", "uid": "d", "id": 40, "note": "new here"},
        {"title": "E", "uid": "e", "id": 2},
    )
    report = take_in(library, file, "other.json", RESTORE)
    assert (report.added, report.merged) == ([40, 41], [1, 2, 3])
    a, b, c, d, e = library.papers()
    assert (a.status, a.tags, a.changed) == (Status.READ, ["x", "y"], late)
    assert (b.note, b.tags, b.changed) == ("here", ["z"], late)
    assert (c.starred, d.note, e.title) == (True, "new here", "E")
    library.undo()
    assert [paper.id for paper in library.papers()] == [1, 2, 3]
    assert library.paper(1).status is Status.READING


def test_restoring_brings_back_what_was_deleted_as_it_was(library: Library):
    take_in(library, own({"title": "A", "uid": "a", "note": "x"}, {"title": "B"}), "mine.json")
    content = export(library.papers(), "json", exported=NOW)
    library.edit([1], lambda papers, now: change.delete(papers))
    incoming = read_input(content, "mine.json")
    assert take_in(library, incoming, "mine.json").left_out == 1
    assert take_in(library, incoming, "mine.json", RESTORE).added == [1]
    assert export(library.papers(), "json", exported=NOW) == content


def test_the_ids_of_deleted_papers_are_not_given_to_others(library: Library):
    put(library, Paper(title="A"))
    library.edit([1], lambda papers, now: change.delete(papers))
    assert take_in(library, own({"title": "B", "id": 1}), "mine.json").added == [2]


# Reading inputs


def test_an_input_is_refused_in_a_line_that_names_it():
    with pytest.raises(FormatError, match=r"^a b\.pdf: it is a PDF, and no text$"):
        read_input(b"%PDF-1.7", "a\nb.pdf")
    with pytest.raises(FormatError, match=r"^x: no format is called 'foo'"):
        read_input(b"[]", "x", ImportOptions(format="foo"))


def test_a_format_can_be_named_and_notes_are_kept(pages: list[Path]):
    content = pages[0].read_bytes()
    assert len(read_input(content, "x", ImportOptions(format="listing")).papers) == 119
    with pytest.raises(FormatError):
        read_input(content, "x", ImportOptions(format="json"))
    found = read_input('[{"title": "é"}]'.encode("latin-1"), "x")
    assert (found.papers[0].title, len(found.notes)) == ("é", 1)


def test_the_year_of_a_page_can_be_said(pages: list[Path]):
    options = ImportOptions(page_date=date(2031, 1, 5))
    found = read_input(pages[2].read_bytes(), "x", options)
    assert not any(paper.extra for paper in found.papers)
    assert any((paper.published or "") > "2030" for paper in found.papers)
    today = ImportOptions(today=datetime(2026, 1, 1, tzinfo=UTC).date())
    assert any(paper.extra for paper in read_input(pages[2].read_bytes(), "x", today).papers)


# Writing files


def test_an_export_is_written_by_its_ending(tmp_path: Path):
    papers = [Paper(title="A", id=1)]
    write_export(papers, tmp_path / "a.jsonl", exported=NOW)
    assert json.loads((tmp_path / "a.jsonl").read_bytes())["title"] == "A"
    write_export(papers, tmp_path / "a.txt", "json", share=True, exported=NOW)
    assert (tmp_path / "a.txt").read_bytes() == export(papers, "json", share=True, exported=NOW)
    with pytest.raises(FormatError, match=r"a\.foo has the ending \.foo; known are"):
        write_export(papers, tmp_path / "a.foo")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.jsonl", "a.txt"]


def test_an_export_can_be_read_by_those_who_can_read_the_users_files(tmp_path: Path):
    other = tmp_path / "other"
    other.touch()
    write_export([], tmp_path / "a.json")
    assert (tmp_path / "a.json").stat().st_mode == other.stat().st_mode
    other.chmod(0o640)
    write_export([], other, "json")
    assert stat.S_IMODE(other.stat().st_mode) == 0o640


def test_a_failing_export_leaves_the_old_file(tmp_path: Path):
    with pytest.raises(OSError, match="directory"):
        write_export([], tmp_path, "json")
    with pytest.raises(OSError, match="No such file"):
        write_export([], tmp_path / "no" / "a.json")
    assert list(tmp_path.iterdir()) == []
