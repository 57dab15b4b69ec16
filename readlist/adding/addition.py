"""Papers on their way in, a step at a time: read, looked through, taken if they are wanted."""

import shlex
from collections.abc import Container, Iterable, Iterator, Sequence, Sized
from contextlib import ExitStack, contextmanager
from itertools import chain, islice
from pathlib import Path
from urllib.parse import unquote, urlsplit

from readlist.change import Change
from readlist.days import readable
from readlist.formats.incoming import FormatError, Incoming, Refusal, watched
from readlist.formats.streamed import Stream
from readlist.intake import Holdings, Intake, Report
from readlist.large import LargeDict, Numbers
from readlist.library import disk
from readlist.library.library import Library
from readlist.operations import ImportOptions, WatchedEdits, joined, read_file, read_input
from readlist.paper import Status
from readlist.progress import Progress
from readlist.record import Record
from readlist.spooled import spooled
from readlist.text import clean_line, count, quote

_LONGEST_PATH = 4096
_SHOWN = 200

PASTED = "pasted text"
_OPENING = "@{["  # what BibTeX and JSON begin with

Input = tuple[str, Incoming | Stream]
"""What is called by a name, and can be gone through again and again."""


class Listed(Record):
    """A paper of an input, as it is shown before it is taken; `is_known`: the library has it."""

    title: str
    authors: tuple[str, ...]
    is_known: bool


class Seen(Record):
    """What is in the inputs, before any of it is taken.

    `known` papers are in the library, `merged` of them would learn something, `by_title` of these
    are known by their titles alone; `left_out` ones were deleted from it; `states` are those in
    which the others come in if nothing is said. `first`: some, those ahead that would be added.
    """

    name: str
    kinds: tuple[str, ...]
    papers: int
    known: int
    merged: int
    by_title: int
    left_out: int
    repeated: int
    states: tuple[Status, ...]
    first: tuple[Listed, ...]
    refusals: tuple[Refusal, ...]
    notes: tuple[str, ...]

    @property
    def new(self) -> int:
        """How many would be added."""
        return self.papers - self.known - self.left_out - self.repeated

    def summary(self) -> str:
        """Return what there is in a line: `41 papers, 12 you have, 2 refused`."""
        others = {
            "you have" + f" ({self.by_title:,} by title alone)" * bool(self.by_title): self.known,
            "you deleted": self.left_out,
            "listed twice": self.repeated,
            "refused": len(self.refusals),
        }
        parts = [f"{number:,} {what}" for what, number in others.items() if number]
        return ", ".join([count(self.papers, "paper"), *parts])

    def effect(self) -> str:
        """Return what becomes of them when they are taken."""
        takes = f"takes {count(self.new, 'paper')} in" if self.new else ""
        merges = f"merges {self.merged:,} into yours" if self.merged else ""
        return ", ".join(filter(None, (takes, merges))) or "takes what is new of it"


class Taken(Record):
    """What was taken in: reports of each input, and the ids of all papers that were touched."""

    name: str
    reports: tuple[Report, ...]
    ids: Sequence[int]

    def summary(self) -> str:
        """Return what became of it, in a line."""
        if len(self.reports) == 1:
            (report,) = self.reports
            of = f", on the page of {readable(report.page)}" if report.page and self.ids else ""
            return f"{self.name}: {report.summary()}{of}"
        added, merged = (sum(len(ids) for ids in found) for found in self._each())
        refused = sum(len(report.refusals) for report in self.reports)
        alone = sum(len(report.by_title) for report in self.reports)
        by_title = f"merged ({alone:,} by title alone)" if alone else "merged"
        parts = {"added": added, by_title: merged, "refused": refused}
        return f"{self.name}: " + ", ".join(f"{n:,} {what}" for what, n in parts.items() if n)

    @property
    def known(self) -> Sequence[int]:
        """The ids of papers that were there already, and learned nothing."""
        return Numbers(n for report in self.reports for n in report.unchanged)

    def _each(self) -> tuple[list[Sequence[int]], list[Sequence[int]]]:
        return [r.added for r in self.reports], [r.merged for r in self.reports]


