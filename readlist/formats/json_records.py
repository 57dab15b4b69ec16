"""JSON as services and programs write it: a document, or a record a line, parsed once for all the
formats that look at it; and ways into records of which nothing is certain."""

import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from readlist.formats.incoming import FormatError, Incoming, Refusal
from readlist.paper import Paper, PaperError
from readlist.record import Record

_LONGEST_NUMBER = 4000  # digits: Python reads and writes no more than 4,300
_DEEPEST = 60  # levels in `extra`: few enough for each reader and writer of JSON


class Json(Record):
    """A text as JSON: its whole value, or the records of its lines with their numbers.

    `refusals` are lines that are no JSON.
    """

    value: Any
    lines: list[tuple[int, Any]] | None
    refusals: list[Refusal]

    def first(self) -> Any:
        """Return the first record: of the lines, of a list, or the value itself."""
        if self.lines is not None:
            return self.lines[0][1]
        if isinstance(self.value, list):
            return next((item for item in self.value if isinstance(item, dict)), None)
        return self.value

    def records(self, *path: str) -> Iterator[tuple[str, Any]]:
        """Yield the records and their places: the lines, a list, the list at `path`, or one."""
        if self.lines is not None:
            yield from ((f"line {number}", record) for number, record in self.lines)
            return
        value = self.value
        if isinstance(value, dict):
            inside = dig(value, *path) if path else None
            value = inside if isinstance(inside, list) else [value]
        yield from ((f"paper {number}", record) for number, record in enumerate(value, start=1))


def parse(text: str) -> Any:
    """Return the value of JSON; numbers that no JSON can hold again become null, or text.

    Raises `ValueError` and, for deep nesting, `RecursionError`.
    """
    return json.loads(
        text, parse_int=_whole_number, parse_float=_number, parse_constant=lambda _: None
    )


@lru_cache(maxsize=1)  # each format looks at the same text, and one of them reads it
def parsed(text: str, start: int | None = None) -> Json | None:
    """Return a text as JSON, or None for what is none, or is nested too deeply.

    With `start` it is a part of JSON lines that begins with that line, whatever is in it.
    """
    if start is not None:
        return Json(None, *_lines(text, start))
    if text.lstrip("\ufeff \t\r\n")[:1] not in ("{", "["):
        return None
    try:
        return Json(parse(text.lstrip("\ufeff")), None, [])
    except RecursionError:
        return None
    except ValueError:
        lines, refusals = _lines(text)
        return Json(None, lines, refusals) if lines else None


def _lines(text: str, start: int | None = None) -> tuple[list[tuple[int, Any]], list[Refusal]]:
    found, refusals = [], []
    for number, line in enumerate(text.split("\n"), start=start or 1):
        if not line.strip():
            continue
        try:
            record = parse(line)
        except (ValueError, RecursionError):
            record = None
        if isinstance(record, dict):
            found.append((number, record))
        else:
            refusals.append(Refusal(f"line {number}", "no whole JSON"))
        if start is None and len(refusals) > 20 and len(found) * 10 < len(refusals):
            return [], []  # a text of another kind
    return found, refusals


def whole(text: str, start: int | None = None) -> Json:
    """Return a text as JSON, to be read: nobody else looks at it then; `start` as for `parsed`.

    Raises `FormatError` for what is none.
    """
    document = parsed(text, start)
    parsed.cache_clear()
    if document is None:
        raise FormatError("no whole JSON, or nested too deeply")
    return document


def read_all(
    text: str,
    name: str,
    make: Callable[[Any], Paper],
    *path: str,
    start: int | None = None,
    found: Incoming | None = None,
) -> Incoming:
    """Return the papers that `make` makes of the records of a text; `start` as for `parsed`.

    Those of which it raises `PaperError` are refused. Raises `FormatError` for what is no JSON.
    """
    document = whole(text, start)
    found = found or Incoming(name, name)
    found.refusals += document.refusals
    for place, record in document.records(*path):
        take(place, record, make, found)
    return found


def take(place: str, record: Any, make: Callable[[Any], Paper], found: Incoming) -> None:
    """Add the paper that `make` makes of a record, or the reason why there is none."""
    try:
        if not isinstance(record, dict):
            raise PaperError("no object with a title")
        paper = make(record)
        if is_deeper(paper.extra, _DEEPEST):
            raise PaperError("its extra fields are nested too deeply")
    except PaperError as error:
        found.refuse(place, str(error))
    except RecursionError:
        found.refuse(place, "its extra fields are nested too deeply")
    else:
        found.papers.append(paper)


def is_deeper(value: Any, levels: int) -> bool:
    """Say whether a value has more levels of lists and objects."""
    if not isinstance(value, (dict, list)):
        return False
    inside = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(is_deeper(item, levels - 1) for item in inside)


# Ways into a record


def dig(record: Any, *path: str) -> Any:
    """Return what stands at a path of names, or None."""
    for name in path:
        if not isinstance(record, dict):
            return None
        record = record.get(name)
    return record


def text_at(record: Any, *path: str) -> str:
    """Return the text, or the number as text, at a path of names; else ""."""
    value = dig(record, *path)
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    return str(value)


def count_at(record: Any, *path: str) -> int | None:
    """Return the count at a path of names, or None."""
    value = dig(record, *path)
    is_count = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**63
    return value if is_count else None


def many_at(record: Any, *path: str) -> Iterator[Any]:
    """Yield the items of the list at a path of names; nothing if there is none."""
    value = dig(record, *path)
    if isinstance(value, list):
        yield from value


def texts_at(record: Any, *path: str) -> list[str]:
    """Return the texts in the list at a path of names."""
    return [item for item in many_at(record, *path) if isinstance(item, str) and item]


def _whole_number(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else digits


def _number(digits: str) -> float | None:
    number = float(digits)
    return number if abs(number) != float("inf") else None
