"""A dead network: every verb ends in time, with a line, and the interface goes on."""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

import pytest

from readlist.library.library import Library
from readlist.operations import read_input, take_in
from readlist.services import SERVICES
from tests.e2e.terminal import ROOT, Terminal
from tests.sources.server import Server
from tests.stopwatch import stopwatch

_SLACK = 15.0  # seconds that a verb may take beside those for which the settings have patience


@contextmanager
def silent() -> Iterator[int]:
    """Run a server that takes connections and never says a word; yield its port."""
    with socket.create_server(("127.0.0.1", 0), backlog=200) as server:
        yield server.getsockname()[1]


@contextmanager
def unroutable() -> Iterator[int]:
    """Yield a port to which no connection comes about, nor is any refused: what is sent there gets
    lost, as the queue of who listens there is full."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            with socket.socket() as probe:
                probe.settimeout(0.3)
                with pytest.raises(TimeoutError):
                    probe.connect(("127.0.0.1", port))
            yield port


@contextmanager
def refused() -> Iterator[int]:
    """Yield a port at which nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


WAYS: dict[str, Callable[[], "contextmanager[int]"]] = {  # type: ignore[type-arg]
    "silent": silent,
    "unroutable": unroutable,
    "refused": refused,
}


class Verb(NamedTuple):
    """What is run, and how it ends: the lines that it says, and a word in them."""

    words: str
    code: int
    lines: int
    says: str = ""


FETCHING = (
    Verb(
        "add 2401.00001 10.1145/1.2 P19-1001 W2741809807 http://{host}/page"
        " https://openreview.net/forum?id=abcdefghij",
        1,
        1,
        "and 3 more: kept by their identifiers",
    ),
    Verb("update", 1, 1, "daily, cs.CL, journal and 1 more: failed: Hugging Face"),
    Verb("complete", 1, 1, "arXiv"),
    Verb("pdf get 13 15 16", 1, 1, "15 “By Its Number”, 16 “Elsewhere”: arXiv"),
)
OTHERS = (
    Verb("add 2401.00001", 1, 1, "arxiv:2401.00001: kept by its identifier"),
    Verb("add https://huggingface.co/papers/date/2026-08-21", 1, 1, "Hugging Face"),
    Verb("update cs.CL", 1, 1, "cs.CL: failed: arXiv"),
    Verb("complete title:nameless", 1, 1, "Hugging Face"),
    Verb("digest --since 2020-01-01", 0, 0),
    Verb("feeds add stat.ML", 0, 1, "readlist update fetches it"),
    Verb("export --format bibtex", 0, 0),
)
NETLESS = (Verb("list", 0, 0), Verb("import {file}", 0, 0))
MAIL = Verb("digest --email --since 2020-01-01", 1, 1, "the digest was not sent: 127.0.0.1")

PAPERS = [
    *({"title": f"Nameless of Old, Part {n}"} for n in range(12)),
    {"title": "arxiv:2401.00009", "identifiers": {"arxiv": "2401.00009"}},
    {"title": "doi:10.1145/3.4", "identifiers": {"doi": "10.1145/3.4"}},
    {"title": "By Its Number", "authors": ["A B"], "identifiers": {"arxiv": "2401.00002"}},
    {"title": "Elsewhere", "urls": {"pdf": "http://{host}/a.pdf", "abstract": "http://{host}/a"}},
]


