"""Papers to BibTeX and BibLaTeX; see `bibtex` for the way in.

What was written is read again as the same paper, but for what these formats have no place for:
status, star and times, counts (`upvotes`, `comments`, `author_count`), `sources`, what in `extra`
is no text, the names of addresses other than `abstract` and `pdf`, and a `crossref`, whose fields
are written out. The note goes out as `annote` or `annotation`, tags as `keywords`. The other keys
of a paper are `ids`, by which Biber finds it; BibTeX passes them over.
"""

import re
from collections.abc import Iterable, Iterator

from readlist.citekeys import ALIASES, Citekeys, aliases, as_cited, cited
from readlist.formats.bibtex import CANONICAL, CSL_TYPE, ENTRY_TYPE, TYPES
from readlist.formats.bibtex_values import VERBATIM
from readlist.formats.dates import MONTHS, written
from readlist.formats.latex import encode
from readlist.formats.names import OTHERS, Name, names_of
from readlist.paper import Paper

CROSSREF = "crossref"
"""The field, and the key in `extra`, with the key of the entry that another is a part of."""

_FIELD_NAME = re.compile(r"[a-z][a-z0-9_+-]*")
_ONLY_BIBLATEX = {  # entries that BibTeX's styles do not know, and what they are called there
    "online": "misc", "software": "misc", "dataset": "misc", "patent": "misc",
    "periodical": "misc", "inreference": "incollection", "report": "techreport",
    "thesis": "phdthesis",
}  # fmt: skip
_AND = re.compile(r"\band\b", re.IGNORECASE)


def write(papers: Iterable[Paper], *, share: bool, exported: str) -> bytes:  # noqa: ARG001
    """Return papers as BibTeX in the order of their ids, accents written in LaTeX."""
    return _all(papers, share, is_biblatex=False)


def write_biblatex(papers: Iterable[Paper], *, share: bool, exported: str) -> bytes:  # noqa: ARG001
    """Return papers as BibLaTeX in the order of their ids, in UTF-8."""
    return _all(papers, share, is_biblatex=True)


def keyed(papers: Iterable[Paper]) -> Iterator[tuple[str, Paper]]:
    """Yield papers, that come by id, each with the key that its entry has among theirs."""
    keys = Citekeys()
    for paper in papers:
        yield keys.give(paper.but(citekey=cited(paper))), paper


def entry(paper: Paper, key: str, *, share: bool, is_biblatex: bool) -> str:
    """Return the entry of a paper, with a line end."""
    return _Entry(paper, key, share, is_biblatex).text()


def parent_of(paper: Paper) -> str:
    """Return the key of the entry that a paper's refers to by `crossref`, in lower case, or ""."""
    key = paper.extra.get(CROSSREF)
    return key.strip().lower() if isinstance(key, str) else ""


