"""What is done when the interface is left: the library is compacted, and copied once a day."""

import re
from pathlib import Path

from tinydb import TinyDB

from tests.e2e.terminal import Terminal


def statuses(path: Path) -> set[str]:
    with TinyDB(path, access_mode="r") as plain:
        return {paper["status"] for paper in plain.table("papers")}


def leave(path: Path, settings: Path, keys: str) -> str:
    """Type keys, leave, and return what is said then."""
    with Terminal("--library", path, READLIST_CONFIG=str(settings)) as terminal:
        terminal.wait_for("Inbox")
        terminal.send(keys)
        terminal.wait_until(lambda: re.search("u (takes|brings) (it|them) back", terminal.text))
        terminal.send("q")
        assert terminal.wait_for_end() == 0, terminal.text
        return terminal.raw.decode().rpartition("\x1b[?1049l")[2]


def test_a_copy_goes_to_the_second_place_once_a_day(path, tmp_path):
    place, settings = tmp_path / "elsewhere", tmp_path / "config.toml"
    place.mkdir()
    settings.write_text(f'[backup]\nto = "{place}"')
    assert "readlist" not in leave(path, settings, "*w")
    (copy,) = place.iterdir()
    assert "to-read" in statuses(copy)
    leave(path, settings, "2*e")
    assert "to-read" not in statuses(path)  # plain TinyDB sees it
    assert list(place.iterdir()) == [copy]


def test_a_second_place_that_is_away_is_said_in_a_line(path, tmp_path):
    settings = tmp_path / "config.toml"
    settings.write_text(f'[backup]\nto = "{tmp_path / "away"}"')
    said = leave(path, settings, "*w")
    assert "readlist: no copy went to the second place: " in said
    assert "is no folder that is there" in said
    assert "to-read" in statuses(path)
