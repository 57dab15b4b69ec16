"""What services were asked in vain, kept beside the library: it is not asked every night."""

import json
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from readlist.library import disk
from readlist.library.beside import beside
from readlist.paper import Paper

AGAIN = timedelta(days=7)
"""After this what was not found is sought again: it may be new there."""
_FORGOTTEN = timedelta(days=90)
_VERSION = 1


class Asked:
    """The papers of a library of which nothing was found, or nothing certain, and when; and what
    the user said is another paper.

    A file that cannot be read is as good as none: then more is asked.
    """

    def __init__(self, library: Path) -> None:
        self._path = beside(library, "asked")
        self._papers = self._read()
        self._touched: set[str] = set()

    def is_settled(self, paper: Paper, now: str, *, doubtful_too: bool) -> bool:
        """Say whether to ask for a paper again is too early: it is as it was, and nothing was
        found the last time; or, if those are settled `doubtful_too`, nothing certain."""
        kept = self._papers.get(paper.uid, {})
        if kept.get("as") != _as_it_is(paper) or kept.get("was") not in ("none", "doubtful"):
            return False
        if kept["was"] == "doubtful" and not doubtful_too:
            return False
        return _between(str(kept.get("at")), now) < AGAIN

    def was(self, paper: Paper, what: str, now: str) -> None:
        """Keep that `what` was found of a paper now: `none`, `doubtful`, or `same`, which is not
        kept."""
        kept = self._papers.setdefault(paper.uid, {})
        kept |= {"as": _as_it_is(paper), "was": what, "at": now}
        if what == "same":
            del kept["as"], kept["was"]
        self._touched.add(paper.uid)

    def reject(self, paper: Paper, found: Paper, now: str) -> None:
        """Keep that a record is of another paper."""
        kept = self._papers.setdefault(paper.uid, {})
        kept["not"] = sorted({*kept.get("not", ()), *_names(found)})
        kept["at"] = now
        self._touched.add(paper.uid)

    def is_rejected(self, paper: Paper, found: Paper) -> bool:
        """Say whether the user said that a record is of another paper."""
        return bool(_names(found).intersection(self._papers.get(paper.uid, {}).get("not", ())))

    def save(self, now: str) -> None:
        """Write it down, with what others kept meanwhile. Where that fails, it is forgotten."""
        if not self._touched:
            return
        papers = self._read() | {uid: self._papers[uid] for uid in self._touched}
        kept = {
            uid: entry
            for uid, entry in papers.items()
            if entry.get("not") or _between(str(entry.get("at")), now) < _FORGOTTEN
        }
        content = json.dumps({"version": _VERSION, "papers": kept}, ensure_ascii=False)
        with suppress(OSError):
            disk.write_file(self._path, content.encode())

    def _read(self) -> dict[str, dict[str, Any]]:
        try:
            told = json.loads(self._path.read_bytes())
            papers = told["papers"] if told["version"] == _VERSION else {}
            return {uid: entry for uid, entry in papers.items() if isinstance(entry, dict)}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}


def _as_it_is(paper: Paper) -> str:
    """Return a text that is another once anything was changed by which a paper is sought."""
    told = [paper.title, sorted(paper.identifiers.items()), paper.authors[:1], paper.venue]
    return sha256(json.dumps(told).encode()).hexdigest()[:16]


def _names(found: Paper) -> set[str]:
    """Return how a record is known again: its identifiers, else its title."""
    return {f"{kind}:{value}" for kind, value in found.identifiers.items()} or {found.title}


def _between(earlier: str, later: str) -> timedelta:
    """Return the time between; a moment that is none, or far ahead, was long ago."""
    try:
        return abs(datetime.fromisoformat(later) - datetime.fromisoformat(earlier))
    except (ValueError, TypeError):
        return timedelta.max
