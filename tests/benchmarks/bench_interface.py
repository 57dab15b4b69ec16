"""How long a key takes until the screen shows what it did, in a real pseudo-terminal.

    python tests/benchmarks/bench_interface.py [--sizes 100000] [--rounds 60] [--json]

Each key of readlist alternates with a key of a Textual app that only shows the last key. Times are
milliseconds from the key to the first byte that is drawn, to the last one that changes the list (as
a terminal emulator shows it, where it changes), to the last one at all; "- echo": less the 95th
percentile of the other app. Papers are recombined from real ones (`--data`); the index is there.
"""

import argparse
import json
import math
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import cycle, islice
from pathlib import Path

import pyte

sys.path.insert(0, str(Path(__file__).parents[2]))

from readlist.indexing import Indexing
from readlist.library import disk, snapshot
from readlist.library.layer import encode
from readlist.library.library import Library
from tests.benchmarks.bench_search import QUERIES, p95, papers, real
from tests.benchmarks.programs import COLUMNS, ROWS, Session

ROOT = Path(__file__).parents[2]
ECHO = """
from textual.app import App
from textual.widgets import Static
class Echo(App):
    def compose(self):
        yield Static("press a key")
    def on_key(self, event):
        self.query_one(Static).update(event.key)
Echo().run()
"""
SIDEBAR, LIST_END = 26, 88  # columns
EMPTY = "\x15"  # ctrl+u
UNDO = {":": b"\x1b"}
"""What is pressed after a key, not timed, so that it can be pressed again."""
KEYS: dict[str, Callable[[], Iterator[str]]] = {
    "cursor down": lambda: cycle("j"),
    "page down": lambda: cycle(["\x1b[6~"]),
    "another view": lambda: cycle("26"),
    "the palette": lambda: cycle(":"),
    "a key of the filter": lambda: cycle("".join(query + EMPTY for query in QUERIES)),
}


def make(path: Path, data: Path, size: int) -> None:
    """Write a library of `size` papers with its index."""
    file = disk.create(path)
    rows = real(data)
    lines = (
        (paper.id, snapshot.line(paper.id, encode(paper.document())))
        for paper in papers(rows, size, abstracts=True)
    )
    snapshot.write(file, [("papers", lines)], follows=[], next_ids={"papers": size + 1})
    disk.close(file)
    with closing(Library(path)) as library:
        Indexing(library).complete()


class Screen:
    """What a terminal shows; `rows` are the lines of the list, left of the abstract."""

    def __init__(self, drawn: bytes) -> None:
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self._stream.feed(drawn)

    @property
    def rows(self) -> list[str]:
        """The lines of the list."""
        return [line[SIDEBAR:LIST_END] for line in self._screen.display[3:-4]]

    def changed(self, drawn: list[tuple[float, bytes]]) -> float | None:
        """Return when the list was last changed by what is drawn, None if it was not."""
        last, before = None, self.rows
        for moment, part in drawn:
            self._stream.feed(part)
            if self.rows != before:
                last, before = moment, self.rows
        return last


def measured(path: Path, kind: str, rounds: int) -> dict[str, float]:
    """Return the times of one kind of key, beside those of the app that only shows it."""
    ours = Session([sys.executable, "-m", "readlist"], path)
    theirs = Session([sys.executable, "-c", ECHO], path)
    ours.wait_for("●".encode())
    theirs.wait_for(b"press a key")
    ours.settle(6)  # the index is loaded
    theirs.settle(0.5)
    for key in b"6/" if "filter" in kind else b"6":
        ours.press(bytes([key]), 0.5)
    screen = Screen(ours.drawn)
    times: dict[str, list[float]] = {"first": [], "list": [], "last": [], "echo": []}
    other = cycle("ab")
    for key in islice(KEYS[kind](), rounds):
        drawn = ours.press(key.encode())
        changed = screen.changed(drawn)
        if key != EMPTY:  # no search
            times["first"].append(drawn[0][0])
            times["last"].append(drawn[-1][0])
            times["list"] += [changed] if changed else []
        times["echo"].append(theirs.press(next(other).encode())[-1][0])
        if key in UNDO:
            screen.changed(ours.press(UNDO[key], 0.3))
    ours.end()
    theirs.end()
    echo = p95(times["echo"])
    return {
        "first byte, p95 - echo": p95(times["first"]) - echo,
        "list, p95 - echo": p95(times["list"]) - echo if times["list"] else math.nan,
        "list, median": statistics.median(times["list"] or [math.nan]),
        "all, median": statistics.median(times["last"]),
        "echo, p95": echo,
    }


def main() -> None:
    """Measure, and print a table or JSON."""
    parser = argparse.ArgumentParser(description="How fast the interface answers keys.")
    parser.add_argument("--sizes", default="100000")
    parser.add_argument("--rounds", type=int, default=60, help="keys of each kind")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.exit(f"the papers are not at {options.data}; --data says where")
    found: dict[str, dict[str, float]] = {}
    for size in map(int, options.sizes.split(",")):
        with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
            path = Path(folder) / "library.json"
            make(path, options.data, size)
            for kind in KEYS:
                rounds = options.rounds * (5 if "filter" in kind else 1)
                found[f"{size:,}: {kind}"] = measured(path, kind, rounds)
    if options.json:
        print(json.dumps(found, indent=1))
        return
    print(f"{'ms':30}", *(f"{name:>24}" for name in next(iter(found.values()))))
    for kind, times in found.items():
        print(f"{kind:30}", *(f"{time:24.1f}" for time in times.values()))


if __name__ == "__main__":
    main()
