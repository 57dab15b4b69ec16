"""Identifiers of papers and links to them: recognised, normalised, turned into addresses."""

import os
import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

# https://info.arxiv.org/help/arxiv_identifier.html: since April 2007 YYMM.NNNN(N), before that
# archive(.SUBJECT)/YYMMNNN; a version may follow.
_ARXIV = (  # patterns are compiled by the first that needs them
    r"(?<![\w.])(?P<id>\d{4}\.\d{4,5}|[a-z]+(?:-[a-z]+)*(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?![\w])"
)
_ARXIV_MONTH = r"^(?:.*/)?\d\d(?:0[1-9]|1[0-2])"
# https://www.doi.org/doi-handbook: "10.", a registrant, "/", anything printable. Case folds. What
# stands in angle brackets is of the DOI in a SICI alone, as publishers made them until 2008.
DOI = r"10\.\d{4,9}(?:\.\d+)*/(?:[^\s\"<>{}|\\^`]++|<[\w:.-]{1,40}>(?=\d\.\d\.co;\d))+"
"""The pattern of a DOI; its case does not matter."""
_DOI = rf"(?i)\b{DOI}"
_RESOLVER = r"(?i)\s*(?:https?://)?(?:[a-z]+\.)?doi\.org/[^?#]*"
_ARXIV_DOI = "10.48550/arxiv."

_USUAL_ADDRESS = r"https?://[a-z\d][a-z\d.-]*(?:/[!-~]*)?\Z"  # quicker told than what may be one

_pattern = lru_cache(maxsize=None)(re.compile)  # which is quicker than what `re` remembers

_PLAIN_IN_PATHS = "!$&'()*+,/:;=@~"
_LINKS = {"arxiv": "https://arxiv.org/abs/{}", "doi": "https://doi.org/{}"}


def find_arxiv(text: str) -> str | None:
    """Return the first arXiv identifier in `text`, without its version, or None."""
    for match in _pattern(_ARXIV).finditer(text):
        if _pattern(_ARXIV_MONTH).match(match["id"]):
            return match["id"]
    return None


def find_doi(text: str) -> str | None:
    """Return the first DOI in `text`, in lower case, or None."""
    match = _pattern(_DOI).search(text)
    if match is None:
        return None
    doi = match.group().rstrip(".,;:'")
    while doi.endswith(")") and doi.count(")") > doi.count("("):
        doi = doi[:-1].rstrip(".,;:'")
    return doi.lower()


def recognised(name: str, value: str) -> tuple[str, str]:
    """Return an identifier's name and value as readlist keeps them; "" for a value that is none.

    The name in lower case; an arXiv id without version; a DOI in lower case without its
    resolver; the DOI that arXiv gives to its own papers as the arXiv id that it holds.
    """
    name = name.strip().lower()
    if name == "arxiv":
        return name, find_arxiv(value) or ""
    if name == "doi":
        if address := _pattern(_RESOLVER).match(value):  # what comes behind is no part of it
            value = address[0]
        doi = find_doi(unquote(value) if "%" in value else value) or ""
        if doi.startswith(_ARXIV_DOI):
            return "arxiv", find_arxiv(doi[len(_ARXIV_DOI) :]) or ""
        return name, doi
    return name, value.strip()


def normalise(name: str, value: str) -> tuple[str, str]:
    """Return what `recognised` does, and a value that is none nearly as it is."""
    key, found = recognised(name, value)
    if found or key not in ("arxiv", "doi"):
        return key, found
    value = value.strip()
    if name.strip().lower() == "doi":
        value = (find_doi(unquote(value)) or value.lower()).removeprefix(_ARXIV_DOI)
    return key, value


def is_web_address(url: str) -> bool:
    """Say whether `url` is an absolute http or https address that may be shown and opened."""
    if _pattern(_USUAL_ADDRESS).match(url):
        return True
    if url.split() != [url]:
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:  # an unclosed "[" of an IPv6 address, for one
        return False


def link(name: str, value: str) -> str | None:
    """Return the address at which an identifier resolves, or None for one that has none."""
    pattern = _LINKS.get(name)
    return pattern.format(quote(value, safe=_PLAIN_IN_PATHS)) if pattern else None


def is_stand_in(title: str, identifiers: Mapping[str, str], urls: Mapping[str, str]) -> bool:
    """Say whether a title only stands there until the paper's own is known: it is an identifier of
    the paper, or an address of it."""
    title = title.lower()
    if title in map(str.lower, urls.values()):
        return True
    return any(title in (v.lower(), f"{k}:{v}".lower()) for k, v in identifiers.items())


def new_uid() -> str:
    """Return a UUID for a paper that comes in without one: RFC 9562, version 4.

    Not `uuid.uuid4()`: importing `uuid` takes longer than reading a page of papers.
    """
    raw = bytearray(os.urandom(16))
    raw[6] = raw[6] & 0x0F | 0x40
    raw[8] = raw[8] & 0x3F | 0x80
    text = raw.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
