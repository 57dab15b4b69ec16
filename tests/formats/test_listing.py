"""Daily Papers pages: three layouts, cut, pasted twice, and what is none of them."""

import json
import random
import re
import time
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readlist.formats.incoming import FormatError, Incoming
from readlist.formats.listing import looks_like, read
from readlist.paper import Paper
from readlist.text import title_key

TODAY = date(2025, 11, 21)
LAYOUTS = ["compact", "spaced", "full"]
HEAD = (
    "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nDaily Papers\n\n"
    "byAK and the research community\n\nOct 27\n\n"
)
HEADS = {"compact": "Get trending papers in your email inbox once a day!\nSubscribe"}
FEET = [
    "",
    "Previous\nNext\n",
    "\nPrevious\n\nNext\n\nCompany\n\nTOS\n\nPrivacy\n\n© Hugging Face\n",
    "System theme\nCompany\nTOS\nPrivacy\nAbout\nModels\nDatasets",
]


class Told(NamedTuple):
    """A paper as a page tells it; `paragraphs` are those of its abstract."""

    title: str
    paragraphs: list[str]
    below: str = ""  # authors or organisation, `·`, date


BREAD = Told(
    "How Sourdough Rises: Yeast Dynamics under Shared Heat",
    [
        "Bread rises for reasons that are poorly understood. We measure the growth of yeast in 40 "
        "kitchens and find that shared heat explains most of the variance. Our model predicts the "
        "height of a loaf within two millimetres, and its code is at https://bread.example.org."
    ],
    "  • 6 authors\n·\nAug 15",
)
TIDES = Told(
    "Tides Are All You Need?",
    [
        "Recent work has shown that attention is costly. In this paper, we replace it by the moon. "
        "Experiments on three coasts show that tidal mixing outperforms strong baselines by 12.3%.",
        "We also discuss limits: (1) it works twice a day; (2) it does not work on lakes.",
    ],
    "UCAS ucas\n·\nSep 18, 2023",
)
MAPS = Told(
    "MAPLESS NAVIGATION OF PAPER BOATS",
    ["We let paper boats find their way. They do not."],
    "  • 12 authors\n·\nJan 2, 2024 2",
)
CATS = Told(
    "Who Are the 3 authors of Cat Videos? A Case Study of Viewers, Owners and Their Whiskered "
    "Collaborators across Platforms, Decades and Living Rooms, with Notes on the Reproducibility "
    "of Purring",
    ["cats are studied rarely from their own side. We ask 30 of them and report what they said."],
    "  • 1 authors\n·\nFeb 29",
)
HANZI = Told(
    "基于多智能体协作的面包发酵过程建模方法",
    ["面包发酵是一个复杂的过程。本文提出一种新的建模方法,并在四十个厨房中进行了实验。"],
    "Carnegie Mellon University\n·\nMay 3",
)
PAPERS = [BREAD, TIDES, MAPS, CATS, HANZI]


def page(layout: str, papers: list[Told], head: str | None = None, foot: str = "") -> str:
    gap = "\n" if layout == "compact" else "\n\n"
    parts: list[str] = []
    for paper in papers:
        below = [paper.below] if layout == "full" and paper.below else []
        parts += [paper.title, *paper.paragraphs, *below]
    head = HEADS.get(layout, HEAD) if head is None else head
    return head + gap.join(parts) + "\n" + foot


def read_text(text: str, page_date: date | None = None, today: date = TODAY) -> Incoming:
    assert looks_like(text)
    return read(text, page_date=page_date, today=today)


def texts(incoming: Incoming, layout: str) -> list[tuple[str, list[str]]]:
    gap = "\n" if layout == "compact" else "\n\n"
    return [(paper.title, paper.abstract.split(gap)) for paper in incoming.papers]


def told(papers: list[Told]) -> list[tuple[str, list[str]]]:
    return [(paper.title, paper.paragraphs) for paper in papers]


def check_cut(found: list[Paper], whole: list[Paper]) -> None:
    """Check the papers of a page cut off: all whole but the last, which has nothing else."""
    assert found[:-1] == whole[: len(found) - 1]
    last, full = found[-1], whole[len(found) - 1]
    assert full.title.startswith(last.title)
    assert full.abstract.startswith(last.abstract)
    assert last.title == full.title or not last.abstract
    assert last.author_count in (None, full.author_count)
    assert last.organization in (None, full.organization)
    # `Sep 18` may be all: a page that does not end in a line end is not always cut.
    assert last.published in (None, full.published) or last.abstract == full.abstract


