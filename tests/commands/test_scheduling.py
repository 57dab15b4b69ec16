"""`readlist schedule`."""

import pytest

from readlist.updating import schedule


@pytest.fixture
def cron(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the lines of a crontab, on a machine that has one."""
    lines: list[str] = []

    def write(_before: list[str], after: list[str]) -> bool:
        changed = lines != after
        lines[:] = after
        return changed

    monkeypatch.setattr(schedule, "available", lambda: schedule.CRON)
    monkeypatch.setattr(schedule.shutil, "which", lambda name: name)
    monkeypatch.setattr(schedule, "_crontab", lambda: list(lines))
    monkeypatch.setattr(schedule, "_write_crontab", write)
    return lines


def test_it_is_shown_installed_and_removed(readlist, cron: list[str], tmp_path):
    shown = readlist("schedule")
    assert shown.code == 0
    assert shown.out.splitlines()[1].startswith("0 7 * * * { export ")
    assert str(tmp_path / "library.json") in shown.out
    assert cron == []
    done = readlist("schedule", "--at", "6:30", "--install")
    assert (done.code, done.out) == (0, "Each day at 06:30, by a line in your crontab\n")
    assert "there are no feeds yet" in done.err
    assert [line[:10] for line in cron] == ["30 6 * * *"]
    told = "Each day at 06:30, by a line in your crontab; --install replaces it, --remove takes it"
    assert told in readlist("schedule").err
    assert readlist("schedule", "--json").json["before"] == {"kind": "cron", "at": "06:30"}
    again = readlist("schedule", "--at", "06:30", "--install")
    assert again.out == "Each day at 06:30, by a line in your crontab, as before\n"
    assert readlist("schedule", "--remove").out == "Nothing is done each day any more\n"
    assert cron == []
    assert readlist("schedule", "--remove", "--json").json == {"removed": False}


def test_with_mail_in_the_settings_the_digest_follows(readlist, cron: list[str], tmp_path):
    settings = tmp_path / "config.toml"
    settings.write_text('[mail]\nhost = "smtp.example.org"\nto = "me@example.org"\n')
    line = readlist("schedule").out.splitlines()[1]
    assert line.index(" update --wait 10; ") < line.index(" digest --email; }")


def test_what_passwords_come_from_is_found_by_cron(readlist, cron, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "/usr/bin")
    settings = tmp_path / "config.toml"
    mail = '[mail]\nhost = "smtp.example.org"\nto = "me@example.org"\nuser = "me"\n'
    settings.write_text(mail)
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/user/7")
    line = readlist("schedule").out.splitlines()[1]
    assert "XDG_RUNTIME_DIR=/run/user/7" in line and "PATH=" not in line
    settings.write_text(f'{mail}password_command = "pass mail"\n')
    line = readlist("schedule").out.splitlines()[1]
    assert " PATH=/usr/bin" in line and "XDG_RUNTIME_DIR" not in line
    settings.write_text('[sources.openalex]\nkey_command = "pass key"\n')
    assert " PATH=/usr/bin" in readlist("schedule").out


def test_where_nothing_runs_it_is_shown_in_text(readlist, monkeypatch):
    monkeypatch.setattr(schedule, "available", lambda: schedule.NONE)
    shown = readlist("schedule")
    assert (shown.code, "readlist.timer" in shown.out, "crontab -e" in shown.out) == (0, True, True)
    assert "neither timers of systemd nor cron run here" in shown.err
    failed = readlist("schedule", "--install")
    assert (failed.code, failed.out) == (1, "")
    told = readlist("schedule", "--json").json
    assert (told["kind"], told["at"], told["installed"]) == ("none", "07:00", False)
    assert len(told["units"]) == 2


@pytest.mark.parametrize("at", ["25:00", "7", "07:0", "noon", "7:60", "²:00"])
def test_times_that_are_none(readlist, at: str):
    found = readlist("schedule", "--at", at)
    assert (found.code, "is no time as 07:00" in found.err) == (2, True)


def test_not_both(readlist):
    assert readlist("schedule", "--install", "--remove").code == 2
