"""The folder that readlist puts PDFs into: which file is whose, and a lock for who fetches.

`.readlist.jsonl` in it says of each file that readlist put there, a line each, which paper it is
of: a file whose note in the library was taken back, or was never made, is not fetched again. No
file is ever removed or replaced, but for the parts that are being fetched.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from readlist.config import PdfSettings
from readlist.library.disk import Lock
from readlist.paper import Paper
from readlist.pdfs import file_name

_BEGINNING = 1024  # bytes, in which a PDF says that it is one (ISO 32000-1, annex H, 3.4.1)
_LEDGER = ".readlist.jsonl"


class FolderError(Exception):
    """The folder cannot be used; one line: which, why."""


def is_pdf(path: Path) -> bool:
    """Say whether a file is a PDF, whatever it is called. Raises `OSError`."""
    with path.open("rb") as file:
        return b"%PDF-" in file.read(_BEGINNING)


class PdfFolder:
    """Where the PDFs of a library are put."""

    def __init__(self, settings: PdfSettings, library: Path) -> None:
        self.path = (settings.folder or library.absolute().parent / "pdfs").absolute()
        self._template = settings.name
        self._files: dict[str, str] | None = None

    @contextmanager
    def fetching(self) -> Iterator[None]:
        """Have the folder for oneself. Raises `FolderError`."""
        lock = Lock(self.path / ".readlist.lock")
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            if not lock.take(patience=0.0):
                raise FolderError(f"another readlist is fetching PDFs into {self.path}")
        except OSError as error:
            reason = error.strerror or str(error)
            raise FolderError(f"PDFs cannot be put into {self.path}: {reason}") from None
        try:
            yield
        finally:
            lock.close()

    def known(self, paper: Paper) -> Path | None:
        """Return the file of a paper that was put here before, if it is still there."""
        name = self._ledger().get(paper.uid)
        if name is None:
            return None
        path = self.path / name
        with suppress(OSError):
            if path.is_file() and is_pdf(path):
                return path
        return None

    def passing(self, paper: Paper) -> Path:
        """Return where the PDF of a paper is while it is fetched."""
        uid = "".join(c for c in paper.uid if c.isascii() and (c.isalnum() or c == "-"))
        return self.path / f".{paper.id}-{uid[:40]}.pdf"

    def take(self, passing: Path, paper: Paper) -> Path:
        """Give a file that was fetched its name, one that no other has. Raises `OSError`."""
        wanted = self.path / file_name(paper, self._template)
        wanted.parent.mkdir(parents=True, exist_ok=True)
        for number in range(1, 10_000):
            name = wanted.name if number == 1 else f"{wanted.stem} ({number}).pdf"
            path = wanted.with_name(name)
            if path.exists() and not path.samefile(passing):
                continue
            self._note(paper, path)  # first: what is noted and not there is fetched again
            if _named(passing, path):
                return path
        raise FileExistsError(f"{wanted} and the like are all there")

    def _ledger(self) -> dict[str, str]:
        """Return the names of files by the uid of their paper."""
        if self._files is None:
            self._files = {}
            with suppress(OSError):
                lines = (self.path / _LEDGER).read_text("utf-8", "replace").splitlines()
                for line in lines:
                    with suppress(ValueError, KeyError, TypeError):
                        told = json.loads(line)
                        name = str(told["file"])
                        if ".." not in Path(name).parts and not Path(name).is_absolute():
                            self._files[str(told["uid"])] = name
        return self._files

    def _note(self, paper: Paper, path: Path) -> None:
        name = path.relative_to(self.path).as_posix()
        self._ledger()[paper.uid] = name
        line = json.dumps({"file": name, "uid": paper.uid}, ensure_ascii=False)
        with suppress(OSError), (self.path / _LEDGER).open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def _named(passing: Path, path: Path) -> bool:
    """Give a file another name, unless something has it; say whether that was done."""
    try:
        os.link(passing, path)  # unlike renaming, it replaces nothing that came meanwhile
    except FileExistsError:
        if not path.samefile(passing):  # else it was killed here
            return False
    except OSError:  # a file system without links
        if path.exists():
            return False
        passing.rename(path)
        return True
    passing.unlink()
    return True
