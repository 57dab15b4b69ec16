"""Import and export: what the command line and the interface both do."""

import errno
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING

from readlist.change import Change, Edit
from readlist.formats import catalogue, detect, streamed
from readlist.formats.incoming import FormatError, Incoming, watched
from readlist.intake import Holdings, Intake, Report
from readlist.library import disk
from readlist.library.disk import LibraryError
from readlist.library.library import Library
from readlist.paper import Paper, Status, timestamp
from readlist.progress import Progress
from readlist.record import Record
from readlist.spooled import Joined, spooled
from readlist.text import clean_line

if TYPE_CHECKING:
    from readlist.search.query import Query


class ImportOptions(Record, kw_only=True):
    """What a user can say about an import; the defaults are for one about whom nothing is said.

    `format` by name, else it is found out; `page_date`, the day that a page was of; `tags` for all
    papers that come in, known ones too; `status` for those that are new to the library; `restore`:
    deleted papers and, of readlist's own files, the user's own fields come back; `dry_run`: only
    report; `only`: papers that a query does not find are passed over; `today`, else the system
    says.
    """

    format: str | None = None
    page_date: date | None = None
    tags: tuple[str, ...] = ()
    status: Status | None = None
    restore: bool = False
    dry_run: bool = False
    only: "Query | None" = None
    today: date | None = None


_PLAIN = ImportOptions()


def read_input(content: bytes, name: str, options: ImportOptions = _PLAIN) -> Incoming:
    """Return the papers in one input, called `name`, of whatever format; see `read_file`."""
    found = read_file(BytesIO(content), name, options)
    return found if isinstance(found, Incoming) else found.whole()


def read_file(
    file: IO[bytes], name: str, options: ImportOptions = _PLAIN
) -> Incoming | streamed.Stream:
    """Return the papers in a file, called `name`, of whatever format, packed or not.

    Those of JSON lines are read when they are asked for, from the file, which stays open.
    Raises `FormatError` in a line that begins with the name when nothing can be taken from it.
    """
    try:
        known = catalogue.named(options.format) if options.format else None
        found = _read(file, known, options)
    except FormatError as error:
        raise FormatError(f"{clean_line(name)}: {error}") from None
    found.day = options.page_date or found.day
    if options.only is not None:
        _narrow(found, options.only)
    return found


def _read(
    file: IO[bytes], known: catalogue.Format | None, options: ImportOptions
) -> Incoming | streamed.Stream:
    head = file.read(streamed.BLOCK)
    packed = streamed.unpacked(file, head)
    if packed is not None:
        file, head = packed, streamed.beginning(packed)
    if lines := streamed.format_of(head, known):
        return streamed.Stream(head, file, lines)
    content = head + (file.read() if packed is None else streamed.rest(file))
    text, notes = detect.decode(content)
    found = (known or detect.detect(text)).read(
        text, options.page_date, options.today or date.today()
    )
    found.notes[:0] = notes
    return found


def _narrow(found: Incoming | streamed.Stream, query: "Query") -> None:
    from readlist.search.evaluate import tester

    is_wanted = tester(query)
    if isinstance(found, streamed.Stream):
        found.keep(is_wanted)
        return
    wanted = [paper for paper in found.papers if is_wanted(paper)]
    found.passed_over = len(found.papers) - len(wanted)
    found.papers[:] = wanted


def take_in(
    library: Library,
    incoming: Incoming | streamed.Stream,
    name: str,
    options: ImportOptions = _PLAIN,
) -> Report:
    """Take the papers of one input into the library; see `take_in_all`."""
    return take_in_all(library, [(name, incoming)], options)[0]


def take_in_all(
    library: Library,
    inputs: Iterable[tuple[str, Incoming | streamed.Stream]],
    options: ImportOptions = _PLAIN,
    progress: Progress | None = None,
    label: str = "",
) -> list[Report]:
    """Take the papers of inputs, each with its name, into the library; return a report of each.

    All of them are one change: what a user took in at once is undone at once. It is on disk when
    this returns; `label` names it in the history. Raises `LibraryError`. A dry run reports the same
    and changes nothing. Streams are read to their end, into a file, before the library is locked.
    """
    try:
        return _take_in_all(library, inputs, options, progress or Progress(), label)
    except OSError as error:  # there is no room for what is in files meanwhile
        raise disk.explain(error, library.path) from error


def _take_in_all(
    library: Library,
    inputs: Iterable[tuple[str, Incoming | streamed.Stream]],
    options: ImportOptions,
    progress: Progress,
    label: str,
) -> list[Report]:
    inputs = list(inputs)
    for _, incoming in inputs:
        if isinstance(incoming, streamed.Stream) and (incoming.is_own or not options.dry_run):
            with watched(progress):
                incoming.papers = spooled(incoming.papers, library.path)
    with nullcontext() if options.dry_run else library.writing():
        changes, reports = _compared(library, inputs, options, progress)
        if not options.dry_run:
            library.apply(_watched(joined(changes, reports, label), progress))
            changes.clear()  # for large ones, there are only files left of what was compared
    return reports


