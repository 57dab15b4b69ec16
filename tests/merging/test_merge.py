"""Two accounts of one paper: recognised, and the better of both kept."""

from typing import Any

import pytest

from readlist.change import SetField, resolve
from readlist.days import day_of
from readlist.merging import merge
from readlist.merging.known import FORMER
from readlist.paper import Paper, Status

EARLY = [{"name": "huggingface", "at": "2026-01-01T00:00:00Z"}]
LATE = [{"name": "arxiv", "at": "2026-02-01T00:00:00Z"}]
ASSUMED = {"assumed": ["published"]}


def paper(**values: Any) -> Paper:
    return Paper(**{"title": "A Title", "id": 1, "sources": EARLY} | values)


def merged(kept: Paper, found: Paper) -> Paper:
    document = resolve(merge.facts(kept, found), kept.document()).document
    assert document is not None
    return Paper.of(document, kept.id)


def test_the_same_account_teaches_nothing():
    one = paper(abstract="x", authors=["A"], published="2024", extra={"a": 1, **ASSUMED})
    assert merge.facts(one, one) == []
    assert merge.facts(one, paper()) == []


def test_what_is_missing_is_filled_in():
    facts = {
        "abstract": "An abstract.",
        "authors": ["A", "B"],
        "author_count": 3,
        "organization": "O",
        "venue": "V",
        "published": "2024-01-02",
        "identifiers": {"arxiv": "2401.00001"},
        "urls": {"pdf": "https://arxiv.org/pdf/2401.00001"},
        "categories": ["cs.CL"],
        "upvotes": 0,
        "comments": 3,
        "tags": ["rl"],
        "type": "book",
        "extra": {"mood": "good"},
    }
    assert merged(paper(), paper(**facts)) == paper(**facts)
    assert merge.facts(paper(**facts), paper()) == []


@pytest.mark.parametrize(
    ("field", "kept", "found", "expected"),
    [
        ("title", "A Title", "A title, differently", "A Title"),
        ("abstract", "It begins", "It begins and ends.", "It begins and ends."),
        ("abstract", "It begins…", "It begins and ends.", "It begins and ends."),
        ("abstract", "It begins and ends.", "It begins", "It begins and ends."),
        ("abstract", "One text", "Another text that is longer", "One text"),
        ("type", "book", "thesis", "book"),
        ("venue", "NeurIPS", "ICML", "NeurIPS"),
        ("upvotes", 9, 3, 3),
        ("comments", 1, None, 1),
        ("authors", ["A"], ["A", "B"], ["A"]),
        ("categories", ["b", "a"], ["a", "c"], ["b", "a", "c"]),
        ("tags", ["b"], ["a"], ["a", "b"]),
        ("identifiers", {"doi": "1"}, {"arxiv": "2", "doi": "3"}, {"arxiv": "2", "doi": "1"}),
        ("urls", {"pdf": "https://a"}, {"pdf": "https://b"}, {"pdf": "https://a"}),
        ("extra", {"a": 1}, {"a": 2, "b": 3}, {"a": 1, "b": 3}),
        ("note", "mine", "theirs", "mine"),
        ("status", Status.READ, Status.NEW, Status.READ),
        ("starred", True, False, True),
        ("added", "2026-01-01T00:00:00Z", None, "2026-01-01T00:00:00Z"),
        ("files", ["a.pdf"], ["b.pdf"], ["a.pdf"]),
    ],
)
def test_of_two_values_the_better_holds(field: str, kept: Any, found: Any, expected: Any):
    after = merged(paper(**{field: kept}), paper(**{field: found}))
    assert getattr(after, field) == expected


def test_the_title_replaces_an_identifier_that_stands_in_for_it():
    for stand_in in ("2401.00001", "arXiv:2401.00001"):
        kept = paper(title=stand_in, identifiers={"arxiv": "2401.00001"})
        assert merged(kept, paper(title="Its Title")).title == "Its Title"


def test_counts_that_were_seen_earlier_do_not_replace_later_ones():
    kept = paper(upvotes=9, author_count=3, sources=LATE)
    after = merged(kept, paper(upvotes=3, comments=1, author_count=2, sources=EARLY))
    assert (after.upvotes, after.comments, after.author_count) == (9, 1, 3)


