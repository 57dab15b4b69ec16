"""What all readers do alike: links, identifiers, dates."""

import pytest

from readlist.formats.building import Draft
from readlist.formats.names import Name
from readlist.paper import PaperError


@pytest.mark.parametrize(
    ("address", "identifiers", "kind"),
    [
        ("https://arxiv.org/abs/2401.00001v2", {"arxiv": "2401.00001"}, "abstract"),
        ("http://www.arxiv.org/pdf/2401.00001v2.pdf", {"arxiv": "2401.00001"}, "pdf"),
        (
            "https://arxiv.org/abs/hep-th/9901001?context=math#x",
            {"arxiv": "hep-th/9901001"},
            "abstract",
        ),
        ("https://huggingface.co/papers/2401.00001", {"arxiv": "2401.00001"}, "abstract"),
        ("https://doi.org/10.1000/ABC", {"doi": "10.1000/abc"}, "abstract"),
        ("https://doi.org/10.48550/arXiv.2401.00001", {"arxiv": "2401.00001"}, "abstract"),
        (
            "https://openreview.net/forum?id=Oxh5CstDJU&x=1",
            {"openreview": "Oxh5CstDJU"},
            "abstract",
        ),
        ("https://openreview.net/pdf?id=Oxh5CstDJU", {"openreview": "Oxh5CstDJU"}, "pdf"),
        ("https://github.com/a/b", {}, "code"),
        ("https://example.org/2401.00001", {}, "abstract"),
        ("https://doi.org/10.48550/arXiv.soon", {}, "abstract"),
    ],
)
def test_links_have_a_kind_and_identify(address, identifiers, kind):
    draft = Draft(title="T")
    assert draft.link(address)
    paper = draft.paper()
    assert (paper.identifiers, paper.urls) == (identifiers, {kind: address})


@pytest.mark.parametrize("address", ["javascript:x", "ftp://a.b/c", "no", "http://[", "http://a b"])
def test_what_is_no_address_is_none(address):
    assert not Draft().link(address)


def test_what_a_paper_cannot_hold_is_kept():
    draft = Draft(title="T")
    draft.identifier("doi", "n/a")
    draft.date("soon", "year")
    draft.keep("year", "later")
    draft.keep("nothing", "")
    assert draft.paper().extra == {"doi": "n/a", "year": "soon", "year (2)": "later"}


def test_the_identifier_or_the_address_stands_in_for_a_title():
    draft = Draft()
    draft.identifier("arXiv", "arXiv:2401.00001v2 [cs.CL]")
    assert draft.paper().title == "arxiv:2401.00001"
    draft = Draft()
    draft.link("https://example.org/x")
    assert draft.paper().title == "https://example.org/x"
    with pytest.raises(PaperError, match="it has no title"):
        Draft().paper()


def test_hostile_text_is_cleaned_wherever_it_stands():
    odd = "a\x1b[31m\u202e b\x00"
    draft = Draft(title=odd, abstract=odd * 200, venue=odd, tags=[odd])
    draft.persons([Name(odd, odd), Name("", odd)])
    draft.identifier(odd, odd)
    draft.keep(odd, [odd])
    draft.link("https://example.org/\x1b[31m\x00", odd)
    paper = draft.paper()
    values = {**paper.export(), "abstract": paper.abstract[:3]}
    assert not any(sign in repr(values) for sign in ("x1b", "x00", "u202e", "[31m"))
    assert (paper.title, paper.authors) == ("a b", ["a b a b", "a b"])
    assert (paper.identifiers, paper.extra["a b"]) == ({"a b": "a b"}, ["a b"])
    assert paper.urls["a b"] == "https://example.org/"
