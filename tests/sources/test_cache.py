"""Answers that are kept: how long, and how many."""

import os
import time
from pathlib import Path

from readlist.sources import cache
from readlist.sources.cache import Cache, Kept


def kept(body: bytes = b"x", at: float | None = None) -> Kept:
    return Kept(body, "https://x.org/", "text/plain", "", "", time.time() if at is None else at)


def test_an_answer_has_an_age():
    assert kept().is_fresh(60) and not kept().is_fresh(0)
    assert not kept(at=time.time() - 61).is_fresh(60)
    assert not kept(at=time.time() + 3600).is_fresh(60)  # of a clock that was wrong


def test_answers_are_told_apart_by_what_was_accepted(tmp_path: Path):
    answers = Cache(tmp_path)
    answers.keep("https://x.org/", "text/html", kept(b"page"))
    answers.keep("https://x.org/", "application/json", kept(b"{}"))
    assert answers.find("https://x.org/", "text/html") == kept(b"page").but(
        at=answers.find("https://x.org/", "text/html").at
    )
    assert answers.find("https://x.org/", "application/json").body == b"{}"
    assert answers.find("https://x.org/", "") is None


def test_what_is_old_goes_and_the_oldest_when_it_is_too_much(tmp_path: Path, monkeypatch):
    answers = Cache(tmp_path)
    for number in range(4):
        answers.keep(f"https://x.org/{number}", "", kept(b"x" * 1000))
        (path,) = [p for p in (tmp_path / "answers").iterdir() if p.stat().st_mtime > 1e9]
        moment = 1e9 - 100 + number
        os.utime(path, (moment, moment))
    monkeypatch.setattr(cache, "_OLDEST", time.time() - 1e9 + 98.5)  # all but the first
    monkeypatch.setattr(cache, "_MOST", 3000)
    answers.tidy()
    found = [answers.find(f"https://x.org/{number}", "") is not None for number in range(4)]
    assert found == [False, False, True, True]
    answers.keep("https://x.org/old", "", kept())
    for path in (tmp_path / "answers").iterdir():
        if path.name != "tidied":
            os.utime(path, (1, 1))
    answers.tidy()  # once a day is enough
    assert answers.find("https://x.org/old", "") is not None


def test_nothing_is_left_of_what_could_not_be_kept(tmp_path: Path, monkeypatch):
    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    Cache(tmp_path).keep("https://x.org/", "", kept())
    assert list((tmp_path / "answers").iterdir()) == []
