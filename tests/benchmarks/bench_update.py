"""How long an update takes: 20 feeds with 2,000 papers, from a server on this machine.

Run it by hand: `python tests/benchmarks/bench_update.py [--json]`. It may take the time that
politeness asks for (the pauses between requests to one service; others go on meanwhile), and five
times what `readlist import` takes for the same files. Seconds of the clock, of whole processes.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from readlist.services import ELSEWHERE, SERVICES  # noqa: E402
from tests.sources.listings import atom, daily, rss  # noqa: E402
from tests.sources.server import Request, Server  # noqa: E402

PAPERS = 100  # a feed
MOST = 5.0  # times the import

ARXIV = ["cs.AI", "cs.CL", "cs.CV", "cs.LG", "cs.RO", "stat.ML", "math.OC", "q-bio.NC"]
SEARCHES = ["search: agents", "search: video", "trending"]
JOURNALS = [f"journal{number}" for number in range(9)]


def ids(place: int) -> list[str]:
    """Return the arXiv ids of the papers of a feed."""
    return [f"26{place % 12 + 1:02}.{place * 1000 + number:05}" for number in range(PAPERS)]


def files() -> dict[str, bytes]:
    """Return what each feed has, by its name."""
    names = [*ARXIV, *SEARCHES, *JOURNALS]
    found = {}
    for place, name in enumerate(names):
        if name in ARXIV:
            found[name] = atom(ids(place))
        elif name in SEARCHES:
            found[name] = daily(*ids(place))
        else:
            found[name] = rss(f"{name}-{number}" for number in range(PAPERS))
    return found


def play(server: Server, contents: dict[str, bytes]) -> None:
    """Have the server play all services."""

    def arxiv(request: Request) -> bytes:
        return contents[request.query["search_query"][0].removeprefix("cat:")]

    def search(request: Request) -> bytes:
        return contents[f"search: {request.query['q'][0]}"]

    server.on("/api/query", answer=arxiv, type="application/atom+xml")
    server.on("/api/papers/search", answer=search, type="application/json")
    server.on("/api/daily_papers", contents["trending"], type="application/json")
    for name in JOURNALS:
        server.on(f"/{name}", contents[name], type="application/rss+xml")


def settings(server: Server) -> str:
    """Return settings with all feeds, and the pauses that readlist has by itself."""
    private = f'url = "{server.base}"\nallow_private = true'
    lines = [f"[sources.{name}]\n{private}" for name in ("arxiv", "huggingface")]
    lines += [f"[sources.{ELSEWHERE}]\nallow_private = true"]
    lines += [f'[feeds."{name}"]\narxiv = "{name}"' for name in ARXIV]
    lines += [f'[feeds."{name}"]\nhuggingface = "{name}"' for name in SEARCHES]
    lines += [f'[feeds.{name}]\nurl = "{server.url(f"/{name}")}"' for name in JOURNALS]
    return "\n".join(lines)


def asked_by_politeness() -> float:
    """Return how long the longest row of requests to one service takes by its pauses alone."""
    rows = {"arxiv": len(ARXIV), "huggingface": len(SEARCHES), ELSEWHERE: len(JOURNALS)}
    return max((number - 1) * SERVICES[name].pause for name, number in rows.items())


def timed(folder: Path, *words: str) -> float:
    """Return how long readlist takes, with a library and settings in a folder."""
    own = {"LIBRARY": "library.json", "CONFIG": "config.toml", "CACHE": "cache"}
    environment = {f"READLIST_{name}": str(folder / file) for name, file in own.items()}
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "readlist", *words],
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_PROXY": "*", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return time.monotonic() - start


def count(folder: Path) -> int:
    """Return how many papers came in."""
    from readlist.library.library import Library

    library = Library(folder / "library.json")
    try:
        return len(library)
    finally:
        library.close()


def measure() -> dict[str, float]:
    """Return the times, and how many papers came in each way."""
    contents = files()
    with tempfile.TemporaryDirectory() as name, Server() as server:
        play(server, contents)
        updated, imported = Path(name) / "update", Path(name) / "import"
        for folder in (updated, imported):
            folder.mkdir()
        (updated / "config.toml").write_text(settings(server))
        paths = []
        for place, content in enumerate(contents.values()):
            path = Path(name) / f"{place}.txt"
            path.write_bytes(content)
            paths.append(str(path))
        local = timed(imported, "import", *paths)
        whole = timed(updated, "update")
        return {
            "feeds": len(contents),
            "papers": count(updated),
            "imported": count(imported),
            "import": local,
            "update": whole,
            "politeness": asked_by_politeness(),
        }


def main() -> None:
    """Print a table, or JSON."""
    found = measure()
    found["most"] = found["politeness"] + MOST * found["import"]
    found["times"] = (found["update"] - found["politeness"]) / found["import"]
    if "--json" in sys.argv:
        print(json.dumps(found, indent=1))
        return
    print(f"{found['feeds']} feeds, {found['papers']:,} papers (imported: {found['imported']:,})")
    for name in ("import", "politeness", "update", "most"):
        print(f"{name:<12}{found[name]:8.2f} s")
    print(f"beyond politeness: {found['times']:.1f} times the import, of {MOST:.0f} that it may")


if __name__ == "__main__":
    main()
