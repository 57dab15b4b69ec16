"""What has stayed new for too long, and how often that is asked about."""

from datetime import date
from pathlib import Path

import pytest

from readlist.backlog import Backlog, is_due, was_asked

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("new", "old", "is_worth"),
    [(2190, 1960, True), (101, 100, True), (100, 100, False), (500, 99, False), (0, 0, False)],
)
def test_only_a_full_list_that_goes_on_is_worth_asking(new: int, old: int, is_worth: bool) -> None:
    assert Backlog(new, tuple(range(old))).is_worth_asking is is_worth


def test_it_says_how_many() -> None:
    assert str(Backlog(2190, tuple(range(1960)))) == "2,190 new, 1,960 older than 14 days"


def test_asked_once_a_week(tmp_path: Path) -> None:
    library = tmp_path / "library.json"
    assert is_due(library, TODAY)
    was_asked(library, TODAY)
    assert not is_due(library, TODAY)
    assert not is_due(library, date(2026, 11, 27))
    assert is_due(library, date(2026, 11, 28))
    assert is_due(library, date(2026, 11, 20))  # a clock that was wrong


@pytest.mark.parametrize("content", [b"", b"soon", b"\xff"])
def test_what_is_kept_may_be_damaged_or_not_be_kept(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "library.json.offered").write_bytes(content)
    assert is_due(tmp_path / "library.json", TODAY)
    was_asked(tmp_path / "no" / "library.json", TODAY)
