"""Whole programs, timed from their start: a verb beside `python -c pass`, the interface beside an
empty Textual app, each in a real pseudo-terminal."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
COLUMNS, ROWS = 140, 40
PATIENCE = 300  # seconds; the first start may read a whole library

EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("nothing here")
Empty().run()
"""


def environment(library: Path) -> dict[str, str]:
    """Return what programs are told: the library, no settings, a usual terminal.

    Byte code is kept, as it is once a program was installed and started, whatever the surroundings
    of the benchmark say.
    """
    strange = ("COLUMNS", "LINES", "PYTHON")
    return {
        **{name: text for name, text in os.environ.items() if not name.startswith(strange)},
        "PYTHONPYCACHEPREFIX": str(library.with_name("bytecode")),
        "PYTHONPATH": str(ROOT),
        "READLIST_LIBRARY": str(library),
        "READLIST_CONFIG": str(library.with_name("config.toml")),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }


def run(words: list[str], library: Path) -> float:
    """Return how many milliseconds a program takes."""
    start = time.perf_counter()
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, env=environment(library))
    return (time.perf_counter() - start) * 1e3


class Session:
    """A program in a terminal: what is typed, and what it draws, and when."""

    def __init__(self, words: list[str], library: Path) -> None:
        self.drawn = self._part = b""
        self._process, self._terminal = pty.fork()
        if self._process == 0:
            size = struct.pack("HHHH", ROWS, COLUMNS, 0, 0)
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            os.execve(words[0], words, environment(library))

    def wait_for(self, text: bytes) -> None:
        """Wait until it has drawn a text."""
        while text not in self.drawn:
            if not self._read(PATIENCE):
                raise TimeoutError(f"{self.drawn[-500:]!r}")

    def press(self, key: bytes, quiet: float = 0.1) -> list[tuple[float, bytes]]:
        """Press a key; return what is drawn until nothing comes for `quiet` seconds, each part
        with the milliseconds since the key.
        """
        start = time.perf_counter()
        os.write(self._terminal, key)
        drawn = []
        while self._read(quiet if drawn else PATIENCE):
            drawn.append(((time.perf_counter() - start) * 1e3, self._part))
        return drawn

    def settle(self, quiet: float) -> None:
        """Wait until nothing is drawn for so many seconds."""
        while self._read(quiet):
            pass

    def _read(self, patience: float) -> bool:
        if not select.select([self._terminal], [], [], patience)[0]:
            return False
        self._part = os.read(self._terminal, 1 << 16)
        self.drawn += self._part
        return True

    def end(self) -> None:
        """End it at once."""
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        os.close(self._terminal)


def shown(words: list[str], library: Path, text: bytes) -> float:
    """Return how many milliseconds pass until a program in a terminal has drawn a text."""
    start = time.perf_counter()
    session = Session(words, library)
    session.wait_for(text)
    took = (time.perf_counter() - start) * 1e3
    session.end()
    return took


def starts(library: Path, rounds: int) -> list[tuple[str, float]]:
    """Return the times of whole programs on a library, interleaved, after a round to warm up."""
    python = sys.executable
    verb = [python, "-m", "readlist", "list", "--limit", "10"]
    found: list[tuple[str, float]] = []
    for number in range(rounds + 1 if rounds else 0):
        times = [
            ("python -c pass", run([python, "-c", "pass"], library)),
            ("list --limit 10", run(verb, library)),
            ("empty Textual app", shown([python, "-c", EMPTY], library, b"nothing here")),
            ("interface to rows", shown([python, "-m", "readlist"], library, b"Paper ")),
        ]
        found += times if number else []
    return found
