"""What papers are named by, in an argument and in a text."""

import pytest

from readlist.references import Reference, of_paper, only_references, references


@pytest.mark.parametrize(
    ("word", "named"),
    [
        ("2401.12345", "arxiv:2401.12345"),
        ("2401.12345v3", "arxiv:2401.12345"),
        ("arXiv:2401.12345.", "arxiv:2401.12345"),
        ("arxiv:cs/0112017v1", "arxiv:cs/0112017"),
        ("math.GT/0309136", "arxiv:math/0309136"),
        ("https://arxiv.org/abs/2401.12345v2", "arxiv:2401.12345"),
        ("arxiv.org/pdf/2401.12345", "arxiv:2401.12345"),
        ("https://arxiv.org/pdf/2401.12345v2.pdf#page=3", "arxiv:2401.12345"),
        ("http://export.arxiv.org/abs/cs/0112017", "arxiv:cs/0112017"),
        ("https://ar5iv.labs.arxiv.org/html/2401.12345", "arxiv:2401.12345"),
        ("https://www.alphaxiv.org/overview/2401.12345v1", "arxiv:2401.12345"),
        ("https://huggingface.co/papers/2401.12345", "arxiv:2401.12345"),
        ("https://example.org/papers/2401.12345.pdf", "arxiv:2401.12345"),
        ("https://doi.org/10.48550/arXiv.2401.12345", "arxiv:2401.12345"),
        ("10.1145/3292500.3330701", "doi:10.1145/3292500.3330701"),
        ("doi:10.1145/3292500.3330701.", "doi:10.1145/3292500.3330701"),
        ("<https://doi.org/10.1145/A.B>", "doi:10.1145/a.b"),
        ("(10.1016/0004-3702(89)90049-0)", "doi:10.1016/0004-3702(89)90049-0"),
        ("https://dl.acm.org/doi/pdf/10.1145/3292500.3330701", "doi:10.1145/3292500.3330701"),
        (
            "https://link.springer.com/content/pdf/10.1007/978-3-030-01234-2_1.pdf",
            "doi:10.1007/978-3-030-01234-2_1",
        ),
        (
            "https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full.pdf",
            "doi:10.1101/2020.01.01.123456",
        ),
        (
            "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0000001",
            "doi:10.1371/journal.pone.0000001",
        ),
        ("https://www.nature.com/articles/s41586-021-03819-2", "doi:10.1038/s41586-021-03819-2"),
        ("https://openreview.net/forum?id=abc_DEF-12", "openreview:abc_DEF-12"),
        ("https://openreview.net/pdf?id=abcDEF12&noteId=x", "openreview:abcDEF12"),
        (
            "https://www.semanticscholar.org/paper/Some-Title/204e3073870fae3d05bcbc2f6a8e263d9b72e776",
            "semanticscholar:204e3073870fae3d05bcbc2f6a8e263d9b72e776",
        ),
        ("https://api.semanticscholar.org/CorpusID:13756489", "corpusid:13756489"),
        ("https://aclanthology.org/2021.naacl-main.208.pdf", "acl:2021.naacl-main.208"),
        ("https://www.aclweb.org/anthology/P19-1001/", "acl:P19-1001"),
        ("P19-1001", "acl:P19-1001"),
        ("w2741809807", "openalex:W2741809807"),
        ("https://openalex.org/works/w2741809807", "openalex:W2741809807"),
        ("https://example.org/a.pdf#page=2", "https://example.org/a.pdf"),
        ("https://jmlr.org/papers/v3/bengio03a.html", "https://jmlr.org/papers/v3/bengio03a.html"),
    ],
)
def test_what_a_word_names(word: str, named: str):
    (found,) = only_references(word)
    assert str(found) == named
    assert references(word) == [found]


@pytest.mark.parametrize(
    ("address", "value"),
    [
        ("https://huggingface.co/papers", "latest"),
        ("https://hf.co/papers/date/2026-08-21", "date=2026-08-21"),
        ("https://huggingface.co/papers/week/2026-W34/", "week=2026-W34"),
        ("https://huggingface.co/papers/month/2026-08", "month=2026-08"),
        ("https://huggingface.co/papers/trending", "trending=trending"),
    ],
)
def test_pages_of_daily_papers(address: str, value: str):
    assert only_references(address) == [Reference("huggingface", value, address)]


@pytest.mark.parametrize(
    "word",
    ["", "hello", "12345", "refs.bib", "2401.13", "9999.12345", "http://", "ftp://x/y", "a b"],
)
def test_what_names_nothing(word: str):
    assert only_references(word) == references(word) == []


def test_a_text_with_several():
    text = (
        "- [A](https://arxiv.org/abs/2401.12345) and 10.1145/3292500.3330701; again "
        "arXiv:2401.12345v2 (https://openreview.net/forum?id=abcdef12). Code: https://github.com/x/y"
    )
    assert [str(one) for one in references(text)] == [
        "arxiv:2401.12345",
        "doi:10.1145/3292500.3330701",
        "openreview:abcdef12",
    ]
    assert only_references(text) == []


def test_a_list_of_nothing_else():
    text = "1. 2401.12345\n2. arXiv:2402.00001v2\n* <https://doi.org/10.1145/1.2>, P19-1001;\n\n"
    assert [one.kind for one in only_references(text)] == ["arxiv", "arxiv", "doi", "acl"]
    assert only_references("A Title\n2401.12345") == []
    assert only_references("@article{x, doi = {10.1145/1.2}}") == []
    assert only_references(" \n") == []


def test_how_to_ask_for_a_paper():
    urls = {"abstract": "https://arxiv.org/abs/2401.12345"}
    assert of_paper({"doi": "10.1/x", "arxiv": "2401.1"}, urls) == Reference("arxiv", "2401.1")
    found = of_paper({}, {"pdf": "https://x.org/a.pdf", **urls})
    assert found == Reference("arxiv", "2401.12345", urls["abstract"])
    assert of_paper({"isbn": "1"}, {}) is None
    listing = {"abstract": "https://huggingface.co/papers"}
    assert of_paper({}, listing) is None
