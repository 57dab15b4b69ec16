"""A disk that remembers what was asked of it, and can fail, or lose its power at any moment."""

import errno
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from readlist.library import disk

CALLS = (
    "create", "write", "write_at", "sync", "cut", "replace", "link", "sync_folder", "make_folder",
    "remove",
)  # fmt: skip
NAMELESS = -2  # stands for a file that nobody finds again
FOLDER = -1  # stands for the content of a folder

Disk = dict[Path, tuple[int, bytes]]
"""What a disk holds: by path the content, and a number that is the same for names of one file."""


@dataclass
class Inode:
    """A file's content, as far as the disk has it, and what came since: writes and cuts."""

    synced: bytes = b""
    since: list[tuple[str, Any]] = field(default_factory=list)

    def content(self, since: list[tuple[str, Any]]) -> bytes:
        found = self.synced
        for kind, value in since:
            if kind == "write":
                found += value
            elif kind == "write_at":
                data, offset = value
                found = found[:offset].ljust(offset, b"\0") + data + found[offset + len(data) :]
            else:
                found = found[:value]
        return found


class Recorder:
    """Records the calls of `disk` that change something, and lets one of them fail."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.log: list[tuple[str, Any, Any]] = []
        self.files: dict[int, int] = {}
        self.names: dict[Path, int] = {}
        self.count = 0
        self.fail_at: int | None = None
        self.fail_with = errno.EIO
        self._next = 0
        self._original: dict[str, Callable[..., Any]] = {
            name: getattr(disk, name) for name in (*CALLS, "open_to_write", "nameless")
        }
        for name in self._original:
            monkeypatch.setattr(disk, name, self._wrap(name))

    def acknowledge(self, state: Any) -> None:
        """Note that the user was told that this is the state now."""
        self.log.append(("acknowledged", state, None))

    def another_program_wrote(self, path: Path) -> None:
        """Note that a file has other content now, written in place by another program, safely."""
        number = self.names[path]
        self.log += [("cut", number, 0), ("write", number, path.read_bytes())]
        self.log += [("sync", number, None), ("sync_folder", path.parent, None)]

    def _wrap(self, name: str) -> Callable[..., Any]:
        def call(*args: Any) -> Any:
            if name in CALLS:
                self.count += 1
                if self.count == self.fail_at:
                    self._fail(name, *args)
            result = self._original[name](*args)
            self._note(name, args, result)
            return result

        return call

    def _fail(self, name: str, *args: Any) -> None:
        if name in ("write", "write_at"):  # some of it was written
            half = args[1][: len(args[1]) // 2]
            self._original[name](args[0], half, *args[2:])
        raise OSError(self.fail_with, "no space left" if self.fail_with == 28 else "input/output")

    def _note(self, name: str, args: Any, result: Any) -> None:
        if name == "nameless":
            self.files[result] = NAMELESS
        elif name == "write_at" and self.files[args[0]] == NAMELESS:
            pass  # no power cut leaves any of it
        elif name == "create":
            self._next += 1
            self.files[result] = self.names[args[0]] = self._next
            self.log.append((name, args[0], self._next))
        elif name == "open_to_write":
            self.files[result] = self.names.get(args[0], 0)
        elif name in ("write", "cut"):
            self.log.append((name, self.files[args[0]], args[1]))
        elif name == "write_at":
            self.log.append((name, self.files[args[0]], args[1:]))
        elif name == "sync":
            self.log.append((name, self.files[args[0]], None))
        elif name == "replace":
            self.names[args[1]] = self.names.pop(args[0])
            self.log.append((name, *args))
        elif name == "link":
            if args[1] not in self.names:  # else it was copied, which is on the log
                self.names[args[1]] = self.names[args[0]]
                self.log.append((name, self.names[args[0]], args[1]))
        elif name == "remove":
            self.names.pop(args[0], None)
            self.log.append((name, args[0], None))
        else:
            self.log.append((name, args[0], None))


def power_cuts(log: list[tuple[str, Any, Any]], start: int = 0) -> Iterator[tuple[int, Disk]]:
    """Yield what a disk may hold if the power fails: after each step of the log, several ways.

    Each comes with the number of steps done, from `start` on.
    """
    for steps in range(start, len(log) + 1):
        inodes, names, renames = _run(log[:steps])
        seen = set()
        for kept in _some_of(renames):
            for lose in (_nothing, _everything, _torn, _reordered, _zeroed):
                state = _state(inodes, names, kept, lose)
                key = frozenset(state.items())
                if key not in seen:
                    seen.add(key)
                    yield steps, state


def _some_of(renames: list[Any]) -> Iterator[list[Any]]:
    """Yield what folders may keep of changes that were not synced: first ones, or one file's."""
    for count in {0, len(renames) // 2, len(renames)}:
        yield renames[:count]
    for file in {_whole(change) for change in renames}:
        yield [change for change in renames if _whole(change) == file]


def _whole(change: Any) -> str:
    return str(change[1]).removesuffix(".new")


def _run(log: list[tuple[str, Any, Any]]) -> tuple[dict[int, Inode], dict[Path, int], list[Any]]:
    inodes: dict[int, Inode] = {FOLDER: Inode()}
    synced: dict[Path, int] = {}
    since: list[Any] = []
    for kind, one, other in log:
        if kind == "create":
            inodes[other] = Inode()
            since.append(("link", one, other))
        elif kind in ("write", "write_at", "cut"):
            inodes[one].since.append((kind, other))
        elif kind == "sync":
            inodes[one].synced = inodes[one].content(inodes[one].since)
            inodes[one].since = []
        elif kind == "link":
            since.append(("link", other, one))
        elif kind == "make_folder":
            since.append(("link", one, FOLDER))
        elif kind == "replace":
            since.append(("replace", one, other))
        elif kind == "remove":
            since.append(("unlink", one, None))
        elif kind == "sync_folder":
            synced = _names(synced, [change for change in since if change[1].parent == one])
            since = [change for change in since if change[1].parent != one]
    return inodes, synced, since


def _names(names: dict[Path, int], changes: list[Any]) -> dict[Path, int]:
    found = dict(names)
    for kind, one, other in changes:
        if kind == "link":
            found.setdefault(one, other) if other == FOLDER else found.update({one: other})
        elif kind == "replace" and one in found:
            found[other] = found.pop(one)
        elif kind == "unlink":
            found.pop(one, None)
    return found


def _state(
    inodes: dict[int, Inode],
    names: dict[Path, int],
    renames: list[Any],
    lose: Callable[[Inode], bytes],
) -> Disk:
    """Return the files that are there; with a folder, all in it is lost."""
    found = _names(names, renames)
    made = {change[1] for change in renames if change[0] == "link" and change[2] == FOLDER}
    made |= {path for path, number in names.items() if number == FOLDER}
    return {
        path: (number, lose(inodes[number]))
        for path, number in found.items()
        if number != FOLDER and (path.parent in found or path.parent not in made)
    }


def _nothing(inode: Inode) -> bytes:
    return inode.content(inode.since)


def _everything(inode: Inode) -> bytes:
    return inode.synced


def _torn(inode: Inode) -> bytes:
    """Of the last write the first half is there."""
    if not inode.since:
        return inode.synced
    return inode.content([*inode.since[:-1], _part(inode.since[-1], 0, 2)])


def _reordered(inode: Inode) -> bytes:
    """Of the last write the second half is there, over what was there, or zeros."""
    if not inode.since:
        return inode.synced
    before = inode.content(inode.since[:-1])
    kind, value = inode.since[-1]
    if kind == "write":
        return before + bytes(len(value) // 2) + value[len(value) // 2 :]
    return inode.content([*inode.since[:-1], _part((kind, value), 1, 2)])


def _part(change: tuple[str, Any], number: int, parts: int) -> tuple[str, Any]:
    kind, value = change
    if kind == "cut":
        return change
    data, offset = value if kind == "write_at" else (value, 0)
    start, end = (len(data) * n // parts for n in (number, number + 1))
    return (kind, (data[start:end], offset + start)) if kind == "write_at" else (kind, data[:end])


def _zeroed(inode: Inode) -> bytes:
    """The file has its length, but none of the data since."""
    whole = inode.content(inode.since)
    return inode.synced[: len(whole)] + bytes(max(0, len(whole) - len(inode.synced)))
