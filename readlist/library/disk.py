"""Write, sync, replace, lock: all that differs by platform or can fail.

Nobody else calls the system. It is `disk.write(…)` to all, so that tests can record it, or fail it.
"""

import errno
import os
import sys
import threading
import time
from array import array
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

REPLACES_OPEN_FILES = sys.platform != "win32"

_BINARY = getattr(os, "O_BINARY", 0)
_PRIVATE = 0o600
_BLOCK = 1 << 20
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV}


class LibraryError(Exception):
    """The library cannot be opened, read or written: which file, why, what to do, in one line."""

    def __init__(self, path: Path, reason: str, advice: str) -> None:
        super().__init__(f"{path}: {reason}; {advice}")
        self.path = path
        self.reason = reason
        self.advice = advice

    @property
    def short(self) -> str:
        """The same without the folders, for where room is scarce and the library known."""
        return f"{self.path.name}: {self.reason}; {self.advice}"


class BrokenError(LibraryError):
    """The file holds no library, or only half of one: what is there cannot be used."""


class UncertainError(LibraryError):
    """A change was written, but the disk did not confirm it: it is in force, and may be lost."""


class Stamp(NamedTuple):
    """What tells whether a file is still the same: its number, bytes, nanoseconds of change."""

    number: int
    size: int
    modified: int


def explain(error: OSError, path: Path) -> LibraryError:
    """Return a system's error as one that says what to do."""
    reason = (error.strerror or str(error)).lower()
    advice = "check the disk, and the backups of the library"
    if isinstance(error, PermissionError):
        advice = "change the permissions of the file and its folder, or use --library"
    elif isinstance(error, IsADirectoryError | NotADirectoryError):
        advice = "name a file with --library"
    elif error.errno in (errno.ENOSPC, errno.EDQUOT):
        advice = "make room on the disk, then try again"
    elif error.errno == errno.EROFS:
        advice = "it can be read here, not changed"
    return LibraryError(path, reason, advice)


def look(path: Path | str) -> Stamp | None:
    """Return the stamp of the file at `path`, None when there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 - Path.stat costs twice the time, at each change
    except (FileNotFoundError, NotADirectoryError):
        return None
    return Stamp(found.st_ino, found.st_size, found.st_mtime_ns)


def stamp(file: int) -> Stamp:
    """Return the stamp of an open file."""
    found = os.fstat(file)
    return Stamp(found.st_ino, found.st_size, found.st_mtime_ns)


def open_to_read(path: Path) -> int:
    """Open a file. Raises `OSError`, also for a folder."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "it is a folder")
    return os.open(path, os.O_RDONLY | _BINARY)


def open_to_write(path: Path) -> int:
    """Open a file that exists, to read and to write it."""
    return os.open(path, os.O_RDWR | _BINARY)


def create(path: Path) -> int:
    """Make an empty file that only its owner can read; what was there is gone."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | _BINARY, _PRIVATE)


def nameless(folder: Path) -> int:
    """Open an empty file, to write and to read it, that is gone when it is closed."""
    from tempfile import TemporaryFile

    with TemporaryFile(buffering=0, dir=folder) as file:
        return os.dup(file.fileno())


def open_to_append(path: Path) -> int:
    """Open a file to write at its end; it is made if it is not there, for its owner alone."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | _BINARY, _PRIVATE)


def close(file: int) -> None:
    """Close a file."""
    os.close(file)


def read(file: int, length: int, offset: int) -> bytes:
    """Return `length` bytes from `offset` on, fewer at the end of the file."""
    if sys.platform == "win32":
        os.lseek(file, offset, os.SEEK_SET)
        return _read_on(file, length)
    data = os.pread(file, length, offset)
    while len(data) < length:
        more = os.pread(file, length - len(data), offset + len(data))
        if not more:
            break
        data += more
    return data


def read_into(file: int, room: "array[int] | bytearray", offset: int) -> None:
    """Fill an array or a bytearray with what stands from `offset` on.

    Raises `ValueError` when the file ends before.
    """
    view = memoryview(room).cast("B")
    done = 0
    while done < len(view):
        if hasattr(os, "preadv"):
            more = os.preadv(file, [view[done:]], offset + done)
        else:  # on Windows, and before macOS 11
            data = read(file, len(view) - done, offset + done)
            view[done : done + len(data)] = data
            more = len(data)
        if not more:
            raise ValueError("cut short")
        done += more


def _read_on(file: int, length: int) -> bytes:
    data = b""
    while len(data) < length and (more := os.read(file, min(_BLOCK, length - len(data)))):
        data += more
    return data


def write(file: int, data: bytes) -> None:
    """Write all of `data`. Raises `OSError`; some of it may have been written then."""
    written = os.write(file, data)
    while written < len(data):  # a signal, or a disk that is filling up
        written += os.write(file, memoryview(data)[written:])


def write_at(file: int, data: bytes, offset: int) -> None:
    """Write all of `data` from `offset` on. Raises `OSError`; some may have been written then."""
    if sys.platform == "win32":
        os.lseek(file, offset, os.SEEK_SET)
        write(file, data)
        return
    written = os.pwrite(file, data, offset)
    while written < len(data):
        written += os.pwrite(file, memoryview(data)[written:], offset + written)


