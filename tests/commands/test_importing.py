"""`readlist import`."""

import errno
import io
import json
import sys
from pathlib import Path

import pytest
from tinydb import TinyDB

from readlist.library import snapshot
from readlist.library.library import Library

PAGE = [{"title": "A"}]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.json"
    path.write_text('{"papers": [{"title": "A", "note": "x"}, {"title": "B", "tags": ["t"]}]}')
    return path


def test_each_file_is_reported(readlist, pages):
    found = readlist("import", *map(str, pages))
    assert (found.code, found.out.count("\n")) == (0, 3)
    assert found.out.endswith("78 added, 12 merged\n")
    assert "assumed" in found.err
    assert len(readlist("list", "--json").json) == 279
    assert readlist("import", *map(str, pages)).out.count("unchanged") == 3


def test_a_report_in_json(readlist, file: Path):
    (found,) = readlist("import", "--json", str(file)).json
    assert found["added"] == [1, 2]
    assert (found["name"], found["format"]) == (str(file), "json")
    assert (found["merged"], found["unchanged"], found["left_out"]) == ([], [], 0)


def test_what_cannot_be_read_is_named_and_the_rest_comes_in(readlist, file: Path, tmp_path: Path):
    broken = tmp_path / "b.json"
    broken.write_text('[{"title": "C"}, {"title": ""}]')
    half = tmp_path / "half.json"
    half.write_text('[{"title": "C"')
    missing = str(tmp_path / "no.json")
    found = readlist("import", str(file), str(broken), str(half), missing, str(tmp_path))
    assert found.code == 1
    assert found.out == f"{file}: 2 added\n{broken}: 1 added, 1 refused\n"
    assert found.err.splitlines() == [
        f"readlist: {broken}: paper 2 refused: it has no title",
        f"readlist: {half}: no whole JSON: line 1, character 15: Expecting ',' delimiter",
        f"readlist: {missing} cannot be read: No such file or directory",
        f"readlist: {tmp_path} cannot be read: Is a directory",
    ]
    both = readlist("import", "--json", str(broken), missing)
    assert both.code == 1
    assert [sorted(one)[:2] for one in both.json][1] == ["error", "name"]


def test_only_what_cannot_be_read_makes_no_library(readlist, tmp_path: Path):
    assert readlist("import", str(tmp_path / "no.json")).code == 1
    assert list(tmp_path.iterdir()) == []


def test_options(readlist, file: Path):
    found = readlist("import", str(file), "--tag", "RL", "--tag", "x y", "--to", "to-read")
    assert found.code == 0
    first, second = readlist("list", "--json").json
    assert first["tags"] == ["rl", "x-y"]
    assert second["tags"] == ["rl", "t", "x-y"]
    assert first["status"] == "to-read"
    assert first["decided"] == first["added"]


def test_a_dry_run(readlist, file: Path, tmp_path: Path):
    found = readlist("import", "--dry-run", str(file))
    assert (found.code, found.out) == (0, f"{file}: 2 added\n")
    assert "nothing was changed" in found.err
    assert not (tmp_path / "library.json").exists()


def test_deleted_papers_and_restoring(readlist, file: Path):
    readlist("import", str(file))
    readlist("delete", "1")
    assert "1 unchanged, 1 deleted before and left out" in readlist("import", str(file)).out
    assert "1 added, 1 unchanged" in readlist("import", "--restore", str(file)).out
    assert readlist("show", "1", "--json").json["note"] == "x"


class _Stdin(io.TextIOWrapper):
    def isatty(self) -> bool:
        return False


@pytest.mark.parametrize("arguments", [["-"], [], ["--format", "json", "-"]])
def test_stdin(readlist, monkeypatch: pytest.MonkeyPatch, arguments: list[str]):
    monkeypatch.setattr(sys, "stdin", _Stdin(io.BytesIO(b'[{"title": "A"}]')))
    assert readlist("import", *arguments).out == "stdin: 1 added\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--page-date", "tomorrow", "x"], "'tomorrow' is no day as 2024-01-02"),
        (["--page-date", "2024-02-30", "x"], "'2024-02-30' is no day as 2024-01-02"),
        (["--to", "redd", "x"], "'redd' is none of new, to-read, reading, read, archived; did"),
        (["--tag", "!", "x"], "'!': a tag needs a letter or a digit"),
        (["--format", "bibtx", "x"], "no format is called 'bibtx': readlist reads json"),
        (["--formt", "json", "x"], "there is no option --formt; did you mean --format?"),
        (["-x"], "there is no option -x"),
        (["x", "--tag"], "--tag wants a value"),
    ],
)
def test_wrong_usage(readlist, arguments: list[str], message: str):
    found = readlist("import", *arguments)
    assert found.code == 2
    assert message in found.err
    assert found.err.endswith("`readlist import -h` says how it is used\n")


