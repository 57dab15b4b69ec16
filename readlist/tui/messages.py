"""The line that says what happened, and the way back; and the hint line of the demo above it."""

from typing import TYPE_CHECKING

from textual.content import Content

from readlist.bindings import MOVING
from readlist.library.library import Library
from readlist.text import clean_line
from readlist.tui.tour import Tour
from readlist.tui.widgets.bars import TwoEnds
from readlist.tui.widgets.paper_list import PaperList

if TYPE_CHECKING:
    from readlist.tui.compositor import ThriftyScreen as Part
else:
    Part = object
"""What the parts of the main screen are of. Of screens, Textual looks at all that each has when its
class is made: a tenth of the time to the first frame, for sixteen parts. So only the whole is one.
"""


class Messages(Part):
    """What is told, in one line below what is read; at its end, where the cursor is."""

    library: Library
    papers: PaperList
    tour: Tour | None = None
    tour_line: TwoEnds | None = None

    _message = _way_back = Content()

    def say(
        self, text: str, *, then: str = "", problem: bool = False, kept: bool | None = None
    ) -> None:
        """Show a message, and behind it the way back, which is never cut off.

        One of a problem is kept for `readlist log --notices`, others if they are to be `kept`.
        """
        if problem if kept is None else kept:
            self.library.reported.keep(text)
        self._message = Content(clean_line(self.in_interface(text)))
        self._way_back = Content(f" · {then}" if then else "")
        self.query_one("#message").set_class(problem, "-problem")
        self._show_message()

    def in_interface(self, text: str) -> str:
        """Return a message of other parts of readlist as it is put here."""
        if "readlist " not in text and "--" not in text:
            return text
        from readlist.tui.advice import in_interface

        return in_interface(text, self.key)

    def key(self, action: str) -> str:
        """Return the key of an action, as people write it."""
        raise NotImplementedError

    def _place(self) -> Content:
        """Return what stands at the end of the line: where the cursor is."""
        length = len(self.papers.ids)
        return Content(f"{self.papers.cursor + 1:,} of {length:,}" if length else "")

    def _show_message(self) -> None:
        line = self.query_one("#message", TwoEnds)
        line.show(self._message, self._place(), behind=self._way_back)
        if self.tour_line is not None:
            self._show_tour(self.tour_line)

    def _show_tour(self, line: TwoEnds) -> None:
        line.set_class(self.tour is None, "-off")
        if self.tour:
            step, key, words = self.tour.hint
            keyed = Content.assemble((f"{key} ", "bold $accent"), words) if key else Content(words)
            line.show(keyed, Content.styled(step, "$muted"))

    @property
    def said(self) -> Content:
        """The message that is shown."""
        return self._message

    def give_way(self, said: Content, action: str) -> None:
        """Take a message away after an action that said nothing; one that names a way back, or a
        problem, stays while the cursor moves."""
        lasts = self._way_back or self.query_one("#message").has_class("-problem")
        if said is self._message and said and not (lasts and action in MOVING):
            self.say("")
