"""Notes in a real terminal: in the user's own editor, and after the end of the process."""

import shlex
import signal
import sys

from readlist.library.library import Library
from tests.e2e.terminal import Terminal

SCRIPT = """
import pathlib, sys
f = pathlib.Path(sys.argv[1])
print("\\x1b[2J\\x1b[HOTHER PROGRAM", flush=True)
f.write_text(f.read_text() + input("said: "))
"""


def notes(path):
    """All notes in the library."""
    return [paper.note for paper in Library(path).papers() if "typed" in paper.note]


def drafts(path):
    """The files of notes that were not kept."""
    return [f for f in path.parent.glob(f"{path.name}.note-*") if f.name.count(".") == 2]


def test_the_screen_comes_back_whole_from_an_editor(path, tmp_path):
    script = tmp_path / "editor.py"
    script.write_text(SCRIPT)
    editor = shlex.join([sys.executable, str(script)])
    with Terminal("--library", path, EDITOR=editor, VISUAL="") as terminal:
        terminal.wait_for("26 new")
        terminal.settle()
        before = terminal.lines[:20]
        terminal.send("mtyped here ")
        terminal.wait_for("typed here", "ctrl+o opens")
        terminal.send("\x0f")
        terminal.wait_for("OTHER PROGRAM", "said:")
        terminal.send("and there\r")
        terminal.wait_for("typed here", "and there", "esc keeps it")
        terminal.settle()
        assert "OTHER PROGRAM" not in terminal.text
        terminal.send("\x1b")
        terminal.wait_for("Note on “")
        terminal.settle()
        assert [line[:60] for line in terminal.lines[:20]] == [line[:60] for line in before]
        terminal.send("j")
        terminal.wait_for("2 of 26")
    [note] = notes(path)
    assert note.split() == ["typed", "here", "and", "there"]


def test_what_was_typed_survives_the_end_of_the_process(path):
    with Terminal("--library", path) as terminal:
        terminal.wait_for("26 new")
        terminal.send("mtyped before the crash")
        terminal.wait_for("before the crash")
        terminal.wait_until(lambda: any("crash" in d.read_text() for d in drafts(path)), "a draft")
        terminal.kill(signal.SIGKILL)
        terminal.wait_for_end()
    assert notes(path) == []
    with Terminal("--library", path) as terminal:
        terminal.wait_for("26 new")
        terminal.send("m")
        terminal.wait_for("typed before the crash", "Typed earlier and never kept")
        terminal.send("\x1b")
        terminal.wait_for("Note on “")
    assert notes(path) == ["typed before the crash"]
    assert drafts(path) == []
