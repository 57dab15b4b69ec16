"""How far long work of the command line is: a line on stderr, where somebody can see it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from readlist.progress import Progress
from readlist.text import shorten

_PATIENCE = 0.5  # seconds, before there is a line at all
_OFTEN = 0.1
_BAR = 24  # cells
_WIDEST = 70


class _Line(Progress):
    """Draws itself over what it drew before."""

    def __init__(self) -> None:
        super().__init__()
        self._next = monotonic() + _PATIENCE
        self._is_drawn = False

    def step(self, number: int = 1) -> None:
        """Count, and draw now and then."""
        super().step(number)
        now = monotonic()
        if now >= self._next:
            self._next, self._is_drawn = now + _OFTEN, True
            sys.stderr.write(f"\r{_text(self)}\x1b[K")
            sys.stderr.flush()

    def wipe(self) -> None:
        """Leave the line as if nothing had been there."""
        if self._is_drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


@contextmanager
def progress_shown() -> Iterator[Progress]:
    """Show how far work is that lasts; not where stderr is no terminal, nor with NO_COLOR."""
    is_plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    if is_plain or not sys.stderr.isatty():
        yield Progress()
        return
    line = _Line()
    try:
        yield line
    finally:
        line.wipe()


def _text(progress: Progress) -> str:
    words = shorten(progress.stage, _WIDEST - _BAR)
    if progress.share is None:
        return f"{words} · {progress.done:,} so far" if progress.done else f"{words} …"
    full = round(progress.share * _BAR)
    return f"{'━' * full}{'─' * (_BAR - full)} {progress.share:4.0%} {words}"
