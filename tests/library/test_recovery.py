"""Files that another program wrote, replaced, spoilt or removed; and files that are no library."""

import json
import shutil
from pathlib import Path

import pytest
from tinydb import TinyDB

from readlist.library import disk
from readlist.library.database import JournalDB
from readlist.library.disk import LibraryError
from tests.library.test_database import open_db


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "library.json"
    with open_db(path) as db:
        db.table("papers").insert_multiple([{"n": 1}, {"n": 2}])
        db.compact()
    return path


def journal_of(path: Path) -> Path:
    return path.with_name(path.name + ".journal")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\x00\xff\x00", "no TinyDB library"),
        (b"# Reading list\n\n* a paper\n", "no TinyDB library"),
        (b"[1, 2]", "no TinyDB library"),
        (b'{"papers": [1]}', "no TinyDB library"),
        (b'{"papers": {"1": 7}}', "no TinyDB library"),
        (b'{"papers": {"x": {}}}', "no TinyDB library"),
        (b'{"papers": {"99999999999999999999999": {}}}', "no TinyDB library"),
        (b'{"papers": {"1": {}}} and more', "no TinyDB library"),
        (b'{"papers": {"1": ' + b'{"a":' * 100_000, "no TinyDB library"),
        (b'{"_snapshot": {"1": {"format": 2, "generation": "", "follows": [], "next_ids": {}}}}',
         "newer readlist"),
    ],
)  # fmt: skip
def test_what_is_no_library_is_said_in_one_line(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    path = tmp_path / "some.json"
    path.write_bytes(content)
    with pytest.raises(LibraryError, match=reason) as caught:
        JournalDB(path)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_half_a_file_is_refused_wherever_it_ends(path: Path) -> None:
    whole = path.read_bytes()
    for size in range(len(whole) - 1):
        path.write_bytes(whole[:size])
        with pytest.raises(LibraryError):
            JournalDB(path)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="folder"):
        JournalDB(tmp_path)


def test_a_file_in_the_place_of_the_folder_is_refused(path: Path) -> None:
    with pytest.raises(LibraryError, match="not a directory"):
        JournalDB(path / "library.json")


def test_no_permission_is_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(disk, "open_to_read", refuse)
    with pytest.raises(LibraryError, match="permission denied; change the permissions"):
        JournalDB(path)


def test_a_read_only_library_is_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_db(path) as db:
        db.table("papers").insert({"n": 3})
    before = {file: file.read_bytes() for file in path.parent.iterdir()}

    def refuse(*_args: object, **_options: object) -> int:
        raise PermissionError(13, "Permission denied")

    for name in ("create", "open_to_write", "write", "replace"):
        monkeypatch.setattr(disk, name, refuse)
    monkeypatch.setattr(disk.Lock, "take", refuse)
    with open_db(path, interface=True) as db:
        assert [d["n"] for d in db.table("papers")] == [1, 2, 3]
        assert len(db.columns) == 3
        with pytest.raises(LibraryError, match="permission"):
            db.table("papers").insert({})
        assert len(db.table("papers")) == 3
    with JournalDB(path, read_only=True) as db, pytest.raises(LibraryError, match="to be read"):
        db.table("papers").truncate()
    assert {file: file.read_bytes() for file in path.parent.iterdir()} == before


@pytest.mark.parametrize("options", [{}, {"indent": 2}, {"ensure_ascii": False}])
def test_a_plain_tinydb_file_opens(tmp_path: Path, options: dict[str, object]) -> None:
    path = tmp_path / "plain.json"
    with TinyDB(path, encoding="utf-8", **options) as plain:
        plain.table("papers").insert_multiple([{"title": "Ünï — {"}, {"title": '"}\\'}])
        plain.insert({"x": 1})
    before = path.read_bytes()
    with open_db(path) as db:
        assert db.tables() == {"papers", "_default"}
        assert [d["title"] for d in db.table("papers")] == ["Ünï — {", '"}\\']
        assert path.read_bytes() == before
        assert db.table("papers").insert({"title": "third"}) == 3
    with open_db(path) as db:
        assert [d["title"] for d in db.table("papers")] == ["Ünï — {", '"}\\', "third"]
        db.compact()
    with TinyDB(path) as plain:
        assert len(plain.table("papers")) == 3
        assert plain.all() == [{"x": 1}]


