"""JSON, a record a line, from files of any size: a block of lines at a time, never the whole text.

The snapshot of arXiv's metadata has 2.7 million lines: as a text, and as what Python makes of it,
it would take many times the memory of a usual machine.
"""

import zlib
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import IO

from readlist.formats import detect
from readlist.formats.catalogue import Format
from readlist.formats.incoming import FormatError, Incoming, Refusal
from readlist.formats.json_records import parse
from readlist.paper import Paper
from readlist.text import count

BLOCK = 1 << 18
"""Bytes that are read at once; what a file is, is told by the first of them."""
_LONGEST = 32 << 20  # bytes of a line
_MOST_REFUSED = 100_000
_MOST_PACKED = 64 << 20  # bytes, of what is not read in blocks


def format_of(head: bytes, known: Format | None) -> Format | None:
    """Return the format of a file that begins as JSON lines do, None for other files.

    It begins with a line that is an object, and one more: then all of it is no JSON, and a record
    a line is all that it can be. `known`: the format is this one, if any.
    """
    lines = head.removeprefix(BOM_UTF8).split(b"\n")
    first = next((line for line in lines if line.strip()), b"")
    if not first.lstrip().startswith(b"{") or not head.partition(first)[2].strip():
        return None
    try:
        if not isinstance(parse(first.decode()), dict):
            return None
        found = known or detect.detect(detect.decode(b"\n".join(lines[:-1]))[0])
    except (ValueError, RecursionError):  # a `FormatError` is one: the rest may tell
        return None
    return found if found.is_lines else None


class Stream:
    """What `Incoming` is, of papers that are read when they are asked for, and once.

    `refusals`, `notes` and `passed_over` are whole when all papers were read. The file is the
    caller's to close.
    """

    def __init__(self, head: bytes, file: IO[bytes], format: Format) -> None:
        """Read JSON lines; `head` is the beginning of the file, of more than a line, and `file`
        the rest."""
        self._head, self._file, self._format = head.removeprefix(BOM_UTF8), file, format
        self._line = 1  # the next one
        self._foreign = 0
        self.passed_over = 0
        self.day: date | None = None
        self.is_cut = self.is_named = self.is_day_assumed = False
        self.refusals: list[Refusal] = []
        self.notes: list[str] = []
        blocks = self._blocks()
        first = self._read(next(blocks))
        self.format, self.source = first.format, first.source
        self.is_own, self.status = first.is_own, first.status
        self.papers: Iterable[Paper] = self._papers(first, blocks)

    def whole(self) -> Incoming:
        """Return all of it, in memory."""
        found = Incoming(self.format, self.source, is_own=self.is_own, status=self.status)
        for paper in self.papers:
            found.papers.append(paper)
        found.refusals, found.notes = self.refusals, self.notes
        found.passed_over, found.day, found.is_cut = self.passed_over, self.day, self.is_cut
        return found

    def keep(self, is_wanted: Callable[[Paper], bool]) -> None:
        """Pass over papers that are not wanted."""
        self.papers = self._kept(self.papers, is_wanted)

    def _kept(self, papers: Iterable[Paper], is_wanted: Callable[[Paper], bool]) -> Iterator[Paper]:
        for paper in papers:
            if is_wanted(paper):
                yield paper
            else:
                self.passed_over += 1

    def _papers(self, first: Incoming, blocks: Iterator[bytes]) -> Iterator[Paper]:
        found, first = first, Incoming("", "")
        try:
            yield from found.papers
            for block in blocks:
                yield from self._read(block).papers
                if len(self.refusals) > _MOST_REFUSED:
                    self._refuse("so much was refused that the rest was not read")
                    break
        except (EOFError, OSError, zlib.error) as error:  # of a packed file, too
            self.is_cut = True
            self._refuse(f"from here on it cannot be read: {error}")
        if self._foreign:
            what = count(self._foreign, "line")
            self.notes.append(f"{what} not in UTF-8: read as Latin-1 (windows-1252)")

    def _read(self, block: bytes) -> Incoming:
        found = self._format.read_lines(self._text(block), self._line)
        self._line += block.count(b"\n")
        self.refusals += found.refusals
        return found

    def _text(self, block: bytes) -> str:
        try:
            return block.decode()
        except UnicodeDecodeError:
            return "\n".join(map(self._line_text, block.split(b"\n")))

    def _line_text(self, line: bytes) -> str:
        try:
            return line.decode()
        except UnicodeDecodeError:
            self._foreign += 1
            return line.decode("cp1252", "replace")

    def _refuse(self, reason: str) -> None:
        self.refusals.append(Refusal(f"line {self._line}", reason))

    def _blocks(self) -> Iterator[bytes]:
        """Yield the file in blocks of whole lines; a line that is too long is refused."""
        rest, more = b"", self._head
        while more:
            whole, end, tail = more.rpartition(b"\n")
            if end:
                yield rest + whole + end
                rest = tail
            elif len(rest) + len(tail) <= _LONGEST:
                rest += tail
            else:
                self._refuse(f"it is longer than {_LONGEST >> 20} MB")
                rest = self._behind_line()
            more = self._file.read(BLOCK)
        if rest:
            yield rest

    def _behind_line(self) -> bytes:
        """Go to the end of the line; return what was read behind it."""
        while more := self._file.read(BLOCK):
            _, end, rest = more.partition(b"\n")
            if end:
                self._line += 1
                return rest
        return b""


def beginning(file: IO[bytes]) -> bytes:
    """Return the beginning of a packed file. Raises `FormatError` for one that is damaged."""
    try:
        return file.read(BLOCK)
    except (EOFError, OSError, zlib.error) as error:
        raise FormatError(f"it is an archive that cannot be read: {error}") from None


def rest(file: IO[bytes]) -> bytes:
    """Return the rest of a packed file. Raises `FormatError` for one that is damaged, or large:
    a small archive can hold more than there is memory.
    """
    try:
        found = file.read(_MOST_PACKED)
        is_more = bool(file.read(1))
    except (EOFError, OSError, zlib.error) as error:
        raise FormatError(f"it is an archive that cannot be read: {error}") from None
    if is_more:
        raise FormatError(f"it holds more than {_MOST_PACKED >> 20} MB: unpack it first")
    return found


def unpacked(file: IO[bytes], head: bytes) -> IO[bytes] | None:
    """Return the file in a gzip file, or the one in a ZIP archive; None for what is neither.

    `head` is what was read of it. Raises `FormatError` for an archive of more files.
    """
    if head.startswith(b"\x1f\x8b"):
        from gzip import GzipFile

        return GzipFile(fileobj=_Behind(head, file))  # type: ignore[call-overload,no-any-return]
    if head.startswith(b"PK\x03\x04") and file.seekable():
        from zipfile import BadZipFile, ZipFile

        try:
            archive = ZipFile(file)
            names = [info for info in archive.infolist() if not info.is_dir()]
            if len(names) == 1:
                return archive.open(names[0])
        except (BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
            raise FormatError(f"it is a ZIP archive that cannot be read: {error}") from None
    return None


class _Behind:
    """A file of which the beginning was read already."""

    def __init__(self, head: bytes, file: IO[bytes]) -> None:
        self._head, self._file = head, file

    def read(self, size: int) -> bytes:
        head, self._head = self._head[:size], self._head[size:]
        return head or self._file.read(size)
