"""Notes that are being written, each in a file beside the library until it is kept: a crash takes
nothing that was typed."""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from readlist.library import disk
from readlist.library.beside import beside
from readlist.paper import Paper
from readlist.text import clean


class Draft(NamedTuple):
    """What was typed, and the note that it was begun from."""

    text: str
    base: str


def place(library: Path, number: int) -> Path:
    """Return where the draft of a paper's note is."""
    return beside(library, f"note-{number}")


def find(library: Path, paper: Paper) -> Draft | None:
    """Return the draft that was left of a paper's note, cleaned; None without one, or of another
    paper."""
    try:
        found = json.loads(place(library, paper.id).read_text("utf-8"))
        if found["uid"] == paper.uid:
            return Draft(clean(found["text"]), clean(found["base"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass
    return None


def save(library: Path, paper: Paper, draft: Draft) -> None:
    """Write a draft to the disk, in a file that only its owner can read. Raises `OSError`."""
    target = place(library, paper.id)
    passing = target.with_name(f"{target.name}.{os.getpid()}")
    content = {"uid": paper.uid, **draft._asdict()}
    try:
        file = disk.create(passing)
        try:
            disk.write(file, json.dumps(content).encode())
            disk.sync(file)
        finally:
            disk.close(file)
        disk.replace(passing, target)
    except BaseException:
        with suppress(OSError):
            disk.remove(passing)
        raise


def drop(library: Path, number: int) -> None:
    """Remove the draft of a paper's note, if there is one."""
    with suppress(OSError):
        disk.remove(place(library, number))
