"""Which papers queries find, and in what order."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from readlist.paper import Paper, Status
from readlist.search.evaluate import GivenUpError, Searcher, matches
from readlist.search.query import parse

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
PAPERS = [
    Paper(
        id=1,
        citekey="garcia2026reward",
        title="A Reward Model That Knows When It Does Not Know",
        abstract="Reinforcement learning from human feedback. We use policy gradient methods.",
        authors=["Alba García-Durán", "Jun Ito"],
        organization="Instituto de Ciencia",
        published="2026-03",
        identifiers={"arxiv": "2611.09914", "doi": "10.1016/s0140-6736(20)30183-5"},
        urls={"pdf": "https://example.org/a.pdf", "code": "https://example.org"},
        categories=["cs.LG", "stat.ML"],
        upvotes=142,
        comments=9,
        tags=["rl/reward"],
        added="2026-03-31T08:00:00Z",
        sources=[{"name": "huggingface", "at": "2026-03-31"}],
    ),
    Paper(
        id=2,
        title="Offline RL Without the Bellman Backup",
        abstract="We study fine-tuning of a transformer.",
        authors=["Richard Sutton"],
        author_count=7,
        published="2023",
        categories=["cs.CL"],
        tags=["offline", "rl"],
        status=Status.READ,
        note="Read with **Müller**.",
        added="2026-03-24T23:30:00Z",
        finished="2026-01-01T10:00:00Z",
        starred=True,
    ),
    Paper(
        id=3,
        title="Finetuning Transformers: Œuvre complète",
        abstract="The gradient of a policy, and offline data.",
        published="2024-01-15",
        venue="NeurIPS",
        tags=["llm"],
        status=Status.TO_READ,
        comments=0,
        added="2026-03-01T00:00:00Z",
        files=["/home/me/Paper.PDF"],
    ),
    Paper(
        id=4,
        title="离线强化学习的研究",
        tags=["rl"],
        status=Status.ARCHIVED,
        added="2025-12-31T23:59:59Z",
    ),
]


@pytest.fixture(scope="module")
def searcher() -> Searcher:
    return Searcher(PAPERS)


def found(
    searcher: Searcher, text: str, *, typing: bool = False, forgiving: bool = False
) -> set[int]:
    answer = searcher.find(
        parse(text, typing=typing), forgiving=forgiving, now=NOW, last_import=frozenset({2, 4})
    )
    return set(answer.ids)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("", {1, 2, 3}),
        ("offline", {2, 3}),
        ("OFFLINE rl", {2}),
        ("trans", set()),
        ("garcia", {1}),
        ("duran", {1}),
        ("García-Durán", {1}),
        ("muller", {2}),
        ("oeuvre", {3}),
        ("neurips", {3}),
        ("ciencia", {1}),
        ("fine-tuning", {2, 3}),
        ("fine tuning", {2, 3}),
        ('"policy gradient"', {1}),
        ("policy gradient", {1, 3}),
        ('"offline rl"', {2}),
        ('"rl offline"', set()),
        ("2611.09914", {1}),
        ("https://arxiv.org/abs/2611.09914v3", {1}),
        ("https://doi.org/10.1016/S0140-6736(20)30183-5", {1}),
        ("title:offline", {2}),
        ("title:off", set()),
        ("abstract:offline", {3}),
        ("abstract:fine-tuning", {2}),
        ("title:fine-tuning", {3}),
        ("@sutton", {2}),
        ("author:garcia", {1}),
        ("author:gar", set()),
        ('author:"alba garcia"', {1}),
        ('author:"duran jun"', set()),
        ("note:müller", {2}),
        ("venue:neurips", {3}),
        ("org:ciencia", {1}),
        ("source:huggingface", {1}),
        ("#rl", {1, 2}),
        ("tag:rl/reward", {1}),
        ("tag:r", set()),
        ("tag:#RL", {1, 2}),
        ('tag:"rl"', {1, 2}),
        ("category:cs", {1, 2}),
        ("category:CS.lg", {1}),
        ("category:c", set()),
        ("arxiv:2611.09914v2", {1}),
        ("arxiv:2611", {1}),
        ("doi:https://doi.org/10.1016/S0140-6736(20)30183-5", {1}),
        ("doi:10.1016", {1}),
        ("doi:10.48550/arXiv.2611.09914", {1}),
        ("citekey:Garcia2026", {1}),
        ("type:article", {1, 2, 3}),
        ("id:2", {2}),
        ("id:2..4", {2, 3, 4}),
        ("is:new", {1}),
        ("is:to-read", {3}),
        ("is:unread", {1, 3}),
        ("is:starred", {2}),
        ("is:archived", {4}),
        ("is:any", {1, 2, 3, 4}),
        ("-is:read", {1, 3}),
        ("has:note", {2}),
        ("has:authors", {1, 2}),
        ("has:pdf", {1, 3}),
        ("has:code", {1}),
        ("-has:tags", set()),
        ("has:comments", {1}),
        ("comments:0", {3}),
        ("comments:>3", {1}),
        ("upvotes:10..", {1}),
        ("authors:>5", {2}),
        ("authors:2", {1}),
        ("import:last", {2}),
        ("year:2023", {2}),
        ("year:2023..2024", {2, 3}),
        ("published:2024-01", {3}),
        ("published:2023-05..2024", {2, 3}),
        ("published:>2023", {1, 3}),
        ("published:2026-03-20", {1}),
        ("added:<7d", {1}),
        ("finished:>=2026-01-01", {2}),
        ("-rl", {3}),
        ("rl OR transformers", {1, 2, 3}),
        ("(rl OR transformers) -offline", {1}),
        ("-(rl OR transformers)", set()),
        ("/reward .* know/", {1}),
        ("/bell(man)?\\b/ OR /^the gradient/", {2, 3}),
        ("/(?-i:offline)/", {3}),
        ("学习 is:any", {4}),
        ('"强化学习" is:any', {4}),
        ("习学 is:any", set()),
    ],
)
def test_a_query_finds(searcher: Searcher, text: str, ids: set[int]) -> None:
    assert found(searcher, text) == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("tra", {2, 3}),
        ("r", {1, 2}),
        ("offline tra", {2, 3}),
        ("off rl", set()),
        ("fine-t", {2, 3}),
        ("tag:rl/r", {1}),
        ("tag:r", {1, 2}),
        ("category:c", {1, 2}),
        ("author:gar", {1}),
        ("title:off", {2}),
        ("-tra", {1, 2, 3}),
        ("强", set()),
    ],
)
def test_while_typing_the_last_word_is_a_beginning(
    searcher: Searcher, text: str, ids: set[int]
) -> None:
    assert found(searcher, text, typing=True) == ids


def test_mistakes_are_forgiven_where_nothing_has_the_word(searcher: Searcher) -> None:
    def forgiven(text: str, *, typing: bool = False) -> dict[str, tuple[str, ...]]:
        return searcher.find(parse(text, typing=typing), forgiving=True).forgiven

    assert forgiven("Reinfrocement") == {"reinfrocement": ("reinforcement",)}
    assert forgiven("suton offlien") == {"suton": ("sutton",), "offlien": ("offline",)}
    assert forgiven("reinfrocem", typing=True) == {"reinfrocem": ("reinforcement",)}
    assert forgiven("transfrmer") == {"transfrmer": ("transformer",)}
    assert forgiven("reinfrocem") == {}
    assert forgiven("modl rl 2612") == {"modl": ("model",)}
    assert forgiven('"offlien" -offlien title:offlien ofl') == {}
    assert forgiven("offline") == {}
    assert found(searcher, "polciy-gradeint", forgiving=True) == {1, 3}
    assert found(searcher, "offlien", forgiving=False) == set()
    assert found(searcher, "-offlien", forgiving=True) == {1, 2, 3}


def test_archived_papers_that_match_are_named_apart(searcher: Searcher) -> None:
    answer = searcher.find(parse("tag:rl"))
    assert (list(answer.ids), list(answer.archived)) == ([1, 2], [4])
    answer = searcher.find(parse("tag:rl is:any"))
    assert (list(answer.ids), list(answer.archived)) == ([1, 2, 4], [])
    answer = searcher.find(parse(""), order=[4, 3, 9, 1])
    assert (list(answer.ids), list(answer.archived)) == ([3, 1], [4])


def test_without_words_the_order_is_that_of_the_list(searcher: Searcher) -> None:
    assert list(searcher.find(parse("is:any"), order=[3, 1, 2, 4]).ids) == [3, 1, 2, 4]
    assert list(searcher.find(parse("@sutton OR tag:llm"), order=[3, 2]).ids) == [3, 2]
    assert list(searcher.find(parse("rl sort:-title"), order=[2, 1]).ids) == [2, 1]


def test_best_match_first() -> None:
    texts: list[dict[str, Any]] = [
        {"abstract": "a word on diffusion"},
        {"authors": ["Ada Diffusion"]},
        {"title": "Diffusion"},
        {"title": "On diffusion and images"},
        {"title": "Images by diffusion"},
        {"title": "Diffusional"},
        {"tags": ["diffusion"]},
    ]
    papers = [Paper(id=n, **({"title": "x"} | fields)) for n, fields in enumerate(texts, 1)]
    searcher = Searcher(papers)
    order = [7, 6, 5, 4, 3, 2, 1]
    assert list(searcher.find(parse("diffusion", typing=True), order=order).ids) == [
        3,
        5,
        4,
        6,
        7,
        2,
        1,
    ]
    assert list(searcher.find(parse('"by diffusion"'), order=order).ids) == [5]
    assert list(searcher.find(parse("images diffusion"), order=order).ids) == [5, 4]
    assert list(searcher.find(parse("on diffusion"), order=order).ids) == [4, 1]


def test_a_rare_word_counts_more_than_a_common_one() -> None:
    papers = [Paper(id=n, title="model", abstract="x") for n in range(1, 9)]
    papers += [Paper(id=9, title="model"), Paper(id=10, title="octopus")]
    assert Searcher(papers).find(parse("model OR octopus")).ids[0] == 10


def test_what_is_found_is_what_is_shown() -> None:
    papers = [
        Paper(id=1, title=r"\textbf{Deep} $\alpha$", abstract=r"96\% at $\lambda_1$", note="$x_i$"),
        Paper(id=2, title="Mathbf and textbf", note=r"\alpha"),
    ]
    searcher = Searcher(papers)
    for query, ids in {
        "alpha": [1, 2], "title:α": [1], "lambda": [1], "textbf": [2], "mathbf": [2],
        'note:"x i"': [1], '"deep alpha"': [1], "/96% at λ₁/": [1],
    }.items():  # fmt: skip
        assert sorted(searcher.find(parse(query)).ids) == ids, query
        assert [paper.id for paper in papers if matches(parse(query), paper)] == ids, query


def test_a_paper_alone_can_be_asked() -> None:
    assert matches(parse("offline tag:rl"), PAPERS[1])
    assert matches(parse("tag:rl"), PAPERS[3])
    assert not matches(parse("offlien"), PAPERS[1])
    assert matches(parse(""), Paper(title="x"))


@pytest.fixture
def zone() -> Iterator[None]:
    if not hasattr(time, "tzset"):
        pytest.skip("the time zone of a process cannot be set here")
    before = os.environ.get("TZ")
    os.environ["TZ"] = "America/New_York"
    time.tzset()
    yield
    os.environ.pop("TZ")
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.usefixtures("zone")
def test_days_are_local() -> None:
    # midnight in New York is 04:00 UTC in summer, 05:00 in winter; the clocks went ahead on 8 March
    stamps = ["2026-03-31T03:59:59Z", "2026-03-31T04:00:00Z", "2026-03-01T04:59:59Z"]
    papers = [Paper(id=n, title="x", added=stamp) for n, stamp in enumerate(stamps, 1)]
    searcher = Searcher(papers)
    for now in (datetime(2026, 3, 31, 9), NOW, NOW.astimezone(timezone(timedelta(hours=14)))):
        assert list(searcher.find(parse("added:today"), now=now).ids) == [2]
        assert list(searcher.find(parse("added:yesterday"), now=now).ids) == [1]
        assert list(searcher.find(parse("added:2026-02"), now=now).ids) == [3]
        assert list(searcher.find(parse("added:..2026-02-28"), now=now).ids) == [3]


def test_a_spoilt_stamp_harms_nothing() -> None:
    papers = [Paper(id=1, title="x", added="soon", published="?"), Paper(id=2, title="")]
    texts = ["added:7d", "added:..2020", "published:2020..", "year:<9999", "sort:published", "x"]
    for text in texts:
        Searcher(papers).find(parse(text))


def test_conditions_import_no_rapidfuzz_and_no_numpy() -> None:
    code = (
        "import sys; from readlist.search.evaluate import Searcher;"
        "from readlist.search.query import parse; from readlist.paper import Paper;"
        "s = Searcher([Paper(id=1, title='x')]);"
        "[s.find(parse(t), forgiving=True) for t in ('is:new', '/x/', 'tag:a year:2023')];"
        "assert not {'rapidfuzz', 'numpy', 'Stemmer', 'textual', 'tinydb'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_an_answer_that_is_not_wanted_any_more_is_given_up_between_two_papers():
    papers = {number: Paper(id=number, title=f"paper {number}") for number in range(1, 10)}
    read = []

    def reading(number):
        read.append(number)
        return papers[number]

    searcher = Searcher(papers.values(), read=reading)
    with pytest.raises(GivenUpError):
        searcher.find(parse("/pa.er/"), is_wanted=lambda: len(read) < 3)
    assert len(read) == 3
    assert len(searcher.find(parse("/pa.er/")).ids) == 9
    assert len(read) == 9  # what was tried is known
