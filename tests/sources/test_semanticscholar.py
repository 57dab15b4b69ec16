"""Many papers of one request at Semantic Scholar."""

import json
from pathlib import Path

import pytest

from readlist.sources import semanticscholar
from readlist.sources.problems import SourceError
from readlist.sources.web import Web
from tests.sources.conftest import settings_for
from tests.sources.server import Play, Server
from tests.sources.services import JSON, play_scholar, scholar_paper

PATH = "/graph/v1/paper/batch"


def known(*numbers: int) -> dict[str, bytes]:
    """Return papers of a publisher, which Semantic Scholar has under ids of its own."""
    return {f"DOI:10.1000/{n}": scholar_paper(f"{n:040x}", f"Number {n}") for n in numbers}


def test_five_hundred_are_asked_for_at_once_and_those_that_are_not_there_are_left_out(server, web):
    play_scholar(server, known(*range(0, 620, 2)))
    dois = [f"10.1000/{number}" for number in range(620)]
    found = list(semanticscholar.by_ids(web, dois, "doi"))
    assert [doi for doi, _ in found] == dois[::2]
    assert [paper.title for _, paper in found] == [f"Number {n}" for n in range(0, 620, 2)]
    asked = [(r.method, r.path, len(json.loads(r.body)["ids"])) for r in server.requests]
    assert asked == [("POST", PATH, 500), ("POST", PATH, 120)]
    request = server.requests[0]
    assert request.headers["content-type"] == "application/json"
    assert "externalIds" in request.query["fields"][0]


def test_what_was_answered_is_not_asked_for_again_and_what_was_not_asked_is(server, web):
    play_scholar(server, known(1, 2, 3))
    for _ in range(2):
        assert len(list(semanticscholar.by_ids(web, ["10.1000/1", "10.1000/2"], "doi"))) == 2
    assert len(list(semanticscholar.by_ids(web, ["10.1000/2", "10.1000/3"], "doi"))) == 2
    assert len(server.requests) == 2


def test_when_none_of_them_is_known_that_is_no_failure(server, web):
    play_scholar(server, known(1))
    assert list(semanticscholar.by_ids(web, ["10.1000/8", "10.1000/9"], "doi")) == []


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        (b'{"error": "Unrecognized or unsupported fields: [tldr]"}', 400, "unsupported fields"),
        (b'{"message": "Too Many Requests"}', 200, "Too Many Requests"),
        (b"[null]", 200, "no list of as many papers"),
        (b"[nu", 200, "no whole JSON"),
        (b"{}", 403, "Semantic Scholar refuses .HTTP 403."),
    ],
)
def test_answers_that_are_none(server: Server, web: Web, body: bytes, status: int, says: str):
    server.on(PATH, body, status=status, type=JSON)
    with pytest.raises(SourceError, match=says):
        list(semanticscholar.by_ids(web, ["10.1000/1", "10.1000/2"], "doi"))
    server.forget(PATH)
    play_scholar(server, known(1, 2))
    assert len(list(semanticscholar.by_ids(web, ["10.1000/1", "10.1000/2"], "doi"))) == 2


def test_it_is_tried_again_in_its_pace_and_sent_again(server: Server, tmp_path: Path):
    server.on(PATH, status=429, headers={"Retry-After": "2"})
    server.on(PATH, drop=True)
    play_scholar(server, known(1, 2))
    with Web(settings_for(server.base, pause=0.2), folder=tmp_path) as web:
        assert len(list(semanticscholar.by_ids(web, ["10.1000/1", "10.1000/2"], "doi"))) == 2
    assert len({request.body for request in server.requests}) == 1
    first, second = server.gaps()
    assert first >= 1.9 and second >= 0.15


def test_a_redirect_takes_along_what_is_sent_to_the_same_server_alone(server: Server, web: Web):
    with Server() as other:
        server.on(PATH, status=307, headers={"Location": "/here"})
        server.on("/here", status=308, headers={"Location": other.url("/there")})
        other.on("/there", answer=lambda r: Play(b"[null, null]", type=JSON))
        assert list(semanticscholar.by_ids(web, ["10.1000/1", "10.1000/2"], "doi")) == []
        assert [(r.method, bool(r.body)) for r in server.requests] == [("POST", True)] * 2
        assert [(r.method, r.body) for r in other.requests] == [("GET", b"")]
