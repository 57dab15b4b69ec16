"""How fast the search answers, at sizes from ten thousand papers on.

    python tests/benchmarks/bench_search.py [--sizes 10000,100000] [--titles] [--json]

Papers are recombined from real ones (`--data`), with invented words among them, so that the
vocabulary grows as it does; `--titles` leaves their abstracts out. Times are milliseconds: each
query is typed key by key, and what is timed is the whole answer, ranked, as a list of ids. In the
same run, over the same titles: RapidFuzz's WRatio, SQLite FTS5 (prefix of the last word), bm25s
(whole words), and `fzf --filter` less its start.
"""

import argparse
import gzip
import json
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from array import array
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from readlist.paper import Paper, Status
from readlist.search.evaluate import Searcher
from readlist.search.query import parse
from readlist.search.words import split

ROOT = Path(__file__).parents[2]
STATES = list(Status)
QUERIES = [
    "offline reinforcement learning", "diffusion models for video", "large language model agents",
    "fine-tuning transformers", "reward hacking", "retrieval augmented generation",
    "vision language benchmark", "speech synthesis", "graph neural networks", "3d reconstruction",
    "is:unread attention", "chain of thought reasoning", "low rank adaptation", "wang", "mamba",
]  # fmt: skip
MISTYPED = [
    "reinforcment learning", "difusion models", "langauge model", "transfomers", "retreival",
    "benchmrak", "reconstrution", "atention heads", "quantisatoin", "hallucinatoin",
]  # fmt: skip


def resident() -> float:
    """Return the memory of this process, in MB."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * 4096 / 1e6


def real(data: Path) -> list[dict[str, Any]]:
    """Return the real papers."""
    with gzip.open(data / "payloads/hf_daily_corpus_slim.jsonl.gz", "rt") as lines:
        return [json.loads(line) for line in lines]


def invented(chance: random.Random) -> str:
    """Return a word that is in no dictionary."""
    syllables = ("ka", "ro", "min", "tes", "lu", "vor", "qua", "net", "xi", "bel", "dra", "phi")
    return "".join(chance.choices(syllables, k=chance.randint(2, 4)))


def papers(rows: list[dict[str, Any]], size: int, *, abstracts: bool) -> Iterator[Paper]:
    """Yield papers recombined from real ones."""
    chance = random.Random(7)
    for number in range(1, size + 1):
        one, two, three = chance.choices(rows, k=3)
        first, second = one["title"].split(), two["title"].split()
        title = [*first[: len(first) // 2 + 1], *second[len(second) // 2 :]]
        if number % 3 == 0:
            title.insert(0, invented(chance).title() + ":")
        sentences = [s for row in (one, two, three) for s in (row["summary"] or "").split(". ")]
        abstract = ". ".join(chance.sample(sentences, min(8, len(sentences)))) if abstracts else ""
        yield Paper(
            id=number,
            title=" ".join(title),
            abstract=abstract,
            authors=[*(three["authors"] or [])[:5], f"{invented(chance).title()} Wang"],
            status=STATES[number % 5],
            tags=["rl"] if number % 7 == 0 else [],
            citekey=f"{invented(chance)}{number}",
            identifiers={"arxiv": f"{2000 + number % 700}.{number:05}"},
            added="2026-01-01T00:00:00Z",
        )


def clock(action: Callable[[], Any]) -> float:
    """Return how many milliseconds an action takes."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1e3


def keys(queries: list[str]) -> list[str]:
    """Return what stands in the filter line after each key."""
    return [query[:end] for query in queries for end in range(1, len(query) + 1)]


def typed(searcher: Searcher, texts: list[str], order: Sequence[int]) -> list[float]:
    """Return the time of each key."""
    return [
        clock(lambda t=text: searcher.find(parse(t, typing=True), order=order, forgiving=True))
        for text in texts
    ]


def p95(times: list[float]) -> float:
    """Return the time that 95 of 100 keep."""
    return statistics.quantiles(times, n=20)[-1]