def test_an_edit_by_hand_with_a_byte_order_mark_and_windows_line_ends(path: Path) -> None:
    text = path.read_text().replace("\n", "\r\n").replace('"n":2', '"n":"zwei – ü"')
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    with open_db(path) as db:
        assert [d["n"] for d in db.table("papers")] == [1, "zwei – ü"]
        db.table("papers").update({"m": 1}, doc_ids=[2])
        db.compact()
        assert db.table("papers").get(doc_id=2) == {"n": "zwei – ü", "m": 1}


def test_a_copied_line_with_the_same_id_counts_as_json_has_it(path: Path) -> None:
    text = path.read_text().replace('"2":{"n":2}', '"2":{"n":2},\n"2":{"n":3}')
    path.write_text(text)
    with open_db(path) as db:
        assert [d["n"] for d in db.table("papers")] == [1, 3]


def test_an_edit_under_a_journal_keeps_both(path: Path) -> None:
    with open_db(path) as db:
        db.table("papers").update({"status": "read"}, doc_ids=[1])
        db.table("papers").insert({"ours": True})
        db.table("papers").remove(doc_ids=[2])
    with TinyDB(path) as plain:
        plain.table("papers").update({"note": "theirs"}, doc_ids=[1])
        assert plain.table("papers").insert({"theirs": True}) == 3
    for _ in range(2):
        with open_db(path) as db:
            papers = db.table("papers")
            assert papers.get(doc_id=1) == {"n": 1, "note": "theirs", "status": "read"}
            assert papers.get(doc_id=2) is None
            assert papers.get(doc_id=3) == {"ours": True}
            assert papers.get(doc_id=4) == {"theirs": True}
            assert len(papers) == 3
            notices = list(db.notices)
    assert not notices  # told once
    assert len(list(path.parent.glob("library.json.journal-*"))) == 1


def test_a_journal_of_which_the_paper_was_removed(path: Path) -> None:
    with open_db(path) as db:
        db.table("papers").update({"status": "read"}, doc_ids=[1, 2])
    with TinyDB(path) as plain:
        plain.table("papers").remove(doc_ids=[1])
    with open_db(path) as db:
        assert db.table("papers").all() == [{"n": 2, "status": "read"}]
        assert any("removed" in notice for notice in db.notices)


def test_an_edit_while_open_is_noticed_and_kept(path: Path) -> None:
    with open_db(path) as db:
        papers = db.table("papers")
        papers.insert({"ours": True})
        with TinyDB(path) as plain:
            plain.table("papers").update({"note": "theirs"}, doc_ids=[1])
            assert db.refresh().everything
            assert len(db.notices) == 2 - 1
            assert papers.get(doc_id=1) == {"n": 1, "note": "theirs"}
            assert papers.get(doc_id=3) == {"ours": True}
            plain.table("papers").update({"note": "again"}, doc_ids=[1])
        papers.update({"status": "read"}, doc_ids=[1])  # takes it in without being asked
        assert papers.get(doc_id=1) == {"n": 1, "note": "again", "status": "read"}
        assert list(db.columns.ids) == list(open_db(path, read_only=True).columns.ids)
        db.compact()
    with TinyDB(path) as plain:
        assert plain.table("papers").all()[0] == {"n": 1, "note": "again", "status": "read"}


def test_a_read_after_an_edit_in_place_is_never_of_another_paper(path: Path) -> None:
    with open_db(path) as db, TinyDB(path) as plain:
        plain.table("papers").update({"longer": "x" * 100})
        assert db.table("papers").get(doc_id=2) == {"n": 2, "longer": "x" * 100}


