"""The main screen: all keys of the list, and the footer that names those that matter now."""

from readlist.bindings import BINDINGS, display
from readlist.change import tag_summary
from readlist.places import PLACES, TYPING, keys_in
from readlist.tui.compositor import ThriftyScreen
from readlist.tui.keyboard import bindings
from readlist.tui.settings import Settings
from readlist.tui.widgets.bars import NARROW
from readlist.tui.widgets.column_heads import ColumnHeads

DEMO = -1
"""What the interface returns when the demo is to be opened next."""


class LibraryScreen(Settings, ThriftyScreen):
    """The one controller: what keys do to the library, what is shown of it."""

    BINDINGS = [*bindings(BINDINGS)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say whether a key does its action now."""
        if self.is_mounted and self.focused is self.filter_line:
            return action in TYPING
        if action == "demo":
            return self.can_open_demo
        return super().check_action(action, parameters)

    def action_next_pane(self) -> None:
        """Go to the next pane; in the filter, complete a word, or go to the list."""
        if self.focused is not self.filter_line:
            super().action_next_pane()
        elif not self.action_complete():
            self.action_open()

    @property
    def can_open_demo(self) -> bool:
        """Whether there is nothing here yet to look at."""
        return not self.is_demo and not len(self.library)

    def action_demo(self) -> None:
        """Leave for the demo; after it one is here again."""
        self.app.exit(DEMO)

    async def action_help(self) -> None:
        """Show the keys in force here."""
        from readlist.tui.screens.help_screen import HelpScreen

        place = self.place
        keys = [
            key
            for key in self.keys.values()
            if place == "filter" or self.check_action(key.id.partition("(")[0], ())
        ]
        help_screen = HelpScreen(keys_in(place, keys), PLACES[place])
        await self.app.push_screen(help_screen, self._do)

    async def _do(self, action: str | None) -> None:
        """Do what was chosen among the keys."""
        if action is not None:
            await self.run_action(action)

    @property
    def place(self) -> str:
        """Where keys act, one of `PLACES`."""
        if self.is_triaging:
            return "triage"
        if self.is_reading:
            return "reading"
        panes = {self.filter_line: "filter", self.sidebar: "sidebar", self.pane: "abstract"}
        return panes.get(self.focused, "list")  # type: ignore[call-overload, no-any-return]

    def action_copy_text(self) -> None:
        """Copy text that was selected with the mouse; without any, say how readlist is left."""
        selected = self.get_selected_text()
        if selected:
            self.copy_text(selected, "the selected text")
        else:
            self.say(f"{self.key('quit')} goes back, and from the list out of readlist")

    def show_sorting(self, keys: str) -> None:
        """Mark the column that the list is sorted by."""
        self.query_one(ColumnHeads).show(keys)

    def show_hints(self) -> None:
        """Name the keys that matter now; the first frame does not wait for them."""
        if not self.is_shown:
            return
        before, every = self._hints()
        hints = [hint for hint in every if not hint[0].startswith(":") or len(hint[0]) == 1]
        needed = "next_unread" if self.is_triaging else "day_before" * (self.period is not None)
        self.query_one("#hints").show(before, hints, needed=needed)  # type: ignore[attr-defined]

    def _hints(self) -> tuple[str, list[tuple[str, str, str]]]:
        if self.focused is self.filter_line:
            keys = [("enter", "open", "keeps it"), ("↑", "up", "those before")]
            return "", [*keys, ("esc", "back", "clears it"), self.hint("save_view")]
        last = self.hint("help")
        if self.is_triaging:
            return "", self._triage_hints()
        if self.is_reading:
            return "", [*self._reading_hints(), last]
        selected = len(self.papers.selected)
        if selected:
            clear = self.hint("back", "selects none")
            return f"on {selected:,} selected:", [*self._verbs(), clear, last]
        if self.focused is self.sidebar:
            return "", [*self._sidebar_hints(), last]
        if self.focused is self.pane and not self.is_filtered:
            panes = [self.hint("left", "to the list"), self.hint("toggle_abstract")]
            return "", [self.hint("open"), *self._verbs(), *panes, last]
        if self.period is not None and not self.is_filtered:
            turns = [self.hint("day_before"), self.hint("day_after")]
            if self.app.size.width < NARROW:
                turns = [(" ".join(key for key, *_ in turns), "day_before", "day")]
            return "", [*turns, *self._verbs(), self.hint("open"), self.hint("back"), last]
        if self.is_filtered:
            clears = self.hint("back", "back" if self.leaves_added else "clears the filter")
            keeps = self.hint("save_view")
            if not self.papers.ids:
                return "", [clears, self.hint("filter", "changes it"), self.hint("undo"), last]
            more = [self.hint("undo"), self.hint("open"), self.hint("export"), keeps]
            return "", [clears, *self._verbs(), *more, last]
        return "", [*self._list_hints(), last]

    def _list_hints(self) -> list[tuple[str, str, str]]:
        way_out = self.hint("quit")
        if not self.papers.ids:
            demo = [self.hint("demo")] if self.can_open_demo else []
            undo = [] if self.can_open_demo else [self.hint("undo")]
            return [self.hint("add"), *demo, *undo, way_out]
        back = (
            [] if self.view.name == "inbox" or self.has_class("-wide") else [self.hint("view(1)")]
        )
        more = [
            *back,
            self.hint("undo"),
            self.hint("filter"),
            self.hint("open"),
            self.hint("triage"),
            self.hint("day_before", "by day"),
            self.hint("export"),
            way_out,
        ]
        return [*self._verbs(), *more]

    def _reading_hints(self) -> list[tuple[str, str, str]]:
        reading = [self.hint("select_down", "reads on"), self.hint("back", "to the list")]
        names = [self.hint("open", "all authors")] if self.pane.hides_authors else []
        more = [self.hint("note"), self.hint("next_unread")]
        return [*reading, *self._verbs(), *names, *more]

    def _triage_hints(self) -> list[tuple[str, str, str]]:
        if self.has_triage_ended:
            first = [self.hint("open", "reads the first to read")] * self.has_some_to_read
            return [*first, self.hint("undo", "back"), self.hint("back", "to the list")]
        left, right = (display(self.keys[side].keys).split()[-1] for side in ("left", "right"))
        want, archive, *verbs = (verb for verb in self._verbs() if verb[1] != "toggle_read")
        sides = [
            (f"{left} {archive[0]}", *archive[1:]),
            (*want[:2], f"{want[2]} {right}"),
        ]
        return [*sides, *verbs, self.hint("next_unread", "skip"), self.hint("back", "leave")]

    def _sidebar_hints(self) -> list[tuple[str, str, str]]:
        if self.sidebar.is_typing:
            return [("enter", "open", "shows it"), ("↓", "down", "next"), ("esc", "back", "all")]
        finds = self.hint("filter", "finds a tag")
        unread = self.hint("unread_tags", "read ones too" if self.division.unread_tags else "")
        folds = self.hint("left", "folds")
        others = [self.hint("tags"), self.hint("toggle_sidebar")]
        return [self.hint("open", "to the list"), finds, folds, unread, *others]

    def _verbs(self) -> list[tuple[str, str, str]]:
        read = "unread" if self.view.name == "read" else ""
        verbs = [self.hint("want"), self.hint("archive"), self.hint("star"), self.hint("tag")]
        if self.view.name == "to-read" and not self.is_reading:
            verbs[0] = self.hint("toggle_read")  # all of them are to read
        elif self.view.name in ("to-read", "reading", "read") or self.is_reading:
            verbs.insert(1, self.hint("toggle_read", read))
        if self.last_tag_edit:
            verbs.append(self.hint("tag_again", tag_summary(*map(sorted, self.last_tag_edit))))
        return verbs
