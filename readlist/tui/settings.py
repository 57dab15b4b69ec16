"""Settings that are chosen in the interface, seen at once and kept in `config.toml`."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from readlist.config import ConfigError
from readlist.tui import themes
from readlist.tui.naming import Naming
from readlist.tui.palette import Entry

_SHOWN = {"shown": True, "hidden": False}


class Setting(NamedTuple):
    """A setting: its name, its choices, which one is in force, and how another is shown and
    kept. `keep` runs in a thread, and raises `ConfigError`."""

    name: str
    choices: Callable[[], list[Entry]]
    current: Callable[[], str]
    preview: Callable[[str], None]
    keep: Callable[[str], None]


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
        )
        return {
            "theme": theme,
            "sidebar": self._pane_setting("Sidebar", "sidebar"),
            "abstract": self._pane_setting("Abstract", "abstract"),
        }

    def _pane_setting(self, title: str, name: str) -> Setting:
        return Setting(
            title,
            lambda: [Entry(words, words.capitalize()) for words in _SHOWN],
            lambda: "shown" if getattr(self.division, name) else "hidden",
            partial(self._show_pane, name),
            partial(self._keep_pane, name),
        )

    def _show_theme(self, name: str) -> None:
        self.app.theme = name

    def _show_pane(self, name: str, choice: str) -> None:
        self.division = self.division.but(**{name: _SHOWN[choice]})
        self.show_surroundings()

    def _keep_pane(self, name: str, _choice: str) -> None:
        from readlist.config_file import save_layout

        save_layout(self.division, [name])

    # Keys

    async def action_settings(self) -> None:
        """Show the settings; the one chosen is changed."""
        from readlist.tui.screens.chooser import Chooser

        found = self.settings
        rows = [
            Entry(name, setting.name, detail=setting.current()) for name, setting in found.items()
        ]
        keys = "enter changes it   esc leaves"
        await self.app.push_screen(Chooser("Settings", rows, "theme", keys=keys), self._chosen)

    async def _chosen(self, name: str | None) -> None:
        if name is not None:
            await self.action_setting(name)

    async def action_setting(self, name: str) -> None:
        """Show what a setting may be; what the cursor is on is in force meanwhile."""
        from readlist.tui.screens.chooser import Chooser

        setting = self.settings[name]
        now = setting.current()
        choices = [
            entry._replace(keys="✓" if entry.id == now else "") for entry in setting.choices()
        ]
        chooser = Chooser(setting.name, choices, now, setting.preview)
        await self.app.push_screen(chooser, partial(self._keep, setting, now))

    def _keep(self, setting: Setting, before: str, choice: str | None) -> None:
        if choice is None:
            return
        setting.preview(choice)
        words = next(entry.name for entry in setting.choices() if entry.id == choice)
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
            yield Entry(f"setting('{name}')", f"{setting.name}…", detail="setting", also="colours")


def _keep_theme(name: str) -> None:
    from readlist.config_file import save_theme

    save_theme(name)
