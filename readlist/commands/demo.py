"""`readlist demo`: the interface on a library that is thrown away afterwards."""

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from readlist import config, demo
from readlist.commands.arguments import Parser, Run
from readlist.commands.terminal import need_terminal
from readlist.config import BackupSettings
from readlist.operations import read_input
from readlist.paper import Paper, timestamp

_TIMES = ("added", "decided", "started", "finished", "changed")


def add_demo(parser: Parser) -> Run:  # noqa: ARG001 (it has no arguments)
    """Declare `demo`."""
    return _demo


def _demo(_args: argparse.Namespace) -> int:
    need_terminal()
    settings = config.load()
    with tempfile.TemporaryDirectory(prefix="readlist-demo-") as folder:
        path = Path(folder) / "library.json"
        fill(path)
        from readlist.library.opening import Opening
        from readlist.tui.app import run

        opening = Opening(path, BackupSettings)
        return run(opening, settings.but(views=()), demo=True)


def fill(path: Path) -> None:
    """Make the demo's library at `path`, as if its papers had come in until now.

    It is written as the TinyDB file that it is, and not imported, so that the first `u` takes back
    what the user did and not the demo.
    """
    content = Path(demo.__file__).with_name("papers.json").read_bytes()
    papers = _until(datetime.now(UTC), read_input(content, "papers.json").papers)
    table = {str(paper.id): paper.document() for paper in papers}
    path.write_text(json.dumps({"papers": table}), "utf-8")


def _until(now: datetime, papers: Sequence[Paper]) -> list[Paper]:
    """Return papers whose newest moment is `now`; all others keep their distance from it."""
    moments = [moment for paper in papers for moment in _moments(paper)]
    shift = now - max(map(datetime.fromisoformat, moments), default=now)
    return [_shifted(paper, shift) for paper in papers]


def _moments(paper: Paper) -> Iterator[str]:
    yield from filter(None, (getattr(paper, name) for name in _TIMES))


def _shifted(paper: Paper, shift: timedelta) -> Paper:
    def later(moment: str | None) -> str | None:
        return timestamp(datetime.fromisoformat(moment) + shift) if moment else moment

    times = {name: later(getattr(paper, name)) for name in _TIMES}
    sources = [
        {name: (later(text) or "") if name == "at" else text for name, text in source.items()}
        for source in paper.sources
    ]
    return paper.but(**times, sources=sources)
