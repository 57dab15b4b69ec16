"""Settings that are chosen in the interface, seen at once and kept in `config.toml`."""

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from readlist.config import ConfigError
from readlist.record import Record
from readlist.tui import themes
from readlist.tui.naming import Naming
from readlist.tui.palette import Entry

if TYPE_CHECKING:
    from readlist.tui.screens.panel import Panel

_SHOWN = {"shown": True, "hidden": False}
_ALSO = {"theme": "colours", "unread_tags": "hide read"}
_TAGS = {"all": False, "with unread papers": True}


class Setting(Record):
    """A setting: its name, its choices, which one is in force, and how another is shown and
    kept. `keep` runs in a thread, and raises `ConfigError`; `screen` is where it is chosen."""

    name: str
    choices: Callable[[], list[Entry]]
    current: Callable[[], str]
    preview: Callable[[str], Any]
    keep: Callable[[str], None]
    screen: "Callable[[Setting], Panel[str | None]]"

    def words(self, choice: str) -> str:
        """Return how a choice is called."""
        named = (entry.name for entry in self.choices() if entry.id == choice)
        return next(named, choice.replace(" ", ", ") or "only titles")


class Settings(Naming):
    """The settings, and the keys that choose them."""

    @property
    def settings(self) -> Mapping[str, Setting]:
        """All that can be chosen here, by their ids."""
        theme = Setting(
            "Theme",
            lambda: themes.entries(self.app.available_themes),
            lambda: self.app.theme,
            self._show_theme,
            _keep_theme,
            _one_of_its_choices,
        )
        columns = Setting(
            "Columns",
            list,
            lambda: " ".join(self.division.columns),
            self._show_columns,
            partial(self._keep_layout, "columns"),
            _columns,
        )
        return {
            "theme": theme,
            "sidebar": self._layout_setting("Sidebar", "sidebar", _SHOWN),
            "abstract": self._layout_setting("Abstract", "abstract", _SHOWN),
            "columns": columns,
            "unread_tags": self._layout_setting("Tags in the sidebar", "unread_tags", _TAGS),
        }

    def _layout_setting(self, title: str, name: str, choices: Mapping[str, bool]) -> Setting:
        words = {value: choice for choice, value in choices.items()}
        return Setting(
            title,
            lambda: [Entry(choice, choice.capitalize()) for choice in choices],
            lambda: words[getattr(self.division, name)],
            lambda choice: self._show_layout(name, choices[choice]),
            partial(self._keep_layout, name),
            _one_of_its_choices,
        )

    def _show_theme(self, name: str) -> None:
        self.app.theme = name

    def _show_layout(self, name: str, value: bool) -> None:
        self.division = self.division.but(**{name: value})
        self._show_sidebar()
        self.show_surroundings()

    def _show_columns(self, choice: str) -> Collection[str]:
        """Show columns in the list, and return those that there is room for."""
        columns = tuple(choice.split())
        if columns != self.division.columns:
            self.division = self.division.but(columns=columns)
            self.papers.show_columns(columns)
        return self.papers.columns_with_room(columns)

    def _keep_layout(self, name: str, _choice: str) -> None:
        from readlist.config_file import save_layout

        save_layout(self.division, [name])

    # Keys

    async def action_settings(self) -> None:
        """Show the settings; the one chosen is changed."""
        from readlist.tui.screens.chooser import Chooser

        found = self.settings
        rows = [
            Entry(name, setting.name, detail=_now(setting), also=_ALSO.get(name, ""))
            for name, setting in found.items()
        ]
        keys = "enter changes it   esc leaves"
        await self.app.push_screen(Chooser("Settings", rows, "theme", keys=keys), self._chosen)

    async def _chosen(self, name: str | None) -> None:
        if name is not None:
            await self.action_setting(name)

    async def action_setting(self, name: str) -> None:
        """Show what a setting may be; what the cursor is on is in force meanwhile."""
        setting = self.settings[name]
        then = partial(self._keep, setting, setting.current())
        await self.app.push_screen(setting.screen(setting), then)

    def _keep(self, setting: Setting, before: str, choice: str | None) -> None:
        if choice is None:
            return
        setting.preview(choice)
        words = setting.words(choice)
        if choice == before:
            self.say(f"{setting.name}: {words}, as before")
        elif self.is_demo:
            self.say(f"{setting.name}: {words}, in this demo")
        else:
            self.run_worker(
                partial(self._write, setting, choice, words), thread=True, group="settings"
            )

    def _write(self, setting: Setting, choice: str, words: str) -> None:
        """Keep a choice; in a thread, as the disk may be slow."""
        try:
            setting.keep(choice)
        except ConfigError as error:
            self.app.call_from_thread(self.say, str(error), problem=True)
        else:
            done = f"{setting.name}: {words}, kept in config.toml"
            self.app.call_from_thread(self.say, done)

    def actions(self) -> Iterator[Entry]:
        """Yield all actions, and each setting."""
        yield from super().actions()
        for name, setting in self.settings.items():
            yield Entry(
                f"setting('{name}')", f"{setting.name}…", detail="setting", also=_ALSO.get(name, "")
            )


def _now(setting: Setting) -> str:
    return setting.words(setting.current()).lower()


def _one_of_its_choices(setting: Setting) -> "Panel[str | None]":
    from readlist.tui.screens.chooser import Chooser

    now = setting.current()
    choices = [entry.but(keys="✓" if entry.id == now else "") for entry in setting.choices()]
    return Chooser(setting.name, choices, now, setting.preview)


def _columns(setting: Setting) -> "Panel[str | None]":
    from readlist.tui.screens.column_chooser import ColumnChooser

    return ColumnChooser(setting.current(), setting.preview)


def _keep_theme(name: str) -> None:
    from readlist.config_file import save_theme

    save_theme(name)
