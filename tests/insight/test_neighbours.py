"""Sorted-neighbourhood blocking."""

import pytest

from readlist.insight.neighbours import key, near_pairs
from readlist.progress import CancelledError, Progress


@pytest.mark.parametrize(
    ("words", "backwards", "expected"),
    [
        (0, False, "adeepstudy"),
        (0, True, "ydutspeeda"),
        (2, False, "study"),
        (2, True, "a"),
        (3, False, ""),
        (3, True, ""),
    ],
)
def test_keys_begin_at_either_end(words: int, backwards: bool, expected: str):
    assert key("a deep study", words, backwards) == expected


def test_a_title_in_one_word_has_a_place_in_the_first_orders():
    titles = ["深度学习综述", "深度学习综述文", "attention"]
    assert set(near_pairs(titles, Progress())) == {(0, 1)}


def test_an_edit_at_either_end_is_found_among_many():
    others = [f"{word} {n}" for n, word in enumerate(["alpha flows", "zeta flows"] * 40)]
    titles = ["offline learning", "xffline learning", "offline learninx", *others]
    assert {(0, 1), (0, 2), (1, 2)} <= set(near_pairs(titles, Progress()))


def test_equal_titles_and_those_that_differ_by_numbers_are_left_out():
    assert not set(near_pairs(["paper 1 on rl", "paper 2 on rl", "paper 2 on rl"], Progress()))


def test_it_can_be_given_up():
    progress = Progress()
    progress.cancel()
    with pytest.raises(CancelledError):
        list(near_pairs(["a", "b"], progress))
