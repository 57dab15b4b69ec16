"""Files that are fetched in more than one go."""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from readlist.sources.asking import Head
from readlist.sources.problems import BrokenOffError, SourceError


class Part:
    """What there is of a file that is being fetched: `NAME.part`, and beside it what tells whether
    the rest still belongs to it (RFC 9110, 13.1.5)."""

    def __init__(self, path: Path, url: str) -> None:
        self._path = path
        self._url = url
        self._part = path.with_name(f"{path.name}.part")
        self._about = path.with_name(f"{path.name}.part.about")

    def fields(self) -> dict[str, str]:
        """Return what asks for the rest, if a part is there that can be gone on with."""
        found = {"Accept": "*/*", "Accept-Encoding": "identity"}
        try:
            told = json.loads(self._about.read_text("utf-8"))
            size = self._part.stat().st_size
            if size and told["url"] == self._url and told["mark"]:
                return {**found, "Range": f"bytes={size}-", "If-Range": str(told["mark"])}
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return found

    def take(self, head: Head, limit: int, where: str, coming: Callable[[int], None]) -> None:
        """Write what comes behind what is there, or anew. Raises `SourceError`, `OSError`."""
        start = self._start(head, where)
        size, whole = start, _length(head, start)
        if whole is not None and whole > limit:
            raise SourceError(f"{where}: the file has more than {limit // 1_000_000} MB", 200)
        if not start:
            etag = head.fields.get("etag", "")
            mark = etag if etag and not etag.startswith("W/") else head.fields.get("last-modified")
            self._about.write_text(json.dumps({"url": self._url, "mark": mark or ""}), "utf-8")
        with self._part.open("ab" if start else "wb") as file:
            for piece in head.body:
                size += len(piece)
                if size > limit:
                    raise SourceError(f"{where}: the file has more than {limit // 10**6} MB", 200)
                file.write(piece)
                coming(size - start)
        if whole is not None and size != whole:
            raise BrokenOffError(f"{where} broke off within the file")

    def begin_anew(self) -> None:
        """Have the whole file asked for next time."""
        with suppress(OSError):
            self._about.unlink(missing_ok=True)

    def finish(self) -> None:
        """Give the whole file its name. Raises `OSError`."""
        self._part.replace(self._path)
        self.begin_anew()

    def _start(self, head: Head, where: str) -> int:
        """Return from which byte on the answer is; what does not fit is begun anew next time."""
        if head.status != 206:
            return 0
        told = head.fields.get("content-range", "").removeprefix("bytes ").partition("-")[0]
        have = self._part.stat().st_size
        if told != str(have):
            self.begin_anew()
            raise BrokenOffError(f"{where} sent another part of the file than was asked for")
        return have


def _length(head: Head, start: int) -> int | None:
    told = head.fields.get("content-length", "")
    return start + int(told) if told.isdigit() and len(told) < 16 else None
