"""The list of formats keeps what it promises."""

from datetime import date
from pathlib import Path

import pytest

from readlist.formats.catalogue import FORMATS, endings, for_ending, named
from readlist.formats.incoming import FormatError
from readlist.paper import Paper

PAPER = Paper(title="A Title", id=1)


def test_names_and_endings_are_unique():
    names = [f.name for f in FORMATS]
    assert len(set(names)) == len(names)
    assert len(set(endings())) == len(endings())
    assert all(ending.startswith(".") for ending in endings())


@pytest.mark.parametrize("format", FORMATS, ids=lambda f: f.name)
def test_each_module_has_what_it_is_listed_for(format):
    if format.is_read:
        assert format.looks_like("") is False
        with pytest.raises(FormatError):
            format.read("nothing of any format", None, date(2026, 1, 1))
    if format.writer:
        content = format.write([PAPER], share=True, exported="2026-03-01T12:00:00Z")
        assert b"A Title" in content


@pytest.mark.parametrize("format", [f for f in FORMATS if f.writer], ids=lambda f: f.name)
def test_an_ending_names_its_format(format):
    for ending in format.endings:
        assert for_ending(Path(f"my.papers{ending.upper()}")) is format
    assert named(format.name.upper(), to_write=True) is format


def test_an_unknown_name_is_answered_with_those_known_and_the_nearest():
    with pytest.raises(FormatError, match=r"'jsn': readlist reads .*links; did you mean json\?"):
        named("jsn")
    with pytest.raises(FormatError, match="'listing': readlist writes json, jsonl, bibtex"):
        named("listing", to_write=True)


@pytest.mark.parametrize("name", ["papers.foo", "papers", ".json"])
def test_an_unknown_ending_is_answered_with_those_known(name: str):
    with pytest.raises(FormatError, match=r"known are \.json, \.jsonl"):
        for_ending(Path(name))


@pytest.mark.parametrize(
    "format", [f for f in FORMATS if f.writer and f.is_read], ids=lambda f: f.name
)
@pytest.mark.parametrize(
    "key", ["DBLP:conf/iclr/0001", "3dgs+x", "Ünal_2020", "a-b.c", "10.1000/x", "http://x/y"]
)
def test_a_citation_key_of_any_kind_comes_back(format, key):
    papers = [PAPER.but(citekey=key, authors=["A B"], published="2020")]
    content = format.write(papers, share=False, exported="2026-03-01T12:00:00Z").decode()
    assert [p.citekey for p in format.read(content, None, date(2026, 1, 1)).papers] == [key]
