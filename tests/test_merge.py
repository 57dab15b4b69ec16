"""Two accounts of one paper: recognised, and the better of both kept."""

from typing import Any

import pytest

from readlist import merge
from readlist.change import SetField, resolve
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


def found_in(library: Paper, sought: Paper, apart: tuple[str, ...] = ()) -> bool:
    return merge.Known([library]).find(sought, apart) is library


@pytest.mark.parametrize(
    ("kept", "found", "same"),
    [
        ({}, {"title": "a  TITLE!"}, True),
        ({}, {"title": "Another"}, False),
        ({"uid": "u"}, {"uid": "u", "title": "Another"}, True),
        ({"identifiers": {"doi": "1"}}, {"identifiers": {"doi": "1"}, "title": "B"}, True),
        ({"identifiers": {"doi": "1"}}, {"identifiers": {"x": "1"}, "title": "B"}, False),
        ({"identifiers": {"arxiv": "1"}}, {"identifiers": {"arxiv": "2"}}, False),
        ({"identifiers": {"arxiv": "1"}}, {"identifiers": {"doi": "2"}}, True),
        ({"identifiers": {"arxiv": "1"}}, {}, True),
        (
            {"identifiers": {"arxiv": "1", "doi": "1"}},
            {"identifiers": {"arxiv": "2", "doi": "1"}, "title": "B"},
            True,
        ),
    ],
)
def test_who_is_who(kept: dict[str, Any], found: dict[str, Any], same: bool):
    assert found_in(paper(**kept), paper(id=0, **found)) is same


def test_a_paper_known_to_be_apart_is_found_by_its_own_uid_only():
    kept = paper(uid="u", identifiers={"doi": "1"})
    assert not found_in(kept, paper(uid="v", identifiers={"doi": "1"}), apart=("u", "v"))
    assert found_in(kept, paper(uid="u"), apart=("u", "v"))


def test_what_a_paper_has_learned_is_known_and_what_is_removed_is_not():
    known = merge.Known([paper(title="2401.00001")])
    known.put(paper(title="Its Title", identifiers={"doi": "1"}))
    assert known.find(paper(title="its title"))
    assert known.find(paper(title="?", identifiers={"doi": "1"}))
    known.remove(1)
    assert known.find(paper(title="its title", uid="u", identifiers={"doi": "1"})) is None


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


def test_an_odd_list_of_what_is_assumed_does_no_harm():
    odd = paper(published="2024", extra={"assumed": "all"})
    assert merge.facts(odd, paper(published="2025")) == []


def test_a_source_is_named_once():
    again = [{"name": "huggingface", "at": "2026-03-01T00:00:00Z"}]
    assert merged(paper(), paper(sources=again)).sources == EARLY
    assert merged(paper(), paper(sources=LATE)).sources == EARLY + LATE


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


def test_papers_that_can_be_read_are_not_held():
    there = {n: paper(id=n, title=f"T{n}", uid=f"u{n}", citekey=f"k{n}") for n in (1, 2)}
    known = merge.Known(there.values(), there.__getitem__)
    assert (known.papers, len(known), known.citekeys) == ({}, 2, {1: "k1", 2: "k2"})
    assert known.find(paper(title="t2")) is there[2]
    with known.trying():
        known.put(there[2].but(title="New"))
        known.remove(1)
        assert known.find(paper(title="new")).id == 2
        assert (1 in known, known.find(paper(title="T1"))) == (False, None)
    assert known.find(paper(title="T1")) is there[1]
    assert known.find(paper(title="New")) is None
    there[2] = there[2].but(title="Other")  # what it was found by before counts no more
    known.note(there[2])
    assert known.find(paper(title="T2")) is None
    assert known.find(paper(title="other")) is there[2]


def test_of_papers_put_in_thinly_only_identifiers_are_held():
    known = merge.Known()
    known.thin = True
    known.put(paper(identifiers={"arxiv": "1"}))
    known.put(paper(id=2, identifiers={"arxiv": "2"}))
    assert known.papers == {}
    assert known.find(paper(title="Another", identifiers={"arxiv": "2"})).id == 2
    assert known.find(paper(identifiers={"doi": "3"})).id == 1
    assert known.find(paper(identifiers={"arxiv": "3"})) is None


def test_what_was_tried_is_forgotten():
    one, two = paper(id=1, title="One"), paper(id=2, title="Two")
    known = merge.Known([one, two])
    with known.trying():
        known.put(one.but(identifiers={"doi": "10.1/x"}))
        known.remove(2)
        known.put(paper(id=3, title="Three"))
        assert known.find(paper(title="Three")).id == 3
        assert known.find(paper(title="?", identifiers={"doi": "10.1/x"})).id == 1
        assert known.find(paper(title="Two")) is None
    assert known.papers == {1: one, 2: two}
    assert known.find(paper(title="Three")) is None
    assert known.find(paper(title="?", identifiers={"doi": "10.1/x"})) is None
    assert known.find(paper(title="Two")) is two
