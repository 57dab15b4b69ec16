"""Every key, typed in a real terminal, and what it does; and the mouse."""

import pytest

from readlist.bindings import BINDINGS
from tests.e2e.terminal import Terminal

UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
HOME, END, PAGE_UP, PAGE_DOWN, BACK_TAB = "\x1b[H", "\x1b[F", "\x1b[5~", "\x1b[6~", "\x1b[Z"
ESCAPE = "\x1b"
GONE = "no more: "

MOVING = [
    ("j", "2 of 26", "down"),
    (DOWN, "3 of 26", "down"),
    ("k", "2 of 26", "up"),
    (UP, "1 of 26", "up"),
    ("G", "26 of 26", "last"),
    ("g", "1 of 26", "first"),
    (END, "26 of 26", "last"),
    (HOME, "1 of 26", "first"),
    ("\x04", GONE + "  1 of 26", "half_down"),
    ("\x15", "1 of 26", "half_up"),
    (PAGE_DOWN, GONE + "  1 of 26", "page_down"),
    (PAGE_UP, "1 of 26", "page_up"),
    ("n", "2 of 26", "next_unread"),
    ("N", "1 of 26", "previous_unread"),
    ("\r", "reads on", "open"),
    (ESCAPE, "T one by one", "back"),
    ("\r", "reads on", "open"),
    ("q", "t tag", "quit"),
    ("h", "folds", "left"),
    ("l", "t tag", "right"),
    (LEFT, "folds", "left"),
    (RIGHT, "t tag", "right"),
    ("\t\t", "folds", "next_pane"),
    ("\t", "t tag", "next_pane"),
    (BACK_TAB, "folds", "previous_pane"),
    ("l", "t tag", "right"),
]
SHOWING = [
    ("2", "of 14", "view(2)"),
    ("3", "of 3", "view(3)"),
    ("4", "of 9", "view(4)"),
    ("5", "of 15", "view(5)"),
    ("6", "of 58", "view(6)"),
    ("7", "There is no view 7", "view(7)"),
    ("8", "There is no view 8", "view(8)"),
    ("9", "There is no view 9", "view(9)"),
    ("1", "of 26", "view(1)"),
    ("/", "enter keeps it", "filter"),
    ("tag:rl is:starred\r", "is:starred ×", "open"),
    ("\x7f", "/ tag:rl ×", "drop_part"),
    ("\x13", "Keep this filter as a view", "save_view"),
    ("\x1b", "clears the filter", "back"),
    ("#", "Also tagged", "narrow"),
    ("\x1b", "clears the filter", "back"),
    ("\x1b", "1 of 26", "back"),
    ("U", "in the sidebar", "unread_tags"),
    ("U", "in the sidebar", "unread_tags"),
    ("[", GONE + "TAGS", "toggle_sidebar"),
    ("[", "TAGS", "toggle_sidebar"),
    ("]", GONE + "arXiv", "toggle_abstract"),
    ("]", "arXiv", "toggle_abstract"),
    ("S", "Sort by", "sort"),
    ("\r", "t tag", "open"),
    ("H", "L day after", "day_before"),
    ("L", "No papers after", "day_after"),
    (ESCAPE, "T one by one", "back"),
    (",", "Settings", "settings"),
    (ESCAPE, "T one by one", "back"),
    ("\x14", "rename or join", "tags"),
    (ESCAPE, "T one by one", "back"),
    (":archive: not", "Archive: not for me", "palette"),
    (ESCAPE, "T one by one", "back"),
    ("\x10archive: not", "Archive: not for me", "palette"),
    (ESCAPE, "T one by one", "back"),
    ("?", "MOVE", "help"),
    (ESCAPE, "T one by one", "back"),
]
SORTING_OUT = [
    ("w", "To read “", "want"),
    ("u", "Undone: To read", "undo"),
    ("\x12", "Again: To read", "redo"),
    ("e", "Archived “", "archive"),
    ("r", "Read “", "toggle_read"),
    ("b", "Reading “", "begin"),
    ("s", "Starred “", "star"),
    ("t", "Tags on", "tag"),
    ("mine\r", "+mine on “", "open"),
    ("j.", "+mine on “", "tag_again"),
    ("m", "Note on", "note"),
    (ESCAPE, "T one by one", "back"),
    ("D", "Deleted “", "delete"),
    ("u", "Undone: Deleted", "undo"),
    (" ", "1 selected", "select_down"),
    ("x", "2 selected", "select"),
    (ESCAPE, "T one by one", "back"),
    ("v", "Range begun", "select_range"),
    ("jjv", "3 selected", "select_range"),
    (ESCAPE, "T one by one", "back"),
    ("T", "n skip", "triage"),
    (ESCAPE, "T one by one", "back"),
    ("*", "on 22 selected", "select_all"),
    (ESCAPE, "T one by one", "back"),
    ("E", "older than 14 days", "archive_old"),
    (ESCAPE, GONE + "older than 14 days", "back"),
    ("M", "esc to the list", "duplicates"),
    (ESCAPE, "T one by one", "back"),
]
TAKING = [
    ("a", "Add papers", "add"),
    (ESCAPE, "T one by one", "back"),
    ("X", "Export", "export"),
    (ESCAPE, "T one by one", "back"),
    ("y", "citation key", "copy"),
    (ESCAPE, "T one by one", "back"),
    ("O", "Links", "links"),
    (ESCAPE, "T one by one", "back"),
    ("R", "no feeds yet", "update"),
    ("F", "Fill in “", "fill_in"),
    (ESCAPE, "T one by one", "back"),
    ("P", "PDF of “", "get_pdf"),
    ("q", "", "quit"),
]
TABLE = {"move": MOVING, "choose": SHOWING, "sort out": SORTING_OUT, "take": TAKING}
ELSEWHERE = {"open_link", "demo", "gap_left", "gap_right"}
"""It opens a browser; leaves for another program; tests/tui has them, and moves only a gap."""


