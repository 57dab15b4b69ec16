"""BibTeX and BibLaTeX come in: every entry, or the reason why not."""

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.formats import bibtex
from readlist.formats.detect import detect
from readlist.formats.incoming import FormatError, Refusal
from readlist.paper import Status


def one(text):
    found = bibtex.read(text)
    assert found.refusals == []
    (paper,) = found.papers
    return paper


def entry(fields, kind="article", key="k"):
    return one(f"@{kind}{{{key}, title={{T}}, {fields}}}")


def test_an_entry_becomes_a_paper():
    paper = one(
        r"""
        @Article{garcia2020,
          author    = {Garc{\'\i}a M{\'a}rquez, Gabriel and {Open Team}
                      and van der Berg, Jan and others},
          title     = "{TD-MPC2:} 50\% of $\alpha_1$",
          journal   = {J. of Tests}, year = 2020, month = mar # "~12", volume = 7,
          pages     = {1--9},
          doi       = {https://doi.org/10.1000/ABC},
          eprint    = {2003.00001v2}, archivePrefix = {arXiv}, primaryClass = {cs.LG},
          keywords  = {Deep Learning, rl},
          abstract  = {First
             line.

             Second paragraph.},
          file      = {Full text:papers/C\:x.pdf:PDF;:other.pdf:PDF},
          annote    = {my note},
          url       = {https://example.org/a_b~c},
        }"""
    )
    assert paper.citekey == "garcia2020"
    assert paper.authors == ["Gabriel García Márquez", "Open Team", "Jan van der Berg", "others"]
    assert paper.extra == {
        "family_names": {"Gabriel García Márquez": "García Márquez", "Open Team": "Open Team"},
        "volume": "7",
        "pages": "1–9",
    }
    assert paper.title == r"TD-MPC2: 50% of $\alpha_1$"
    assert (paper.type, paper.venue, paper.published) == (
        "article-journal",
        "J. of Tests",
        "2020-03-12",
    )
    assert paper.identifiers == {"arxiv": "2003.00001", "doi": "10.1000/abc"}
    assert (paper.categories, paper.tags) == (["cs.LG"], ["deep-learning", "rl"])
    assert paper.abstract == "First line.\n\nSecond paragraph."
    assert (paper.note, paper.files) == ("my note", ["papers/C:x.pdf", "other.pdf"])
    assert paper.urls == {"abstract": "https://example.org/a_b~c"}


def test_names_may_have_their_parts_named():
    author = 'given=Jean, prefix=de la, family=Fontaine and "family={Ünal}", given=A and A = B'
    assert entry(f"author={{{author}}}").authors == ["Jean de la Fontaine", "A Ünal", "A = B"]


def test_they_come_in_to_be_read():
    assert bibtex.read("@misc{a, title={A}}").status is Status.TO_READ


@pytest.mark.parametrize(
    ("fields", "published"),
    [
        ("year=2020", "2020"),
        ("year={2020}, month=jan", "2020-01"),
        ("year={2020}, month={January}, day=3", "2020-01-03"),
        ("year={2020}, month={1}", "2020-01"),
        ("year={2020}, month={nonsense}", "2020"),
        ("year={c. 1998}", "1998"),
        (r"year={{\noopsort{1973c}}1981}", "1981"),
        ("year={in press}", None),
        ("date={2020-02-03}", "2020-02-03"),
        ("date={2020-02/2020-04}", "2020-02"),
        ("date={2020-02-03}, year={2020}", "2020-02-03"),
        ("year=2020, month=feb, day=30", "2020-02"),
    ],
)
def test_dates_are_read_as_far_as_they_are_told(fields, published):
    assert entry(fields).published == published


def test_what_a_date_cannot_hold_is_kept():
    assert entry("year={in press}").extra == {"year": "in press"}
    assert entry("date={2020-02/2020-04}").extra == {"date": "2020-02/2020-04"}


@pytest.mark.parametrize(
    ("fields", "identifiers"),
    [
        ("eprint={2401.00001v2}, archiveprefix={arXiv}", {"arxiv": "2401.00001"}),
        ("eprint={arXiv:2401.00001}, eprinttype={arxiv}", {"arxiv": "2401.00001"}),
        ("eprint={hep-th/9901001}", {"arxiv": "hep-th/9901001"}),
        ("eprint={123}, eprinttype={pubmed}", {"pmid": "123"}),
        ("arxivid={2401.00001}", {"arxiv": "2401.00001"}),
        ("journal={arXiv preprint arXiv:1910.13461}", {"arxiv": "1910.13461"}),
        ("journal={CoRR}, volume={abs/1909.05311}", {"arxiv": "1909.05311"}),
        ("note={arXiv:math.GT/0309136}", {"arxiv": "math.GT/0309136"}),
        (r"url={https://arxiv.org/abs/2401.00001v3?x=1\#y}", {"arxiv": "2401.00001"}),
        ("url={http://arxiv.org/pdf/2401.00001v2.pdf}", {"arxiv": "2401.00001"}),
        (r"url={\url{https://dx.doi.org/10.1000/a\_b}}", {"doi": "10.1000/a_b"}),
        ("doi={10.48550/arXiv.2401.00001}", {"arxiv": "2401.00001"}),
        ("doi={DOI: 10.1000/x}", {"doi": "10.1000/x"}),
        ("doi={n/a}", {}),
        ("url={https://openreview.net/forum?id=Oxh5CstDJU}", {"openreview": "Oxh5CstDJU"}),
        ("pages={2401.00001}", {}),
    ],
)
def test_identifiers_are_found_in_all_their_spellings(fields, identifiers):
    assert entry(fields).identifiers == identifiers


