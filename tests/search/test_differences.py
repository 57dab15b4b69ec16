"""Which papers changed is told by checksums alone."""

from hypothesis import given
from hypothesis import strategies as st

from readlist.paper import Paper
from readlist.search.differences import differences
from readlist.search.index import Index

LINES = st.dictionaries(st.integers(1, 9), st.integers(0, 2))


@given(LINES, LINES, st.sets(st.integers(1, 9)))
def test_each_paper_is_named_that_is_not_known_to_be_the_same(
    before: dict[int, int], now: dict[int, int], doubtful: set[int]
) -> None:
    index = Index()
    for number, line in before.items():
        index.update(Paper(id=number, title="x"), line)
    ids = sorted(now)
    found = differences(index.columns, order := ids[::-1], (ids, [now[n] for n in ids], doubtful))
    same = {n for n in before if before[n] == now.get(n)} - doubtful
    assert found[0] == [n for n in order if n not in same]
    assert set(found[1]) == before.keys() - now.keys()
