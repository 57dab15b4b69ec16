"""The key that writes a paper's note."""

from collections.abc import Sequence
from functools import partial

from readlist import change
from readlist.change import Change
from readlist.library.disk import LibraryError
from readlist.paper import Paper
from readlist.text import clean, count, readable
from readlist.tui.paper_actions import PaperActions
from readlist.tui.widgets.abstract_pane import AbstractPane

_BETWEEN = "\n\n---\n\n"


class Notes(PaperActions):
    """A note is one change; written in two places at once, both are kept."""

    def on_mount(self) -> None:
        """Say below a paper without a note how one is written."""
        self.query_one(AbstractPane).hint = f"{self.key('note')} writes one"

    async def action_note(self) -> None:
        """Write a note."""
        self.uncover()
        paper = self._paper_to_note()
        if paper is None:
            return
        from readlist import drafts
        from readlist.tui.screens.note_editor import NoteEditor

        found = drafts.find(self.library.path, paper)
        draft = found if found and found.text.strip() != paper.note else None
        await self.app.push_screen(
            NoteEditor(
                readable(paper.title),
                paper.note,
                keep=partial(self._keep_note, paper),
                remember=partial(self._remember_note, paper),
                draft=draft,
            )
        )

    def _paper_to_note(self) -> Paper | None:
        numbers = self.targets()
        if len(numbers) > 1:
            self.say(f"{count(len(numbers), 'paper')} selected: a note is of one")
        elif not numbers:
            self.say("No paper here")
        elif self.library.is_read_only:
            self.say("This library is read-only: no note can be written", problem=True)
        else:
            return next(self.library.papers(numbers), None)
        return None

    def _remember_note(self, paper: Paper, text: str, base: str) -> None:
        from readlist import drafts

        try:
            drafts.save(self.library.path, paper, drafts.Draft(text, base))
        except OSError as error:
            raise ValueError(error.strerror or str(error)) from error

    def _keep_note(self, paper: Paper, text: str, base: str) -> None:
        """Give the paper the note. Raises `ValueError` with why it cannot be done."""
        from readlist import drafts

        met: list[str] = []  # what others wrote meanwhile
        build = partial(_with_note, note=clean(text).strip(), base=base, met=met)
        try:
            self.catch_up()
            applied = self.library.edit([paper.id], build)
        except (LibraryError, ValueError) as error:
            self.reload()  # what others did has been taken in
            raise ValueError(getattr(error, "short", str(error))) from error
        drafts.drop(self.library.path, paper.id)
        if applied.ids and not self.is_alone:
            self.papers.select_none()
        self.after(applied)
        self.show_surroundings()
        takes_back = f"{self.key('undo')} takes it back" if applied.ids else ""
        if met:
            both = "both are kept" if applied.ids else "it stays"
            self.say(f"The note was changed elsewhere: {both}", then=takes_back)
        elif applied.ids:
            self.tell(applied)


def _with_note(
    papers: Sequence[Paper], now: str, *, note: str, base: str, met: list[str]
) -> Change:
    """Return the change that gives a paper a note, begun from `base`; `met` gets another one that
    it has by now, which is kept too. Raises `ValueError` when the paper is gone."""
    if not papers:
        raise ValueError("This paper was deleted elsewhere")
    there = papers[0].note
    if note in (there.strip(), base.strip()):
        return Change("", {})
    if there not in ("", base):
        met.append(there)
        if not note:
            return Change("", {})
        note = there + _BETWEEN + note
    return change.set_note(papers[0], note, now)