def ours(
    rows: list[dict[str, Any]], size: int, folder: Path, *, abstracts: bool
) -> dict[str, float]:
    """Measure readlist."""
    before = resident()
    from readlist.search.index import Index
    from readlist.search.kept import Spill, Writer, load

    kept = folder / f"{size}.words"
    searcher = Searcher(read=lambda n: Paper(id=n, title="?"), index=Index(Spill(folder)))
    start = time.perf_counter()
    spent = 0.0
    for paper in papers(rows, size, abstracts=abstracts):
        begin = time.perf_counter()
        searcher.update(paper)
        if paper.id % 500 == 0:
            searcher.prepare()
        spent += time.perf_counter() - begin
    index = searcher.index
    slices = []
    index.flush()
    writer = Writer(kept, index.lengths())
    merging = index.merge(writer)
    while True:
        begin = time.perf_counter()
        if next(merging, None) is None:
            break
        slices.append((time.perf_counter() - begin) * 1e3)
    found = {"build s": spent + sum(slices) / 1e3, "longest slice of merging": max(slices)}
    found["generate s"] = time.perf_counter() - start - found["build s"]
    found["memory to build, MB"] = resident() - before
    writer.finish()
    found["file, MB"] = kept.stat().st_size / 1e6
    found["load"] = statistics.median(clock(lambda: load(kept)) for _ in range(5))
    code = (
        "import os; from pathlib import Path; from readlist.search.kept import load;"
        "import readlist.search.lookup, rapidfuzz.process; index = load(Path(os.sys.argv[1]));"
        "print(Path('/proc/self/statm').read_text().split()[1])"
    )
    pages = subprocess.check_output([sys.executable, "-c", code, kept], cwd=ROOT)
    found["process that has it loaded, MB"] = int(pages) * 4096 / 1e6
    order = array("q", range(size, 0, -1))  # as the library gives it
    found["warm up, in slices"] = clock(lambda: list(searcher.warm()))
    typed(searcher, ["a"], order)
    times = typed(searcher, keys(QUERIES), order)
    found |= {"key, median": statistics.median(times), "key, p95": p95(times), "max": max(times)}
    forgiven = typed(searcher, MISTYPED, order)
    found |= {"forgiven, median": statistics.median(forgiven), "forgiven, p95": p95(forgiven)}
    found["is:new tag:rl"] = clock(lambda: searcher.find(parse("is:new tag:rl"), order=order))
    found["words"] = sum(len(segment.words) for segment in index.segments)
    return found


def others(titles: list[str]) -> dict[str, float]:
    """Measure the others over titles."""
    from rapidfuzz import fuzz, process

    some = QUERIES[::4]
    found = {}
    lower = [title.lower() for title in titles]
    times = [
        clock(lambda q=q: process.extract(q, lower, scorer=fuzz.WRatio, limit=50)) for q in some
    ]
    found["WRatio"] = statistics.median(times)
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE t USING fts5(title, prefix='2 3')")
    database.executemany("INSERT INTO t VALUES (?)", ((title,) for title in titles))
    asked = [" ".join(split(text)) + "*" for text in keys(QUERIES) if split(text)]
    order = "SELECT rowid FROM t WHERE t MATCH ? ORDER BY bm25(t)"
    times = [clock(lambda q=q: database.execute(order, (q,)).fetchall()) for q in asked]
    found |= {"FTS5, median": statistics.median(times), "FTS5, p95": p95(times)}
    try:
        found |= by_bm25s(titles)
    except ImportError:
        print("bm25s is left out: it is not installed", file=sys.stderr)
    if shutil.which("fzf"):
        found["fzf less its start"] = by_fzf(titles)
    else:
        print("fzf is left out: it is not installed", file=sys.stderr)
    return found


def by_bm25s(titles: list[str]) -> dict[str, float]:
    """Measure bm25s: the best fifty by whole words."""
    import bm25s

    index = bm25s.BM25()
    index.index([split(title) for title in titles], show_progress=False)
    asked = [[w for w in split(q) if w in index.vocab_dict] for q in QUERIES]
    times = [clock(lambda q=q: index.retrieve([q], k=50, show_progress=False)) for q in asked if q]
    return {"bm25s, median": statistics.median(times)}


def by_fzf(titles: list[str]) -> float:
    """Return the median time of fzf over titles, less that of starting it with one line."""
    with tempfile.TemporaryDirectory() as folder:
        every, one = Path(folder, "every"), Path(folder, "one")
        every.write_text("\n".join(titles), "utf-8")
        one.write_text("x", "utf-8")

        def run(path: Path, query: str) -> float:
            with path.open("rb") as lines:
                return clock(
                    lambda: subprocess.run(
                        ["fzf", "--filter", query], stdin=lines, capture_output=True, check=False
                    )
                )

        starts = statistics.median(run(one, "x") for _ in range(7))
        return statistics.median(run(every, query) for query in QUERIES) - starts


def main() -> None:
    """Measure, and print a table or JSON."""
    parser = argparse.ArgumentParser(description="How fast the search is.")
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--titles", action="store_true", help="leave abstracts out")
    parser.add_argument("--alone", action="store_true", help="leave the others out")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    if not args.data.is_dir():
        sys.exit(f"the papers are not at {args.data}; --data says where")
    rows = real(args.data)
    found: dict[str, dict[str, float]] = {}
    for size in map(int, args.sizes.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            found[f"{size:,}"] = ours(rows, size, Path(folder), abstracts=not args.titles)
        if not args.alone:
            titles = [paper.title for paper in papers(rows, size, abstracts=False)]
            found[f"{size:,}"] |= others(titles)
            ratio = found[f"{size:,}"].get("fzf less its start", 0)
            found[f"{size:,}"]["fzf : key, median"] = ratio / found[f"{size:,}"]["key, median"]
    if args.json:
        print(json.dumps(found, indent=1))
        return
    print(f"{'':30}" + "".join(f"{size:>14}" for size in found))
    for name in next(iter(found.values())):
        print(f"{name:30}" + "".join(f"{own.get(name, 0):>14.2f}" for own in found.values()))


if __name__ == "__main__":
    main()
