"""Slots sorted by columns, or by what was read of each paper: as sorting all papers does."""

from hypothesis import given
from hypothesis import strategies as st

from readlist.paper import Paper, Status
from readlist.search.evaluate import Searcher
from readlist.search.query import parse
from readlist.search.sorting import SORTS, SortKey, sort_ids

numbers = st.none() | st.integers(0, 3)
stamps = st.none() | st.sampled_from(["2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z"])
fields = {
    "title": st.sampled_from(["Robots", "robots", "Ägypten", "Zebra"]),
    "authors": st.lists(st.sampled_from(["Ada Lee", "Bo Ek", "Émile Ek"]), max_size=2),
    "venue": st.none() | st.sampled_from(["ICML", "neurips"]),
    "organization": st.none() | st.sampled_from(["MIT", "eth"]),
    "citekey": st.sampled_from(["a1", "B1", ""]),
    "published": st.none() | st.sampled_from(["2024", "2024-01", "2024-01-02", "2025"]),
    "decided": stamps,
    "changed": stamps,
    "upvotes": numbers,
    "comments": numbers,
    "status": st.sampled_from([Status.NEW, Status.READ, Status.TO_READ]),
    "starred": st.booleans(),
}
keys = st.builds(SortKey, st.sampled_from(sorted(SORTS)), st.booleans())


@given(st.lists(st.fixed_dictionaries(fields), max_size=12), st.lists(keys, min_size=1, max_size=3))
def test_it_is_the_order_that_reading_all_papers_gives(rows, wanted):
    papers = {number: Paper(id=number, **row) for number, row in enumerate(rows, 1)}
    searcher = Searcher(papers.values(), read=papers.__getitem__)
    asked = parse("sort:" + ",".join(map(str, wanted)))
    assert list(searcher.find(asked, order=list(papers)).ids) == sort_ids(papers, papers, wanted)


def test_a_paper_is_read_once_for_a_title_and_again_when_it_has_changed():
    papers = {number: Paper(id=number, title=title) for number, title in enumerate("cab", 1)}
    read = []

    def reading(number):
        read.append(number)
        return papers[number]

    searcher = Searcher(papers.values(), read=reading)
    by_title = parse("sort:title")
    assert list(searcher.find(by_title).ids) == list(searcher.find(by_title).ids) == [2, 3, 1]
    assert sorted(read) == [1, 2, 3]
    papers[2] = Paper(id=2, title="d")
    searcher.update(papers[2])
    assert list(searcher.find(by_title).ids) == [3, 1, 2]
    assert len(read) == 4