# The real pages

PAGES = Path(__file__).parents[3] / "shared" / "pages"
REAL = sorted(PAGES.glob("*.txt"))
on_real_pages = pytest.mark.parametrize(
    "path",
    REAL or [pytest.param(PAGES, marks=pytest.mark.skip(reason=f"no real pages in {PAGES}"))],
    ids=lambda path: path.stem,
)


def iso(printed: str | None) -> str | None:
    """Return a printed date of the real pages, whose own year is 2025, as ISO 8601."""
    if not printed:
        return None
    month, day, *year = printed.replace(",", "").split()
    number = "JanFebMarAprMayJunJulAugSepOctNovDec".index(month) // 3 + 1
    return date(int(year[0]) if year else 2025, number, int(day)).isoformat()


@on_real_pages
def test_real_pages_come_in_exactly(path: Path) -> None:
    expected = json.loads(path.with_name(f"{path.stem}.expected.json").read_text("utf-8"))
    incoming = read_text(path.read_text("utf-8"))
    assert [
        (p.title, p.abstract, p.author_count, p.organization, p.comments, p.published)
        for p in incoming.papers
    ] == [
        (
            *(p.get(name) for name in ("title", "abstract", "author_count", "organization")),
            p.get("comments"),
            iso(p.get("date")),
        )
        for p in expected
    ]
    assert (incoming.format, incoming.source) == ("listing", "huggingface")
    assert not incoming.refusals


@on_real_pages
def test_real_pages_mutated(path: Path) -> None:
    text = path.read_text("utf-8")
    start = time.process_time()
    papers = read_text(text).papers
    assert time.process_time() - start < 0.3  # 0.01 on a quiet machine
    for changed in (text.replace("\n", "\r\n"), "\ufeff" + text, text.rstrip(), text + text):
        assert read_text(changed).papers == papers
    for foot in FEET:
        assert read_text(text + "\n" + foot).papers == papers
    for end in range(1700, len(text), 2963):
        check_cut(read_text(text[:end], TODAY).papers, read_text(text, TODAY).papers)


# Pages of our own


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("foot", FEET)
def test_layouts(layout: str, foot: str) -> None:
    incoming = read_text(page(layout, PAPERS, foot=foot))
    assert texts(incoming, layout) == told(PAPERS)
    assert not incoming.refusals
    below = [(p.author_count, p.organization, p.comments, p.published) for p in incoming.papers]
    if layout == "full":
        assert below == [
            (6, None, None, "2025-08-15"),
            (None, "UCAS ucas", None, "2023-09-18"),
            (12, None, 2, "2024-01-02"),
            (1, None, None, "2024-02-29"),
            (None, "Carnegie Mellon University", None, "2025-05-03"),
        ]
    else:
        assert below == [(None, None, None, None)] * len(PAPERS)
        assert not incoming.notes


@pytest.mark.parametrize("missing", range(len(PAPERS)))
def test_a_paper_in_the_middle_has_nothing_below(missing: int) -> None:
    papers = [p._replace(below="") if i == missing else p for i, p in enumerate(PAPERS)]
    incoming = read_text(page("full", papers))
    assert texts(incoming, "full") == told(papers)
    bare = incoming.papers[missing]
    assert bare.author_count is bare.organization is bare.published is None


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "head",
    [
        "Daily Papers\n\nby AK and the research community\n\n",
        "Get trending papers in your email inbox once a day!\n\nSubscribe\n\nMar 11\n\n",
        "Hugging Face's logo\nModels\nDatasets\nSpaces\nLog In\nSign Up\nnew\n\n"
        "Get trending papers in your email inbox!\n\nSubscribe\n\nDaily Papers\n\n"
        "byAK and the research community\n\nbread rising\n\nDaily\n\nWeekly\n\nMar 11\n\n",
        "",
    ],
)
def test_heads_vary_and_may_be_missing(layout: str, head: str) -> None:
    papers = PAPERS
    if not head:  # short abstracts alone do not tell a listing from other texts
        papers = [p._replace(paragraphs=BREAD.paragraphs) for p in PAPERS]
    assert texts(read_text(page(layout, papers, head)), layout) == told(papers)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_votes_and_submitters_stand_around_papers(layout: str) -> None:
    gap = "\n" if layout == "compact" else "\n\n"
    around = [
        p._replace(title=gap.join(["Submitted by", f"user{i}", "-" if i % 2 else "101", p.title]))
        for i, p in enumerate(PAPERS)
    ]
    head = "Get trending papers in your email inbox!\n\nSubscribe\n\n"
    assert texts(read_text(page(layout, around, head)), layout) == told(PAPERS)


