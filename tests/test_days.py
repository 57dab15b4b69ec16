"""Which day a paper belongs to."""

from datetime import date
from typing import Any

import pytest

from readlist.days import day_of, listed_on, page_of, readable, week_of
from readlist.paper import Paper

PAGE = {"name": "huggingface", "at": "2026-08-22T07:00:00Z", "day": "2026-08-21"}


def paper(**fields: Any) -> Paper:
    return Paper(title="A paper", **fields)


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ({"sources": [PAGE], "published": "2026-08-19", "added": "2026-08-22T07:00:00Z"}, "21"),
        ({"sources": [{"name": "arxiv", "at": "x"}, PAGE], "published": "2026-08-19"}, "21"),
        ({"extra": {"submittedOnDailyAt": "2026-08-20T01:13:12.259Z"}}, "20"),
        ({"sources": [{**PAGE, "day": "2026-08-32"}], "published": "2026-08-19"}, "19"),
        ({"extra": {"submittedOnDailyAt": 7}, "published": "2026-08-19"}, "19"),
        ({"published": "2026-08-19", "added": "2026-08-22T07:00:00Z"}, "19"),
        ({"added": "2026-08-22T12:00:00Z"}, "22"),
        ({"extra": {"preprint": "2026-08-18"}, "published": "2026-11"}, "18"),
        ({"extra": {"preprint": "2026-08"}, "published": "2026-08-19"}, "19"),
        ({"extra": {"preprint": "2026-08-18"}, "sources": [PAGE]}, "21"),
    ],
)
def test_the_day_of_the_listing_then_that_of_publication_then_that_of_coming(
    fields: dict[str, Any], day: str
) -> None:
    assert day_of(paper(**fields)) == f"2026-08-{day}"


@pytest.mark.parametrize("published", ["2026-08", "2026"])
def test_a_paper_known_to_the_month_belongs_to_no_day(published: str) -> None:
    assert day_of(paper(published=published, added="2026-08-22T07:00:00Z")) == published


@pytest.mark.parametrize("spoilt", ["2026-13", "soon", "20260819", "2026-W34", "２０２６"])
def test_what_is_no_date_is_passed_over(spoilt: str) -> None:
    assert day_of(paper(published=spoilt)) is None
    assert day_of(paper(added=spoilt)) in (None, "2026-08-19", "2026-08-17")


def test_the_day_of_a_page_may_be_assumed() -> None:
    assumed = paper(sources=[{**PAGE, "assumed": "day"}])
    assert page_of(assumed) == day_of(assumed) == "2026-08-21"
    assert page_of(assumed, is_known=True) is None
    assert page_of(paper(sources=[PAGE]), is_known=True) == "2026-08-21"
    assert page_of(paper(published="2026-08-21")) is None


def test_what_a_paper_says_itself_is_more_exact_than_the_day_of_its_page() -> None:
    said = paper(extra={"submittedOnDailyAt": "2026-08-18T00:00:00.000Z"})
    assert listed_on(said, date(2026, 8, 21)) == "2026-08-18"
    assert listed_on(paper(), date(2026, 8, 21)) == "2026-08-21"
    assert listed_on(paper(), None) is None


def test_titles() -> None:
    assert readable("2026-08-21") == "Fri 21 Aug 2026"
    assert readable("2026-W34") == "17 to 23 Aug 2026"
    assert readable("2026-W40") == "28 Sep to 4 Oct 2026"
    assert readable("2026-W53") == "28 Dec 2026 to 3 Jan 2027"
    assert readable("2026-08") == "August 2026"
    assert readable("2026") == "2026"
    assert week_of(date(2027, 1, 3)) == "2026-W53"
