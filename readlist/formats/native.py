"""readlist's own JSON: an envelope with papers, or one paper a line; every field, nothing lost."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from readlist.formats.incoming import FormatError, Incoming
from readlist.formats.json_records import parse, take
from readlist.paper import Document, Paper
from readlist.text import clean_line, shorten

VERSION = 1
"""The version of the format; a file with a later one is refused."""

NOT_SHARED = frozenset(
    ("status", "starred", "note", "files", "decided", "started", "finished", "changed")
)
"""The fields that an export to be shared leaves out: what its user thinks of a paper."""

# What a JSON document of papers begins with; a page that begins with "[new]" is none.
_BEGINNING = re.compile(r'\s*(?:\{\s*["}]|\[\s*[\[{"\]])')


_OWN = re.compile(r'\s*\{\s*"(?:format"\s*:\s*"readlist"|id"\s*:\s*\d+\s*,\s*"uid")')


def is_own(text: str) -> bool:
    """Say whether `text` begins as an export of readlist."""
    return _OWN.match(text) is not None


def looks_like(text: str) -> bool:
    """Say whether `text` begins as JSON with papers does."""
    return _BEGINNING.match(text) is not None


def read(text: str, start: int | None = None) -> Incoming:
    """Return the papers in an export, in a bare array of papers, in one paper, or one a line.

    A record that is no paper is refused alone. Raises `FormatError` for what is no JSON at all
    (with the place), no JSON of papers, or of a later version. With `start` the text is a part of
    JSON lines that begins with that line.
    """
    if start is not None:
        return _read_lines(text, start)
    try:
        value = parse(text)
    except ValueError as error:
        if _is_lines(text):
            return _read_lines(text)
        raise FormatError(f"no whole JSON: {_why(error)}") from None
    except RecursionError:
        raise FormatError("its JSON is nested too deeply") from None
    found = Incoming("json", "readlist", is_own=True)
    for number, record in enumerate(_records(value), start=1):
        take(f"paper {number}", record, Paper.read, found)
    return found


def write(papers: Iterable[Paper], *, share: bool, exported: str) -> bytes:
    """Return papers as one JSON document, by id; `exported` is the time to write in it.

    With `share`, without the fields that are the user's alone.
    """
    envelope = {
        "format": "readlist",
        "version": VERSION,
        "exported": exported,
        "papers": list(_documents(papers, share)),
    }
    return to_json(envelope, indent=1)


def write_lines(papers: Iterable[Paper], *, share: bool, exported: str) -> bytes:  # noqa: ARG001
    """Return papers as JSON lines, by id: as `write`, without an envelope."""
    return b"".join(to_json(document) for document in _documents(papers, share))


def to_json(value: Any, indent: int | None = None) -> bytes:
    """Return a value as JSON in UTF-8, ended by a newline."""
    text = json.dumps(value, ensure_ascii=False, indent=indent) + "\n"
    # A lone surrogate, which only a stranger's edit brings in, becomes its JSON escape.
    return text.encode("utf-8", "backslashreplace")


def _documents(papers: Iterable[Paper], share: bool) -> Iterator[Document]:
    for paper in sorted(papers, key=lambda paper: paper.id):
        document = paper.export()
        if share:
            document = {name: document[name] for name in document if name not in NOT_SHARED}
        yield document


def _records(value: Any) -> list[Any]:
    """Return the papers' documents in a whole JSON document."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        raise FormatError(f"JSON, but no papers: it is {_shown(value)}")
    if "papers" not in value and "title" in value:
        return [value]
    if value.get("format", "readlist") != "readlist":
        raise FormatError(f"JSON of the format {_shown(value['format'])}, which readlist is not")
    version = value.get("version", VERSION)
    if not isinstance(version, int) or version < 1:
        raise FormatError(f"its version is {_shown(version)}, no whole number from 1")
    if version > VERSION:
        raise FormatError(
            f"it was written by a newer readlist (version {_shown(version)}, this one reads "
            f"{VERSION}). Update readlist to import it."
        )
    papers = value.get("papers")
    if not isinstance(papers, list):
        raise FormatError(f"JSON without a list of papers: it has {_names(value)}")
    return papers


def _read_lines(text: str, start: int = 1) -> Incoming:
    found = Incoming("jsonl", "readlist", is_own=True)
    # Not splitlines(): a JSON string may hold other line ends of Unicode as they are.
    for number, line in enumerate(text.split("\n"), start=start):
        if not line.strip():
            continue
        place = f"line {number}"
        try:
            take(place, parse(line), Paper.read, found)
        except ValueError as error:
            found.refuse(place, f"no whole JSON: {_why(error)}")
        except RecursionError:
            found.refuse(place, "its JSON is nested too deeply")
    return found


def _is_lines(text: str) -> bool:
    """Say whether one of the first lines that are not empty is JSON of its own."""
    lines = (line for line in text.split("\n", 20) if line.strip())
    for line, _ in zip(lines, range(2), strict=False):  # the first one may be broken
        try:
            if isinstance(parse(line), dict):
                return True
        except (ValueError, RecursionError):
            continue
    return False


def _why(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}, character {error.colno}: {error.msg}"
    return str(error)


def _shown(value: Any) -> str:
    if isinstance(value, (dict, list)):
        return "an object" if isinstance(value, dict) else "a list"
    return shorten(clean_line(json.dumps(value, ensure_ascii=False)), 40)


def _names(value: Document) -> str:
    return shorten(clean_line(", ".join(map(str, value))), 60) or "nothing"
