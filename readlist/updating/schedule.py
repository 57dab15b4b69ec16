"""Each morning by itself: a timer of systemd's for the user, or a line in the user's crontab.

Sources: systemd.service(5), systemd.timer(5), systemd.syntax(7); crontab(5), where `%` ends a line.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import time
from pathlib import Path

from readlist.library import disk
from readlist.record import Record
from readlist.text import clean_line

SYSTEMD, CRON, NONE = "systemd", "cron", "none"
_TIMER, _SERVICE = "readlist.timer", "readlist.service"
_MARK = "# readlist schedule"
_ON_CALENDAR = re.compile(r"OnCalendar=\*-\*-\* (\d\d:\d\d):00")
_AT = re.compile(r"(\d{1,2}) (\d{1,2}) \* \* \* ")
_PATHS = (
    "READLIST_LIBRARY", "READLIST_CONFIG", "READLIST_CACHE",
    "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME",
)  # fmt: skip
_SESSION = ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR")  # by which a keyring is found
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
_LONGEST = 900  # characters: crons cut longer lines off
_TIMEOUT = 20.0  # seconds


class ScheduleError(Exception):
    """The schedule was not changed; one line that says why."""


class Plan(Record):
    """What is to be done each day: when, which programs with their words, in what environment."""

    at: time
    commands: tuple[tuple[str, ...], ...]
    environment: Mapping[str, str]

    def units(self) -> dict[str, str]:
        """Return the files of systemd, by name."""
        given = [f"{name}={value}" for name, value in self.environment.items()]
        service = ["[Unit]", "Description=Fetch new papers for readlist", "", "[Service]"]
        service += ["Type=oneshot", *(f"Environment={_quoted(pair)}" for pair in given)]
        for place, command in enumerate(self.commands, start=1):
            # A dash: what could not be fetched shall not keep the digest of the rest back.
            dash = "-" if place < len(self.commands) else ""
            words = (_quoted(word).replace("$", "$$") for word in command)
            service.append(f"ExecStart={dash}{' '.join(words)}")
        timer = ["[Unit]", "Description=Fetch new papers for readlist each day", "", "[Timer]"]
        timer += [f"OnCalendar=*-*-* {self.at:%H:%M}:00", "Persistent=true", ""]
        timer += ["[Install]", "WantedBy=timers.target"]
        return {_SERVICE: "\n".join([*service, ""]), _TIMER: "\n".join([*timer, ""])}

    def line(self) -> str:
        """Return the line of a crontab. Raises `ScheduleError` when that would be too long."""
        given = [f"{name}={value}" for name, value in self.environment.items()]
        first = [["export", *given]] if given else []
        doing = "; ".join(map(shlex.join, [*first, *self.commands]))
        doing = f"{{ {doing}; }} >/dev/null".replace("%", r"\%")
        line = f"{self.at.minute} {self.at.hour} * * * {doing} {_MARK}"
        if len(line) > _LONGEST:
            raise ScheduleError("the paths are too long for a crontab")
        return line


def plan(
    at: time,
    library: Path | None,
    *,
    mails: bool,
    runs_commands: bool = False,
    needs_keyring: bool = False,
) -> Plan:
    """Return what is to be done, by the Python and with the settings that are in force here.

    `library` is the one that the user has named. Where passwords are printed by commands of the
    user's, or come from the keyring, what these are found by is handed on: cron knows nothing of
    it. Raises `ScheduleError`.
    """
    known = {name: os.environ[name] for name in _PATHS if os.environ.get(name)}
    if library is not None:
        known["READLIST_LIBRARY"] = str(library)
    environment = {name: str(Path(path).expanduser().absolute()) for name, path in known.items()}
    for name in (*_PROXIES, *map(str.upper, _PROXIES)):
        value = os.environ.get(name)
        if value and "@" not in value:  # no password goes into a file
            environment[name] = value
    if runs_commands and (path := _search_path()):
        environment["PATH"] = path
    if needs_keyring:
        environment |= {name: os.environ[name] for name in _SESSION if os.environ.get(name)}
    program = (sys.executable, "-m", "readlist")
    commands: list[tuple[str, ...]] = [(*program, "update", "--wait", "10")]
    if mails:
        commands.append((*program, "digest", "--email"))
    if not all(text.isprintable() for text in (*environment.values(), sys.executable)):
        raise ScheduleError("a path with line ends or the like in it cannot be scheduled")
    return Plan(at, tuple(commands), environment)


def _search_path() -> str:
    """Return the folders in which programs are, each that is there once."""
    folders = os.environ.get("PATH", "").split(os.pathsep)
    return os.pathsep.join(dict.fromkeys(one for one in folders if Path(one).is_dir() and one))


def available() -> str:
    """Return what this machine has to do something each day: `SYSTEMD`, `CRON` or `NONE`."""
    if shutil.which("systemctl"):
        try:
            _run("systemctl", "--user", "show-environment")
        except ScheduleError:
            pass
        else:
            return SYSTEMD
    return CRON if shutil.which("crontab") else NONE


def unit_folder() -> Path:
    """Return where the user's units are."""
    named = os.environ.get("XDG_CONFIG_HOME", "")
    folder = Path(named) if named.startswith("/") else Path("~/.config").expanduser()
    return folder / "systemd" / "user"


