"""Keys as documents write them."""

import pytest

from readlist.citing import citing
from readlist.paper import Paper

PAPERS = [Paper(title="Road", citekey="hayek1944"), Paper(title="Sea", citekey="a:b_c-d")]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("key", "hayek1944\na:b_c-d"),
        ("commas", "hayek1944,a:b_c-d"),
        ("latex", "\\cite{hayek1944,a:b_c-d}"),
        ("markdown", "[@hayek1944; @a:b_c-d]"),
        ("typst", "@hayek1944 @a:b_c-d"),
    ],
)
def test_forms(form: str, text: str):
    assert citing(PAPERS, form) == text


@pytest.mark.parametrize(
    ("key", "markdown", "typst"),
    [
        ("a.", "[@{a.}]", '#cite(label("a."))'),
        ("a::b", "[@{a::b}]", '#cite(label("a::b"))'),
        ("1984", "[@1984]", '#cite(label("1984"))'),
        ("müller", "[@müller]", "@müller"),
        ("DBLP:conf/x/Y20", "[@DBLP:conf/x/Y20]", '#cite(label("DBLP:conf/x/Y20"))'),
        ("x!y", "[@{x!y}]", '#cite(label("x!y"))'),
        ("a key", "[@akey]", "@akey"),
    ],
)
def test_a_key_that_would_end_early_is_enclosed(key: str, markdown: str, typst: str):
    paper = Paper(title="Road", citekey=key)
    assert citing([paper], "markdown") == markdown
    assert citing([paper], "typst") == typst
