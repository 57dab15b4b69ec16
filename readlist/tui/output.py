"""What the interface draws on: a terminal, which may be gone before the interface is."""

from contextlib import suppress
from typing import Any, TextIO

from textual.driver import Driver

from readlist.tui.styles import thrifty


class LastingOutput:
    """A terminal's output, where what is written once the terminal is gone is dropped.

    Textual writes from a thread that an error would end; with nobody to empty the thread's queue,
    leaving waits for ever.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, text: str) -> None:
        """Write text, if there is still somebody to see it."""
        with suppress(OSError):
            self._file.write(text)

    def flush(self) -> None:
        """Send what was written."""
        with suppress(OSError):
            self._file.flush()

    def fileno(self) -> int:
        """Return the file's number."""
        return self._file.fileno()


def lasting(driver: type[Driver]) -> type[Driver]:
    """Return the driver of a terminal with output that outlasts the terminal, and is short."""

    class Lasting(driver):  # type: ignore[misc, valid-type]
        _file: Any

        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            self._file = LastingOutput(self._file)

        def write(self, data: str) -> None:
            super().write(thrifty(data))

    return Lasting
