"""How fast the library is, at sizes from a thousand papers to a million.

    python tests/benchmarks/bench_library.py [--sizes 1000,10000] [--json] [--plain-up-to N]

Times are medians in milliseconds; in one run, interleaved, a bare write of the same bytes with
`fdatasync` beside each durable change. Opening is measured in a process of its own, without the
start of Python, with its imports; memory is what that process's resident size grew by.
"""

import argparse
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tinydb import TinyDB, where

from readlist.library import disk, snapshot
from readlist.library.database import JournalDB
from readlist.library.layer import encode

STATES = ("new", "to-read", "reading", "read", "archived")
ABSTRACT = ("We study offline reinforcement learning with implicit policies. " * 21)[:1300]

OPEN = """
import json, sys, time
from pathlib import Path
def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6
sys.path[:0] = [sys.argv[2], sys.argv[3]]
start, before = time.perf_counter(), resident()
from readlist.library.database import JournalDB
imported = time.perf_counter()
def values(d): return 0, d["starred"], d["n"]
db = JournalDB(sys.argv[1], column_values=values)
papers = db.table("papers")
step = max(1, len(papers) // 50)
found = papers.get(doc_ids=range(1, len(papers) + 1, step)[:50])
columns = db.columns.counts() if sys.argv[4] == "columns" else None
end = time.perf_counter()
print(json.dumps({"all": (end - start) * 1e3, "open": (end - imported) * 1e3,
                  "memory": resident() - before, "found": len(found)}))
"""


def paper(n: int) -> dict[str, Any]:
    """Return a paper as the library keeps it, about 1,900 bytes."""
    return {
        "uid": f"{n:032x}", "citekey": f"author{2000 + n % 25}word{n}", "type": "article",
        "title": f"Paper {n} on offline reinforcement learning with implicit policies",
        "abstract": ABSTRACT, "authors": ["Ada Author", "Ben Builder", "Cid Coder"],
        "author_count": None, "organization": None, "venue": None, "published": "2024-01-02",
        "identifiers": {"arxiv": f"2401.{n:05d}"}, "urls": {"pdf": f"https://arxiv.org/pdf/{n}"},
        "categories": ["cs.LG"], "upvotes": n % 90, "comments": None, "status": "new",
        "starred": False, "tags": ["rl", "rl/offline"], "note": "", "added": "2026-01-01T00:00:00Z",
        "decided": None, "started": None, "finished": None, "changed": None, "sources": [],
        "files": [], "extra": {}, "n": n // 50,
    }  # fmt: skip


def values(document: dict[str, Any]) -> tuple[int, bool, int]:
    """Return a paper's columns."""
    return STATES.index(document["status"]), document["starred"], document["n"]


def make(path: Path, size: int) -> None:
    """Write a library of `size` papers, without holding it in memory."""
    file = disk.create(path)
    lines = ((n, snapshot.line(n, encode(paper(n)))) for n in range(1, size + 1))
    snapshot.write(file, [("papers", lines)], follows=[], next_ids={"papers": size + 1})
    disk.close(file)
    with JournalDB(path, column_values=values) as db:
        _ = db.columns


