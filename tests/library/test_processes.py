"""Several processes on one library, and a process that is killed at any moment."""

import os
import random
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from readlist.library.database import JournalDB
from tests.library.test_database import open_db

COUNT = """
import sys
from readlist.library.database import JournalDB
path, name, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
def count(document):
    for field in (name, "all"):
        document[field] = document.get(field, 0) + 1
with JournalDB(path) as db:
    for n in range(rounds):
        db.table("papers").update(count, doc_ids=[1 + n % 5])
        if n % 100 == 60 and name == "p0":
            db.compact()
"""

# Prints each acknowledgement in one write; compacts now and then.
CHANGE = """
import os, sys
from readlist.library.database import JournalDB
path, silent = sys.argv[1], sys.argv[2] == "silent"
with JournalDB(path) as db:
    papers = db.table("papers")
    n = papers.get(doc_id=1)["n"]
    os.write(1, b"ready\\n")
    while True:
        n += 1
        with db.writing():
            papers.update({"n": n}, doc_ids=[1, 2, 3])
            papers.insert({"of": n, "text": "x" * (n % 3000)})
            if n > 20:
                papers.remove(doc_ids=[n - 10])
        if not silent or n % 1000 == 0:
            os.write(1, b"%d\\n" % n)
        if n % 97 == 0:
            db.compact()
"""


def python(program: str, *arguments: object) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdout=subprocess.PIPE,
        env=environment,
    )


def test_four_processes_lose_no_change(tmp_path: Path) -> None:
    path = tmp_path / "library.json"
    with open_db(path) as db:
        db.table("papers").insert_multiple([{} for _ in range(5)])
        watched = db.columns
        workers = [python(COUNT, path, f"p{number}", 250) for number in range(4)]
        while any(worker.poll() is None for worker in workers):
            db.refresh()
            time.sleep(0.02)
        for worker in workers:
            assert worker.wait() == 0
            assert worker.stdout is not None
            worker.stdout.close()
        db.refresh()
        papers = db.table("papers").all()
        assert len(watched) == 5
    assert sum(paper["all"] for paper in papers) == 1000
    for number in range(4):
        assert [paper[f"p{number}"] for paper in papers] == [50] * 5


def kill_once(path: Path, seconds: float, *, silent: bool) -> int:
    """Kill a process that changes the library; return how many changes it acknowledged."""
    worker = python(CHANGE, path, "silent" if silent else "loud")
    assert worker.stdout is not None
    assert worker.stdout.readline() == b"ready\n"
    told = b""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if select.select([worker.stdout], [], [], left)[0]:
            told += os.read(worker.stdout.fileno(), 1 << 16)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    told += worker.stdout.read()
    worker.stdout.close()
    lines = told.split(b"\n")[:-1]
    return int(lines[-1]) if lines else 0


def rounds_of_kills(path: Path, rounds: int, seed: int) -> None:
    chance = random.Random(seed)
    with open_db(path) as db:
        db.table("papers").insert_multiple([{"n": 0}, {"n": 0}, {"n": 0}])
    before = 0
    for number in range(rounds):
        told = kill_once(path, chance.uniform(0.0, 0.25), silent=number % 4 == 3)
        with JournalDB(path) as db:
            papers = db.table("papers")
            found = {papers.get(doc_id=n)["n"] for n in (1, 2, 3)}  # type: ignore[index, call-overload]
            assert len(found) == 1  # all or nothing
            [n] = found
            assert n >= max(told, before)
            assert list(papers.doc_ids())[-1] == 3 + n if n else 3
            assert not db.notices
        before = n
    assert before > rounds


def test_killed_at_any_moment(tmp_path: Path) -> None:
    rounds_of_kills(tmp_path / "library.json", 8, 1)


@pytest.mark.soak
def test_killed_two_hundred_times(tmp_path: Path) -> None:
    rounds_of_kills(tmp_path / "library.json", 200, 2)


def test_nothing_slow_is_imported() -> None:
    program = "import sys, readlist.library.database; print(*sys.modules)"
    worker = python(program)
    loaded = set(worker.communicate()[0].decode().split())
    assert not loaded & {"numpy", "orjson", "rapidfuzz", "httpx", "textual", "asyncio", "sqlite3"}
