import pytest

from readlist.search.query import QueryError
from readlist.search.views import View, view_of, views_of


def test_a_view_is_called_by_its_title():
    assert view_of("RL, ungelesen é", "tag:rl") == View(
        "rl-ungelesen-e", "RL, ungelesen é", "tag:rl"
    )


@pytest.mark.parametrize(
    ("title", "query", "reason"),
    [
        ("…", "tag:rl", "letters or digits"),
        ("to  READ", "tag:rl", "readlist's own"),
        ("RL", "auther:x", "did you mean “author:”"),
        ("RL", "(a OR", "character"),
    ],
)
def test_what_is_no_view_says_why(title: str, query: str, reason: str):
    with pytest.raises(ValueError, match=reason):
        view_of(title, query)


def test_those_that_are_none_are_left_out_and_told():
    views, problems = views_of([("A", "b"), ("a!", "c"), ("Inbox", "d"), ("X", "year:x")])
    assert views == (View("a", "A", "b"),)
    assert [line.partition(":")[0] for line in problems] == [
        "the view 'a!' is left out",
        "the view 'Inbox' is left out",
        "the view 'X' is left out",
    ]
    assert issubclass(QueryError, ValueError)
