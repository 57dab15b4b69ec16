"""What is fetched of each kind of feed, and how far back."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from readlist.feeds import Feed
from readlist.sources.feeds import Fetched, Since, fetch, service_of
from readlist.sources.web import Web
from tests.sources.listings import atom, daily, ids, rss
from tests.sources.server import Request, Server

NOW = datetime(2026, 8, 21, 7, 30, tzinfo=UTC)
JSON = "application/json"


def feed(kind: str, what: str) -> Feed:
    return Feed("x", kind, what)


def titles(found: Fetched) -> list[str]:
    return [paper.title for incoming in found.inputs for paper in incoming.papers]


def arxiv_server(server: Server, known: list[str]) -> None:
    """Play arXiv's API over papers, the newest first."""

    def answer(request: Request) -> bytes:
        start = int(request.query["start"][0])
        return atom(known[start : start + int(request.query["max_results"][0])], len(known))

    server.on("/api/query", answer=answer, type="application/atom+xml")


# Hugging Face


def test_the_first_time_some_days_are_fetched_for_a_weekend_may_be_among_them(
    server: Server, web: Web
):
    server.on("/api/daily_papers", b"[]", type=JSON)
    server.on("/api/daily_papers?date=2026-08-20&limit=100", daily("2608.00001"), type=JSON)
    found = fetch(feed("huggingface", "daily"), web, Since(NOW))
    assert found.error is None
    asked = [request.query["date"] for request in server.requests]
    assert asked == [["2026-08-18"], ["2026-08-19"], ["2026-08-20"], ["2026-08-21"]]
    assert titles(found) == ["Paper 2608.00001"]
    assert found.inputs[2].day == date(2026, 8, 20)
    assert (found.seen, found.notes) == (["2608.00001"], [])


def test_missed_days_are_fetched_and_the_day_before_the_last_again(server: Server, web: Web):
    server.on("/api/daily_papers", b"[]", type=JSON)
    fetch(feed("huggingface", "daily"), web, Since(NOW, datetime(2026, 8, 16, tzinfo=UTC)))
    asked = [request.query["date"][0] for request in server.requests]
    assert asked == [f"2026-08-{day}" for day in range(15, 22)]


def test_so_many_days_are_missed_that_not_all_are_fetched_which_is_said(server: Server, web: Web):
    server.on("/api/daily_papers", b"[]", type=JSON)
    away = Since(NOW, datetime(2026, 6, 1, tzinfo=UTC))
    found = fetch(feed("huggingface", "daily"), web, away)
    assert len(server.requests) == 14
    assert found.notes == [
        "only what was listed from 2026-08-08 on was fetched: --since 2026-05-31 fetches more"
    ]
    found = fetch(feed("huggingface", "daily"), web, away.but(back_to=date(2026, 8, 1)))
    assert len(server.requests) == 14 + 21
    assert found.notes == []
    found = fetch(feed("huggingface", "daily"), web, away.but(back_to=date(2020, 1, 1)))
    assert found.notes == ["only what was listed from 2026-06-23 on was fetched"]


@pytest.mark.parametrize(
    ("what", "asked"),
    [
        ("weekly", [{"week": ["2026-W33"]}, {"week": ["2026-W34"]}]),
        ("monthly", [{"month": ["2026-07"]}, {"month": ["2026-08"]}]),
        ("trending", [{"sort": ["trending"]}]),
        ("search: tool use", [{"q": ["tool use"]}]),
    ],
)
def test_other_listings(server: Server, web: Web, what: str, asked: list[dict[str, list[str]]]):
    server.on("/api/*", daily("2608.00001"), type=JSON)
    last = datetime(2026, 8, 1 if what == "monthly" else 14, tzinfo=UTC)
    found = fetch(feed("huggingface", what), web, Since(NOW, last))
    assert found.error is None
    wanted = [{**one, "limit": ["100"]} for one in asked]
    assert [request.query for request in server.requests] == wanted
    assert all(incoming.day is None for incoming in found.inputs)
    searched = server.paths() == ["/api/papers/search"]
    assert searched == what.startswith("search")


def test_a_week_of_several_pages(server: Server, web: Web):
    def answer(request: Request) -> bytes:
        page = int(request.query.get("p", ["0"])[0])
        return daily(*ids(1, 230)[page * 100 : page * 100 + 100])

    server.on("/api/daily_papers", answer=answer, type=JSON)
    found = fetch(feed("huggingface", "weekly"), web, Since(NOW, NOW.replace(day=19)))
    assert len(titles(found)) == 230
    assert len(server.requests) == 3


