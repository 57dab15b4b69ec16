"""Feeds, RSS and Atom: XML without entities and without the network, an entry after the other."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from readlist.formats.incoming import FormatError, Incoming
from readlist.paper import Paper, PaperError

_STEP = 1 << 16
_DEEPEST = 200
_ENTRIES = ("entry", "item")  # of Atom, of RSS


def take_entries(text: str, make: Callable[[Element], Paper], found: Incoming) -> int:
    """Add the papers that `make` makes of the entries of a feed, RSS or Atom; return how many
    entries there are. Of a feed that is cut off, those that are whole.

    Those of which it raises `PaperError` are refused. Raises `FormatError` for what is no XML up to
    the first entry.
    """
    number = 0
    try:
        for number, element in enumerate(_entries(text), start=1):
            try:
                found.papers.append(make(element))
            except PaperError as error:
                found.refuse(f"entry {number}", str(error))
    except FormatError as error:
        if not number:
            raise
        found.refuse(f"entry {number + 1}", str(error))
        found.is_cut = True
    return number


def _entries(text: str) -> Iterator[Element]:
    """Yield the entries. Raises `FormatError` where the text is no XML any more, and for
    declarations of entities."""
    if "<!ENTITY" in text:
        raise FormatError("it declares entities of its own, which could harm: not read")
    parser: Any = XMLPullParser(("start", "end"))
    text = re.sub(r"^\s*<\?xml[^>]*\?>", lambda m: "\n" * m[0].count("\n"), text.lstrip("\ufeff"))
    depth = 0
    try:
        for start in range(0, len(text), _STEP):
            parser.feed(text[start : start + _STEP].encode("utf-8", "replace"))
            for event, element in parser.read_events():
                depth += 1 if event == "start" else -1
                if depth > _DEEPEST:
                    raise FormatError("its XML is nested too deeply")
                if event == "end" and local(element.tag) in _ENTRIES:
                    yield element
                    element.clear()
        parser.close()
    except ParseError as error:
        raise FormatError(f"no whole XML: line {error.position[0]}: {_why(error)}") from None


def local(tag: object) -> str:
    """Return the name of an element without its namespace."""
    return str(tag).rpartition("}")[2]


def child_text(element: Element, name: str) -> str:
    """Return the text in the first child with a name (without namespace), or ""."""
    for child in element:
        if local(child.tag) == name:
            return "".join(child.itertext())
    return ""


def _why(error: ParseError) -> str:
    return str(error).partition(":")[0]
