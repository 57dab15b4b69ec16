"""Bytes to text, and text to its format, by what is in it."""

import re
from codecs import BOM_UTF8

from readlist.formats import native
from readlist.formats.catalogue import FORMATS, Format
from readlist.formats.incoming import FormatError
from readlist.text import clean_line, shorten

_BEGINNING = 4000  # bytes; enough to tell what is no text
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
# Half of what is ASCII in UTF-16 are null bytes: those before, or those behind the letters.
_UTF16_UNMARKED = re.compile(rb"(?:(?P<big>(?:\x00[\t\n\r -~]){8})|(?:[\t\n\r -~]\x00){8})")
# Controls that no text has; escape sequences and form feeds are met in text saved from terminals.
_BINARY = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]")
_SIGNATURES = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP archive (or an office document)",
    b"\x1f\x8b": "a gzip archive",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"SQLite format 3": "an SQLite database",
}
_FOREIGN = {  # tags and namespaces stand anywhere in XML, others first
    "FN Clarivate": "an export of Web of Science",
    "FN Thomson": "an export of Web of Science",
    "FN ISI": "an export of Web of Science",
    "PMID- ": "MEDLINE",
    "%0 ": "Refer, as of EndNote",
    "<rdf:RDF": "RDF",
    "<mods": "MODS",
    "<PubmedArticle": "XML of PubMed",
    "<PubmedBookArticle": "XML of PubMed",
    "<records><record>": "XML of EndNote",
    "http://www.loc.gov/MARC21": "MARC",
    "http://www.loc.gov/zing/srw": "an answer of a library's catalogue",
    "http://docbook.org/ns/docbook": "DocBook",
    "http://schemas.openxmlformats.org/officeDocument/2006/bib": "Word's XML",
}


def decode(content: bytes) -> tuple[str, list[str]]:
    """Return the text in `content`, and notes about how it had to be read, if any.

    It is UTF-8, or UTF-16 with its mark, or else taken for Latin-1, as Windows writes it. Raises
    `FormatError` for what is empty or no text.
    """
    if content.startswith(_UTF16):
        return _whole(content.decode("utf-16", "replace")), []
    if has_nulls := _UTF16_UNMARKED.match(content[:_BEGINNING]):
        name = "utf-16-be" if has_nulls["big"] else "utf-16-le"
        return _whole(content.decode(name, "replace")), ["read as UTF-16, though it has no mark"]
    _refuse_binary(content)
    try:
        return _whole(content.removeprefix(BOM_UTF8).decode()), []
    except UnicodeDecodeError as error:
        # Cut in the middle of a character: the rest is sound.
        if error.reason == "unexpected end of data" and error.end == len(error.object):
            return _whole(content.removeprefix(BOM_UTF8)[: error.start].decode()), [
                "its end is cut off"
            ]
    # https://encoding.spec.whatwg.org/#names-and-labels: what is called Latin-1 is windows-1252.
    text = content.decode("cp1252", "replace")
    return _whole(text), ["it is not in UTF-8: read as Latin-1 (windows-1252)"]


def detect(text: str) -> Format:
    """Return the format of a text. Raises `FormatError` that says what was seen."""
    if native.is_own(text):  # at once, as it may be large
        return FORMATS[0]
    tried = set()
    for candidate in sorted(FORMATS, key=lambda one: one.is_last):
        if candidate.is_read and candidate.module not in tried:
            if candidate.is_last:
                _refuse_foreign(text)
            tried.add(candidate.module)
            if candidate.looks_like(text):
                return candidate
    raise FormatError(
        f"of no known kind: it begins with {_beginning(text)}; `readlist formats` lists the known"
    )


def _refuse_foreign(text: str) -> None:
    """Raise `FormatError` for formats of papers that are known, but not read."""
    head = re.sub(r">\s+<", "><", text[:4000].lstrip("\ufeff \t\r\n"))
    for sign, what in _FOREIGN.items():
        if head.startswith(sign) or (head.startswith("<") and sign[0] in "<h" and sign in head):
            raise FormatError(f"it is {what}, which is not read; export BibTeX, RIS or CSV instead")


def _whole(text: str) -> str:
    if not text.strip().strip("\ufeff"):
        raise FormatError("it is empty")
    return text


def _refuse_binary(content: bytes) -> None:
    for signature, what in _SIGNATURES.items():
        if content.startswith(signature):
            raise FormatError(f"it is {what}, and no text")
    beginning = content[:_BEGINNING]
    if b"\x00" in beginning or len(_BINARY.findall(beginning)) * 20 > len(beginning):
        raise FormatError(f"it is no text: it begins with the bytes {beginning[:8].hex(' ')}")


def _beginning(text: str) -> str:
    text = re.sub(r"^[\ufeff\s]*<\?xml[^<>]*\?>\s*", "", text[:2000])  # which says nothing of it
    line = next((line for line in map(clean_line, text[:1000].split("\n")) if line), "")
    return f"“{shorten(line, 40)}”"
