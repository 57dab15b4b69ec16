"""Who is who among the papers of a library."""

from typing import Any

import pytest

from readlist.citekeys import ALIASES
from readlist.merging.known import FORMER, Known, Sign
from readlist.paper import Paper, Status
from readlist.spooled import spool_of_papers


def paper(**values: Any) -> Paper:
    return Paper(**{"title": "A Title", "id": 1} | values)


LONG = "Offline Learning Without the Bellman Backup"
FULL = {"title": LONG, "authors": ["Jun Ito"], "identifiers": {"arxiv": "2401.00001"}}


def found_in(library: Paper, sought: Paper, apart: tuple[str, ...] = ()) -> bool:
    return Known([library]).find(sought, apart) is library


@pytest.mark.parametrize(
    ("kept", "found", "same"),
    [
        ({}, {"title": "a  TITLE!"}, True),
        ({}, {"title": "Another"}, False),
        ({"venue": "V", "extra": {"volume": "2"}}, {"venue": "V", "extra": {"volume": "3"}}, False),
        ({"venue": "V", "extra": {"volume": "2"}}, {"venue": "W", "extra": {"volume": "3"}}, True),
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
        ({"authors": ["Jun Ito", "Bo Wu"]}, {"authors": ["J. Ito"]}, True),
        ({"authors": ["Jun Ito", "Bo Wu"]}, {"authors": ["Bo Wu"]}, False),
        ({"authors": ["Jun Ito"], "identifiers": {"doi": "1"}}, {"authors": ["Bo Wu"]}, False),
        ({"title": "A Title+"}, {"title": "A Title"}, False),
        ({"title": LONG}, {"title": LONG.replace("Bellman", "Belman")}, True),
        (FULL, {"title": LONG.replace("Bellman", "Belman")}, True),
        ({"title": LONG.replace("Bellman", "Belman")}, FULL, True),
        (FULL, FULL | {"title": LONG.replace("Bellman", "Belman"), "identifiers": {}}, False),
        (FULL, {"title": LONG.replace("Without", "With")}, False),
        ({"title": f"{LONG} 2"}, {"title": f"{LONG} 3"}, False),
        ({"title": LONG, "published": "2020"}, {"title": LONG + "s", "published": "2024"}, False),
        ({"title": "GAN"}, {"title": "CAN"}, False),
        ({"published": "1990"}, {"published": "2005"}, False),
        ({"published": "1990"}, {"published": "2005", "authors": ["Bo Wu"]}, False),
        ({"published": "1990"}, {}, True),
        (
            {"published": "1990", "authors": ["Bo Wu"]},
            {"published": "2005", "authors": ["Bo Wu"]},
            True,
        ),
    ],
)
def test_who_is_who(kept: dict[str, Any], found: dict[str, Any], same: bool):
    assert found_in(paper(**kept), paper(id=0, **found)) is same


@pytest.mark.parametrize(
    ("kept", "found", "sign"),
    [
        ({"uid": "u"}, {"uid": "u"}, Sign.MORE),
        ({"identifiers": {"doi": "1"}}, {"identifiers": {"doi": "1"}, "title": "B"}, Sign.MORE),
        ({"authors": ["Jun Ito"]}, {"authors": ["J. Ito"]}, Sign.MORE),
        ({"authors": ["Jun Ito"]}, {}, Sign.TITLE),
        ({"abstract": "We learn."}, {"abstract": "We learn"}, Sign.MORE),
        ({"abstract": "We learn."}, {"abstract": "We do not."}, Sign.TITLE),
        ({"abstract": "We learn."}, {}, Sign.TITLE),
        ({"title": LONG}, {"title": LONG + "s"}, Sign.NEAR),
        ({"title": LONG, "abstract": "We."}, {"title": LONG + "s", "abstract": "We."}, Sign.MORE),
    ],
)
def test_what_a_paper_is_known_by(kept: dict[str, Any], found: dict[str, Any], sign: Sign):
    match = Known([paper(**kept)]).match(paper(id=0, **found))
    assert match is not None
    assert match.sign is sign


def test_other_keys_are_known_and_forgotten():
    known = Known([paper(id=1, citekey="a", extra={ALIASES: ["b"]})])
    with known.trying():
        known.put(paper(id=1, citekey="a", extra={ALIASES: ["b", "c"]}))
        known.put(paper(id=2, citekey="d", extra={ALIASES: ["e"]}))
        assert sorted(known.keys) == ["a", "b", "c", "d", "e"]
    assert sorted(known.keys) == ["a", "b"]
    known.remove(1)
    assert list(known.keys) == []


