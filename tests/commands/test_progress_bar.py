"""The line on stderr that says how far long work is."""

import sys
from unittest.mock import patch

import pytest

from readlist.commands import progress_bar
from readlist.commands.progress_bar import progress_shown


@pytest.fixture
def terminal(monkeypatch):
    """Has work shown from its first step."""
    monkeypatch.setattr(progress_bar, "_PATIENCE", 0)
    monkeypatch.setattr(progress_bar, "_OFTEN", 0)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)


def work():
    """Work where stderr is a terminal."""
    with (
        patch.object(sys.stderr, "isatty", lambda: True, create=True),
        progress_shown() as progress,
    ):
        progress.begin("reading x")
        progress.step(1200)
        progress.begin("taking in", 4)
        progress.step(1)


def test_what_is_done_is_drawn_over_what_was_drawn_and_wiped_at_the_end(terminal, capsys):
    work()
    drawn = capsys.readouterr().err.split("\r")
    assert drawn == [
        "",
        "reading x …\x1b[K",
        "reading x · 1,200 so far\x1b[K",
        "─" * 24 + "   0% taking in\x1b[K",
        "━" * 6 + "─" * 18 + "  25% taking in\x1b[K",
        "\x1b[K",
    ]


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_there_is_none_where_it_is_not_wanted(terminal, capsys, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    work()
    assert capsys.readouterr().err == ""


def test_short_work_shows_nothing(terminal, capsys, monkeypatch):
    monkeypatch.setattr(progress_bar, "_PATIENCE", 60)
    work()
    assert capsys.readouterr().err == ""
