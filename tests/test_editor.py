import os
import signal
import sys

import pytest

from readlist import editor
from readlist.editor import EditorError, edited


def script(code):
    """An editor that runs some code on the file `f`."""
    return [sys.executable, "-c", f"import pathlib, sys; f = pathlib.Path(sys.argv[1]); {code}"]


@pytest.mark.parametrize(
    ("visual", "plain", "words"),
    [
        ("code --wait", "vi", ["code", "--wait"]),
        ("", "vi", ["vi"]),
        ("", "'my vi' -x", ["my vi", "-x"]),
        ("", "", []),
        ("'", "vi", []),
    ],
)
def test_the_editor_is_the_visual_one_or_else_the_plain_one(monkeypatch, visual, plain, words):
    monkeypatch.setenv("VISUAL", visual)
    monkeypatch.setenv("EDITOR", plain)
    assert editor.command() == words


def test_a_text_comes_back_as_the_editor_left_it():
    grow = script("f.write_text(f.read_text() + f.name, 'utf-8')")
    assert edited("two\nlines é", "7.md", grow) == "two\nlines é\n7.md"
    assert edited("", "7.md", script("")) == ""
    assert edited("as it was\n", "7.md", script("")) == "as it was\n"


@pytest.mark.skipif(os.name == "nt", reason="no such modes")
def test_nobody_else_can_read_the_file():
    look = script("f.write_text(oct(f.parent.stat().st_mode & 0o777))")
    assert edited("", "7.md", look) == "0o700"


def test_an_editor_that_fails_leaves_the_text_alone():
    with pytest.raises(EditorError, match="ended with 3; the note is as it was"):
        edited("", "7.md", script("sys.exit(3)"))
    with pytest.raises(EditorError, match="no-such-editor cannot be started: No such file"):
        edited("", "7.md", ["no-such-editor"])


@pytest.mark.skipif(os.name == "nt", reason="no such signals")
def test_an_interrupt_belongs_to_the_editor():
    before = signal.getsignal(signal.SIGINT)
    own = "import os, signal; os.kill(os.getppid(), signal.SIGINT); "
    default = "f.write_text(str(signal.getsignal(signal.SIGINT) == signal.default_int_handler))"
    assert edited("", "7.md", script(own + default)) == "True"
    assert signal.getsignal(signal.SIGINT) is before
