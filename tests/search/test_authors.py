from readlist.paper import Paper
from readlist.search.authors import authors_begun
from readlist.search.index import Index

PAPERS = {
    1: Paper(id=1, title="Garnets", authors=["Ana García-Durán", "Jun Ito"]),
    2: Paper(id=2, title="b", authors=["Luis García", "Gary Oldman"]),
    3: Paper(id=3, title="c", authors=["Eva Garcia"]),
}


def test_names_that_begin_so_as_papers_write_them_the_frequent_ones_first():
    index = Index()
    for paper in PAPERS.values():
        index.update(paper)
    index.flush()
    found = authors_begun(index, "GAR", PAPERS.__getitem__)
    assert list(found.items()) == [("García", 3), ("Gary", 1)]
    assert authors_begun(index, "garn", PAPERS.__getitem__) == {}
    index.remove(2)
    assert authors_begun(index, "gary", PAPERS.__getitem__) == {}
