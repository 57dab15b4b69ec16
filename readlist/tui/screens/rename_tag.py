"""The dialog that asks for another name of a tag."""

from typing import Protocol

from textual.binding import Binding
from textual.widgets import Input

from readlist.change import new_tag
from readlist.paper import PaperError
from readlist.search.tags import ranked
from readlist.tags import TagPlan
from readlist.text import count
from readlist.tui.screens.dialogs import OneField


class Planner(Protocol):
    """Says what renaming a tag comes to."""

    def __call__(self, old: str, new: str) -> TagPlan:
        """Return the plan."""


class RenameDialog(OneField):
    """Asks for another name of a tag; says what it comes to. Returns it, or None."""

    BINDINGS = [Binding("tab", "complete", priority=True)]

    def on_mount(self) -> None:
        """Go to the field; typing replaces the name, an arrow goes on with it."""
        super().on_mount()
        self.query_one(Input).select_all()

    def __init__(self, old: str, known: list[str], plan: Planner) -> None:
        super().__init__(f"Rename {old}", old, "another name, or a tag to join it with")
        self._old = old
        self._known = [tag for tag in known if tag != old]
        self._plan = plan

    def explain(self) -> None:
        """Say what enter will do."""
        try:
            new = new_tag(self.text)
        except PaperError as error:
            self.say(str(error) if self.text else "another name   esc leaves", "$text-error")
            return
        plan = self._plan(self._old, new)
        papers = count(plan.papers, "paper") + f", {plan.archived:,} archived" * bool(plan.archived)
        nested = f" and {count(len(plan.nested), 'nested tag')}" * bool(plan.nested)
        if new == self._old:
            self.say(f"on {papers}{nested}   tab completes   esc leaves")
        elif plan.joins:
            there = f"{new} is on {count(plan.joins, 'paper')} already"
            self.say(
                f"{there}: enter joins them, {plan.after:,} in all   esc leaves", "$text-warning"
            )
        else:
            self.say(f"enter renames it to {new} on {papers}{nested}   esc leaves")

    def action_complete(self) -> None:
        """Write the tag that what is typed may mean into the field."""
        field = self.query_one(Input)
        found = ranked(field.value.strip().lower(), self._known)
        if found and field.value.strip():
            field.value = found[0]
            field.cursor_position = len(found[0])

    def action_finish(self) -> None:
        """Return the name, if a tag can have it."""
        try:
            self.dismiss(new_tag(self.text))
        except PaperError:
            self.explain()
