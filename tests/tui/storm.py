"""A storm over the interface: keys, mouse, pasted text and resizes with no pause between them; and
the question whether the library is afterwards what its log says."""

import asyncio
import random
import socket
import time
import webbrowser
from pathlib import Path

from rich.cells import cell_len
from textual import events
from textual.geometry import Size

from readlist.bindings import BINDINGS, DUPLICATE_KEYS
from readlist.change import AddPaper, AddTag, DeletePaper, RemoveTag, SetField, edit_tags
from readlist.library.library import Library
from readlist.tui import exchange
from tests.stopwatch import Patience
from tests.tui.interface import HANGS, _event, interface

KEYS = [key for binding in (*BINDINGS, *DUPLICATE_KEYS) for key in binding.keys.split(",")]
FREQUENT = [
    "enter",
    "escape",
    "down",
    "space",
    "j",
    "w",
    "e",
    "x",
    "t",
    "u",
    "/",
    "T",
    "D",
    "m",
    "q",
]
WORDS = [
    "rl",
    "tag:rl ",
    "is:any ",
    "llm",
    "a/b",
    "xyz,",
    "wei chen",
    "(",
    '"',
    "-",
    "7d",
    "é",
    "論文",
    "1",
]
PASTED = [
    "w",
    "werD\nq\n",
    "papers.json",
    "Ünïcode \x1b[31m red",
    "@article{a, title={B}}\n",
    "\n" * 50,
]
SIZES = [(140, 40), (80, 24), (60, 20), (100, 30), (220, 60), (79, 23), (30, 8)]
ROUND = 8  # seconds between two starts


def shelter(monkeypatch, folder: Path) -> None:
    """Keep what is opened and written in the storm within a folder, and off the network."""
    monkeypatch.setattr(exchange, "as_path", lambda text: folder / (Path(text).name or "x"))
    monkeypatch.setattr(webbrowser, "open", lambda *_, **__: False)
    monkeypatch.setenv("READLIST_CONFIG", str(folder / "config.toml"))
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.delenv("VISUAL", raising=False)

    def refuse(*_, **__):
        raise OSError("no network here")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


class Storm:
    """Random events for an interface; the same seed makes the same ones."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self.sent: list[str] = []

    async def blow(self, ui, seconds: float) -> None:
        """Send events until the time is over, or the interface was left."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not ui.has_ended:
            for _ in range(self._random.randint(1, 15)):
                self._send(ui)
            await self._settle(ui)
            if self._random.random() < 0.05:
                self._change_from_elsewhere(ui.path)
        if not ui.has_ended:
            await ui.press()
            assert {cell_len(line) for line in ui.lines} == {ui.app.size.width}

    async def _settle(self, ui) -> None:
        """Wait until all that was sent has been dealt with."""
        done = asyncio.Event()
        ui.app.call_later(done.set)
        patience = Patience(HANGS)
        while not done.is_set() and not ui.has_ended:
            assert ui.app._exception is None, ui.app._exception
            assert not patience.has_ended(), f"it hangs after {self.sent[-30:]}"
            await asyncio.sleep(0.005)

    def _send(self, ui) -> None:
        choose = self._random.random()
        if choose < 0.72:
            keys = [self._random.choice(FREQUENT if choose < 0.3 else KEYS)]
            if choose > 0.62:
                keys = list(self._random.choice(WORDS))
            self.sent += keys
            for key in keys:
                ui.app._driver.process_message(_event("space" if key == " " else key))
        elif choose < 0.97:
            self._mouse(ui)
        elif choose < 0.985:
            text = self._random.choice(PASTED)
            self.sent.append(f"paste {text[:9]!r}")
            ui.app._driver.process_message(events.Paste(text))
        else:
            size = Size(*self._random.choice(SIZES))
            self.sent.append(f"resize {size}")
            ui.app._driver._size = size
            ui.app.post_message(events.Resize(size, size))

    def _mouse(self, ui) -> None:
        """Click, twice perhaps; drag; or turn the wheel."""
        here, there = self._place(ui), self._place(ui)
        deed = self._random.choice(["click", "click", "click", "twice", "drag", "wheel", "move"])
        self.sent.append(f"{deed} {here}")
        steps = {
            "click": [(events.MouseDown, here), (events.MouseUp, here)],
            "twice": [(events.MouseDown, here), (events.MouseUp, here)] * 2,
            "drag": [
                (events.MouseDown, here),
                (events.MouseMove, there),
                (events.MouseUp, there),
            ],
            "wheel": [(self._random.choice(WHEEL), here)] * self._random.randint(1, 9),
            "move": [(events.MouseMove, there)],
        }[deed]
        for kind, (x, y) in steps:
            button = 1 if kind in (events.MouseDown, events.MouseUp) or deed == "drag" else 0
            shift, ctrl = self._random.random() < 0.1, self._random.random() < 0.1
            ui.app._driver.process_message(
                kind(None, x, y, 0, 0, button, shift, False, ctrl, screen_x=x, screen_y=y)
            )

    def _place(self, ui) -> tuple[int, int]:
        size = ui.app._driver._size or ui.app.size
        return self._random.randrange(size[0]), self._random.randrange(size[1])

    def _change_from_elsewhere(self, path: Path) -> None:
        """Let another process change papers."""
        other = Library(path)
        ids = list(other.overview.order())
        tag = self._random.choice(["a", "rl/x", "llm"])
        chosen = self._random.sample(ids, min(3, len(ids)))
        other.edit(chosen, lambda papers, now: edit_tags(papers, [tag], ["old"], now))
        other.close()