def test_half_written_while_open(path: Path) -> None:
    with open_db(path) as db:
        db.table("papers").insert({"ours": True})
        whole = path.read_bytes()
        path.write_bytes(whole[:-20])
        for _ in range(2):
            with pytest.raises(LibraryError):
                db.refresh()
        with pytest.raises(LibraryError):
            db.table("papers").insert({})
        path.write_bytes(whole)
        db.refresh()
        assert [d.doc_id for d in db.table("papers")] == [1, 2, 3]


def test_removed_while_open(path: Path) -> None:
    with open_db(path) as db:
        db.table("papers").insert({"ours": True})
        away = path.rename(path.with_name("away"))
        with pytest.raises(LibraryError, match="removed"):
            db.refresh()
        assert len(db.table("papers")) == 3
        away.rename(path)
        db.refresh()
        assert len(db.table("papers")) == 3
        assert not db.notices


def test_an_older_copy_put_in_its_place(path: Path, tmp_path: Path) -> None:
    backup = shutil.copy(path, tmp_path / "backup")
    with open_db(path) as db:
        db.table("papers").insert({"n": 3})
        db.compact()
        db.table("papers").insert({"n": 4})
    shutil.copy(backup, path)
    with open_db(path) as db:
        assert [d["n"] for d in db.table("papers")] == [1, 2]
        assert len(db.notices) == 1
        [aside] = path.parent.glob("library.json.journal-*")
        assert aside.name in db.notices[0]
        assert b'"n":4' in aside.read_bytes()
        db.table("papers").insert({"n": 5})
    with open_db(path) as db:
        assert [d["n"] for d in db.table("papers")] == [1, 2, 5]
        assert not db.notices


def test_a_library_that_is_gone_leaves_its_journal_aside(path: Path) -> None:
    with open_db(path) as db:
        db.table("papers").insert({"n": 3})
    path.unlink()
    with open_db(path) as db:
        assert len(db.table("papers")) == 0
        assert journal_of(path).exists()
        db.table("papers").insert({"n": "new"})
        assert len(db.notices) == 1
    [aside] = path.parent.glob("library.json.journal-*")
    assert b'"n":3' in aside.read_bytes()


def test_a_copied_folder_opens_without_a_word(path: Path, tmp_path: Path) -> None:
    with open_db(path) as db:
        db.table("papers").insert({"n": 3})
    shutil.copytree(path.parent, tmp_path / "copy")
    with open_db(tmp_path / "copy" / "library.json") as db:
        assert [d["n"] for d in db.table("papers")] == [1, 2, 3]
        assert not db.notices


def test_a_side_file_that_lies_is_found_out(path: Path) -> None:
    side = path.with_name("library.json.offsets")
    data = side.read_bytes()
    with JournalDB(path) as db:
        right = db.table("papers").all()
    for place in range(len(data) - 60, len(data)):
        side.write_bytes(data[:place] + bytes([data[place] ^ 3]) + data[place + 1 :])
        with JournalDB(path) as db:
            assert db.table("papers").get(doc_id=1) in (right[0], None)
            db.columns  # noqa: B018
            db.table("papers").update({"place": place}, doc_ids=[2])


def test_the_marker_is_no_table(path: Path) -> None:
    with open_db(path) as db:
        assert db.tables() == {"papers"}
    assert json.loads(path.read_text())["_snapshot"]["1"]["next_ids"] == {"papers": 3}


def test_a_journal_removed_while_open_is_written_anew(path: Path) -> None:
    with open_db(path) as db:
        db.table("papers").insert({"n": 3})
        journal_of(path).unlink()
        assert not db.refresh()
        assert len(db.notices) == 1
        db.table("papers").insert({"n": 4})
    with open_db(path) as db:
        assert [d["n"] for d in db.table("papers")] == [1, 2, 3, 4]


def test_a_table_that_is_empty_does_not_make_the_snapshot_a_stranger(path: Path) -> None:
    with open_db(path) as db:
        db.table("empty").insert({})
        db.table("empty").truncate()
        db.compact()
    path.with_name(path.name + ".offsets").unlink()
    with open_db(path) as db:
        assert "empty" in db.tables()
        assert not db.needs_compaction
