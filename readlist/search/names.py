"""The names that a query can use for the fields of a paper, and the one that was meant."""

from collections.abc import Iterable

TEXTS = {
    "title": "title",
    "abstract": "abstract",
    "author": "authors",
    "note": "note",
    "venue": "venue",
    "org": "organization",
    "source": "sources",
}
"""Fields searched by words: their name in a query, and in a paper."""

EXACT = ("tag", "category", "arxiv", "doi", "citekey", "type")
"""Fields compared whole, or from their beginning."""

DATES = ("year", "published", "day", "added", "decided", "started", "finished", "changed")
NUMBERS = ("comments", "upvotes", "authors", "id")
WORDS = ("is", "has", "import", "sort")

FIELDS: dict[str, str] = {
    **{name: name for name in (*TEXTS, *EXACT, *DATES, *NUMBERS, *WORDS)},
    # as the fields are called in a paper
    "tags": "tag",
    "organization": "org",
    "categories": "category",
    "sources": "source",
    "status": "is",
}
"""Every name that may stand before a colon, and the one that it is an other name of."""

_OTHER_WORDS = {
    "affiliation": "org",
    "conference": "venue",
    "created": "added",
    "date": "published",
    "journal": "venue",
    "key": "citekey",
    "keyword": "tag",
    "label": "tag",
    "listed": "day",
    "month": "day",
    "name": "title",
    "notes": "note",
    "state": "is",
    "subject": "category",
    "text": "abstract",
    "votes": "upvotes",
    "week": "day",
    "who": "author",
}


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the one of `known` that `word` was probably meant to be, or None."""
    from rapidfuzz.distance import OSA

    known = list(known)
    allowed = 1 if len(word) < 6 else 2
    ranked = sorted((OSA.distance(word, name), name) for name in known)
    if len(word) > 1 and ranked and ranked[0][0] <= allowed:
        return ranked[0][1]
    begun = [name for name in known if len(word) > 2 and name.startswith(word)]
    return min(begun, key=len, default=None)


def field_meant_by(name: str, *, strictly: bool) -> str | None:
    """Return the field that a name of none was probably meant to be, or None.

    `strictly`: only a long name with hardly a mistake counts.
    """
    name = name.lower()
    if strictly:
        meant = nearest(name, FIELDS) if len(name) >= 6 else None
        is_close = meant is not None and abs(len(meant) - len(name)) <= 1
        return meant if is_close else None
    return _OTHER_WORDS.get(name) or nearest(name, FIELDS)