def test_a_preprint_is_no_journal_article():
    assert entry("journal={arXiv preprint arXiv:1910.13461}").type == "article"
    assert entry("journal={Nature}, eprint={1910.13461}").type == "article-journal"


def test_strings_are_joined_and_used():
    paper = one(
        '@string{acm = "ACM "}\n@string(t = acm # {Trans.})\n'
        '@article{a, title={T}, journal=t # " on X"}'
    )
    assert paper.venue == "ACM Trans. on X"


def test_entries_have_from_their_book_what_they_lack():
    first, second = bibtex.read(
        "@inproceedings{a, title={A}, author={B}, crossref={P}}\n"
        "@proceedings{p, title={Proc. of X}, year=2001, editor={E}, publisher={Q}}"
    ).papers
    assert (first.title, first.venue, first.published) == ("A", "Proc. of X", "2001")
    assert first.extra["publisher"] == "Q"
    assert (second.title, second.type, second.published) == ("Proc. of X", "book", "2001")


def test_entries_that_refer_to_each_other_are_read():
    found = bibtex.read("@misc{a, title={A}, crossref={b}}\n@misc{b, title={B}, crossref={a}}")
    assert [paper.title for paper in found.papers] == ["A", "B"]


def test_a_broken_entry_is_refused_alone_by_its_line():
    found = bibtex.read(
        "@misc{a, title={A}}\n@misc{b, title={B}, \n\n@misc{c, author={C}}\n@misc{d,title={D}}"
    )
    assert [paper.title for paper in found.papers] == ["A", "D"]
    assert found.refusals[0].place == "line 2"
    assert found.refusals[0].reason.startswith("“@misc{b, title={B},”: ")
    assert found.refusals[1] == Refusal("line 4 (c)", "it has no title")


def test_without_a_title_the_identifier_stands_in():
    assert one("@misc{a, doi={10.1000/x}}").title == "doi:10.1000/x"


def test_entries_with_one_key_or_with_none_all_come_in():
    found = bibtex.read(
        "@misc{a,title={A}}\n@misc{a,title={B}}\n"
        "@misc{,title={C}}\n@misc{\n title={D}}\n@misc{,title={E}}"
    )
    assert [paper.title for paper in found.papers] == ["A", "B", "C", "D", "E"]
    assert [paper.citekey for paper in found.papers] == ["a", "a", "", "", ""]
    assert found.notes == ["1 entry with the key of another"]


def test_fields_told_twice_or_without_a_comma_are_kept():
    found = bibtex.read(
        "@misc{a, title={A}, note={x}, note={y}}\n@misc{b, title={B} author={C D}, year=2000}"
    )
    assert found.papers[0].extra == {"note": "x", "note (2)": "y"}
    assert found.papers[1].authors == ["C D"]
    assert found.papers[1].published == "2000"
    assert found.notes == ["line 1: told twice, both kept: note"]


def test_fields_without_a_place_are_kept():
    assert entry(r"organization={Springer \& Co}, Weird_1={x}").extra == {
        "organization": "Springer & Co",
        "weird_1": "x",
    }


@pytest.mark.parametrize(
    ("text", "is_it"),
    [
        ("@misc{a, title={A}}", True),
        ("% remark\n\n@string{a = {b}}", True),
        ("This file was made by X\n@article(a,\n title = 1)", True),
        ("# remarks\n@misc{a,\n}", True),
        ("@misc{\n title={A}}", True),
        ("# Read me\n```\n@misc{a, title={A}}\n```", False),
        ("Write to me@home{a, b}", False),
        ('{"a": "\n@misc{a,"}', False),
        ("@decorator\ndef f(): pass", False),
        ("", False),
    ],
)
def test_it_is_known_by_its_first_entry(text, is_it):
    assert bibtex.looks_like(text) is is_it
    if is_it:
        assert detect(text).name == "bibtex"


def test_what_has_no_entry_is_refused():
    with pytest.raises(FormatError, match="BibTeX without an entry"):
        bibtex.read("@comment{nothing}")


_PIECES = (
    "@misc{", "@article(", "@string{a = ", "@comment{", "@", "{", "}", "(", ")", '"', "#", ",", "=",
    "title", "author", " = ", "{x}", "and", "\\", "$", "\n", "%", "crossref", "k", "é", "\x00",
)  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))
def test_no_text_brings_it_down(text):
    try:
        found = bibtex.read(text)
    except FormatError:
        return
    assert all("\n" not in refusal.reason for refusal in found.refusals)


@pytest.mark.parametrize(
    "text",
    [
        "@misc{a, title={" + "{" * 300_000,
        "@misc{a, title={" + "{" * 100_000 + "}" * 100_000 + "}}",
        "@misc{a," * 10_000,
        "@misc{a, title={T}, author={" + "a and " * 100_000 + "b}}",
        "@misc{a, title={T}, author={" + "{a and " * 50_000 + "b}}",
        "@misc{a, title=" + "a # " * 100_000 + "b}",
        "@misc{a, title={" + "x" * 10_000_000 + "}}",
        "@misc{a, " + "x={y}," * 30_000 + "}",
        "@misc{a, title={" + "\\'" * 200_000 + "}}",
    ],
    ids=lambda text: text[:20],
)
def test_no_text_takes_long(text):
    start = time.process_time()
    with suppress(FormatError):
        bibtex.read(text)
    assert time.process_time() - start < 20
