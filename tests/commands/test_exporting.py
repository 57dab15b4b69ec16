"""`readlist export`."""

import json
from pathlib import Path

import pytest


def test_everything_goes_out_and_comes_in_the_same(filled, readlist, tmp_path: Path):
    file, other = tmp_path / "mine.json", tmp_path / "other.json"
    found = filled("export", "-o", str(file))
    assert (found.code, found.out) == (0, f"4 papers written to {file}\n")
    assert readlist("--library", str(other), "import", str(file)).code == 0
    again = readlist("--library", str(other), "export").json
    assert again["papers"] == json.loads(file.read_text("utf-8"))["papers"]
    assert [paper["id"] for paper in again["papers"]] == [1, 2, 3, 4]


def test_papers_can_be_chosen(filled):
    assert [paper["id"] for paper in filled("export", "4", "1").json["papers"]] == [1, 4]
    lines = filled("export", "-is:new", "--format", "jsonl").out.splitlines()
    assert [json.loads(line)["id"] for line in lines] == [2, 3]
    found = filled("export", "offline")
    assert len(found.json["papers"]) == 2
    assert found.err == "readlist: 1 archived left out; is:any writes them too\n"


def test_what_is_shared_is_not_the_users_own(filled):
    (paper,) = filled("export", "3", "--share").json["papers"]
    assert not paper.keys() & {"status", "starred", "note", "files", "decided", "changed"}


def test_the_ending_or_the_option_names_the_format(filled, tmp_path: Path):
    file = tmp_path / "x.jsonl"
    assert filled("export", "--output", str(file), "1").code == 0
    assert json.loads(file.read_bytes())["id"] == 1
    found = filled("export", "-o", str(file), "--format", "JSON", "--json")
    assert found.json == {"file": str(file), "format": "json", "papers": 4}
    assert filled("export", "-o", "-").json["papers"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["-o", "refs.foo"], 2, "refs.foo has the ending .foo; known are .json, .jsonl"),
        (["-o", "refs"], 2, "refs has no ending; known are .json"),
        (["--format", "jso"], 2, "readlist writes json, jsonl, "),
        (["--format", "listing"], 2, "no format is called 'listing': readlist writes"),
        (["nobody"], 1, "no paper matches nobody"),
        (["offlne"], 1, "no paper matches offlne"),
        (["88"], 1, "no paper has the id 88"),
        (["-o", "/no/such/folder/a.json"], 1, "/no/such/folder/a.json cannot be written: No such"),
        (["(", "-o", "x.json"], 2, "in the query"),
    ],
)
def test_what_cannot_be_exported(filled, arguments: list[str], code: int, message: str):
    found = filled("export", *arguments)
    assert (found.code, found.out) == (code, "")
    assert message in found.err


def test_an_empty_library_is_an_export_too(readlist):
    assert readlist("export").json["papers"] == []