@pytest.mark.parametrize("steps", TABLE.values(), ids=TABLE)
def test_each_key_does_what_it_says(path, steps):
    with Terminal("--library", path, rows=24) as terminal:
        terminal.wait_for("26 new", "t tag")
        for keys, becomes, action in steps:
            terminal.settle(0.05)
            terminal.send(keys)
            text, is_there = becomes.removeprefix(GONE), not becomes.startswith(GONE)
            terminal.wait_until(
                lambda text=text, there=is_there: (text in terminal.text) is there,
                f"{action}: {becomes}",
            )


def test_no_key_is_forgotten_here():
    tried = {action for steps in TABLE.values() for _, _, action in steps}
    assert {key.id for key in BINDINGS} - tried - ELSEWHERE == set()


class Mouse:
    """A mouse that terminals tell of as xterm does (SGR mode)."""

    def __init__(self, terminal):
        self._terminal = terminal

    def _place(self, text, *, last=False):
        self._terminal.wait_for(text)
        rows = list(enumerate(self._terminal.lines, 1))
        row, line = next((n, x) for n, x in (reversed(rows) if last else rows) if text in x)
        return line.index(text) + 1, row

    def click(self, text, *, times=1, last=False):
        x, y = self._place(text, last=last)
        self._terminal.send(f"\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m" * times)

    def wheel(self, text, times):
        x, y = self._place(text)
        self._terminal.send(f"\x1b[<65;{x};{y}M" * times)


def test_the_mouse_does_what_it_points_at(path):
    with Terminal("--library", path) as terminal:
        terminal.wait_for("26 new", "t tag", "TAGS")
        mouse = Mouse(terminal)
        mouse.click("AI Can Learn")
        terminal.wait_for("3 of 26")
        mouse.click("e archive")
        terminal.wait_for("Archived “AI Can")
        mouse.click("u undo")
        terminal.wait_for("Undone: Archived")
        mouse.click("All  ")
        terminal.wait_for("of 58")
        mouse.click("authors")
        terminal.wait_for("authors↑")
        mouse.click("thesis", last=True)
        terminal.wait_for("#thesis")
        mouse.click("Inbox")
        terminal.wait_for("of 26")
        mouse.click("AI Can Learn", times=2)
        terminal.wait_for("reads on")
        mouse.click("to the list")
        terminal.wait_for("/ filter")
        terminal.settle()
        mouse.click("t tag")
        terminal.wait_for("Tags on")
        mouse.click("thesis", last=True)
        terminal.wait_for("+thesis")
        mouse.click("enter is done")
        terminal.wait_for("+thesis on “AI Can")
        mouse.click("/ filter")
        terminal.wait_for("enter keeps it")
