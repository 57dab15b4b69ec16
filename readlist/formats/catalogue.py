"""The one list of formats: what each is called, what it is, and the module that knows it."""

from collections.abc import Callable, Iterable
from datetime import date
from importlib import import_module
from pathlib import PurePath
from typing import Any

from readlist.formats.incoming import FormatError, Incoming
from readlist.paper import Paper
from readlist.record import Record
from readlist.spelling import meant
from readlist.text import clean_line


class Format(Record, kw_only=True):
    """A format. Its module, imported when it is met, has `looks_like` and `read`, and `writer`.

    `writer` is the name of a function there, or of one in another module, as `module.function`.
    `is_last`: tried when a text is of no other. `is_dated`: its dates can lack a year, so that
    `read` wants `page_date` and `today`. `is_lines`: it can be JSON, a record a line, of which
    `read` takes a part, and the number of its first line as `start`.
    """

    name: str
    what: str
    module: str
    endings: tuple[str, ...] = ()
    is_read: bool = True
    is_dated: bool = False
    is_lines: bool = False
    is_last: bool = False
    writer: str | None = None

    def looks_like(self, text: str) -> bool:
        """Say whether a text is of this format, or of another of its module."""
        return bool(self._function("looks_like")(text))

    def read(self, text: str, page_date: date | None, today: date) -> Incoming:
        """Return the papers in a text. Raises `FormatError` for what is none of this format."""
        hints = {"page_date": page_date, "today": today} if self.is_dated else {}
        found: Incoming = self._function("read")(text, **hints)
        return found

    def read_lines(self, text: str, start: int) -> Incoming:
        """Return the papers in a part of JSON lines, which begins with line `start`."""
        found: Incoming = self._function("read")(text, start=start)
        return found

    def write(self, papers: Iterable[Paper], *, share: bool, exported: str) -> bytes:
        """Return papers in this format; `share` leaves out what is the user's alone."""
        assert self.writer is not None
        content: bytes = self._function(self.writer)(papers, share=share, exported=exported)
        return content

    def _function(self, name: str) -> Callable[..., Any]:
        module, _, name = name.rpartition(".")
        found = import_module(f"readlist.formats.{module or self.module}")
        function: Callable[..., Any] = getattr(found, name)
        return function


# In the order in which a text is tried: what has a mark of its own first.
FORMATS: tuple[Format, ...] = (
    Format(
        name="json",
        what="readlist's own, every field: a document with all papers",
        module="native",
        is_lines=True,
        is_last=True,
        endings=(".json",),
        writer="write",
    ),
    Format(
        name="jsonl",
        what="readlist's own, every field: a paper a line",
        module="native",
        is_lines=True,
        is_last=True,
        endings=(".jsonl", ".ndjson"),
        writer="write_lines",
    ),
    Format(
        name="bibtex",
        what="bibliographies for LaTeX, also BibLaTeX's",
        module="bibtex",
        endings=(".bib",),
        writer="bibtex_out.write",
    ),
    Format(
        name="biblatex",
        what="bibliographies for BibLaTeX and Biber, in UTF-8",
        module="bibtex",
        endings=(".biblatex",),
        writer="bibtex_out.write_biblatex",
    ),
    Format(
        name="ris",
        what="RIS, of reference managers and publishers",
        module="ris",
        endings=(".ris",),
        writer="write",
    ),
    Format(
        name="zotero",
        what="Zotero's CSV, and Better BibTeX's JSON",
        module="zotero",
    ),
    Format(
        name="csv",
        what="tables with title and url in the header: Pocket, Instapaper, Raindrop, …",
        module="csv_table",
        endings=(".csv",),
        writer="write",
    ),
    Format(
        name="markdown",
        what="a list of the papers, by tag",
        module="markdown_out",
        endings=(".md",),
        is_read=False,
        writer="write",
    ),
    Format(
        name="html",
        what="one page that filters and sorts, without network",
        module="html_out",
        endings=(".html",),
        is_read=False,
        writer="write",
    ),
    Format(
        name="huggingface",
        what="Hugging Face: JSON of its papers API, and the Daily Papers page",
        module="huggingface",
        is_lines=True,
    ),
    Format(
        name="arxiv",
        what="feeds of arXiv: Atom answers of its API, and RSS",
        module="arxiv",
    ),
    Format(
        name="arxiv-email",
        what="arXiv's e-mails of new papers",
        module="arxiv_email",
    ),
    Format(
        name="rss",
        what="RSS and Atom feeds of journals, preprint servers and blogs",
        module="rss",
    ),
    Format(
        name="semanticscholar",
        what="Semantic Scholar's JSON",
        module="semanticscholar",
        is_lines=True,
    ),
    Format(name="openalex", what="OpenAlex's JSON", module="openalex", is_lines=True),
    Format(name="crossref", what="Crossref's JSON", module="crossref", is_lines=True),
    Format(name="openreview", what="OpenReview's JSON", module="openreview", is_lines=True),
    Format(
        name="kaggle",
        what="the snapshot of arXiv's metadata, JSON",
        module="kaggle",
        is_lines=True,
    ),
    Format(
        name="csl",
        what="CSL-JSON, of Zotero, Pandoc and citation processors",
        module="csl",
        is_lines=True,
        endings=(".csljson",),
        writer="write",
    ),
    Format(
        name="webpage",
        what="bookmarks in HTML of browsers and Pocket, and pages of papers with citation_ tags",
        module="webpage",
    ),
    Format(
        name="json-list",
        what="other JSON with titles and addresses: Mendeley, Omnivore, Firefox, …",
        module="json_list",
        is_lines=True,
    ),
    Format(
        name="listing",
        what="the text of a Daily Papers page of Hugging Face, as saved",
        module="listing",
        is_dated=True,
    ),
    Format(
        name="links",
        what="Markdown lists with links, and any text with arXiv ids, DOIs or links to papers",
        module="links",
        is_last=True,
    ),
)


def named(name: str, *, to_write: bool = False) -> Format:
    """Return the format with this name, to be read, or `to_write`.

    Raises `FormatError` that names those there are, and the one that was probably meant.
    """
    known = [f for f in FORMATS if (f.writer if to_write else f.is_read)]
    for found in known:
        if found.name == name.lower():
            return found
    names = [f.name for f in known]
    verb = "writes" if to_write else "reads"
    raise FormatError(
        f"no format is called {clean_line(name)!r}: readlist {verb} {', '.join(names)}"
        f"{meant(name, names)}"
    )


def for_ending(path: PurePath) -> Format:
    """Return the format that a file's ending names, to write it.

    Raises `FormatError` that names the endings there are.
    """
    ending = path.suffix.lower()
    for found in FORMATS:
        if found.writer and ending in found.endings:
            return found
    what = f"the ending {clean_line(ending)}" if ending else "no ending"
    raise FormatError(f"{clean_line(path.name)} has {what}; known are {', '.join(endings())}")


def endings() -> list[str]:
    """Return the endings of files that can be written, each with its dot."""
    return [ending for f in FORMATS if f.writer for ending in f.endings]
