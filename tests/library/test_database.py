"""JournalDB against plain TinyDB in memory, and what it promises beyond."""

import json
import shutil
import tempfile
import zlib
from collections import Counter
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule
from tinydb import TinyDB, where
from tinydb.storages import MemoryStorage
from tinydb.table import Document

from readlist.library import documents
from readlist.library.beside import beside
from readlist.library.columns import Columns
from readlist.library.database import JournalDB
from readlist.library.snapshot import Snapshot

STATES = ("new", "read")


def values(document: dict[str, Any]) -> tuple[int, bool, int]:
    """The columns of a test's document, whatever it holds."""
    status, added = document.get("status"), document.get("added")
    code = STATES.index(status) if status in STATES else 255
    moment = added if isinstance(added, int) and abs(added) < 2**60 else 0
    return code, bool(document.get("starred")), moment


def open_db(path: Path, **options: Any) -> JournalDB:
    return JournalDB(path, column_values=values, **options)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a folder – é" / "library.json"


@pytest.fixture
def db(path: Path):
    with open_db(path) as found:
        yield found


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=2), inner, max_size=2)
    ),
    max_leaves=4,
)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(STATES),
        "starred": st.booleans(),
        "added": st.integers(0, 5),
        "tags": st.lists(st.sampled_from("abc"), max_size=2),
        "any": JSON,
    },
)
NAMES = ["papers", "history", "_default"]
TABLES = st.sampled_from(NAMES)
IDS = st.lists(st.integers(1, 12), max_size=4)
QUERIES = st.sampled_from(
    [
        where("status") == "read",
        where("tags").any(["a"]),
        where("added") > 2,
        ~where("any").exists(),
    ]
)


