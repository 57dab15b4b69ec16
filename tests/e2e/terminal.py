"""A real terminal: a pseudo-terminal that readlist runs in, and a screen of what it drew."""

import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pexpect
import pyte

from tests.stopwatch import Patience

ROOT = Path(__file__).parents[2]
PATIENCE = 20  # seconds; only a hang is as slow, the conditions below come true much earlier


class Terminal:
    """readlist in a pseudo-terminal of a size, started in a folder; `within` another command."""

    def __init__(self, *arguments, columns=140, rows=40, folder=None, within=(), **environment):
        self.raw = b""
        self._settings = TemporaryDirectory()  # none, and those that it makes itself
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._lines = [""] * rows  # those of the screen, when they were looked at last
        program, *words = [*within, sys.executable, "-m", "readlist", *map(str, arguments)]
        self._child = pexpect.spawn(
            program,
            words,
            dimensions=(rows, columns),
            cwd=folder,
            env={
                **{name: value for name, value in os.environ.items() if not _misleads(name)},
                "TERM": "xterm-256color",
                "COLORTERM": "truecolor",
                "PYTHONPATH": str(ROOT),
                "READLIST_CONFIG": str(Path(self._settings.name) / "config.toml"),
                **environment,
            },
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._child.close(force=True)
        self._settings.cleanup()

    @property
    def lines(self):
        """What is on the screen, line by line."""
        rows, columns = self._screen.buffer, range(self._screen.columns)
        for y in self._screen.dirty:
            self._lines[y] = "".join([rows[y][x].data for x in columns]).rstrip()
        self._screen.dirty.clear()
        return list(self._lines)

    @property
    def text(self):
        """What is on the screen."""
        return "\n".join(self.lines)

    def send(self, keys):
        """Type keys in one burst."""
        self._child.send(keys)

    def paste(self, text, *, behind=""):
        """Paste a text, as terminals with bracketed paste do; and type right behind it."""
        self._child.send(f"\x1b[200~{text}\x1b[201~{behind}")

    def wait_for(self, *wanted):
        """Wait until all of these texts are on the screen; fail with the screen if not."""
        self.wait_until(lambda: all(text in self.text for text in wanted), wanted)

    def wait_until(self, is_so, what="the condition"):
        """Wait until something is so."""
        patience = Patience(PATIENCE)
        while not is_so():
            assert not patience.has_ended(), f"waited for {what}, on screen:\n{self.text}"
            self._read(0.05)

    def settle(self, quiet=0.3):
        """Read until nothing has been drawn for `quiet` seconds."""
        while self._read(quiet):
            pass

    def _read(self, seconds):
        try:
            data = self._child.read_nonblocking(65536, timeout=seconds)
        except pexpect.TIMEOUT:
            return False
        except pexpect.EOF:
            return False
        self.raw += data
        self._stream.feed(data)
        return True

    def wait_for_end(self):
        """Wait until readlist has ended; return its exit code."""
        patience = Patience(PATIENCE)
        while self._child.isalive():
            assert not patience.has_ended(), f"it does not end, on screen:\n{self.text}"
            self._read(0.05)
        while self._read(0.05):
            pass
        return self._child.exitstatus

    def kill(self, signal):
        """Send a signal to readlist."""
        self._child.kill(signal)

    def hang_up(self):
        """Close the window that the terminal is in; return the exit code."""
        self._child.ptyproc.fileobj.close()  # not its number alone, which the next terminal gets
        patience = Patience(PATIENCE)
        while self._child.isalive():
            assert not patience.has_ended(), "it does not end"
            time.sleep(0.05)
        self._settings.cleanup()
        return self._child.exitstatus

    def resize(self, columns, rows):
        """Make the terminal another size."""
        self._screen.resize(rows, columns)
        self._lines = [""] * rows
        self._screen.dirty = set(range(rows))
        self._child.setwinsize(rows, columns)


def _misleads(name):
    """Whether a variable of the tests' environment would tell of another terminal."""
    return name in ("COLUMNS", "LINES", "NO_COLOR", "TMUX") or name.startswith("SSH_")
