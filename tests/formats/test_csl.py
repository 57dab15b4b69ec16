"""CSL-JSON comes in and goes out whole."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readlist.formats import csl
from readlist.formats.detect import detect
from readlist.paper import Paper, Status
from tests.strategies import documents, json_values

ITEM = {
    "id": "garcia2020", "type": "article-journal", "title": "A <i>B</i> &amp; C",
    "author": [{"family": "García Márquez", "given": "Gabriel"}, {"literal": "The Team"},
               {"family": "Beethoven", "non-dropping-particle": "van", "given": "Ludwig"},
               {"family": "King", "given": "M. L.", "suffix": "Jr."}],
    "issued": {"date-parts": [[2020, 3, "12"]]}, "container-title": "J. of Tests",
    "DOI": "10.1000/X", "URL": "https://example.org/a", "volume": "7", "issue": 2, "page": "1-9",
    "note": "arXiv:2003.00001 [cs]", "keyword": "Deep Learning, rl",
}  # fmt: skip


@pytest.mark.parametrize("value", [[ITEM], ITEM, {"items": [ITEM]}])
def test_items_become_papers(value):
    assert detect(json.dumps(value)).name == "csl"
    found = csl.read(json.dumps(value))
    assert found.status is Status.TO_READ
    (paper,) = found.papers
    assert (paper.title, paper.citekey, paper.type) == ("A B & C", "garcia2020", "article-journal")
    assert paper.authors == [
        "Gabriel García Márquez",
        "The Team",
        "Ludwig van Beethoven",
        "M. L. King Jr.",
    ]
    assert (paper.published, paper.venue) == ("2020-03-12", "J. of Tests")
    assert paper.identifiers == {"arxiv": "2003.00001", "doi": "10.1000/x"}
    assert paper.tags == ["deep-learning", "rl"]
    assert (paper.extra["volume"], paper.extra["number"], paper.extra["pages"]) == ("7", "2", "1-9")


def written(papers, share=False):
    return csl.write(papers, share=share, exported="").decode()


LOST = {"id", "uid", "status", "starred", "upvotes", "comments", "author_count", "sources", "added",
        "decided", "started", "finished", "changed", "extra", "urls", "identifiers", "title",
        "abstract", "venue", "authors", "categories", "type"}  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(documents(), min_size=1, max_size=3))
def test_what_was_written_is_read_the_same(found):
    papers = [Paper.read(doc).but(id=i, citekey=f"k{i}") for i, doc in enumerate(found, 1)]
    once = csl.read(written(papers)).papers
    for paper, again in zip(papers, once, strict=True):
        for name in set(paper.names) - LOST:
            assert getattr(again, name) == getattr(paper, name)
        assert again.title and again.categories == [c for c in paper.categories if c]
    numbered = [paper.but(id=i) for i, paper in enumerate(once, 1)]
    again = csl.read(written(numbered)).papers
    assert [p.but(extra={}) for p in again] == [p.but(extra={}) for p in once]


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("DBLP:conf/iclr/1", "DBLP:conf/iclr/1"),
        ("http://zotero.org/users/1/items/ABC", ""),
        ("10.1000/x", ""),
    ],
)
def test_an_id_that_can_be_one_is_the_citation_key(number, key):
    (paper,) = csl.read(json.dumps([ITEM | {"id": number}])).papers
    assert (paper.citekey, paper.extra.get("id", "")) == (key, "" if key else number)


def test_all_that_a_paper_has_is_held():
    paper = Paper(
        id=3, citekey="k", type="thesis", title="T", abstract="a < b & c", authors=["Ada Lovelace"],
        organization="O", venue="V", published="2020-01",
        identifiers={"arxiv": "2003.00001", "openreview": "abcdef"},
        urls={"code": "https://github.com/a/b", "abstract": "https://example.org"},
        categories=["cs.LG"], tags=["rl"], note="mine\n\nyours", files=["/a.pdf"],
        extra={"volume": "7", "odd": {"x": [1]}},
    )  # fmt: skip
    (again,) = csl.read(written([paper])).papers
    assert again == paper.but(id=0)
    assert "mine" not in written([paper], share=True)


@given(st.dictionaries(st.sampled_from([*ITEM, "custom", "ISBN", "editor"]), json_values))
def test_no_item_brings_it_down(values):
    text = json.dumps([ITEM | values])
    csl.looks_like(text)
    csl.read(text)
