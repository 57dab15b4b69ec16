"""How often the search puts the right paper first, on real papers and real questions.

    python tests/benchmarks/bench_relevance.py [--data FOLDER] [--json] [--only readlist]

FOLDER holds `payloads/hf_daily_corpus_slim.jsonl.gz` (9,577 papers) and `relevance/` (Cranfield).
Each task is reported for its even and its odd numbered queries apart: constants are tuned on the
even ones. Beside readlist, on the same queries: bm25s, SQLite FTS5 (any of the words, ranked by
its own BM25) and RapidFuzz's WRatio over whole titles. Seeds are fixed.
"""

import argparse
import gzip
import json
import math
import random
import re
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from readlist.paper import Paper
from readlist.search.evaluate import Searcher
from readlist.search.query import parse
from readlist.search.words import split
from readlist.text import fold

ROOT = Path(__file__).parents[2]
Ranker = Callable[[str], Sequence[int]]
KEYS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"]
TELLING = 4
"""Letters of a word that one would search for. With shorter ones ("of", "a", "for") every twentieth
triple fits more than ten titles, and no ranking can put all of those into the first ten."""


@dataclass
class Query:
    """Words to search for; the ids that are right; of these, `first` may stand first."""

    text: str
    right: frozenset[int]
    first: frozenset[int] = frozenset()


@dataclass
class Task:
    """Queries over one set of papers, and the share in the first 1, 10 or nDCG@10 wanted."""

    name: str
    papers: list[Paper]
    queries: list[Query]
    measure: str
    target: float
    found: dict[str, tuple[float, float, float]] = field(default_factory=dict)


def plain(text: str) -> str:
    """Return a text without signs that the query language would read as its own."""
    return " ".join(re.sub(r"[^\w\s-]", " ", text).split()).replace(" -", " ")


def daily(data: Path) -> Iterator[tuple[Paper, list[str]]]:
    """Yield the real papers, each with its keywords."""
    with gzip.open(data / "payloads/hf_daily_corpus_slim.jsonl.gz", "rt") as lines:
        for number, line in enumerate(lines, 1):
            row = json.loads(line)
            paper = Paper(
                id=number,
                title=" ".join(row["title"].split()),
                abstract=row["summary"] or "",
                authors=row["authors"] or [],
            )
            yield paper, row["ai_keywords"] or []


def cranfield(data: Path) -> Task:
    """Return the questions on aerodynamics."""
    folder = data / "relevance"
    rows = map(json.loads, (folder / "cranfield.jsonl").read_text("utf-8").splitlines())
    papers = [
        Paper(id=row["id"], title=row["title"] or "-", abstract=row["abstract"], venue=row["venue"])
        for row in rows
    ]
    asked = json.loads((folder / "cranfield-queries.json").read_text("utf-8"))
    queries = [Query(plain(row["text"]), frozenset(row["relevant"])) for row in asked]
    return Task("Cranfield questions", papers, queries, "ndcg", 0.41)


def mistype(word: str, chance: random.Random) -> str:
    """Return a word with two letters swapped, one left out, doubled, or a neighbour key hit."""
    place = chance.randrange(1, len(word) - 1)
    letters = list(word)
    kind = chance.randrange(4)
    if kind == 0 and letters[place] != letters[place + 1]:
        letters[place : place + 2] = letters[place + 1], letters[place]
    elif kind == 1:
        del letters[place]
    elif kind == 2:
        letters.insert(place, letters[place])
    else:
        row = next((row for row in KEYS if letters[place] in row), "asdf")
        at = row.find(letters[place])
        letters[place] = row[at + 1] if at + 1 < len(row) else row[at - 1]
    return "".join(letters)


