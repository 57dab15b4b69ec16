"""Two papers side by side, field by field."""

from collections.abc import Sequence

from textual.content import Content

from readlist.merging.comparison import Field, Spans, differences
from readlist.tui.widgets.bars import FittedLine

_LABEL = 13  # cells
_NARROW_LABEL = 10
_SIGN = 2
_GAP = 2
_MUTED = "$muted"
_SHORT = {"citation key": "cite key", "organization": "org.", "identifiers": "ids"}
"""How fields are called where there is little room."""


class PairView(FittedLine, can_focus=True):
    """Fields of two papers, in two columns; it scrolls. A field in which both say the same is
    shown once; of the others `✓` stands before what the merged paper will have, and parts that only
    one of the two has are underlined.
    """

    def __init__(self) -> None:
        super().__init__(id="pair")
        self._fields: Sequence[Field] = ()
        self._heads = "", ""
        self._lines: list[Content] = []
        self._width = 0
        self._top = 0

    def show(self, heads: tuple[str, str], fields: Sequence[Field], *, top: bool) -> None:
        """Show fields below a head of each column, from the `top` or as far down as it was."""
        self._heads, self._fields, self._width = heads, fields, 0
        if top:
            self._top = 0
        self.refresh()

    def scroll_by(self, rows: int) -> None:
        """Scroll, as far as there is anything."""
        self._top = max(0, self._top + rows)
        self.refresh()

    @property
    def page(self) -> int:
        """How many rows a key scrolls that shows more."""
        return max(1, self.content_size.height - 3)

    @property
    def length(self) -> int:
        """How many rows there are."""
        return len(self._lines)

    def fitted(self, width: int) -> Content:
        """Return what there is room for: the heads, which stay, and rows."""
        if width < 1:
            return Content()
        if width != self._width:
            self._width = width
            self._lines = [line for field in self._fields for line in self._rows(field, width)]
        room = max(1, self.content_size.height - 2)
        if len(self._lines) > room:
            room -= 1
        self._top = min(self._top, max(0, len(self._lines) - room))
        shown = self._lines[self._top : self._top + room]
        more = len(self._lines) - self._top - len(shown)
        lines = [self._head(width), Content(), *shown]
        if more:
            words = f"↓ {more:,} more line{'s' * (more != 1)}: space"
            lines.append(Content.styled(words, _MUTED))
        return Content("\n").join(lines)

    def _head(self, width: int) -> Content:
        label, column = _columns(width)
        left, right = (Content.styled(head, "bold") for head in self._heads)
        return Content(" " * (label + _SIGN)) + _beside(left, right, column)

    def _rows(self, field: Field, width: int) -> list[Content]:
        label, column = _columns(width)
        whole = width - label - _SIGN
        if field.is_same:
            return _labelled(field.name, " ", _marked("", Content(_line(field.one)), whole), label)
        parts = zip((field.one, field.other), _telling(field), field.takes, strict=True)
        left, right = (_side(*part, column) for part in parts)
        rows = [
            _beside(_at(left, place), _at(right, place), column)
            for place in range(max(len(left), len(right)))
        ]
        if field.is_new and not all(field.takes):
            rows += _marked("→", Content(_line(field.merged)), whole)
        return _labelled(field.name, "≠", rows, label)


def _telling(field: Field) -> tuple[Spans, Spans]:
    """Return the parts that only one of two texts has, where they have others in common."""
    found = differences(field.one, field.other)
    texts = zip((field.one, field.other), found, strict=True)
    is_all = any(spans == [(0, len(text))] for text, spans in texts)
    return ([], []) if is_all else found


def _columns(width: int) -> tuple[int, int]:
    """Return how wide the names are, and each of the two columns."""
    label = _LABEL if width >= 76 else _NARROW_LABEL
    return label, max(8, (width - label - _SIGN - _GAP) // 2)


def _labelled(name: str, sign: str, rows: Sequence[Content], label: int) -> list[Content]:
    short = _SHORT.get(name, name) if label == _NARROW_LABEL else name
    first = Content.assemble((f"{short:<{label}}", _MUTED), (f"{sign} ", "bold $accent"))
    heads = [first, *[Content(" " * (label + _SIGN))] * (len(rows) - 1)]
    return [head + row for head, row in zip(heads, rows, strict=True)]


def _side(text: str, spans: Spans, takes: bool, width: int) -> list[Content]:
    """Return what one of two papers says, in lines, what only it says underlined."""
    if not text:
        return [Content.styled("  –", _MUTED)]
    content = Content(_line(text))
    if not takes:
        content = content.stylize(_MUTED)
    for start, end in spans:
        content = content.stylize("bold underline", start, end)
    return _marked("✓" if takes else "", content, width)


def _line(text: str) -> str:
    return text.replace("\n", " ")


def _marked(mark: str, content: Content, width: int) -> list[Content]:
    """Return a text in lines behind a mark, those below the first as far to the right."""
    lines = content.wrap(max(2, width - 2)) or [Content()]
    marks = [Content.styled(f"{mark:<2}", "bold $accent"), *[Content("  ")] * (len(lines) - 1)]
    return [begin + line for begin, line in zip(marks, lines, strict=True)]


def _at(lines: Sequence[Content], place: int) -> Content:
    return lines[place] if place < len(lines) else Content()


def _beside(left: Content, right: Content, column: int) -> Content:
    return left + " " * max(0, column + _GAP - left.cell_length) + right
