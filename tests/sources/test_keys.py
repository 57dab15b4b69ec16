"""Keys of the user's: where they go, and where not."""

from pathlib import Path

import pytest

from readlist.services import SourceSettings
from readlist.sources.problems import SourceError
from readlist.sources.web import Web
from tests.sources.conftest import settings_for
from tests.sources.server import Server


def with_command(base: str, *command: str) -> SourceSettings:
    settings = settings_for(base)
    source = settings.of("semanticscholar").but(key_command=command)
    return settings.but(sources={**settings.sources, "semanticscholar": source})


def test_the_command_is_run_once_and_the_key_told_to_its_service_alone(server, tmp_path):
    server.on("/*", b"x")
    runs = tmp_path / "runs"
    command = ("sh", "-c", f"echo run >> {runs}; echo secret; echo more")
    with Server() as other, Web(with_command(server.base, *command), folder=tmp_path) as web:
        other.on("/c", b"x")
        server.on("/c", status=302, headers={"Location": other.url("/c")})
        web.get(server.url("/z"), service="crossref")
        assert not runs.exists()
        for path in ("/a", "/b", "/c"):
            web.get(server.url(path), service="semanticscholar")
        told = [request.headers.get("x-api-key") for request in server.requests]
        assert told == [None, "secret", "secret", "secret"]
        assert "x-api-key" not in other.requests[0].headers
    assert runs.read_text() == "run\n"


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (["false"], "sources.semanticscholar.key_command: false ended with 1"),
        (["echo"], "sources.semanticscholar.key_command: echo printed nothing"),
        (["echo", "a\x07"], "sources.semanticscholar.key_command: what echo printed is no key"),
        (["/no/such"], "sources.semanticscholar.key_command: /no/such: No such file"),
    ],
)
def test_without_the_key_the_service_is_not_asked(server, tmp_path: Path, command, says):
    server.on("/a", b"x")
    with Web(with_command(server.base, *command), folder=tmp_path) as web:
        for _ in range(2):
            with pytest.raises(SourceError, match=says):
                web.get(server.url("/a"), service="semanticscholar")
        assert web.get(server.url("/a"), service="arxiv").body == b"x"
    assert len(server.requests) == 1
