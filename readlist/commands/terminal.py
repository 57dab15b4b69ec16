"""What the command line prints: results to stdout, messages to stderr."""

import os
import sys
from typing import TYPE_CHECKING, Any

from readlist.text import cells, clean_line

if TYPE_CHECKING:
    from pathlib import Path

    from readlist.library.library import Applied


def say(message: str) -> None:
    """Tell the user something that is no result: a line on stderr."""
    print(f"readlist: {message}", file=sys.stderr)


def put(text: str = "") -> None:
    """Print a line of a result."""
    sys.stdout.write(text + "\n")


def put_bytes(content: bytes) -> None:
    """Print a result that is to be as it is, whatever the terminal's encoding."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def put_file(path: "Path", content: bytes) -> None:
    """Write a result to a file, whole or not at all. Raises `NotDoneError`."""
    from readlist.commands.arguments import NotDoneError
    from readlist.operations import write_whole

    try:
        write_whole(path, content)
    except OSError as error:
        reason = error.strerror or error
        raise NotDoneError(f"{clean_line(str(path))} cannot be written: {reason}") from None


def put_json(value: Any) -> None:
    """Print a result as JSON, in UTF-8."""
    from readlist.formats.native import to_json

    put_bytes(to_json(value, indent=1))


def tell(applied: "Applied", *, as_json: bool, done: str = "") -> int:
    """Print what became of a change; `done` stands before its label. Returns the exit code:
    1 when something was left alone because it had been changed elsewhere."""
    if as_json:
        ids, conflicts = list(applied.ids), list(applied.conflicts)
        put_json({"label": applied.label, "ids": ids, "conflicts": conflicts})
    elif applied.ids:
        put(done + applied.label)
    elif not applied.conflicts:
        say("nothing to change: it is so already")
    if not as_json:
        for conflict in applied.conflicts:
            say(conflict)
    return 1 if applied.conflicts else 0


def need_terminal() -> None:
    """Raise `UsageError` when there is no terminal that the interface could use."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        from readlist.commands.arguments import UsageError

        raise UsageError("the interface needs a terminal; readlist -h lists what works without")


def line_width() -> int | None:
    """Return how many cells a line of the terminal has; None when stdout is none, and has no
    width of its own (`columns`)."""
    columns: int | None = getattr(sys.stdout, "columns", None)
    if columns is not None:
        return columns
    if not sys.stdout.isatty():
        return None
    from shutil import get_terminal_size

    return get_terminal_size().columns


def styled(text: str, code: str) -> str:
    """Return `text` in a style (ECMA-48: "1" bold, "2" faint), where the user can see it."""
    is_plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return text if is_plain or not sys.stdout.isatty() or not text else f"\x1b[{code}m{text}\x1b[m"


def fitted(text: str, width: int) -> str:
    """Return `text` in exactly `width` cells: cut, ended by `…`, or filled with spaces."""
    missing = width - cells(text)
    if missing >= 0:
        return text + " " * missing
    kept, room = "", width - 1
    for character in text:
        room -= cells(character)
        if room < 0:
            break
        kept += character
    kept = kept.rstrip() + "…"
    return kept + " " * (width - cells(kept))
