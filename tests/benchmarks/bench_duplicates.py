"""How well, and how fast, papers that are there twice are found.

    python tests/benchmarks/bench_duplicates.py [--size 100000] [--planted 3000] [--json]

The papers are recombined from real ones (`--data`), and some of them come again: under another
identifier, with one to three edits somewhere in the title (a letter put in, dropped, replaced, or
swapped with the next). `recall` is how many of these are found, by the number of edits; `others`
how many pairs are found beside them, in the real papers as they are too (there each is one that
should not be). Times are CPU seconds: to read all papers once, and to find the pairs, that reading
included. The ratio is to be at most 10. Memory is what the process grew
by at most, in MB.
"""

import argparse
import json
import random
import resource
import string
import sys
import tempfile
import time
from collections import Counter
from multiprocessing import Process
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from readlist.insight import duplicates
from readlist.library import disk, snapshot
from readlist.library.layer import encode
from readlist.library.library import Library
from readlist.paper import Paper
from readlist.text import clean_line
from tests.benchmarks.bench_search import ROOT, papers, real


def edited(title: str, edits: int, chance: random.Random) -> str:
    """Return a title with so many mistakes in it, anywhere."""
    for _ in range(edits):
        place, letter = chance.randrange(len(title)), chance.choice(string.ascii_lowercase)
        before, here, behind = title[:place], title[place], title[place + 1 :]
        match chance.choice(("insert", "drop", "replace", "swap")):
            case "insert":
                title = before + letter + here + behind
            case "drop" if len(title) > 1:
                title = before + behind
            case "replace":
                title = before + letter + behind
            case _:
                title = before + behind[:1] + here + behind[1:]
    return title


def make(folder: Path, size: int, planted: int, data: Path) -> None:
    """Write a library, and which of its papers are there twice, with how many edits."""
    chance = random.Random(11)
    rows = [row | {"title": clean_line(row["title"])} for row in real(data)]
    found = list(papers(rows, size - planted, abstracts=True))
    twins = []
    for number, one in enumerate(chance.sample(found, planted), start=len(found) + 1):
        edits = 1 + number % 3
        title = edited(one.title, edits, chance)
        twins.append((one.id, number, edits))
        ids = {"doi": f"10.1/{number}"}
        found.append(one.but(id=number, uid=f"{number}", title=title, identifiers=ids))
    path = folder / "library.json"
    file = disk.create(path)
    lines = ((p.id, snapshot.line(p.id, encode(p.document()))) for p in found)
    snapshot.write(file, [("papers", lines)], follows=[], next_ids={"papers": size + 1})
    disk.close(file)
    Library(path).close()  # it notes where each paper begins
    (folder / "twins.json").write_text(json.dumps(twins), "ascii")


def measure(size: int, planted: int, data: Path) -> dict[str, Any]:
    """Return what is found, and what that costs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        maker = Process(target=make, args=(folder, size, planted, data))  # with its memory
        maker.start()
        maker.join()
        rows = json.loads((folder / "twins.json").read_text("ascii"))
        twins = {(one, other): edits for one, other, edits in rows}
        library = Library(folder / "library.json")
        start = time.process_time()
        count = sum(1 for _ in library.papers())
        reading, before = time.process_time() - start, peak()
        start = time.process_time()
        pairs = duplicates.find(library.papers(), library.paper)
        finding, grown = time.process_time() - start, peak() - before
        library.close()
    hit = {(pair.one, pair.other) for pair in pairs}
    total, right = Counter(twins.values()), Counter(twins[pair] for pair in hit & twins.keys())
    return {
        "papers": count,
        "planted": planted,
        "recall": round(len(hit & twins.keys()) / planted, 4),
        **{f"recall, {n} edits": round(right[n] / total[n], 4) for n in sorted(total)},
        "others": len(hit - twins.keys()),
        "others, real papers": others(real(data)),
        "reading": round(reading, 2),
        "finding": round(finding, 2),
        "ratio": round(finding / reading, 2),
        "memory": round(grown, 1),
    }


def peak() -> float:
    """Return the most memory that this process has had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def others(rows: list[dict[str, Any]]) -> int:
    """Return how many pairs are found among real papers, none of which is there twice."""
    own = {
        n: Paper(
            id=n,
            title=clean_line(row["title"]),
            authors=row["authors"],
            identifiers={"arxiv": row["id"]},
        )
        for n, row in enumerate(rows, start=1)
    }
    return len(duplicates.find(own.values(), own.__getitem__))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--planted", type=int, default=3_000)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    figures = measure(args.size, args.planted, args.data)
    if args.json:
        print(json.dumps(figures))
    else:
        for name, figure in figures.items():
            print(f"{name:<22} {figure:>10,}")


if __name__ == "__main__":
    main()
