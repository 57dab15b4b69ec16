import gc
from datetime import date
from functools import cache

import pytest
from textual.css import stylesheet
from textual.css.parse import parse
from textual.css.tokenize import tokenize_values
from textual.pilot import Pilot
from textual.screen import Screen

from readlist.tui import garbage, library_view
from tests.tui import frames
from tests.tui.interface import interface, rest
from tests.tui.invented import PAPERS, write_library


class _Day(date):
    @classmethod
    def today(cls):
        return cls(2026, 11, 23)


_READ = {}


@cache
def _variables(values):
    return tokenize_values(dict(values))


def _read_once(*where, variable_tokens, **how):
    """Read a style sheet. They are the same in every test, and to read them was a third of what it
    took to open the interface.
    """
    key = (*where, id(variable_tokens), *how.values())  # those of `_variables` are there for ever
    if key not in _READ:
        _READ[key] = list(parse(*where, variable_tokens=variable_tokens, **how))
    return _READ[key]


stylesheet.tokenize_values = lambda values: _variables(tuple(values.items()))
stylesheet.parse = _read_once


async def _wait_for_screen(pilot, timeout=0):
    await rest(pilot.app)
    return not pilot.app._exception


Pilot._wait_for_screen = _wait_for_screen
Screen._compositor_refresh = frames.later


@pytest.fixture(autouse=True)
def _garbage(monkeypatch):
    """What an interface would keep until its end is garbage in a process of many; and to look for
    it among all that stays of those before it takes long.
    """
    monkeypatch.setattr(garbage, "keep", lambda: None)
    monkeypatch.setattr(garbage, "look", lambda still=0: None)
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch, tmp_path):
    """The same day, terminal and home for every test; no clipboard, no browser, no SSH."""
    monkeypatch.setattr(library_view, "date", _Day)
    for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT", "TMUX", "NO_COLOR", "DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(home)


@pytest.fixture
def every_frame(monkeypatch):
    """Paint the screen whenever readlist does, for what is said of that."""
    monkeypatch.setattr(Screen, "_compositor_refresh", frames.at_once)


@pytest.fixture
def readlist(tmp_path):
    """Opens the interface: on the invented library, or on one of other papers."""

    def opened(papers=PAPERS, **options):
        path = tmp_path / "library.json"
        if papers and not path.exists():
            write_library(path, papers)
        return interface(path, **options)

    return opened
