"""Markdown lists, bookmarks, pages and any text with papers in it."""

import json
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.formats import json_list, links, webpage
from readlist.formats.detect import detect
from readlist.formats.incoming import FormatError
from tests.strategies import json_values


@pytest.mark.parametrize(
    ("line", "title", "identifiers"),
    [
        ("- [A Title](https://arxiv.org/abs/2401.00001v2)", "A Title", {"arxiv": "2401.00001"}),
        ("* **A Title** (2015), G. Hinton et al. [[pdf]](http://arxiv.org/pdf/1503.02531)",
         "A Title", {"arxiv": "1503.02531"}),
        ("1. A Title (2015), Y. LeCun and G. Hinton [[pdf]](https://a.org/x.pdf)", "A Title", {}),
        ("| 1) A Title  It shows | [Paper](https://arxiv.org/abs/2401.00001), [Tweet](https://x.com/1)|",
         "A Title", {"arxiv": "2401.00001"}),
        ("- [ ] A Title https://doi.org/10.1000/X.", "A Title", {"doi": "10.1000/x"}),
        ("See arXiv:hep-th/9901001 for more", "arxiv:hep-th/9901001", {"arxiv": "hep-th/9901001"}),
        ("by Smith, doi:10.1000/abc, 2020", "doi:10.1000/abc", {"doi": "10.1000/abc"}),
        ("https://openreview.net/forum?id=Oxh5CstDJU", "https://openreview.net/forum?id=Oxh5CstDJU",
         {"openreview": "Oxh5CstDJU"}),
        ("2401.00001", "arxiv:2401.00001", {"arxiv": "2401.00001"}),
        ("10.48550/arXiv.2401.00001", "arxiv:2401.00001", {"arxiv": "2401.00001"}),
        ("10. 10.1000/x", "doi:10.1000/x", {"doi": "10.1000/x"}),
        ("https://ar5iv.labs.arxiv.org/html/2401.00001", "arxiv:2401.00001",
         {"arxiv": "2401.00001"}),
        ("https://doi.org/10.1000/X?a=b#c", "doi:10.1000/x", {"doi": "10.1000/x"}),
        ("by Lorenz, <10.1175/1520-0469(1963)020<0130:DNF>2.0.CO;2>",
         "doi:10.1175/1520-0469(1963)020<0130:dnf>2.0.co;2",
         {"doi": "10.1175/1520-0469(1963)020<0130:dnf>2.0.co;2"}),
    ],
)  # fmt: skip
def test_a_line_with_a_paper_is_read(line, title, identifiers):
    assert detect(line).name == "links"
    (paper,) = links.read(line).papers
    assert (paper.title, paper.identifiers) == (title, identifiers)


def test_a_list_is_read_line_by_line_and_each_paper_once():
    found = links.read(
        "# Papers\n- [A](https://arxiv.org/abs/2401.00001), [B](https://arxiv.org/abs/2401.00002)\n"
        "- [site](https://example.org)\n- again arXiv:2401.00001\n"
        "- **Deep C** (2015), G. Hinton et al. [[pdf]](http://a.org/c.pdf) [[code]](https://github.com/a/b)\n"
    )
    assert [paper.title for paper in found.papers] == ["A", "B", "Deep C"]
    last = found.papers[-1]
    assert (last.authors, last.published) == (["G. Hinton", "others"], "2015")


@pytest.mark.parametrize(
    "text", ["Dear all", "call 2401.00001 now", "https://example.org", "- [a](b)"]
)
def test_a_text_without_papers_is_refused(text):
    assert not links.looks_like(text)
    with pytest.raises(FormatError, match="no paper is mentioned in it"):
        links.read(text)


