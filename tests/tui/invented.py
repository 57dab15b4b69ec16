"""An invented library, the same in every test: fifteen papers in all states."""

import json

from readlist.paper import Paper, Status

ADDED = "2020-11-23T06:00:00Z"


def _paper(number, title, authors, upvotes, **others):
    given = {
        "id": number,
        "uid": f"00000000-0000-4000-8000-{number:012}",
        "citekey": f"author2026paper{number}",
        "abstract": f"This is what paper {number} has to say.",
        "published": "2026-11-20",
        "identifiers": {"arxiv": f"2611.{number:05}"},
        "added": ADDED,
    }
    return Paper(title=title, authors=authors, upvotes=upvotes, **{**given, **others})


_REWARD = (
    "Reward models are trusted far outside the data they were trained on. We fit an ensemble of "
    "low-rank heads on one frozen backbone and show that their disagreement, calibrated on 400 "
    "held-out comparisons, predicts where the policy will exploit the reward. Stopping on that "
    "signal keeps 96 % of the gain of oracle early stopping on HH-RLHF and three robot tasks."
)

PAPERS = (
    _paper(
        1,
        "A Reward Model That Knows When It Does Not Know",
        ["Alba García-Durán", "Jun Ito", "Mara Weiss"],
        142,
        author_count=7,
        abstract=_REWARD,
        comments=9,
        categories=["cs.LG"],
        tags=["rl/reward"],
        urls={
            "abstract": "https://arxiv.org/abs/2611.00001",
            "pdf": "https://arxiv.org/pdf/2611.00001",
            "code": "https://example.org/reward",
        },
    ),
    _paper(
        2,
        "Offline RL Without the Bellman Backup",
        ["Ada Okafor", "Nils Lindqvist"],
        97,
        tags=["rl/offline"],
    ),
    _paper(3, "Scaling Laws for Verifier-Guided Search", ["Wei Chen"], 81, author_count=12),
    _paper(4, "Diffusion Policies Forget: A Study of Long Tasks", ["Rania Haddad"], 64),
    _paper(5, "Tokenizer-Free Models at 70B", ["Carla Rossi"], 58, tags=["llm"]),
    _paper(6, "When Is a Benchmark Saturated?", ["Petra Novak", "Ravi Iyer"], 41),
    _paper(7, "Sparse Attention from Graph Cuts", ["Jonas Bauer"], 40, tags=["llm"]),
    _paper(8, "One-Step Video Generation by Flow Matching", ["Min Kim"], 37, published="2025-02"),
    _paper(
        9,
        "Reading the Residual Stream with Dictionaries",
        ["Emi Sato"],
        35,
        status=Status.TO_READ,
        tags=["llm"],
    ),
    _paper(
        10,
        "MoE Routing as Optimal Transport",
        ["Luc Dubois", "Fei Wang"],
        33,
        status=Status.TO_READ,
        starred=True,
    ),
    _paper(
        11,
        "Robots That Ask: Active Preference Queries",
        ["Ute Müller"],
        29,
        status=Status.READING,
        note="Compare with *Offline RL*.",
    ),
    _paper(12, "Compressing KV Caches by Query Clustering", ["Hao Li"], 27, status=Status.READ),
    _paper(
        13, "A Negative Result on Curriculum Pretraining", ["Ana Silva"], 24, status=Status.READ
    ),
    _paper(14, "Gradient Noise, Revisited", ["Ewa Kowalski"], 22, status=Status.ARCHIVED),
    _paper(15, "World Models from Silent Film", ["Luc Moreau"], 17, status=Status.ARCHIVED),
)
"""Ids 1 to 8 are new; 9, 10 to read; 11 being read; 12, 13 read; 14, 15 archived."""

NEW = [1, 2, 3, 4, 5, 6, 7, 8]


def many(number):
    """That many new papers."""
    return [_paper(n, f"Paper number {n}", ["A B"], 1000 - n) for n in range(1, number + 1)]


def one(**fields):
    """One new paper with these fields."""
    return _paper(1, **{"title": "A paper", "authors": ["A B"], "upvotes": 1} | fields)


def write_library(path, papers=PAPERS):
    """Make a library of papers, without a history."""
    table = {str(paper.id): paper.document() for paper in papers}
    path.write_text(json.dumps({"papers": table}), "utf-8")
    return path