class AgainstMemory(RuleBasedStateMachine):
    """The same steps here and on TinyDB's MemoryStorage come out the same."""

    tables = Bundle("tables")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "library.json"
        self.db = open_db(self.path)
        self.model = TinyDB(storage=MemoryStorage)
        self.other = open_db(self.path)
        self.highest: dict[str, int] = {}

    def teardown(self) -> None:
        self.columns_are_true()
        self.db.close()
        self.other.close()
        shutil.rmtree(self.folder)

    def both(self, name: str) -> tuple[Any, Any]:
        return self.db.table(name), self.model.table(name)

    @rule(name=TABLES, fields=FIELDS)
    def insert(self, name: str, fields: dict[str, Any]) -> None:
        here, there = self.both(name)
        number = here.insert(fields)
        assert number > self.highest.get(name, 0)
        self.highest[name] = number
        there.insert(Document(json.loads(json.dumps(fields)), number))

    @rule(name=TABLES, several=st.lists(FIELDS, max_size=4))
    def insert_multiple(self, name: str, several: list[dict[str, Any]]) -> None:
        here, there = self.both(name)
        numbers = here.insert_multiple(several)
        assert numbers == sorted(set(numbers))
        self.highest[name] = max([self.highest.get(name, 0), *numbers])
        pairs = zip(json.loads(json.dumps(several)), numbers, strict=True)
        there.insert_multiple([Document(fields, number) for fields, number in pairs])

    @rule(name=TABLES, fields=FIELDS, number=st.integers(1, 15))
    def insert_as(self, name: str, fields: dict[str, Any], number: int) -> None:
        here, there = self.both(name)
        answers = []
        for table in (here, there):
            try:
                answers.append(table.insert(Document(json.loads(json.dumps(fields)), number)))
                self.highest[name] = max(self.highest.get(name, 0), number)
            except ValueError as error:
                answers.append(str(error))
        assert answers[0] == answers[1]

    @rule(name=TABLES, fields=FIELDS, numbers=IDS)
    def update(self, name: str, fields: dict[str, Any], numbers: list[int]) -> None:
        here, there = self.both(name)
        fields = json.loads(json.dumps(fields))
        updated = here.update(fields, doc_ids=numbers)
        assert updated == there.update(json.loads(json.dumps(fields)), doc_ids=numbers)

    @rule(name=TABLES, fields=FIELDS, query=QUERIES)
    def update_where(self, name: str, fields: dict[str, Any], query: Any) -> None:
        here, there = self.both(name)
        updated = here.update(fields, query)
        # a copy for each: TinyDB would share the lists in it
        assert updated == sorted(
            there.update(lambda d: d.update(json.loads(json.dumps(fields))), query)
        )

    @rule(name=TABLES, field=st.sampled_from(["status", "tags", "any"]), numbers=IDS)
    def take_field(self, name: str, field: str, numbers: list[int]) -> None:
        here, there = self.both(name)

        def change(document: Any) -> None:
            document.pop(field, None)
            document.setdefault("tags", []).append("z")

        assert here.update(change, doc_ids=numbers) == there.update(change, doc_ids=numbers)

    @rule(name=TABLES, fields=FIELDS, query=QUERIES, number=st.integers(1, 15))
    def upsert(self, name: str, fields: dict[str, Any], query: Any, number: int) -> None:
        here, there = self.both(name)
        fields = json.loads(json.dumps(fields))
        assert here.upsert(Document(fields, number)) == there.upsert(
            Document(json.loads(json.dumps(fields)), number)
        )
        self.highest[name] = max(self.highest.get(name, 0), number)

    @rule(name=TABLES, numbers=IDS)
    def remove(self, name: str, numbers: list[int]) -> None:
        here, there = self.both(name)
        numbers = list(dict.fromkeys(numbers))
        assert here.remove(doc_ids=numbers) == there.remove(doc_ids=numbers)

    @rule(name=TABLES, query=QUERIES)
    def remove_where(self, name: str, query: Any) -> None:
        here, there = self.both(name)
        assert here.remove(query) == sorted(there.remove(query))

    @rule(name=TABLES)
    def truncate(self, name: str) -> None:
        for table in self.both(name):
            table.truncate()

    @rule(name=TABLES)
    def drop_table(self, name: str) -> None:
        self.db.drop_table(name)
        self.model.drop_table(name)

    @rule()
    def drop_tables(self) -> None:
        self.db.drop_tables()
        self.model.drop_tables()

    @rule(name=TABLES, fields=FIELDS, numbers=IDS, fails=st.booleans())
    def several_in_one(
        self, name: str, fields: dict[str, Any], numbers: list[int], fails: bool
    ) -> None:
        lines = self.lines()
        try:
            with self.db.writing():
                self.db.table(name).update({"new": fields}, doc_ids=numbers)
                self.db.table(name).remove(doc_ids=numbers[:1])
                self.db.table("history").upsert(Document({"last": numbers}, 1))
                if fails:
                    raise KeyError
        except KeyError:
            assert self.lines() == lines
            return
        assert self.lines() <= max(lines, 1) + 1
        for number in numbers:
            self.model.table(name).update({"new": json.loads(json.dumps(fields))}, doc_ids=[number])
        self.model.table(name).remove(doc_ids=numbers[:1])
        self.model.table("history").upsert(Document({"last": numbers}, 1))
        self.highest["history"] = max(self.highest.get("history", 0), 1)

    def lines(self) -> int:
        journal = self.path.with_name("library.json.journal")
        return journal.read_bytes().count(b"\n") if journal.exists() else 0

    @rule(compact=st.booleans(), without_side=st.booleans())
    def reopen(self, compact: bool, without_side: bool) -> None:
        if compact:
            self.db.compact()
        self.db.close()
        if without_side:
            self.path.with_name("library.json.offsets").unlink(missing_ok=True)
        self.db = open_db(self.path)

    @rule()
    def compact_elsewhere(self) -> None:
        self.other.refresh()
        self.other.compact()

    @rule()
    def change_hands(self) -> None:
        self.db, self.other = self.other, self.db
        self.db.refresh()

    @rule(name=TABLES, query=QUERIES)
    def search(self, name: str, query: Any) -> None:
        here, there = self.both(name)
        assert here.search(query) == sorted(there.search(query), key=lambda d: d.doc_id)
        assert here.count(query) == there.count(query)
        assert here.contains(query) == there.contains(query)

    @invariant()
    def all_is_equal(self) -> None:
        assert self.db.tables() == self.model.tables()
        assert not self.db.notices
        for name in self.model.tables():
            here, there = self.both(name)
            expected = sorted(there.all(), key=lambda d: d.doc_id)
            assert len(here) == len(expected)
            assert here.all() == expected
            assert list(here.doc_ids()) == [document.doc_id for document in expected]
            assert all(isinstance(document, Document) for document in here)
            assert here.get(doc_ids=[3, 1, 1]) == [d for d in expected if d.doc_id in (1, 3)]

    @rule()
    def columns_are_true(self) -> None:
        found = self.model.table("papers").all()
        rows = sorted((-values(d)[2], d.doc_id, values(d)) for d in found)
        columns = self.db.columns
        assert list(columns.ids) == [number for _, number, _ in rows]
        assert list(columns.status) == [row[0] for _, _, row in rows]
        assert list(columns.starred) == [row[1] for _, _, row in rows]
        assert +columns.tallies == Counter((row[0], int(row[1])) for _, _, row in rows)

    @invariant()
    def checksums_are_those_of_the_lines(self) -> None:
        documents = self.db.storage.documents
        for name in NAMES:
            ids, sums, touched = documents.checksums(name)
            lines = {n: zlib.crc32(documents.line(name, n)) for n in documents.numbers(name)}
            assert {n: documents.checksum(name, n) for n in lines} == lines
            kept = dict(zip(ids, sums, strict=True))
            assert {n: s for n, s in kept.items() if n not in touched} == {
                n: s for n, s in lines.items() if n not in touched
            }


