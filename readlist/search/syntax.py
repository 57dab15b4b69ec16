"""A query as it stands on the line where it is typed: what each part of it is, for the eye."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from readlist.search.names import FIELDS

FIELD, VALUE, SIGN, PHRASE, REGEX = "field", "value", "sign", "phrase", "regex"

_QUOTES = '"“”„'
_PART = re.compile(
    rf"""(?P<phrase>[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}]?)
    |(?<!\S)(?P<regex>/(?:[^/\\]|\\.)+/)
    |(?<![^\s(])(?P<operator>OR|AND|NOT|-)(?=[\s({_QUOTES}]|(?<=-)\S)
    |(?<![^\s(-])(?P<short>[#@])(?P<of_short>[^\s()]+)
    |(?<![^\s(-])(?P<field>[A-Za-z][A-Za-z-]*:)(?P<of_field>[^\s(){_QUOTES}]*)
    |(?P<group>[()])""",
    re.VERBOSE,
)
_KINDS = {
    "phrase": PHRASE,
    "regex": REGEX,
    "operator": SIGN,
    "short": FIELD,
    "of_short": VALUE,
    "field": FIELD,
    "of_field": VALUE,
    "group": SIGN,
}


class Mark(NamedTuple):
    """A part of a query that is no bare word: from `start` to before `end`, and its kind."""

    start: int
    end: int
    kind: str


def marks(text: str) -> Iterator[Mark]:
    """Yield the parts of a query, in order, apart from each other. Any text has some or none."""
    for match in _PART.finditer(text):
        name = match["field"]
        if name and name[:-1].lower() not in FIELDS:
            continue  # "LoRA: low-rank" are words
        for group, kind in _KINDS.items():
            if match[group]:
                yield Mark(*match.span(group), kind)
