r"""The listing e-mails of arXiv: records between lines of `\\`, dashes around, a link at the end.

Source: https://info.arxiv.org/help/subscribe.html and mails themselves. A record without
an abstract is a replacement, of which only the head is listed.
"""

import re
from collections.abc import Iterator

from readlist.formats.arxiv import authors_of, paragraphs
from readlist.formats.building import Draft
from readlist.formats.incoming import FormatError, Incoming
from readlist.formats.latex import decode
from readlist.formats.names import parts
from readlist.identifiers import find_arxiv
from readlist.paper import Paper, PaperError
from readlist.text import clean_line

_BEGIN = re.compile(r"^\\\\\s*\n(?=(?:arXiv:|Paper:))", re.MULTILINE)
_FIELD = re.compile(r"^([A-Z][A-Za-z-]*(?: \([^)\n]*\))?):[ \t]*", re.MULTILINE)
_END = re.compile(r"^\\\\ \(.*|^-{40,}.*|^%-%-%.*", re.MULTILINE | re.DOTALL)


def looks_like(text: str) -> bool:
    """Say whether a text is such a mail, headers of mail before it or not."""
    match = _BEGIN.search(text.replace("\r\n", "\n"), 0, 50_000)
    return match is not None and text[:1] not in ("<", "{", "[")


def read(text: str) -> Incoming:
    """Return the papers in a mail; raises `FormatError` for what has none."""
    found = Incoming("arxiv-email", "arxiv")
    for line, record in _records(text.replace("\r\n", "\n")):
        try:
            found.papers.append(_paper(record))
        except PaperError as error:
            found.refuse(f"line {line}", str(error))
    if not found.papers and not found.refusals:
        raise FormatError("a mail without papers of arXiv")
    return found


def _records(text: str) -> Iterator[tuple[int, str]]:
    starts = [match.end() for match in _BEGIN.finditer(text)]
    line, last = 1, 0
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        line += text.count("\n", last, start)
        last = start
        yield line, text[start:end]


def _paper(record: str) -> Paper:
    head, _, rest = record.partition("\n\\\\")
    number = find_arxiv(head.split("\n", 1)[0].replace("arXiv:", ""))
    if number is None:
        raise PaperError("it has no arXiv id")
    abstract = _END.sub("", rest.lstrip("\n")) if not rest.startswith(" (") else ""
    fields = _fields(head)
    draft = Draft(title=clean_line(fields.pop("title", "")), abstract=paragraphs(abstract))
    draft.identifier("arxiv", number)
    draft.link(f"https://arxiv.org/abs/{number}")
    draft.persons(map(parts, authors_of(fields.pop("authors", ""))))
    draft.values["categories"] = fields.pop("categories", "").split()
    draft.date(fields.pop("date", "").partition("(")[0], "date")
    if doi := fields.pop("doi", ""):
        draft.identifier("doi", doi)
    for name, value in fields.items():
        draft.keep(name, clean_line(decode(value)))
    return draft.paper()


def _fields(head: str) -> dict[str, str]:
    found: dict[str, str] = {}
    matches = list(_FIELD.finditer(head))
    ends = [match.start() for match in matches[1:]] + [len(head)]
    for match, end in zip(matches, ends, strict=False):
        name = match[1].lower().replace("-", "_")
        if name not in ("arxiv", "paper") and match[1] not in found:
            found.setdefault(name, head[match.end() : end])
    return found
