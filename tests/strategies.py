"""Papers for Hypothesis: documents as a stranger might write them."""

import string
from typing import Any

from hypothesis import strategies as st

from readlist.paper import Document, PaperError, Status, tag_name
from readlist.text import clean_line

_HOSTILE = "\x00\x1b[31m\x9b\x85\u202e\ufeff\ud800\r\n\t\u2028 ́é🧑‍🚀漢字שלום"
texts = st.text(st.one_of(st.characters(), st.sampled_from(_HOSTILE)), max_size=30)
names = st.text(string.ascii_letters + "éß漢 ", min_size=1, max_size=8)
moments = st.one_of(
    st.none(),
    st.datetimes().map(lambda moment: moment.isoformat(timespec="seconds") + "Z"),
)
json_values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        texts,
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=6,
)


def is_tag(text: str) -> bool:
    try:
        return bool(tag_name(text))
    except PaperError:
        return False


def is_title(text: str) -> bool:
    return bool(clean_line(text))


_FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "id": st.integers(1, 40),
    "uid": st.uuids().map(str),
    "citekey": names,
    "type": st.sampled_from(["article", "book", "paper-conference"]),
    "abstract": texts,
    "authors": st.lists(texts, max_size=3),
    "author_count": st.one_of(st.none(), st.integers(0, 700)),
    "organization": st.one_of(st.none(), texts),
    "venue": st.one_of(st.none(), texts),
    "published": st.one_of(
        st.none(), st.dates().map(str), st.dates().map(lambda day: str(day)[:7])
    ),
    "identifiers": st.dictionaries(st.sampled_from(["arxiv", "doi", "x"]), names, max_size=2),
    "urls": st.dictionaries(names, st.just("https://example.org/é"), max_size=2),
    "categories": st.lists(names, max_size=2),
    "upvotes": st.one_of(st.none(), st.integers(0, 999)),
    "comments": st.one_of(st.none(), st.integers(0, 999)),
    "status": st.sampled_from([str(status) for status in Status]),
    "starred": st.booleans(),
    "tags": st.lists(texts.filter(is_tag), max_size=3),
    "note": texts,
    "added": moments,
    "decided": moments,
    "started": moments,
    "finished": moments,
    "changed": moments,
    "sources": st.lists(st.fixed_dictionaries({"name": names, "at": names}), max_size=2),
    "files": st.lists(texts, max_size=2),
    "extra": st.dictionaries(texts, json_values, max_size=2),
    "unheard-of": json_values,
}


def documents() -> st.SearchStrategy[Document]:
    """Documents of papers, hostile but valid, with any of the fields missing."""
    title = st.fixed_dictionaries({"title": texts.filter(is_title)})
    others = st.fixed_dictionaries({}, optional=_FIELDS)
    return st.builds(lambda one, other: one | other, title, others)
