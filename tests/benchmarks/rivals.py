"""The same with others: TinyDB as it comes, and SQLite with a table of JSON texts."""

import json
import sqlite3
import statistics
from pathlib import Path

from tinydb import TinyDB, where

from tests.benchmarks.sample import clock, paper


def plain(path: Path, size: int) -> dict[str, float]:
    """Measure TinyDB as it comes."""
    with TinyDB(path) as db:
        db.table("papers").insert_multiple(paper(n) for n in range(1, size + 1))
    with TinyDB(path) as db:
        papers = db.table("papers")
        found = {"open, read 50": clock(lambda: papers.get(doc_ids=range(1, 51)))}
        found["toggle"] = clock(lambda: papers.update({"status": "read"}, doc_ids=[1]))
        found["scan"] = clock(lambda: papers.search(where("status") == "read"))
    return found


def sqlite(path: Path, size: int) -> dict[str, float]:
    """Measure SQLite: a WAL, and each commit on the disk."""
    db = _connected(path)
    db.execute("CREATE TABLE papers (id INTEGER PRIMARY KEY, status TEXT, text TEXT)")
    rows = ((n, "new", json.dumps(paper(n))) for n in range(1, size + 1))
    db.executemany("INSERT INTO papers VALUES (?, ?, ?)", rows)
    db.commit()
    db.close()
    found = {"open, read 50": statistics.median(clock(lambda: _first(path, size)) for _ in "12345")}
    db = _connected(path)
    numbers = [1 + n * 7919 % size for n in range(200)]
    found["toggle"] = statistics.median(clock(lambda n=n: _toggle(db, [n])) for n in numbers)
    found["bulk 1000"] = clock(lambda: _toggle(db, range(1, min(size, 1000) + 1)))
    if size <= 100_000:
        query = "SELECT text FROM papers WHERE json_extract(text, '$.status') = 'read'"
        found["scan"] = clock(lambda: [json.loads(text) for (text,) in db.execute(query)])
    db.close()
    return found


def _connected(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    return db


def _first(path: Path, size: int) -> None:
    db = _connected(path)
    step = max(1, size // 50)
    for number in range(1, size + 1, step)[:50]:
        (text,) = db.execute("SELECT text FROM papers WHERE id = ?", (number,)).fetchone()
        json.loads(text)
    db.close()


def _toggle(db: sqlite3.Connection, numbers: "list[int] | range") -> None:
    """Change papers as one change: in the column, and in the text."""
    change = "UPDATE papers SET status = 'read', text = json_set(text, '$.status', 'read')"
    db.executemany(f"{change} WHERE id = ?", ((number,) for number in numbers))
    db.commit()
