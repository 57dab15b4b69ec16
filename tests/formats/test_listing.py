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
PAGES = Path(__file__).parents[3] / "shared" / "pages"
REAL = sorted(PAGES.glob("*.txt"))
needs_pages = pytest.mark.skipif(not REAL, reason=f"the real pages are not in {PAGES}")

HEAD = "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nDaily Papers\n\n"
HEAD += "byAK and the research community\n\nOct 27\n\n"
COMPACT_HEAD = "Get trending papers in your email inbox once a day!\nSubscribe"
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


def page(layout: str, papers: list[Told], head: str | None = None, foot: str = "") -> str:
    gap = "\n" if layout == "compact" else "\n\n"
    parts: list[str] = []
    for paper in papers:
        parts += [paper.title, *paper.paragraphs]
        if layout == "full" and paper.below:
            parts.append(paper.below)
    if head is None:
        head = COMPACT_HEAD if layout == "compact" else HEAD
    return head + gap.join(parts) + "\n" + foot


def read_text(text: str, page_date: date | None = None, today: date = TODAY) -> Incoming:
    assert looks_like(text)
    return read(text, page_date=page_date, today=today)


def texts(incoming: Incoming, layout: str) -> list[tuple[str, list[str]]]:
    gap = "\n" if layout == "compact" else "\n\n"
    return [(paper.title, paper.abstract.split(gap)) for paper in incoming.papers]


def told(papers: list[Told]) -> list[tuple[str, list[str]]]:
    return [(paper.title, paper.paragraphs) for paper in papers]


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
    [
        "面包发酵是一个复杂的过程。本文提出一种新的建模方法,并在四十个厨房中进行了实验。结果表明该方法有效。"
    ],
    "Carnegie Mellon University\n·\nMay 3",
)
PAPERS = [BREAD, TIDES, MAPS, CATS, HANZI]
LAYOUTS = ["compact", "spaced", "full"]


# The real pages


def iso(printed: str | None) -> str | None:
    """Return a printed date of the real pages, whose own year is 2025, as ISO 8601."""
    if not printed:
        return None
    month, day, *year = printed.replace(",", "").split()
    number = "JanFebMarAprMayJunJulAugSepOctNovDec".index(month) // 3 + 1
    return date(int(year[0]) if year else 2025, number, int(day)).isoformat()


@needs_pages
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_real_pages_come_in_exactly(path: Path) -> None:
    expected = json.loads(path.with_suffix("").with_suffix(".expected.json").read_text("utf-8"))
    incoming = read_text(path.read_text("utf-8"))
    found = [
        (p.title, p.abstract, p.author_count, p.organization, p.published, p.comments)
        for p in incoming.papers
    ]
    assert found == [
        (
            p["title"], p["abstract"], p.get("author_count"), p.get("organization"),
            iso(p.get("date")), p.get("comments"),
        )
        for p in expected
    ]  # fmt: skip
    assert not incoming.refusals
    assert (incoming.format, incoming.source) == ("listing", "huggingface")


@needs_pages
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_real_pages_mutated(path: Path) -> None:
    text = path.read_text("utf-8")
    papers = read_text(text).papers
    for changed in (text.replace("\n", "\r\n"), "\ufeff" + text, text.rstrip(), text + text):
        assert read_text(changed).papers == papers
    for foot in FEET:
        assert read_text(text + "\n" + foot).papers == papers


@needs_pages
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_real_pages_cut_anywhere_keep_what_is_whole(path: Path) -> None:
    text = path.read_text("utf-8")
    papers = read_text(text, TODAY).papers
    for end in range(0, len(text), 2963):
        try:
            found = read(text[:end], page_date=TODAY, today=TODAY).papers
        except FormatError:
            assert end < 1000
            continue
        assert found[:-1] == papers[: len(found) - 1]
        assert_cut(found[-1], papers[len(found) - 1])


@needs_pages
def test_the_real_pages_are_read_fast() -> None:
    whole = [path.read_text("utf-8") for path in REAL]
    times = []
    for _ in range(3):
        start = time.perf_counter()
        for text in whole:
            read_text(text)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.3  # 0.03 on a quiet machine


