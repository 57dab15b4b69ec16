"""Keys that move: in the list, in the sidebar, in the abstract; and between them."""

from readlist.paper import Status
from readlist.tui.filtering import Filtering
from readlist.tui.widgets.line_list import LineList


class Moving(Filtering):
    """Where the cursor is, which pane has it, and what has the screen."""

    # Up and down

    def _move(self, rows: int) -> None:
        if self.focused is self.pane:
            self.pane.scroll_relative(y=rows, animate=False, immediate=True)
        elif self.focused is self.sidebar:
            self.sidebar.step(rows)
        elif self.focused is self.filter_line:
            self.filter_line.recall(1 if rows > 0 else -1)
        else:
            self.papers.move_to(self.papers.cursor + rows)

    @property
    def _page(self) -> int:
        return max(1, self.pane.size.height - 2 if self.focused is self.pane else self.papers.page)

    def action_down(self) -> None:
        """Go down a line."""
        self._move(1)
        self.did("down")

    def action_up(self) -> None:
        """Go up a line."""
        self._move(-1)

    def action_first(self) -> None:
        """Go to the first line."""
        self._move(-self._far)

    def action_last(self) -> None:
        """Go to the last line."""
        self._move(self._far)

    @property
    def _far(self) -> int:
        return max(self.papers.length, self.sidebar.length, self.pane.virtual_size.height)

    def action_half_down(self) -> None:
        """Go down half a page."""
        self._move(max(1, self._page // 2))

    def action_half_up(self) -> None:
        """Go up half a page."""
        self._move(-max(1, self._page // 2))

    def action_page_down(self) -> None:
        """Go down a page."""
        self._move(self._page)

    def action_page_up(self) -> None:
        """Go up a page."""
        self._move(-self._page)

    def action_next_unread(self) -> None:
        """Go to the next paper that is new or to read."""
        self._to_unread(range(self.papers.cursor + 1, len(self.papers.ids)))

    def action_previous_unread(self) -> None:
        """Go to the unread paper before."""
        self._to_unread(range(self.papers.cursor - 1, -1, -1))

    def _to_unread(self, rows: range) -> None:
        self.uncover()
        ids = self.papers.ids
        if self.is_reading and self._reading != self.papers.current and rows.step == 1:
            rows = range(self.papers.cursor, len(ids))  # the one that was read has left the list
        unread = set(self.library.overview.where(Status.NEW, Status.TO_READ))
        for row in rows:
            if ids[row] in unread:
                self._go_to(row)
                return
        self.say("No unread paper " + ("below" if rows.step > 0 else "above"))

    def _go_to(self, row: int) -> None:
        self.papers.move_to(row)
        if self.is_reading:
            self._reading = self.papers.current
        self.show_surroundings()

    def _watch(self) -> None:
        super()._watch()
        if self.is_reading and self.current is None:
            self.leave_reading()
            self.say("The paper that was open here has been deleted elsewhere")

    def on_line_list_moved(self, message: LineList.Moved) -> None:
        """Show the paper that the cursor came to, or the view."""
        if message.control is self.papers:
            self.show_surroundings()
        elif message.control is self.sidebar:
            self._to_view()

    def _to_view(self) -> None:
        chosen = self.sidebar.current
        if chosen is not None and chosen.name != self.view.name:
            self.show_view(chosen)

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """Open a paper that was clicked twice."""
        if message.control is self.papers:
            self.action_open()

    # Between panes

    def action_next_pane(self) -> None:
        """Go to the next pane."""
        self._to_pane(1)

    def action_previous_pane(self) -> None:
        """Go to the pane before."""
        self._to_pane(-1)

    def action_left(self) -> None:
        """Go to the pane on the left; in the sidebar, fold."""
        if self.focused is self.sidebar:
            self.sidebar.fold(True)
        elif not self.is_reading:
            self._to_pane(-1, around=False)

    def action_right(self) -> None:
        """Go to the pane on the right; in the sidebar, unfold."""
        if self.focused is self.sidebar and self.sidebar.fold(False):
            return
        if not self.is_reading:
            self._to_pane(1, around=False)

    def _to_pane(self, step: int, *, around: bool = True) -> None:
        if self.is_reading:
            return
        panes = [self.sidebar, self.papers, *([self.pane] if self.papers.ids else [])]
        here = self.focused
        place = panes.index(here) + step if here in panes else panes.index(self.papers)
        if around or 0 <= place < len(panes):
            self.visit(panes[place % len(panes)])
        self.show_hints()

    # In and out

    def action_open(self) -> None:
        """Read the paper under the cursor; in the filter, keep it; in the sidebar, go on."""
        if self.focused is self.filter_line:
            if self.apply_filter(self.filter_line.value, typing=False):
                self.filter_line.remember()
                self.set_focus(self.papers)
        elif self.focused is self.sidebar:
            self.sidebar.end_typing()
            self._to_view()  # what is typed is not shown before it is meant
            self.set_focus(self.papers)
        elif self.papers.current is not None and not self.is_reading:
            self._reading = self.papers.current
            self.add_class("-reading")
            self.set_focus(self.pane)
        elif self.is_reading:
            self.action_all_authors()
        self.show_surroundings()

    def action_all_authors(self) -> None:
        """Name all authors of the paper here, or only the first again (also a click on `+658`)."""
        self.pane.toggle_authors()
        self.show_hints()

    def leave_reading(self) -> None:
        """Back from reading to the list."""
        self._reading = None
        self.remove_class("-reading")
        self.set_focus(self.papers)
        self.show_surroundings()

    def read_on(self) -> None:
        """Scroll the paper that is being read; at its end, go on to the next."""
        if not self.pane.is_at_end:
            self._move(self._page)
        elif self._reading != self.papers.current:
            self._go_to(self.papers.cursor)
        elif self.papers.cursor + 1 < len(self.papers.ids):
            self._go_to(self.papers.cursor + 1)
        else:
            self.say("This is the last paper of the list")

    def action_back(self) -> None:
        """Go one step back: out of the filter, out of reading, no selection, no filter."""
        if self.focused is self.sidebar and self.sidebar.clear_typed():
            self.show_hints()
            return
        if self.focused is self.filter_line or (self.is_filtered and not self._is_busy):
            is_given_up = self.focused is self.filter_line
            self.filter_line.value = ""
            self.apply_filter("", typing=False)
            self.set_focus(self.papers)
            if is_given_up and self.before_filter is not None:
                self.papers.go_to(self.before_filter)
        elif self.is_reading:
            self.leave_reading()
        elif self.papers.range_start is not None:
            self.papers.range_start = None
            self.say("")
        elif self.papers.selected:
            self.papers.select_none()
        else:
            self.set_focus(self.papers)
        self.show_surroundings()

    @property
    def is_filtered(self) -> bool:
        """Whether there is a filter, or a text that is none."""
        return bool(self.query_text or self.filter_line.value)

    @property
    def _is_busy(self) -> bool:
        """Whether there is something to leave before the filter."""
        return self.is_reading or bool(self.papers.selected) or self.papers.range_start is not None

    def action_quit(self) -> None:
        """Go one step back, and from the bare list out of readlist."""
        if self._is_busy or self.is_filtered or self.focused in (self.sidebar, self.pane):
            self.action_back()
        else:
            self.app.exit(0)

    # What is shown

    def action_view(self, number: int) -> None:
        """Show one of the views."""
        if self.is_reading:
            self.leave_reading()
        if number > len(self.views):
            self.say(f"There is no view {number}: {self.key('save_view')} makes one of a filter")
            return
        view = self.views[number - 1]
        looks_further = view.name == "all" and bool(self.query_text) and not self.papers.ids
        self.show_view(view, keep_filter=looks_further)
        self.set_focus(self.papers)

    def action_show_tag(self, tag: str) -> None:
        """Show the papers with a tag (a click on it)."""
        from readlist.tui.widgets.sidebar import tag_view

        if self.is_reading:
            self.leave_reading()
        self.show_view(tag_view(tag))
        self.set_focus(self.papers)

    def did(self, action: str) -> None:
        """Let the hint line of the demo know."""
        if self.tour and self.tour.did(action):
            self.show_surroundings()
