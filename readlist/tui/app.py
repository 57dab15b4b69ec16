"""The terminal interface: opens a library, and the screen that shows it."""

import asyncio
import signal
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from textual.app import App
from textual.dom import DOMNode
from textual.driver import Driver

from readlist.bindings import in_force
from readlist.config import Config
from readlist.layout import Layout
from readlist.library.library import Library
from readlist.library.opening import Opening
from readlist.search.views import View, views_of
from readlist.text import clean_line
from readlist.tui import garbage, themes
from readlist.tui.job import finish
from readlist.tui.keyboard import OrderlyApp
from readlist.tui.library_screen import DEMO, LibraryScreen
from readlist.tui.output import lasting

_STILL = 0.3  # seconds since the last key, when none is being dealt with
_NO_KEY = "<no key>"  # Textual takes "" for the usual ones


class ReadlistApp(OrderlyApp):
    """The app. `demo` adds the hint line that walks a newcomer through the first keys."""

    CSS_PATH = "readlist.tcss"
    TITLE = "readlist"
    ENABLE_COMMAND_PALETTE = False  # readlist has its own
    GOES_BACK = frozenset(("back", "quit"))

    def __init__(
        self,
        library: Library,
        *,
        demo: bool = False,
        theme: str | None = None,
        keys: dict[str, str] | None = None,
        views: Iterable[View] = (),
        layout: Layout | None = None,
    ) -> None:
        super().__init__()
        self.register_theme(themes.DARK)
        self.register_theme(themes.LIGHT)
        # Not assigned, which would make Textual read the styles twice before the first frame.
        name, problem = themes.chosen(theme, self.available_themes)
        self.set_reactive(App.theme, name)
        if problem:
            library.notices.append(problem)
        self.stylesheet.set_variables(self.get_css_variables())
        self._keys = keys or {}
        self.set_keymap({name: keys or _NO_KEY for name, keys in self._keys.items()})
        self._library = library
        self._demo = demo
        self._views = tuple(views)
        self._division = layout

    def get_default_screen(self) -> LibraryScreen:
        """Return the screen that shows the library."""
        keys = in_force(self._keys)
        return LibraryScreen(
            self._library, keys, views=self._views, demo=self._demo, division=self._division
        )

    async def ready(self, *, goes_back: bool = False) -> None:
        """Wait until the list shows what the keys typed so far ask for, and has what they did."""
        for screen in self.screen_stack:
            if isinstance(screen, LibraryScreen):
                await screen.done_at_once()
                if not goes_back:
                    await screen.answered()

    async def _dispatch_action(self, namespace: DOMNode, action_name: str, params: Any) -> bool:
        """Do an action; what was said before gives way to it."""
        screen = self.screen
        if namespace is not screen or not isinstance(screen, LibraryScreen):
            return await super()._dispatch_action(namespace, action_name, params)
        said = screen.said
        is_done = await super()._dispatch_action(namespace, action_name, params)
        if screen.is_mounted:
            screen.give_way(said, action_name)
        return is_done

    def on_mount(self) -> None:
        """Leave in good order when the system ends it: the terminal is given back, files closed."""
        self.call_after_refresh(garbage.begin)
        self.set_interval(0.5, self._look_for_garbage)
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            with suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):
                number = getattr(signal, name)  # Windows has not both, and no handlers
                loop.add_signal_handler(number, partial(self.exit, return_code=128 + number))

    def _look_for_garbage(self) -> None:
        if self.still > _STILL:
            garbage.look(self.still)

    def get_driver_class(self) -> type[Driver]:
        """Return the driver of the terminal, made to outlast it."""
        return lasting(super().get_driver_class())

    def action_help_quit(self) -> None:
        """Where a screen has no use for ctrl+c, do nothing: Textual shows a notice of its own."""

    def get_css_variables(self) -> dict[str, str]:
        """Return the theme's colours, and `$muted`, the quieter text that ours uses in all.

        None before ours are known: Textual asks for them when it makes an app, which takes time.
        """
        if themes.DARK.name not in self.available_themes:
            return {}
        variables = themes.with_muted(super().get_css_variables(), self.current_theme)
        self.theme_variables = variables
        return variables


AnApp = TypeVar("AnApp", bound=ReadlistApp)


def run(opening: Opening, settings: Config, *, demo: bool = False) -> int:
    """Run the interface on a library until the user leaves; return the exit code, or `DEMO` when
    the demo is wanted next.

    Raises `LibraryError` when the library cannot be opened.
    """
    app = shown(opening, settings, partial(ReadlistApp, demo=demo), copies=not demo)
    return DEMO if app.return_value == DEMO else app.return_code or 0


def shown(opening: Opening, settings: Config, make: Callable[..., AnApp], *, copies: bool) -> AnApp:
    """Make an app on a library, run it until the user leaves, and return it.

    With `copies` the library's copy of the day is made behind it. Raises `LibraryError`.
    """
    library = opening.library()
    try:
        views, problems = views_of(settings.views)
        library.notices.extend([*settings.warnings, *problems])
        app = make(
            library,
            theme=settings.theme,
            keys=settings.keys,
            views=views,
            layout=settings.layout,
        )
        app.run()
        if copies:
            from readlist.library.second_place import copy_if_due

            copy_if_due(library)
        return app
    finally:
        finish()
        library.close()
        for notice in library.notices:
            print(f"readlist: {clean_line(notice)}", file=sys.stderr)
            library.reported.keep(notice)
        library.reported.write()