def clock(action: Callable[[], Any]) -> float:
    """Return how many milliseconds an action takes."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1e3


def bare(file: int, data: bytes) -> None:
    """Write and sync, as little as a durable change can be."""
    os.write(file, data)
    os.fdatasync(file)


def last_line(path: Path) -> bytes:
    """Return the bytes that the last change wrote."""
    journal = path.with_name(path.name + ".journal").read_bytes()
    return journal.rstrip(b" ").splitlines(keepends=True)[-1]


def toggles(db: JournalDB, path: Path, size: int, rounds: int) -> Iterator[tuple[str, float]]:
    """Yield the times of durable changes, each with a bare write of the same bytes."""
    papers = db.table("papers")
    file = os.open(path.with_name("bare"), os.O_RDWR | os.O_CREAT | os.O_APPEND)
    papers.update({"status": "read"}, doc_ids=[1])
    toggle = last_line(path)
    papers.update({**paper(1), "uid": "", "abstract": ABSTRACT[::-1], "tags": []}, doc_ids=[1])
    whole = last_line(path)
    for n in range(rounds):
        ids = [1 + (n * 7919 + 1) % size]
        yield "toggle", clock(partial(papers.update, {"status": "read"}, doc_ids=ids))
        yield "bare", clock(lambda: bare(file, toggle))
        changed = {**paper(ids[0]), "uid": "", "abstract": ABSTRACT[::-1], "tags": []}
        if n % 4 == 0:
            yield "document", clock(partial(papers.update, changed, doc_ids=ids))
            yield "bare document", clock(lambda: bare(file, whole))
    os.close(file)


def bulk(db: JournalDB, size: int) -> None:
    """Change a thousand papers, each in its own way, as one change."""
    each = {n: {"starred": True, "note": f"{n}"} for n in range(1, min(1000, size) + 1)}
    db.table("papers").update_each(each)


def opened(path: Path, *, columns: bool = False) -> dict[str, float]:
    """Return the median of opening and reading 50 papers in a new process."""
    roots = [str(Path(__file__).parents[2]), str(Path(sys.modules["tinydb"].__file__).parents[1])]
    arguments = [sys.executable, "-S", "-c", OPEN, path, *roots, "columns" if columns else ""]
    runs = [json.loads(subprocess.check_output(arguments)) for _ in range(5)]
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def ours(path: Path, size: int) -> dict[str, float]:
    """Measure the library."""
    make(path, size)
    found: dict[str, float] = {}
    for kind, run in (("", opened(path)), (" + columns", opened(path, columns=True))):
        found["open" + kind] = run["open"]
        found["open with imports" + kind] = run["all"]
        found["memory MB" + kind] = run["memory"]
    with JournalDB(path, column_values=values) as db:
        _ = db.columns
        times: dict[str, list[float]] = {}
        for kind, spent in toggles(db, path, size, 400):
            times.setdefault(kind, []).append(spent)
        found |= {kind: statistics.median(all_times) for kind, all_times in times.items()}
        found["toggle : bare"] = found["toggle"] / found["bare"]
        found["bulk 1000"] = clock(lambda: bulk(db, size))
        found["bulk : toggle"] = found["bulk 1000"] / found["toggle"]
        found["compact"] = clock(db.compact)
        if size <= 100_000:
            found["scan"] = clock(lambda: db.table("papers").search(where("status") == "read"))
    path.with_name(path.name + ".offsets").unlink()
    found["open, side file lost"] = clock(lambda: JournalDB(path).close())
    return found


def plain(path: Path, size: int) -> dict[str, float]:
    """Measure TinyDB as it comes."""
    with TinyDB(path) as db:
        db.table("papers").insert_multiple(paper(n) for n in range(1, size + 1))
    with TinyDB(path) as db:
        papers = db.table("papers")
        opening = clock(lambda: papers.get(doc_ids=range(1, 51)))
        toggle = clock(lambda: papers.update({"status": "read"}, doc_ids=[1]))
        scan = clock(lambda: papers.search(where("status") == "read"))
    return {"open": opening, "toggle": toggle, "scan": scan}


def sqlite(path: Path, size: int) -> dict[str, float]:
    """Measure SQLite with a table of JSON texts."""
    db = sqlite3.connect(path)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    db.execute("CREATE TABLE papers (id INTEGER PRIMARY KEY, status TEXT, text TEXT)")
    rows = ((n, "new", json.dumps(paper(n))) for n in range(1, size + 1))
    db.executemany("INSERT INTO papers VALUES (?, ?, ?)", rows)
    db.commit()

    def toggle(n: int) -> None:
        db.execute("UPDATE papers SET status = 'read' WHERE id = ?", (n,))
        db.commit()

    times = [clock(lambda n=n: toggle(n)) for n in range(1, 200)]
    db.close()
    return {"toggle": statistics.median(times)}


def main() -> None:
    """Measure, and print a table or JSON."""
    parser = argparse.ArgumentParser(description="How fast the library is.")
    parser.add_argument("--sizes", default="1000,10000,100000,1000000")
    parser.add_argument("--plain-up-to", type=int, default=10_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    table: dict[str, dict[str, float]] = {}
    for size in map(int, options.sizes.split(",")):
        with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
            found = ours(Path(folder) / "library.json", size)
            if size <= options.plain_up_to:
                of_plain = plain(Path(folder) / "plain.json", size)
                found |= {f"plain TinyDB: {name}": took for name, took in of_plain.items()}
                of_sqlite = sqlite(Path(folder) / "papers.sqlite", size)
                found |= {f"SQLite: {name}": took for name, took in of_sqlite.items()}
        table[f"{size:,}"] = found
    if options.json:
        print(json.dumps(table, indent=1))
        return
    print(f"{'ms':28}", *(f"{name:>11}" for name in table))
    for name in dict.fromkeys(name for found in table.values() for name in found):
        cells = (f"{found[name]:11.2f}" if name in found else " " * 11 for found in table.values())
        print(f"{name:28}", *cells)


if __name__ == "__main__":
    main()
