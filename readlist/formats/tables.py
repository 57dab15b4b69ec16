"""Tables with a header: CSV with commas, semicolons or tabs."""

import csv
from collections.abc import Callable, Iterator
from io import StringIO

from readlist.formats.incoming import Incoming, Refusal
from readlist.formats.json_records import take
from readlist.paper import Paper

_LONGEST_CELL = 10_000_000  # characters; Python's own limit is 131,072


def delimiter_of(text: str) -> str:
    """Return what stands between the cells of the first line."""
    head = text.lstrip("\ufeff").split("\n", 1)[0][:5000]
    return max(",;\t", key=head.count)


def header_of(text: str) -> list[str]:
    """Return the names in the first line, lower case; [] for what is no header."""
    head = text.lstrip("\ufeff")[:5000].split("\n", 1)[0]
    try:
        (cells,) = csv.reader([head], delimiter=delimiter_of(text), strict=True)
    except (csv.Error, ValueError):
        return []
    return [cell.strip().lower() for cell in cells]


def take_rows(text: str, make: Callable[[dict[str, str]], Paper], found: Incoming) -> None:
    """Add the papers that `make` makes of the rows, or the reasons why there are none."""
    for place, row in rows(text):
        if isinstance(row, Refusal):
            found.refuse(row.place, row.reason)
        else:
            take(place, row, make, found)


def rows(text: str) -> Iterator[tuple[str, dict[str, str] | Refusal]]:
    """Yield the rows by the names of the header, with their lines; or why one cannot be read."""
    csv.field_size_limit(_LONGEST_CELL)
    text = text.lstrip("\ufeff").replace("\x00", "")
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter_of(text))
    names = [name.strip() for name in next(reader, [])]
    while True:
        line = reader.line_num + 1
        place = f"line {line}"
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield place, Refusal(place, f"no row of a table: {error}")
            continue
        if len(cells) > len(names) and any(map(str.strip, cells[len(names) :])):
            reason = f"it has {len(cells)} cells, the header {len(names)}"
            yield place, Refusal(place, reason)
        elif any(map(str.strip, cells)):
            yield place, dict(zip(names, cells, strict=False))
