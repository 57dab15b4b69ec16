"""What is highlighted."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readlist.paper import Paper
from readlist.search.evaluate import Searcher
from readlist.search.matches import Matched, spans
from readlist.search.query import parse


def highlighted(text: str, query: str, *, typing: bool = False) -> list[str]:
    searcher = Searcher([Paper(id=1, title=text)])
    matched = searcher.find(parse(query, typing=typing), forgiving=True).matched
    return [text[start:end] for start, end in spans(text, matched)]


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Offline RL, offline again; offlines", "offline", ["Offline", "offline", "offlines"]),
        ("Offline RL", "rl offline", ["Offline", "RL"]),
        ("Policy gradient, the policy", '"policy gradient"', ["Policy gradient"]),
        ("Fine-Tuning and finetuning", "fine-tuning", ["Fine-Tuning", "finetuning"]),
        ("Reinforcement", "reinforcment", ["Reinforcement"]),
        ("García und Müller", "garcia muller", ["García", "Müller"]),
        ("Straße, Œuvre ﬁne", "strasse oeuvre fine", ["Straße", "Œuvre", "ﬁne"]),
        ("GPT模型的强化学习 x", "gpt 强化 模型", ["GPT模型", "强化"]),
        ("Reward models", "/r.w/", ["Rew"]),
        ("Reward models", "title:models", ["models"]),
        ("Sutton by Sutton", "Sutton -by @x OR by", ["Sutton", "by", "Sutton"]),
        ("Reward models", "-reward OR models", ["models"]),
        ("TD(λ) and Λ-returns", "lambda", ["λ", "Λ"]),
        ("at λ₁ and ℝᵈ, O(n²)", "lambda R^d n²", ["λ", "ℝᵈ", "n²"]),
        ("ο λόγος", "λογος", ["λόγος"]),
        ("Fine tuning, fine-tuned", "fine-tuning", ["Fine tuning", "fine-tuned"]),
        ("snake_case", "snake", ["snake"]),
        ("a", "/x*/", []),
        ("a", "", []),
    ],
)
def test_what_matched_is_highlighted(text: str, query: str, expected: list[str]) -> None:
    assert highlighted(text, query) == expected


def test_while_typing_the_letters_typed_are_highlighted() -> None:
    assert highlighted("Offline off", "off", typing=True) == ["Off", "off"]
    assert highlighted("Fine-tuning finetune", "fine-tu", typing=True) == ["Fine-tu", "finetu"]
    assert highlighted("Reinforcement", "reinfrocem", typing=True) == ["Reinforcement"]


WORDS = st.frozensets(st.lists(st.sampled_from(["a", "ss", "学", "i"]), min_size=1).map(tuple))


@settings(max_examples=200, deadline=None)
@given(st.text("aAßsiİ学ﬁ-_ \u0301é\ud800"), WORDS, WORDS)
def test_spans_are_sorted_apart_and_within_the_text(
    text: str, whole: frozenset[tuple[str, ...]], begun: frozenset[tuple[str, ...]]
) -> None:
    end = -1
    for span in spans(text, Matched(whole, begun, ("s+",))):
        assert end < span[0] < span[1] <= len(text)
        end = span[1]


def test_a_long_abstract_is_no_effort() -> None:
    text = ("Reinforcement learning of large language models für alle. " * 40)[:2000]
    matched = Matched(frozenset({("learning",), ("large", "language")}), frozenset({("mod",)}))
    spans(text, matched)
    start = time.process_time()
    for _ in range(20):
        spans(text, matched)
    assert (time.process_time() - start) / 20 < 0.005  # 0.4 ms; machines differ
