"""From what a format tells of a paper to the paper: what all readers do alike."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from readlist.formats.dates import written
from readlist.formats.names import FAMILIES, Name, told
from readlist.identifiers import find_arxiv, is_web_address, link, recognised
from readlist.paper import Paper, PaperError
from readlist.text import clean, clean_json, clean_line

_ARXIV_NAMED = re.compile(
    r"(?i)(?:arxiv(?:\.org)?\s*[:/]|arxiv\s+(?:e-?prints?|preprint)\W+(?:arxiv:)?|abs/|corr\W+abs/)"
)
_ARXIV_PAGE = re.compile(
    r"(?i)^(?:https?://)?(?:[a-z]+\.)?(?:arxiv\.org|alphaxiv\.org|ar5iv\.(?:labs\.arxiv\.)?org)/"
    r"|^(?:https?://)?huggingface\.co/papers/"
)
_OPENREVIEW = re.compile(r"^https?://openreview\.net/(?:forum|pdf)\?(?:.*&)?id=([\w-]{5,})")
_PDF = re.compile(r"(?i)\.pdf$|/pdf/|openreview\.net/pdf|[?&]type=pdf|/pdf$")
_CODE = re.compile(r"(?i)^https?://(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org)/[^/]+/[^/]")


class Draft:
    """A paper in the making.

    `values` are fields of a paper, which are cleaned in the end; `sound` such as need no cleaning;
    `extra` what has no place in it. What is told in a way that no
    paper can hold (a date that is none, an address that is none) goes to `extra` as well.
    """

    def __init__(self, **values: Any) -> None:
        self.values = values
        self.sound: dict[str, Any] = {}
        self.extra: dict[str, Any] = {}
        self.identifiers: dict[str, str] = {}
        self.urls: dict[str, str] = {}
        self._families: dict[str, str] = {}

    def keep(self, name: str, value: Any) -> None:
        """Keep a value in `extra`, unless it says nothing; of two with one name both are kept."""
        if not value and value in (None, "", [], {}):
            return
        place, number = name, 2
        while place in self.extra and self.extra[place] != value:
            place, number = f"{name} ({number})", number + 1
        self.extra[place] = value

    def persons(self, names: Iterable[Name]) -> None:
        """Take the authors."""
        self.sound["authors"], self._families = told(names)

    def date(self, text: str, name: str) -> None:
        """Take the day it was published, in whatever form; `name` is what the format calls it."""
        found = written(text)
        if found is None:
            self.keep(name, clean_line(text))
        elif len(found) > len(self.values.get("published") or ""):
            self.values["published"] = found

    def identifier(self, name: str, value: str) -> bool:
        """Take an identifier; return whether it is one. Those that are none are kept."""
        value = clean_line(value)
        if not self._take(name, value):
            self.keep(name, value)
            return False
        return True

    def _take(self, name: str, value: str) -> bool:
        key, found = recognised(name, value)
        if found:
            self.identifiers.setdefault(key if key in ("doi", "arxiv") else clean_line(key), found)
        return bool(found)

    def mentions(self, text: str) -> None:
        """Take the arXiv id that a note, a journal's name or the like mentions."""
        match = _ARXIV_NAMED.search(text) if text else None
        if match and "arxiv" not in self.identifiers:
            found = find_arxiv(text[match.start() :].replace(":", " ").replace("abs/", " "))
            if found:
                self.identifiers["arxiv"] = found

    def link(self, address: str, kind: str | None = None) -> bool:
        """Take an address, and the identifiers in it; return whether it is one."""
        address = clean(address).strip()
        if not is_web_address(address):
            return False
        self._identify(address)
        kind = clean_line(kind or "")
        if not kind:
            kind = "pdf" if _PDF.search(address) else "abstract"
            if _CODE.match(address):
                kind = "code"
        if address not in self.urls.values():
            place, number = kind, 2
            while place in self.urls:
                place, number = f"{kind} {number}", number + 1
            self.urls[place] = address
        return True

    def _identify(self, address: str) -> None:
        if _ARXIV_PAGE.match(address):
            found = find_arxiv(
                re.sub(r"\.pdf$", "", address.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0])
            )
            if found:
                self.identifiers.setdefault("arxiv", found)
        elif "doi.org" in address.lower() and _host(address).endswith("doi.org"):
            self._take("doi", address)
        elif match := _OPENREVIEW.match(address):
            self.identifiers.setdefault("openreview", match[1])

    def paper(self) -> Paper:
        """Return the paper. Raises `PaperError` when there is neither title nor identifier."""
        values = {name: value for name, value in self.values.items() if value not in (None, "")}
        title = clean_line(str(values.pop("title", "")))
        sound = self.sound
        sound["title"] = title or self._stand_in()
        found = self.identifiers
        sound["identifiers"] = dict(sorted(found.items())) if len(found) > 1 else found
        sound["urls"] = self.urls
        extra = {**self.extra, **values.pop("extra", {})}
        sound["extra"] = clean_json(extra) if extra else extra
        if self._families:
            sound["extra"][FAMILIES] = self._families
        return Paper.read(values, sound)

    def _stand_in(self) -> str:
        """Return what is shown until the title is known: an identifier, else an address."""
        for name, value in self.identifiers.items():
            if link(name, value):
                return f"{name}:{value}"
        for url in self.urls.values():
            return url
        raise PaperError("it has no title")


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").lower()
