"""A folder in which files appear: what is new in it."""

import stat
from collections.abc import Container, Iterator
from datetime import date
from pathlib import Path

from readlist.formats import detect
from readlist.formats.incoming import FormatError, Incoming, Refusal
from readlist.identifiers import find_arxiv
from readlist.paper import Paper
from readlist.text import clean_line

_UNFINISHED = (".part", ".crdownload", ".download", ".tmp", ".partial", ".opdownload", "~")
_LARGEST = 200_000_000  # bytes


def read_folder(
    folder: str, seen: Container[str], today: date
) -> Iterator[tuple[str, Incoming | None]]:
    """Yield a sign for each file in a folder, and what is in it, unless its sign was seen.

    The sign is another once the file changes. A PDF is known by the arXiv id in its name. Raises
    `OSError` when the folder cannot be read.
    """
    for file in sorted(Path(folder).expanduser().iterdir()):
        if file.name.startswith(".") or file.name.lower().endswith(_UNFINISHED):
            continue
        try:
            about = file.stat()
        except OSError:  # gone, or a link to nowhere
            continue
        if stat.S_ISREG(about.st_mode):
            sign = f"{about.st_mtime_ns}:{about.st_size}:{clean_line(file.name)}"
            yield sign, None if sign in seen else _read(file, about.st_size, today)


def _read(file: Path, size: int, today: date) -> Incoming:
    name = clean_line(file.name)
    if file.suffix.lower() == ".pdf":
        return _pdf(file, name)
    try:
        if size > _LARGEST:
            raise FormatError("it is too large")
        text, _ = detect.decode(file.read_bytes())
        found = detect.detect(text).read(text, None, today)
    except (OSError, FormatError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return Incoming("folder", "folder", refusals=[Refusal(name, reason)])
    found.refusals = [Refusal(f"{name}, {one.place}", one.reason) for one in found.refusals]
    return found


def _pdf(file: Path, name: str) -> Incoming:
    arxiv = find_arxiv(file.stem.replace("_", " "))
    if arxiv is None:
        reason = "a PDF without an arXiv id in its name"
        return Incoming("folder", "folder", refusals=[Refusal(name, reason)])
    told = {
        "title": f"arxiv:{arxiv}",
        "identifiers": {"arxiv": arxiv},
        "urls": {"abstract": f"https://arxiv.org/abs/{arxiv}"},
        "files": [str(file)],
    }
    return Incoming("folder", "folder", papers=[Paper.read(told)])
