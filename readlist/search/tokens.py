"""Many texts to numbers of words at once: each distinct token is taken apart only once.

A token is what stands between spaces once ASCII punctuation is one: a word, a hyphenated one, or
anything with other letters. No rule of `words.placed` looks across a space, so the words of a text
are those of its tokens.
"""

from array import array
from collections.abc import Hashable
from functools import lru_cache
from itertools import islice
from typing import NamedTuple, TypeVar

import numpy as np

from readlist.search.segment import Array
from readlist.search.words import placed

K = TypeVar("K", bound=Hashable)

_END = b"\0"
"""The token between two texts."""


class Numbers(dict[K, int]):
    """Things to numbers, as they come."""

    def __missing__(self, key: K) -> int:
        number = self[key] = len(self)
        return number


class Places(NamedTuple):
    """The words of texts, a row for each: its number, which text, and the place in it.

    `sizes`: how many words each text has, without those joined of hyphenated ones.
    """

    words: Array
    texts: Array
    places: Array
    sizes: Array


class Tokens:
    """The distinct tokens of all texts taken so far, and `words`, their words by numbers."""

    def __init__(self) -> None:
        self.words = Numbers[str]()
        self._numbers = Numbers[bytes]({_END: 0})
        # of each token how many words it has, and joined ones; these, and where they begin
        self._sizes, self._words = array("I", [0]), array("I")
        self._joined_sizes, self._joined = array("I", [0]), array("I")
        self._joined_places = array("I")

    def take(self, texts: list[str]) -> Places:
        """Return the words of some texts."""
        numbers = array("I", map(self._numbers.__getitem__, _tokens(texts)))
        self._learn()
        tokens = np.array(numbers, np.uint32)
        is_end = tokens == 0
        text_of = np.cumsum(is_end, dtype=np.uint32)[~is_end]
        tokens = tokens[~is_end]
        rows, lengths = _ranges(np.array(self._sizes, np.int64), tokens)
        of_word = np.repeat(text_of, lengths)
        sizes = np.bincount(of_word, minlength=len(texts))
        begins = np.cumsum(sizes) - sizes
        places = np.arange(len(rows)) - begins[of_word]
        words = np.array(self._words, np.uint32)[rows]
        rows, more = _ranges(np.array(self._joined_sizes, np.int64), tokens)
        if len(rows):
            text_of_joined = np.repeat(text_of, more)
            first = np.repeat(np.cumsum(lengths) - lengths, more) - begins[text_of_joined]
            words = np.append(words, np.array(self._joined, np.uint32)[rows])
            of_word = np.append(of_word, text_of_joined)
            places = np.append(places, first + np.array(self._joined_places, np.int64)[rows])
        return Places(words, of_word, places, sizes)

    def _learn(self) -> None:
        """Take apart the tokens that came in last."""
        number_of = self.words.__getitem__
        for token in islice(self._numbers, len(self._sizes), None):
            if token.isalnum():
                self._sizes.append(1)
                self._joined_sizes.append(0)
                self._words.append(number_of(token.decode()))
                continue
            words, joined = _placed(token)
            self._sizes.append(len(words))
            self._joined_sizes.append(len(joined))
            self._words.extend(map(number_of, words))
            for word, place in joined:
                self._joined.append(number_of(word))
                self._joined_places.append(place)


@lru_cache(maxsize=30_000)
def _placed(token: bytes) -> tuple[list[str], list[tuple[str, int]]]:
    return placed(token.decode("utf-8", "surrogatepass"))


def _tokens(texts: list[str]) -> list[bytes]:
    """Return the tokens of texts, with `_END` between two of them."""
    whole = " \0 ".join(texts)
    if whole.count("\0") >= max(len(texts), 1):  # no paper of a library has one
        whole = " \0 ".join(text.replace("\0", " ") for text in texts)
    return whole.encode("utf-8", "surrogatepass").translate(_TABLE).split()


def _kept(byte: int) -> int:
    """Return what becomes of a byte of UTF-8."""
    sign = chr(byte)
    if byte >= 128 or sign in "\0-" or sign.isalnum():
        return ord(sign.lower()) if byte < 128 else byte
    return ord(" ")


_TABLE = bytes(map(_kept, range(256)))


def _ranges(sizes: Array, tokens: Array) -> tuple[Array, Array]:
    """Return the elements of tokens, one after the other, where each has some; and how many."""
    lengths = sizes[tokens]
    firsts = (np.cumsum(sizes) - sizes)[tokens] - (np.cumsum(lengths) - lengths)
    return np.repeat(firsts, lengths) + np.arange(int(lengths.sum())), lengths