def titles(papers: list[Paper]) -> Iterator[Task]:
    """Yield the tasks that know an item by words of its title."""
    words = {paper.id: list(dict.fromkeys(split(paper.title))) for paper in papers}
    spread = Counter(word for own in words.values() for word in own)
    having: dict[str, set[int]] = {}
    for number, own in words.items():
        for word in own:
            having.setdefault(word, set()).add(number)

    def drawn_from(having_words: dict[int, list[str]]) -> tuple[list[Query], list[int]]:
        known = [number for number, own in having_words.items() if len(own) >= 3]
        drawn = chance.sample(known, 1000)
        return [query(chance.sample(having_words[n], 3), n) for n in drawn], drawn

    def query(parts: list[str], number: int) -> Query:
        ties = frozenset.intersection(*(frozenset(having[part]) for part in parts))
        return Query(" ".join(parts), frozenset({number}), ties)

    chance = random.Random(4)
    any_three, _ = drawn_from(words)
    telling = {n: [word for word in own if len(word) >= TELLING] for n, own in words.items()}
    three, drawn = drawn_from(telling)
    yield Task("three words of a title, in ten", papers, three, "ten", 0.99)
    yield Task("three words of a title, first", papers, three, "first", 0.98)
    yield Task("with short words too, in ten", papers, any_three, "ten", 0.99)
    rare = [query(sorted(words[n], key=spread.__getitem__)[:3], n) for n in drawn]
    yield Task("its three rarest words, first", papers, rare, "first", 0.98)
    wrong = []
    for asked, number in zip(three, drawn, strict=True):
        parts = asked.text.split()
        long = [at for at, part in enumerate(parts) if len(part) >= 4 and part.isalpha()]
        if long:
            at = chance.choice(long)
            parts[at] = mistype(parts[at], chance)
            wrong.append(Query(" ".join(parts), frozenset({number})))
    yield Task("three words, one mistyped, in ten", papers, wrong, "ten", 0.98)