WHEEL = (events.MouseScrollDown, events.MouseScrollUp, events.MouseScrollLeft)


async def storm(path: Path, seed: int, seconds: float) -> int:
    """Let a storm blow over the library at `path`, with a new start every few seconds; each time
    compare the library with its log. Return how many changes were made.
    """
    wind = Storm(seed)
    end = time.monotonic() + seconds
    changes = 0
    while time.monotonic() < end:
        before, known = look(path)
        size = SIZES[seed % len(SIZES)]
        try:
            async with interface(path, size=size) as ui:
                await wind.blow(ui, min(ROUND, end - time.monotonic()))
        except Exception as error:
            raise AssertionError(f"seed {seed}, after {wind.sent[-40:]}") from error
        changes += check_log(path, before, known)
    return changes


def look(path: Path) -> tuple[dict[int, dict], int]:
    """Return the documents of all papers, by id, and the number of the last change."""
    library = Library(path)
    try:
        entries = library.log()
        papers = {paper.id: paper.document() for paper in library.papers()}
        return papers, entries[-1].id if entries else 0
    finally:
        library.close()


def check_log(path: Path, before: dict[int, dict], known: int) -> int:
    """Take back, one by one, what the log tells of; it must lead from what the library is to what
    it was. Return how many changes there were.
    """
    library = Library(path)
    entries = [entry for entry in library.log() if entry.id > known]
    assert [entry.id for entry in entries] == list(range(known + 1, known + 1 + len(entries)))
    papers = {paper.id: paper.document() for paper in library.papers()}
    library.close()
    for entry in reversed(entries):
        for number, edits in entry.edits.items():
            for edit in reversed(edits):
                _take_back(papers, number, edit)
    assert papers == before
    return len(entries)


def _take_back(papers: dict[int, dict], number: int, edit: object) -> None:
    match edit:
        case AddPaper():
            del papers[number]
        case DeletePaper(document):
            assert number not in papers
            papers[number] = dict(document)
        case SetField(name, new, old):
            assert papers[number][name] == new, (number, name)
            papers[number][name] = old
        case AddTag(tag):
            papers[number]["tags"] = sorted(set(papers[number]["tags"]) - {tag})
        case RemoveTag(tag):
            assert tag not in papers[number]["tags"]
            papers[number]["tags"] = sorted([*papers[number]["tags"], tag])