def _compared(
    library: Library,
    inputs: Sequence[tuple[str, Incoming | streamed.Stream]],
    options: ImportOptions,
    progress: Progress,
) -> tuple[list[Change], list[Report]]:
    """Return the changes that take inputs in, and the reports. Streams have no papers then."""
    progress.begin("comparing", len(library))
    intake = Intake(
        library,
        tags=options.tags,
        status=options.status,
        restore=options.restore,
        holdings=Holdings(library, progress),
        progress=progress,
    )
    progress.begin("comparing", _number(inputs))
    found = []
    for name, incoming in inputs:
        found.append(intake.take(incoming, name))
        if isinstance(incoming, streamed.Stream):
            incoming.papers = ()
    return [change for change, _ in found], [report for _, report in found]


def _watched(change: Change, progress: Progress) -> Change:
    progress.begin("taking in", len(change.edits))
    return change.but(edits=WatchedEdits(change.edits, progress))


def _number(inputs: Iterable[tuple[str, Incoming | streamed.Stream]]) -> int | None:
    """Return how many papers there are, None when that is not known before they are read."""
    number = 0
    for _, incoming in inputs:
        if isinstance(incoming, streamed.Stream):
            return None
        number += len(incoming.papers)
    return number


class WatchedEdits(Mapping[int, Sequence[Edit]]):
    """The edits of a change that takes its time."""

    def __init__(self, edits: Mapping[int, Sequence[Edit]], progress: Progress) -> None:
        self._edits = edits
        self._progress = progress

    def __getitem__(self, number: int) -> Sequence[Edit]:
        return self._edits[number]

    def __iter__(self) -> Iterator[int]:
        yield from self._progress.over(self._edits)
        self._progress.finish("writing")

    def __len__(self) -> int:
        return len(self._edits)


def joined(changes: Sequence[Change], reports: Iterable[Report], label: str = "") -> Change:
    """Return the changes that inputs make as one; `label` names it, if there is one."""
    if len(changes) == 1:
        return changes[0].but(label=label or changes[0].label)
    added = sum(len(report.added) for report in reports)
    label = label or f"Imported {len(changes)} files: {added:,} added"
    return Change(label, Joined(changes), "import")


def tidy(library: Library) -> None:
    """Write the papers into the library's file itself, if it is time. What prevents that is a
    notice: the papers are there."""
    try:
        if library.database.needs_compaction:
            library.compact()
    except LibraryError as error:
        library.notices.append(f"not compacted: {error}")


def export(
    papers: Iterable[Paper], format_name: str, *, share: bool = False, exported: str | None = None
) -> bytes:
    """Return papers in a format, by id; `share` leaves out what is the user's alone.

    `exported` is the time to write in it, else it is now. Raises `FormatError` for an unknown
    format.
    """
    moment = exported or timestamp(datetime.now(UTC))
    found = catalogue.named(format_name, to_write=True)
    return found.write(papers, share=share, exported=moment)


def write_export(
    papers: Iterable[Paper],
    path: Path,
    format_name: str | None = None,
    *,
    share: bool = False,
    exported: str | None = None,
) -> None:
    """Write papers to a file, whole or not at all, in the format that is named, else by its ending.

    Raises `FormatError` for a format or an ending that is not known, `OSError` when the file
    cannot be written.
    """
    name = format_name or catalogue.for_ending(path).name
    write_whole(path, export(papers, name, share=share, exported=exported))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file of the user's, whole or not at all. Raises `OSError`."""
    if path.exists() and not path.is_file():  # a pipe or a device; of a folder this raises
        path.write_bytes(content)
        return
    is_there = path.exists()
    mode = path.stat().st_mode & 0o777 if is_there else 0o666 & ~_umask()
    if is_there and not (mode & 0o222 and os.access(path, os.W_OK)):
        raise PermissionError(errno.EACCES, "it is protected from being written", str(path))
    target = path.resolve()  # a symbolic link stays one
    disk.write_file(target, content)
    disk.sync_folder(target.parent)
    path.chmod(mode)  # an export is no secret as the library is


def check_target(path: Path) -> None:
    """Raise what `write_export` would raise at once, in a line, before work that takes long.

    Raises `ValueError`.
    """
    try:
        catalogue.for_ending(path)
        if not path.resolve().parent.is_dir():
            raise FormatError("there is no such folder")
    except (OSError, FormatError) as error:
        raise ValueError(f"Not exported: {error}") from error


def export_endings() -> list[str]:
    """Return the endings of files that can be written, each with its dot."""
    return catalogue.endings()


def _umask() -> int:
    mask = os.umask(0o077)  # it can only be read by setting it
    os.umask(mask)
    return mask
