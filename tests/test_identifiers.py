import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.identifiers import find_arxiv, find_doi, is_stand_in, is_web_address, link, normalise


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("2401.00001", "2401.00001"),
        ("arXiv:2401.00001v2 [cs.CL]", "2401.00001"),
        ("https://arxiv.org/abs/2401.00001v3?context=cs#x", "2401.00001"),
        ("https://arxiv.org/pdf/0704.0001.pdf", "0704.0001"),
        ("hep-th/9901001", "hep-th/9901001"),
        ("math.GT/0309136v1", "math.GT/0309136"),
        ("oai:arXiv.org:hep-th/9901001", "hep-th/9901001"),
        ("10.48550/arXiv.2401.00001", None),
        ("version 2413.00001", None),
        ("3.14159", None),
    ],
)
def test_an_arxiv_identifier_is_found_in_all_its_spellings(text, identifier):
    assert find_arxiv(text) == identifier


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("https://doi.org/10.1000/ABC.def", "10.1000/abc.def"),
        ("doi:10.1000/182).", "10.1000/182"),
        ("(see 10.1002/(sici)1097-0258(1998)17:8)", "10.1002/(sici)1097-0258(1998)17:8"),
        ("10.12/too-short", None),
        ("<a>10.1000/x</a>", "10.1000/x"),
        (
            "10.1002/(SICI)1097-4571(1998)49:8<693::AID-ASI4>3.0.CO;2-O.",
            "10.1002/(sici)1097-4571(1998)49:8<693::aid-asi4>3.0.co;2-o",
        ),
    ],
)
def test_a_doi_is_found_and_its_case_folded(text, doi):
    assert find_doi(text) == doi


def test_the_doi_that_arxiv_gives_is_the_arxiv_identifier():
    assert normalise("DOI", "https://doi.org/10.48550/arXiv.2401.00001v2") == (
        "arxiv",
        "2401.00001",
    )
    assert normalise("doi", "10.48550%2FarXiv.2401.00001") == ("arxiv", "2401.00001")


@pytest.mark.parametrize(
    ("address", "doi"),
    [
        ("https://doi.org/10.1038/NATURE14539?foo=bar#x", "10.1038/nature14539"),
        ("dx.doi.org/10.1000/a%23b%3Fc?d", "10.1000/a#b?c"),
        ("10.1000/a#b?c", "10.1000/a#b?c"),
    ],
)
def test_what_follows_the_doi_in_an_address_is_no_part_of_it(address, doi):
    assert normalise("doi", address) == ("doi", doi)
    assert normalise("doi", link("doi", doi)) == ("doi", doi)


def test_other_identifiers_stay_as_they_are():
    assert normalise(" PMID ", " 12345 ") == ("pmid", "12345")


@given(st.sampled_from(["arxiv", "doi", "PMID"]), st.text(max_size=30))
def test_normalising_twice_is_normalising_once(name, value):
    once = normalise(name, value)
    assert normalise(*once) == once


@pytest.mark.parametrize(
    ("url", "is_one"),
    [
        ("https://arxiv.org/abs/1", True),
        ("http://x", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("//x/y", False),
        ("https://[", False),
        ("https://a b", False),
        ("", False),
    ],
)
def test_only_http_addresses_are_web_addresses(url, is_one):
    assert is_web_address(url) is is_one


def test_identifiers_that_resolve_have_a_link():
    assert link("arxiv", "2401.00001") == "https://arxiv.org/abs/2401.00001"
    assert link("doi", "10.1/x") == "https://doi.org/10.1/x"
    assert link("pmid", "1") is None


def test_what_stands_for_a_title_that_is_not_known():
    identifiers, urls = {"doi": "10.1000/Ab"}, {"abstract": "https://a.example/P"}
    assert is_stand_in("DOI:10.1000/ab", identifiers, urls)
    assert is_stand_in("10.1000/ab", identifiers, urls)
    assert is_stand_in("https://a.example/p", identifiers, urls)
    assert not is_stand_in("On 10.1000/ab", identifiers, urls)
    assert not is_stand_in("", {}, {})
