"""Four processes change the papers of a library that is open in the interface, and in use."""

import os
import re
import subprocess
import sys

import pytest

from readlist.library.library import Library
from tests.e2e.terminal import ROOT, Terminal
from tests.e2e.test_kills import PAPERS, make

TAG = """
import sys
from pathlib import Path
from readlist import change
from readlist.library.library import Library
from readlist.paper import Status
path, own, rounds = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
library = Library(path)
for n in range(rounds):
    tag = f"by/{own}/{n}"
    library.edit([1 + n % 5], lambda papers, now: change.edit_tags(papers, [tag], [], now))
library.edit([own], lambda papers, now: change.set_status(papers, Status.TO_READ, now))
"""


def worker(path, own: int, rounds: int) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-c", TAG, str(path), str(own), str(rounds)], env=environment
    )


@pytest.mark.parametrize("rounds", [100, pytest.param(250, marks=pytest.mark.soak)])
def test_no_change_is_lost_and_all_are_shown(tmp_path, rounds):
    path = tmp_path / "library.json"
    make(path)
    with Terminal("--library", path) as terminal:
        terminal.wait_for(f"{PAPERS} new")
        workers = [worker(path, own, rounds) for own in range(1, 5)]
        terminal.send("jjjjjjjj")
        for what in ("Starred", "Star taken from", "Starred"):
            terminal.send("s")
            terminal.wait_for(f"{what} “Paper 9”")
        terminal.send("kxj")  # Paper 8 is selected, the cursor is on Paper 9
        terminal.wait_for("1 selected")
        while any(one.poll() is None for one in workers):
            terminal.send("jk")
            terminal.settle(0.02)
        assert [one.wait() for one in workers] == [0] * 4
        terminal.wait_for(f"{PAPERS - 4} new", f"5 of {PAPERS - 4}", "1 selected")
        terminal.wait_until(lambda: re.search(r"by +5\b", terminal.text), "the tag's count")
        terminal.send("s")  # on the selection, which stays
        terminal.wait_for("Starred “Paper 8”", "1 selected")
        terminal.send("qs")
        terminal.wait_for("Star taken from “Paper 9”")
        terminal.send(f"gt4/{rounds - 1}")  # the last that one of them did
        terminal.wait_for(f"✓ by/4/{rounds - 1}")
    library = Library(path)
    for number in range(1, 6):
        own_rounds = range(number - 1, rounds, 5)
        tags = (f"by/{own}/{n}" for own in range(1, 5) for n in own_rounds)
        assert library.paper(number).tags == sorted(tags)
    assert (library.paper(8).starred, library.paper(9).starred) == (True, False)
    assert library.notices == []
