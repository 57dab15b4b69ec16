"""The orders that a user can ask for."""

from readlist.paper import Paper, Status
from readlist.search.query import parse_sort
from readlist.search.sorting import SORTS, sort_ids

PAPERS = {
    paper.id: paper
    for paper in (
        Paper(id=1, title="Émile", authors=["Alba Zorn"], published="2024", upvotes=3),
        Paper(id=2, title="alpha", authors=["Zoe Ames"], published="2024-01-02", starred=True),
        Paper(id=3, title="Zeta", published=None, upvotes=10, status=Status.READ),
        Paper(id=4, title="beta", authors=[" "], published="2023-12", starred=True, venue="ICML"),
    )
}


def ordered(keys: str, ids: tuple[int, ...] = (1, 2, 3, 4)) -> list[int]:
    return sort_ids(PAPERS, ids, parse_sort(keys))


def test_titles_without_case_and_accents() -> None:
    assert ordered("title") == [2, 4, 1, 3]
    assert ordered("-title") == [3, 1, 4, 2]


def test_what_is_missing_stands_last_in_both_directions() -> None:
    assert ordered("published") == [4, 1, 2, 3]
    assert ordered("-published") == [2, 1, 4, 3]
    assert ordered("upvotes") == [1, 3, 2, 4]
    assert ordered("-upvotes") == [3, 1, 2, 4]
    assert ordered("-venue") == [4, 1, 2, 3]


def test_several_keys_and_ties_as_they_were() -> None:
    assert ordered("-starred,title") == [2, 4, 1, 3]
    assert ordered("starred") == [1, 3, 2, 4]
    assert ordered("-starred", (4, 3, 2, 1)) == [4, 2, 3, 1]
    assert ordered("-status") == [3, 1, 2, 4]


def test_authors_by_the_family_name_of_the_first() -> None:
    assert ordered("authors") == [2, 1, 3, 4]


def test_every_key_sorts_papers_without_anything() -> None:
    papers = {n: Paper(id=n, title="") for n in (2, 1)}
    for name in SORTS:
        expected = [1, 2] if name == "id" else [2, 1]
        assert sort_ids(papers, papers, parse_sort(name)) == expected
