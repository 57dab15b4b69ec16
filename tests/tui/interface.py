"""The interface in a test: what is pressed and clicked, what is seen, what is in the file."""

import asyncio
import io
from collections.abc import Callable
from contextlib import asynccontextmanager, contextmanager

from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from textual import events
from textual.keys import _character_to_key

from readlist.library.library import Library
from readlist.tui.app import ReadlistApp
from readlist.tui.library_screen import LibraryScreen
from tests.stopwatch import Patience
from tests.tui import frames

HANGS = 30  # seconds
_RESTLESS = 20  # rounds, for what never ends
_AT_ONCE = 50  # rounds of the loop, in which all is done that waits for nothing else
_SOON = 0.002  # seconds
_OFTEN = 0.01  # seconds
PATIENCE = 400  # looks at the screen; only what never comes needs as many


class Interface:
    """readlist on a library, with hands and eyes."""

    def __init__(self, app, pilot, path):
        self.app = app
        self.path = path
        self._pilot = pilot
        self._written = []
        app._driver.write = self._written.append

    # Hands

    async def press(self, *keys):
        """Press keys, by Textual's names of them, in one burst, and wait until all is done."""
        for key in keys:
            self.app._driver.send_message(_event(key))
        done = asyncio.Event()
        self.app.call_later(done.set)
        await _in_time(done.wait())  # an app that failed never comes to it
        await self._answered()

    async def begin_to_type(self, text):
        """Type characters, and do not wait for what comes of it."""
        for character in text:
            self.app._driver.send_message(_event(character))

    async def type(self, text):
        """Type the characters of a text, in one burst."""
        await self.press(*text)

    async def paste(self, text):
        """Paste a text, as terminals with bracketed paste do."""
        self.app._driver.send_message(events.Paste(text))
        await self._rest()

    async def click(self, text, *, times=1, right=0, down=0, last=False, **keys):
        """Click on the first cell of a text that is on the screen, or so many cells off it;
        `keys` are those that are held, `shift=True`."""
        x, y = self.place_of(text, last=last)
        await self._pilot.click(offset=(x + right, y + down), times=times, **keys)
        if not self.has_ended:
            await self._answered()

    async def drag(self, first, last):
        """Press the mouse on one text, move it to another, and let go."""
        await self._pilot.mouse_down(offset=self.place_of(first))
        await self._pilot.hover(offset=self.place_of(last))
        await self._pilot.mouse_up(offset=self.place_of(last))

    async def wheel_down(self, text, *, times=1):
        """Turn the wheel over a text."""
        x, y = self.place_of(text)
        for _ in range(times):
            await self._pilot._post_mouse_events([events.MouseScrollDown], offset=(x, y))
        await self._rest()

    async def resize(self, columns, rows):
        """Make the terminal another size."""
        await self._pilot.resize_terminal(columns, rows)
        await self.until(lambda: self.app.screen.size == (columns, rows))

    async def until(self, is_so: Callable[[], bool], what="the condition"):
        """Wait until something is so; fail with the screen if it never is."""
        for _ in range(PATIENCE):
            if is_so():
                if not self.has_ended:
                    await self._rest()  # what comes with it is there, too
                return
            await self._rest()
            await asyncio.sleep(_OFTEN)
        raise AssertionError(f"waited for {what}, on screen:\n{self.text}")

    async def shows(self, *texts):
        """Wait until all of these texts are on the screen."""
        await self.until(lambda: all(text in self.text for text in texts), texts)

    async def settles(self):
        """Wait until all that was asked for is done."""
        await self.app.workers.wait_for_complete()
        await self._rest()

    async def _answered(self):
        """Wait until the list shows what was asked for."""
        await rest(self.app)  # what was typed has come to the filter
        await _in_time(self.app.ready())
        await self._rest()

    async def _rest(self):
        await rest(self.app)
        frames.paint(self.app)

    # Eyes

    @property
    def ansi(self):
        """What is on the screen with its colours, as a terminal is told of them."""
        width, height = self.app.size
        console = Console(
            width=width,
            height=height,
            file=io.StringIO(),
            force_terminal=True,
            color_system="truecolor",
            record=True,
            legacy_windows=False,
            safe_box=False,
        )
        console.print(self._painted())
        text = console.export_text(styles=True)
        return text.replace("\x1b[0m\x1b[", "\x1b[0;").rstrip("\n")

    @property
    def lines(self):
        """What is on the screen, line by line, panels over what lies under them."""
        return ["".join(strip.text for strip in line) for line in self._painted().strips]

    def _painted(self):
        """The whole screen, painted anew."""
        compositor = self.app.screen._compositor
        return compositor.render_update(full=True, screen_stack=self.app._background_screens)

    @property
    def text(self):
        """What is on the screen, without spaces at the ends of lines."""
        return "\n".join(line.rstrip() for line in self.lines)

    def line(self, text):
        """The one line of the screen that has a text in it."""
        found = [line for line in self.lines if text in line]
        assert len(found) == 1, f"{text!r} is in {len(found)} lines of\n{self.text}"
        return found[0].rstrip()

    def place_of(self, text, *, last=False):
        """The cell at which a text begins on the screen, there for the first time: column, row."""
        lines = list(enumerate(self.lines))
        for row, line in reversed(lines) if last else lines:
            if text in line:
                return cell_len(line[: line.index(text)]), row
        raise AssertionError(f"{text!r} is not on the screen:\n{self.text}")

    def style_of(self, text):
        """The style of the first cell of a text on the screen."""
        return self.app.screen.get_style_at(*self.place_of(text))

    @property
    def colors(self):
        """All colours on the screen, as triplets."""
        parts = [part for strip in self.app.screen._compositor.render_strips() for part in strip]
        styles = [self._filtered(part.style) for part in parts if part.style]
        found = [color for style in styles for color in (style.color, style.bgcolor) if color]
        return {tuple(color.get_truecolor()) for color in found}

    def _filtered(self, style):
        for line_filter in self.app._filters:
            if line_filter.enabled:
                [part] = line_filter.apply([Segment("x", style)], self.app.background_colors[1])
                style = part.style
        return style

    @property
    def main(self):
        """The screen with the list, whatever lies over it."""
        return next(s for s in self.app.screen_stack if isinstance(s, LibraryScreen))

    @property
    def message(self):
        """The line that says what happened."""
        return self.lines[-2].strip()

    @property
    def footer(self):
        """The line that names keys."""
        return self.lines[-1].strip()

    @property
    def head(self):
        """The line at the top."""
        return self.lines[0].strip()

    @property
    def here(self):
        """The id of the paper under the cursor."""
        return self.main.papers.current

    @property
    def shown(self):
        """The ids of the papers in the list."""
        return list(self.main.papers.ids)

    def _strip(self, number):
        papers = self.main.papers
        return papers.render_line(papers.line_of(self.shown.index(number)) - papers.scroll_offset.y)

    def row(self, number):
        """The line of a paper in the list."""
        return self._strip(number).text

    def row_style(self, number, text):
        """The style that a part of a paper's line begins with."""
        return next(part.style for part in self._strip(number) if part.text.startswith(text))

    @property
    def sent_to_clipboard(self):
        """What the terminal was asked to put into its clipboard."""
        return [text for text in self._written if "\x1b]52;" in text]

    @property
    def has_ended(self):
        """Whether readlist was left."""
        return self.app._exit

    # The file

    @property
    @contextmanager
    def library(self):
        """The library as another process has it."""
        library = Library(self.path)
        yield library
        library.close()

    def paper(self, number):
        """A paper as it is in the file."""
        with self.library as library:
            return library.paper(number)

    @property
    def papers(self):
        """All papers as they are in the file, by id."""
        with self.library as library:
            return {paper.id: paper for paper in library.papers()}

    @property
    def done(self):
        """What was done to the library since it was made, oldest first."""
        with self.library as library:
            return [entry.label for entry in library.log()]


