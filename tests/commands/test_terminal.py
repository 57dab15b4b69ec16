"""Lines fit a terminal, and styles and widths are used only where there is one."""

import os
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.commands.table import author, put_table
from readlist.commands.terminal import fitted, styled
from readlist.paper import Paper, Status
from readlist.text import cells

TITLE = "A Reward Model That Knows When It Does Not Know"
PAPERS = [
    Paper(id=3, title=TITLE, authors=["Alba García-Durán", "Jun Ito"], tags=["rl/reward", "llm"]),
    Paper(id=12, title="漢字" * 30, published="2024-01", status=Status.READ, starred=True),
]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch):
    """Makes stdout a terminal of so many columns."""

    def make(columns: int) -> None:
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setenv("NO_COLOR", "1")

    return make


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("漢字", 4), ("é", 1), ("e\u0301", 1), ("\u200d", 0), ("ｶ", 1)]
)
def test_cells(text: str, width: int):
    assert cells(text) == width


@given(st.text(), st.integers(1, 30))
def test_what_is_fitted_has_exactly_its_width(text: str, width: int):
    found = fitted(text, width)
    assert cells(found) == width
    assert found.startswith(text) or "…" in found


@pytest.mark.parametrize("columns", [20, 40, 60, 80, 140, 300])
def test_a_table_fits_the_terminal(terminal, capsys, columns: int):
    terminal(columns)
    put_table(PAPERS)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert all(cells(line) <= max(columns, 20) for line in lines)
    assert lines[0].startswith(" 3 ●   A Reward")
    assert lines[1].startswith("12 ·★  漢字")
    assert ("García" in lines[0]) == (columns >= 80)
    assert ("#rl/reward" in lines[0]) == (columns >= 140)
    assert (TITLE in lines[0]) == (columns in (60, 140, 300))  # at 80 it leaves room for others


def test_piped_nothing_is_cut(capsys):
    put_table(PAPERS)
    out = capsys.readouterr().out
    assert TITLE in out
    assert "漢字" * 30 in out
    assert "\x1b" not in out
    put_table([])
    assert capsys.readouterr().out == ""


def test_styles_are_for_terminals_whose_user_wants_them(terminal, monkeypatch):
    assert styled("a", "1") == "a"
    terminal(80)
    assert styled("a", "1") == "a"
    monkeypatch.delenv("NO_COLOR")
    assert styled("a", "1") == "\x1b[1ma\x1b[m"
    assert styled("", "1") == ""
    monkeypatch.setenv("TERM", "dumb")
    assert styled("a", "1") == "a"
    assert os.environ["TERM"] == "dumb"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, ""),
        ({"authors": ["A B"]}, "A B"),
        ({"authors": ["A B", "C"]}, "A B +1"),
        ({"authors": ["A B"], "author_count": 664}, "A B +663"),
        ({"author_count": 6}, "6 authors"),
        ({"organization": "OpenAI", "author_count": None}, "OpenAI"),
    ],
)
def test_the_first_author_and_how_many_more(values, expected: str):
    assert author(Paper(title="x", **values)) == expected