@pytest.mark.parametrize(
    ("kept", "found", "expected"),
    [
        (([], None), ([], 4), ([], 4)),
        (([], 4), ([], 5), ([], 5)),
        (([], 2), (["A", "B"], None), (["A", "B"], 2)),
        ((["A"], 3), (["A", "B", "C"], None), (["A", "B", "C"], 3)),
        ((["A", "B", "C"], None), ([], 2), (["A", "B", "C"], None)),
        ((["A"], 3), ([], 4), (["A"], 4)),
    ],
)
def test_authors_and_their_number(kept, found, expected):
    after = merged(
        paper(authors=kept[0], author_count=kept[1]), paper(authors=found[0], author_count=found[1])
    )
    assert (after.authors, after.author_count) == expected


@pytest.mark.parametrize(
    ("kept", "found", "expected"),
    [
        (("2024", False), ("2024-05", False), ("2024-05", False)),
        (("2024", False), ("2023-05", False), ("2024", False)),
        (("2024-05-01", False), ("2024", False), ("2024-05-01", False)),
        (("2025-05-01", True), ("2024-05-01", False), ("2024-05-01", False)),
        (("2025-05-01", True), ("2025-05-01", False), ("2025-05-01", False)),
        (("2025-05-01", True), ("2025", False), ("2025-05-01", False)),
        (("2025-05-01", True), ("2025-06", False), ("2025-05-01", False)),
        (("2025-05-01", True), ("2024", False), ("2024", False)),
        (("2025-05-01", True), ("2024-05-01", True), ("2025-05-01", True)),
        (("2024-05-01", False), ("2025-05-01", True), ("2024-05-01", False)),
        (("2025", False), ("2025-05-01", True), ("2025", False)),
        ((None, False), ("2025-05-01", True), ("2025-05-01", True)),
        ((None, False), ("2025-05-01", False), ("2025-05-01", False)),
        (("2025-05-01", True), (None, False), ("2025-05-01", True)),
    ],
)
def test_a_written_date_beats_an_assumed_one(kept, found, expected):
    def dated(date: str | None, is_assumed: bool) -> Paper:
        return paper(published=date, extra={"x": 1} | (ASSUMED if is_assumed else {}))

    assert merged(dated(*kept), dated(*found)) == dated(*expected)


PREPRINT = {
    "title": "An Old Title of It",
    "authors": ["Jun Ito", "Bo Wu"],
    "published": "2023-05-02",
    "identifiers": {"arxiv": "2305.00001"},
}
PUBLISHED = {
    "title": "A New Title for It",
    "authors": ["Jun Ito", "Bo Wu", "Ada Chen"],
    "published": "2024",
    "venue": "NeurIPS",
    "type": "paper-conference",
    "identifiers": {"arxiv": "2305.00001", "doi": "10.1/x"},
}


def test_what_was_published_beats_its_preprint_and_stays():
    both = paper(**PUBLISHED, extra={"preprint": "2023-05-02"})
    assert merged(paper(**PREPRINT), paper(**PUBLISHED)) == both
    assert merged(both, paper(**PREPRINT)) == both
    assert merged(paper(**PUBLISHED), paper(**PREPRINT)) == both
    known = paper(**PUBLISHED | {"published": "2024-05-01"})
    assert merged(known, paper(**PREPRINT)) == known


@pytest.mark.parametrize(
    ("kept", "found", "expected"),
    [
        ({}, {"published": "2023"}, {"published": "2023-05-02", "extra": {}}),
        ({}, {"published": "2023-06"}, {"published": "2023-05-02"}),
        ({}, {"published": "2023-06-01"}, {"published": "2023-06-01"}),
        ({"published": "2023-05"}, {"published": "2023-06"}, {"published": "2023-06"}),
        ({}, {"published": "2024", "extra": ASSUMED}, {"published": "2023-05-02"}),
        ({}, {"title": "An old titel of it"}, {"title": "An Old Title of It"}),
        ({}, {"authors": ["J. Ito", "B. Wu", "A. Chen"]}, {"authors": PREPRINT["authors"]}),
        ({}, {"authors": ["Jun Ito", "others"]}, {"authors": PREPRINT["authors"]}),
        ({}, {"venue": "arXiv preprint arXiv:2305.00001"}, {"title": "An Old Title of It"}),
        ({"venue": "CoRR"}, {}, {"venue": "NeurIPS"}),
        ({"venue": "ICML"}, {}, {"venue": "ICML", "title": "An Old Title of It"}),
    ],
)
def test_of_the_published_version_only_what_is_better(
    kept: dict[str, Any], found: dict[str, Any], expected: dict[str, Any]
):
    after = merged(paper(**PREPRINT | kept), paper(**PUBLISHED | found))
    assert {name: getattr(after, name) for name in expected} == expected


