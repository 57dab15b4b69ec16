"""What somebody means who names a feed to follow: a category, a page, an address, a folder."""

import re
from collections.abc import Container
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from readlist.feeds import LISTINGS, Feed
from readlist.identifiers import is_web_address
from readlist.sources.queries import is_arxiv_query, is_category
from readlist.text import clean_line

WHAT = (
    "a category of arXiv (cs.CL) or a query (au:sutton), daily, weekly, monthly, trending or search"
    " WORDS at Hugging Face, an address, or a folder"
)
_SPANS = {"week": "weekly", "month": "monthly", "date": "daily", "trending": "trending"}
_LISTED = re.compile(r"/(?:list|rss|atom)/(?P<what>[\w.+*-]+)")
_LONGEST_NAME = 40


def meant_feed(text: str, taken: Container[str] = ()) -> Feed:
    """Return the feed that a text means, with a name that is not `taken` (in lower case).

    Raises `ValueError`, in a line, for what is none.
    """
    text = clean_line(text)
    kind, what = _meant(text)
    name = _name(kind, what)[:_LONGEST_NAME].strip()
    number, first = 2, name
    while name.lower() in taken:
        name, number = f"{first} {number}", number + 1
    return Feed(name, kind, what)


def _meant(text: str) -> tuple[str, str]:
    words = text.lower().removeprefix("huggingface ").removeprefix("hf ").strip()
    if words in LISTINGS:
        return "huggingface", words
    if words in ("huggingface", "hf"):
        return "huggingface", LISTINGS[0]
    if re.match(r"search[: ]\s*\S", words):
        return "huggingface", "search: " + re.sub(r"(?i)^.*?search\s*:?\s*", "", text, count=1)
    if is_web_address(text):
        return _at_address(text)
    if text and ("/" in text or text.startswith("~") or Path(text).is_dir()):
        path = Path(text).expanduser().absolute()
        if not path.is_dir():
            raise ValueError(f"{text} is no folder that is there")
        return "folder", str(path)
    bare = re.sub(r"(?i)^arxiv[: ]\s*", "", text)
    categories = re.split(r"[\s,+]+", bare)
    if all(map(is_category, categories)):
        return "arxiv", " ".join(categories)
    if is_arxiv_query(bare) or bare != text:
        return "arxiv", bare
    raise ValueError(f"{text!r} is nothing to follow: name {WHAT}")


def _at_address(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    if host in ("huggingface.co", "hf.co") and re.match(r"/papers(?:/|$)", parts.path):
        sought = parse_qs(parts.query).get("q")
        span = parts.path.removeprefix("/papers").strip("/").partition("/")[0]
        if sought:
            return "huggingface", f"search: {clean_line(sought[0])}"
        if not span or span in _SPANS:
            return "huggingface", _SPANS.get(span, "daily")
    if host == "arxiv.org" or host.endswith(".arxiv.org"):
        listed = _LISTED.match(parts.path)
        categories = listed["what"].split("+") if listed else [""]
        if all(map(is_category, categories)):
            return "arxiv", " ".join(categories)
    return "url", url


def _name(kind: str, what: str) -> str:
    if kind == "huggingface":
        return what.removeprefix("search: ")
    if kind == "url":
        return (urlsplit(what).hostname or what).removeprefix("www.")
    return Path(what).name or what if kind == "folder" else what
