"""Questions: no paper has all the words, and the closest are shown."""

from readlist.paper import Paper
from readlist.search.evaluate import Searcher
from readlist.search.query import parse

OTHERS = [Paper(id=n, title="Tides", abstract="Salt water moves.") for n in range(30, 60)]


def closest(text: str, papers: list[Paper]) -> list[int]:
    answer = Searcher([*papers, *OTHERS]).find(parse(text), forgiving=True)
    assert answer.closest
    return list(answer.ids)


def test_what_the_best_papers_have_in_common_counts() -> None:
    papers = [
        Paper(id=n, title="Stripes of a zebra", abstract="Camouflage against flies.")
        for n in range(1, 6)
    ]
    papers += [
        Paper(id=6, title="A zebra", abstract="Orchestra music in the evening."),
        Paper(id=7, title="A zebra", abstract="Camouflage music in the evening."),
        Paper(id=8, title="Camouflage", abstract="Camouflage of soldiers."),
    ]
    found = closest("why do zebra stripes matter, quagmire", papers)
    assert found[:5] == [1, 2, 3, 4, 5]
    assert found[5:] == [7, 6]  # nothing is found that has no word of the question


def test_a_hyphenated_word_counts_by_its_parts() -> None:
    papers = [
        Paper(id=1, title="Noise", abstract="In each label there is some."),
        Paper(id=2, title="Label-noise"),
        Paper(id=3, title="Noise"),
    ]
    assert closest("label-noise quagmire hippopotamus", papers) == [2, 1, 3]


def test_neighbours_count_more_than_words_apart() -> None:
    papers = [
        Paper(id=1, title="x", abstract="The wind over a hot desert is seldom a tunnel."),
        Paper(id=2, title="x", abstract="Over a hot desert is seldom a wind tunnel, the."),
    ]
    assert closest("wind tunnel quagmire hippopotamus", papers) == [2, 1]


def test_stop_words_alone_are_sought() -> None:
    papers = [Paper(id=1, title="To be"), Paper(id=2, title="Or not")]
    assert set(closest("to be or not", papers)) == {1, 2}
