"""Keys that are about tags: on papers, of the list, and of the whole library."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.content import Content

from readlist import change
from readlist.change import TagEdit
from readlist.library.disk import LibraryError
from readlist.library.library import Applied
from readlist.paper import Paper
from readlist.tags import TagPlan
from readlist.text import count, readable
from readlist.tui.job import MANY
from readlist.tui.own_views import Asked
from readlist.tui.paper_actions import PaperActions
from readlist.tui.widgets.sidebar import tag_view

if TYPE_CHECKING:
    from readlist.tui.screens.tag_editor import Tags


class Tagging(PaperActions):
    """How tags are put on papers, narrow the list, and are named."""

    last_tag_edit: TagEdit | None = None

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._followed: dict[str, list[Asked]] = {}  # by the label of the change

    def _go_on(self) -> None:
        super()._go_on()
        self.last_tag_edit = self.library.last_tag_edit()
        if self.last_tag_edit:
            self.show_hints()

    # On papers

    async def action_tag(self) -> None:
        """Edit tags."""
        self.uncover()
        numbers = self.targets()
        are_many = len(numbers) > MANY
        papers = [] if are_many else list(self.library.papers(numbers))
        if not papers and not are_many:
            self.say("No paper here")
            return
        from readlist.tui.screens.tag_editor import TagEditor

        name = readable(papers[0].title) if len(papers) == 1 else count(len(numbers), "paper")
        look = partial(self._tags_on, numbers, papers)
        editor = TagEditor(name, len(numbers), look, self._tell_dropped)
        await self.app.push_screen(editor, partial(self._edit_tags, on=numbers))

    def _tell_dropped(self, begun: str) -> None:
        if begun:
            self.say(f"Not entered: {begun}; the tags are as they were")

    def _tags_on(self, numbers: Sequence[int], papers: Sequence[Paper]) -> "Tags":
        """Return the tags of `papers`; of those with these ids, when they are too many to read."""
        from readlist.tui.screens.tag_editor import Tags

        index = self.library.overview.tag_index
        if papers:
            return Tags(Counter(tag for p in papers for tag in p.tags), index.counts())
        return Tags(index.own_counts_among(numbers), index.counts(), index.scan(0))

    def action_tag_again(self) -> None:
        """Make the last change of tags again, here."""
        if self.last_tag_edit:
            self._edit_tags(self.last_tag_edit)
        else:
            self.say(f"No tags were changed yet: {self.key('tag')} does")

    def _edit_tags(self, edit: TagEdit | None, on: Sequence[int] | None = None) -> None:
        """Change tags of papers: those that the editor showed, whatever is here by now."""
        if edit is not None and (edit.add or edit.remove):
            self.last_tag_edit = edit
            self.change(
                lambda papers, now: change.edit_tags(papers, edit.add, edit.remove, now),
                on=on,
                otherwise="The tags are so already",
            )

    # Of the list

    async def action_narrow(self) -> None:
        """Choose among the tags that tell the papers of the list apart, and narrow it by one."""
        if self.is_reading:
            self.leave_reading()
        shown = self.papers.ids
        counts = self.library.overview.tag_index.counts_among(shown)
        telling = {tag: number for tag, number in counts.items() if number < len(shown)}
        if not telling:
            self.say("No tags tell these papers apart" if shown else "No paper here")
            return
        from readlist.tui.screens.tag_chooser import TagChooser

        await self.app.push_screen(TagChooser(telling, len(shown)), self._narrow)

    def _narrow(self, tag: str | None) -> None:
        if tag is not None:
            self.add_part(f"tag:{tag}")

    # Of the library

    async def action_tags(self) -> None:
        """Show all tags, to rename, join and delete them."""
        if self.is_reading:
            self.leave_reading()
        from readlist.tui.screens.tags_screen import TagsScreen

        here = self.view.name.partition("tag:")[2]
        await self.app.push_screen(TagsScreen(self, here), self._show_chosen)

    def _show_chosen(self, tag: str | None) -> None:
        if tag is not None:
            self.action_show_tag(tag)

    @property
    def message(self) -> Content:
        """What was said last."""
        return self._message + self._way_back

    @property
    def reads_tags(self) -> bool:
        """Whether there are papers of which the tags are not known yet."""
        return not self.library.overview.tag_index.scan(0)

    def tags(self) -> Mapping[str, tuple[int, int]]:
        """Return all tags: how many papers have each, and how many archived ones besides."""
        index = self.library.overview.tag_index
        alive, archived = index.counts(), index.archived_counts()
        return {tag: (alive[tag], archived[tag]) for tag in sorted({*alive, *archived})}

    def plan_rename(self, old: str, new: str) -> TagPlan:
        """Return what giving a tag another name comes to."""
        from readlist import tags

        return tags.plan(self.library, old, new)

    def rename_tag(self, old: str, new: str) -> None:
        """Give a tag another name, on all papers."""
        from readlist import tags

        self._change_all(lambda: tags.rename(self.library, old, new), follows=(old, new))
        if change.is_in(self.view.name, f"tag:{old}"):
            self.show_view(tag_view(new + self.view.name.removeprefix(f"tag:{old}")))

    def delete_tag(self, tag: str) -> None:
        """Take a tag off all papers."""
        from readlist import tags

        self._change_all(lambda: tags.delete(self.library, tag))

    def _change_all(
        self, make: Callable[[], Applied], *, follows: tuple[str, str] | None = None
    ) -> None:
        """Have `make` change papers; views of the user's follow a tag that has another name."""
        try:
            self.catch_up()
            applied = make()
        except LibraryError as error:
            self._not_done(error.short, problem=True)
            return
        asked = self.rename_in_views(*follows) if follows and applied.ids else []
        self._followed[applied.label] = asked
        self.after(applied)
        self.show_surroundings()
        too = f", and in {count(len(asked), 'view')} of yours" if asked else ""
        self.say(applied.label + too, then=f"{self.key('undo')} takes it back")

    def _reverse(
        self, step: Callable[[], Applied | None], done: str, nothing: str, key: str, does: str
    ) -> None:
        def with_views() -> Applied | None:
            applied = step()
            asked = self._followed.get(applied.label, []) if applied else []
            if key == "redo":  # is the way back: this is an undo
                asked = [Asked(title, now, before) for title, before, now in asked]
            self.ask_otherwise(asked)
            return applied

        super()._reverse(with_views, done, nothing, key, does)