def install(wanted: Plan, kind: str) -> bool:
    """Have it done each day, in the place of what was scheduled before; return whether that changed
    anything. Raises `ScheduleError`."""
    if kind == CRON:
        lines = _crontab()
        return _write_crontab(lines, [*_others(lines), wanted.line()])
    if kind != SYSTEMD:
        raise ScheduleError("neither timers of systemd nor cron run here: nothing was installed")
    try:
        changed = [_write_unit(unit_folder() / name, t) for name, t in wanted.units().items()]
    except OSError as error:
        raise _unwritten(error) from None
    _run("systemctl", "--user", "daemon-reload")
    _run("systemctl", "--user", "enable", "--now", _TIMER)
    if any(changed):
        _run("systemctl", "--user", "restart", _TIMER)  # it may run with another time
    return any(changed)


def installed() -> tuple[str, str] | None:
    """Return what it is done by each day, and when, as `07:00`; None when it is not scheduled, or
    nobody tells."""
    with suppress(OSError):
        timer = (unit_folder() / _TIMER).read_text("utf-8")
        if found := _ON_CALENDAR.search(timer):
            return SYSTEMD, found[1]
    with suppress(ScheduleError):
        for line in _crontab() if shutil.which("crontab") else []:
            if line.rstrip().endswith(_MARK) and (at := _AT.match(line)):
                return CRON, f"{int(at[2]):02}:{int(at[1]):02}"
    return None


def remove() -> bool:
    """Take it away, wherever it is; return whether it was there. Raises `ScheduleError`."""
    files = [unit_folder() / name for name in (_TIMER, _SERVICE)]
    was_there = any(file.exists() for file in files)
    if was_there:
        runs = available() == SYSTEMD
        if runs:
            _run("systemctl", "--user", "disable", "--now", _TIMER)
        try:
            for file in files:
                file.unlink(missing_ok=True)
        except OSError as error:
            raise _unwritten(error) from None
        if runs:
            _run("systemctl", "--user", "daemon-reload")
    if shutil.which("crontab"):
        lines = _crontab()
        was_there |= _write_crontab(lines, _others(lines))
    return was_there


# systemd


def _quoted(text: str) -> str:
    """Return a text as one word of a unit, in which no sign means anything."""
    if re.fullmatch(r"[\w@+=:,./-]+", text):
        return text
    for sign, written in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%")):
        text = text.replace(sign, written)
    return f'"{text}"'


def _write_unit(file: Path, content: str) -> bool:
    if file.is_file() and file.read_text("utf-8") == content:
        return False
    disk.make_folder(file.parent)
    disk.write_file(file, content.encode())
    return True


def _unwritten(error: OSError) -> ScheduleError:
    return ScheduleError(f"{error.filename} cannot be written: {error.strerror or error}")


# cron


def _crontab() -> list[str]:
    """Return the lines of the user's crontab."""
    try:
        return _run("crontab", "-l").splitlines()
    except ScheduleError as error:
        if "no crontab" in str(error):
            return []
        raise


def _others(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if not line.rstrip().endswith(_MARK)]


def _write_crontab(before: Sequence[str], lines: Sequence[str]) -> bool:
    if list(before) == list(lines):
        return False
    if lines:
        _run("crontab", "-", given="".join(f"{line}\n" for line in lines))
    else:
        _run("crontab", "-r")
    return True


def _run(*words: str, given: str = "") -> str:
    """Return what a program prints. Raises `ScheduleError` with what it complains of."""
    try:
        done = subprocess.run(
            words, input=given, capture_output=True, text=True, timeout=_TIMEOUT, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        reason = getattr(error, "strerror", None) or "it does not end"
        raise ScheduleError(f"{words[0]} cannot be used: {reason}") from None
    if done.returncode:
        said = clean_line(done.stderr) or f"it ended with {done.returncode}"
        raise ScheduleError(f"{' '.join(words[:3])}: {said}")
    return done.stdout
