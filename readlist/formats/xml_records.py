"""XML without entities and without the network: the elements of one kind, one after the other."""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from readlist.formats.incoming import FormatError

_STEP = 1 << 16
_DEEPEST = 200


def elements(text: str, names: Iterable[str]) -> Iterator[tuple[int, Element]]:
    """Yield the elements with these names (without namespace) and the line each ends near.

    Raises `FormatError` where the text is no XML any more, and for declarations of entities.
    """
    if "<!ENTITY" in text:
        raise FormatError("it declares entities of its own, which could harm: not read")
    wanted = frozenset(names)
    parser: Any = XMLPullParser(("start", "end"))
    text = re.sub(r"^\s*<\?xml[^>]*\?>", lambda m: "\n" * m[0].count("\n"), text.lstrip("\ufeff"))
    line, depth = 1, 0
    try:
        for start in range(0, len(text), _STEP):
            piece = text[start : start + _STEP]
            parser.feed(piece.encode("utf-8", "replace"))
            for event, element in parser.read_events():
                depth += 1 if event == "start" else -1
                if depth > _DEEPEST:
                    raise FormatError("its XML is nested too deeply")
                if event == "end" and local(element.tag) in wanted:
                    yield line, element
                    element.clear()
            line += piece.count("\n")
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