def test_what_came_before_something_went_wrong_is_there(server: Server, web: Web):
    server.on("/api/daily_papers?date=2026-08-18&limit=100", daily("2608.00001"), type=JSON)
    server.on("/api/daily_papers", b'{"error": "Invalid date"}', type=JSON)
    found = fetch(feed("huggingface", "daily"), web, Since(NOW))
    assert titles(found) == ["Paper 2608.00001"]
    assert str(found.error) == "Hugging Face: it has neither id nor title"


@pytest.mark.parametrize(
    ("body", "kind", "reason"),
    [
        (daily("2608.00001")[:-20], JSON, "Hugging Face: no whole JSON"),
        (b"", JSON, "Hugging Face: it is empty"),
        (b"<!DOCTYPE html><p>Log in", "text/html", "Hugging Face answered with a web page"),
    ],
)
def test_answers_that_are_none(server: Server, web: Web, body: bytes, kind: str, reason: str):
    server.on("/api/daily_papers", body, type=kind, headers={"ETag": '"a"'})
    found = fetch(feed("huggingface", "trending"), web, Since(NOW))
    assert str(found.error).startswith(reason)
    fetch(feed("huggingface", "trending"), web, Since(NOW))
    assert "if-none-match" not in server.requests[-1].headers  # it is not asked for again


# arXiv


def test_arxiv_is_asked_for_pages_until_what_was_there_the_last_time(server: Server, web: Web):
    arxiv_server(server, ids(1, 450))
    cs = feed("arxiv", "cs.CL")
    first = fetch(cs, web, Since(NOW))
    assert len(titles(first)) == 100
    asked = server.requests[0].query
    assert asked["search_query"] == ["cat:cs.CL"]
    assert (asked["sortBy"], asked["sortOrder"]) == (["submittedDate"], ["descending"])
    server.forget("/api/query")
    arxiv_server(server, ids(1, 600))  # 150 came since
    second = fetch(cs, web, Since(NOW, NOW, frozenset(first.seen)))
    assert len(server.requests) == 1 + 2
    assert set(ids(451, 150)) < set(second.seen)
    assert second.notes == []
    fetch(cs, web, Since(NOW, NOW, frozenset(second.seen)))
    assert len(server.requests) == 3 + 1


