"""Words as the search compares them, and which find each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.paper import Paper
from readlist.search.evaluate import Searcher, matches
from readlist.search.plain import needs_words
from readlist.search.query import parse
from readlist.search.stems import stem
from readlist.search.words import apart, pieces, placed, split
from readlist.text import fold


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Fine-tuning", "finetuning"), ("Fine-tuning", "fine tuning"),
        ("Finetuning", "fine tuning"),
        ("fine tuning", "finetuning"), ("fine tuning", "fine-tuning"),
        ("finetuning", "fine-tuning"),
        ("state-of-the-art", "stateoftheart"), ("by García-Molina", "molina"),
        ("by García-Molina", "garcia"), ("by García-Molina", "garcia-molina"),
        ("TD(λ)", "lambda"), ("lambda calculus", "λ"), ("$\\lambda$-returns", "λ"),
        ("$\\lambda_1$", "λ"), ("λ₁", "lambda"), ("λ₁", "lambda1"), ("$O(n^2)$", "n^2"),
        ("$n^2$", "n2"), ("H₂O", "h2o"), ("$\\mathbb{R}^d$", "ℝᵈ"), ("$\\mathbb{R}^d$", "R^d"),
        ("Schr\\\"odinger", "schrodinger"), ("\\textit{in vivo}", '"in vivo"'),
        ("$O(n^2)$", "/n²/"),
        ("large models", "model"), ("a model", "models"), ("tuned", "tuning"),
        ("Straße", "strasse"), ("Ørsted", "orsted"), ("ﬁne", "fine"), ("Œuvre", "oeuvre"),
    ],
)  # fmt: skip
def test_these_find_each_other(text: str, query: str) -> None:
    paper = Paper(id=1, title=text)
    assert matches(parse(query), paper)
    assert list(Searcher([paper]).find(parse(query)).ids) == [1]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("tuning, fine", "finetuning"),
        ("λόγος", "lambda"),
        ("models", '"model"'),
        ("ring", "ringing"),
    ],
)
def test_these_do_not(text: str, query: str) -> None:
    paper = Paper(id=1, title=text)
    assert not matches(parse(query), paper) or stem(text) == stem(query)
    assert bool(Searcher([paper]).find(parse(query)).ids) == matches(parse(query), paper)


def test_hyphenated_words_are_also_joined() -> None:
    assert placed("A fine-tuning run") == (["a", "fine", "tuning", "run"], [("finetuning", 1)])
    assert placed("- e-mail a-b-c - -x y-") == (
        ["e", "mail", "a", "b", "c", "x", "y"],
        [("abc", 2), ("email", 0)],
    )


@given(st.text("aB-‐ é强λόγß_ﬁ\ud800"))
def test_however_a_text_is_taken_apart_its_words_are_the_same(text: str) -> None:
    words, joined = placed(text)
    assert words == split(text)
    assert all(0 <= place < len(words) and word.startswith(words[place]) for word, place in joined)
    assert split("".join(pieces(text))) == split(apart(fold(text))) or "\u0301" in text


@given(st.text("abcdefghijklmnopqrstuvwxyzé0", max_size=12))
def test_words_begin_with_their_stem_but_for_its_last_letter(word: str) -> None:
    assert word.startswith(stem(word)[:-1])


def test_which_queries_need_words() -> None:
    assert not needs_words(parse("is:new -(tag:a OR year:2023) /x/").where)
    for text in ("x", '"x"', "-x", "is:new OR (title:x)"):
        assert needs_words(parse(text).where)
