"""Works at OpenAlex: one in a request, or with a key many."""

import json
from pathlib import Path

import pytest

from readlist.services import SourceSettings
from readlist.sources import openalex
from readlist.sources.web import Web
from tests.sources.conftest import settings_for
from tests.sources.server import Play, Request, Server
from tests.sources.services import JSON, as_json, openalex_work

DOIS = [f"10.1000/{number}" for number in range(70)]


@pytest.fixture
def server():
    with Server() as server:
        for doi in DOIS[::2]:
            work = openalex_work("W1", doi, f"Work {doi}")
            server.on(f"/works/doi:{doi}", work, type=JSON)

        def several(request: Request) -> Play:
            name, _, value = request.query["filter"][0].partition(":")
            assert name == "doi" and request.query["per-page"] == [str(value.count("|") + 1)]
            works = [
                json.loads(openalex_work("W1", doi, f"Work {doi}"))
                for doi in reversed(value.split("|"))
                if doi in DOIS[::2]
            ]
            return Play(as_json({"meta": {}, "results": works}), type=JSON)

        server.on("/works", answer=several)
        yield server


def with_key(base: str) -> SourceSettings:
    settings = settings_for(base)
    source = settings.of("openalex").but(key_command=("echo", "my key&"))
    return settings.but(sources={**settings.sources, "openalex": source})


def test_without_a_key_works_are_asked_for_one_by_one(server: Server, web: Web):
    found = dict(openalex.by_dois(web, DOIS[:6]))
    assert list(found) == DOIS[:6:2]
    assert server.paths() == [f"/works/doi:{doi}" for doi in DOIS[:6]]


def test_with_a_key_fifty_are(server: Server, tmp_path: Path):
    with Web(with_key(server.base), folder=tmp_path) as web:
        found = dict(openalex.by_dois(web, [*DOIS, "10.1000/a|b"]))
        assert {doi: paper.title for doi, paper in found.items()} == {
            doi: f"Work {doi}" for doi in DOIS[::2]
        }
    assert server.paths() == ["/works", "/works", "/works/doi:10.1000/a%7Cb"]
    assert all(request.query["api_key"] == ["my key&"] for request in server.requests)
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert b"10.1000" in kept and b"my key" not in kept and b"my%20key" not in kept
