"""A LaTeX document, with all files that it reads, as far as it is about what is cited in it."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from readlist.formats.citations import EVERYTHING, Cited, Read, found_in, is_for_biblatex
from readlist.formats.detect import decode
from readlist.formats.incoming import FormatError
from readlist.record import Record, field
from readlist.text import clean_line

_LARGEST = 200_000_000  # bytes of a file that a document reads


class Citations(Record, frozen=False):
    """What documents cite: each key with the place where it is cited first, in that order.

    `problems` has a line for each file that could not be read; where `is_whole` is false, more may
    be cited than is known. `read` counts the documents named that could be read; `is_biblatex`: one
    of them has its bibliography from BibLaTeX.
    """

    keys: dict[str, str] = field(default_factory=dict)
    is_everything: bool = False
    is_whole: bool = True
    is_biblatex: bool = False
    read: int = 0
    problems: list[str] = field(default_factory=list)


def citations(names: Iterable[str], content: Callable[[str], bytes]) -> Citations:
    """Return what documents cite, `.tex` or `.aux`; `content` gives those that are named."""
    found = Citations()
    seen: set[Path] = set()
    for name in names:
        path = Path(name).expanduser()
        try:
            text = decode(content(name))[0]
        except FormatError as error:
            found.problems.append(f"{clean_line(name)}: {error}")
        except OSError as error:
            found.problems.append(f"{clean_line(name)} cannot be read: {error.strerror or error}")
        else:
            found.read += 1
            seen.add(path.resolve())
            _Document(found, seen, path).take(path, text)
    found.is_whole = found.is_whole and not found.problems
    return found


class _Document:
    """A document on its way; what it reads is sought from the folder of the file named first."""

    def __init__(self, found: Citations, seen: set[Path], main: Path) -> None:
        self.found, self.seen, self.base = found, seen, main.parent

    def take(self, path: Path, text: str) -> None:
        """Take in a file and all that it reads, each file once, in the document's order."""
        open_files = [(path, path.parent, self.items(path, text))]
        while open_files:
            path, folder, items = open_files[-1]
            item = next(items, None)
            if item is None:
                open_files.pop()
            elif isinstance(item, Cited):
                self.cite(item, path)
            elif inner := self.file(item, path, folder):
                place = inner.parent if item.folder else folder
                items = self.items(inner, self.text(inner, item, path))
                open_files.append((inner, place, items))

    def items(self, path: Path, text: str) -> Iterator[Cited | Read]:
        self.found.is_biblatex = self.found.is_biblatex or is_for_biblatex(text)
        return found_in(text, is_aux=path.suffix == ".aux")

    def cite(self, item: Cited, path: Path) -> None:
        if item.key == EVERYTHING:
            self.found.is_everything = True
        else:
            key = unicodedata.normalize("NFC", item.key)
            self.found.keys.setdefault(key, f"{path}:{item.line}")

    def file(self, item: Read, path: Path, folder: Path) -> Path | None:
        """Return the file that is meant, unless it was read before or is not there."""
        if "\\" in item.name + item.folder:
            self.found.is_whole = False  # named by a macro
            return None
        ending = ".aux" if path.suffix == ".aux" else ".tex"
        names = [item.name + ending, item.name]
        for place in dict.fromkeys((folder, self.base, path.parent)):
            for name in names:
                candidate = place / item.folder / name
                if _is_file(candidate):
                    resolved = candidate.resolve()
                    if resolved in self.seen:
                        return None
                    self.seen.add(resolved)
                    return candidate
        if item.is_needed:
            self.problem(item, path, "is not there")
        return None

    def text(self, inner: Path, item: Read, path: Path) -> str:
        try:
            if inner.stat().st_size > _LARGEST:
                self.problem(item, path, "is too large")
                return ""
            content = inner.read_bytes()
            return decode(content)[0] if content.strip() else ""
        except OSError as error:
            self.problem(item, path, f"cannot be read: {error.strerror or error}")
        except FormatError as error:
            self.problem(item, path, f"is not read: {error}")
        return ""

    def problem(self, item: Read, path: Path, what: str) -> None:
        name = clean_line(str(Path(item.folder) / item.name))
        self.found.problems.append(f"{clean_line(str(path))}:{item.line}: {name} {what}")


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()  # no device, and no pipe
    except (OSError, ValueError):  # too long a name, or a null in it
        return False
