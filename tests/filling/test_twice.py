"""Papers that turn out to be one when they are filled in."""

from readlist.filling.twice import twice
from readlist.insight.duplicates import APART
from readlist.paper import Paper

ARXIV, DOI = {"arxiv": "2403.00001"}, {"doi": "10.1000/abc"}


def paper(number: int, **identifiers: str) -> Paper:
    return Paper(id=number, uid=f"u{number}", title="A Title", identifiers=identifiers)


def test_those_that_share_an_identifier_by_now_are_found():
    papers = [paper(1), paper(2), paper(3, **ARXIV), paper(4, **DOI), paper(5, **DOI), paper(6)]
    filled = {1: paper(1, **ARXIV), 2: paper(2, **ARXIV), 6: paper(6, arxiv="2403.00009")}
    assert twice(papers, filled) == [(1, 2), (1, 3)]
    assert twice(papers, {2: paper(2, **ARXIV, **DOI)}) == [(2, 3), (2, 4), (2, 5)]
    assert twice(papers, {}) == []


def test_those_that_are_not_the_same_are_left_alone():
    other = paper(2, **ARXIV).but(extra={APART: ["u1"]})
    assert twice([paper(1), other], {1: paper(1, **ARXIV)}) == []


def test_each_of_many_is_named_once():
    papers = [paper(number, **ARXIV, **DOI) for number in range(1, 2001)]
    pairs = twice(papers, {one.id: one for one in papers})
    assert pairs == [(1, number) for number in range(2, 2001)]