async def rest(app):
    """Wait until all messages have been dealt with, and those that came of them.

    Not longer: Textual's own pause sends a message to each widget, several times for a key, and
    waits for a processor that has nothing to do.
    """
    patience = Patience(HANGS)
    for _ in range(_RESTLESS):
        rounds = 0
        while _is_busy(app):
            assert not patience.has_ended(), "it hangs"
            await asyncio.sleep(0 if rounds < _AT_ONCE else _SOON)
            rounds += 1
        if app.screen_stack:
            app.screen._on_timer_update()
        if not _is_busy(app):
            return


def _is_busy(app):
    """Whether anything goes on, or is to be dealt with, that does not wait for something else."""
    if app._exception:
        return False
    if asyncio.get_running_loop()._ready:  # a message may be under way
        return True
    screens = app.screen_stack
    widgets = (widget for screen in screens for widget in screen.walk_children(with_self=True))
    return any(not _waits(pump) for pump in (app, *widgets))


def _waits(pump):
    """Whether all is done that a widget, or the app, was sent."""
    queue = pump._message_queue
    is_at_rest = queue.ready_event._waiters and not (queue.values or pump._next_callbacks)
    return bool(is_at_rest or pump._closing or pump._closed)


async def _in_time(what):
    """Wait for something that takes long only when it hangs."""
    task, patience = asyncio.ensure_future(what), Patience(HANGS)
    while not task.done():
        if patience.has_ended():
            task.cancel()
        await asyncio.wait([task], timeout=0.05)
    return task.result()


def _event(key):
    if len(key) == 1:
        return events.Key(_character_to_key(key), key)
    return events.Key(key, " " if key == "space" else None)


@asynccontextmanager
async def interface(path, *, size=(140, 40), **options):
    """Open readlist on the library at `path`."""
    library = Library(path)
    app = ReadlistApp(library, **options)
    async with app.run_test(size=size) as pilot:
        ui = Interface(app, pilot, path)
        await ui._answered()
        yield ui
    library.close()