def sync(file: int) -> None:
    """Return when what was written to the file is on the disk itself.

    macOS: `fsync` leaves it in the drive's cache, see fsync(2) there on `F_FULLFSYNC`.
    """
    if sys.platform == "darwin":
        fcntl.fcntl(file, fcntl.F_FULLFSYNC)
    elif sys.platform == "win32":
        os.fsync(file)
    else:
        os.fdatasync(file)


def cut(file: int, size: int) -> None:
    """Drop what lies behind the first `size` bytes."""
    os.ftruncate(file, size)


def replace(source: Path, target: Path) -> None:
    """Put one file in the place of another, at once. Windows refuses while someone has it open."""
    os.replace(source, target)  # noqa: PTH105 - beside the other calls that can fail


def link(source: Path, target: Path) -> None:
    """Give a file a second name; where the file system has no such thing, copy it.

    A copy is synced. Raises `OSError`, `FileExistsError` when the second name is taken.
    """
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        passing = target.with_name(f"{target.name}.part")
        copy(source, passing)
        replace(passing, target)


def copy(source: Path, target: Path) -> None:
    """Copy a file, and sync the copy; of half a copy nothing stays. Raises `OSError`."""
    reading = open_to_read(source)
    try:
        writing = create(target)
        try:
            for start in range(0, stamp(reading).size, _BLOCK):
                write(writing, read(reading, _BLOCK, start))
            sync(writing)
        except BaseException:
            remove(target)
            raise
        finally:
            close(writing)
    finally:
        close(reading)


def sync_file(path: Path) -> None:
    """Return when a file that something else wrote is on the disk itself."""
    with path.open("r+b") as file:
        sync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Return when the names in a folder are on the disk. Windows cannot, and need not."""
    if sys.platform == "win32":
        return
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner can look into, and those above it, unless it is there.

    It is on the disk then: what is in a folder that is lost is lost with it. Raises `OSError`.
    """
    if folder.is_dir():
        return
    if folder.parent != folder:
        make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    with suppress(PermissionError):  # a folder above that may be passed through, but not opened
        sync_folder(folder.parent)


def remove(path: Path) -> None:
    """Remove a file, if it is there."""
    path.unlink(missing_ok=True)


def write_file(path: Path, data: bytes) -> None:
    """Write a whole small file: after a crash it is there as before, or as wanted.

    Which of the two is certain once the folder is synced. The lock is held. What is no file, as
    `/dev/null`, is not replaced by one: `OSError`.
    """
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "no file, and not to be replaced by one", str(path))
    passing = path.with_name(f"{path.name}.new")
    try:
        file = create(passing)
        try:
            write(file, data)
            sync(file)
        finally:
            close(file)
        replace(passing, path)
    except BaseException:
        remove(passing)
        raise


class Lock:
    """A lock between processes: a file that is never replaced, nor removed.

    `flock`, as POSIX `lockf` is dropped when any descriptor of the file closes.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: int | None = None
        self._thread = threading.RLock()
        self._depth = 0

    def take(self, *, shared: bool = False, patience: float = 10.0) -> bool:
        """Take the lock, waiting up to `patience` seconds; return whether it was given.

        Raises `OSError` when the file cannot be made.
        """
        if self._file is None:
            make_folder(self.path.parent)
            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | _BINARY, _PRIVATE)
        if _lock(self._file, shared):
            return True
        end, pause = time.monotonic() + patience, 0.0005
        while time.monotonic() < end:
            time.sleep(pause)
            if _lock(self._file, shared):
                return True
            pause = min(pause * 1.5, 0.01)
        return False

    def hold(self, patience: float = 10.0) -> bool:
        """Take the lock for this thread, which may have it already; return whether it was given.

        Without patience no thread is waited for. `let_go` as often. Raises `OSError`.
        """
        if not self._thread.acquire(blocking=patience > 0):
            return False
        given = False
        try:
            given = self._depth > 0 or self.take(patience=patience)
            self._depth += given
        finally:
            if not given:
                self._thread.release()
        return given

    def let_go(self) -> None:
        """Give back what `hold` gave."""
        self._depth -= 1
        if self._depth == 0:
            self.give_back()
        self._thread.release()

    def give_back(self) -> None:
        """Let others have the lock."""
        if self._file is not None:
            _unlock(self._file)

    def close(self) -> None:
        """Give the lock back and close its file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    @property
    def marked(self) -> bool:
        """Whether a holder left a mark: the last sync failed, no change may build on it."""
        return self._file is not None and os.fstat(self._file).st_size > 0

    def mark(self, on: bool) -> None:
        """Leave the mark, or take it away."""
        if self._file is not None:
            os.ftruncate(self._file, 1 if on else 0)


if sys.platform == "win32":
    # Shared locks there are none: a file that is open cannot be replaced, which does as well.
    def _lock(file: int, shared: bool) -> bool:
        if shared:
            return True
        os.lseek(file, 1 << 30, os.SEEK_SET)  # far behind the mark
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(file: int) -> None:
        os.lseek(file, 1 << 30, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)

else:

    def _lock(file: int, shared: bool) -> bool:
        try:
            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
