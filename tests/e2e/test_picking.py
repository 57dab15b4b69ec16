"""`readlist pick`, called as editors do: the screen on the terminal, the keys in a pipe."""

import re
from pathlib import Path

import pytest

from readlist.library.library import Library
from tests.e2e.terminal import Terminal

EDITOR = ("sh", "-c", 'x=$("$@" </dev/null 2>/dev/null); printf "code %s keys <%s>" $? "$x"', "sh")
"""A shell that waits for a program's output, and whose three streams are no terminal."""


@pytest.fixture
def keys(path: Path):
    library = Library(path)
    found = {paper.id: paper.citekey for paper in library.papers()}
    library.close()
    return found


def ended(terminal: Terminal) -> tuple[int, list[str]]:
    """Wait for the end; return the exit code and the lines that were in the pipe."""
    found = re.compile(rb"code (\d+) keys <([^>]*)>")
    terminal.wait_until(lambda: found.search(terminal.raw), "the end")
    code, text = found.search(terminal.raw).groups()
    return int(code), text.decode().splitlines()


def test_the_keys_go_to_the_pipe_and_the_screen_to_the_terminal(path, keys, done):
    with Terminal("--library", path, "pick", within=EDITOR) as terminal:
        terminal.wait_for("All", "takes it", "takes none")
        assert len(terminal.lines[0]) > 100  # as wide as the terminal, which no stream says
        terminal.send("jxweD\x13jx")
        terminal.wait_for("2 selected:", "takes them")
        terminal.send("\r")
        code, taken = ended(terminal)
    assert (code, len(set(taken))) == (0, 2)
    assert set(taken) <= set(keys.values())
    assert done() == []


def test_what_is_typed_behind_the_slash_is_found_and_taken(path, keys):
    with Terminal("--library", path, "pick", "--format", "latex", within=EDITOR) as terminal:
        terminal.wait_for("takes it")
        terminal.send("/diffusion\r")
        terminal.wait_for("takes it", "diffusion ×")
        terminal.send("\r")
        code, taken = ended(terminal)
    assert code == 0
    assert taken[0] in [f"\\cite{{{key}}}" for key in keys.values()]


@pytest.mark.parametrize("leave", ["\x1b", "q", "\x03", "/x\x1b\x1b"])
def test_leaving_prints_nothing(path, leave):
    with Terminal("--library", path, "pick", "is:any", within=EDITOR) as terminal:
        terminal.wait_for("takes it")
        for key in leave:
            terminal.send(key)
            terminal.settle()
        assert ended(terminal) == (1, [])


def test_ids_are_what_there_is_to_choose_from(path, keys):
    with Terminal("--library", path, "pick", "7", "3", within=EDITOR) as terminal:
        terminal.wait_for("takes it", "of 2")
        terminal.send("*\r")
        assert ended(terminal) == (0, [keys[7], keys[3]])


def test_a_query_that_cannot_be_read_opens_nothing(path):
    with Terminal("--library", path, "pick", "year:x", within=EDITOR) as terminal:
        assert ended(terminal) == (2, [])
        assert b"\x1b[" not in terminal.raw
