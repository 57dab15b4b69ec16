"""Authors whose name a query's words are, one of them mistyped perhaps."""

import pytest

from readlist.paper import Paper
from readlist.search.evaluate import Answer, Searcher
from readlist.search.query import parse


def asked(text: str, *authors: list[str], typing: bool = False) -> Answer:
    """Return what is found in papers by these authors, of one paper each."""
    papers = [Paper(id=n, title="x", authors=names) for n, names in enumerate(authors, 1)]
    return Searcher(papers).find(parse(text, typing=typing), forgiving=True)


APART = [["Yilun Oberg", f"Bo {family}"] for family in ["Wang"] * 12]


@pytest.mark.parametrize("text", ["yilun wang", "wang yilun"])
def test_a_word_that_others_are_called_may_be_a_mistake(text: str) -> None:
    answer = asked(text, *APART, ["Ada Ito", "Yikun Wang"])
    assert answer.ids[0] == 13
    assert len(answer.ids) == 13  # those that have both words, of two authors, stand behind
    assert answer.forgiven == {"yilun": ("yikun",)}


def test_while_the_name_is_typed() -> None:
    assert asked("yilun wan", *APART, ["Yikun Wang"], typing=True).ids[0] == 13
    assert asked("yikun wamg", *APART, ["Yikun Wang"], typing=True).ids[0] == 13
    assert 13 not in asked("yilun wa", *APART, ["Yikun Wang"], typing=True).ids


def test_a_name_that_somebody_has_is_meant() -> None:
    answer = asked("yilun wang", *APART, ["Yikun Wang"], ["Yilun Wang"])
    assert answer.ids[0] == 14
    assert (13 in answer.ids, answer.forgiven) == (False, {})
    assert list(asked("frank meyer", ["Franz Meyer"], ["Frank F. Meyer"]).ids) == [2]
    assert list(asked("meyer frank", ["Franz Meyer"], ["Frank Meyer"]).ids) == [2]


def test_names_have_no_other_endings() -> None:
    assert asked("guaneing chen", ["Guan Chen"], ["Guanying Chen"]).ids[0] == 2


def test_short_words_of_a_name_are_meant() -> None:
    assert list(asked("bo wang", ["Bo Oberg", "Ada Wang"], ["Ba Wang"]).ids) == [1]


def test_of_authors_as_near_each_has_a_paper_among_the_first() -> None:
    several = [["Yuxin Wang"]] * 12
    assert set(asked("yuxit wang", *several, ["Yuxia Wang"]).ids[:2]) == {12, 13}
    apart = ["Yuxit Oberg", "Bo Wang"]
    assert set(asked("yuxit wang", *several, ["Yuxia Wang"], apart).ids[:2]) == {12, 13}


def test_names_of_three_words() -> None:
    answer = asked("yu gang jiamg", ["Yu Ito", "Gang Ito", "Ada Jiang"], ["Yu-Gang Jiang"])
    assert list(answer.ids) == [2, 1]


def test_other_words_are_no_names() -> None:
    papers = [
        Paper(id=1, title="Robust wang tiles", authors=["Bo Wang"]),
        Paper(id=2, title="x", authors=["Robust Wang"]),
    ]
    papers += [Paper(id=n, title="Robust tiles") for n in range(3, 12)]
    answer = Searcher(papers).find(parse("robust wang"), forgiving=True)
    assert set(answer.ids) == {1, 2}
    only = [paper for paper in papers if paper.id != 2]
    only.append(Paper(id=2, title="x", authors=["Robast Wang"]))
    answer = Searcher(only).find(parse("robust wang"), forgiving=True)
    assert (list(answer.ids), answer.forgiven) == ([1], {})


def test_a_removed_paper_names_nobody() -> None:
    searcher = Searcher([Paper(id=1, title="x", authors=["Yikun Wang"])])
    searcher.update(Paper(id=2, title="x", authors=["Yilun Wang"]))
    assert list(searcher.find(parse("yilun wang"), forgiving=True).ids) == [2]
    searcher.remove(2)
    assert list(searcher.find(parse("yilun wang"), forgiving=True).ids) == [1]
