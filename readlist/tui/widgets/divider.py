"""The gap between two panes, which the mouse takes hold of."""

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget


class Divider(Widget):
    """A blank column; a line stands in it while the mouse is there, or drags it."""

    DEFAULT_CSS = "Divider { width: 1; height: 1fr; }"
    ALLOW_SELECT = False

    class Dragged(Message):
        """The mouse drags it to a column of the screen."""

        def __init__(self, divider: "Divider", column: int) -> None:
            super().__init__()
            self.divider = divider
            self.column = column

        @property
        def control(self) -> "Divider":
            """The divider."""
            return self.divider

    class Pressed(Message):
        """It was clicked, twice in a row with `is_double`, and not dragged."""

        def __init__(self, divider: "Divider", *, is_double: bool) -> None:
            super().__init__()
            self.divider = divider
            self.is_double = is_double

        @property
        def control(self) -> "Divider":
            """The divider."""
            return self.divider

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._held: int | None = None  # the column where the mouse took it
        self._was_dragged = False

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return lines of it, which are all the same. Textual asks here for lines as its styles
        decorate them; it has no border and no padding."""
        shown = self.mouse_hover or self._held is not None
        strip = Strip([Segment("│" if shown else " ", self.rich_style)], 1)
        for line_filter in self.get_line_filters():
            strip = strip.apply_filter(line_filter, self.background_colors[1])
        return [strip.crop(crop.x, crop.right)] * crop.height

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Return its one cell."""
        return 1

    def on_enter(self) -> None:
        """Show where it is."""
        self.refresh()

    def on_leave(self) -> None:
        """Be quiet again."""
        self.refresh()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold."""
        event.stop()
        self.capture_mouse()
        self._held, self._was_dragged = event.screen_x, False

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Follow the mouse."""
        if self._held is not None and event.screen_x != self._held:
            self._held, self._was_dragged = event.screen_x, True
            self.post_message(self.Dragged(self, event.screen_x))

    def on_mouse_up(self) -> None:
        """Let go."""
        self._held = None
        self.release_mouse()
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """A click is one that did not drag."""
        event.stop()
        if not self._was_dragged:
            self.post_message(self.Pressed(self, is_double=event.chain == 2))
