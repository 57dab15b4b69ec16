"""The second place: once a day, and never an error."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from readlist.config import BackupSettings
from readlist.library import second_place
from readlist.library.library import Library
from readlist.library.second_place import copy_if_due, last_copy
from tests.library.test_library import add

HOUR = timedelta(hours=1)


class Now:
    at = datetime(2026, 11, 20, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


def library_with(tmp_path: Path, settings: BackupSettings) -> tuple[Library, Now]:
    now = Now()
    library = Library(tmp_path / "library.json", now, settings=lambda: settings)
    add(library, "A")
    return library, now


def test_a_folder_gets_a_copy_a_day(tmp_path: Path) -> None:
    folder = tmp_path / "nas"
    folder.mkdir()
    library, now = library_with(tmp_path, BackupSettings(keep=2, folder=folder))
    made = []
    for hours in (0, 1, 22, 1, 24, -1000, 24):
        now.at += hours * HOUR
        copy_if_due(library)
        made.append(len(list(folder.iterdir())))
    assert made == [1, 1, 1, 2, 2, 2, 2]
    assert library.notices == []
    assert all(path.name.startswith("library-2026-") for path in folder.iterdir())


def test_a_place_that_is_away_is_a_notice_and_asked_again_after_an_hour(tmp_path: Path) -> None:
    folder = tmp_path / "away"
    library, now = library_with(tmp_path, BackupSettings(folder=folder))
    for _ in range(2):
        copy_if_due(library)
    assert library.notices == [
        f"no copy went to the second place: {folder} is no folder that is there"
    ]
    now.at += HOUR
    folder.mkdir()
    copy_if_due(library)
    found = last_copy(library.backups)
    assert found is not None
    assert (found.succeeded, found.error) == (library.now(), None)


@pytest.mark.parametrize(
    ("program", "error"),
    [
        ("import shutil; shutil.copy(sys.argv[1], sys.argv[2])", None),
        ("sys.exit('no way')", "ended with 1: no way"),
        ("import signal; signal.pause()", "took longer"),
    ],
)
def test_a_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, error: str | None
) -> None:
    if error and "longer" in error:
        monkeypatch.setattr(second_place, "TIMEOUT", 0.2)
    target = tmp_path / "copied.json"
    command = (sys.executable, "-c", f"import sys; {program}", "{file}", str(target))
    library, _ = library_with(tmp_path, BackupSettings(command=command))
    copy_if_due(library)
    found = last_copy(library.backups)
    assert found is not None
    assert target.exists() is (error is None)
    assert (found.error is None) if error is None else (error in library.notices[0])


def test_a_command_that_is_not_there(tmp_path: Path) -> None:
    library, _ = library_with(tmp_path, BackupSettings(command=("no-such-program", "{file}")))
    copy_if_due(library)
    assert "no-such-program: No such file" in library.notices[0]