# Pages of our own


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("foot", FEET)
def test_layouts(layout: str, foot: str) -> None:
    incoming = read_text(page(layout, PAPERS, foot=foot))
    assert texts(incoming, layout) == told(PAPERS)
    assert not incoming.refusals
    if layout != "full":
        assert not incoming.notes
        assert all(paper.published is None and not paper.extra for paper in incoming.papers)


def test_what_stands_below_an_abstract() -> None:
    papers = read_text(page("full", PAPERS)).papers
    assert [(p.author_count, p.organization, p.comments) for p in papers] == [
        (6, None, None), (None, "UCAS ucas", None), (12, None, 2), (1, None, None),
        (None, "Carnegie Mellon University", None),
    ]  # fmt: skip


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
    papers = [*PAPERS, *(p._replace(title=f"{p.title}, Revisited") for p in PAPERS)]
    if not head:  # short abstracts alone do not tell a listing from other texts
        papers = [p._replace(paragraphs=[" ".join(BREAD.paragraphs)]) for p in papers]
    assert texts(read_text(page(layout, papers, head=head)), layout) == told(papers)


@pytest.mark.parametrize(
    "title", ["Subscribers Leave: A Study", "Subscribe to Learn, Learn to Stay"]
)
def test_a_title_that_begins_like_the_head(title: str) -> None:
    papers = [BREAD._replace(title=title), MAPS]
    for layout in LAYOUTS:
        assert texts(read_text(page(layout, papers)), layout) == told(papers)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_votes_and_submitters_stand_around_papers(layout: str) -> None:
    gap = "\n" if layout == "compact" else "\n\n"
    around = [
        p._replace(title=gap.join(["Submitted by", f"user{i}", "-" if i % 2 else "101", p.title]))
        for i, p in enumerate(PAPERS)
    ]
    head = "Get trending papers in your email inbox!\n\nSubscribe\n\n"
    assert texts(read_text(page(layout, around, head=head)), layout) == told(PAPERS)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "paper",
    [
        BREAD._replace(title="A theory of bread."),
        BREAD._replace(title="What is it that we do when we bake?"),
        BREAD._replace(title="learning to bake without an oven"),
        BREAD._replace(title="Bread " * 33 + "Ends."),
        BREAD._replace(title="Imagen 3"),
        BREAD._replace(title="INT v.s. FP: Which Flour?"),
        BREAD._replace(paragraphs=["We bake."]),
        BREAD._replace(paragraphs=[*BREAD.paragraphs, "Our code is at https://bread.example.org"]),
        BREAD._replace(paragraphs=[*BREAD.paragraphs, "Code: https://github.com/bread/bread"]),
        BREAD._replace(
            paragraphs=[
                "Our contributions are the following:", "1. We bake a loaf in an oven.",
                "2. We bake another one.", "- It is eaten by all authors.",
            ]
        ),
    ],
    ids=lambda paper: f"{paper.title[:20]}/{paper.paragraphs[-1][:20]}",
)  # fmt: skip
def test_titles_and_abstracts_of_odd_shapes(layout: str, paper: Told) -> None:
    papers = [TIDES, paper, MAPS, CATS, HANZI]
    assert texts(read_text(page(layout, papers)), layout) == told(papers)


def test_lines_within_a_paragraph_where_blank_lines_stand_between() -> None:
    broken = [p._replace(paragraphs=[q.replace(". ", ".\n") for q in p.paragraphs]) for p in PAPERS]
    assert texts(read_text(page("spaced", broken)), "spaced") == told(broken)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_line_ends_byte_order_mark_and_the_page_twice(layout: str) -> None:
    text = page(layout, PAPERS)
    papers = read_text(text).papers
    for changed in (
        text.replace("\n", "\r\n"), text.replace("\n", "\r"), "\ufeff" + text, text.rstrip("\n"),
        text + text, text + "\n\n" + FEET[2] + "\ufeff" + text, "\n\n" + text + "\n\n",
    ):  # fmt: skip
        assert read_text(changed).papers == papers


