"""Papers that turn out to be one when they are filled in: they share an identifier then."""

from collections.abc import Iterable, Mapping

from readlist.insight.duplicates import are_apart
from readlist.paper import Paper


def twice(papers: Iterable[Paper], filled: Mapping[int, Paper]) -> list[tuple[int, int]]:
    """Return pairs of papers, by their ids, that have an identifier in common, each with the oldest
    that has it; at least one of them was `filled`, as it is there. `papers` are all, as they are or
    were.

    Those of which the user said that they are not the same are left out.
    """
    wanted = {pair for paper in filled.values() for pair in paper.identifiers.items()}
    having: dict[tuple[str, str], list[Paper]] = {}
    for found in papers:
        paper = filled.get(found.id, found)
        for pair in wanted.intersection(paper.identifiers.items()):
            having.setdefault(pair, []).append(paper)
    pairs = {
        (one.id, other.id)
        for group in having.values()
        for one, *others in [sorted(group, key=lambda paper: paper.id)]
        for other in others
        if (one.id in filled or other.id in filled) and not are_apart(one, other)
    }
    return sorted(pairs)
