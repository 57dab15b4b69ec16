"""The interface is killed while keys come in bursts: what its screen said is done, is done."""

import random
import re
import signal
import time

import pytest

from readlist.change import AddPaper, Change
from readlist.identifiers import new_uid
from readlist.library.library import Library
from readlist.paper import Paper, Status
from tests.e2e.terminal import Terminal

PAPERS = 400
MESSAGE = re.compile(r"(?:To read |Archived |Starred |Star taken from |\+k\d+ on )“Paper \d+”")


class Typist:
    """Types keys in the inbox, and knows what change each of them is to make."""

    def __init__(self, library: Library, chance: random.Random, most: int) -> None:
        self.inbox = list(library.overview.where(Status.NEW))
        self.new = len(self.inbox)
        self.expected: list[str] = []
        self._chance = chance
        self._starred = {paper.id for paper in library.papers() if paper.starred}
        self._place = 0
        self.keys = "".join(self._type() for _ in range(chance.randint(1, most)))

    def _type(self) -> str:
        key = self._chance.choice("wweejkst")
        if key in "jk":
            self._place += 1 if key == "j" else -1
        elif key == "t":
            tag = f"k{self._chance.randrange(10**9)}"
            self._expect(f"+{tag} on ")
            key = f"t{tag}\r"
        elif key == "s":
            here = self.inbox[self._place]
            self._expect("Star taken from " if here in self._starred else "Starred ")
            self._starred ^= {here}
        else:
            self._expect("To read " if key == "w" else "Archived ")
            del self.inbox[self._place]
        self._place = min(max(self._place, 0), len(self.inbox) - 1)
        return key

    def _expect(self, what: str) -> None:
        self.expected.append(f"{what}“Paper {self.inbox[self._place]}”")


def make(path) -> None:
    library = Library(path)
    edits = {}
    for n in range(1, PAPERS + 1):
        paper = Paper(title=f"Paper {n}", uid=new_uid(), citekey=f"p{n}")
        edits[n] = [AddPaper(paper.document())]
    library.apply(Change("Imported", edits, "import"))
    library.close()


def kill_once(path, chance, most: int, *, silent: bool, leaving: bool) -> int:
    """Type a burst, kill the interface, and compare; return how many changes the library has.

    `most`: so many keys at most. `silent`: nobody reads what is drawn. `leaving`: it is killed
    while it compacts.
    """
    library = Library(path)
    typist, before = Typist(library, chance, most), library.log()[-1].id
    library.close()
    with Terminal("--library", path) as terminal:
        terminal.wait_for(f"{typist.new:,} new")
        terminal.send(typist.keys)
        if leaving:
            terminal.wait_for(typist.expected[-1] if typist.expected else "new")
            terminal.send("q")
        end = time.monotonic() + chance.uniform(0, 0.1 if leaving else 0.6)
        while time.monotonic() < end:
            time.sleep(0.01) if silent else terminal.settle(0.01)
        terminal.kill(signal.SIGKILL)
        terminal.wait_for_end()
        shown = MESSAGE.findall(terminal.text)
    return compare(path, typist, before, shown)


def compare(path, typist: Typist, before: int, shown: list[str]) -> int:
    library = Library(path)
    labels = [entry.label for entry in library.log() if entry.id > before]
    assert library.notices == []
    assert labels == typist.expected[: len(labels)]
    for message in shown:
        assert message in labels, (message, typist.expected)
    touched = {int(re.findall(r"\d+", label)[-1]) for label in labels}
    archived = {int(label.split()[-1][:-1]) for label in labels if label.startswith("Archived")}
    for number in touched:
        assert (library.paper(number).status is Status.ARCHIVED) is (number in archived)
    library.close()
    return len(labels)


def rounds_of_kills(folder, rounds: int, seed: int, most: int = 80) -> None:
    chance, found = random.Random(seed), 0
    for number in range(rounds):
        path = folder / f"{number // 8}" / "library.json"
        if number % 8 == 0:
            path.parent.mkdir()
            make(path)
        found += kill_once(path, chance, most, silent=number % 4 == 3, leaving=number % 4 == 1)
    assert found > 3 * rounds


def test_killed_while_keys_come_in_bursts(tmp_path):
    rounds_of_kills(tmp_path, 2, seed=1, most=20)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2, 6))
def test_killed_while_keys_come_in_bursts_two_hundred_times(tmp_path, seed):
    rounds_of_kills(tmp_path, 50, seed)
