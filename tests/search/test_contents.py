"""What the index has of a paper, and a number that tells whether it changed."""

from readlist.paper import Paper, Status
from readlist.search.contents import Contents

PAPER = Paper(title="One two", authors=["Ada", "Ben"], sources=[{"name": "Page"}], tags=["rl"])


def test_contents_are_told_apart_by_what_is_searched_and_where_it_stands() -> None:
    digest = Contents.of(PAPER).digest()
    for other in (
        PAPER.but(authors=["Ada Ben"]),
        PAPER.but(authors=[], venue="Ada"),
        PAPER.but(authors=["Ada"], venue="Ben"),
        PAPER.but(sources=[]),
        PAPER.but(tags=[]),
        PAPER.but(identifiers={"doi": "10.1/x"}),
    ):
        assert Contents.of(other).digest() != digest
    assert Contents.of(PAPER.but(status=Status.READ, upvotes=3)).digest() == digest
