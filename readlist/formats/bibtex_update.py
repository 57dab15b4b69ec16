"""A bibliography that others write too: entries are put in place of others, the rest stays.

All that is no entry, and all entries that nobody asks for, stay byte for byte. Where an entry ends
is decided as BibTeX does: by counting braces, with or without a backslash before them. Entries in
parentheses, and those that are not closed, are seen, but never changed.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from readlist.formats import bibtex
from readlist.formats.incoming import FormatError
from readlist.paper import Paper
from readlist.record import Record, field

_KEY = r"[^\s,{}()\"#%=]+"
_HEAD = re.compile(rf"@[ \t]*+([A-Za-z]++)\s*+([{{(])\s*+({_KEY})(?=\s*+[,}}])")
_START = re.compile(rf"@[ \t]*+comment\s*+\{{|{_HEAD.pattern}", re.IGNORECASE)
_BRACE = re.compile(r"[{}]")
_BRACE_OR_HEAD = re.compile(rf"[{{}}]|{_HEAD.pattern}")
_NEAR = 200  # characters of a line that are looked at for what comments it out
_REFERRED = re.compile(
    r"\b(?:crossref|xref|xdata|related|entryset)\s*+=\s*+[{\"]([^{}\"]*+)"
    r"|\\[A-Za-z]*cite[a-z]*\*?\{([^{}]*+)\}",
    re.IGNORECASE,
)
_ALIASES = re.compile(r"\bids\s*+=\s*+[{\"]([^{}\"]*+)", re.IGNORECASE)
_REST_OF_LINE = re.compile(r"[ \t]*+(?:\r?\n|$)(?:[ \t]*+\r?\n)?")
_VENUE = frozenset(("journal", "journaltitle", "booktitle"))
_TOGETHER = (
    _VENUE,
    frozenset(("year", "month", "day", "date")),
    frozenset(("school", "institution")),
    frozenset(("eprint", "archiveprefix", "eprinttype", "primaryclass", "eprintclass")),
)
"""Fields that say one thing: an entry has them from readlist, or as they were."""


class _Place(NamedTuple):
    """Where an entry stands; `end` is None when it is not to be changed."""

    key: str
    start: int
    end: int | None


class Update(Record, frozen=False):
    """What becomes of a bibliography, and the keys of what was done in it.

    `other` are keys that another paper has there, `unclear` those of entries that cannot be taken
    apart: both were left alone.
    """

    content: bytes = b""
    updated: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    taken_out: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)


class Bibliography:
    """The entries of a file. Raises `FormatError` for what is no text in UTF-8 or like it."""

    def __init__(self, content: bytes = b"") -> None:
        if b"\x00" in content:
            raise FormatError("it is no text in UTF-8")
        self.text = content.decode("utf-8", "surrogateescape")  # other bytes come out as they are
        self.entries: dict[str, _Place] = {}
        for place in _places(self.text):
            self.entries.setdefault(place.key, place)
        self.aliases = self._aliases()
        """The entry's key by each of the others that it has."""
        self.keys = {*self.entries, *self.aliases}

    def _aliases(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for entry in self.entries.values():
            for key in _listed(_ALIASES, self.text[entry.start : entry.end]) if entry.end else ():
                found.setdefault(key, entry.key)
        return found

    def updated(
        self,
        wanted: Mapping[str, Paper],
        known: Mapping[str, Paper],
        write: Callable[[str, Paper], str],
        is_same: Callable[[Paper, Paper], bool],
    ) -> Update:
        """Return what the file becomes when it has the `wanted` papers, by key, as `write` has it.

        An entry of one of them, if `is_same` agrees, is replaced; what the paper says nothing of
        stays in it. One of the papers `known` that is there just as it is written now is taken
        out, unless another entry refers to it.
        """
        found = Update()
        line_end = "\r\n" if "\r\n" in self.text else "\n"
        referred = set(_listed(_REFERRED, self.text)) if known else set()
        parts, place = [], 0
        for key, entry in self.entries.items():
            new: str | None = None
            if key in wanted:
                new = self._replaced(entry, wanted[key], write(key, wanted[key]), is_same, found)
            elif key in known and key not in referred and self._is_just(entry, known[key], write):
                found.taken_out.append(key)
                new = ""
            if new is not None and entry.end is not None:
                parts += [self.text[place : entry.start], new.replace("\n", line_end)]
                place = entry.end
                if not new and (rest := _REST_OF_LINE.match(self.text, place)):
                    place = rest.end()
        text = "".join((*parts, self.text[place:]))
        found.added = [key for key in wanted if key not in self.keys]
        more = "\n".join(write(key, wanted[key]) for key in found.added).replace("\n", line_end)
        gap = _gap(text) * line_end if more else ""
        found.content = (text + gap + more).encode("utf-8", "surrogateescape")
        return found

    def _replaced(
        self,
        entry: _Place,
        paper: Paper,
        new: str,
        is_same: Callable[[Paper, Paper], bool],
        found: Update,
    ) -> str | None:
        """Return the entry as it becomes, and note what was done; None when it stays."""
        old = self.text[entry.start : entry.end].replace("\r\n", "\n")
        there = _taken_apart(old) if entry.end else None
        if there is None:
            found.unclear.append(entry.key)
            return None
        old_paper, fields = there
        if not is_same(paper, old_paper):
            found.other.append(entry.key)
            return None
        whole = _united(old, fields, new)
        if whole == old:
            return None
        found.updated.append(entry.key)
        return whole

    def _is_just(self, entry: _Place, paper: Paper, write: Callable[[str, Paper], str]) -> bool:
        """Say whether nothing is in an entry but what readlist would write for the paper."""
        old = self.text[entry.start : entry.end].replace("\r\n", "\n")
        return entry.end is not None and old == write(entry.key, paper).rstrip()


def _places(text: str) -> Iterator[_Place]:
    """Yield the entries in their order. Takes time in proportion to the text, whatever it is."""
    place, is_closed = 0, True
    while match := _START.search(text, place):
        start, place = match.span()
        kind, opening, key = match.groups()
        if key is None:  # a comment
            end = _end(text, place, _BRACE) if is_closed else None
            is_closed = is_closed and end is not None
            place = end or place
        elif not _is_commented(text, start) and kind.lower() not in ("string", "preamble"):
            end = _end(text, place, _BRACE_OR_HEAD) if opening == "{" else None
            yield _Place(key, start, end)
            place = end or place


def _is_commented(text: str, place: int) -> bool:
    begin = max(0, place - _NEAR)
    line = text.rfind("\n", begin, place) + 1
    return (line > 0 or begin == 0) and text[line:place].lstrip()[:1] == "%"


def _end(text: str, place: int, tokens: re.Pattern[str]) -> int | None:
    """Return where the brace that is open at `place` is closed; None if another entry begins."""
    depth = 1
    for match in tokens.finditer(text, place):
        sign = match[0]
        if sign[0] == "@":
            return None
        depth += 1 if sign == "{" else -1
        if depth == 0:
            return match.end()
    return None


def _taken_apart(entry: str) -> tuple[Paper, list[tuple[str, str]]] | None:
    """Return the paper in an entry and its fields as they are written; None if it is unclear."""
    from bibtexparser.entrypoint import parse_string

    try:
        found = bibtex.read(entry)
    except FormatError:
        return None
    parsed = parse_string(entry, parse_stack=[])
    if len(found.papers) != 1 or len(parsed.entries) != 1 or parsed.failed_blocks:
        return None
    return found.papers[0], [(one.key, str(one.value)) for one in parsed.entries[0].fields]


def _united(old: str, fields: list[tuple[str, str]], new: str) -> str:
    """Return the new entry with what the old one has besides."""
    ours = set(re.findall(r"(?m)^  ([a-z][a-z0-9_+-]*) += ", new))
    for group in _TOGETHER:
        if ours & group:
            ours |= group
    new = _with_aliases(new, fields)
    kept = [(name, raw) for name, raw in fields if name.lower() not in ours]
    if any(name.lower() in _VENUE for name, _ in kept):  # then its type says more, too
        new = old[: old.index("{")] + new[new.index("{") :]
    more = "".join(f"  {name:<13} = {raw},\n" for name, raw in kept)
    return new.rstrip().removesuffix("}") + more + "}"


def _with_aliases(new: str, fields: list[tuple[str, str]]) -> str:
    """Return the new entry with the aliases that the old one has, if it has any itself."""
    old = [key for name, raw in fields for key in _listed(_ALIASES, f"{name} = {raw}")]
    there = list(_listed(_ALIASES, new))
    more = [key for key in dict.fromkeys(old) if key not in there]
    if not there or not more:
        return new
    return _ALIASES.sub(lambda match: ", ".join((match[0], *more)), new, count=1)


def _listed(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    """Yield the keys in lists of them."""
    for match in pattern.finditer(text):
        for keys in filter(None, match.groups()):
            yield from filter(None, map(str.strip, keys.split(",")))


def _gap(text: str) -> int:
    """Return how many ends of lines are missing behind a text before an empty line is there."""
    if not text or text.endswith(("\n\n", "\n\r\n")):
        return 0
    return 1 if text.endswith("\n") else 2