TITLES = [
    "A theory of bread.", "What is it that we do when we bake?", "learning to bake without an oven",
    "Bread " * 33 + "Ends.", "Imagen 3", "INT v.s. FP: Which Flour?", "Subscribers Leave: A Study",
    "Subscribe to Learn, Learn to Stay",
]  # fmt: skip
ABSTRACTS = [
    ["We bake."],
    [*BREAD.paragraphs, "Our code is at https://bread.example.org"],
    [*BREAD.paragraphs, "Code: https://github.com/bread/bread"],
    ["Our contributions are the following:", "1. We bake in an oven.", "- We eat all of it."],
]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "paper",
    [BREAD._replace(title=t) for t in TITLES] + [BREAD._replace(paragraphs=a) for a in ABSTRACTS],
    ids=lambda paper: f"{paper.title[:20]}/{paper.paragraphs[-1][:20]}",
)
def test_titles_and_abstracts_of_odd_shapes(layout: str, paper: Told) -> None:
    for papers in ([TIDES, paper, MAPS, CATS, HANZI], [paper, TIDES, MAPS]):
        assert texts(read_text(page(layout, papers)), layout) == told(papers)


@pytest.mark.parametrize("layout", ["spaced", "full"])
def test_lines_of_a_paragraph_where_blank_lines_stand_between(layout: str) -> None:
    broken = [p._replace(paragraphs=[q.replace(". ", ".\n") for q in p.paragraphs]) for p in PAPERS]
    assert texts(read_text(page(layout, broken)), layout) == told(broken)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_line_ends_byte_order_mark_and_the_page_twice(layout: str) -> None:
    text = page(layout, PAPERS)
    papers = read_text(text).papers
    for changed in (
        text.replace("\n", "\r\n"), text.replace("\n", "\r"), "\ufeff" + text, text.rstrip("\n"),
        text + text, text + "\n\n" + FEET[2] + "\ufeff" + text, "\n\n" + text + "\n\n",
        text.rstrip("\n") + text, text[: text.index("They do not")] + "\n" + text,
    ):  # fmt: skip
        assert read_text(changed).papers == papers


def test_hostile_text_is_cleaned() -> None:
    papers = [BREAD._replace(title="Bread \x1b[31mRising\x1b[0m  by\u202e Heat\tAlone"), MAPS]
    assert read_text(page("spaced", papers)).papers[0].title == "Bread Rising by Heat Alone"


# Cut pages


@pytest.mark.parametrize("layout", LAYOUTS)
def test_cut_at_every_37th_character(layout: str) -> None:
    text = page(layout, [BREAD, CATS, MAPS, BREAD._replace(title="Bread Again: Now with Seeds")])
    whole = read_text(text, TODAY).papers
    for end in range(0, len(text), 37):
        try:
            found = read(text[:end], page_date=TODAY, today=TODAY)
        except FormatError:
            assert end < text.index(BREAD.title) + 4
        else:
            assert not found.refusals
            check_cut(found.papers, whole)


@pytest.mark.parametrize("end", [
    "  •", "  • 6", "  • 6 auth", "  • 6 authors", "  • 6 authors\n·", "UCA", "UCAS ucas\n·\nSe",
    "UCAS ucas\n·\nSep 18,", "UCAS ucas\n·\nSep 18, 20",
])  # fmt: skip
def test_cut_below_an_abstract(end: str) -> None:
    incoming = read_text(page("full", [MAPS, BREAD._replace(below=end)]).rstrip("\n"))
    assert texts(incoming, "full") == told([MAPS, BREAD])
    assert incoming.papers[1].published is None
    assert incoming.papers[1].author_count == (6 if "authors" in end else None)
    assert incoming.notes[0].startswith("cut off in the middle of the last paper, “How Sourdough")


def test_a_cut_title_comes_in_and_is_noted() -> None:
    incoming = read_text(page("compact", [BREAD, MAPS]) + "Tides Are All Yo")
    assert incoming.papers[2] == Paper(title="Tides Are All Yo")
    assert incoming.notes == ["cut off: the last paper, “Tides Are All Yo”, has no abstract"]


def test_an_abstract_without_its_title_is_refused() -> None:
    rest = "of the variance. " + " ".join(BREAD.paragraphs * 2)
    incoming = read_text(rest + "\n\n  • 6 authors\n·\nAug 3\n\n" + page("full", PAPERS, ""))
    assert texts(incoming, "full") == told(PAPERS)
    assert [refusal.reason for refusal in incoming.refusals] == ["an abstract without its title"]


