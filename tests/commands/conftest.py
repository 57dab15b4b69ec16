"""The command line, run inside the test's process."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from readlist.__main__ import main


class Outcome(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Readlist = Callable[..., Outcome]

PAPERS = [
    {"title": "Offline Reinforcement Learning", "authors": ["Mina Okafor", "Lars Lindqvist"]},
    {"title": "Diffusion Policies Forget", "status": "to-read", "tags": ["rl/offline"]},
    {"title": "漢字 Recognition", "status": "read", "starred": True, "published": "2024-05"},
    {"title": "Offline Archived Work", "status": "archived"},
]


@pytest.fixture
def readlist(tmp_path: Path, capfdbinary, monkeypatch: pytest.MonkeyPatch) -> Readlist:
    """Runs the command line on a library of its own."""
    monkeypatch.setenv("READLIST_LIBRARY", str(tmp_path / "library.json"))
    monkeypatch.setenv("READLIST_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.delenv("NO_COLOR", raising=False)

    def run(*arguments: str) -> Outcome:
        capfdbinary.readouterr()
        code = main(arguments)
        found = capfdbinary.readouterr()
        return Outcome(code, found.out.decode(), found.err.decode())

    return run


@pytest.fixture
def filled(readlist: Readlist, tmp_path: Path) -> Readlist:
    """The command line, on a library with four papers."""
    file = tmp_path / "papers.json"
    file.write_text(json.dumps({"papers": PAPERS}), "utf-8")
    assert readlist("import", str(file)).code == 0
    return readlist
