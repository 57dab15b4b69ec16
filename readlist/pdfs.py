"""PDFs of papers: where they can be had, what the files are called, which one the user has."""

import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from readlist.config import PdfSettings
from readlist.identifiers import is_web_address
from readlist.paper import Paper
from readlist.services import ELSEWHERE, SourceSettings
from readlist.text import clean_line, readable

ENDINGS = (".pdf", ".djvu", ".ps", ".epub", ".html", ".htm", ".txt", ".md", ".docx", ".odt")
"""Of files that are opened, the first of these first: what an imported paper names as its file may
be a program."""

_FIELDS = ("year", "author", "authors", "title", "venue", "citekey", "id", "arxiv")
_FIELD = re.compile(r"\{([^{}]*)\}")
_LONGEST = 140  # bytes of a name: file systems take 255, with what is put behind it
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?=\.|$)")
_PARTICLES = frozenset(("van", "von", "de", "der", "den", "del", "della", "di", "da", "la", "le"))
_GENERATION = re.compile(r"(?i)(?:jr|sr|ii|iii|iv)\.?")

_ARXIV = re.compile(r"/(?:pdf|abs)/(?P<id>.+?)(?:\.pdf)?/?$")
_ACL = re.compile(r"/(?:anthology/)?(?P<id>[A-Z]\d\d-\d{4}|\d{4}\.[a-z0-9_-]+\.\d+)(?:\.pdf)?/?$")
_ACL_DOI = re.compile(r"10\.(?:18653|3115)/v1/(?P<id>.+)", re.IGNORECASE)


class Place(NamedTuple):
    """Where a PDF can be had: its address, and the service that is asked there."""

    url: str
    service: str


def read_settings(values: Any) -> PdfSettings:
    """Return what `[pdf]` says. Raises `ValueError` with what is wrong."""
    folder, name = values.get("folder"), values.get("name", PdfSettings().name)
    if folder is not None and not (isinstance(folder, str) and folder.strip()):
        raise ValueError('pdf.folder: a folder is wanted, as folder = "~/papers"')
    if not isinstance(name, str) or not _FIELD.search(name):
        raise ValueError(
            f'pdf.name: a text with fields is wanted, as name = "{PdfSettings().name}"'
        )
    for field in _FIELD.findall(name):
        if field not in _FIELDS:
            known = ", ".join(f"{{{field}}}" for field in _FIELDS)
            raise ValueError(f"pdf.name: nothing is known of {{{clean_line(field)}}}, only {known}")
    if name.startswith(("/", "~")) or "\\" in name or ".." in name.split("/"):
        raise ValueError("pdf.name: a name within the folder is wanted; pdf.folder names that")
    return PdfSettings(Path(folder).expanduser() if folder else None, name)


# Where they are


def places(paper: Paper, settings: SourceSettings) -> list[Place]:
    """Return where the PDF of a paper can be had, the likeliest first.

    Known services are asked at the address that the settings give them, arXiv at the one that it
    wants programs to use.
    """
    found = [
        _place(url, settings)
        for name, url in paper.urls.items()
        if name == "pdf" or name.startswith("pdf ")
    ]
    for name, pattern, service in (
        ("arxiv", "/pdf/{}", "arxiv"),
        ("openreview", "/pdf?id={}", "openreview"),
    ):
        if value := paper.identifiers.get(name):
            found.append(Place(settings.of(service).url + pattern.format(value), service))
    if value := paper.identifiers.get("acl"):
        found.append(Place(f"{settings.of('acl').url}/{value}.pdf", "acl"))
    in_acl = [_ACL.search(urlsplit(url).path) for url in paper.urls.values() if _is_acl(url)]
    in_acl.append(_ACL_DOI.fullmatch(paper.identifiers.get("doi", "")))
    for match in filter(None, in_acl):
        number = match["id"].upper() if match["id"][:1].isalpha() else match["id"]
        found.append(Place(f"{settings.of('acl').url}/{number}.pdf", "acl"))
    return list(dict.fromkeys(found))


