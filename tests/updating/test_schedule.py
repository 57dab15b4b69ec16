"""What is scheduled: units of systemd, and lines of a crontab."""

import shutil
import stat
import subprocess
import sys
from datetime import time
from pathlib import Path

import pytest

from readlist.updating import schedule
from readlist.updating.schedule import CRON, NONE, SYSTEMD, Plan, ScheduleError

ODD = Plan(
    time(6, 30),
    (
        ("/opt/my py/python", "-m", "readlist", "update"),
        ("/opt/my py/python", "mail", "100%$x\"'\\"),
    ),
    {"READLIST_LIBRARY": '/home/a b/100%/it\'s "mine" $HOME/\\l.json'},
)


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of programs that are all there are."""
    for name in ("READLIST_LIBRARY", "READLIST_CONFIG", "READLIST_CACHE", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("sh", "cat", "rm", "env"):
        (programs / name).symlink_to(str(shutil.which(name)))
    monkeypatch.setenv("PATH", str(programs))
    return programs


def program(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod((folder / name).stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def crontab(alone: Path, tmp_path: Path) -> Path:
    """Return the file in which a crontab is kept."""
    kept = tmp_path / "crontab"
    program(
        alone,
        "crontab",
        f'case "$1" in -l) cat "{kept}" 2>/dev/null'
        ' || { echo "no crontab for me" >&2; exit 1; };;'
        f' -r) rm "{kept}";; -) cat > "{kept}";; esac',
    )
    return kept


@pytest.fixture
def systemctl(alone: Path, tmp_path: Path) -> Path:
    """Return the file in which it is written down what was asked of systemd."""
    log = tmp_path / "systemctl"
    program(alone, "systemctl", f'echo "$@" >> "{log}"')
    return log


def test_a_plan_has_the_python_and_the_settings_that_are_in_force(monkeypatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("READLIST_CONFIG", "here/config.toml")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy:3128")
    monkeypatch.setenv("http_proxy", "http://me:secret@proxy:3128")
    wanted = schedule.plan(time(7), Path("l.json"), mails=True)
    assert wanted.environment == {
        "READLIST_CONFIG": str(tmp_path / "here" / "config.toml"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "READLIST_LIBRARY": str(tmp_path / "l.json"),
        "HTTPS_PROXY": "http://proxy:3128",
    }
    update, digest = wanted.commands
    assert update == (sys.executable, "-m", "readlist", "update", "--wait", "10")
    assert digest == (sys.executable, "-m", "readlist", "digest", "--email")
    assert len(schedule.plan(time(7), None, mails=False).commands) == 1
    with pytest.raises(ScheduleError, match="line ends"):
        schedule.plan(time(7), Path("a\nb"), mails=False)


def test_what_passwords_are_found_by_is_handed_on(monkeypatch, alone: Path):
    monkeypatch.setenv("PATH", f"{alone}:/no/such::{alone}")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/run/user/1000/bus")
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    bare = schedule.plan(time(7), None, mails=True).environment
    assert not {"PATH", "DBUS_SESSION_BUS_ADDRESS"} & bare.keys()
    found = schedule.plan(time(7), None, mails=True, runs_commands=True).environment
    assert found == {**bare, "PATH": str(alone)}
    found = schedule.plan(time(7), None, mails=True, needs_keyring=True).environment
    assert found == {**bare, "DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/user/1000/bus"}


def test_units_say_what_is_meant_whatever_the_paths():
    units = ODD.units()
    service, timer = units["readlist.service"], units["readlist.timer"]
    assert "OnCalendar=*-*-* 06:30:00\nPersistent=true\n" in timer
    assert (
        'Environment="READLIST_LIBRARY=/home/a b/100%%/it\'s \\"mine\\" $HOME/\\\\l.json"\n'
    ) in service
    assert 'ExecStart=-"/opt/my py/python" -m readlist update\n' in service
    assert 'ExecStart="/opt/my py/python" mail "100%%$$x\\"\'\\\\"\n' in service


def test_systemd_itself_understands_them(tmp_path: Path, monkeypatch):
    monkeypatch.undo()
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd is not here")
    wanted = ODD.but(commands=((sys.executable, "-c", "100%$x\"'\\"),))
    for name, text in wanted.units().items():
        (tmp_path / name).write_text(text)
    words = [analyze, "verify", "--user", "--man=no", str(tmp_path / "readlist.timer")]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    ours = [line for line in done.stderr.splitlines() if "readlist." in line]
    assert ours == []


def test_a_line_of_a_crontab_does_what_is_meant(tmp_path: Path):
    here = tmp_path / "it's 100% $HOME"
    here.mkdir()
    script = "import os,sys; open('out','a').write(os.environ['READLIST_LIBRARY']+sys.argv[1])"
    command = (sys.executable, "-c", script, "5%")
    wanted = Plan(time(7, 5), (command, command), {"READLIST_LIBRARY": str(here)})
    line = wanted.line()
    assert line.startswith("5 7 * * * ")
    assert "%" not in line.replace("\\%", "")
    run = line.removeprefix("5 7 * * * ").replace("\\%", "%")  # as cron does
    subprocess.run(["/bin/sh", "-c", run], check=True, cwd=tmp_path)
    assert (tmp_path / "out").read_text() == f"{here}5%" * 2


def test_a_line_that_crons_would_cut_off_is_none():
    with pytest.raises(ScheduleError, match="too long for a crontab"):
        ODD.but(environment={"READLIST_LIBRARY": "/x" * 500}).line()


def test_a_crontab_keeps_what_else_is_in_it(crontab: Path):
    assert schedule.available() == CRON
    crontab.write_text("# mine\n0 1 * * * backup\n")
    assert schedule.install(ODD, CRON)
    assert not schedule.install(ODD, CRON)
    later = ODD.but(at=time(8))
    assert schedule.install(later, CRON)
    assert crontab.read_text() == f"# mine\n0 1 * * * backup\n{later.line()}\n"
    assert schedule.remove()
    assert crontab.read_text() == "# mine\n0 1 * * * backup\n"
    assert not schedule.remove()


def test_a_crontab_that_is_not_there_yet(crontab: Path):
    assert not schedule.remove()
    assert schedule.install(ODD, CRON)
    assert schedule.remove()
    assert not crontab.exists()


def test_a_crontab_that_may_not_be_used(alone: Path):
    program(alone, "crontab", "echo you are not allowed >&2; exit 1")
    with pytest.raises(ScheduleError, match="crontab -l: you are not allowed"):
        schedule.install(ODD, CRON)


def test_units_are_written_once_and_taken_away(systemctl: Path, tmp_path: Path):
    assert schedule.available() == SYSTEMD
    folder = tmp_path / "config" / "systemd" / "user"
    assert schedule.install(ODD, SYSTEMD)
    assert {file.name: file.read_text() for file in folder.iterdir()} == ODD.units()
    assert not schedule.install(ODD, SYSTEMD)
    assert "--user enable --now readlist.timer" in systemctl.read_text()
    systemctl.write_text("")
    assert schedule.remove()
    assert list(folder.iterdir()) == []
    assert systemctl.read_text().splitlines() == [
        "--user show-environment",
        "--user disable --now readlist.timer",
        "--user daemon-reload",
    ]
    assert not schedule.remove()


def test_a_machine_with_nothing(alone: Path):
    assert schedule.available() == NONE
    program(alone, "systemctl", "echo no medium found >&2; exit 1")
    assert schedule.available() == NONE
    with pytest.raises(ScheduleError, match="nothing was installed"):
        schedule.install(ODD, NONE)
    assert not schedule.remove()


def test_what_is_installed_is_known(crontab: Path, systemctl: Path):
    assert schedule.installed() is None
    crontab.write_text("17 3 * * * mine\n")
    assert schedule.installed() is None
    schedule.install(ODD, CRON)
    assert schedule.installed() == (CRON, "06:30")
    schedule.install(ODD.but(at=time(8, 5)), SYSTEMD)
    assert schedule.installed() == (SYSTEMD, "08:05")
    schedule.remove()
    assert schedule.installed() is None
    assert crontab.read_text() == "17 3 * * * mine\n"