def test_of_a_page_pasted_cut_and_whole_the_whole_counts() -> None:
    text = page("full", PAPERS)
    cut = text[: text.index("They do not")]
    papers = read_text(cut + "\n" + text).papers
    assert papers == read_text(text + cut).papers[: len(papers)] == read_text(text).papers


def test_hostile_text_is_cleaned() -> None:
    papers = [BREAD._replace(title="Bread \x1b[31mRising\x1b[0m  by\u202e Heat\tAlone"), MAPS]
    assert read_text(page("spaced", papers)).papers[0].title == "Bread Rising by Heat Alone"


# Cut pages


def assert_cut(cut: Paper, whole: Paper) -> None:
    """Check that a paper that a page ends in has nothing that the whole one has not."""
    if not cut.abstract:
        assert whole.title.startswith(cut.title)
        assert cut.author_count is cut.published is None
        return
    assert cut.title == whole.title
    assert whole.abstract.startswith(cut.abstract)
    assert cut.author_count in (None, whole.author_count)
    assert cut.organization in (None, whole.organization)
    if cut.published and cut.published != whole.published:  # `Sep 18` may be whole: a page that
        assert cut.abstract == whole.abstract  # does not end in a line end is not always cut


@pytest.mark.parametrize("layout", LAYOUTS)
def test_cut_at_every_37th_character(layout: str) -> None:
    papers = [BREAD, CATS, MAPS, BREAD._replace(title="Bread Again: Now with Seeds"), HANZI]
    text = page(layout, papers)
    whole = read_text(text, TODAY).papers
    for end in range(0, len(text), 37):
        try:
            found = read(text[:end], page_date=TODAY, today=TODAY)
        except FormatError:
            assert end < text.index(BREAD.title) + 4
            continue
        assert not found.refusals
        count = len(found.papers)
        assert found.papers[:-1] == whole[: count - 1]
        assert_cut(found.papers[-1], whole[count - 1])


@pytest.mark.parametrize(
    "end", ["  •", "  • 6", "  • 6 auth", "  • 6 authors", "  • 6 authors\n·", "UCA",
            "UCAS ucas\n·\nSe", "UCAS ucas\n·\nSep 18,", "UCAS ucas\n·\nSep 18, 20"]
)  # fmt: skip
def test_cut_below_an_abstract(end: str) -> None:
    incoming = read_text(page("full", [MAPS, BREAD._replace(below=end)]).rstrip("\n"))
    assert texts(incoming, "full") == told([MAPS, BREAD])
    paper = incoming.papers[1]
    assert paper.published is None
    assert paper.author_count == (6 if "authors" in end else None)
    assert incoming.notes[-1].startswith("cut off in the middle of the last paper, “How Sourdough")


def test_a_cut_title_comes_in_and_is_noted() -> None:
    incoming = read_text(page("compact", [BREAD, MAPS]) + "Tides Are All Yo")
    assert [paper.title for paper in incoming.papers][2:] == ["Tides Are All Yo"]
    assert incoming.papers[2].abstract == ""
    assert incoming.notes == ["cut off: the last paper, “Tides Are All Yo”, has no abstract"]


def test_an_abstract_without_its_title_is_refused() -> None:
    rest = "of the variance. " + " ".join(BREAD.paragraphs * 2)
    incoming = read_text(rest + "\n\n  • 6 authors\n·\nAug 3\n\n" + page("full", PAPERS, head=""))
    assert texts(incoming, "full") == told(PAPERS)
    assert [r.reason for r in incoming.refusals] == ["an abstract without its title"]


# Dates


def dated(*printed: str, page_date: date | None = None, today: date = TODAY) -> Incoming:
    papers = [
        Told(f"A Paper about Bread Number {i}", BREAD.paragraphs, f"  • 2 authors\n·\n{day}")
        for i, day in enumerate(printed)
    ]
    return read_text(page("full", papers), page_date, today)


