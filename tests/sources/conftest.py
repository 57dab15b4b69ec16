"""A server, and ways to ask it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from readlist.services import ELSEWHERE, SERVICES, Source, SourceSettings
from readlist.sources.web import Web
from tests.sources.server import Server


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        yield server


def settings_for(base: str, *, pause: float = 0.0, patience: float = 9.0) -> SourceSettings:
    """Settings by which all services are at one address of this machine."""
    sources = {name: Source(base, pause, allow_private=True) for name in SERVICES}
    sources[ELSEWHERE] = Source("", pause, allow_private=True)
    return SourceSettings("me@example.org", patience, sources)


@pytest.fixture
def settings(server: Server) -> SourceSettings:
    return settings_for(server.base)


@pytest.fixture
def web(settings: SourceSettings, tmp_path: Path) -> Iterator[Web]:
    with Web(settings, folder=tmp_path / "cache") as web:
        yield web
