"""Kills, signals, other sizes, other processes, other terminals, hostile papers."""

import base64
import json
import re
import signal

import pytest

from readlist.library.library import Library
from tests.e2e.terminal import Terminal

RESTORED = [b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?2004l", b"\x1b[?1000l", b"\x1b[?1003l"]
"""The normal screen; the cursor; no bracketed paste; no mouse."""


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ("e", "Archived “"),
        ("D", "Deleted “"),
        ("tnew/tag\r", "+new/tag on “"),
        ("*w", "To read 26 papers"),
        ("eu", "Undone: Archived “"),
    ],
)
def test_what_the_screen_says_is_done_survives_a_kill(path, keys, message):
    with Terminal("--library", path) as terminal:
        terminal.wait_for("26 new")
        terminal.send(keys)
        terminal.wait_for(message)
        terminal.kill(signal.SIGKILL)
        terminal.wait_for_end()
    last = Library(path).log()[-1]
    label = last.label if last.kind != "undo" else f"Undone: {last.label}"
    assert label.startswith(message)
    with Terminal("--library", path) as terminal:
        terminal.wait_for("Inbox")
        terminal.send("u")
        terminal.wait_for("26 new") if last.kind != "undo" else terminal.wait_for("Nothing to undo")


def test_the_terminal_is_given_back_at_the_end(path):
    with Terminal("--library", path) as terminal:
        terminal.wait_for("26 new")
        assert b"\x1b[?1049h" in terminal.raw
        drawn = len(terminal.raw)
        terminal.send("q")
        assert terminal.wait_for_end() == 0
        assert all(sequence in terminal.raw[drawn:] for sequence in RESTORED)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_the_terminal_is_given_back_when_the_system_ends_it(path, number):
    with Terminal("--library", path) as terminal:
        terminal.wait_for("26 new")
        drawn = len(terminal.raw)
        terminal.send("e")
        terminal.wait_for("25 new")
        terminal.kill(number)
        assert terminal.wait_for_end() == 128 + number
        assert all(sequence in terminal.raw[drawn:] for sequence in RESTORED)
    assert Library(path).log()[-1].label.startswith("Archived")


def test_it_ends_with_its_window(path):
    terminal = Terminal("--library", path)
    terminal.wait_for("26 new")
    terminal.send("e")
    terminal.wait_for("25 new")
    assert terminal.hang_up() == 128 + signal.SIGHUP
    assert Library(path).log()[-1].label.startswith("Archived")


def test_two_on_one_library_see_each_other(path):
    with Terminal("--library", path) as one, Terminal("--library", path) as other:
        one.wait_for("26 new")
        other.wait_for("26 new")
        one.send("e")
        one.wait_for("25 new")
        other.wait_for("25 new")
        other.send("jw")
        other.wait_for("24 new")
        one.wait_for("24 new")


def test_another_size_keeps_the_cursor(path):
    with Terminal("--library", path) as terminal:
        terminal.wait_for("26 new", "TAGS")
        terminal.send("jjjj")
        terminal.wait_for("5 of 26")
        terminal.resize(60, 20)
        terminal.wait_until(lambda: "TAGS" not in terminal.text, "the sidebar to fold away")
        terminal.wait_for("5 of 26")
        assert all(len(line) <= 60 for line in terminal.lines)


def test_it_grows_with_its_window(path):
    with Terminal("--library", path, columns=60, rows=20) as terminal:
        terminal.wait_for("26 new", "? all keys")
        terminal.send("jjj")
        terminal.wait_for("4 of 26")
        terminal.resize(200, 60)
        terminal.wait_for("TAGS", "year", "4 of 26", "q quit")


def test_no_paper_can_send_escape_sequences_to_the_terminal(tmp_path):
    hostile = {
        "title": "[/] [bold]x[/bold] \x1b]0;owned\x07 \x1b[31m Deep[er] \u202eevil\u202c 日本語",
        "abstract": "\x1b[2J\x9b31m gone [red]?[/red] " + "word " * 200,
        "authors": [f"Au\x1bthor {i}" for i in range(664)],
        "note": "[link=javascript:x]y[/link]",
        "organization": "\x9d0;owned\x9c",
        "urls": {
            "pdf": "https://example.org/\x1b]0;owned\x07.pdf",
            "project": 'https://example.org/a;b?c="d"',
        },
    }
    source = tmp_path / "hostile.json"
    source.write_text(json.dumps({"format": "readlist", "version": 1, "papers": [hostile]}))
    library = tmp_path / "library.json"
    with Terminal("--library", library, "import", source) as terminal:
        assert terminal.wait_for_end() == 0
    with Terminal("--library", library) as terminal:
        terminal.wait_for("[/] [bold]x[/bold]", "Deep[er] evil 日")
        terminal.send("\r")
        terminal.wait_for("+652", "[red]?[/red]", "[link=javascript:x]y[/link]")
        terminal.settle()  # so that no sequence is read in halves
        assert b"owned" not in terminal.raw
        links = re.findall(rb"\x1b\]8;[^;]*;([^\x07\x1b]+)", terminal.raw)
        assert links
        assert all(link.startswith(b"https://") for link in links)


def test_without_colour_none_is_sent(path):
    with Terminal("--library", path, NO_COLOR="1") as terminal:
        terminal.wait_for("26 new")
        terminal.send("j/world\r")
        terminal.wait_for("esc clears the filter")
        terminal.settle()  # so that no colour is read in halves
        sent = re.findall(rb"[34]8;2;(\d+);(\d+);(\d+)", terminal.raw)
        assert {len(set(color)) for color in sent} == {1}


@pytest.mark.parametrize("surroundings", [{"TERM": "screen-256color"}, {"COLORTERM": ""}])
def test_other_terminals_show_the_same(path, surroundings):
    with Terminal("--library", path, **surroundings) as terminal:
        terminal.wait_for("Inbox", "26 new", "w to read", "TAGS")


def test_over_ssh_a_text_goes_to_the_terminal_and_no_more_is_claimed(path):
    with Terminal("--library", path, SSH_CONNECTION="10.0.0.1 1 10.0.0.2 22") as terminal:
        terminal.wait_for("26 new")
        terminal.send("yt")
        terminal.wait_for("Title sent to your terminal")
        terminal.settle()
        [data] = re.findall(rb"\x1b\]52;c;([^\x07]+)\x07", terminal.raw)
        assert base64.b64decode(data).decode()[:30] in terminal.text


def test_in_tmux_it_is_passed_on(path):
    with Terminal("--library", path, SSH_TTY="/dev/pts/1", TMUX="/tmp/tmux,1,0") as terminal:
        terminal.wait_for("26 new")
        terminal.send("yt")
        terminal.wait_for("Title sent to your terminal")
        terminal.wait_until(
            lambda: b"\x1bPtmux;\x1b\x1b]52;c;" in terminal.raw, "the text, wrapped"
        )


def test_a_link_over_ssh_is_sent_instead_of_opened(path):
    with Terminal("--library", path, SSH_TTY="/dev/pts/1", DISPLAY=":9") as terminal:
        terminal.wait_for("26 new")
        terminal.send("o")
        terminal.wait_for("https://", "sent to your terminal")


def test_neither_can_a_library_that_a_stranger_wrote(tmp_path):
    path = tmp_path / "library.json"
    evil = "\x1b]0;owned\x07 \x1b[2J\x9b31m evil"
    row = {"title": evil, "abstract": evil, "authors": [evil], "note": evil, "venue": evil}
    path.write_text(json.dumps({"papers": {"1": {**row, "tags": [evil], "urls": {"pdf": evil}}}}))
    with Terminal("--library", path) as terminal:
        terminal.wait_for("evil")
        terminal.send("w")
        terminal.wait_for("To read “")
        assert b"\x1b]0;owned" not in terminal.raw
        assert "\x9b31m" not in terminal.raw.decode()
