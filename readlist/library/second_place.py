"""The second place: a copy of the library in another folder, or given to a command, once a day."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from readlist.config import BackupSettings
from readlist.library import disk
from readlist.library.backup import Backups, write_copy
from readlist.library.disk import LibraryError
from readlist.library.library import Library
from readlist.paper import timestamp
from readlist.text import clean_line

TIMEOUT = 120.0  # seconds that a command may take

_EACH = timedelta(days=1)
_AGAIN = timedelta(hours=1)  # after a failure: a place that is away is not asked at each turn


class LastCopy(NamedTuple):
    """When a copy was last tried, when one was last made, and what went wrong with the last."""

    tried: str
    succeeded: str | None
    error: str | None


class _CopyError(Exception):
    """The second place did not take the copy; one line that says why."""


def last_copy(backups: Backups) -> LastCopy | None:
    """Return how it went the last time; None when there was none, or nobody knows."""
    try:
        values = json.loads(_state(backups).read_bytes())
        found = LastCopy(*(values.get(name) for name in LastCopy._fields))
        for moment in filter(None, found[:2]):
            datetime.fromisoformat(moment)
    except (OSError, ValueError, TypeError, AttributeError):
        return None
    return found


def copy_if_due(library: Library) -> None:
    """Copy the library to the second place of the settings, unless that was done within a day.

    Trouble is a notice of the library, never an error.
    """
    backups = library.backups
    try:
        settings = backups.settings()
        if not (settings.folder or settings.command) or not len(library):
            return
        now = datetime.fromisoformat(library.now())
        last = last_copy(backups)
        if last is not None and not _is_due(last, now):
            return
        error = _tried(library, settings)
        succeeded = timestamp(now) if error is None else last.succeeded if last else None
        _note(backups, LastCopy(timestamp(now), succeeded, error))
    except (OSError, LibraryError, ValueError) as trouble:
        error = str(trouble)
    if error is not None:
        library.notices.append(f"no copy went to the second place: {error}")


def _is_due(last: LastCopy, now: datetime) -> bool:
    """Whether enough time has passed; a moment far ahead comes from a clock that was wrong."""

    def passed(moment: str | None, wait: timedelta) -> bool:
        return moment is None or abs(now - datetime.fromisoformat(moment)) >= wait

    return passed(last.succeeded, _EACH) and (last.error is None or passed(last.tried, _AGAIN))


def _tried(library: Library, settings: BackupSettings) -> str | None:
    """Make the copy; return what went wrong."""
    try:
        if settings.folder is not None:
            _to_folder(library, settings.folder)
        else:
            _to_command(library, settings.command)
    except _CopyError as error:
        return str(error)
    except LibraryError as error:
        return str(error)
    except OSError as error:
        return f"{settings.folder or settings.command[0]}: {error.strerror or error}"
    return None


def _to_folder(library: Library, folder: Path) -> None:
    if not folder.is_dir():  # making it would fill the place where a disk is to be mounted
        raise _CopyError(f"{folder} is no folder that is there")
    there = Backups(
        folder,
        settings=library.backups.settings,
        clock=lambda: datetime.fromisoformat(library.now()),
        prefix=f"{library.path.stem}-",
    )
    there.make(library.database.storage)


def _to_command(library: Library, command: tuple[str, ...]) -> None:
    import subprocess  # not for free, and this runs behind every import
    import tempfile

    moment = datetime.fromisoformat(library.now()).astimezone(UTC)
    with tempfile.TemporaryDirectory(prefix="readlist-") as folder:
        file = Path(folder) / f"{library.path.stem}-{moment:%Y-%m-%dT%H%M%SZ}.json"
        write_copy(library.database.storage, file)
        words = [word.replace("{file}", str(file)) for word in command]
        try:
            done = subprocess.run(
                words,
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                timeout=TIMEOUT,
            )
        except subprocess.TimeoutExpired:
            raise _CopyError(f"{command[0]} took longer than {TIMEOUT:.0f} seconds") from None
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines() or [""]
        said = f": {clean_line(lines[-1])[:200]}" if lines[-1] else ""
        raise _CopyError(f"{command[0]} ended with {done.returncode}{said}")


def _note(backups: Backups, copy: LastCopy) -> None:
    disk.make_folder(backups.folder)
    disk.write_file(_state(backups), json.dumps(copy._asdict()).encode())


def _state(backups: Backups) -> Path:
    return backups.folder / "last-copy.json"
