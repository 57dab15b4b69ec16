"""Text to the clipboard, and links to the browser, also where there is neither."""

import base64
import os
import shutil
import subprocess
import sys
from enum import Enum

_LONGEST_OSC_52 = 74_994
"""Bytes that xterm takes in one sequence once they are in base64; others take more."""


class Sent(Enum):
    """What became of a text."""

    COPIED = "copied"
    """It is in the clipboard: it was read back from there."""
    TO_TERMINAL = "sent to your terminal"
    """The terminal was asked to take it; terminals do not answer."""
    NOWHERE = "shown"
    """There is no way to copy it: show it, so that it can be marked."""


def is_remote() -> bool:
    """Whether the terminal is on another machine."""
    return any(os.environ.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"))


def copy_here(text: str) -> bool:
    """Copy with this machine's clipboard program; return whether the text can be read back."""
    if is_remote():  # that clipboard is not the user's
        return False
    import pyperclip

    try:
        pyperclip.copy(text)
        return bool(pyperclip.paste() == text)
    except (pyperclip.PyperclipException, OSError, UnicodeError):
        return False


def osc_52(text: str) -> str | None:
    """Return the sequence by which a terminal takes `text` into its clipboard.

    Inside tmux it is wrapped to be passed on as well, for `allow-passthrough`; tmux itself takes
    the bare one with `set-clipboard on`. None where no terminal would understand, or for a text
    that is too long. Source: xterm's "Control Sequences", OSC 52; tmux(1).
    """
    if len(text) > _LONGEST_OSC_52:  # it is not made base64 of only to see that
        return None
    data = base64.b64encode(text.encode())
    if os.environ.get("TERM", "dumb") in ("dumb", "linux") or len(data) > _LONGEST_OSC_52:
        return None
    sequence = f"\x1b]52;c;{data.decode()}\x07"
    if os.environ.get("TMUX"):
        doubled = sequence.replace("\x1b", "\x1b\x1b")
        return f"{sequence}\x1bPtmux;{doubled}\x1b\\"
    return sequence


def open_address(address: str) -> bool:
    """Open a web address or a file in the desktop's program; return whether there is one."""
    if is_remote():
        return False
    if sys.platform == "darwin":
        return _start("open", address)
    if sys.platform == "win32":
        import webbrowser

        return webbrowser.open(address)
    has_screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if not has_screen:  # a text browser would take this terminal
        return False
    browser = os.environ.get("BROWSER", "")
    program = "xdg-open" if shutil.which("xdg-open") else browser.partition(os.pathsep)[0]
    return bool(program) and _start(program, address)


def _start(program: str, address: str) -> bool:
    try:
        subprocess.Popen(
            [program, address],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    return True
