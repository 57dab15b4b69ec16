"""`readlist update`."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from readlist.commands import updating
from readlist.feeds import Feed
from readlist.updating.states import FeedState
from readlist.updating.update import Outcome, Updated
from tests.sources.listings import daily, rss
from tests.sources.server import Server

JSON = "application/json"


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server that settings name, with two feeds of it."""
    monkeypatch.setenv("READLIST_CACHE", str(tmp_path / "cache"))
    with Server() as server:
        private = f'url = "{server.base}"\nallow_private = true\npause = 0'
        (tmp_path / "config.toml").write_text(
            f"[sources]\npatience = 45\n[sources.huggingface]\n{private}\n"
            "[sources.web]\nallow_private = true\npause = 0\n"
            '[feeds.trending]\nhuggingface = "trending"\n'
            f'[feeds.journal]\nurl = "{server.url("/feed")}"\n'
        )
        server.on("/api/daily_papers", daily("2608.00001", "2608.00002"), type=JSON)
        yield server


def test_it_fetches_all_and_says_what_came(readlist, server: Server):
    server.on("/feed", rss(["a"]))
    found = readlist("update")
    assert (found.code, found.err) == (0, "")
    assert found.out == "trending: 2 new\njournal: 1 new\n"
    assert len(readlist("list", "is:new", "--json").json) == 3
    assert readlist("update").out == "trending: nothing new\njournal: nothing new\n"
    assert readlist("undo").out.startswith("Undone: Feed ")


def test_what_fails_is_said_and_the_rest_is_done(readlist, server: Server):
    server.on("/feed", b"", status=500)
    found = readlist("update")
    assert (found.code, found.out) == (1, "trending: 2 new\n")
    assert found.err.startswith("readlist: journal: failed: 127.0.0.1 is out of order (HTTP 500)")
    found = readlist("update")
    assert found.code == 0
    assert "journal: failed before and waits until" in found.err
    assert "readlist update journal tries now" in found.err
    server.forget("/feed")
    server.on("/feed", rss(["a"]))
    assert readlist("update", "Journal").out == "journal: 1 new\n"
    assert "journal failed: 127.0.0.1 is out of order" in readlist("log", "--notices").out


def test_json(readlist, server: Server):
    server.on("/feed", b"", status=404)
    found = readlist("update", "--json")
    trending, journal = found.json
    assert (found.code, trending["added"], trending["ids"]) == (1, 2, [1, 2])
    assert journal["error"] == "127.0.0.1 has no such thing"
    assert journal["next_try"] > journal["succeeded"] if journal["succeeded"] else True


def test_rules_that_cannot_be_read_lose_no_paper(readlist, server: Server, tmp_path: Path):
    server.on("/feed", rss(["a"]))
    settings = tmp_path / "config.toml"
    settings.write_text(settings.read_text() + '\n[[rules]]\nwhen = "auther:x"\ndo = "keep"\n')
    found = readlist("update")
    assert (found.code, found.out) == (1, "trending: 2 new\njournal: 1 new\n")
    assert f"readlist: {settings}: line 16, rule 1 is left out: in the query, char" in found.err


def test_going_back(readlist, server: Server):
    server.on("/api/daily_papers", b"[]", type=JSON)
    readlist("feeds", "add", "daily")
    day = (datetime.now(UTC) - timedelta(days=20)).date().isoformat()
    assert readlist("update", "daily", "--since", day).code == 0
    assert (server.requests[0].query["date"], len(server.requests)) == ([day], 21)


@pytest.mark.parametrize(
    ("words", "code", "reason"),
    [
        (["nature"], 2, "no feed is called 'nature': there are trending, journal"),
        (["--since", "soon"], 2, "argument --since: 'soon' is no day"),
    ],
)
def test_what_is_wrong_is_said(readlist, server: Server, words: list[str], code: int, reason: str):
    found = readlist("update", *words)
    assert (found.code, found.err.startswith(f"readlist: {reason}")) == (code, True)
    assert server.requests == []


def test_without_feeds(readlist):
    found = readlist("update")
    assert (found.code, found.err) == (
        1,
        "readlist: there are no feeds yet; readlist feeds add cs.CL adds one\n",
    )


def test_without_a_network_no_copy_is_sent_to_a_second_place(readlist, server, tmp_path):
    settings, copy = tmp_path / "config.toml", tmp_path / "copy.json"
    with settings.open("a") as file:
        file.write(f'[backup]\ncommand = ["cp", "{{file}}", "{copy}"]\n')
    server.on("/feed", rss(["a"]))
    there = settings.read_text("utf-8")
    settings.write_text(there.replace(server.base, "http://127.0.0.1:9"), "utf-8")
    found = readlist("update")
    assert found.code == 1 and not copy.exists()
    (line,) = found.err.splitlines()
    assert line.startswith("readlist: trending, journal: failed: ")
    settings.write_text(there, "utf-8")
    assert readlist("update", "trending", "journal").code == 0
    assert copy.exists()


def test_a_network_that_is_not_there_yet_is_waited_for(monkeypatch):
    feeds = [Feed("a", "arxiv", "cs.CL"), Feed("b", "arxiv", "cs.LG")]
    state = FeedState("")
    away = [Outcome(feed, state, error="are you online?", is_offline=True) for feed in feeds]
    there = [Outcome(feed, state) for feed in feeds]
    answers = iter([[there[0], away[1]], [away[1]], [there[1]]])
    asked = []

    def run(*, names: list[str]) -> Updated:
        asked.append(names)
        return Updated(tuple(next(answers)))

    monkeypatch.setattr(updating, "_PAUSE", 0.01)
    updated = updating._patiently(run, [], 60)
    assert asked == [[], ["b"], ["b"]]
    assert (updated.outcomes, updated.failed) == (tuple(there), [])
    answers = iter([away])
    assert updating._patiently(run, ["a"], 0).outcomes == tuple(away)
