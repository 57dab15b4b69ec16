"""A library is opened beside other work, or the error is told to who asks for it."""

from pathlib import Path

import pytest

from readlist.config import BackupSettings
from readlist.library.disk import LibraryError
from readlist.library.library import Library
from readlist.library.opening import Opening
from readlist.library.snapshot import Snapshot
from tests.library.test_library import add, mark


def test_what_the_first_frame_asks_for_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "library.json"
    library = Library(path)
    add(library, "A", "B")
    library.compact()
    library.close()
    opened = Opening(path, BackupSettings).library()
    monkeypatch.setattr(Snapshot, "columns", pytest.fail)
    assert list(opened.overview.order()) == [1, 2]
    mark(opened, 1)
    assert opened.undo()
    opened.close()


def test_what_prevents_it_is_told_to_who_asks(tmp_path: Path) -> None:
    opening = Opening(tmp_path, BackupSettings)
    with pytest.raises(LibraryError, match="folder"):
        opening.library()