def keywords(papers: list[tuple[Paper, list[str]]]) -> Task:
    """Return the task that looks for a paper by its first three keywords."""
    having = [(paper, keys) for paper, keys in papers if keys]
    some = having[:: len(having) // 400][:400]
    queries = [Query(plain(" ".join(keys[:3])), frozenset({paper.id})) for paper, keys in some]
    return Task("three keywords of a paper", [p for p, _ in papers], queries, "ndcg", 0.89)


def names(papers: list[Paper]) -> Iterator[Task]:
    """Yield the tasks that look for an author's papers."""
    of: dict[str, set[int]] = {}
    for paper in papers:
        for author in paper.authors:
            of.setdefault(author, set()).add(paper.id)
    chance = random.Random(5)
    accented = sorted(name for name in of if fold(name) != name.lower())
    some = [Query(plain(fold(name)), frozenset(of[name])) for name in accented]
    yield Task("authors without accents, in ten", papers, some, "ten", 1.0)
    wrong = []
    others = {" ".join(split(name)) for name in of}  # what is another's name is not mistyped
    for name in chance.sample(sorted(of), 1000):
        parts = split(name)
        long = [at for at, part in enumerate(parts) if len(part) >= 5 and part.isalpha()]
        if long:
            at = chance.choice(long)
            letters = list(parts[at])
            letters[chance.randrange(1, len(letters))] = chance.choice("aeioulnrst")
            parts[at] = "".join(letters)
            if (text := " ".join(parts)) not in others or text == " ".join(split(name)):
                wrong.append(Query(text, frozenset(of[name])))
    yield Task("authors, a letter wrong, in ten", papers, wrong, "ten", 1.0)


def tasks(data: Path) -> list[Task]:
    """Return everything that is measured."""
    real = list(daily(data))
    papers = [paper for paper, _ in real]
    return [*titles(papers), keywords(real), cranfield(data), *names(papers)]


# Those that are compared


def readlist(papers: list[Paper]) -> Ranker:
    """Return readlist's filter, as it answers when the last word is complete."""
    searcher = Searcher(papers)
    return lambda text: searcher.find(parse(text), forgiving=True).ids


def whole(paper: Paper) -> str:
    """Return all that is searched of a paper."""
    return " ".join([paper.title, *paper.authors, paper.abstract])


def by_bm25s(papers: list[Paper]) -> Ranker:
    """Return bm25s as it comes, without stems and stop words."""
    import bm25s

    index = bm25s.BM25(k1=1.2, b=0.75)
    index.index([split(whole(paper)) for paper in papers], show_progress=False)
    ids = [paper.id for paper in papers]

    def find(text: str) -> list[int]:
        known = [word for word in split(text) if word in index.vocab_dict]
        if not known:
            return []
        found, _ = index.retrieve([known], k=10, show_progress=False)
        return [ids[place] for place in found[0]]

    return find


def by_fts5(papers: list[Paper]) -> Ranker:
    """Return SQLite's full text search, titles weighing four times as much."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE t USING fts5(title, authors, abstract)")
    rows = ((p.id, p.title, " ".join(p.authors), p.abstract) for p in papers)
    database.executemany("INSERT INTO t(rowid, title, authors, abstract) VALUES (?,?,?,?)", rows)
    order = "SELECT rowid FROM t WHERE t MATCH ? ORDER BY bm25(t, 4.0, 2.0, 1.0) LIMIT 10"

    def find(text: str) -> list[int]:
        asked = " OR ".join(f'"{word}"' for word in split(text))
        return [row[0] for row in database.execute(order, (asked,))] if asked else []

    return find


def by_wratio(papers: list[Paper]) -> Ranker:
    """Return RapidFuzz's WRatio over whole titles."""
    from rapidfuzz import fuzz, process

    known = {paper.id: fold(paper.title) for paper in papers}

    def find(text: str) -> list[int]:
        found = process.extract(fold(text), known, scorer=fuzz.WRatio, limit=10)
        return [number for _, _, number in found]

    return find


RANKERS = {"readlist": readlist, "bm25s": by_bm25s, "fts5": by_fts5, "wratio": by_wratio}
EVERY = {"wratio": 10}
"""Of how many queries one is asked of a ranker that takes too long for all."""


def score(found: Sequence[int], query: Query, measure: str) -> float:
    """Return how well one answer does, from 0 to 1."""
    if measure == "first":
        return float(bool(found) and found[0] in query.right | query.first)
    if measure == "ten":
        return float(any(number in query.right for number in found[:10]))
    gain = sum(1 / math.log2(at + 2) for at, n in enumerate(found[:10]) if n in query.right)
    return gain / sum(1 / math.log2(at + 2) for at in range(min(10, len(query.right))))


def measure(task: Task, name: str, ranker: Ranker) -> None:
    """Ask all queries of a task, and keep the mean of all, of the even, of the odd ones."""
    step = EVERY.get(name, 1)
    results = [score(ranker(q.text), q, task.measure) for q in task.queries[::step]]

    def mean(values: list[float]) -> float:
        return sum(values) / max(1, len(values))

    task.found[name] = mean(results), mean(results[::2]), mean(results[1::2])


def table(found: list[Task]) -> None:
    """Print a row for each task: all, and even and odd queries apart."""
    rankers = list(found[0].found)
    print(f"{'':38}{'n':>5}{'wanted':>8}" + "".join(f"{name:>26}" for name in rankers))
    for task in found:
        cells = "".join("{:>10.3f} ({:.3f}, {:.3f})".format(*task.found[name]) for name in rankers)
        what = f"{task.name}{' nDCG@10' if task.measure == 'ndcg' else ''}"
        print(f"{what:38}{len(task.queries):>5}{task.target:>8.2f}{cells}")


def main() -> None:
    """Measure, and print a table or JSON."""
    parser = argparse.ArgumentParser(description="How often the right paper is first.")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--only", choices=RANKERS, action="append")
    args = parser.parse_args()
    if not args.data.is_dir():
        sys.exit(f"the papers and questions are not at {args.data}; --data says where")
    found = tasks(args.data)
    for name in args.only or RANKERS:
        made: dict[int, Ranker] = {}
        try:
            for task in found:
                size = len(task.papers)
                if size not in made:
                    made[size] = RANKERS[name](task.papers)
                measure(task, name, made[size])
        except ImportError:
            print(f"{name} is left out: it is not installed", file=sys.stderr)
    if args.json:
        rows: list[dict[str, Any]] = [
            {"task": t.name, "queries": len(t.queries), "target": t.target, **t.found}
            for t in found
        ]
        print(json.dumps(rows, indent=1))
    else:
        table(found)


if __name__ == "__main__":
    main()