def test_names_beat_initials():
    both = merged(paper(authors=["J. Ito", "B. Wu"]), paper(authors=["Jun Ito", "Bo Wu"]))
    assert both.authors == ["Jun Ito", "Bo Wu"]
    others = paper(authors=["Jun Ito", "Li Chen"])
    assert merged(paper(authors=["J. Ito", "B. Wu"]), others).authors == ["J. Ito", "B. Wu"]


def test_what_is_remembered_of_other_papers_is_joined():
    ours = paper(extra={"not_same_as": ["a"], FORMER: [{"uid": "x"}]})
    theirs = paper(extra={"not_same_as": ["b", "a"], FORMER: [{"uid": "y"}]})
    assert merged(ours, theirs).extra == {
        "not_same_as": ["a", "b"],
        FORMER: [{"uid": "x"}, {"uid": "y"}],
    }


def test_an_odd_list_of_what_is_assumed_does_no_harm():
    odd = paper(published="2024", extra={"assumed": "all"})
    assert merge.facts(odd, paper(published="2025")) == []


def test_a_source_is_named_once():
    again = [{"name": "huggingface", "at": "2026-03-01T00:00:00Z"}]
    assert merged(paper(), paper(sources=again)).sources == EARLY
    assert merged(paper(), paper(sources=LATE)).sources == EARLY + LATE


def test_the_day_of_a_page_that_is_known_beats_one_that_was_assumed():
    def listed(day: str, **more: str) -> Paper:
        return paper(sources=[{**EARLY[0], "day": day, **more}])

    known, assumed = listed("2026-01-01"), listed("2026-01-03", assumed="day")
    assert merged(paper(), assumed) == assumed
    assert merged(assumed, known) == known
    assert merged(known, assumed) == known
    assert merged(known, listed("2026-01-02")) == known
    assert merged(assumed, listed("2026-01-04", assumed="day")) == assumed
    assert merged(assumed, paper(sources=LATE)).sources == assumed.sources + LATE


@pytest.mark.parametrize(
    ("published", "sources", "day"),
    [
        ("2026-08-19", [{**EARLY[0], "day": "2026-08-21"}], "2026-08-21"),
        ("2026-08-19", EARLY, "2026-08-19"),
        ("2025-08-19", EARLY, "2025-08-19"),
    ],
)
def test_a_paper_stays_on_the_page_of_its_day_whatever_is_learned_of_it(published, sources, day):
    kept = paper(identifiers={"arxiv": "2508.00001"}, published=published, sources=sources)
    bare = {"venue": "ICML", "type": "paper-conference", "published": "2026"}
    after = merged(kept, paper(**bare, identifiers=kept.identifiers, sources=LATE))
    assert (after.venue, day_of(after)) == ("ICML", day)


def test_of_the_users_own_fields_those_changed_later_hold():
    early = paper(changed="2026-01-01T00:00:00Z", starred=True, note="early")
    late = paper(changed="2026-01-02T00:00:00Z", status=Status.READ, note="late", files=["a"])
    never = paper(note="never")
    assert merge.own_fields(late, early) == []
    assert merge.own_fields(early, never) == []
    assert merge.own_fields(early, early) == []
    edits = merge.own_fields(early, late)
    assert {e.name: e.new for e in edits if isinstance(e, SetField)} == {
        "changed": late.changed,
        "status": "read",
        "starred": False,
        "note": "late",
        "files": ["a"],
    }
    assert merge.own_fields(never, early)