def test_what_arxiv_held_back_comes_though_it_stands_behind_what_is_known(server, web):
    """120 papers a day are sent to it; two of the day before yesterday are announced today."""
    day = {number: 20 - place // 120 for place, number in enumerate(ids(1, 1200))}
    days = {number: f"2026-08-{day[number]:02}" for number in day}
    held = [number for number in ids(1, 1200) if day[number] == 17][10:12]
    shown = [number for number in ids(1, 1200) if day[number] < 20 and number not in held]

    def play(known: list[str]) -> None:
        def answer(request: Request) -> bytes:
            start, most = (int(request.query[name][0]) for name in ("start", "max_results"))
            return atom(known[start : start + most], len(known), days=days)

        server.forget("/api/query")
        server.on("/api/query", answer=answer, type="application/atom+xml")

    play(shown)
    cs, then = feed("arxiv", "cs.CL"), NOW.replace(month=8, day=19)
    first = fetch(cs, web, Since(then))
    assert len(titles(first)) == 100 and len(first.seen) > 500
    asked = [(r.query["start"], r.query["max_results"]) for r in server.requests]
    assert asked == [(["0"], ["100"]), (["100"], ["500"])]
    play(ids(1, 1200))
    second = fetch(cs, web, Since(then + timedelta(days=1), then, frozenset(first.seen)))
    new = [title for title in titles(second) if title not in {f"Paper {n}" for n in first.seen}]
    assert sorted(new) == sorted(f"Paper {n}" for n in day if day[n] == 20 or n in held)
    assert len(titles(second)) == 200 + 2
    third = fetch(cs, web, Since(then + timedelta(days=2), then, frozenset(second.seen)))
    assert set(titles(third)) == {f"Paper {number}" for number in ids(1, 1200)[:100]}
    assert second.error is third.error is None


def test_arxiv_is_not_asked_for_everything(server: Server, web: Web):
    arxiv_server(server, ids(1, 3000))
    found = fetch(feed("arxiv", "cs.CL"), web, Since(NOW, NOW, frozenset(["2501.00001"])))
    assert len(server.requests) == 10
    assert found.notes == ["more than 1,000 are new: only so many were fetched"]
    back = Since(NOW, NOW, frozenset(ids(1, 3000)), date(2026, 1, 3))
    assert len(titles(fetch(feed("arxiv", "cs.CL"), web, back))) == 100


def test_an_empty_page_of_arxiv_is_a_failure_and_no_end(server: Server, web: Web):
    server.on("/api/query", atom([], total=40), type="application/atom+xml")
    found = fetch(feed("arxiv", "cs.CL"), web, Since(NOW))
    assert str(found.error) == "arXiv: it answered with an empty page; try again later"
    server.forget("/api/query")
    server.on("/api/query", atom([]), type="application/atom+xml")
    assert fetch(feed("arxiv", "cs.CL"), web, Since(NOW)).error is None


def test_half_a_page_of_arxiv_is_taken_and_told(server: Server, web: Web):
    body = atom(ids(1, 3))
    server.on("/api/query", body[: body.rindex(b"<entry>") + 30], type="application/atom+xml")
    found = fetch(feed("arxiv", "cs.CL"), web, Since(NOW))
    assert len(titles(found)) == 2
    assert str(found.error) == "arXiv: the answer is cut off; what came of it was taken"


def test_what_arxiv_says_instead_of_papers(server: Server, web: Web, shared: Path):
    body = (shared / "payloads" / "arxiv_atom_api_4.xml").read_bytes()
    server.on("/api/query", body, type="application/atom+xml")
    found = fetch(feed("arxiv", "cs.CL"), web, Since(NOW))
    assert "incorrect id format" in str(found.error)


# Any address


def test_any_feed_and_any_file_at_an_address(server: Server, web: Web):
    server.on("/feed", rss(["a", "b"]), type="application/rss+xml")
    server.on("/refs.bib", b"@article{x, title={Of a Colleague}}")
    found = fetch(feed("url", server.url("/feed")), web, Since(NOW))
    assert titles(found) == ["Article a", "Article b"]
    assert found.seen == ["https://example.org/a", "https://example.org/b"]
    found = fetch(feed("url", server.url("/refs.bib")), web, Since(NOW))
    assert titles(found) == ["Of a Colleague"]


def test_a_page_leads_to_its_feed(server: Server, web: Web):
    link = '<link rel="alternate" type="application/rss+xml" href="/all?a=1&amp;b=2">'
    page = f"<!doctype html><html><head>{link}</head></html>"
    server.on("/blog", page.encode(), type="text/html")
    server.on("/all", rss(["a"]))
    assert titles(fetch(feed("url", server.url("/blog")), web, Since(NOW))) == ["Article a"]
    assert server.requests[-1].query == {"a": ["1"], "b": ["2"]}


def test_an_address_with_nothing_to_read(server: Server, web: Web):
    server.on("/", b"<!doctype html><html><p>Hello</p></html>", type="text/html")
    found = fetch(feed("url", server.url("/")), web, Since(NOW))
    assert str(found.error).startswith("127.0.0.1: of no known kind")


def test_a_feed_that_cannot_reach_back_says_so(server: Server, web: Web):
    server.on("/feed", rss(["c", "d"]))
    one = feed("url", server.url("/feed"))
    before = Since(NOW, datetime(2026, 8, 1, tzinfo=UTC), frozenset(["https://example.org/a"]))
    found = fetch(one, web, before)
    assert found.notes == [
        "it shows its newest 2 papers only, and none of those that were there on 2026-08-01: "
        "others may have come and gone"
    ]
    some = before.but(seen=frozenset(["https://example.org/c"]))
    assert fetch(one, web, some).notes == []
    assert fetch(one, web, before.but(succeeded=NOW)).notes == []


@pytest.mark.parametrize(
    "make",
    [
        lambda server: server.on("/feed", status=503),
        lambda server: server.on("/feed", status=302, headers={"Location": "/feed"}),
        lambda server: server.on("/feed", drop=True),
        lambda server: server.on("/feed", rss(["a"]), cut=30),
    ],
)
def test_bad_days_are_told_in_a_line(server: Server, web: Web, make: Callable[[Server], None]):
    make(server)
    found = fetch(feed("url", server.url("/feed")), web, Since(NOW))
    assert found.inputs == []
    assert str(found.error).startswith("127.0.0.1 ")


def test_whose_pace_is_kept():
    assert service_of(feed("arxiv", "cs.CL")) == "arxiv"
    assert service_of(feed("url", "https://a.org/1")) == service_of(feed("url", "https://a.org/2"))
