"""Bytes become text, and text finds its format."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.formats.detect import decode, detect
from readlist.formats.incoming import FormatError


@pytest.mark.parametrize(
    ("content", "text", "notes"),
    [
        ("é漢".encode(), "é漢", []),
        (codecs.BOM_UTF8 + "é".encode(), "é", []),
        ("é漢".encode("utf-16"), "é漢", []),
        (codecs.BOM_UTF16_BE + "é".encode("utf-16-be"), "é", []),
        (codecs.BOM_UTF16_LE + "é".encode("utf-16-le") + b"x", "é\ufffd", []),
        ("a “quote” é".encode("cp1252"), "a “quote” é", ["latin"]),
        (b"caf\xe9 \x81", "café \ufffd", ["latin"]),
        ("whole é".encode()[:-1], "whole ", ["its end is cut off"]),
        (b"a\x0c\x1b[31mb\x08", "a\x0c\x1b[31mb\x08", []),
    ],
)
def test_bytes_become_text(content: bytes, text: str, notes: list[str]):
    latin = ["it is not in UTF-8: read as Latin-1 (windows-1252)"]
    assert decode(content) == (text, latin if notes == ["latin"] else notes)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is empty"),
        (b" \r\n\t", "it is empty"),
        (codecs.BOM_UTF8, "it is empty"),
        (codecs.BOM_UTF16_LE, "it is empty"),
        (b"%PDF-1.7 ...", "it is a PDF, and no text"),
        (b"PK\x03\x04\x14", "it is a ZIP archive (or an office document), and no text"),
        (b"\x7fELF\x02\x01\x00", "it is no text: it begins with the bytes 7f 45 4c 46 02 01 00"),
        (bytes(range(16)) * 9, "it is no text: it begins with the bytes 00 01 02 03 04 05 06 07"),
    ],
)
def test_what_is_no_text_is_refused_in_a_line(content: bytes, reason: str):
    with pytest.raises(FormatError) as caught:
        decode(content)
    assert str(caught.value) == reason


@given(st.binary(max_size=60))
def test_no_bytes_bring_it_down(content: bytes):
    try:
        text, _ = decode(content)
        detect(text)
    except FormatError as error:
        assert "\n" not in str(error)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('{"papers": []}', "json"),
        ('[{"title": "A"}]', "json"),
        ('{"title": "A"}\n{"title": "B"}\n', "json"),  # its reader tells lines apart
    ],
)
def test_the_format_is_found_by_content(text: str, name: str):
    assert detect(text).name == name


def test_pages_are_found_to_be_listings(pages):
    for page in pages:
        assert detect(page.read_text("utf-8")).name == "listing"


@pytest.mark.parametrize("text", ["\n  null", "Dear all,\nhow are you?", "x" * 500, "\x1b[31mred"])
def test_what_is_of_no_known_kind_is_refused_with_what_was_seen(text: str):
    said = (
        r"^of no known kind: it begins with “[^\n\x1b]{1,40}”; `readlist formats` lists the known$"
    )
    with pytest.raises(FormatError, match=said):
        detect(text)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('<?xml version="1.0"?>\n<modsCollection xmlns="x"><mods>', "MODS"),
        ("<rdf:RDF\n xmlns", "RDF"),
        ("<?xml version='1.0'?>\n<xml>\n <records>\n  <record>", "XML of EndNote"),
        ("FN Clarivate Analytics Web of Science\nCR 10.1000/x", "an export of Web of Science"),
        ("%0 Journal Article\n%R 10.1000/x", "Refer, as of EndNote"),
    ],
)
def test_known_formats_that_are_not_read_are_named(text, what):
    with pytest.raises(FormatError, match=f"it is {what}, which is not read; export BibTeX"):
        detect(text)


def test_of_xml_the_first_element_is_told():
    with pytest.raises(FormatError, match="it begins with “<Sources></Sources>”;"):
        detect('\ufeff<?xml version="1.0" encoding="UTF-8"?>\n\n<Sources></Sources>')


@pytest.mark.parametrize("sign", ["<rdf:RDF", "<records><record>", "<PubmedArticle"])
def test_a_title_that_names_a_foreign_format_does_not_make_a_file_one(sign):
    assert detect(f'{{"papers": [{{"title": "{sign}"}}]}}').name == "json"


@pytest.mark.parametrize("code", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_read(code):
    text, notes = decode("@misc{a, title={é}}".encode(code))
    assert text == "@misc{a, title={é}}"
    assert notes == ["read as UTF-16, though it has no mark"]