def published(incoming: Incoming) -> list[str | None]:
    return [paper.published for paper in incoming.papers]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Aug 15", "2025-08-15"), ("Sep 18, 2023", "2023-09-18"), ("Jan 2, 2024 2", "2024-01-02"),
        ("Sept 3", "2025-09-03"), ("3 Sep 2024", "2024-09-03"), ("September 3, 2024", "2024-09-03"),
        ("Nov 22", "2024-11-22"), ("Feb 29", "2024-02-29"), ("Feb 29, 2023", "2023-02"),
        ("Feb 30", None), ("Aug 45", None), ("May. 3 12", "2025-05-03"),
    ],
)  # fmt: skip
def test_dates_with_a_page_date(printed: str, expected: str | None) -> None:
    incoming = dated(printed, page_date=TODAY)
    assert published(incoming) == [expected]
    assert not incoming.papers[0].extra
    assert not incoming.notes or expected is None


def test_the_year_is_the_one_after_the_latest_written() -> None:
    incoming = dated("Aug 15", "Oct 2, 2022", "Mar 3, 2021")
    assert published(incoming) == ["2023-08-15", "2022-10-02", "2021-03-03"]
    assert [paper.extra for paper in incoming.papers] == [{"assumed": ["published"]}, {}, {}]
    assert incoming.notes == ["dates without a year: assumed 2023; --page-date says otherwise"]


@pytest.mark.parametrize(
    ("printed", "today", "expected"),
    [
        (["Aug 15", "May 1, 2025"], TODAY, ["2025-08-15", "2025-05-01"]),
        (["Dec 24", "Jan 5", "May 1, 2024"], TODAY, ["2024-12-24", "2025-01-05", "2024-05-01"]),
        (["Aug 15", "Jan 5"], TODAY, ["2025-08-15", "2025-01-05"]),  # the head says Oct 27
        (["Aug 15", "Jan 5"], date(2025, 9, 1), ["2024-08-15", "2024-01-05"]),
        (["Feb 29", "Mar 1"], TODAY, ["2024-02-29", "2025-03-01"]),
    ],
)
def test_an_assumed_date_is_never_in_the_future(
    printed: list[str], today: date, expected: list[str]
) -> None:
    assert published(dated(*printed, today=today)) == expected


# What is no listing

ESSAY = """On Walking

I have walked to work for eleven years. In this time, I have met the same dog every day, and we
have become friends. We do not speak much. A study of walking would say that it is healthy.

On Not Walking

Some days it rains. Then I take the bus, and we all sit there with our wet umbrellas.
"""


@pytest.mark.parametrize(
    "text",
    [
        "", "\ufeff \n\n", "x", ESSAY, ESSAY * 20, ESSAY.replace("\n\n", "\n"),
        "@article{a2024,\n  title = {A Title},\n  abstract = {We study a thing.},\n}\n" * 30,
        json.dumps([{"title": p.title, "abstract": p.paragraphs[0]} for p in PAPERS], indent=1),
        Path(__file__).read_text("utf-8"),
        "# Daily papers\n\nA tool that reads pages.\n\n## Install\n\n```\npip install it\n```\n\n"
        "* Get trending papers in your email inbox!\n\nWe hope that our tool is of use.\n",
        random.Random(1).randbytes(50_000).decode("latin-1"),
        random.Random(1).randbytes(50_000).decode("utf-8", "replace"),
        "\x00" * 1000, "word " * 2_000_000, "TY  - JOUR\nTI  - A Title of it\nAB  - We study.\n" * 50,
        "title,abstract\n" + "\n".join(f'"{p.title}","{p.paragraphs[0]}"' for p in PAPERS),
    ],
    ids=lambda text: re.sub(r"\W+", "-", text[:20]),
)  # fmt: skip
def test_what_is_no_listing_is_refused_in_a_line(text: str) -> None:
    assert not looks_like(text)
    with pytest.raises(FormatError) as caught:
        read(text, page_date=None, today=TODAY)
    assert len(str(caught.value).splitlines()) == 1
    assert len(str(caught.value)) < 120


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "word " * 2_000_000, HEAD + "T\n" + "a.io/" * 2_000_000 + " x",
        HEAD + "Subscribe" * 1_000_000, HEAD + ".)" * 5_000_000 + "x", HEAD + "word\n" * 100_000,
        HEAD + "Next\n" * 100_000, HEAD + "Aug 15\n" * 100_000, HEAD + ("Next " * 15 + "q\n") * 20_000,
        HEAD + "\n\n".join(f"A Title of Bread {i}\n\nWe bake." for i in range(25_000)),
    ],
    ids=lambda text: re.sub(r"\W+", "-", text[len(HEAD) :][:12]),
)  # fmt: skip
def test_no_size_is_slow(text: str) -> None:
    start = time.perf_counter()
    with suppress(FormatError):
        read(text, page_date=None, today=TODAY)
    assert time.perf_counter() - start < 8  # 2 on a quiet machine


