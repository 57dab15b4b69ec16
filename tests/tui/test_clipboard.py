import base64
import subprocess
import webbrowser

import pyperclip
import pytest

from readlist.tui import clipboard


@pytest.fixture
def board(monkeypatch):
    """A clipboard program that works, and what is in it."""
    content = [""]
    monkeypatch.setattr(pyperclip, "copy", lambda text: content.__setitem__(0, text))
    monkeypatch.setattr(pyperclip, "paste", lambda: content[0])
    return content


@pytest.fixture
def started(monkeypatch):
    """The programs that were started."""
    calls = []
    monkeypatch.setattr(subprocess, "Popen", lambda command, **_: calls.append(command))
    monkeypatch.setattr("sys.platform", "linux")
    return calls


# Copying


def test_what_can_be_read_back_is_copied(board):
    assert clipboard.copy_here("déjà vu")
    assert board == ["déjà vu"]


def test_what_cannot_be_read_back_is_not(board, monkeypatch):
    monkeypatch.setattr(pyperclip, "paste", lambda: "something else")
    assert not clipboard.copy_here("text")


@pytest.mark.parametrize("error", [pyperclip.PyperclipException("none"), OSError("gone")])
def test_without_a_clipboard_program_nothing_is_copied(monkeypatch, error):
    def fail(_text):
        raise error

    monkeypatch.setattr(pyperclip, "copy", fail)
    assert not clipboard.copy_here("text")


@pytest.mark.parametrize("name", ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"])
def test_over_ssh_the_clipboard_of_that_machine_is_left_alone(board, monkeypatch, name):
    monkeypatch.setenv(name, "1")
    assert not clipboard.copy_here("text")
    assert board == [""]


# OSC 52


def test_the_terminal_gets_the_text_in_base64():
    sequence = clipboard.osc_52("déjà vu")
    assert sequence.startswith("\x1b]52;c;")
    assert sequence.endswith("\x07")
    assert base64.b64decode(sequence[7:-1]).decode() == "déjà vu"


def test_in_tmux_it_is_passed_on_as_well(monkeypatch):
    bare = clipboard.osc_52("text")
    monkeypatch.setenv("TMUX", "/tmp/tmux-0/default,1,0")
    assert clipboard.osc_52("text") == f"{bare}\x1bPtmux;\x1b{bare}\x1b\\"


@pytest.mark.parametrize("name", ["linux", "dumb"])
def test_terminals_that_do_not_know_it_are_not_asked(monkeypatch, name):
    monkeypatch.setenv("TERM", name)
    assert clipboard.osc_52("text") is None


def test_a_text_that_no_terminal_takes_is_not_sent():
    assert clipboard.osc_52("x" * 56_000)
    assert clipboard.osc_52("x" * 57_000) is None


# Opening


def test_without_a_screen_nothing_is_opened(started, monkeypatch):
    assert not clipboard.open_address("https://example.org")
    assert started == []


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_on_a_desktop_its_own_program_opens_links(started, monkeypatch, name):
    monkeypatch.setenv(name, ":0")
    monkeypatch.setattr("shutil.which", lambda _name: "/usr/bin/xdg-open")
    assert clipboard.open_address("https://example.org")
    assert started == [["xdg-open", "https://example.org"]]


def test_without_that_program_the_users_browser_does(started, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.setenv("BROWSER", "firefox:chromium")
    assert clipboard.open_address("https://example.org")
    assert started == [["firefox", "https://example.org"]]
    monkeypatch.delenv("BROWSER")
    assert not clipboard.open_address("https://example.org")


def test_over_ssh_nothing_is_opened(started, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("SSH_TTY", "/dev/pts/1")
    assert not clipboard.open_address("https://example.org")
    assert started == []


def test_a_program_that_does_not_start_opens_nothing(monkeypatch):
    def fail(*_, **__):
        raise OSError

    monkeypatch.setattr(subprocess, "Popen", fail)
    monkeypatch.setattr("sys.platform", "darwin")
    assert not clipboard.open_address("https://example.org")


def test_on_windows_the_system_is_asked(monkeypatch):
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr(webbrowser, "open", lambda address: True)
    assert clipboard.open_address("https://example.org")
