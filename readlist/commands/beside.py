"""Runs a verb beside the interface: what it prints is kept, and nothing is asked."""

import argparse
import shlex
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO, TextIOWrapper
from typing import NamedTuple

from readlist.commands import DONE
from readlist.commands.arguments import UsageError
from readlist.commands.running import explain_error, run_verb
from readlist.library.library import Library


class Outcome(NamedTuple):
    """How a verb ended: its exit code, its result, and what it said besides, a line each."""

    code: int
    result: str
    messages: tuple[str, ...]


def run_beside(line: str, library: Library, here: Sequence[int], columns: int) -> Outcome:
    """Run a line as it would be typed behind `readlist`, on the file of a library, of which a verb
    opens its own; what it changes counts as changed in the same session.

    Nothing is read from the terminal or written to it, and lines are made `columns` wide. One at a
    time: while it runs, the streams of the process are its own.
    """
    args = argparse.Namespace(library=str(library.path), session=library.session, debug=False)
    with _kept(columns) as (out, err):
        try:
            code = run_verb(shlex.split(line), args, here)
        except SystemExit as leaving:  # argparse has printed help
            code = int(leaving.code or DONE)
        except ValueError as error:
            code = explain_error(error if _is_ours(error) else UsageError(_unquoted(error)))
        except Exception as error:
            code = explain_error(error)
    messages = [text.removeprefix("readlist: ") for text in err.text().splitlines()]
    return Outcome(code, out.text(), tuple(text for text in messages if text.strip()))


def _is_ours(error: ValueError) -> bool:
    return type(error) is not ValueError


def _unquoted(error: ValueError) -> str:
    return f"{error}: quotes come in pairs"


class _Kept(TextIOWrapper):
    """A stream that keeps what is written to it; `columns` is the width of a line."""

    def __init__(self, columns: int | None = None) -> None:
        super().__init__(BytesIO(), encoding="utf-8", errors="replace", write_through=True)
        self.columns = columns

    def text(self) -> str:
        """Return what was written."""
        buffer = self.buffer
        assert isinstance(buffer, BytesIO)
        return buffer.getvalue().decode("utf-8", "replace")


class _Nobody(_Kept):
    """Stands for the keyboard: a terminal at which nobody types."""

    def isatty(self) -> bool:
        """Say that nothing was piped in."""
        return True


@contextmanager
def _kept(columns: int) -> Iterator[tuple[_Kept, _Kept]]:
    names = ("stdin", "stdout", "stderr")
    before = [getattr(sys, name) for name in names]
    ours = [_Nobody(), _Kept(columns), _Kept()]
    for name, stream in zip(names, ours, strict=True):
        setattr(sys, name, stream)
    try:
        yield ours[1], ours[2]
    finally:
        for name, stream, old in zip(names, ours, before, strict=True):
            if getattr(sys, name) is stream:  # else the interface has ended and put its own back
                setattr(sys, name, old)