# Any page

words = st.sampled_from(["robust", "sparse", "bread", "policy", "kernel", "agent", "tide", "oven"])
names = st.sampled_from(["", "", "TideNet: ", "BREAD-2: ", "iOven: "])


@st.composite
def any_title(draw: st.DrawFn) -> str:
    text = " ".join(draw(st.lists(words, min_size=4, max_size=24)))[:180].strip()
    case = draw(st.sampled_from([str.title, str.upper, str.title]))
    return draw(names) + case(text) + draw(st.sampled_from(["", "", "?"]))


@st.composite
def any_paragraph(draw: st.DrawFn) -> str:
    sentences = draw(st.lists(st.lists(words, min_size=3, max_size=12), min_size=1, max_size=4))
    openings = st.sampled_from(["We show that the", "It is this", "These are our"])
    return " ".join(f"{draw(openings)} {' '.join(sentence)}." for sentence in sentences)


@st.composite
def any_paper(draw: st.DrawFn) -> Told:
    above = draw(
        st.one_of(
            st.integers(1, 999).map(lambda n: f"  • {n} authors"),
            st.sampled_from(["UCAS ucas", "Google", "01.AI", "Z.ai", "Apple Inc."]),
        )
    )
    day = draw(st.dates(date(2018, 1, 1), date(2024, 12, 31)))
    comments = draw(st.sampled_from(["", "", " 1", " 27"]))
    below = f"{above}\n·\n{day.strftime('%b')} {day.day}, {day.year}{comments}"
    abstract = draw(st.lists(any_paragraph(), min_size=1, max_size=3))
    return Told(draw(any_title()), abstract, below)


papers_of_a_page = st.lists(
    any_paper(), min_size=2, max_size=12, unique_by=lambda p: title_key(p.title)
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(LAYOUTS), papers_of_a_page, st.sampled_from(FEET))
def test_any_page_comes_in_exactly(layout: str, papers: list[Told], foot: str) -> None:
    incoming = read_text(page(layout, papers, foot=foot))
    assert texts(incoming, layout) == told(papers)
    assert not incoming.refusals and not incoming.notes
    if layout != "full":
        return
    for paper, (_, _, below) in zip(incoming.papers, papers, strict=True):
        above, _, day = below.split("\n")
        authors = f"  • {paper.author_count} authors" if paper.author_count else paper.organization
        assert authors == above
        assert paper.published is not None and paper.published[:4] in day
        assert str(paper.comments or "") == day.partition(", ")[2][4:].strip()


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(LAYOUTS), papers_of_a_page, st.data())
def test_any_cut_page_raises_nothing_else(
    layout: str, papers: list[Told], data: st.DataObject
) -> None:
    text = page(layout, papers)
    start, end = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2)))
    for part in (text[:end], text[start:end], text[start:]):
        try:
            read(part, page_date=None, today=TODAY)
        except FormatError:
            assert not looks_like(part)


@settings(max_examples=300, deadline=None)
@given(st.text(), st.sampled_from(["", HEAD, COMPACT_HEAD]))
def test_any_text_at_all(text: str, head: str) -> None:
    try:
        incoming = read(head + text, page_date=None, today=TODAY)
    except FormatError as error:
        assert len(str(error).splitlines()) == 1
    else:
        assert all(paper.title for paper in incoming.papers)
