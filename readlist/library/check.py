"""Look a library through: every document, what belongs together, and the backups."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from readlist.identifiers import new_uid
from readlist.library import disk
from readlist.library.disk import LibraryError
from readlist.library.library import Library
from readlist.library.recovery import counted
from readlist.library.snapshot import Snapshot
from readlist.paper import Document, Paper, spoilt_fields
from readlist.record import Record, field

_NAMES = ("uid", "citekey")


class Report(Record, frozen=False):
    """What is in a library, and what is wrong with it.

    `unreadable` as (table, id); `spoilt` the fields of papers that no paper can have, by id, each
    with the value to put there; `shared` the ids that have one uid or citekey, under its name and
    value, "" for those that have none; `backups_spoilt` the newest backup if it is no library.
    """

    tables: dict[str, int] = field(default_factory=dict)
    size: int = 0
    journal: int = 0
    unreadable: list[tuple[str, int]] = field(default_factory=list)
    spoilt: dict[int, Document] = field(default_factory=dict)
    shared: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    side_file_fits: bool = True
    set_aside: list[str] = field(default_factory=list)
    backups: int = 0
    backup_size: int = 0
    newest_backup: str | None = None
    backup_spoilt: str | None = None

    @property
    def problems(self) -> list[str]:
        """What is wrong, a line each."""
        found = [f"{number} in {name} cannot be read" for name, number in self.unreadable]
        for number, fields in self.spoilt.items():
            found.append(f"paper {number}: no paper can have this {', '.join(fields)}")
        for (name, value), numbers in self.shared.items():
            few = ", ".join(map(str, numbers[:5])) + (", …" if len(numbers) > 5 else "")
            what = f"the same {name} {value}" if value else f"no {name}"
            found.append(f"{counted(len(numbers), 'paper')} with {what}: {few}")
        if not self.side_file_fits:
            found.append("the side file of offsets does not fit the library")
        if self.backup_spoilt:
            found.append(f"the newest backup cannot be used: {self.backup_spoilt}")
        return found

    def as_json(self) -> dict[str, Any]:
        """Return the report as JSON values."""
        return {
            "papers": self.tables.get("papers", 0),
            "tables": self.tables,
            "bytes": {"library": self.size, "journal": self.journal},
            "problems": self.problems,
            "set_aside": self.set_aside,
            "backups": {
                "count": self.backups,
                "bytes": self.backup_size,
                "newest": self.newest_backup,
            },
        }


def check(library: Library) -> Report:
    """Look the library through; changes nothing. Reads all. Raises `LibraryError`."""
    storage = library.database.storage
    report = Report({name: storage.count(name) for name in sorted(storage.tables())})
    report.size, report.journal = storage.sizes
    report.side_file_fits = storage.side_file_fits()  # first: what follows may set it right
    report.unreadable = storage.unreadable()
    _look_at_papers(library, report)
    whole = storage.path
    kinds = (f"{whole.name}.{kind}-*" for kind in ("damaged", "journal", "broken"))
    report.set_aside = sorted(path.name for kind in kinds for path in whole.parent.glob(kind))
    _look_at_backups(library, report)
    return report


def _look_at_papers(library: Library, report: Report) -> None:
    unreadable = {number for name, number in report.unreadable if name == "papers"}
    owners: dict[tuple[str, str], list[int]] = defaultdict(list)
    papers = library.database.table("papers")
    for number in papers.doc_ids():
        if number in unreadable:
            continue
        document = library.database.storage.document("papers", number) or {}
        fields = spoilt_fields(document)
        if fields:
            report.spoilt[number] = fields
        paper = Paper.of(document, number)
        for name in _NAMES:
            owners[name, getattr(paper, name)].append(number)
    report.shared = {
        key: numbers for key, numbers in owners.items() if len(numbers) > 1 or not key[1]
    }


def _look_at_backups(library: Library, report: Report) -> None:
    backups = library.backups.all()
    report.backups, report.backup_size = len(backups), sum(backup.size for backup in backups)
    if not backups:
        return
    newest = backups[0].path
    report.newest_backup = str(newest)
    try:
        Snapshot.open(newest, newest.with_suffix(".none"), trust=False).close()
    except LibraryError as error:
        report.backup_spoilt = f"{newest.name}: {error.reason}"
    except OSError as error:
        report.backup_spoilt = f"{newest.name}: {error.strerror}"


def repair(library: Library, report: Report, give_key: Callable[[Paper], str]) -> list[str]:
    """Repair what a check found; return what was done, a line each.

    The library is backed up first. `give_key` gives a paper a citekey that no other has. Raises
    `LibraryError`, and `OSError` when it cannot be backed up; nothing is done then.
    """
    storage = library.database.storage
    done = []
    if report.problems and disk.look(storage.path) is not None:
        kept = library.backups.make(storage)
        done.append(f"backed up as {kept}")
    if not report.side_file_fits:
        storage.rebuild()
        done.append("the side file was made anew")
    if report.unreadable:
        kept = storage.drop_unreadable(report.unreadable)
        what = counted(len(report.unreadable), "document")
        done.append(f"{what} that cannot be read went to {kept.name}")
    with library.writing():
        fields = _mended(library, report, give_key)
        library.mend(fields)
    if fields:
        done.append(f"fields of {counted(len(fields), 'paper')} were put right")
    return done


def _mended(
    library: Library, report: Report, give_key: Callable[[Paper], str]
) -> dict[int, Document]:
    """Return the fields to put into papers, by id. Of several with one name the first keeps it."""
    found: dict[int, Document] = {n: dict(f) for n, f in report.spoilt.items() if n in library}
    for (name, value), numbers in report.shared.items():
        for number in numbers[1:] if value else numbers:
            if number not in library:
                continue
            paper = library.paper(number)
            if getattr(paper, name) == value:  # else it was changed since
                new = new_uid() if name == "uid" else give_key(paper)
                found.setdefault(number, {})[name] = new
    return found
