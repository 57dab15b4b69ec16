"""What is written with fewer letters draws the same."""

import pyte
from hypothesis import given
from hypothesis import strategies as st

from readlist.tui.styles import thrifty

MARKS = st.sampled_from(["1", "3", "4", "5", "7", "9"])
COLORS = st.sampled_from(["31", "38;5;7", "38;2;1;2;3", "38;2;5;4;1"])
GROUNDS = st.sampled_from(["41", "103", "48;5;1", "48;2;9;2;3"])
CODES = st.tuples(st.lists(MARKS, max_size=3), st.lists(COLORS | GROUNDS, max_size=3)).map(
    lambda both: [code for part in both for code in part]
)
MOVES = st.sampled_from(["", "", "\x1b[2;3H", "\r\n", "\x1b[K", "\x1b[3;1H\x1b[2;4H"])
TEXTS = st.sampled_from(["", "a", "  ", "论文", "\x1b]8;id=1;http://x.y\x1b\\l\x1b]8;;\x1b\\"])
PIECES = st.tuples(MOVES, CODES, TEXTS)


def drawn(data: str) -> list[list[object]]:
    screen = pyte.Screen(12, 4)
    pyte.Stream(screen).feed(data)
    cells = [[_seen(screen.buffer[y][x]) for x in range(12)] for y in range(4)]
    return [*cells, [screen.cursor.x, screen.cursor.y, screen.cursor.attrs._replace(data="")]]


def _seen(cell: pyte.screens.Char) -> pyte.screens.Char:
    """A cell without what nobody sees: how a letter would look where there is none."""
    marked = cell.underscore or cell.blink or cell.reverse or cell.strikethrough
    if cell.data != " " or marked:
        return cell
    return cell._replace(fg="", bold=False, italics=False)


def written(pieces: list[tuple[str, list[str], str]]) -> str:
    """As Rich does it."""
    return "".join(
        f"{move}\x1b[{';'.join(codes)}m{text}\x1b[0m" if codes else f"{move}{text}"
        for move, codes, text in pieces
    )


@given(st.lists(PIECES, max_size=12), CODES)
def test_it_draws_the_same_with_no_more_letters(pieces, left):
    data = written(pieces) + "".join(f"\x1b[{code}m" for code in left)
    short = thrifty(data)
    assert drawn(short) == drawn(data)
    assert len(short) <= len(data) + len("\x1b[0m")


def test_only_what_changes_is_said():
    new = "\x1b[1;38;2;9;9;9;48;2;1;1;1m"
    old = "\x1b[38;2;9;9;9;48;2;1;1;1m"
    data = f"\x1b[4;2H{new}New\x1b[0m\r\n\x1b[5;2H{new}\x1b[0m{old}old\x1b[0m"
    assert thrifty(data) == f"\x1b[4;2H{new}New\r\n\x1b[5;2H\x1b[22mold\x1b[0m"


def test_blanks_are_in_the_style_that_is_in_force():
    dim, ground = "\x1b[38;2;9;9;9;48;2;1;1;1m", "\x1b[1;48;2;1;1;1m"
    assert thrifty(f"{dim}a\x1b[0m\x1b[4;9H{ground}  \x1b[0m") == f"{dim}a\x1b[4;9H  \x1b[0m"
    line = "\x1b[4;48;2;1;1;1m"
    assert thrifty(f"{dim}a\x1b[0m{line}  \x1b[0m") == f"{dim}a\x1b[4;39m  \x1b[0m"


def test_what_is_not_known_is_said_as_it_was():
    assert thrifty("\x1b[58;5;1;4ma\x1b[0m") == "\x1b[0;58;5;1;4ma\x1b[0m"
    assert thrifty("\x1b[?2026h\x1b[2J") == "\x1b[?2026h\x1b[2J"
