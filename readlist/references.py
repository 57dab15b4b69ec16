"""What a text names papers by: identifiers and links of the services that can tell of them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import parse_qsl, unquote, urlsplit

from readlist.identifiers import find_arxiv, find_doi, is_web_address, link, normalise
from readlist.record import Record

_HOSTS = (
    r"(?:[\w-]+\.)?arxiv\.org|alphaxiv\.org|(?:dx\.)?doi\.org|huggingface\.co/papers|hf\.co/papers"
    r"|openreview\.net|aclanthology\.org|(?:www\.)?semanticscholar\.org|openalex\.org"
)
_FOUND = re.compile(
    rf"(?P<url>(?:https?://|(?<![\w.@/-])(?=(?:{_HOSTS})\b))[^\s<>\"'|\\^`{{}}\[\]]+)"
    r"|(?<![\w./])(?P<doi>10\.\d{4,9}(?:\.\d+)*/[^\s\"<>{}|\\^`\[\]]+)"
    r"|(?<![\w./])(?P<arxiv>\d{4}\.\d{4,5}|[a-z]+(?:-[a-z]+)*(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?!\w)"
    r"|(?i:\b(?P<name>acl|openalex|openreview|corpusid)\s*:\s*(?P<value>[\w.-]+))"
)
_ALONE = {  # as a whole argument; within a text they could be anything
    "openalex": re.compile(r"[Ww]\d{4,12}"),
    "semanticscholar": re.compile(r"[0-9a-f]{40}"),
    "acl": re.compile(r"(?:[A-Z]\d\d-\d{4,5}|\d{4}\.[a-z0-9]+-[a-z0-9]+\.\d+)"),
}
_BETWEEN = re.compile(  # what may stand between the references of a text that has nothing else
    r"(?i)(?:[\s.,;:•·*\-–—<>()\[\]\"'|]|arxiv\b|doi\b|https?\b|(?m:^\s*\d{1,3}[.)](?=\s|$)))*"
)
_ARXIV_PLACE = re.compile(r"(?:abs|pdf|html|ps|format|src|e-print|papers|overview)/(.+)")
_LISTING = re.compile(
    r"/papers(?:/(trending)|/date/(\d{4}-\d\d-\d\d)|/week/(\d{4}-W\d\d)|/month/(\d{4}-\d\d))?/?"
)
_ACL = re.compile(r"/(?:anthology/)?(?:papers/\w/\w+/)?([A-Z]\d\d-\d{4,5}|\d{4}\.[\w-]+\.\d+)\b")
_SCHOLAR = re.compile(r"/(?:paper|arxiv)/(?:.*/)?([0-9a-f]{40})\b|/(?:paper/)?(?i:corpusid):(\d+)")
_WORK = re.compile(r"/(?:works/)?([Ww]\d{4,12})\b")
_MOST_WORDS = 2000
# What publishers put behind a DOI in the addresses of its pages.
_BEHIND_DOI = re.compile(
    r"(?i)(?:v\d+)?(?:\.(?:full|abstract)(?:-text|\.pdf)?|\.pdf|\.html?)$"
    r"|/(?:e?pdf|full|fulltext|abstract|abs|html|meta|summary)$"
)
_VERSION = re.compile(r"^(10\.(?:1101|64898)/.*\d)v\d+$")
_NATURE = re.compile(r"/articles/(s\d+-\d+-\d+-\w+|nature\d+)(?:\.pdf)?$")

LISTING, PAGE, PDF = "huggingface", "page", "pdf"
"""Kinds of references that are no identifiers: a page of Daily Papers, another page, a PDF."""


class Reference(Record):
    """What a paper is named by: the kind of identifier and its value, and the address if any.

    The value of a `LISTING` is `date=2026-08-21` or the like, that of a `PAGE` or `PDF` its
    address.
    """

    kind: str
    value: str
    url: str = ""

    def __str__(self) -> str:
        if self.kind in (LISTING, PAGE, PDF):
            return self.url
        return f"{self.kind}:{self.value}"

    @property
    def identifiers(self) -> dict[str, str]:
        """The identifier, as papers have it; none for an address."""
        return {} if self.kind in (LISTING, PAGE, PDF) else {self.kind: self.value}

    @property
    def address(self) -> str:
        """Where a browser shows it, "" if that is not known."""
        return self.url or link(self.kind, self.value) or ""


def references(text: str) -> list[Reference]:
    """Return all that a text names papers by, each once, in its order.

    Pages of no service count only where nothing else is said: texts link to all kinds of things.
    """
    if found := only_references(text):
        return found
    return _once(one for *_, one in _scan(text) if one.kind != PAGE)


def only_references(text: str) -> list[Reference]:
    """Return the same of a text that has nothing else: a link, a list of ids; none of another."""
    found: list[Reference] = []
    place, end_of_it = 0, (len(text), len(text), None)
    for start, end, one in [*_scan(text), end_of_it]:
        between = text[place:start]
        if not _BETWEEN.fullmatch(between):
            words = [word for word in re.split(r"[\s,;]+", between) if not _BETWEEN.fullmatch(word)]
            alone = [_alone(word) for word in words[:_MOST_WORDS]]
            if not all(alone) or len(words) > _MOST_WORDS:
                return []
            found += [each for each in alone if each]
        if one:
            found.append(one)
        place = end
    return _once(found)


def _once(found: Iterable[Reference]) -> list[Reference]:
    first: dict[tuple[str, str], Reference] = {}
    for one in found:
        first.setdefault((one.kind, one.value), one)
    return list(first.values())


def _alone(word: str) -> Reference | None:
    word = word.strip("<>()[]\"'“”")
    for kind, pattern in _ALONE.items():
        if pattern.fullmatch(word):
            return Reference(kind, word.upper() if kind == "openalex" else word)
    return None


def of_paper(identifiers: Mapping[str, str], urls: Mapping[str, str]) -> Reference | None:
    """Return the best way to ask for a paper that is known by these; None if there is none."""
    for kind in ("arxiv", "doi", "openreview", "acl", "openalex", "semanticscholar", "corpusid"):
        if kind in identifiers:
            return Reference(kind, identifiers[kind])
    found = [one for url in urls.values() if (one := _of_address(url)) and one.kind != LISTING]
    return min(found, key=lambda one: one.kind in (PAGE, PDF), default=None)


def _scan(text: str) -> Iterator[tuple[int, int, Reference]]:
    """Yield what is found and where it stands."""
    for match in _FOUND.finditer(text):
        found: Reference | None = None
        end = match.end()
        if match["url"]:
            url = _trimmed(match["url"])
            end = match.start() + len(url)
            found = _of_address(url if "://" in url else f"https://{url}")
        elif match["doi"]:
            doi = find_doi(match["doi"])
            end = match.start() + len(doi or "")
            found = _of_doi(doi) if doi else None
        elif match["arxiv"]:
            found = _of_arxiv(find_arxiv(match["arxiv"]))
        elif match["name"]:
            found = Reference(match["name"].lower(), match["value"].rstrip("."))
        if found:
            yield match.start(), end, found


def _trimmed(url: str) -> str:
    """Return an address without what belongs to the sentence around it."""
    url = url.rstrip(".,;:!?*_")
    while url.endswith(")") and url.count(")") > url.count("("):
        url = url[:-1].rstrip(".,;:!?*_")
    return url


def _of_arxiv(number: str | None, url: str = "") -> Reference | None:
    """Return an id as arXiv itself writes it: without the class of a subject, `math.GT/0309136`."""
    return Reference("arxiv", re.sub(r"\.[A-Z]{2}/", "/", number), url) if number else None


def _of_doi(doi: str, url: str = "") -> Reference:
    kind, value = normalise("doi", doi)
    return Reference(kind, value, url)


def _of_address(url: str) -> Reference | None:
    """Return what an address names."""
    if not is_web_address(url):
        return None
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    path, query = unquote(parts.path), dict(parse_qsl(parts.query))
    if found := _of_service(host, path, query, url):
        return found
    if doi := _doi_in(host, path, query):
        return _of_doi(doi, url)
    plain = url.partition("#")[0]
    if path.lower().endswith(".pdf"):
        number = find_arxiv(path.rpartition("/")[2][:-4])
        return _of_arxiv(number, url) or Reference(PDF, plain, plain)
    return Reference(PAGE, plain, plain)


def _of_service(host: str, path: str, query: dict[str, str], url: str) -> Reference | None:
    if host in ("huggingface.co", "hf.co") and (match := _LISTING.fullmatch(path)):
        names = ("trending", "date", "week", "month")
        told = [
            f"{name}={value}" for name, value in zip(names, match.groups(), strict=True) if value
        ]
        return Reference(LISTING, told[0] if told else "latest", url)
    places = ("huggingface.co", "hf.co", "alphaxiv.org", "emergentmind.com", "ar5iv.org")
    if host == "arxiv.org" or host.endswith(".arxiv.org") or host in places:
        place = _ARXIV_PLACE.search(path)
        number = find_arxiv(re.sub(r"(?i)\.pdf$", "", place[1]).rstrip("/")) if place else None
        return _of_arxiv(number, url)
    if host == "openreview.net" and (number := query.get("id", "")):
        is_note = re.fullmatch(r"[\w-]{5,40}", number)
        return Reference("openreview", number, url) if is_note else None
    if host in ("aclanthology.org", "aclweb.org", "aclanthology.info"):
        match = _ACL.match(path)
        return Reference("acl", match[1], url) if match else None
    if host.endswith("semanticscholar.org"):
        match = _SCHOLAR.search(path)
        if match and match[2]:
            return Reference("corpusid", match[2], url)
        return Reference("semanticscholar", match[1], url) if match else None
    if host.endswith("openalex.org"):
        match = _WORK.match(path)
        return Reference("openalex", match[1].upper(), url) if match else None
    return None


def _doi_in(host: str, path: str, query: dict[str, str]) -> str | None:
    """Return the DOI that is in an address of its page."""
    if host == "nature.com" and (match := _NATURE.search(path)):
        return f"10.1038/{match[1]}"
    for text in (path, *query.values()):
        if doi := find_doi(text):
            while (shorter := _BEHIND_DOI.sub("", doi)) != doi:
                doi = shorter
            match = _VERSION.match(doi)
            return match[1] if match else doi
    return None
