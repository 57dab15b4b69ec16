"""Digests as people read them, and as no paper can spoil them."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.formats.digest_out import WRITERS, Digest, Item, markdown, page, subject, text
from readlist.paper import Paper
from readlist.text import cells

PAPER = Paper(
    title="A Reward Model That $x^2$ Knows When It Does Not Know What It Was Trained to Know",
    abstract="Reward models are trusted. " * 30,
    authors=["Alba García-Durán", "Jun Ito", "Mara Weiss", "Q"],
    author_count=7,
    upvotes=1420,
    categories=["cs.LG"],
    urls={
        "abstract": "https://arxiv.org/abs/2611.09914",
        "pdf": "https://arxiv.org/pdf/2611.09914",
        "code": "https://example.org/?a=1&b=2",
    },
)


def digest(*papers: Paper, **others: object) -> Digest:
    items = tuple(Item(paper, ("by Jun Ito, of whom you starred a paper",)) for paper in papers)
    return Digest("Sat 21 Nov 2026", "Fri 20 Nov 2026", items, **others)


def test_text_is_narrow_and_says_all():
    written = text(digest(PAPER, Paper(title="Bare"), more=3, notes=("A note.",)))
    assert max(map(len, written.splitlines())) <= 76
    assert written.startswith(
        "5 new papers · Sat 21 Nov 2026\nsince Fri 20 Nov 2026\n\nA note.\n\n1. A"
    )
    assert "   Alba García-Durán, Jun Ito, Mara Weiss +4 · ▲ 1,420 · cs.LG\n" in written
    assert "   by Jun Ito, of whom you starred a paper\n" in written
    assert "   https://arxiv.org/abs/2611.09914\n" in written
    assert "\n2. Bare\n" in written
    assert written.endswith("and 3 more in readlist\n")
    assert "x²" in written
    assert len(written) < 1200  # the abstract is short


def test_wide_letters_have_room():
    wide = Paper(
        title="深層学習による" * 9, abstract="大規模言語モデルの評価" * 20, authors=["王 小明"]
    )
    written = text(digest(*[wide] * 10))
    assert max(map(cells, written.splitlines())) <= 76
    title = written.split("\n10. ")[1].splitlines()
    assert title[1].startswith("    ") and title[0] + title[1][4:] == wide.title


def test_markdown():
    written = markdown(digest(PAPER.but(title="On [CLS] *and* <b>"), Paper(title="Bare")))
    assert "# 2 new papers · Sat 21 Nov 2026" in written
    assert "](https://arxiv.org/abs/2611.09914)" in written
    assert (
        "[pdf](https://arxiv.org/pdf/2611.09914) · [code](https://example.org/?a=1&b=2)" in written
    )
    assert "<b>" not in written
    assert "\n## 2. Bare\n" in written


def test_the_page_says_all_and_loads_nothing():
    written = page(digest(PAPER, more=2))
    assert '<a href="https://example.org/?a=1&amp;b=2"' in written
    assert "3 new papers" in written
    assert "and 2 more in readlist" in written
    assert not re.search(r"<(script|img|link|style|iframe|form)|@import|url\(", written)


class _Read(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]


HOSTILE = st.text() | st.sampled_from(
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "</title></table>",
        "Title\r\nBcc: you@example.org",
        "{title}",
        "{0}",
        "javascript:alert(1)",
        'https://example.org/" onclick="x',
        "data:text/html,<script>",
        "http://[",
    ]
)
_OURS = {"html", "head", "meta", "title", "body", "div", "table", "tr", "td", "a"}


@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
def test_no_text_of_a_paper_is_more_than_text(title: str, name: str, url: str, reason: str):
    paper = Paper(
        title=title,
        abstract=name,
        authors=[name],
        venue=title,
        categories=[name],
        identifiers={"doi": name, "arxiv": title},
        urls={"abstract": url, "pdf": url, "code": title},
    )
    found = Digest("day", "since", (Item(paper, (reason,)),), notes=(title,))
    read = _Read()
    read.feed(page(found))
    assert read.tags <= _OURS
    assert not any(name.startswith("on") for name in read.attributes)
    assert all(link.startswith(("http://", "https://")) for link in read.links)
    assert "\n" not in subject(found)
    assert "\r" not in subject(found)
    for write in WRITERS.values():
        assert write(found)


@pytest.mark.parametrize(
    ("papers", "more", "said"),
    [
        (1, 0, "A Reward Model That x² Knows When It Does Not Know What It…"),
        (2, 3, "A Reward Model That x² Knows When It Does Not Know What It… and 4 more"),
    ],
)
def test_the_subject_names_the_first(papers: int, more: int, said: str):
    assert subject(digest(*[PAPER] * papers, more=more)) == said