class Addition:
    """Inputs that were read, and what the library has of them. For the thread that made it.

    `library` is an object of its own: others may use theirs meanwhile.
    """

    def __init__(
        self,
        library: Library,
        inputs: Sequence[Input],
        progress: Progress,
        *,
        holdings: Holdings | None = None,
        name: str = "",
        label: str = "",
        problems: Sequence[str] = (),
        foreseen: Sequence[str] = (),
    ) -> None:
        """Read the library, unless its holdings are given. Raises `LibraryError`, `CancelledError`.

        `name` is what the inputs are called, and `label` their coming, if that is not as usual;
        `problems` are what could not be had, a line each; `foreseen` the same, before it is taken.
        """
        self.library = library
        self.inputs = inputs
        names = [name for name, _ in inputs]
        self.name = name or (names[0] if len(names) == 1 else count(len(names), "file"))
        self.problems = tuple(problems)
        self._label = label
        self._foreseen = foreseen
        progress.begin("comparing", len(library))
        self._holdings = holdings or Holdings(library, progress)
        self.seen = self._look(progress)

    def _look(self, progress: Progress) -> Seen:
        with self._explained(), self._holdings.trying():
            reports = self._through(ImportOptions(), progress)[1]
            return self._seen(reports)

    def _seen(self, reports: Sequence[Report]) -> Seen:
        known = self._holdings.known
        added = Numbers(number for r in reports for number in r.added)
        met = Numbers(number for r in reports for number in (*r.merged, *r.unchanged))
        merged = Numbers(number for r in reports for number in r.merged)
        by_title = Numbers(number for r in reports for number in r.by_title)
        fresh, states = LargeDict[int](), set()  # hashes of titles: there may be millions
        for paper in (known.papers[number] for number in added):
            fresh[hash(paper.title)] = 1
            states.add(paper.status)
        return Seen(
            name=self.name,
            kinds=tuple(dict.fromkeys(incoming.format for _, incoming in self.inputs)),
            papers=_number(self.inputs),
            known=_apart(met, added),
            merged=_apart(merged, added),
            by_title=_apart(by_title, added),
            left_out=sum(report.left_out for report in reports),
            repeated=sum(report.repeated for report in reports) + len(met) - _apart(met, added),
            states=tuple(status for status in Status if status in states),
            first=tuple(_listed(self.inputs, fresh)),
            refusals=tuple(_named(reports)),
            notes=(*self._foreseen, *(note for report in reports for note in report.notes)),
        )

    def _through(
        self, options: ImportOptions, progress: Progress
    ) -> tuple[list[Change], list[Report]]:
        """Return what would take the inputs in, and reports of it; the holdings learn of them."""
        progress.begin("comparing", _number(self.inputs))
        intake = Intake(
            self.library,
            tags=options.tags,
            status=options.status,
            holdings=self._holdings,
            progress=progress,
        )
        found = [intake.take(incoming, name) for name, incoming in self.inputs]
        return [change for change, _ in found], [report for _, report in found]

    def take(self, options: ImportOptions, progress: Progress) -> Taken:
        """Take the papers in, as one change that is whole or not made at all.

        Raises `LibraryError`, and `CancelledError` when it was given up in time.
        """
        self._holdings.catch_up(self.library.refresh())
        with self._explained(), ExitStack() as tried:  # until it is taken: it may be in files
            tried.enter_context(self._holdings.trying())
            changes, reports = self._through(options, progress)
            with self.library.writing() as touched:
                if touched:  # somebody was faster; now nobody can be
                    tried.close()
                    self._holdings.catch_up(touched)
                    tried.enter_context(self._holdings.trying())
                    changes, reports = self._through(options, progress)
                self._apply(joined(changes, reports, self._label), progress)
        if self.library.database.needs_compaction:
            progress.finish("finishing")
            self._tidy()
        ids = Numbers(n for report in reports for n in chain(report.added, report.merged))
        return Taken(self.name, tuple(reports), ids)

    def close(self) -> None:
        """Let go of the library, if nothing more is to be done with it."""
        self.library.close()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Say that there is no room for what is in files meanwhile."""
        try:
            yield
        except OSError as error:
            raise disk.explain(error, self.library.path) from error

    def _apply(self, change: Change, progress: Progress) -> None:
        progress.begin("taking in", len(change.edits))
        self.library.apply(change.but(edits=WatchedEdits(change.edits, progress)))

    def _tidy(self) -> None:
        """Do in this thread what would else be done in the way of a key."""
        from readlist.library.disk import LibraryError

        try:
            self.library.compact()
            self.library.overview.order()
        except LibraryError as error:  # the papers are there
            self.library.notices.append(f"not compacted: {error}")


def read_given(given: str, progress: Progress, library: Path) -> list[Input]:
    """Return what is in the files that a text names, else in the text itself, each with its name.

    JSON lines of a file are put into another one beside the library. Raises `FormatError` in a
    line, `LibraryError` when there is no room for them, `CancelledError`.
    """
    progress.begin("reading")
    files = named_files(given)
    with watched(progress):
        if files:
            return [_read_file(path, library) for path in files]
        try:
            return [(PASTED, read_input(given.encode("utf-8", "replace"), PASTED))]
        except FormatError:
            if _is_line(given):
                raise FormatError(_no_file(given)) from None
            raise


def _read_file(path: Path, library: Path) -> Input:
    try:
        with path.open("rb") as file:
            found = read_file(file, path.name)
            if isinstance(found, Stream):
                _keep_papers(found, library)
            return clean_line(path.name), found
    except OSError as error:
        name = quote(clean_line(str(path)))
        raise FormatError(f"{name} cannot be read: {error.strerror}") from error


def _keep_papers(found: Stream, library: Path) -> None:
    """Read all papers, into a file: they are gone through when they are shown, and when taken."""
    try:
        found.papers = spooled(found.papers, library)
    except OSError as error:
        raise disk.explain(error, library) from error


def named_files(given: str) -> list[Path]:
    """Return the files that a text names: one by its path; several as terminals write them when
    they are dropped there, in quotes, with backslashes or as `file://`. None if any is missing.
    """
    given = given.strip()
    if not given or len(given) > _LONGEST_PATH:
        return []
    lines = given.splitlines()
    for words in ([given], lines, _shell_words(given)):
        paths = [_path(word) for word in words if word.strip()]
        if paths and all(map(_is_file, paths)):
            return paths
    return []


def what_is_wrong(given: str) -> str:
    """Return why a text in one line that names no file cannot be taken from, as far as one sees
    before it is read; "" for none."""
    if not given.strip():
        return ""
    if given.lstrip()[0] in _OPENING:
        return "a reference, not a file: enter reads it"
    if _is_folder(given):
        return "a folder: the name of a file in it is wanted"
    return "no file of this name, and no id yet"


def _shell_words(given: str) -> list[str]:
    try:
        return shlex.split(given)
    except ValueError:  # a quote that is not closed
        return []


def _path(word: str) -> Path:
    word = word.strip()
    if len(word) > 2 and word[0] in "'\"" and word[-1] == word[0]:
        word = word[1:-1]
    if word.startswith("file://"):
        word = unquote(urlsplit(word).path)
    try:
        return Path(word).expanduser()
    except RuntimeError:
        return Path(word)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that is too long, or has a null in it
        return False


def _is_folder(given: str) -> bool:
    try:
        return _path(given).is_dir()
    except (OSError, ValueError):
        return False


def _is_line(given: str) -> bool:
    return len(given.strip().splitlines()) == 1


def _no_file(given: str) -> str:
    path = _path(given)
    try:
        if path.is_dir():
            return "that is a folder: name a file in it"
    except (OSError, ValueError):
        pass
    return "no file of this name, and nothing that can be read"


def _number(inputs: Iterable[Input]) -> int:
    """Return how many papers there are in inputs that were read."""
    every = (incoming.papers for _, incoming in inputs)
    return sum(len(papers) for papers in every if isinstance(papers, Sized))


def _apart(numbers: Iterable[int], others: Container[int]) -> int:
    """Return how many numbers are not among others."""
    return sum(number not in others for number in numbers)


def _listed(inputs: Iterable[Input], fresh: Container[int]) -> Iterator[Listed]:
    """Yield some papers as they are shown, those ahead of which the titles are `fresh`."""
    room = _SHOWN
    for is_known in (False, True):
        papers = (paper for _, incoming in inputs for paper in incoming.papers)
        wanted = (paper for paper in papers if (hash(paper.title) not in fresh) is is_known)
        for paper in islice(wanted, room):
            yield Listed(paper.title, tuple(paper.authors[:3]), is_known)
            room -= 1


def _named(reports: Sequence[Report]) -> Iterator[Refusal]:
    """Yield the refusals; of several files, with their names."""
    for report in reports:
        for refusal in report.refusals:
            several = f"{report.name}, " if len(reports) > 1 else ""
            yield Refusal(several + refusal.place, refusal.reason)
