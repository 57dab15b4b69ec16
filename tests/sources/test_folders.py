import os
from datetime import date
from pathlib import Path

import pytest

from readlist.sources.folders import read_folder

TODAY = date(2026, 8, 21)
BIB = "@article{x, title={Of a Colleague}}"


def read(folder: Path, *seen: str):
    return list(read_folder(str(folder), seen, TODAY))


def test_files_that_appear_or_change_are_read_once(tmp_path: Path):
    (tmp_path / "a.bib").write_text(BIB)
    ((sign, found),) = read(tmp_path)
    assert found is not None and found.papers[0].title == "Of a Colleague"
    assert read(tmp_path, sign) == [(sign, None)]
    (tmp_path / "a.bib").write_text(BIB * 2)
    ((other, found),) = read(tmp_path, sign)
    assert other != sign and found is not None


def test_what_is_unfinished_hidden_or_no_file_is_left_alone(tmp_path: Path):
    for name in ("a.bib.part", "b.bib.crdownload", ".c.bib", "d.bib~"):
        (tmp_path / name).write_text(BIB)
    (tmp_path / "folder.bib").mkdir()
    (tmp_path / "nowhere.bib").symlink_to(tmp_path / "none")
    os.mkfifo(tmp_path / "pipe.bib")
    assert read(tmp_path) == []


def test_what_cannot_be_read_is_told_by_name(tmp_path: Path):
    (tmp_path / "a.bib").write_text(BIB + "@article{, author=")
    (tmp_path / "b.xyz").write_bytes(b"\x00\x01\x02")
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.7")
    told = [one for _, found in read(tmp_path) if found for one in found.refusals]
    places = [one.place for one in told]
    assert places[-2:] == ["b.xyz", "c.pdf"]
    assert all(place.startswith("a.bib, ") for place in places[:-2])
    assert told[-1].reason == "a PDF without an arXiv id in its name"


def test_a_pdf_is_known_by_the_id_in_its_name(tmp_path: Path):
    file = tmp_path / "Mania_2401.01234v2.pdf"
    file.write_bytes(b"%PDF-1.7")
    ((_, found),) = read(tmp_path)
    assert found is not None
    (paper,) = found.papers
    assert (paper.title, paper.identifiers) == ("arxiv:2401.01234", {"arxiv": "2401.01234"})
    assert paper.files == [str(file)]


def test_a_folder_that_is_not_there(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "none")
