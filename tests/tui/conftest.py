import gc
from datetime import date

import pytest

from readlist.tui import library_view
from tests.tui.interface import interface
from tests.tui.invented import PAPERS, write_library


class _Day(date):
    @classmethod
    def today(cls):
        return cls(2026, 11, 23)


@pytest.fixture(autouse=True)
def _garbage():
    """What an interface would keep until its end is garbage in a process of many."""
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
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
def readlist(tmp_path):
    """Opens the interface: on the invented library, or on one of other papers."""

    def opened(papers=PAPERS, **options):
        path = tmp_path / "library.json"
        if papers and not path.exists():
            write_library(path, papers)
        return interface(path, **options)

    return opened