def page(paper: Paper) -> str:
    """Return the address of the PDF, for a browser; "" when none is known."""
    usual = paper.urls.get("pdf", "")
    if usual and is_web_address(usual):
        return usual
    sites = {"arxiv": "https://arxiv.org/pdf/{}", "openreview": "https://openreview.net/pdf?id={}"}
    for name, pattern in sites.items():
        if value := paper.identifiers.get(name):
            return pattern.format(value)
    elsewhere = (place.url for place in places(paper, SourceSettings()))
    return next(elsewhere, "")


def _place(url: str, settings: SourceSettings) -> Place:
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    if host in ("arxiv.org", "export.arxiv.org") and (match := _ARXIV.search(parts.path)):
        return Place(f"{settings.of('arxiv').url}/pdf/{match['id']}", "arxiv")
    if host == "openreview.net" and parts.path == "/pdf" and parts.query:
        return Place(f"{settings.of('openreview').url}/pdf?{parts.query}", "openreview")
    if _is_acl(url):
        return Place(settings.of("acl").url + parts.path, "acl")
    if host == "huggingface.co":
        return Place(url, "huggingface")
    return Place(url, ELSEWHERE)


def _is_acl(url: str) -> bool:
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return host in ("aclanthology.org", "aclweb.org")


# What they are called


def file_name(paper: Paper, template: str) -> str:
    """Return the name of a paper's PDF, as `template` makes it: a path within a folder.

    Whatever the paper says, its parts are names that any system takes, and that lead nowhere.
    """
    values = _values(paper)
    parts = [
        _sound(_FIELD.sub(lambda match: values.get(match[1], ""), part))
        for part in template.removesuffix(".pdf").split("/")
    ]
    *folders, name = [part for part in parts if part] or [""]
    return "/".join([*folders, f"{name or f'paper {paper.id}'}.pdf"])


def _values(paper: Paper) -> dict[str, str]:
    families = [family for author in paper.authors[:3] if (family := _family(author))]
    many = len(paper.authors) > 2 or (paper.number_of_authors or 0) > len(paper.authors)
    authors = f"{families[0]} et al" if families and many else " and ".join(families[:2])
    found = {
        "year": (paper.published or "")[:4],
        "author": families[0] if families else paper.organization or "",
        "authors": authors or paper.organization or "",
        "title": readable(paper.title),
        "venue": paper.venue or "",
        "citekey": paper.citekey,
        "id": str(paper.id),
        "arxiv": paper.identifiers.get("arxiv", ""),
    }
    return {name: _FORBIDDEN.sub(_replaced, value) for name, value in found.items()}


def _replaced(match: re.Match[str]) -> str:
    """Return what stands for signs that no name may have: "A: B" is read as "A - B"."""
    return " - " if ":" in match[0] and match.end() < len(match.string) else " "


def _family(name: str) -> str:
    """Return a family name, with its particles."""
    words = [word for word in name.split() if not _GENERATION.fullmatch(word)]
    if not words:
        return ""
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    return " ".join(words[start:])


def _sound(text: str) -> str:
    """Return a text as a name that any system takes."""
    text = unicodedata.normalize("NFC", _FORBIDDEN.sub(" ", clean_line(text)))
    text = _cut(" ".join(text.split()).strip(" .-_,;")).rstrip(" .-_,;")
    return f"_{text}" if _RESERVED.match(text) else text


def _cut(text: str) -> str:
    """Return a text as long as a name may be, cut behind a word."""
    whole = text.encode()
    if len(whole) <= _LONGEST:
        return text
    cut = whole[:_LONGEST].decode("utf-8", "ignore")
    space = cut.rfind(" ")
    return cut[:space] if space > len(cut) // 2 else cut


# Which one there is


def own_file(paper: Paper, folders: Iterable[Path] = ()) -> Path | None:
    """Return the user's own file of a paper that can be opened, a PDF first; None without one.

    A name that leads nowhere from here is sought in `folders`.
    """
    known = [name for name in paper.files if name.lower().endswith(ENDINGS)]
    known.sort(key=lambda name: next(p for p, e in enumerate(ENDINGS) if name.lower().endswith(e)))
    bases = list(folders)
    for name in known:
        with suppress(OSError, RuntimeError, ValueError):  # a name that no system takes
            path = Path(name).expanduser()
            for place in (path, *(base / path for base in bases if not path.is_absolute())):
                if place.is_file():
                    return place.absolute()
    return None