TestAgainstMemory = AgainstMemory.TestCase
TestAgainstMemory.settings = settings(
    max_examples=40,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def test_nothing_is_made_before_the_first_change(db: JournalDB, path: Path) -> None:
    assert len(db.table("papers")) == 0
    assert not path.parent.exists()


def test_files_are_private(db: JournalDB, path: Path) -> None:
    db.table("papers").insert({})
    db.compact()
    assert {file.stat().st_mode & 0o777 for file in path.parent.iterdir()} == {0o600}


def test_what_is_given_out_is_no_alias(db: JournalDB) -> None:
    table = db.table("papers")
    given = {"tags": ["a"], "deep": {"x": [1]}}
    table.insert(given)
    given["tags"].append("mine")
    change = {"deep": {"x": [2]}}
    table.update(change, doc_ids=[1])
    change["deep"]["x"].append(3)
    for _ in range(2):
        for found in (table.get(doc_id=1), table.all()[0], table.search(where("tags").exists())[0]):
            found["tags"].append("theirs")
            found["deep"]["x"].append(4)
            assert table.get(doc_id=1) == {"tags": ["a"], "deep": {"x": [2]}}
        db.compact()


def test_the_counter_never_falls(path: Path) -> None:
    for expected in (1, 2, 3):
        with open_db(path) as db:
            number = db.table("papers").insert({})
            assert number == expected
            db.table("papers").remove(doc_ids=[number])
            if expected == 2:
                db.drop_tables()
                db.compact()


def test_plain_tinydb_reads_what_was_compacted(db: JournalDB, path: Path) -> None:
    documents = [{"title": "é\u2028 \ud800"}, {"n": [1.5, None, True]}]
    db.table("papers").insert_multiple(documents)
    db.compact()
    assert path.read_bytes().isascii()
    with TinyDB(path) as plain:
        assert plain.table("papers").all() == documents


def test_an_exception_leaves_everything_as_before(db: JournalDB, path: Path) -> None:
    table = db.table("papers")
    table.insert({"status": "new"})
    before = path.with_name("library.json.journal").read_bytes()
    with pytest.raises(ZeroDivisionError), db.writing():
        table.insert({})
        table.update({"status": "read"}, doc_ids=[1])
        assert len(table) == 2
        raise ZeroDivisionError
    assert table.all() == [{"status": "new"}]
    assert path.with_name("library.json.journal").read_bytes() == before
    assert table.insert({}) == 2


def test_what_json_cannot_hold_is_refused(db: JournalDB) -> None:
    table = db.table("papers")
    table.insert({"a": 1})
    with pytest.raises(TypeError):
        table.insert({"a": {1, 2}})
    with pytest.raises(TypeError):
        table.update({"a": object()}, doc_ids=[1])
    with pytest.raises(TypeError):
        table.update(lambda d: d.update(a=object()), doc_ids=[1])
    with pytest.raises(ValueError, match="no id"):
        table.insert(Document({}, 2**70))
    assert table.all() == [{"a": 1}]


def test_fields_are_set_of_documents_that_are_not_read(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_db(path) as db:
        table = db.table("papers")
        table.insert_multiple([{"status": "new", "n": 1}, {"status": "read"}])
        db.compact()
        assert list(db.columns.status) == [0, 1]
        with monkeypatch.context() as patch:
            patch.setattr(Snapshot, "document", pytest.fail)
            assert table.update({"status": "read"}, doc_ids=[1, 9]) == [1]
            assert table.update_each({1: {"n": True}, 9: {"n": 2}}) == [1]
        assert table.all() == [{"status": "read", "n": True}, {"status": "read"}]
        assert table.get(doc_id=1)["n"] is True
        assert list(db.columns.status) == [1, 1]


def test_what_callables_leave_as_it_was_is_not_written(db: JournalDB, path: Path) -> None:
    table = db.table("papers")
    table.insert({"status": "new", "n": 1})
    before = path.with_name("library.json.journal").read_bytes()
    assert table.update(lambda document: None, doc_ids=[1]) == [1]
    assert path.with_name("library.json.journal").read_bytes() == before


def test_only_the_changed_fields_are_written(db: JournalDB, path: Path) -> None:
    db.table("papers").insert({"status": "new", "abstract": "long " * 300})
    db.table("papers").update({"status": "read"}, doc_ids=[1])
    line = path.with_name("library.json.journal").read_text().splitlines()[-2]
    assert json.loads(line[9:]) == {"papers": {"set": {"1": {"status": "read"}}}}


def test_others_see_a_change_and_which(path: Path) -> None:
    with open_db(path) as one, open_db(path) as two:
        one.table("papers").insert_multiple([{"n": n} for n in range(3)])
        assert two.refresh()
        two.table("papers").update({"n": 7}, doc_ids=[2])
        touched = one.refresh()
        assert touched.documents == {("papers", 2)}
        assert not touched.everything
        assert not one.refresh()
        two.compact()
        two.table("papers").update({"n": 8}, doc_ids=[3])
        touched = one.refresh()
        assert touched.documents == {("papers", 3)}
        assert not touched.everything
        assert [d["n"] for d in one.table("papers")] == [0, 7, 8]


def test_a_stale_view_loses_nothing(path: Path) -> None:
    with open_db(path) as one, open_db(path) as two:
        one.table("papers").insert({"tags": []})
        two.table("papers").update(lambda d: d["tags"].append("b"), doc_ids=[1])
        one.table("papers").update(lambda d: d["tags"].append("a"), doc_ids=[1])
        assert one.table("papers").get(doc_id=1) == {"tags": ["b", "a"]}
        assert one.refresh().documents == {("papers", 1)}


def test_the_last_interface_compacts(path: Path) -> None:
    one, two = open_db(path, interface=True), open_db(path, interface=True)
    one.table("papers").insert({})
    three = open_db(path, interface=True)
    one.close()
    two.close()
    assert "papers" not in json.loads(path.read_text())
    three.refresh()
    three.close()
    assert json.loads(path.read_text())["papers"] == {"1": {}}


def test_a_symbolic_link_stays_one(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    path.parent.mkdir()
    link.symlink_to(path)
    with open_db(link) as db:
        db.table("papers").insert({})
        db.compact()
    assert link.is_symlink()
    assert json.loads(path.read_text())["papers"] == {"1": {}}


def test_each_document_gets_its_own_fields(db: JournalDB) -> None:
    papers = db.table("papers")
    papers.insert_multiple([{"n": 0}, {"n": 0}])
    assert papers.update_each({1: {"n": 1}, 2: {"m": [2]}, 9: {"n": 9}}) == [1, 2]
    assert papers.all() == [{"n": 1}, {"n": 0, "m": [2]}]


def test_columns_that_nobody_asked_for_since_many_changes_are_true(path: Path) -> None:
    with open_db(path) as db:
        papers = db.table("papers")
        papers.insert_multiple({"added": n, "status": "new"} for n in range(300))
        assert len(db.columns) == 300
        for number in range(1, 250):
            papers.update({"status": "read", "added": number % 7}, doc_ids=[number])
        papers.remove(doc_ids=[250])
        rows = sorted((-values(d)[2], d.doc_id, values(d)) for d in papers)
        assert list(db.columns.ids) == [number for _, number, _ in rows]
        assert list(db.columns.status) == [row[0] for _, _, row in rows]


def test_a_change_is_made_whatever_becomes_of_the_columns(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lies(*_: object) -> None:
        raise KeyError

    with open_db(path) as db:
        papers = db.table("papers")
        papers.insert({"status": "new"})
        assert len(db.columns) == 1
        monkeypatch.setattr(Columns, "change", lies)
        for number in range(150):
            papers.update({"n": number}, doc_ids=[1])
        assert papers.get(doc_id=1) == {"status": "new", "n": 149}


def test_columns_can_be_made_while_another_thread_makes_a_change(path: Path) -> None:
    with open_db(path) as db:
        db.table("papers").insert_multiple([{}] * 3)
        db.compact()
    beside(path, "offsets").unlink()
    with open_db(path) as db:
        found: list[Columns] = []
        with db.writing():
            db.table("papers").update({"status": "read"}, doc_ids=[2])
            # the change waits for it, so it must not wait for the change
            thread = Thread(target=lambda: found.append(db.columns), daemon=True)
            thread.start()
            thread.join(30)
            assert not thread.is_alive()
        assert list(found[0].ids) == [1, 2, 3]


def test_columns_stay_as_they_are_while_a_large_change_is_made(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "_MOST_HELD", 0)
    with open_db(path) as db:
        db.table("papers").insert({})
        columns = db.columns
        with db.writing():
            for _ in range(3):
                db.table("papers").insert({})
                assert db.columns is columns
        assert list(db.columns.ids) == [1, 2, 3, 4]


def test_a_table_that_was_emptied_and_filled_has_true_columns(path: Path) -> None:
    with open_db(path) as db:
        db.table("papers").insert({"status": "new"})
        db.compact()
        db.drop_table("papers")
        db.table("papers").upsert(Document({"status": "read"}, 1))
    with open_db(path) as db:
        assert list(db.columns.ids) == [1]
