"""The user's own editor, to write a text in."""

import os
import shlex
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


class EditorError(Exception):
    """The text was not edited; one line: why."""


def command() -> list[str]:
    """Return the words of `$VISUAL`, else of `$EDITOR`; none when neither names an editor."""
    try:
        return shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
    except ValueError:
        return []


def edited(text: str, name: str, editor: Sequence[str]) -> str:
    """Return `text` as the user leaves it in the editor, in a private file of this name.

    Raises `EditorError` when the editor cannot be started, or ends with an error.
    """
    with tempfile.TemporaryDirectory(prefix="readlist-") as folder:
        file = Path(folder) / name
        file.write_text(text + "\n" if text else "", "utf-8")
        try:
            with _uninterrupted():
                code = subprocess.run([*editor, str(file)], check=False).returncode
            if code:
                raise EditorError(f"{editor[0]} ended with {code}; the note is as it was")
            return file.read_text("utf-8", "replace").removesuffix("\n")
        except OSError as error:
            raise EditorError(f"{editor[0]} cannot be started: {error.strerror}") from None


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Leave ctrl+c to the editor, which gets it too."""
    before = signal.signal(signal.SIGINT, lambda *_: None)  # not ignored, which is inherited
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
