"""A week with feeds: seven daily updates that overlap, and all that can go wrong with them."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.terminal import ROOT, Terminal
from tests.e2e.week import MONDAY, WEEK, World, announced, articles, listed, morning
from tests.sources.listings import atom, daily
from tests.sources.server import Server
from tests.sources.smtp_server import SmtpServer
from tests.stopwatch import Patience

_PAUSE = 0.5  # seconds between two requests to arXiv, where it wants 3
_SETTINGS = """
[sources]
patience = 45
[sources.huggingface]
url = "{base}"
allow_private = true
pause = 0.05
[sources.arxiv]
url = "{base}"
allow_private = true
pause = {pause}
[sources.web]
allow_private = true
pause = 0
[mail]
host = "127.0.0.1"
port = {port}
security = "none"
to = "me@example.org"
[feeds.daily]
huggingface = "daily"
[feeds."cs.CL"]
arxiv = "cs.CL"
rules = [{{ when = "arxiv:{dropped}", do = "drop" }}]
[feeds.journal]
url = "{base}/feed"
tags = ["journal"]
[[rules]]
when = "arxiv:{wanted}"
do = ["want", "tag first"]
"""
# The command line, on a day of that week.
_ON_A_DAY = """
import sys
from datetime import date, datetime
from readlist.__main__ import main
from readlist.commands import digest
from readlist.library.library import Library
now = datetime.fromisoformat(sys.argv[1])
init = Library.__init__
Library.__init__ = lambda self, path, *rest, **options: init(self, path, lambda: now, **options)
digest.datetime = type("Now", (datetime,), {"now": classmethod(lambda *_: now)})
digest.date = type("Today", (date,), {"today": classmethod(lambda *_: now.date())})
sys.exit(main(sys.argv[2:]))
"""


class Reader:
    """Somebody who reads papers, at a terminal of their own."""

    def __init__(self, folder: Path, server: Server, mail: SmtpServer) -> None:
        self.world, self.mail = World(server), mail
        self.library = folder / "library.json"
        self.environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "READLIST_LIBRARY": str(self.library),
            "READLIST_CONFIG": str(folder / "config.toml"),
            "READLIST_CACHE": str(folder / "cache"),
        }
        told = {"base": server.base, "pause": _PAUSE, "dropped": DROPPED, "wanted": WANTED}
        told["port"] = mail.port
        (folder / "config.toml").write_text(_SETTINGS.format(**told))

    def begin(self, *words: str) -> "subprocess.Popen[str]":
        """Begin to run readlist, on the world's day."""
        return subprocess.Popen(
            [sys.executable, "-c", _ON_A_DAY, morning(self.world.today), *words],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str, code: int = 0) -> str:
        """Run readlist; return what it says."""
        process = self.begin(*words)
        out, error = process.communicate(timeout=120)
        assert process.returncode == code, out + error
        return out + error

    def papers(self, *words: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.run("list", "is:any", *words, "--json"))
        return found

    def id_of(self, arxiv: str) -> str:
        (paper,) = self.papers(f"arxiv:{arxiv}")
        return str(paper["id"])


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    with Server() as server, SmtpServer() as mail:
        yield Reader(tmp_path, server, mail)


ARCHIVED, WANTED, READ, DELETED, NOTED, UNDONE = listed(MONDAY)[:6]
DROPPED = announced(MONDAY)[0]


def monday(reader: Reader) -> None:
    """All is well; what came is sorted out."""
    reader.world.dawn(WEEK[0])
    assert "failed" not in reader.run("update")
    reader.run("mark", "archived", reader.id_of(ARCHIVED))
    reader.run("mark", "read", reader.id_of(READ))
    reader.run("mark", "starred", reader.id_of(READ))
    reader.run("note", reader.id_of(NOTED), "--text", "Mine.")
    reader.run("tag", reader.id_of(UNDONE), "--add", "oops")
    reader.run("undo")
    reader.run("delete", reader.id_of(DELETED))


def tuesday(reader: Reader) -> None:
    """One service is asked too often for its taste, another is out of order all morning."""
    busy = {"status": 429, "headers": {"Retry-After": "1"}}
    reader.world.dawn(WEEK[1], huggingface=[busy], arxiv=[{"status": 503}] * 9)
    said = reader.run("update", code=1)
    assert "daily: 8 new" in said
    assert "cs.CL: failed: arXiv is out of order (HTTP 503); try again later" in said
    asked = len(reader.world.server.requests)
    assert "cs.CL: failed before and waits until" in reader.run("update")
    again = reader.world.server.requests[asked:]
    assert "/api/query" not in [request.path for request in again]


def wednesday(reader: Reader) -> None:
    """A connection is dropped, another one is slow and has nothing to say."""
    slow = {"delay": 1.0, "body": b"<rss/>"}
    reader.world.dawn(WEEK[2], arxiv=[{"drop": True}], journal=[slow])
    said = reader.run("update")
    assert re.search(r"cs.CL: 8\d new", said)  # Tuesday's, too
    assert "journal: a feed without entries" in said