def test_of_near_titles_the_nearest_counts_and_what_came_and_went_is_known():
    known = Known([paper(id=1, title="Of" + LONG[3:-1]), paper(id=2, title=LONG + "s")])
    assert known.find(paper(id=0, title=LONG)).id == 2
    known.put(paper(id=2, title="Another"))
    assert known.find(paper(id=0, title=LONG)).id == 1
    known.remove(1)
    known.put(paper(id=3, title=LONG[1:], authors=["Jun Ito"]))
    assert known.find(paper(id=0, title=LONG)).id == 3
    assert known.find(paper(id=0, title=LONG, authors=["Jun Ito"])) is None


def test_of_what_was_deleted_no_near_title_is_left_out():
    known = Known([paper(title=LONG)], near=False)
    assert known.find(paper(id=0, title=LONG))
    assert known.find(paper(id=0, title=LONG + "s")) is None


def test_papers_that_were_merged_into_another_are_known_as_it():
    former = [{"uid": "v", "title": "Former", "identifiers": {"doi": "10.1/X"}}, {"uid": "w"}, 7]
    kept = paper(uid="u", extra={FORMER: former})
    known = Known([kept])
    assert known.find(paper(id=0, title="?", uid="v")) is kept
    assert known.find(paper(id=0, title="former")) is kept
    assert known.find(paper(id=0, title="?", identifiers={"doi": "10.1/x"})) is kept
    assert known.find(paper(id=0, title="Former", uid="v"), apart=("u", "v")) is None
    known.put(kept.but(extra={}))
    assert known.find(paper(id=0, title="Former", uid="v")) is None
    known.put(kept)
    known.remove(1)
    assert known.find(paper(id=0, title="Former", uid="v")) is None


def test_a_paper_known_to_be_apart_is_found_by_its_own_uid_only():
    kept = paper(uid="u", identifiers={"doi": "1"})
    assert not found_in(kept, paper(uid="v", identifiers={"doi": "1"}), apart=("u", "v"))
    assert found_in(kept, paper(uid="u"), apart=("u", "v"))


def test_what_a_paper_has_learned_is_known_and_what_is_removed_is_not():
    known = Known([paper(title="2401.00001")])
    known.put(paper(title="Its Title", identifiers={"doi": "1"}))
    assert known.find(paper(title="its title"))
    assert known.find(paper(title="?", identifiers={"doi": "1"}))
    known.remove(1)
    assert known.find(paper(title="its title", uid="u", identifiers={"doi": "1"})) is None


def test_what_was_tried_is_forgotten():
    one, two = paper(id=1, title="One"), paper(id=2, title="Two")
    known = Known([one, two])
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


def test_papers_that_can_be_read_are_not_held():
    there = {n: paper(id=n, title=f"T{n}", uid=f"u{n}", citekey=f"k{n}") for n in (1, 2)}
    known = Known(there.values(), there.__getitem__)
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


def test_papers_that_are_put_in_may_be_held_on_the_disk(tmp_path):
    known = Known()
    known.papers = spool_of_papers(tmp_path / "library.json")
    first = paper(identifiers={"arxiv": "1"}, authors=["Ada"], status=Status.READ)
    known.put(first)
    known.put(paper(id=2, identifiers={"arxiv": "2"}))
    assert known.find(paper(title="Another", identifiers={"arxiv": "2"})).id == 2
    assert known.find(paper(identifiers={"doi": "3"})) == first
    assert known.find(paper(identifiers={"arxiv": "3"})) is None
    known.put(first.but(title="Changed"))
    assert known.find(paper(title="Changed")) == first.but(title="Changed")


def test_a_paper_that_is_known_by_its_address_alone_is_found_by_that():
    url = "https://x.org/paper/1"
    kept = Paper(id=1, title=url, urls={"abstract": url})
    known = Known([kept])
    found = Paper(id=0, title="The Title", urls={"pdf": "https://x.org/p.pdf", "abstract": url})
    assert known.find(found) == kept
    other = "https://x.org/paper/2"  # addresses are not mistyped
    assert known.find(Paper(id=0, title=other, urls={"abstract": other})) is None
    known.put(kept.but(title="Another Title"))
    assert known.find(found) is None
