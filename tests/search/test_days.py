"""Papers by their day: with the index, and by reading each paper."""

from datetime import UTC, datetime

import pytest

from readlist.paper import Paper, Status
from readlist.search.evaluate import Searcher, matches
from readlist.search.query import parse

NOW = datetime(2026, 8, 23, 12, tzinfo=UTC)


def listed(number: int, day: str, **fields: object) -> Paper:
    source = {"name": "huggingface", "at": "2026-08-22T07:00:00Z", "day": day}
    return Paper(id=number, title=f"Paper {number}", sources=[source], **fields)  # type: ignore[arg-type]


PAPERS = [
    listed(1, "2026-08-21", published="2026-08-19", upvotes=3),
    listed(2, "2026-08-21", upvotes=70, status=Status.ARCHIVED),
    listed(3, "2026-08-31"),
    Paper(id=4, title="Paper 4", published="2026-08"),
    Paper(id=5, title="Paper 5", published="2026"),
    Paper(id=6, title="Paper 6", published="2026-02-28"),
    Paper(id=7, title="Paper 7", added="2026-08-22T12:00:00Z"),
    Paper(id=8, title="Paper 8", published="2026-99"),
    Paper(id=9, title="Paper 9", published="2026-02"),
]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("day:2026-08-21", [1]),
        ("day:2026-08-21 is:any", [1, 2]),
        ("day:2026-08-21 is:any sort:-upvotes", [2, 1]),
        ("day:2026-08-19", []),
        ("day:2026-w34", [1, 7]),
        ("day:2026-W34..2026-W36", [1, 3, 7]),
        ("day:2026-08", [1, 3, 4, 7]),
        ("day:2026-08-01..2026-08-30", [1, 7]),
        ("day:2026-02", [6, 9]),
        ("day:2026-02-01..2026-02-27", []),
        ("day:2026", [1, 3, 4, 5, 6, 7, 9]),
        ("day:2026..", [1, 3, 4, 5, 6, 7, 9]),
        ("day:..2026-08", [1, 3, 4, 6, 7, 9]),
        ("day:2d", [7]),
        ("day:yesterday", [7]),
        ("day:>100d", [6, 9]),
        ("day:9d..20d", []),
        ("-day:2026", [8]),
        ("has:page is:any", [1, 2, 3]),
        ("-has:page day:2026-08", [4, 7]),
        ("sort:day", [5, 9, 6, 4, 1, 7, 3, 8]),
    ],
)
def test_with_the_index_and_without_it(text: str, ids: list[int]) -> None:
    query = parse(text)
    indexed, scanned = Searcher(PAPERS), Searcher(PAPERS)
    indexed.prepare()
    assert list(indexed.find(query, now=NOW).ids) == ids
    assert list(scanned.find(query, now=NOW).ids) == ids
    if "sort" not in text:
        known = [paper.id for paper in PAPERS if matches(query, paper, now=NOW)]
        assert [n for n in known if n != 2 or "is:any" in text] == ids
