"""Backups: dated copies of the library in a folder, the last snapshots among them.

A snapshot that is replaced is kept by giving it a second name, which costs nothing: after the
replacement nobody writes that file. Until then it is the library itself, which plain TinyDB would
write in place, backup and all; so the name is a passing one (`.new`) until the replacement is done.
A crash in between leaves the passing name: the next backup gives it its own, or removes it when it
still is the library.
"""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import NamedTuple

from readlist.config import BackupSettings
from readlist.library import disk
from readlist.library.storage import JournalStorage

_TIME = "%Y-%m-%dT%H%M%SZ"
_NAME = re.compile(r"(\d{4}-\d\d-\d\dT\d{6}Z)(-schema\d+)?(?:-(\d+))?\.json$")
_SMALL = 1000  # bytes; what a library without papers, as at its beginning, does not exceed
_LEFTOVER = timedelta(days=1)  # who writes a copy has long finished by then
_NEWEST = 3  # so many stay however close together, and however old
_DAILY = timedelta(days=7)  # for so long one a day stays, then one a week

Settings = Callable[[], BackupSettings]


class Backup(NamedTuple):
    """A backup: when its content was written; `lasting` ones are not pruned; its bytes."""

    at: datetime
    number: int
    path: Path
    lasting: bool
    size: int


class Backups:
    """The backups in a folder; with `prefix`, those whose names begin so. Settings are asked for
    when they are needed. With `keep_all` none is removed."""

    def __init__(
        self,
        folder: Path,
        *,
        settings: Settings = BackupSettings,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        prefix: str = "",
        keep_all: bool = False,
    ) -> None:
        self.folder = folder
        self.settings = settings
        self._clock = clock
        self._prefix = prefix
        self._keep_all = keep_all

    def all(self) -> list[Backup]:
        """Return the backups, newest first; none when the folder cannot be read."""
        try:
            names = [path for path in self.folder.iterdir() if path.name.startswith(self._prefix)]
        except OSError:
            return []
        return sorted(filter(None, map(self._backup, names)), reverse=True)

    def make(self, storage: JournalStorage, *, label: str = "", spare: Path | None = None) -> Path:
        """Write the library as it is now into the folder; return where.

        A `label` as `-schema1` makes it last; `spare` is another one that stays. Raises `OSError`
        and `LibraryError`.
        """
        self._ready()
        target = self._free_name(self._clock(), label)
        write_copy(storage, target)
        self._prune({target, spare})
        return target

    @contextmanager
    def keeping(self, path: Path, notices: list[str]) -> Iterator[None]:
        """Keep the file at `path`, which is replaced within. What prevents it is a notice."""
        passing = None
        try:
            passing = self._second_name(path)
        except OSError as error:
            notices.append(_trouble(path, error))
        try:
            yield
        except BaseException:
            if passing is not None:
                with suppress(OSError):
                    disk.remove(passing)
            raise
        try:
            if passing is not None:
                self._prune({self._settle(passing)})
        except (OSError, ValueError) as error:  # ValueError: the settings cannot be read
            notices.append(_trouble(path, error))

    def _second_name(self, path: Path) -> Path | None:
        here = disk.look(path)
        if here is None or (here.size < _SMALL and b'"papers"' not in path.read_bytes()):
            return None
        self._ready()
        for leftover in self.folder.glob("*.new"):
            found = disk.look(leftover)
            if found is not None and found.number == here.number:
                disk.remove(leftover)
            else:
                self._settle(leftover)
        passing = self.folder / f"{path.name}.new"
        disk.link(path, passing)
        return passing

    def _settle(self, passing: Path) -> Path:
        """Give a snapshot that was replaced its name: the time when it was written."""
        written = datetime.fromtimestamp(passing.stat().st_mtime, UTC)
        target = self._free_name(written, "")
        passing.chmod(0o600)  # another program may have made it
        disk.replace(passing, target)
        disk.sync_folder(self.folder)
        return target

    def _ready(self) -> None:
        disk.make_folder(self.folder)

    def _free_name(self, at: datetime, label: str) -> Path:
        at = at.astimezone(UTC).replace(microsecond=0)
        stem = f"{self._prefix}{at.strftime(_TIME)}{label}"
        last = max((backup.number for backup in self.all() if backup.at == at), default=0)
        names = (f"{stem}{f'-{number}' if number > 1 else ''}.json" for number in count(last + 1))
        return next(self.folder / name for name in names if disk.look(self.folder / name) is None)

    def _backup(self, path: Path) -> Backup | None:
        match = _NAME.fullmatch(path.name[len(self._prefix) :])
        try:
            at = datetime.strptime(match[1], _TIME).replace(tzinfo=UTC) if match else None
        except ValueError:
            return None
        found = disk.look(path)
        if match is None or at is None or found is None:
            return None
        return Backup(at, int(match[3] or 1), path, bool(match[2]), found.size)

    def _prune(self, spared: set[Path | None]) -> None:
        """Remove what is too old, too close together, too many or too large in all, and no file
        with a name that is not given here.

        The newest stays; and so does what was just made, if a clock that was wrong once has left
        backups of a time to come.
        """
        if self._keep_all:
            return
        settings, now = self.settings(), self._clock()
        room, kept, periods = settings.megabytes * 1_000_000, 0, set()
        passing = [backup for backup in self.all() if not backup.lasting]
        for backup in sorted(passing, key=lambda backup: backup.path not in spared):
            period = _period(backup.at, now)
            is_old = now - backup.at > timedelta(days=settings.days)
            is_wanted = kept < _NEWEST or (period not in periods and not is_old)
            has_room = kept < settings.keep and backup.size <= room
            if kept and backup.path not in spared and not (is_wanted and has_room):
                disk.remove(backup.path)
                continue
            kept += 1
            room -= backup.size
            periods.add(period)
        self._remove_leftovers(now)

    def _remove_leftovers(self, now: datetime) -> None:
        for leftover in self.folder.glob("*.part"):
            with suppress(OSError):
                written = datetime.fromtimestamp(leftover.stat().st_mtime, UTC)
                if abs(now - written) > _LEFTOVER:
                    disk.remove(leftover)


def write_copy(storage: JournalStorage, target: Path) -> None:
    """Write the library as it is now to a file, whole or not at all, its owner's alone.

    Raises `OSError` and `LibraryError`.
    """
    passing = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        storage.copy_to(passing)
        disk.replace(passing, target)
    except BaseException:
        with suppress(OSError):
            disk.remove(passing)
        raise
    disk.sync_folder(target.parent)


def _period(at: datetime, now: datetime) -> tuple[int, ...]:
    """Return the time of which one backup stays: a day, or once that is some time ago, a week."""
    if now - at < _DAILY:
        return at.year, at.month, at.day
    return at.isocalendar()[:2]


def _trouble(path: Path, error: Exception) -> str:
    reason = getattr(error, "strerror", None) or str(error)
    return f"no backup of {path.name} as it was could be kept: {reason}"