def thursday(reader: Reader) -> None:
    """Half an answer; and the page of a network that wants a login."""
    half = {"body": daily(*listed(WEEK[3]))[:-300]}
    login = {"body": b"<!doctype html><title>Log in</title>", "type": "text/html"}
    reader.world.dawn(WEEK[3], huggingface=[half], arxiv=[login])
    said = reader.run("update", code=1)
    assert "daily: failed: Hugging Face: no whole JSON" in said
    assert "cs.CL: failed: arXiv answered with a web page" in said


def friday(reader: Reader) -> None:
    """A redirect that leads to itself; and the update is killed while it goes on."""
    server = reader.world.server
    around = {"status": 302, "headers": {"Location": "/feed"}}
    slow = {"delay": 60.0, "body": atom([])}
    reader.world.dawn(WEEK[4], journal=[around] * 9, arxiv=[slow])
    before, patience = len(server.requests), Patience(60)
    killed = reader.begin("update")
    while "/api/query" not in server.paths()[before:]:
        assert not patience.has_ended()
        time.sleep(0.02)
    time.sleep(1.0)  # some come in meanwhile, or not
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    reader.world.dawn(WEEK[4], journal=[around] * 9)
    said = reader.run("update", "journal", code=1)
    assert "journal: failed: 127.0.0.1 redirects in circles" in said
    assert re.search(r"cs.CL: 17\d new", reader.run("update", "daily", "cs.CL"))


def saturday(reader: Reader) -> None:
    """Nothing is announced but in the journal."""
    reader.world.dawn(WEEK[5])
    assert "failed" not in reader.run("update")


def sunday(reader: Reader) -> None:
    """As the day before; and there is nothing left to complain of."""
    reader.world.dawn(WEEK[6])
    assert "failed" not in reader.run("update")
    assert len(reader.run("feeds").splitlines()) == 3


def mail_is_read(reader: Reader, *, is_refused: bool) -> None:
    """Each day with something new has its digest, and only one; what is refused comes next day."""
    before = len(reader.mail.mails)
    if is_refused:
        reader.mail.answers = {"RCPT": "451 come again"}
        assert "451 come again" in reader.run("digest", "--email", code=1)
        reader.mail.answers = {}
    else:
        reader.run("digest", "--email")
    assert len(reader.mail.mails) == before + (not is_refused)


def nothing_was_mailed_twice(reader: Reader) -> None:
    texts = [mail.get_body(("plain",)).get_content() for mail in reader.mail.mails]
    for day in WEEK:
        for name in articles(day):
            assert sum(f"Article {name}" in text for text in texts) <= 1
        for number in listed(day):
            assert sum(f"Paper {number}" in text for text in texts) <= 1
    assert f"Paper {listed(WEEK[1])[0]}" in texts[1]  # Tuesday's came on Wednesday
    reader.run("digest", "--email")
    assert len(reader.mail.mails) == len(texts)


def every_paper_is_there_once(papers: list[dict[str, Any]]) -> None:
    found = [paper["identifiers"].get("arxiv") for paper in papers]
    expected = {one for day in WEEK for one in (*listed(day), *announced(day))}
    assert sorted(filter(None, found)) == sorted(expected - {DELETED, DROPPED})
    journal = [paper for paper in papers if "arxiv" not in paper["identifiers"]]
    expected = {f"Article {name}" for day in WEEK for name in articles(day)}
    assert sorted(paper["title"] for paper in journal) == sorted(expected)
    assert all(paper["tags"] == ["journal"] for paper in journal)


def nothing_that_the_user_did_is_lost(papers: list[dict[str, Any]]) -> None:
    known = {paper["identifiers"].get("arxiv"): paper for paper in papers}
    assert known[ARCHIVED]["status"] == "archived"
    assert (known[READ]["status"], known[READ]["starred"]) == ("read", True)
    assert known[NOTED]["note"] == "Mine."
    assert known[UNDONE]["tags"] == []
    assert (known[WANTED]["status"], known[WANTED]["tags"]) == ("to-read", ["first"])
    states = [paper["status"] for paper in papers]
    assert states.count("new") == len(papers) - 3
    assert known[listed(WEEK[4])[0]]["upvotes"] == 20  # as it was on Sunday


def test_a_week(reader: Reader):
    for day in (monday, tuesday, wednesday, thursday, friday, saturday, sunday):
        day(reader)
        mail_is_read(reader, is_refused=day is tuesday)
    papers = reader.papers()
    nothing_was_mailed_twice(reader)
    every_paper_is_there_once(papers)
    nothing_that_the_user_did_is_lost(papers)
    assert "no problems" in reader.run("check")
    gaps = reader.world.server.gaps("/api/query")
    assert len(gaps) > 8 and min(gaps) >= _PAUSE * 0.8
    with Terminal(columns=140, rows=40, **reader.environment) as screen:
        screen.wait_for("Inbox", f"{len(papers) - 3} new")
        screen.send("R")
        screen.wait_for("Nothing new in 3 feeds")
        screen.send("q")
        assert screen.wait_for_end() == 0
