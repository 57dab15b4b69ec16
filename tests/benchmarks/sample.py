"""What all benchmarks measure with: a paper, and a clock."""

import time
from collections.abc import Callable
from typing import Any

ABSTRACT = ("We study offline reinforcement learning with implicit policies. " * 21)[:1300]


def paper(n: int) -> dict[str, Any]:
    """Return a paper as the library keeps it, about 1,900 bytes."""
    return {
        "uid": f"{n:032x}", "citekey": f"author{2000 + n % 25}word{n}", "type": "article",
        "title": f"Paper {n} on offline reinforcement learning with implicit policies",
        "abstract": ABSTRACT, "authors": ["Ada Author", "Ben Builder", "Cid Coder"],
        "author_count": None, "organization": None, "venue": None, "published": "2024-01-02",
        "identifiers": {"arxiv": f"2401.{n:05d}"}, "urls": {"pdf": f"https://arxiv.org/pdf/{n}"},
        "categories": ["cs.LG"], "upvotes": n % 90, "comments": None, "status": "new",
        "starred": False, "tags": ["rl", "rl/offline"], "note": "", "added": "2026-01-01T00:00:00Z",
        "decided": None, "started": None, "finished": None, "changed": None, "sources": [],
        "files": [], "extra": {}, "n": n // 50,
    }  # fmt: skip


def clock(action: Callable[[], Any]) -> float:
    """Return how many milliseconds an action takes."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1e3
