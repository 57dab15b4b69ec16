import stat
import threading

import pytest

from readlist.library import notices
from readlist.library.library import Library
from readlist.library.notices import Notice, Notices


@pytest.fixture
def made(tmp_path):
    return Notices(tmp_path / "library.json", lambda: "2026-11-23T08:00:00Z")


def texts(notices):
    return [notice.text for notice in notices.read()]


def test_what_is_kept_is_read_again_with_its_time(made, tmp_path):
    made.keep("one\nline")
    made.keep("  ")
    made.write()
    made.keep("another \x1b[31mred\x1b[m")
    made.write()
    assert made.read() == [
        Notice("2026-11-23T08:00:00Z", "one line"),
        Notice("2026-11-23T08:00:00Z", "another red"),
    ]
    mode = (tmp_path / "library.json.notices").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_it_is_written_in_a_thread(made):
    made.keep("one")
    assert made.read() == []
    made.write_behind()
    for thread in threading.enumerate():
        if thread.name == "notices":
            thread.join()
    assert texts(made) == ["one"]


def test_only_the_newest_stay(made, tmp_path, monkeypatch):
    monkeypatch.setattr(notices, "_LIMIT", 1000)
    monkeypatch.setattr(notices, "_KEPT", 5)
    for number in range(40):
        made.keep(f"notice {number}")
        made.write()
    found = texts(made)
    assert found == [f"notice {number}" for number in range(40 - len(found), 40)]
    assert 5 <= len(found) < 30
    assert (tmp_path / "library.json.notices").stat().st_size <= 1100


def test_what_is_no_notice_is_left_out(made, tmp_path):
    lines = ["", "x", "{}", "[1, 2]", "[" * 10_000, '["2026", "bad \\u001b[2J"]', '["a"]']
    (tmp_path / "library.json.notices").write_text("\n".join(lines))
    assert made.read() == [Notice("2026", "bad")]


def test_where_nothing_can_be_written_nothing_is_lost_but_the_notice(tmp_path):
    made = Notices(tmp_path / "nowhere" / "library.json", lambda: "")
    made.keep("one")
    made.write()
    assert made.read() == []
    assert list(tmp_path.iterdir()) == []


def test_a_library_writes_them_when_it_closes(tmp_path):
    library = Library(tmp_path / "library.json")
    library.reported.keep("one")
    library.close()
    assert texts(Library(tmp_path / "library.json").reported) == ["one"]