@pytest.mark.parametrize(
    "text",
    ["[" * 300_000, "](" * 300_000, "arxiv:" * 300_000, "10.1000/" * 200_000, "**" * 500_000,
     "- [a](http://arxiv.org/abs/2401.00001) " * 2_000, "http://" * 300_000, "\n| " * 300_000],
    ids=lambda text: text[:8],
)  # fmt: skip
def test_no_text_takes_long(text):
    start = time.process_time()
    with suppress(FormatError):
        links.read("- x arXiv:2401.00001\n" + text)
    assert time.process_time() - start < 20


_PIECES = (
    "[", "]", "(", ")", "**", "- ", "| ", "https://arxiv.org/abs/2401.00001", "arXiv:", "10.1000/",
    "\n", "pdf", " (2015), A", "é", "2401.00001", "https://doi.org/", "javascript:",
)  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=20).map("".join))
def test_no_text_brings_it_down(text):
    links.looks_like(text)
    with suppress(FormatError):
        links.read(text)


BOOKMARKS = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<TITLE>Bookmarks</TITLE><DL><p>
<DT><A HREF="https://arxiv.org/abs/2401.00001" ADD_DATE="1686813518"
 TAGS="rl,Deep Learning">A &lt;b&gt;</A>
<DT><A HREF="javascript:alert(1)">B</A>
"""


def test_bookmarks_are_read():
    assert detect(BOOKMARKS).name == "webpage"
    found = webpage.read(BOOKMARKS)
    (paper,) = found.papers
    assert (paper.title, paper.tags) == ("A <b>", ["deep-learning", "rl"])
    assert paper.identifiers == {"arxiv": "2401.00001"}
    assert paper.extra == {"bookmarked": "2023-06-15"}
    assert found.refusals[0].place == "link 2"


@pytest.mark.parametrize("moment", ["1686813518000000", "²", "١", "soon", ""])
def test_a_bookmark_of_no_time_comes_in_without(moment):
    (paper,) = webpage.read(BOOKMARKS.replace("1686813518", moment)).papers
    assert (paper.title, paper.extra) == ("A <b>", {})


@given(st.text(st.sampled_from("<a href=\"'>/tilemc! -"), max_size=60))
def test_no_page_brings_it_down(text):
    webpage.read(BOOKMARKS + text)
    webpage.looks_like("<" + text)


@pytest.mark.parametrize("piece", ["<a href='x'>", "<!--", "<div>", "<meta "])
def test_no_page_takes_long(piece):
    start = time.process_time()
    with suppress(FormatError):
        webpage.read(BOOKMARKS + piece * 100_000)
    assert time.process_time() - start < 20


def test_json_without_a_format_of_its_own_is_read_by_its_names():
    children = [
        {"title": "A", "uri": "https://arxiv.org/abs/2401.00001"},
        {"title": "B", "id": "x"},
    ]
    text = json.dumps({"root": [{"children": children}]})
    assert detect(text).name == "json-list"
    assert [paper.title for paper in json_list.read(text).papers] == ["A", "B"]


@given(json_values)
def test_no_json_brings_it_down(value):
    record = {
        "title": "A",
        "url": "https://example.org",
        "authors": value,
        "tags": value,
        "id": value,
    }
    for text in (json.dumps(value), json.dumps([record, value])):
        json_list.looks_like(text)
        with suppress(FormatError):
            json_list.read(text)


def test_identifiers_of_arxiv_are_found_in_lists_and_old_ones_anywhere():
    found = links.read(
        "- hep-th/9901001\n- math.GT/0309136v2\n* 2401.00005\n- arXiv:2401.00003v2 [cs.CL]\n"
        "- oai:arXiv.org:2401.00004\nas cs/0701001 says, not src/math/1234567, nor 2401.00009 or"
        " https://x.org/math/1234567\n"
    )
    assert [paper.title for paper in found.papers] == [
        f"arxiv:{one}"
        for one in (
            "hep-th/9901001", "math.GT/0309136", "2401.00005", "2401.00003", "2401.00004",
            "cs/0701001",
        )
    ]  # fmt: skip
