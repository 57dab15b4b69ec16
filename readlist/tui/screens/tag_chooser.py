"""The chooser of a tag that narrows the list."""

from collections.abc import Mapping

from textual.content import Content

from readlist.search.tags import ranked
from readlist.text import count
from readlist.tui.screens.tag_finder import TagFinder, hint_lines, key_hint, panel_width
from readlist.tui.widgets.tag_rows import TagRow


class TagChooser(TagFinder[str]):
    """Returns the tag that was chosen, or None. `tags`: how many of the `papers` have each."""

    PLACEHOLDER = "type to find a tag"

    def __init__(self, tags: Mapping[str, int], papers: int) -> None:
        super().__init__()
        self._tags = tags
        self._papers = papers
        self._known = sorted(tags, key=lambda tag: (-tags[tag], tag))

    def title_line(self) -> Content:
        """Return what is narrowed."""
        return Content.assemble(
            ("Also tagged ", "bold"), f"in these {count(self._papers, 'paper')}"
        )

    def find(self, typed: str) -> list[TagRow]:
        """Return the tags that a typed text may mean."""
        return [TagRow(tag, tag, f"{self._tags[tag]:,}") for tag in ranked(typed, self._known)]

    def hint_line(self) -> Content:
        """Return what enter will do."""
        leave = key_hint("esc", "leaves", "leave")
        if not self.here:
            return hint_lines(
                panel_width(self),
                Content.styled("None of these papers has such a tag", "$muted"),
                leave,
            )
        narrows = f"narrows to tag:{self.here}"
        return hint_lines(panel_width(self), key_hint("enter", narrows, "finish"), leave)

    def chosen(self, row: int) -> None:
        """Choose the tag."""
        self.dismiss(self.rows.rows[row].tag)

    def action_finish(self) -> None:
        """Choose the tag under the cursor."""
        self.show_typed()
        if self.here:
            self.dismiss(self.here)
