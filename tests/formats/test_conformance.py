"""The test files of other programs: no file raises, and no record is lost without a word."""

import re
from collections import Counter

import pytest

from readlist.formats import bibtex, ris
from readlist.formats.detect import decode
from readlist.formats.incoming import FormatError
from readlist.operations import read_input

# By origin: files, those refused whole, papers read, records refused. Whole are refused XML of
# programs that readlist has no format for, empty files, and one of Web of Science.
TABLE = {
    "citation-js": (1, 0, 4, 0),
    "cobib": (6, 0, 18, 0),
    "jabref": (297, 91, 858, 41),
    "pybtex": (7, 0, 2827, 12),
    "rispy": (15, 1, 18, 5),
}
_ENTRY = re.compile(r"^[ \t]*@[ \t]*(?!comment|string|preamble)\w+[ \t]*[{(]", re.I | re.M)
_RECORD = re.compile(r"^\s*TY  -", re.M)
# An entry behind a remark on its line, a block without a brace, a record without its first line.
_ODD = {
    "encodingWithoutNewline.bib", "encoding-utf-16BE-with-header.bib",
    "encoding-utf-16BE-without-header.bib", "MarcXmlParserTestNotes.bib",
    "RisImporterCorrupted.ris",
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(shared):
    found = shared / "conformance"
    if not found.is_dir():
        pytest.skip(f"there is no {found}")
    return found


@pytest.mark.parametrize("origin", TABLE)
def test_records_found_read_and_refused(folder, origin):
    told = Counter()
    for file in sorted((folder / origin).rglob("*.*")):
        if file.name == "ORIGIN.txt":
            continue
        told["files"] += 1
        try:
            found = read_input(file.read_bytes(), file.name)
        except FormatError as error:
            assert "\n" not in str(error)
            told["whole"] += 1
            continue
        told["read"] += len(found.papers)
        told["refused"] += len(found.refusals)
        assert all(refusal.place and refusal.reason for refusal in found.refusals)
        for suffix, pattern in ((".bib", _ENTRY), (".ris", _RECORD)):
            if file.suffix == suffix and file.name not in _ODD:
                text, _ = decode(file.read_bytes())
                number = len(pattern.findall(text))
                assert number == len(found.papers) + len(found.refusals), file.name
    assert (told["files"], told["whole"], told["read"], told["refused"]) == TABLE[origin]


# What the other program expects says less of the day, or more of who is an author (editors).
_LESS = {"RisImporterTest6.ris": {"title", "authors"}, "RisImporterTest7.ris": {"authors"}}
_NAMED_OTHERWISE = {"RisImporterTestDoiAndJournalTitle.ris"}


def test_ris_says_what_its_origin_expects_as_bibtex(folder):
    compared = 0
    for file in sorted((folder / "jabref").rglob("*.ris")):
        expected = file.with_suffix(".bib")
        if not expected.exists() or file.name in _NAMED_OTHERWISE:
            continue
        papers = ris.read(decode(file.read_bytes())[0]).papers
        others = bibtex.read(decode(expected.read_bytes())[0]).papers
        for one, other in zip(papers, others, strict=False):
            if file.name == "RisImporterTest1.ris":  # broken on purpose, and read otherwise
                continue
            for name in {"title", "authors", "identifiers"} - _LESS.get(file.name, set()):
                assert getattr(one, name) == getattr(other, name), (file.name, name)
            assert (one.published or "").startswith(other.published or "")
            compared += 1
    assert compared >= 14
