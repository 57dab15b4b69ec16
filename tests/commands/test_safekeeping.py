"""`readlist backup`, `restore` and `check`."""

import json
from pathlib import Path


def test_back_up_and_restore(filled, tmp_path: Path):
    file = tmp_path / "copy.json"
    assert filled("backup", str(file)).out == f"4 papers backed up to {file}\n"
    before = filled("list", "is:any", "--json").json
    filled("delete", "is:any")
    found = filled("restore", str(file), "--json").json
    assert (found["papers"], found["added"]) == (4, [1, 2, 3, 4])
    assert Path(found["backup"]).exists()
    assert filled("list", "is:any", "--json").json == before
    assert filled("undo").out == f"Undone: Restored {file}: 4 papers\n"


def test_a_backup_among_the_others_and_into_a_folder(filled, tmp_path: Path):
    found = filled("backup", "--json").json
    assert Path(found["file"]).parent == tmp_path / "library.json.backups"
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    assert filled("backup", str(folder)).code == 0
    assert len(list(folder.iterdir())) == 1


def test_what_cannot_be_done_is_said(readlist, filled, tmp_path: Path):
    file, export = tmp_path / "none.json", tmp_path / "export.json"
    assert filled("restore", str(file)).code == 1
    assert filled("restore", str(tmp_path)).code == 1
    assert filled("restore", str(tmp_path / "library.json")).code == 2
    assert filled("restore").code == 2
    assert filled("backup", str(tmp_path / "library.json")).code == 2
    assert filled("backup", str(tmp_path / "no" / "folder.json")).code == 1
    filled("export", "-o", str(export))
    assert "readlist import --restore" in filled("restore", str(export)).err


def test_a_broken_library_gets_restored(filled, tmp_path: Path):
    library, file = tmp_path / "library.json", tmp_path / "copy.json"
    filled("backup", str(file))
    library.write_text("{")
    assert (filled("list").code, filled("check").code) == (3, 3)
    found = filled("restore", str(file))
    assert (found.code, found.out) == (0, f"Restored {file}: 4 papers\n")
    assert len(filled("list", "is:any", "--json").json) == 4


def test_check_says_what_backups_there_are(filled, tmp_path: Path):
    assert "\n0 backups\n" in filled("check").out
    copy = Path(filled("backup", "--json").json["file"])
    size = copy.stat().st_size
    assert f"\n1 backup, {size:,} bytes in all, the newest {copy}\n" in filled("check").out
    found = filled("check", "--json").json["backups"]
    assert found == {"count": 1, "bytes": size, "newest": str(copy)}


def test_none_is_removed_from_a_folder_of_the_users(filled, tmp_path: Path):
    folder = tmp_path / "mine"
    folder.mkdir()
    for _ in range(14):
        assert filled("backup", str(folder)).code == 0
    assert len(list(folder.iterdir())) == 14


def test_check_and_repair(filled, tmp_path: Path):
    assert filled("check").code == 0
    filled("check", "--compact")
    library = tmp_path / "library.json"
    document = json.loads(library.read_text())
    document["papers"]["1"]["tags"] = "rl"
    library.write_text(json.dumps(document))
    found = filled("check")
    assert (found.code, "paper 1: no paper can have this tags" in found.err) == (1, True)
    assert filled("check", "--repair").code == 0
    assert filled("check", "--json").json["problems"] == []
