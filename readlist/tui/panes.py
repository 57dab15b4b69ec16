"""The panes of the main screen: which are shown, how wide they are, and how that is kept."""

from textual.timer import Timer
from textual.widget import Widget

from readlist.config import ConfigError
from readlist.layout import (
    LEAST_ABSTRACT,
    LEAST_SIDEBAR,
    MOST_ABSTRACT,
    MOST_SIDEBAR,
    Layout,
)
from readlist.tui.messages import Messages
from readlist.tui.widgets.abstract_pane import AbstractPane
from readlist.tui.widgets.clickable import Clickable
from readlist.tui.widgets.divider import Divider
from readlist.tui.widgets.paper_list import PaperList
from readlist.tui.widgets.sidebar import Sidebar

MEDIUM, WIDE = 80, 100
"""From so many columns on the abstract, and the sidebar, stand beside the list."""

_LEAST_LIST = 40
_STEP = 2  # cells, for a key
_KEPT_AFTER = 0.7  # seconds without another change


class Panes(Clickable, Messages):
    """Sidebar, list and abstract. A pane that is hidden, or has no room, is shown while it has the
    keys; below 80 columns it has the place of the list then."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (MEDIUM, "-medium"), (WIDE, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-high")]

    sidebar: Sidebar
    papers: PaperList
    pane: AbstractPane

    def __init__(self, division: Layout) -> None:
        super().__init__()
        self.division = division
        self.is_demo = False
        self._unsaved: set[str] = set()
        self._saving: Timer | None = None
        self._placed: tuple[object, ...] = ()
        self._reading: int | None = None

    def show_surroundings(self) -> None:
        """Bring everything but the list up to date with it, and the panes."""
        raise NotImplementedError

    @property
    def is_reading(self) -> bool:
        """Whether one paper has the screen."""
        return self._reading is not None

    # What is shown

    def keep_to_size(self) -> None:
        """Take the classes of the breakpoints before the first frame; Textual does so after it."""
        size = self.app.size
        for breakpoints, extent in (
            (self.HORIZONTAL_BREAKPOINTS, size.width),
            (self.VERTICAL_BREAKPOINTS, size.height),
        ):
            names = [name for least, name in breakpoints if extent >= least]
            self.add_class(names[-1], update=False)

    @property
    def _columns(self) -> int:
        return self.app.size.width

    def _has_place(self, pane: Widget) -> bool:
        """Whether a pane stands beside the list, wherever the keys are."""
        if pane is self.sidebar:
            return self.division.sidebar and self._columns >= WIDE
        return pane is self.papers or (self.division.abstract and self._columns >= MEDIUM)

    def place_panes(self, here: Widget | None = None) -> None:
        """Show the panes there are when `here` has the keys, each in its width."""
        here = here or self.focused
        wanted = (self.division, self._columns, self.is_reading, here)
        if wanted == self._placed:
            return
        self._placed = wanted
        is_medium = MEDIUM <= self._columns < WIDE
        sidebar = here is self.sidebar or self._has_place(self.sidebar)
        makes_room = is_medium and here is self.sidebar
        abstract = here is self.pane or (self._has_place(self.pane) and not makes_room)
        classes = {
            "-sidebar": sidebar,
            "-abstract": abstract,
            "-no-brief": not self.division.abstract,
            "-away": here in (self.sidebar, self.pane),
        }
        for name, is_so in classes.items():
            self.set_class(is_so, name, update=self.is_mounted)
        self._set_widths()

    def _set_widths(self) -> None:
        is_free = self._columns < MEDIUM or self.is_reading
        sidebar = None if self._columns < MEDIUM else self.sidebar_width - 1  # beside its gap
        abstract = None if is_free or not self.division.abstract_width else self._abstract_width - 1
        self.sidebar.styles.width = sidebar
        self.pane.styles.width = abstract
        self.pane.styles.max_width = abstract

    @property
    def sidebar_width(self) -> int:
        """How many cells the sidebar takes with the gap beside it, where it has a place."""
        most = min(MOST_SIDEBAR, self._columns // 3)
        return max(LEAST_SIDEBAR, min(self.division.sidebar_width, most))

    @property
    def _abstract_width(self) -> int:
        wanted = self.division.abstract_width or self.pane.outer_size.width + 1
        beside = self.sidebar_width if self.has_class("-sidebar") else 1
        most = min(MOST_ABSTRACT, self._columns - beside - _LEAST_LIST)
        return max(LEAST_ABSTRACT, min(wanted, most))

    def visit(self, pane: Widget) -> None:
        """Give the keys to a pane, and show it."""
        self.place_panes(pane)
        self.set_focus(pane)

    @property
    def is_covered(self) -> bool:
        """Whether the sidebar has the place of the list."""
        return self.focused is self.sidebar and self._columns < MEDIUM

    def uncover(self) -> bool:
        """Bring the list back where the sidebar has its place; return whether it was away."""
        was_covered = self.is_covered
        if was_covered:
            self.visit(self.papers)
        return was_covered

    def on_resize(self) -> None:
        """A pane with the keys may have gone: give them to the list."""
        away = self.focused in (self.sidebar, self.pane) and not self.is_reading
        if away and self.focused and not self._has_place(self.focused):
            self.set_focus(self.papers)
        self.place_panes()

    # Keys

    def action_toggle_sidebar(self) -> None:
        """Hide the sidebar, or show it; where it has no room beside the list, go there and back."""
        if self.is_reading:
            return
        if self._columns < WIDE:
            self.visit(self.papers if self.focused is self.sidebar else self.sidebar)
            return
        if self.division.sidebar and self.focused is self.sidebar:
            self.set_focus(self.papers)
        self.divide(sidebar=not self.division.sidebar)

    def action_toggle_abstract(self) -> None:
        """Hide the abstract, or show it."""
        if self.is_reading:
            return
        if self.division.abstract and self.focused is self.pane:
            self.set_focus(self.papers)
        self.divide(abstract=not self.division.abstract)

    def action_gap_left(self) -> None:
        """Move the gap beside the list to the left."""
        self._move_gap(-_STEP)

    def action_gap_right(self) -> None:
        """Move the gap beside the list to the right."""
        self._move_gap(_STEP)

    def _move_gap(self, cells: int) -> None:
        if self.is_reading:
            return
        if self.focused is self.sidebar and self._columns >= MEDIUM:
            self._divide_sidebar(self.sidebar_width + cells)
        elif self._has_place(self.pane):
            self._divide_abstract(self._abstract_width - cells)
        elif self._has_place(self.sidebar):
            self._divide_sidebar(self.sidebar_width + cells)
        else:
            self.say("There is no pane beside the list")

    def _divide_sidebar(self, width: int) -> None:
        most = min(MOST_SIDEBAR, self._columns // 3)
        self.divide(sidebar=True, sidebar_width=max(LEAST_SIDEBAR, min(width, most)))

    def _divide_abstract(self, width: int) -> None:
        self.divide(abstract=True, abstract_width=max(LEAST_ABSTRACT, width))
        self.divide(abstract_width=self._abstract_width)

    # The mouse

    def on_divider_dragged(self, message: Divider.Dragged) -> None:
        """Follow the mouse."""
        if message.divider.id == "sidebar-gap":
            self._sidebar_dragged(message.column + 1)
        else:
            self._abstract_dragged(self._columns - message.column)

    def _sidebar_dragged(self, width: int) -> None:
        if width < LEAST_SIDEBAR // 2:
            self._hide(self.sidebar)
        else:
            self._divide_sidebar(width)

    def _abstract_dragged(self, width: int) -> None:
        if width < LEAST_ABSTRACT // 2:
            self._hide(self.pane)
        else:
            self._divide_abstract(width)

    def on_divider_pressed(self, message: Divider.Pressed) -> None:
        """Two clicks hide a pane; one brings it back from the edge."""
        is_left = message.divider.id == "sidebar-gap"
        pane = self.sidebar if is_left else self.pane
        if not self._has_place(pane):
            self.divide(**{"sidebar" if is_left else "abstract": True})
        elif message.is_double:
            self._hide(pane)

    def _hide(self, pane: Widget) -> None:
        if self.focused is pane:
            self.set_focus(self.papers)
        self.divide(**{"sidebar" if pane is self.sidebar else "abstract": False})

    # Keeping it

    def divide(self, **values: bool | int) -> None:
        """Divide the screen so from now on, and keep it when no change follows for a moment."""
        division = self.division.but(**values)
        changed = {n for n in values if getattr(division, n) != getattr(self.division, n)}
        self.division = division
        self.show_surroundings()
        if changed and not self.is_demo:
            self._unsaved |= changed
            if self._saving is not None:
                self._saving.stop()
            self._saving = self.set_timer(_KEPT_AFTER, self._save_soon)

    def _save_soon(self) -> None:
        self.run_worker(self._save, thread=True, group="layout")

    def _save(self) -> None:
        """Write what was changed to the settings; in a thread, as the disk may be slow."""
        from readlist.config_file import save_layout

        names, self._unsaved = self._unsaved, set()
        if names:
            try:
                save_layout(self.division, names)
            except ConfigError as error:
                self.app.call_from_thread(self.say, str(error), problem=True)

    def on_unmount(self) -> None:
        """Keep what was changed just before leaving."""
        from readlist.config_file import save_layout

        if self._unsaved:
            names, self._unsaved = self._unsaved, set()
            try:
                save_layout(self.division, names)
            except ConfigError as error:
                self.app.log(error)