# Dates


def dated(*printed: str, page_date: date | None = None, today: date = TODAY) -> Incoming:
    papers = [
        Told(f"A Paper about Bread Number {i}", BREAD.paragraphs, f"  • 2 authors\n·\n{day}")
        for i, day in enumerate(printed)
    ]
    return read_text(page("full", papers), page_date, today)


@pytest.mark.parametrize(("printed", "expected"), [
    ("Aug 15", "2025-08-15"), ("Sep 18, 2023", "2023-09-18"), ("Jan 2, 2024 2", "2024-01-02"),
    ("Sept 3", "2025-09-03"), ("3 Sep 2024", "2024-09-03"), ("September 3, 2024", "2024-09-03"),
    ("Nov 22", "2024-11-22"), ("Feb 29", "2024-02-29"), ("Feb 29, 2023", "2023-02"),
    ("Feb 30", None), ("Aug 45", None), ("May. 3 12", "2025-05-03"),
])  # fmt: skip
def test_dates_with_a_page_date(printed: str, expected: str | None) -> None:
    incoming = dated(printed, page_date=TODAY)
    assert [paper.published for paper in incoming.papers] == [expected]
    assert not incoming.papers[0].extra
    assert not any("assumed" in note for note in incoming.notes)


@pytest.mark.parametrize(("printed", "today", "expected"), [
    (["Aug 15", "Oct 2, 2022", "Mar 3, 2021"], TODAY, ["2023-08-15", "2022-10-02", "2021-03-03"]),
    (["Aug 15", "May 1, 2025"], TODAY, ["2025-08-15", "2025-05-01"]),
    (["Dec 24", "Jan 5", "May 1, 2024"], TODAY, ["2024-12-24", "2025-01-05", "2024-05-01"]),
    (["Aug 15", "Jan 5"], TODAY, ["2025-08-15", "2025-01-05"]),  # and the head says Oct 27
    (["Aug 15", "Jan 5"], date(2025, 9, 1), ["2024-08-15", "2024-01-05"]),
    (["Feb 29", "Mar 1"], TODAY, ["2024-02-29", "2025-03-01"]),
])  # fmt: skip
def test_years_are_assumed(printed: list[str], today: date, expected: list[str]) -> None:
    incoming = dated(*printed, today=today)
    assert [paper.published for paper in incoming.papers] == expected
    assumed = [day for day, text in zip(expected, printed, strict=True) if ", " not in text]
    assert [
        p.published for p in incoming.papers if p.extra == {"assumed": ["published"]}
    ] == assumed
    years = " and ".join(sorted({day[:4] for day in assumed}))
    assert incoming.notes == [f"dates without a year: assumed {years}; --page-date says otherwise"]


@pytest.mark.parametrize(
    ("above", "page_date", "day", "is_assumed"),
    [
        ("", None, TODAY, True),
        ("Mar 11\n", None, date(2025, 3, 11), True),
        ("Feb 30\n", None, TODAY, True),
        ("Mar 11\nMar 12\n", None, TODAY, True),
        ("Mar 11, 2024\n", None, date(2024, 3, 11), False),
        ("Mar 11, 2024\n", date(2024, 3, 12), date(2024, 3, 12), False),
    ],
)
def test_the_day_of_a_page_is_said_or_in_its_head_or_today(
    above: str, page_date: date | None, day: date, is_assumed: bool
) -> None:
    papers = [BREAD._replace(title=f"A Paper about Bread Number {n}") for n in range(3)]
    found = read_text(page("compact", papers, head=HEADS["compact"] + "\n" + above), page_date)
    assert (found.day, found.is_day_assumed) == (day, is_assumed)
    assert len(found.papers) == 3


# What is no listing, and what is large

ESSAY = """On Walking

I have walked to work for eleven years. In this time, I have met the same dog every day, and we
have become friends. We do not speak much. A study of walking would say that it is healthy.

On Not Walking

Some days it rains. Then I take the bus, and we all sit there with our wet umbrellas.
"""
README = """# Daily papers\n\nA tool that reads pages.\n\n## Install\n\n```\npip install it\n```
\n* Get trending papers in your email inbox!\n\nWe hope that our tool is of use.\n"""


