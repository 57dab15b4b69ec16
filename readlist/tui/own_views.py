"""Keys that keep a filter as a view of the user's own, and forget one."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from readlist.config import ConfigError
from readlist.search.views import BUILT_IN, View
from readlist.text import quote
from readlist.tui.day_pages import DayPages

if TYPE_CHECKING:
    from readlist.search.query import Query

_KEYS = 9  # views with a key


class Asked(NamedTuple):
    """A view of the user's, what it asked for, and what it asks for now."""

    title: str
    before: str
    now: str


class OwnViews(DayPages):
    """The views of the user's own; the settings keep them, but for those of the demo."""

    async def action_save_view(self) -> None:
        """Ask for a name, and keep what is shown under it."""
        from readlist.search.query import QueryError

        try:
            query = str(self._shown_query())
        except QueryError as error:
            self.say(str(error), problem=True)
            return
        if not self.filter_line.value.strip():
            self.say(f"Type a filter first: {self.key('filter')}")
            return
        from readlist.tui.screens.dialogs import NameDialog

        place = len(self.views) + 1
        what = f"{query}\nenter keeps it" + (f" behind the key {place}" if place <= _KEYS else "")
        dialog = NameDialog(
            "Keep this filter as a view", what, lambda title: self._new(title, query)
        )
        await self.app.push_screen(dialog, lambda title: self._save_view(title, query))

    def _shown_query(self) -> "Query":
        """Return the query that finds what is shown: that of the view, and the filter."""
        from readlist.search.query import Query, parse
        from readlist.search.tree import And

        base, query = parse(self.view.query), parse(self.filter_line.value, typing=True)
        terms = tuple(term for term in (base.where, query.where) if term is not None)
        where = And(terms) if len(terms) > 1 else next(iter(terms), None)
        return Query(where, query.sort or self.sort or base.sort)

    def _new(self, title: str, query: str) -> View:
        """Return the view with a title, which no other view has. Raises `ValueError` with why."""
        from readlist.search.views import view_of

        view = view_of(title, query)
        if view.name in [other.name for other in self.views]:
            raise ValueError(f"there is a view {title} already; another name is wanted")
        return view

    def _save_view(self, title: str | None, query: str) -> None:
        if title is None:
            return
        view = self._new(title, query)
        try:
            if not self.is_demo:
                from readlist.config_file import save_view

                save_view(view.title, view.query)
        except ConfigError as error:
            self.say(str(error), problem=True)
            return
        self.views.append(view)
        self.show_view(view)
        self.set_focus(self.papers)
        where = f" behind the key {len(self.views)}" if len(self.views) <= _KEYS else ""
        self.say(f"{quote(view.title)} is a view now{where}" + ", in this demo" * self.is_demo)

    def rename_in_views(self, old: str, new: str) -> list[Asked]:
        """Have the user's views ask for a tag by its new name; return what each asked for, and asks
        for now."""
        from readlist.search.renaming import with_tag_renamed

        asked = [
            Asked(view.title, view.query, with_tag_renamed(view.query, old, new))
            for view in self.views[len(BUILT_IN) :]
        ]
        found = [one for one in asked if one.now != one.before]
        self.ask_otherwise(found)
        return found

    def ask_otherwise(self, changes: Iterable[Asked]) -> None:
        """Have views of the user's ask for something else, those that ask what is expected."""
        for title, before, now in changes:
            for place, view in enumerate(self.views):
                if (view.title, view.query) == (title, before):
                    self.views[place] = view.but(query=now)
                    if self.view == view:
                        self.view = self.views[place]
                    self._keep_query(title, now)

    def _keep_query(self, title: str, query: str) -> None:
        if not self.is_demo:
            from readlist.config_file import save_view

            try:
                save_view(title, query)
            except ConfigError as error:
                self.say(str(error), problem=True)

    @property
    def own_view(self) -> View | None:
        """The view of the user's that is shown; None for one of readlist's, or a tag."""
        return self.view if self.view in self.views[len(BUILT_IN) :] else None

    def forget_view(self, view: View) -> None:
        """Take a view of the user's away; its query becomes a filter, so that it can be kept."""
        try:
            if not self.is_demo:
                from readlist.config_file import forget_view

                forget_view(view.title)
        except ConfigError as error:
            self.say(str(error), problem=True)
            return
        self.views.remove(view)
        self.show_view(BUILT_IN[-1])
        self.filter_line.value = view.query
        self.apply_filter(view.query, typing=False)
        self.set_focus(self.papers)
        self.say(f"{quote(view.title)} is no view now", then=f"{self.key('save_view')} keeps it")