def test_names_of_files_are_harmless(readlist, tmp_path: Path):
    evil = tmp_path / "a\x1b[31m\nb.json"
    evil.write_text('[{"title": "A"}, 3]')
    found = readlist("import", str(evil))
    assert found.out == f"{tmp_path}/a b.json: 1 added, 1 refused\n"
    assert "\x1b" not in found.err
    assert readlist("log").out.endswith("Imported a b.json: 1 added\n")


def test_what_was_taken_in_at_once_is_undone_at_once(readlist, tmp_path: Path):
    files = [tmp_path / f"{name}.json" for name in "ab"]
    for number, file in enumerate(files, start=1):
        papers = [{"title": "In Both"}, {"title": f"Only in {number}", "upvotes": number}]
        file.write_text(json.dumps(papers))
    assert readlist("import", *map(str, files), "--format", "json").code == 0
    assert len(readlist("list", "import:last", "--json").json) == 3
    assert readlist("undo").out == "Undone: Imported 2 files: 3 added\n"
    assert readlist("list", "--json").json == []


def large(tmp_path: Path) -> Path:
    """A file of papers that are more than what a journal holds."""
    file = tmp_path / "large.json"
    papers = [{"title": f"{n}", "abstract": f"{n} " * 2000} for n in range(300)]
    file.write_text(json.dumps({"papers": papers}))
    return file


def test_a_large_import_is_compacted_and_copied_once_it_was_told(readlist, tmp_path: Path):
    place = tmp_path / "elsewhere"
    place.mkdir()
    (tmp_path / "config.toml").write_text(f'[backup]\nto = "{place}"')
    found = readlist("import", str(large(tmp_path)))
    assert (found.code, found.err) == (0, "")
    assert len((tmp_path / "library.json.journal").read_bytes().split(b"\n")) == 2  # begun anew
    (copy,) = place.iterdir()
    for path in (tmp_path / "library.json", copy):
        with TinyDB(path, access_mode="r") as plain:
            assert len(plain.table("papers")) == 300


def test_an_import_stands_though_it_cannot_be_compacted(readlist, tmp_path: Path, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    file = tmp_path / "a.json"
    file.write_text('[{"title": "A"}]')
    readlist("import", str(file))  # writes the first snapshot, which cannot be refused
    monkeypatch.setattr(snapshot, "write", fail)
    found = readlist("import", str(large(tmp_path)))
    assert (found.code, "300 added" in found.out) == (0, True)
    assert found.err.startswith("readlist: not compacted: ")
    assert "make room" in found.err
    assert len(Library(tmp_path / "library.json")) == 301


@pytest.fixture
def snapshot_file(tmp_path: Path) -> Path:
    path = tmp_path / "arxiv.json"
    with path.open("w") as out:
        for number in range(60):
            field = "cs.LG" if number % 10 else "math.CO"
            record = {
                "id": f"2401.{number % 50:05}",
                "title": f"T {number % 50}",
                "categories": field,
            }
            out.write(json.dumps({**record, "authors": "Ada", "update_date": "2024-01-02"}) + "\n")
        out.write("{half\n")
    return path


def test_a_part_of_a_file_comes_in(readlist, snapshot_file: Path):
    found = readlist("import", "--only", "category:math.CO published:2024", str(snapshot_file))
    assert found.out == f"{snapshot_file}: 5 added, 1 listed twice, 1 refused, 54 not asked for\n"
    assert (found.code, len(readlist("list", "--json").json)) == (1, 5)
    again = readlist("import", "--only", "category:math.CO", "--json", str(snapshot_file)).json
    assert (len(again[0]["unchanged"]), again[0]["passed_over"]) == (5, 54)
    wrong = readlist("import", "--only", "auther:x", str(snapshot_file))
    assert wrong.code == 2
    assert "author:" in wrong.err


def test_a_dry_run_of_a_large_file_tells_what_the_import_does(readlist, snapshot_file: Path):
    readlist("import", "--only", "category:math.CO", str(snapshot_file))
    tried = readlist("import", "--dry-run", "--json", str(snapshot_file)).json
    assert readlist("import", "--json", str(snapshot_file)).json == tried
    assert (len(tried[0]["added"]), tried[0]["repeated"]) == (45, 10)
    with snapshot_file.open("ab") as file:
        file.write(b"\n")
    nothing = readlist("import", "--dry-run", str(snapshot_file)).out
    assert nothing == f"{snapshot_file}: 50 unchanged, 10 listed twice, 1 refused\n"
