"""The journal cut and damaged at every byte: what is good stays, what is not is set aside."""

import json
import random
import shutil
from pathlib import Path
from typing import Any

import pytest
from tinydb.table import Document

from readlist.library.database import JournalDB
from readlist.library.disk import LibraryError
from readlist.library.journal import Binding, Journal
from tests.library.test_database import open_db
from tests.library.test_faults import state_of

JOURNAL = "library.json.journal"


def make(folder: Path) -> list[dict[str, Any]]:
    """Make a library with a line of each kind in its journal; return its state after each."""
    states = []
    with open_db(folder / "library.json") as db:
        papers = db.table("papers")
        papers.insert_multiple([{"n": n, "gone": n} for n in range(3)])
        db.table("history").insert({"label": "import"})
        db.compact()
        states.append(state_of(db))
        for step in (
            lambda: papers.insert({"title": "{"}),
            lambda: papers.update({"status": "read"}, doc_ids=[1, 2]),
            lambda: papers.update(lambda d: d.pop("gone"), doc_ids=[3]),
            lambda: papers.remove(doc_ids=[2]),
            lambda: papers.insert(Document({"back": 1}, 2)),
            lambda: db.table("history").truncate(),
            lambda: db.drop_table("history"),
            lambda: papers.update({"status": "archived"}, doc_ids=[1]),
        ):
            step()
            states.append(state_of(db))
    return states


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, list[dict[str, Any]]]:
    folder = tmp_path / "made"
    return folder, make(folder)


def journal_bytes(folder: Path) -> bytes:
    """Return the journal without the room at its end."""
    return (folder / JOURNAL).read_bytes().rstrip(b" ")


def with_journal(made: Path, tmp_path: Path, data: bytes) -> Path:
    folder = tmp_path / "now"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(made, folder)
    (folder / JOURNAL).write_bytes(data)
    return folder / "library.json"


def test_cut_at_every_byte(made: tuple[Path, list[Any]], tmp_path: Path) -> None:
    folder, states = made
    whole = journal_bytes(folder)
    for size in range(len(whole)):
        path = with_journal(folder, tmp_path, whole[:size])
        with open_db(path) as db:
            lines = max(0, whole[:size].count(b"\n") - 1)
            assert state_of(db) == states[lines], size
            number = db.table("papers").insert({"after": size})
            expected = state_of(db)
        with open_db(path) as db:
            assert state_of(db) == expected
            assert db.table("papers").get(doc_id=number) == {"after": size}


def check_flip(made: Path, states: list[Any], tmp_path: Path, place: int, mask: int) -> None:
    """Damage one byte: at most the changes on its lines are missing, and they are set aside."""
    whole = journal_bytes(made)
    data = bytearray(whole)
    data[place] ^= mask
    path = with_journal(made, tmp_path, bytes(data))
    line = whole[:place].count(b"\n")
    with open_db(path) as db:
        papers = db.table("papers")
        found = state_of(db)
        if found == states[-1]:
            pass  # the first line, the case of a check sum's letter
        elif place == len(whole) - 1:
            assert found == states[-2]  # as if torn
        else:
            assert any("damaged" in notice for notice in db.notices), place
            aside = next(path.parent.glob("library.json.damaged-*")).read_bytes()
            assert bytes(data).split(b"\n")[line][:60] in aside or data[place] == 10
        if line < 8:
            assert papers.get(doc_id=1)["status"] == "archived"  # the last line's
        if line != 4:
            assert found["papers"][3].get("gone") is None or line == 3
        papers.insert({"after": place})
        expected = state_of(db)
    with open_db(path) as db:
        assert not db.notices
        assert state_of(db) == expected


def test_some_bytes_damaged(made: tuple[Path, list[Any]], tmp_path: Path) -> None:
    folder, states = made
    whole = journal_bytes(folder)
    ends = [place for place, byte in enumerate(whole) if byte == 10]
    chosen = random.Random(7).sample(range(len(whole)), 60)
    for place in sorted({*chosen, *ends, *(end + 1 for end in ends[:-1])}):
        check_flip(folder, states, tmp_path, place, 0x01)


@pytest.mark.soak
def test_every_byte_damaged_in_every_bit(made: tuple[Path, list[Any]], tmp_path: Path) -> None:
    folder, states = made
    for place in range(len(journal_bytes(folder))):
        for bit in range(8):
            check_flip(folder, states, tmp_path, place, 1 << bit)


def test_a_damaged_line_end_costs_no_good_line(
    made: tuple[Path, list[Any]], tmp_path: Path
) -> None:
    folder, states = made
    data = bytearray(journal_bytes(folder))
    data[data.index(10, data.index(10) + 1)] = 0xFF
    with open_db(with_journal(folder, tmp_path, bytes(data))) as db:
        assert state_of(db) == states[-1]


def test_a_text_like_a_line_is_none(tmp_path: Path) -> None:
    """A title that holds a whole line of another journal is not taken for a change."""
    path = tmp_path / "library.json"
    start = Journal.start(tmp_path / "other", Binding("feed", 1, 2), '{"papers":null}')
    start.close()
    forged = (tmp_path / "other").read_text().splitlines()[1]
    with open_db(path) as db:
        db.table("papers").insert({"title": "}\n" + forged})
        db.table("papers").insert({"title": "good"})
    journal = path.with_name(JOURNAL)
    data = bytearray(journal.read_bytes())
    data[data.index(b"title")] ^= 1
    journal.write_bytes(bytes(data))
    with open_db(path) as db:
        assert db.table("papers").all() == [{"title": "good"}]
        assert len(db.notices) == 1


def test_a_newer_journal_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "library.json"
    with open_db(path) as db:
        db.table("papers").insert({})
    journal = path.with_name(JOURNAL)
    first = json.dumps({"readlist": "journal", "version": 2, "generation": "", "size": 0, "crc": 0})
    import zlib

    journal.write_text(f"{zlib.crc32(first.encode()):08x} {first}\n")
    with pytest.raises(LibraryError, match="newer readlist"):
        JournalDB(path)
