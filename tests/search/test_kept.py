"""An index in a file: what was kept is found again, and what is damaged is found out."""

import os
import random
from pathlib import Path
from threading import Thread

import pytest

from readlist.paper import Paper
from readlist.search.evaluate import Searcher
from readlist.search.index import Index
from readlist.search.kept import DamagedError, Spill, Writer, load
from readlist.search.query import parse

PAPERS = {
    n: Paper(
        id=n, title=f"Paper {n} on fine-tuning", abstract="a policy gradient " * n, tags=["rl"]
    )
    for n in range(1, 30)
}


def keep(path: Path, index: Index) -> None:
    index.flush()
    writer = Writer(path, index.lengths())
    for _ in index.merge(writer, "signature"):
        pass
    writer.finish()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "library.json.words"
    index = Index(Spill(tmp_path))
    for number, paper in PAPERS.items():
        index.update(paper, number * 10)
        if number % 7 == 0:
            index.flush()
    index.remove(3)
    index.update(PAPERS[5].but(title="Changed since"), 55)
    keep(path, index)
    return path


def test_what_was_kept_is_found(path: Path) -> None:
    index, signature = load(path)
    assert signature == "signature"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]
    assert (index.line_of(5), index.line_of(6), index.line_of(3)) == (55, 60, None)
    searcher = Searcher(read=PAPERS.__getitem__, index=index)
    for text in ("finetuning", '"policy gradient"', "tag:rl", "/tuning/ is:new", "title:paper"):
        assert set(searcher.find(parse(text)).ids) == set(PAPERS) - {3} - (
            {5} if text in ("finetuning", "title:paper") else set()
        )
    assert list(searcher.find(parse("changed")).ids) == [5]


def test_papers_change_over_what_was_kept(path: Path) -> None:
    searcher = Searcher(read=PAPERS.__getitem__, index=load(path)[0])
    searcher.update(PAPERS[3])
    searcher.update(PAPERS[4].but(title="An octopus", starred=True))
    searcher.remove(8)
    assert list(searcher.find(parse("octopus is:starred")).ids) == [4]
    assert set(searcher.find(parse("title:paper")).ids) == set(PAPERS) - {4, 5, 8}
    keep(path, searcher.index)
    again = Searcher(read=PAPERS.__getitem__, index=load(path)[0])
    assert set(again.find(parse("title:paper")).ids) == set(PAPERS) - {4, 5, 8}


def test_damage_to_what_is_held_or_to_the_header_is_found_out(path: Path) -> None:
    whole = path.read_bytes()
    chance = random.Random(1)
    for _ in range(200):
        path.write_bytes(whole[: chance.randrange(len(whole))])
        try:
            index, _ = load(path)
        except DamagedError:
            continue
        raise AssertionError(index)
    for content in (b"", b"x" * 9000, whole.replace(b"words 4", b"words 3")):
        path.write_bytes(content)
        with pytest.raises(DamagedError):
            load(path)
    held = bytearray(whole)
    held[-20] ^= 1
    path.write_bytes(held)
    with pytest.raises(DamagedError):
        load(path)


def test_a_file_that_is_cut_while_it_is_read_is_made_anew(path: Path) -> None:
    searcher = Searcher(read=PAPERS.__getitem__, index=load(path)[0])
    with path.open("r+b") as file:
        file.truncate(4096)
    assert len(searcher.find(parse("finetuning")).ids) == len(PAPERS) - 1


def test_what_is_searched_while_the_file_is_finished_is_found(path: Path) -> None:
    index, _ = load(path)
    searcher = Searcher(read=PAPERS.__getitem__, index=index)
    writer = Writer(path, index.lengths())
    for _ in index.merge(writer, "signature"):
        pass
    thread = Thread(target=lambda: [writer.finish() for _ in range(50)])
    thread.start()
    while thread.is_alive():
        assert list(searcher.find(parse("changed")).ids) == [5]
        assert len(searcher.find(parse('"policy gradient"')).ids) == len(PAPERS) - 1
    thread.join()
    assert load(path)[0].ids() == set(PAPERS) - {3}


def test_what_a_killed_writer_left_is_removed(path: Path) -> None:
    left, fresh = (path.with_name(f".{path.name}.{end}") for end in ("left", "fresh"))
    left.write_bytes(b"x")
    fresh.write_bytes(b"x")
    os.utime(left, (1, 1))
    keep(path, load(path)[0])
    assert set(path.parent.iterdir()) == {path, fresh}
