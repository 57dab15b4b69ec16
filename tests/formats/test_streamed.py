"""JSON lines of any size come in a block at a time, packed or not, as they do in one piece."""

import gzip
import io
import json
import tracemalloc
import zipfile

import pytest

from readlist.formats import catalogue, streamed
from readlist.formats.incoming import FormatError
from readlist.operations import ImportOptions, read_file, read_input
from readlist.search.query import parse
from tests.formats.test_arxiv import RECORD as KAGGLE
from tests.formats.test_huggingface import RECORD as HUGGINGFACE
from tests.formats.test_services import CROSSREF, NOTE, S2, WORK

CSL = {"type": "article-journal", "title": "A", "author": [{"family": "Lovelace"}], "id": "k"}
OWN = {"id": 1, "uid": "u", "title": "A"}
LINK = {"title": "A", "url": "https://arxiv.org/abs/2401.00001"}
RECORDS = {
    "kaggle": KAGGLE, "huggingface": HUGGINGFACE, "semanticscholar": S2, "openalex": WORK,
    "crossref": CROSSREF, "openreview": NOTE, "csl": CSL, "jsonl": OWN, "json-list": LINK,
}  # fmt: skip


def lines(*records: object) -> bytes:
    return "".join(f"{json.dumps(record)}\n" for record in records).encode()


def stream(content: bytes, **options) -> streamed.Stream:
    found = read_file(io.BytesIO(content), "x.json", ImportOptions(**options))
    assert isinstance(found, streamed.Stream)
    return found


def test_every_format_of_json_lines_is_tried():
    of_lines = {found.name for found in catalogue.FORMATS if found.is_lines}
    assert of_lines - {"json"} == RECORDS.keys()


@pytest.mark.parametrize("name", RECORDS)
@pytest.mark.parametrize("block", [64, 700, 1 << 20])
def test_lines_in_blocks_are_as_in_one_piece(monkeypatch, name, block):
    monkeypatch.setattr(streamed, "BLOCK", block)
    record = RECORDS[name]
    content = lines(record, record) + b'\n{"title"\r\n[]\n' + lines({"a": 1}, *[record] * 20)
    content = content.rstrip()
    with io.BytesIO(content) as file:
        head = file.read(max(block, 2 * len(lines(record))))
        found = streamed.Stream(head, file, catalogue.named(name)).whole()
    whole = catalogue.named(name).read_lines(content.decode(), 1)
    assert found == whole
    assert len(found.papers) == 22
    assert [refusal.place for refusal in found.refusals] == ["line 4", "line 5", "line 6"]
    assert read_input(content, "x").papers == found.papers


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b'{\n "a": 1}\n', b'\n{"a": 1}\n \n', b"[\n{}\n{}\n]", b'{"a": \n{"a": 1}\n',
     b"dear all\n{}\n", b'"a"\n"b"\n', b"\xff\xfe{\x00}\x00\n\x00"],
)  # fmt: skip
def test_other_files_are_none_of_lines(content):
    assert streamed.format_of(content, None) is None


def test_a_line_that_is_too_long_is_refused_alone(monkeypatch):
    monkeypatch.setattr(streamed, "BLOCK", 300)
    monkeypatch.setattr(streamed, "_LONGEST", 1000)
    long = KAGGLE | {"abstract": "x" * 5000}
    content = lines(KAGGLE, KAGGLE, long, KAGGLE, long)
    with io.BytesIO(content) as file:
        found = streamed.Stream(file.read(900), file, catalogue.named("kaggle")).whole()
    assert len(found.papers) == 3
    assert [refusal.place for refusal in found.refusals] == ["line 3", "line 5"]
    assert all(r.reason.startswith("it is longer than") for r in found.refusals)


def test_a_line_in_another_encoding_is_read_and_told():
    odd = json.dumps(KAGGLE | {"title": "Über"}, ensure_ascii=False).encode("cp1252")
    found = stream(lines(KAGGLE) + odd + b"\n" + lines(KAGGLE)).whole()
    assert [paper.title for paper in found.papers] == ["A Title", "Über", "A Title"]
    assert found.notes == ["1 line not in UTF-8: read as Latin-1 (windows-1252)"]


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "pack", [gzip.compress, lambda content: zipped(a=content)], ids=["gzip", "zip"]
)
@pytest.mark.parametrize(
    "content", [lines(KAGGLE, KAGGLE), json.dumps([KAGGLE] * 2).encode()], ids=["lines", "list"]
)
def test_packed_files_are_read(pack, content):
    found = read_input(pack(content), "x")
    assert (found.format, len(found.papers)) == ("kaggle", 2)


def test_what_comes_before_the_damage_of_a_packed_file_comes_in(monkeypatch):
    monkeypatch.setattr(streamed, "BLOCK", 2000)
    many = [KAGGLE | {"id": f"2401.{n:05}", "title": f"{n * 7919 % 10007}"} for n in range(500)]
    found = read_input(gzip.compress(lines(*many))[:-800], "x")
    assert 0 < len(found.papers) < 500
    (refusal,) = found.refusals
    assert refusal.place == f"line {len(found.papers) + 1}"
    assert refusal.reason.startswith("from here on it cannot be read: ")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\x1f\x8b\x08\x00", "it is an archive that cannot be read"),
        (b"\x1f\x8b", "it is an archive that cannot be read"),
        (gzip.compress(b""), "it is empty"),
        (gzip.compress(gzip.compress(b"x")), "it is a gzip archive, and no text"),
        (b"PK\x03\x04", "it is a ZIP archive that cannot be read"),
        (zipped(a=b"x", b=b"y"), r"it is a ZIP archive \(or an office document\), and no text"),
        (gzip.compress(b"[" * (80 << 20)), "it holds more than 64 MB: unpack it first"),
    ],
    ids=["half", "begun", "empty", "twice", "no-zip", "several", "bomb"],
)
def test_an_archive_that_cannot_be_read_is_refused(content, reason):
    with pytest.raises(FormatError, match=reason):
        read_input(content, "x")


def test_papers_that_are_not_asked_for_are_passed_over_in_any_format():
    others = [KAGGLE | {"id": f"2401.{n:05}", "categories": "cs.LG"} for n in range(5)]
    only = parse("category:hep-th")
    for content in (lines(*others, KAGGLE), json.dumps([*others, KAGGLE]).encode()):
        found = read_input(content, "x", ImportOptions(only=only))
        assert [paper.identifiers for paper in found.papers] == [{"arxiv": "hep-th/9901001"}]
        assert found.passed_over == 5


class Endless(io.RawIOBase):
    """A file of so many lines, which are made when they are read."""

    def __init__(self, number: int) -> None:
        self.left = number
        self.rest = b""

    def read(self, size: int = -1) -> bytes:
        while len(self.rest) < size and self.left:
            self.left -= 1
            abstract = f"{self.left} " * 300
            line = lines(KAGGLE | {"id": f"2401.{self.left:05}", "abstract": abstract})
            self.rest += line
        found, self.rest = self.rest[:size], self.rest[size:]
        return found


def test_memory_does_not_grow_with_the_file(monkeypatch):
    monkeypatch.setattr(streamed, "BLOCK", 1 << 16)
    peaks = []
    for number in (300, 3000):
        tracemalloc.start()
        found = read_file(Endless(number), "x")
        assert sum(1 for _ in found.papers) == number
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.2
