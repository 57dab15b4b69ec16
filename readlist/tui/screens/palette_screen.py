"""The palette: every action by its name, and the verbs of the command line."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Input, Static

from readlist.tui.palette import Entry, Hit, search
from readlist.tui.screens.panel import Panel
from readlist.tui.widgets.bars import keyed
from readlist.tui.widgets.columns import fit
from readlist.tui.widgets.line_list import LineList

_LOWEST = 4


class PaletteRows(LineList):
    """What was found: its name, and at the right its key."""

    COMPONENT_CLASSES = {
        "palette-rows--bar", "palette-rows--cursor", "palette-rows--dim", "palette-rows--match"
    }  # fmt: skip
    can_focus = False

    def __init__(self, *, name_width: int = 0) -> None:
        """Names have `name_width` cells at least, so that what is said behind them is aligned."""
        super().__init__(id="palette-rows")
        self.hits: Sequence[Hit] = ()
        self._name_width = name_width

    def show(self, hits: Sequence[Hit]) -> None:
        """Show what was found, the cursor on the likeliest."""
        self.hits = hits
        self.set_length(len(hits), 0)

    def on_click(self, event: events.Click) -> None:
        """Each click chooses."""
        row = self.row_at(event.y + self.scroll_offset.y)
        if row is not None:
            self.move_to(row)
            self.post_message(self.Chosen(self, row))

    def row_style(self, row: int) -> Style:
        """Return the style that lies under a row."""
        if row == self.cursor:
            return self.get_component_rich_style("palette-rows--cursor")
        return self.ground

    def make_row(self, row: int, width: int) -> list[Segment]:
        """Return the segments of a row."""
        entry, spans = self.hits[row]
        accent, dim = self.style("palette-rows--bar"), self.style("palette-rows--dim")
        room = max(1, width - len("▌ ") - cell_len(entry.keys) - len("   "))
        name = fit(entry.name, min(room, max(1, self._name_width, cell_len(entry.name))))
        detail = fit(f"   {entry.detail}" * bool(entry.detail), room - cell_len(name))
        bar = Segment("▌ " if row == self.cursor else "  ", accent)
        keys = [Segment("  "), Segment(f"{entry.keys} ", accent)]
        return [bar, *self._marked(name, spans), Segment(detail, dim), *keys]

    def _marked(self, name: str, spans: Sequence[tuple[int, int]]) -> list[Segment]:
        """Return the segments of a name, what was typed marked."""
        match = self.style("palette-rows--match")
        parts, place = [], 0
        for start, end in spans:
            parts += [Segment(name[place:start]), Segment(name[start:end], match)]
            place = end
        return [*parts, Segment(name[place:])]


class PaletteScreen(Panel[None]):
    """A field, and below it what is found for what is typed; enter runs it, at once and in order
    with the keys behind it."""

    BINDINGS = [
        Binding("escape,ctrl+c", "leave", priority=True),
        Binding("enter", "run_it", priority=True),
        Binding("tab", "complete", priority=True),
        Binding("down,ctrl+n", "step(1)", priority=True),
        Binding("up,ctrl+p", "step(-1)", priority=True),
        Binding("pagedown", "page(1)", priority=True),
        Binding("pageup", "page(-1)", priority=True),
    ]

    def __init__(
        self,
        entries: Sequence[Entry],
        uses: Mapping[str, int],
        run: Callable[[Entry], Awaitable[None]],
        line: Callable[[str], Entry | None],
        explain: Callable[[Entry], str],
    ) -> None:
        """`line` makes an entry of a line of the command line, None of what is none; `explain`
        says what is to be known of an entry before it is run."""
        super().__init__(classes="panel")
        self._entries = entries
        self._uses = uses
        self._run = run
        self._line = line
        self._explain = explain
        self._shown: str | None = None  # what was typed when the rows were made
        self._laid_out = Size()

    def compose(self) -> ComposeResult:
        """Yield the field, what is found, and what enter does."""
        with Vertical():
            with Horizontal(id="palette-line"):
                yield Static(":", id="palette-sign")
                yield Input(compact=True, placeholder="an action, or a verb and its words")
            yield PaletteRows()
            yield Static(id="what", markup=False)

    def on_mount(self) -> None:
        """Show everything. The panel stays as high as it is, whatever is typed."""
        self._rows = self.query_one(PaletteRows)
        self._field = self.query_one(Input)
        self.set_focus(self._field)
        self._laid_out = self.app.size
        self._fit()
        self._show()

    def on_resize(self, event: events.Resize) -> None:
        """Stay on the lower part of the screen. A new screen is told its size twice: spare it that
        all is laid out and painted again, it and what lies below."""
        if event.size == self._laid_out:
            event.prevent_default()
            return
        self._laid_out = event.size
        self._fit()

    def _fit(self) -> None:
        room = self.app.size.height // 2 - 2
        self.query_one(PaletteRows).styles.height = max(_LOWEST, min(len(self._entries), room))

    @property
    def _typed(self) -> str:
        return self._field.value.strip().removeprefix(":").lstrip()

    @on(Input.Changed)
    def _show_typed(self) -> None:
        """Make the rows fit what is typed, if they do not: Textual reports a change late."""
        if self._field.value != self._shown:
            self._show()

    def _show(self) -> None:
        self._shown = self._field.value
        typed = self._typed
        hits = search(typed, self._entries, self._uses)
        line = self._line(typed)
        if line is not None:
            certain = [hit for hit in hits if hit.entry.name.lower().startswith(typed.lower())]
            known = (line.id, line.id.partition(" ")[0])
            others = [hit for hit in hits if hit not in certain and hit.entry.id not in known]
            hits = [*certain, Hit(line), *others]
        self._rows.show(hits)
        self._say()

    def _say(self) -> None:
        what = self.query_one("#what", Static)
        here = self._here
        if here is None:
            what.update(Content.styled("Nothing is called so", "$text-error"))
            return
        said = self._explain(here)
        keys = "enter runs it   tab completes   esc leaves"
        what.update(Content(said + "   " * bool(said)) + keyed(keys))

    @property
    def _here(self) -> Entry | None:
        return self._rows.hits[self._rows.cursor].entry if self._rows.hits else None

    @on(LineList.Chosen)
    async def _clicked(self) -> None:
        await self.action_run_it()

    def action_step(self, rows: int) -> None:
        """Go up or down."""
        self._show_typed()
        self._rows.move_to(self._rows.cursor + rows)
        self._say()

    def action_page(self, pages: int) -> None:
        """Go up or down as many rows as are shown."""
        self.action_step(pages * self._rows.page)

    def action_complete(self) -> None:
        """Write what is under the cursor into the field."""
        self._show_typed()
        here = self._here
        if here is not None:
            text = here.id.removeprefix(":") + " " if here.is_line else here.name
            self._write(text)

    def _write(self, text: str) -> None:
        self._field.value = text
        self._field.cursor_position = len(text)
        self._show_typed()

    async def action_run_it(self) -> None:
        """Run what is under the cursor; a verb that wants words gets them first."""
        self._show_typed()
        here = self._here
        if here is None:
            return
        if here.is_line and here.keys == WANTS_WORDS:
            self._write(here.id.removeprefix(":") + " ")
            return
        self.dismiss(None)
        await self._run(here)


WANTS_WORDS = "…"
"""Stands where other entries have a key: more is to be typed."""
