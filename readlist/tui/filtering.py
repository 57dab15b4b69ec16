"""Keys of the filter line: typing with completion, and the parts of a filter that is kept."""

import asyncio
from collections.abc import Mapping
from time import monotonic
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from readlist.paper import Status
from readlist.tui.library_view import LibraryView
from readlist.tui.widgets.clickable import clickable
from readlist.tui.widgets.filter_line import FilterParts

if TYPE_CHECKING:
    from readlist.search.completion import Candidate, Typed

_PATIENCE = 0.5  # seconds that keys wait for the last papers to be read


class Filtering(LibraryView):
    """How a filter is typed, kept, and taken apart again."""

    before_filter: int | None = None
    """The paper from which one went to the filter line, where there was no filter."""

    def action_filter(self) -> None:
        """Go to the filter line; in the sidebar, narrow that."""
        if self.focused is self.sidebar:
            self.sidebar.begin_typing()
            self.show_hints()
            return
        if self.is_reading:
            self.leave_reading()
        self.index()
        if not self.query_text:
            self.before_filter = self.papers.current
        self._show_line(True)
        self.set_focus(self.filter_line)
        self.filter_line.cursor_position = len(self.filter_line.value)
        self.show_hints()

    def leave_reading(self) -> None:
        """Back from reading to the list."""
        raise NotImplementedError

    def did(self, action: str) -> None:
        """Let the hint line of the demo know."""
        raise NotImplementedError

    def narrow(self, typed: str) -> None:
        """Narrow the list as one types."""
        self.apply_filter(typed, typing=True)
        self.paint(self.filter_line, self.papers)
        if len(typed.split()) > 1:
            self.did("filter")

    def apply_filter(self, text: str, *, typing: bool) -> bool:
        """Narrow what is shown to a query, and return whether it can be read.

        One that cannot be read leaves the list as it is. Without a filter again, the cursor stays
        on its paper.
        """
        from readlist.search.query import QueryError, parse

        try:
            parse(text, typing=typing)
        except QueryError as error:
            self._tell_mistake(str(error))
            return False
        self._tell_mistake("")
        is_new = text != self.query_text
        self.query_text = text
        if text.strip() or self.sort:
            self.look(top=is_new and bool(text.strip()))
        else:
            self.reload()
        return True

    def _tell_mistake(self, mistake: str) -> None:
        """Show what is wrong with the filter beside it, or where there is room for all of it."""
        if mistake or self.mistake:
            is_long = cell_len(mistake) > self.size.width // 2
            self.say(mistake * is_long, problem=is_long, kept=False)
        self.mistake = mistake
        if mistake:
            self.show_note()

    async def answered(self) -> None:
        """Wait until the screen shows what was last asked for; also for papers that the filter does
        not know for a moment yet, so that a key acts on all that it finds."""
        await super().answered()
        end = monotonic() + _PATIENCE
        while self._lacks_papers and monotonic() < end:
            await asyncio.sleep(0.005)

    @property
    def _lacks_papers(self) -> bool:
        is_filtered = bool(self.query_text.strip()) and not self._found.is_whole
        return is_filtered and self._finding.is_nearly_whole

    # Completion

    def offer(self) -> None:
        """Show what the word that is being typed may become."""
        offered = self._candidates()
        if offered is None:
            return
        shown = [
            clickable(
                Content.assemble(c.text, (f" {c.papers:,}" if c.papers else "", "$muted")),
                "complete",
                place,
            )
            for place, c in enumerate(offered[1][:4])
        ]
        self.note_content(
            Content.assemble("  ", ("tab ", "bold $accent"), Content("   ").join(shown))
        )

    def _candidates(self) -> "tuple[Typed, list[Candidate]] | None":
        """Return the word that is being typed, and what it may become; None without any."""
        from readlist.search.completion import candidates, typed_at

        line = self.filter_line
        typed = typed_at(line.value, line.cursor_position)
        if typed is None or (typed.field is None and len(typed.text) < 2):
            return None
        found = candidates(typed.text, self._known(typed.field, typed.text))
        if typed.field is None:  # a word is a word, unless it begins the name of a field
            found = [c for c in found if c.text.startswith(typed.text.lower())]
        return (typed, found) if found else None

    def _known(self, field: str | None, typed: str) -> Mapping[str, int | None]:
        """Return the names that may stand behind a field's colon; without one, the fields."""
        from readlist.search.conditions import HAS
        from readlist.search.names import FIELDS
        from readlist.search.sorting import SORTS

        match field:
            case None:
                return dict.fromkeys(FIELDS.values())
            case "tag":
                return dict(self.library.overview.tag_index.counts())
            case "is":
                return self._states()
            case "has":
                return dict.fromkeys(HAS)
            case "sort":
                return dict.fromkeys(SORTS)
            case "author":
                return self._finding.authors(typed)
            case "day":
                return {"today": None, "yesterday": None} | self._finding.days()
            case "import":
                return {"last": None}
            case _:
                return {}

    def _states(self) -> dict[str, int | None]:
        overview = self.library.overview
        counts = overview.counts()
        return {
            **{str(status): counts[status] for status in Status},
            "unread": counts[Status.NEW] + counts[Status.TO_READ],
            "starred": overview.starred(),
            "any": len(overview),
        }

    def action_complete(self, place: int = 0) -> bool:
        """Put a candidate in the place of what is being typed; return whether there was one."""
        offered = self._candidates()
        if offered is None or place >= len(offered[1]):
            return False
        from readlist.search.completion import completed

        line, (typed, found) = self.filter_line, offered
        text, cursor = completed(line.value, line.cursor_position, typed, found[place].text)
        self.set_focus(line)
        line.replace(text, 0, len(line.value))
        line.cursor_position = cursor
        return True

    # A filter that is kept

    def show_parts(self) -> None:
        """Show the filter that is kept in its parts, which can be taken away one by one."""
        found = self._parts() if self.focused is not self.filter_line else []
        self.query_one(FilterParts).show(found)
        self._show_line(not found)

    def _show_line(self, shown: bool) -> None:
        """Show the line, or the parts in its place; at once, so that it can be typed in."""
        self.filter_line.display = shown
        self.query_one(FilterParts).display = not shown

    def _parts(self) -> list[str]:
        if not self.query_text.strip():
            return []
        from readlist.search.parts import parts

        return parts(self.query_text)

    def add_part(self, part: str) -> None:
        """Narrow what is shown further."""
        self.filter_line.value = " ".join([*self._parts(), part])
        self.apply_filter(self.filter_line.value, typing=False)
        self.filter_line.remember()
        self.set_focus(self.papers)
        self.show_surroundings()

    def action_drop_part(self, place: int = -1) -> None:
        """Take a part of the filter away, the last one if none is named."""
        found = self._parts()
        if not found:
            self.say("There is no filter to take anything from")
            return
        del found[place]
        self.filter_line.value = " ".join(found)
        self.apply_filter(self.filter_line.value, typing=False)
        self.show_surroundings()
