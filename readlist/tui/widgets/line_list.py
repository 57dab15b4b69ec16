"""A list of any length, of which only the rows on screen are ever made."""

from collections.abc import Iterable

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip
from textual.timer import Timer

from readlist.tui.widgets.scroll_bar import RowBar

_KEPT = 2_000  # strips
_FEW = 4  # rows made ahead between two keys
_SOON, _IDLE = 0.01, 0.06  # seconds, before the next few and the first


def _cells(text: str) -> int:
    """Return how many cells a text has; Rich counts those with an ellipsis one by one."""
    plain = text.replace("…", ".")
    return len(plain) if plain.isascii() else cell_len(plain)


class LineList(ScrollView, can_focus=True):
    """Rows of one line each, one of them under the cursor.

    A subclass says how many rows there are (`set_length`) and makes them (`make_row`). The strips
    of rows that have been on screen are kept until `forget_rows`. A heading may stand between two
    rows (`set_heading`): a line that is no row.
    """

    DEFAULT_CSS = """
    LineList { overflow-x: hidden; overflow-y: auto; scrollbar-size: 1 1; }
    """

    cursor: reactive[int] = reactive(0, repaint=False)
    virtual_size = reactive(Size(0, 0), layout=False)  # Textual's lays the whole screen out again

    class Moved(Message):
        """The cursor was moved to a row."""

        def __init__(self, sender: "LineList") -> None:
            super().__init__()
            self.sender = sender

        @property
        def control(self) -> "LineList":
            """The list."""
            return self.sender

    class Chosen(Message):
        """A row was double-clicked, or clicked where one click chooses."""

        def __init__(self, sender: "LineList", row: int) -> None:
            super().__init__()
            self.sender = sender
            self.row = row

        @property
        def control(self) -> "LineList":
            """The list."""
            return self.sender

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._length = 0
        self._strips: dict[int, Strip] = {}
        self._ground: Style | None = None
        self._styles: dict[str, Style] = {}
        self._filtered: dict[tuple[Style | None, Style], Style] = {}
        self._wide: tuple[int, int] | None = None
        self._heading: tuple[int, str] | None = None
        self._ahead: Timer | None = None

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scroll bar, made when it is first asked for; as Textual does it, but our own."""
        if self._vertical_scrollbar is None:
            self._vertical_scrollbar = RowBar(vertical=True, name="vertical")
            self._vertical_scrollbar.display = False
            self.app._start_widget(self, self._vertical_scrollbar)
        return self._vertical_scrollbar

    # What a subclass adds

    def make_row(self, row: int, width: int) -> list[Segment]:
        """Return the segments of a row, at most `width` cells."""
        raise NotImplementedError

    # Rows

    @property
    def length(self) -> int:
        """How many rows there are."""
        return self._length

    def set_length(self, length: int, cursor: int) -> None:
        """Show other rows, the cursor on one of them; who does so need not be told by `Moved`."""
        self._length = length
        self.virtual_size = Size(self.size.width, self._lines)
        self.forget_rows()
        self._put_cursor(cursor)

    def set_heading(self, row: int | None, text: str = "") -> None:
        """Put a heading above a row, or have none; before `set_length`."""
        self._heading = None if row is None else (row, text)

    def watch_virtual_size(self, size: Size) -> None:
        """Bring the scrollbar up to date."""
        self._scroll_update(size)

    @property
    def _lines(self) -> int:
        return self._length + (self._heading is not None)

    def line_of(self, row: int) -> int:
        """Return the line of a row, from 0 at the top of the list."""
        return row + (self._heading is not None and row >= self._heading[0])

    def row_at(self, line: int) -> int | None:
        """Return the row on a line; None for a heading, and where there is none."""
        if self._heading is not None and line >= self._heading[0]:
            line -= 1
            if line < self._heading[0]:
                return None
        return line if 0 <= line < self._length else None

    def forget_rows(self) -> None:
        """Make all rows anew."""
        self._strips.clear()
        self._wide = None
        self.refresh()

    def repaint_row(self, row: int) -> None:
        """Make one row anew."""
        self._strips.pop(row, None)
        self.refresh(Region(0, self.line_of(row) - self.scroll_offset.y, self.size.width, 1))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return lines of the screen's part of the list. Textual asks here for lines as its styles
        decorate them; rows have no border, and no padding on their left: they are spared that.
        """
        strips = [self.render_line(y) for y in crop.line_range]
        if crop.column_span != (0, self._width):
            right = max(crop.right, self._width)
            strips = [strip.adjust_cell_length(right).crop(crop.x, crop.right) for strip in strips]
        return strips

    @property
    def _width(self) -> int:
        """How many cells a line has, left of the scroll bar."""
        if self._wide is None:  # Textual works it out at each look
            bar = self.scrollbar_size_vertical if self.show_vertical_scrollbar else 0
            self._wide = self.outer_size.width - bar, self.scrollable_content_region.width
        return self._wide[0]

    @property
    def row_width(self) -> int:
        """How many of them are for a row."""
        return self._wide[1] if self._wide else self.scrollable_content_region.width

    def render_line(self, y: int) -> Strip:
        """Return the line `y` of the screen's part of the list (Textual's line API)."""
        line = y + self.scroll_offset.y
        row = self.row_at(line)
        if row is None:
            text = self._heading[1] if self._heading and line == self._heading[0] else ""
            return self._strip([Segment(text, self.heading_style())], self.ground)
        return self._strips.get(row) or self._made(row)

    def _made(self, row: int) -> Strip:
        segments = self.make_row(row, self.row_width)
        if len(self._strips) > _KEPT:
            self._strips.clear()
        self._strips[row] = strip = self._strip(segments, self.row_style(row))
        return strip

    def _make_ahead(self) -> None:
        """Make the rows of the next page, and of the one before, a few between two keys: they are
        shown in half the time then."""
        top, page = self.scroll_offset.y, self.page
        near = (*range(top + page, top + 2 * page), *range(top - page, top))
        missing = [row for row in near if 0 <= row < self._length and row not in self._strips]
        for row in missing[:_FEW]:
            self._made(row)
        is_more = len(missing) > _FEW
        self._ahead = self.set_timer(_SOON, self._make_ahead) if is_more else None

    def _strip(self, segments: Iterable[Segment], under: Style) -> Strip:
        """Return segments over a style, as wide as the list, in the colours that may be shown."""
        width = self._width
        over = [Segment(text, self._coloured(style, under)) for text, style, _ in segments]
        length = sum([_cells(text) for text, _, _ in over])
        if length > width:
            over, length = list(Segment.adjust_line_length(over, width)), width
        return Strip([*over, Segment(" " * (width - length), self._coloured(None, under))], width)

    def _coloured(self, style: Style | None, under: Style) -> Style:
        """Return a style over another, as the filters of the screen's colours leave it."""
        found = self._filtered.get((style, under))
        if found is None:
            line = Strip([Segment(" ", under + style if style else under)], 1)
            for line_filter in self.get_line_filters():
                line = line.apply_filter(line_filter, self.background_colors[1])
            found = self._filtered[style, under] = next(iter(line)).style or under
        return found

    def row_style(self, row: int) -> Style:
        """Return the style that lies under a row."""
        return self.ground

    def heading_style(self) -> Style:
        """Return the style of a heading's text."""
        return Style()

    def style(self, component: str) -> Style:
        """Return the style that a component lays over a row; Textual works it out at each look."""
        found = self._styles.get(component)
        if found is None:
            found = self._styles[component] = self.get_component_rich_style(component, partial=True)
        return found

    @property
    def ground(self) -> Style:
        """The style of the list itself: `rich_style`, which Textual works out at each look."""
        if self._ground is None:
            self._ground = self.rich_style
        return self._ground

    def on_resize(self) -> None:
        """Rows are as wide as the list: make them anew, and keep the cursor in sight."""
        self.virtual_size = Size(self.size.width, self._lines)
        self.forget_rows()
        self.call_after_refresh(self._show_cursor)

    def notify_style_update(self) -> None:
        """Another theme: make the rows anew."""
        super().notify_style_update()
        self._strips.clear()
        self._styles.clear()
        self._filtered.clear()
        self._ground = self._wide = None

    # The cursor

    @property
    def page(self) -> int:
        """How many rows are on screen."""
        return max(1, self.scrollable_content_region.height)

    def move_to(self, row: int) -> None:
        """Put the cursor on a row, or the nearest there is, and bring it on screen."""
        self._put_cursor(row)
        self.post_message(self.Moved(self))
        if self._ahead is None:
            self._ahead = self.set_timer(_IDLE, self._make_ahead)

    def _put_cursor(self, row: int) -> None:
        before = self.cursor
        self.cursor = max(0, min(row, self._length - 1))
        if before != self.cursor:
            self.repaint_row(before)
        self.repaint_row(self.cursor)
        self._show_cursor()

    def _show_cursor(self) -> None:
        if not self.scrollable_content_region.height:
            return  # hidden: `on_resize` comes when it is shown again
        top, page, line = self.scroll_offset.y, self.page, self.line_of(self.cursor)
        if line < top:
            self._scroll_to_line(line)
        elif line >= top + page:
            self._scroll_to_line(line - page + 1)

    def _scroll_to_line(self, top: int) -> None:
        self.scroll_to(y=top, animate=False, immediate=True, force=True)

    # The mouse

    def on_click(self, event: events.Click) -> None:
        """One click goes to a row; two choose it."""
        row = self.row_at(event.y + self.scroll_offset.y)
        if row is not None:
            self.move_to(row)
            if event.chain == 2:
                self.post_message(self.Chosen(self, row))
