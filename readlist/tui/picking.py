"""The main screen, to choose papers for another program: enter takes them, nothing is changed."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from textual import events

from readlist.bindings import MOVING, in_force
from readlist.config import Config
from readlist.library.library import Library
from readlist.library.opening import Opening
from readlist.paper import Paper
from readlist.search.views import BUILT_IN
from readlist.tui.app import ReadlistApp, shown
from readlist.tui.library_screen import LibraryScreen

_KEYS = MOVING | frozenset(
    (
        "next_unread", "previous_unread", "open", "back", "quit", "next_pane", "previous_pane",
        "left", "right", "filter", "drop_part", "complete", "view", "show_tag", "narrow", "sort",
        "sort_by", "unread_tags", "toggle_sidebar", "toggle_abstract", "gap_left", "gap_right",
        "select_down", "select", "select_range", "select_all", "copy", "open_link", "links",
        "open_url", "help", "copy_text", "all_authors",
    )
)  # fmt: skip
"""What keys do here; the others change papers or settings."""
_HELP = {
    "open": "take what is selected, else the paper here",
    "back": "leave without a paper; out of the filter first",
    "quit": "leave without a paper",
}
_ALL = BUILT_IN[-1]


class PickScreen(LibraryScreen):
    """The list, to choose in; `taken` are the papers that were."""

    taken: Sequence[Paper] = ()

    def __init__(self, *arguments: Any, query: str = "", **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.view = _ALL
        self._first_query = query

    def on_mount(self) -> None:
        """Begin with what was asked for, as soon as all is there: Textual mounts a class before
        those that it is made from."""
        if self._first_query:
            self.call_next(self._narrow_first)

    def _narrow_first(self) -> None:
        self.filter_line.value = self._first_query
        self.apply_filter(self._first_query, typing=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say whether a key does its action now."""
        return action in _KEYS and super().check_action(action, parameters)

    def _may_ask(self) -> bool:
        return False  # what is to become of old papers is no matter of an editor's

    def action_open(self) -> None:
        """Take what is selected, else the paper here; in the filter or the sidebar, go on."""
        if self.focused in (self.filter_line, self.sidebar):
            super().action_open()
        elif numbers := self.targets():
            self.taken = list(self.library.papers(numbers))
            self.app.exit(0)

    def action_back(self) -> None:
        """Leave without a paper; a filter that is typed is left first."""
        if self.focused is self.filter_line and self.filter_line.value:
            super().action_back()
        else:
            self.action_quit()

    def action_quit(self) -> None:
        """Leave without a paper."""
        self.app.exit(1)

    def action_copy_text(self) -> None:
        """Copy text that was selected with the mouse; without any, leave."""
        super().action_copy_text() if self.get_selected_text() else self.action_quit()

    def on_key(self, event: events.Key) -> None:
        """Say what there is, when a key does nothing here."""
        if event.is_printable and self.focused is not self.filter_line:
            self.say(f"Nothing is changed here: {self.key('filter')} finds papers to cite")

    def _hints(self) -> tuple[str, list[tuple[str, str, str]]]:
        if self.focused is self.filter_line:
            return super()._hints()
        selected = len(self.papers.selected)
        takes = self.hint("open", "takes them" if selected else "takes it")
        keys = [self.hint("select_down"), self.hint("select"), self.hint("filter")]
        leaves = self.hint("back", "takes none")
        if self.focused is self.sidebar:
            return "", [self.hint("open", "to the list"), leaves, self.hint("help")]
        if not self.papers.ids:
            return "", [self.hint("filter", "changes the filter"), leaves, self.hint("help")]
        before = f"{selected:,} selected:" if selected else ""
        return before, [takes, *keys, leaves, self.hint("sort"), self.hint("help")]


class PickApp(ReadlistApp):
    """The interface, to choose in."""

    def __init__(self, library: Library, *, query: str = "", **options: Any) -> None:
        super().__init__(library, **options)
        self._query = query

    def get_default_screen(self) -> PickScreen:
        """Return the screen that shows the library."""
        keys = [key.but(help=_HELP.get(key.id, key.help)) for key in in_force(self._keys)]
        self.chosen_on = PickScreen(
            self._library, keys, views=self._views, division=self._division, query=self._query
        )
        return self.chosen_on


def pick(opening: Opening, settings: Config, query: str) -> Sequence[Paper]:
    """Let the user choose papers of a library; return them, in the list's order.

    Raises `LibraryError`.
    """
    app = shown(opening, settings, partial(PickApp, query=query), copies=False)
    return app.chosen_on.taken