class Among:
    """The keys of the entries that an entry stands among."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = frozenset(keys)
        self._folded = frozenset(key.lower() for key in self._keys)

    def fit(self, paper: Paper) -> Paper:
        """Return a paper whose entry refers to no other that is not there (what that says was taken
        over when the paper came in), and is not found by the key of another one."""
        extra = dict(paper.extra)
        if CROSSREF in extra and parent_of(paper) not in self._folded:
            del extra[CROSSREF]
        if ALIASES in extra:
            extra[ALIASES] = [key for key in aliases(paper) if as_cited(key) not in self._keys]
        return paper if extra == paper.extra else paper.but(extra=extra)


def _all(papers: Iterable[Paper], share: bool, is_biblatex: bool) -> bytes:
    found = list(keyed(sorted(papers, key=lambda paper: paper.id)))
    among = Among(key for key, _ in found)
    parents = {parent_of(paper) for _, paper in found}
    found.sort(key=lambda one: one[0].lower() in parents)  # BibTeX wants them behind the others
    entries = [
        entry(among.fit(paper), key, share=share, is_biblatex=is_biblatex) for key, paper in found
    ]
    return "\n".join(entries).encode("utf-8", "replace")


class _Entry:
    """A paper on its way into an entry."""

    def __init__(self, paper: Paper, key: str, share: bool, is_biblatex: bool) -> None:
        self.paper, self.key, self.share, self.is_biblatex = paper, key, share, is_biblatex
        self.extra = {k: v for k, v in paper.extra.items() if isinstance(v, str)}
        self.fields: dict[str, str] = {}
        self.is_preprint = False  # though its entry is called an article
        self.type = self.entry_type()

    def entry_type(self) -> str:
        """Return the type of the entry, also where the format has none for the paper's."""
        found, was = self.paper.type, self.extra.pop(ENTRY_TYPE, "")
        self.is_preprint = found == was == "article" and "arxiv" in self.paper.identifiers
        if was and (TYPES.get(was, "article") == found or self.is_preprint):
            return was
        name = CANONICAL.get(found, ("misc",))[0]
        if self.is_biblatex:
            return {"misc": "online" if found == "webpage" else "misc"}.get(name, name)
        if name in _ONLY_BIBLATEX:
            return _ONLY_BIBLATEX[name]
        return name

    def text(self) -> str:
        others = dict.fromkeys(map(as_cited, aliases(self.paper)))
        self.raw("ids", ", ".join(key for key in others if key not in ("", self.key)))
        self.put("title", self.paper.title, is_title=True)
        self.raw("author", " and ".join(self.persons()))
        self.date()
        if TYPES.get(self.type, "article") != self.paper.type and not self.is_preprint:
            self.put(CSL_TYPE, self.paper.type)
        self.described()
        self.identified()
        for name, value in self.extra.items():
            if name not in self.fields and _FIELD_NAME.fullmatch(name):
                self.put(name, value)
        lines = [f"  {name:<13} = {value},\n" for name, value in self.fields.items()]
        return f"@{self.type}{{{self.key},\n{''.join(lines)}}}\n"

    def put(self, name: str, value: str | None, *, is_title: bool = False) -> None:
        """Write a field, unless there is nothing to write."""
        if name in VERBATIM:
            self.raw(name, value and re.sub(r"[{}\\]", lambda m: f"%{ord(m[0]):02X}", value))
        elif value:
            text = encode(value, ascii_only=not self.is_biblatex, is_title=is_title)
            self.raw(name, re.sub(r"(?m)^(\s*)@", r"\1{@}", text))

    def raw(self, name: str, value: str | None) -> None:
        if value:
            self.fields[name] = f"{{{value}}}"

    def persons(self) -> Iterator[str]:
        for author, name in zip(self.paper.authors, names_of(self.paper), strict=True):
            yield OTHERS if author == OTHERS else self.person(name)

    def person(self, name: Name) -> str:
        """Return a name as BibTeX takes it apart again."""

        def safe(part: str, is_family: bool = False) -> str:
            text = encode(part, ascii_only=not self.is_biblatex)
            is_odd = (
                "," in part or _AND.search(part) or (is_family and not name.given and " " in part)
            )
            return f"{{{text}}}" if is_odd or part.lower() == OTHERS else text

        written_parts = [safe(name.family, is_family=True)]
        written_parts += [safe(part) for part in (name.suffix, name.given) if part]
        return ", ".join(written_parts)

    def date(self) -> None:
        published = self.paper.published
        as_told = {n: self.extra[n] for n in ("year", "month", "day", "date") if n in self.extra}
        if not published:
            return
        year, _, rest = published.partition("-")
        month, _, day = rest.partition("-")
        if self.is_biblatex and not as_told:
            self.raw("date", published)
            return
        told = as_told.get("year", "")
        self.put("year", told if (written(told) or "")[:4] == year else year)
        if month and "month" not in as_told:
            self.fields["month"] = MONTHS[int(month) - 1]
        self.raw("day", day.lstrip("0") if "day" not in as_told else "")

    def described(self) -> None:
        paper = self.paper
        in_book = TYPES.get(self.type) in ("paper-conference", "chapter")
        journal = "journaltitle" if self.is_biblatex else "journal"
        self.put("booktitle" if in_book else journal, paper.venue)
        is_school = TYPES.get(self.type) == "thesis" and not self.is_biblatex
        self.put("school" if is_school else "institution", paper.organization)
        self.put("abstract", paper.abstract)
        self.put("keywords", ", ".join(paper.tags))
        if not self.share:
            self.put("annotation" if self.is_biblatex else "annote", paper.note)
            self.raw("file", ";".join(map(_file, paper.files)))

    def identified(self) -> None:
        identifiers = dict(self.paper.identifiers)
        categories = list(self.paper.categories)
        self.put("doi", identifiers.pop("doi", None))
        if arxiv := identifiers.pop("arxiv", None):
            self.put("eprint", arxiv)
            self.raw("eprinttype" if self.is_biblatex else "archiveprefix", "arXiv")
            if categories:
                self.put("eprintclass" if self.is_biblatex else "primaryclass", categories.pop(0))
        self.put("categories", ", ".join(categories))
        for name, value in identifiers.items():
            if name in ("isbn", "pmid", "pmcid"):
                self.put(name, value)
        self.put("url", self.paper.urls.get("abstract"))
        self.put("pdf", self.paper.urls.get("pdf"))


def _file(path: str) -> str:
    return re.sub(r"([:;\\{}])", r"\\\1", path)
