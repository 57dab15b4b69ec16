"""The demo's library."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from readlist.commands.demo import fill
from readlist.library.library import Library
from readlist.paper import Status


def test_the_demo_is_as_fresh_as_today(tmp_path: Path):
    path = tmp_path / "library.json"
    fill(path)
    library = Library(path)
    papers = list(library.papers())
    assert len(papers) >= 60
    assert {paper.status for paper in papers} == set(Status)
    added = sorted({datetime.fromisoformat(paper.added or "") for paper in papers})
    now = datetime.now(UTC)
    assert now - timedelta(days=1) < added[-1] <= now
    assert added[-1] - added[0] > timedelta(days=7)
    for paper in papers:
        moments = [paper.decided, paper.started, paper.finished, paper.changed]
        assert all(datetime.fromisoformat(moment) <= now for moment in moments if moment)
        assert all(source["at"] == paper.added for source in paper.sources)
    assert library.undo() is None
    library.close()