@pytest.mark.parametrize("text", [
    "", "\ufeff \n\n", "x", ESSAY, ESSAY * 20, README, Path(__file__).read_text("utf-8"),
    "@article{a2024,\n  title = {A Title},\n  abstract = {We study a thing.},\n}\n" * 30,
    json.dumps([{"title": p.title, "abstract": p.paragraphs[0]} for p in PAPERS], indent=1),
    "TY  - JOUR\nTI  - A Title of it\nAB  - We study.\n" * 50, "\x00" * 1000, "word " * 2_000_000,
    random.Random(1).randbytes(50_000).decode("latin-1"),
    random.Random(1).randbytes(50_000).decode("utf-8", "replace"),
], ids=lambda text: re.sub(r"\W+", "-", text[:20]))  # fmt: skip
def test_what_is_no_listing_is_refused_in_a_line(text: str) -> None:
    assert not looks_like(text)
    with pytest.raises(FormatError) as caught:
        read(text, page_date=None, today=TODAY)
    assert len(str(caught.value).splitlines()) == 1
    assert len(str(caught.value)) < 120


@pytest.mark.parametrize("text", [
    "word " * 2_000_000, "T\n" + "a.io/" * 2_000_000 + " x", "Subscribe" * 1_000_000,
    ".)" * 5_000_000 + "x", "word\n" * 100_000, "Next\n" * 100_000, "Aug 15\n" * 100_000,
    ("Next " * 15 + "q\n") * 20_000, "A Title of Bread {}\nWe bake.\n" * 50_000,
], ids=lambda text: re.sub(r"\W+", "-", text[:12]))  # fmt: skip
def test_no_size_is_slow(text: str) -> None:
    start = time.process_time()
    with suppress(FormatError):
        read(HEAD + text, page_date=None, today=TODAY)
    assert time.process_time() - start < 8


# Any page

words = st.sampled_from(["robust", "sparse", "bread", "policy", "kernel", "agent", "tide", "oven"])
openings = st.sampled_from(["We show that the", "It is this", "These are our"])
sentences = st.tuples(openings, st.lists(words, min_size=3, max_size=12)).map(
    lambda parts: f"{parts[0]} {' '.join(parts[1])}."
)
paragraphs = st.lists(sentences, min_size=1, max_size=4).map(" ".join)
titles = st.tuples(
    st.sampled_from(["", "", "TideNet: ", "BREAD-2: ", "iOven: "]),
    st.lists(words, min_size=4, max_size=24).map(lambda words: " ".join(words)[:180].strip()),
    st.sampled_from([str.title, str.title, str.upper]),
    st.sampled_from(["", "", "?"]),
).map(lambda parts: parts[0] + parts[2](parts[1]) + parts[3])
tellers = st.integers(1, 999).map(lambda n: f"  • {n} authors") | st.sampled_from(
    ["UCAS ucas", "Google", "01.AI", "Z.ai", "Apple Inc."]
)
days = st.tuples(
    st.dates(date(2018, 1, 1), date(2024, 12, 31)), st.sampled_from(["", "", " 1", " 27"])
).map(lambda parts: f"{parts[0].strftime('%b')} {parts[0].day}, {parts[0].year}{parts[1]}")
below = st.tuples(tellers, st.just("·"), days).map("\n".join)
told_papers = st.builds(Told, titles, st.lists(paragraphs, min_size=1, max_size=3), below)
pages = st.lists(told_papers, min_size=2, max_size=12, unique_by=lambda p: title_key(p.title))


@settings(max_examples=50)
@given(st.sampled_from(LAYOUTS), pages, st.sampled_from(FEET))
def test_any_page_comes_in_exactly(layout: str, papers: list[Told], foot: str) -> None:
    incoming = read_text(page(layout, papers, foot=foot))
    assert texts(incoming, layout) == told(papers)
    assert not incoming.refusals and not incoming.notes
    for paper, (_, _, below) in zip(incoming.papers, papers, strict=True):
        if layout == "full":
            above, _, day = below.split("\n")
            authors = f"  • {paper.author_count} authors"
            assert (authors if paper.author_count else paper.organization) == above
            assert iso(day[:12].strip()) == paper.published
            assert str(paper.comments or "") == day.partition(", ")[2][4:].strip()


@settings(max_examples=50)
@given(st.sampled_from(LAYOUTS), pages, st.integers(0, 3000), st.integers(0, 3000), st.text())
def test_any_text_is_read_or_refused(
    layout: str, papers: list[Told], start: int, end: int, text: str
) -> None:
    whole = page(layout, papers)
    for part in (whole[:end], whole[start:end], whole[start:], text, whole[:end] + text):
        with suppress(FormatError):
            found = read(part, page_date=None, today=TODAY).papers
            assert found and all(paper.title for paper in found)
