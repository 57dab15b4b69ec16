"""Tokens: taken apart once, their words are those of the texts."""

from hypothesis import given
from hypothesis import strategies as st

from readlist.search.tokens import Tokens
from readlist.search.words import placed

TEXTS = st.lists(st.text("aB -_\n\0\xa0\u2010\u0301éλό学´", max_size=10), max_size=5)


@given(st.lists(TEXTS, max_size=3))
def test_the_words_of_texts_are_those_of_each(batches: list[list[str]]) -> None:
    tokens = Tokens()
    for texts in batches:
        found = tokens.take(texts)
        names = list(tokens.words)
        words = [names[number] for number in found.words]
        joined = zip(found.joined.tolist(), found.joined_texts, found.joined_places, strict=True)
        own = [(names[number], text, place) for number, text, place in joined]
        for which, (text, size) in enumerate(zip(texts, found.sizes, strict=True)):
            expected, expected_joined = placed(text)
            assert words[:size] == expected
            assert sorted((w, p) for w, t, p in own if t == which) == sorted(expected_joined)
            words = words[size:]
        assert not words
