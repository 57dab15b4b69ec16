"""How fast the library is, at sizes from a thousand papers to a million.

    python tests/benchmarks/bench_library.py [--sizes 1000,10000] [--json]
        [--plain-up-to N] [--sqlite-up-to N] [--starts ROUNDS]

Times are medians in milliseconds; in one run, interleaved, a bare write of the same bytes with
`fdatasync` beside each durable change, `python -c pass` beside a verb, an empty Textual app beside
the interface. Opening is measured in a process of its own, without the start of Python, with its
imports; memory is what that process's resident size grew by.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tinydb import where

from readlist.library import disk, snapshot
from readlist.library.database import JournalDB
from readlist.library.layer import encode
from tests.benchmarks import rivals
from tests.benchmarks.programs import environment, starts
from tests.benchmarks.sample import ABSTRACT, clock, paper

STATES = ("new", "to-read", "reading", "read", "archived")
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
    output = partial(subprocess.check_output, arguments, env=environment(path))
    runs = [json.loads(output()) for _ in range(6)][1:]  # the first makes byte code
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


def of_programs(path: Path, rounds: int) -> dict[str, float]:
    """Measure whole programs on a library."""
    times: dict[str, list[float]] = {}
    for name, took in starts(path, rounds):
        times.setdefault(name, []).append(took)
    found = {name: statistics.median(all_times) for name, all_times in times.items()}
    if found:
        found["list : pass"] = found["list --limit 10"] / found["python -c pass"]
        found["interface : empty"] = found["interface to rows"] / found["empty Textual app"]
    return found


def measured(size: int, options: argparse.Namespace) -> dict[str, float]:
    """Measure everything at a size, as far as the others go."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        path = Path(folder) / "library.json"
        found = ours(path, size) | of_programs(path, options.starts)
        path.unlink()
        for name, rival, most in (
            ("plain TinyDB", rivals.plain, options.plain_up_to),
            ("SQLite", rivals.sqlite, options.sqlite_up_to),
        ):
            if size <= most:
                times = rival(Path(folder) / "rival", size)
                found |= {f"{name}: {what}": took for what, took in times.items()}
                (Path(folder) / "rival").unlink()
    return found


def main() -> None:
    """Measure, and print a table or JSON."""
    parser = argparse.ArgumentParser(description="How fast the library is.")
    parser.add_argument("--sizes", default="1000,10000,100000,1000000")
    parser.add_argument("--plain-up-to", type=int, default=100_000)
    parser.add_argument("--sqlite-up-to", type=int, default=1_000_000)
    parser.add_argument("--starts", type=int, default=15, help="rounds of whole programs; 0: none")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    table = {f"{size:,}": measured(size, options) for size in sizes}
    if options.json:
        print(json.dumps(table, indent=1))
        return
    print(f"{'ms':28}", *(f"{name:>11}" for name in table))
    for name in dict.fromkeys(name for found in table.values() for name in found):
        cells = (f"{found[name]:11.2f}" if name in found else " " * 11 for found in table.values())
        print(f"{name:28}", *cells)


if __name__ == "__main__":
    main()
