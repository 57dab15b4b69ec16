"""Papers that are there twice, made one: nothing of them is lost, and all can be taken back."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readlist.change import AddPaper, Change
from readlist.citekeys import aliases
from readlist.formats import native
from readlist.formats.incoming import Incoming
from readlist.insight import duplicates
from readlist.insight.duplicates import APART
from readlist.library.library import Library
from readlist.merging import uniting
from readlist.merging.known import FORMER
from readlist.operations import ImportOptions, take_in
from readlist.paper import Paper, Status
from tests.strategies import documents

NOW = "2026-05-01T00:00:00Z"


def paper(number: int = 1, **values: Any) -> Paper:
    return Paper(**{"id": number, "uid": f"u{number}", "title": "A Title"} | values)


def library(folder: Path, *papers: Paper) -> Library:
    found = Library(folder / "library.json", clock=lambda: datetime(2026, 5, 1, tzinfo=UTC))
    found.apply(Change("Added", {p.id: [AddPaper(p.document())] for p in papers}))
    return found


@pytest.fixture
def twice(tmp_path: Path) -> Library:
    one = paper(1, identifiers={"arxiv": "2401.00001"}, tags=["a"], note="One.", starred=True)
    two = paper(2, identifiers={"doi": "10.1/x"}, tags=["b"], note="Two.", status=Status.READ)
    return library(tmp_path, one, two, paper(3, title="Another"))


def test_what_was_done_to_either_is_kept():
    one = paper(
        1,
        status=Status.ARCHIVED,
        tags=["b"],
        note="One.",
        files=["a.pdf"],
        added="2026-01-02T00:00:00Z",
        decided="2026-01-03T00:00:00Z",
        sources=[{"name": "arxiv", "at": "2026-01-02T00:00:00Z"}],
    )
    two = paper(
        2,
        status=Status.READ,
        starred=True,
        tags=["a", "b"],
        note="Two.",
        files=["b.pdf", "a.pdf"],
        added="2026-01-01T00:00:00Z",
        decided="2026-01-04T00:00:00Z",
        started="2026-01-05T00:00:00Z",
        finished="2026-01-06T00:00:00Z",
        sources=[{"name": "arxiv", "at": "2026-01-01T00:00:00Z"}],
    )
    both = uniting.united(one, [two])
    assert (both.status, both.starred, both.tags) == (Status.READ, True, ["a", "b"])
    assert (both.note, both.files) == ("One.\n\nTwo.", ["a.pdf", "b.pdf"])
    assert (both.added, both.decided) == (two.added, one.decided)
    assert (both.started, both.finished) == (two.started, two.finished)
    assert both.sources == [*two.sources, *one.sources]
    assert (both.id, both.uid) == (1, "u1")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("new", "archived", "archived"),
        ("archived", "to-read", "to-read"),
        ("read", "reading", "read"),
        ("to-read", "reading", "reading"),
    ],
)
def test_the_furthest_state_holds(one: str, other: str, expected: str):
    for a, b in ((one, other), (other, one)):
        both = uniting.united(paper(1, status=Status(a)), [paper(2, status=Status(b))])
        assert both.status == expected


def test_times_of_a_state_that_gave_way_are_not_kept():
    read = paper(1, status=Status.READ, finished="2026-01-01T00:00:00Z")
    assert uniting.united(paper(2), [read]).finished == read.finished
    odd = paper(1, status=Status.READING, finished="2026-01-01T00:00:00Z", decided=NOW)
    assert uniting.united(paper(2), [odd]).finished is None
    assert uniting.united(paper(1, decided=NOW), [paper(2)]).decided is None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("a", "a", "a"), ("", "a", "a"), ("a b", "b", "a b"), ("b", "a b", "a b"), ("a", "", "a")],
)
def test_a_note_is_not_written_twice(one: str, other: str, expected: str):
    assert uniting.united(paper(1, note=one), [paper(2, note=other)]).note == expected


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"tags": ["a"], "note": "x"}, {"starred": True, "authors": ["A B"], "abstract": "We."}),
        ({"status": Status.READ}, {"status": Status.NEW, "authors": ["A B"]}),
        ({"status": Status.READ}, {"status": Status.TO_READ, "authors": ["A B"]}),
        ({"status": Status.ARCHIVED}, {"status": Status.TO_READ, "added": NOW, "decided": NOW}),
        ({"tags": ["a", "b"]}, {"tags": ["a"], "authors": ["A B"]}),
        ({"note": "mine"}, {"tags": ["a", "b"], "authors": ["A B"]}),
        ({"citekey": "Knuth84"}, {"citekey": "title", "authors": ["A B"]}),
        ({"authors": ["A B"], "added": NOW}, {"added": "2026-01-01T00:00:00Z"}),
        ({"identifiers": {"doi": "1", "arxiv": "2"}}, {"identifiers": {"doi": "1"}}),
        ({"added": "2026-01-01T00:00:00Z"}, {"added": NOW}),
    ],
)
def test_the_best_is_the_one_that_more_was_done_with_then_the_fuller_then_the_older(better, worse):
    one, other = paper(2, **{"citekey": "title"} | better), paper(1, **{"citekey": "title"} | worse)
    assert uniting.best_first([other, one]) == [one, other]
    assert uniting.best_first([one, other]) == [one, other]


def test_of_two_papers_alike_the_first_is_the_best():
    assert [p.id for p in uniting.best_first([paper(3), paper(1), paper(2)])] == [1, 2, 3]


@pytest.mark.parametrize(
    ("kept", "other", "own", "others"),
    [
        ("title", "Knuth84", "Knuth84", ["title"]),
        ("Knuth84", "title", "Knuth84", ["title"]),
        ("title", "titlea", "title", ["titlea"]),
        ("Knuth84", "Knuth:84", "Knuth84", ["Knuth:84"]),
    ],
)
def test_the_keys_of_both_find_what_they_became(kept, other, own, others):
    both = uniting.united(paper(1, citekey=kept), [paper(2, citekey=other)])
    assert (both.citekey, aliases(both)) == (own, others)


def test_a_merge_is_one_change_that_is_taken_back_whole(twice: Library):
    before = list(twice.papers())
    applied = twice.edit([1, 2], uniting.merge_papers)
    assert applied.label == "Merged “A Title” with 1 other"
    assert [p.id for p in twice.papers()] == [1, 3]
    both = twice.paper(1)
    assert both.identifiers == {"arxiv": "2401.00001", "doi": "10.1/x"}
    assert (both.tags, both.note, both.starred) == (["a", "b"], "One.\n\nTwo.", True)
    assert both.changed == NOW
    twice.undo()
    assert list(twice.papers()) == before
    twice.redo()
    assert [p.id for p in twice.papers()] == [1, 3]
    assert twice.paper(1) == both


def test_nothing_becomes_of_one_paper_alone(twice: Library):
    assert twice.edit([1, 99], uniting.merge_papers).ids == ()
    assert twice.edit([1, 99], uniting.tell_apart).ids == ()
    assert len(twice) == 3


def test_a_later_import_does_not_bring_back_what_was_merged(twice: Library):
    one, two = twice.paper(1), twice.paper(2)
    conflict = paper(4, identifiers={"arxiv": "2402.00002"}, title="Otherwise", authors=["A B"])
    twice.apply(Change("Added", {4: [AddPaper(conflict.document())]}))
    twice.edit([1, 2, 4], uniting.merge_papers)
    for account in (one, two, conflict, conflict.but(uid="", title="?"), two.but(uid="")):
        for is_own in (False, True):
            came = Incoming("json", [account], source="x", is_own=is_own)
            report = take_in(twice, came, "f", ImportOptions(restore=is_own))
            assert report.added == []
    assert [p.id for p in twice.papers()] == [1, 3]


def test_who_took_in_others_and_is_merged_remembers_them_all():
    first = uniting.united(paper(2, title="Two"), [paper(3, title="Three")])
    both = uniting.united(paper(1), [first])
    assert [one["uid"] for one in both.extra[FORMER]] == ["u3", "u2"]


def test_not_the_same_is_remembered_by_both_and_taken_back(twice: Library, tmp_path: Path):
    def pairs(found: Library) -> list[tuple[int, int]]:
        return [pair[:2] for pair in duplicates.find(found.papers(), found.paper)]

    assert pairs(twice) == [(1, 2)]
    applied = twice.edit([1, 2], uniting.tell_apart)
    assert applied.label == "Not the same: “A Title” and “A Title”"
    assert pairs(twice) == []
    assert twice.edit([1, 2], uniting.tell_apart).ids == ()
    twice.compact()
    exported = native.write(list(twice.papers()), share=False, exported=NOW)
    again = Library(tmp_path / "again.json")
    take_in(again, native.read(exported.decode()), "f")
    assert pairs(again) == []
    twice.undo()
    assert pairs(twice) == [(1, 2)]
    assert APART not in twice.paper(1).extra


def test_what_another_paper_is_not_the_merged_one_is_not_either():
    three = paper(3)
    told = uniting.tell_apart([paper(2), three], NOW)
    two = paper(2, extra=told.edits[2][0].new)
    both = uniting.united(paper(1), [two])
    assert duplicates.are_apart(both, three)
    again = paper(1, extra={APART: ["u2"]})
    assert APART not in uniting.united(again, [paper(2, extra={APART: ["u1"]})]).extra


def _paper(document: dict[str, Any], number: int) -> Paper:
    found = Paper.read(document)
    return found.but(id=number, uid=f"u{number}", citekey=f"k{number}")


@settings(max_examples=60, deadline=None)
@given(st.lists(documents(), min_size=2, max_size=3))
def test_whatever_papers_are_nothing_is_lost_and_all_comes_back(found: list[dict[str, Any]]):
    papers = [_paper(document, number) for number, document in enumerate(found, start=1)]
    with TemporaryDirectory() as folder:
        own = library(Path(folder), *papers)
        before = [p.document() for p in own.papers()]
        numbers = [p.id for p in papers]
        own.edit(numbers, uniting.merge_papers)
        (both,) = own.papers()
        for one in papers:
            assert set(one.tags) <= set(both.tags)
            assert set(one.files) <= set(both.files)
            assert one.note in both.note
            assert one.starred <= both.starred
            assert one.identifiers.keys() <= both.identifiers.keys()
            assert all(source in both.sources for source in one.sources)
        assert {one["uid"] for one in both.extra[FORMER]} >= {p.uid for p in papers[1:]}
        document = both.document()
        own.undo()
        assert [p.document() for p in own.papers()] == before
        own.redo()
        assert [p.document() for p in own.papers()] == [document]
        own.close()
