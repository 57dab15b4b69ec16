"""A disk that is full, and a folder that cannot be written to: refused in a line, nothing lost."""

import json
from contextlib import suppress
from pathlib import Path

import pytest

from readlist.library.library import Library
from tests.e2e.places import Place, read_only, small_disk
from tests.e2e.terminal import Terminal
from tests.e2e.test_kills import make


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "a place – é"
    folder.mkdir()
    return folder


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "papers.json"
    file.write_text(json.dumps({"papers": [{"title": f"Paper {n}"} for n in range(4)]}))
    return file


def fill(place: Place) -> Path:
    """Leave no room on a disk; return the file that takes it."""
    filler = place.here / "filler"
    with filler.open("wb", buffering=0) as opened, suppress(OSError):
        while True:
            opened.write(bytes(4096))
    return filler


def refused(place: Place, reason: str, *verbs: list[object]) -> None:
    """Check that each of these is refused with a line that says why, and changes nothing."""
    before = place.files()
    for verb in verbs:
        found = place.readlist(*verb)
        line = found.err.splitlines()[-1].lower()
        assert (found.code, found.out) == (3, ""), (verb, found)
        assert reason in line, found
        assert "; " in line, found  # and what to do
        assert place.files() == before, verb


def test_a_full_disk(folder: Path, file: Path, tmp_path: Path) -> None:
    with small_disk(folder, "400k") as place:
        assert place.readlist("import", file).code == 0
        assert place.readlist("check", "--compact").code == 0
        copy = tmp_path / "copy.json"
        assert place.readlist("backup", copy).code == 0
        filler = fill(place)
        refused(
            place,
            "no space left",
            ["mark", "read", "1"],
            ["import", file, "--tag", "again"],
            ["backup"],
            ["restore", copy],
            ["check", "--compact"],
        )
        assert place.readlist("list").out.count("\n") == 4
        assert place.readlist("check").code == 0
        filler.unlink()
        assert place.readlist("mark", "read", "1").code == 0
        assert place.readlist("backup").code == 0


def test_the_interface_on_a_full_disk(folder: Path, tmp_path: Path) -> None:
    make(tmp_path / "library.json")
    with small_disk(folder, "2m") as place:
        (place.here / "library.json").write_bytes((tmp_path / "library.json").read_bytes())
        content = (tmp_path / "library.json.journal").read_bytes()
        (place.here / "library.json.journal").write_bytes(content.rstrip(b" "))  # no room kept
        path = folder / "library.json"
        with Terminal("--library", path, within=place.words, columns=250) as terminal:
            terminal.wait_for("400 new")
            filler = fill(place)
            terminal.send("jw")
            terminal.wait_for("no space left", "make room", "400 new", "2 of 400")
            filler.unlink()
            terminal.send("w")
            terminal.wait_for("To read “Paper 2”", "399 new")
            terminal.send("q")
            assert terminal.wait_for_end() == 0


def test_a_folder_that_cannot_be_written_to(folder: Path, tmp_path: Path) -> None:
    path, copy = folder / "library.json", tmp_path / "copy.json"
    make(path)
    library = Library(path)
    library.compact()
    library.close()
    with read_only(folder) as place:
        refused(
            place,
            "read-only file system; it can be read here",
            ["undo"],
            ["backup"],
            ["check", "--compact"],
        )
        for verb in (["list", "1"], ["backup", copy], ["check", "--repair"]):
            found = place.readlist(*verb)
            assert found.code == 0, found
            assert found.err == f"readlist: {path} can be read, but not changed\n"
        refused(place, "read-only file system", ["restore", copy])
        with Terminal("--library", path, within=place.words, columns=250) as terminal:
            terminal.wait_for("400 new", "read-only")
            terminal.send("w")
            terminal.wait_for("400 new", "1 of 400", "it can be read here, not changed")
