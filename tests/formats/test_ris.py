"""RIS comes in record by record, and goes out."""

import time
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readlist.formats import ris
from readlist.formats.detect import detect
from readlist.formats.incoming import FormatError
from readlist.paper import Paper, Status
from tests.strategies import documents

TEXT = """1.
TY  - JOUR
ID  - garcia2020
T1  - A &amp; B
A1  - García Márquez, Gabriel
AU  - King, Martin Luther, Jr.
PY  - 2020/03/12/
JF  - J. of Tests
N2  - An abstract
that goes on.
VL  - 7
IS  - 2
SP  - 1
EP  - 9
KW  - Deep Learning
KW  - rl; mdp
DO  - https://doi.org/10.1000/X
UR  - https://example.org/a
L1  - https://example.org/a.pdf
SN  - 1234-5678
N1  - <p>mine</p>
N1  - Cited By :44
XX  - odd
ER  -

TY  - BOOK
AU  - Nobody
ER  -
TY  - THES
TI  - C
"""


def test_records_become_papers():
    assert detect(TEXT).name == "ris"
    found = ris.read(TEXT)
    assert found.status is Status.TO_READ
    paper, last = found.papers
    assert (paper.title, paper.type, paper.citekey) == ("A & B", "article-journal", "garcia2020")
    assert paper.authors == ["Martin Luther King Jr.", "Gabriel García Márquez"]
    assert (paper.published, paper.venue) == ("2020-03-12", "J. of Tests")
    assert (paper.abstract, paper.note) == ("An abstract that goes on.", "mine")
    assert paper.tags == ["deep-learning", "mdp", "rl"]
    assert paper.identifiers == {"doi": "10.1000/x"}
    assert paper.urls == {"abstract": "https://example.org/a", "pdf": "https://example.org/a.pdf"}
    assert paper.extra["pages"] == "1–9"
    assert (paper.extra["volume"], paper.extra["number"], paper.extra["XX"]) == ("7", "2", "odd")
    assert paper.extra["note"] == "Cited By :44"
    assert (last.title, last.type) == ("C", "thesis")
    assert [(r.place, r.reason) for r in found.refusals] == [("line 26", "it has no title")]


HELD = ("citekey", "title", "abstract", "authors", "venue", "published", "tags", "note")


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(documents(), min_size=1, max_size=3))
def test_what_was_written_is_read_the_same(found):
    papers = [Paper.read(doc).but(id=i, citekey=f"k{i}") for i, doc in enumerate(found, 1)]
    once = ris.read(written(papers)).papers
    for paper, again in zip(papers, once, strict=True):
        for name in ("citekey", "title", "venue", "published", "tags"):
            assert getattr(again, name) == getattr(paper, name)
    numbered = [paper.but(id=i) for i, paper in enumerate(once, 1)]
    for paper, again in zip(once, ris.read(written(numbered)).papers, strict=True):
        assert again.but(extra={}, urls={}) == paper.but(extra={}, urls={})


def written(papers, share=False):
    return ris.write(papers, share=share, exported="").decode()


def test_every_field_that_has_a_tag_is_held():
    papers = ris.read(TEXT).papers
    assert "AU  - King, Martin Luther, Jr.\r\n" in written(papers)
    numbered = [paper.but(id=i) for i, paper in enumerate(papers, 1)]
    assert ris.read(written(numbered)).papers == papers
    note = papers[0].but(note="one\n\n- two\n- three <b> &amp;", abstract="a\n\nb", id=1)
    (again,) = ris.read(written([note])).papers
    assert (again.note, again.abstract) == (note.note, note.abstract)
    assert "one" not in written([note], share=True)


def test_real_files_go_out_and_come_in_the_same(shared):
    files = [*(shared / "conformance").rglob("*.ris"), *(shared / "payloads").glob("*.ris")]
    for file in sorted(files):
        try:
            papers = ris.read(file.read_text("utf-8-sig")).papers
        except (FormatError, UnicodeDecodeError):
            continue
        numbered = [paper.but(id=i) for i, paper in enumerate(papers, 1)]
        if not papers:
            continue
        for paper, again in zip(papers, ris.read(written(numbered)).papers, strict=True):
            held = [*HELD, "identifiers", "type"]
            assert [getattr(again, n) for n in held] == [getattr(paper, n) for n in held], file.name


def test_the_doi_of_the_record_comes_before_that_of_a_remark():
    (paper,) = ris.read("TY  - JOUR\nTI  - T\nN1  - doi:10.1000/b\nDO  - 10.1000/a\n").papers
    assert paper.identifiers == {"doi": "10.1000/a"}


def test_markup_is_undone_and_what_only_looks_so_stays():
    text = "TY  - JOUR\nTI  - A<sup>2</sup> <i>in vivo</i>, a < b\nJO  - <b>J</b> &amp; K\n"
    (paper,) = ris.read(text).papers
    assert (paper.title, paper.venue) == ("A2 in vivo, a < b", "J & K")
    odd = paper.but(title="<i>x</i> &amp;", venue="<p>", id=1)
    (again,) = ris.read(written([odd])).papers
    assert (again.title, again.venue) == (odd.title, odd.venue)


_LINES = (
    "TY  - JOUR", "TI  - T", "AU  - a; b, c and d", "ER  - ", "DA  - 2020/99/99", "UR  - http://[",
    "more", "", "N1  - x", "KW  - ;", "SP  - ", "EP  - 3", "DO  - n/a", "AN  - arXiv:",
)  # fmt: skip


@given(st.lists(st.sampled_from(_LINES), max_size=20).map("\n".join))
def test_no_text_brings_it_down(text):
    ris.read("TY  - JOUR\n" + text)


@pytest.mark.parametrize(
    "text",
    [
        "TY  - JOUR\nAB  - " + "x " * 5_000_000,
        "TY  - JOUR\n" * 100_000,
        "TY  - J\nAU  - " + "," * 1_000_000,
    ],
    ids=["long", "many", "commas"],
)
def test_no_text_takes_long(text):
    start = time.process_time()
    with suppress(FormatError):
        ris.read(text)
    assert time.process_time() - start < 15


def test_what_has_no_record_is_refused():
    with pytest.raises(FormatError, match="RIS without a record"):
        ris.read("Dear all")
