"""Answers that were fetched, kept with their age: to be asked for less, and less to be sent.

A file for each address: a line of JSON that tells of it, and the body. All of it can be deleted.
"""

import hashlib
import json
import os
import time
from contextlib import suppress
from pathlib import Path

from readlist.library.disk import make_folder
from readlist.record import Record

_OLDEST = 30 * 86400.0  # seconds
_MOST = 300_000_000  # bytes, of all answers together
_LARGEST = 30_000_000
_OFTEN = 86400.0
_VERSION = 1


class Kept(Record):
    """An answer: what was asked, at what time, and what tells whether it is still the same."""

    body: bytes
    url: str
    type: str
    etag: str
    modified: str
    at: float

    def is_fresh(self, max_age: float) -> bool:
        """Say whether it is at most so many seconds old."""
        return 0 <= time.time() - self.at < max_age


class Cache:
    """The answers in a folder. Where that cannot be written, or read, there are none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "answers"

    def find(self, url: str, accept: str) -> Kept | None:
        """Return what was answered, if it is there and whole."""
        try:
            head, _, body = self._path(url, accept).read_bytes().partition(b"\n")
            told = json.loads(head)
            if (told["version"], told["asked"], told["size"]) != (_VERSION, url, len(body)):
                return None
            return Kept(body, told["url"], told["type"], told["etag"], told["modified"], told["at"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, url: str, accept: str, kept: Kept) -> None:
        """Keep an answer, whole or not at all."""
        if len(kept.body) > _LARGEST:
            return
        told = {name: getattr(kept, name) for name in ("url", "type", "etag", "modified", "at")}
        head = json.dumps({"version": _VERSION, "asked": url, "size": len(kept.body), **told})
        path = self._path(url, accept)
        passing = path.with_name(f"{path.name}.{os.getpid()}.{time.monotonic_ns()}.new")
        try:
            make_folder(self._folder)
            passing.write_bytes(head.encode() + b"\n" + kept.body)
            passing.replace(path)
        except OSError:  # full, or read-only: then it is fetched again next time
            with suppress(OSError):
                passing.unlink(missing_ok=True)

    def forget(self, url: str, accept: str) -> None:
        """Let go of an answer that turned out to be of no use."""
        with suppress(OSError):
            self._path(url, accept).unlink(missing_ok=True)

    def tidy(self) -> None:
        """Let go of what is old, and of the oldest when it is too much; once a day."""
        mark = self._folder / "tidied"
        with suppress(OSError):
            if mark.exists() and time.time() - mark.stat().st_mtime < _OFTEN:
                return
            mark.touch()
            found = []
            for path in self._folder.iterdir():
                with suppress(OSError):
                    told = path.stat()
                    found.append((told.st_mtime, told.st_size, path))
            room = _MOST
            for at, size, path in sorted(found, reverse=True):
                room -= size
                if path != mark and (room < 0 or time.time() - at > _OLDEST):
                    with suppress(OSError):
                        path.unlink(missing_ok=True)

    def _path(self, url: str, accept: str) -> Path:
        return self._folder / hashlib.sha256(f"{accept}\n{url}".encode()).hexdigest()[:40]