class Dead:
    """A machine whose services are all at one port where nothing is to be had."""

    def __init__(self, folder: Path, port: int, patience: float) -> None:
        self.folder, self.host, self.patience = folder / "dead", f"127.0.0.1:{port}", patience
        self.folder.mkdir()
        lines = [f"[sources]\npatience = {patience}"]
        for name in SERVICES:
            url = "" if name == "web" else f'url = "http://{self.host}"\n'
            lines.append(f"[sources.{name}]\n{url}allow_private = true\npause = 0.1")
        lines.append(
            f'[mail]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nto = "me@example.org"\n'
            '[feeds.daily]\nhuggingface = "daily"\n[feeds."cs.CL"]\narxiv = "cs.CL"\n'
            f'[feeds.journal]\nurl = "http://{self.host}/feed"\n'
            f'[feeds.other]\nurl = "http://localhost:{port}/feed"\n'
        )
        (self.folder / "config.toml").write_text("\n".join(lines), "utf-8")
        self.file = self.folder / "papers.json"
        text = json.dumps({"papers": PAPERS}).replace("{host}", self.host)
        self.file.write_text(text, "utf-8")
        library = Library(self.folder / "library.json")
        take_in(library, read_input(text.encode(), "papers.json"), "papers.json")
        library.close()

    def run(self, verb: Verb, seconds: Callable[[], float]) -> tuple[str, float]:
        """Run a verb on a library of its own; return what is wrong with what it said, or "", and
        the seconds that it took."""
        folder = Path(mkdtemp(dir=self.folder.parent)) / "own"
        shutil.copytree(self.folder, folder)
        words = verb.words.format(host=self.host, file=self.file).split()
        begun = seconds()
        done = subprocess.run(
            [sys.executable, "-m", "readlist", *words],
            env={**os.environ, **self.environment(folder)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=200,
        )
        took, lines = seconds() - begun, done.stderr.splitlines()
        is_good = (done.returncode, len(lines)) == (verb.code, verb.lines)
        is_good = is_good and verb.says in done.stderr and "Traceback" not in done.stderr
        return "" if is_good else f"{verb.words}: {done.returncode}: {done.stderr}", took

    def run_all(self, verbs: tuple[Verb, ...]) -> list[str]:
        """Run verbs side by side; return what is wrong.

        What a verb takes that needs no network is not counted: so long takes the machine.
        """
        with ThreadPoolExecutor(len(verbs)) as pool, stopwatch() as seconds:
            running = {verb: pool.submit(self.run, verb, seconds) for verb in verbs}
            done = {verb: one.result() for verb, one in running.items()}
        most = self.patience + _SLACK + max(done[verb][1] for verb in NETLESS)
        late = [f"{verb.words}: {took:.1f} s" for verb, (_, took) in done.items() if took > most]
        return late + [problem for problem, _ in done.values() if problem]

    @staticmethod
    def environment(folder: Path) -> dict[str, str]:
        """Return what tells readlist of a folder with a library and settings."""
        return {
            "PYTHONPATH": str(ROOT),
            "READLIST_LIBRARY": str(folder / "library.json"),
            "READLIST_CONFIG": str(folder / "config.toml"),
            "READLIST_CACHE": str(folder / "cache"),
        }


@pytest.mark.parametrize("way", WAYS)
def test_every_verb_ends_in_time_with_a_line(way: str, tmp_path: Path):
    verbs = (*FETCHING, *NETLESS, *([MAIL] if way == "refused" else []))
    with WAYS[way]() as port:
        assert Dead(tmp_path, port, patience=2).run_all(verbs) == []


@pytest.mark.soak
@pytest.mark.parametrize("way", WAYS)
def test_every_verb_ends_within_a_minute_with_a_line(way: str, tmp_path: Path):
    """As long as readlist has patience when the settings say nothing of it."""
    verbs = (*FETCHING, MAIL, *NETLESS, *OTHERS)
    with WAYS[way]() as port:
        assert Dead(tmp_path, port, patience=45).run_all(verbs) == []


def test_the_interface_goes_on_while_nobody_answers(tmp_path: Path, seconds):
    """Keys are answered while feeds are fetched, an id is asked for and papers are filled in."""
    with Server() as server:
        server.on("/*", delay=60)
        dead = Dead(tmp_path, server.port, patience=40)
        with Terminal(columns=110, rows=30, **dead.environment(dead.folder)) as screen:
            screen.wait_for("Inbox", "16 new")
            screen.send("R")
            screen.wait_for("fetching")
            screen.wait_until(lambda: "/api/daily_papers" in server.paths(), "a request")
            for number in range(1, 6):
                pressed = seconds()
                screen.send("e")
                screen.wait_for("Archived", f"{16 - number} new")
                assert seconds() - pressed < 5
            screen.send("/part 7")
            screen.wait_for("/ part 7", "of 11 new")
            screen.send("\x1b")
            screen.wait_until(lambda: "part 7" not in screen.text, "the filter to be gone")
            screen.send("a")
            screen.paste("10.1145/5.6")
            screen.wait_until(lambda: "/works/10.1145%2F5.6" in server.paths(), "a request")
            screen.send("\x1b")
            screen.settle()
            screen.send("w")
            screen.wait_for("10 new")
            screen.send("q")
            assert screen.wait_for_end() == 0
    library = Library(dead.folder / "library.json")
    states = [paper.status.value for paper in library.papers()]
    library.close()
    assert (states.count("archived"), states.count("to-read"), len(states)) == (5, 1, 16)
