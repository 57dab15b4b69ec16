"""Many texts to numbers of words at once: each distinct token is taken apart only once.

A token is what stands between spaces once ASCII punctuation is one: a word, a hyphenated one, or
anything with other letters. No rule of `words.placed` looks across a space, so the words of a text
are those of its tokens.
"""

from array import array
from collections.abc import Hashable, Iterable
from itertools import islice
from typing import NamedTuple, TypeVar

import numpy as np

from readlist.search.segment import Array
from readlist.search.words import placed

K = TypeVar("K", bound=Hashable)

_MANY = 300_000
_END = b"\0"
"""The token between two texts."""


class Numbers(dict[K, int]):
    """Things to numbers, as they come."""

    def __missing__(self, key: K) -> int:
        number = self[key] = len(self)
        return number


class Places(NamedTuple):
    """The words of texts, by numbers, in order, and how many each text has.

    Hyphenated ones also joined, at the end of the texts: which text, and the place in it.
    """

    words: Array
    sizes: Array
    joined: Array
    joined_texts: Array
    joined_places: Array


class Tokens:
    """The distinct tokens of all texts taken so far, and `words`, their words by numbers."""

    def __init__(self) -> None:
        self.words = Numbers[str]()
        self._numbers = Numbers[bytes]({_END: 0})
        self._own, self._joined = _Parts(), _Parts()
        self._joined_places = array("I")  # in their tokens

    @property
    def is_large(self) -> bool:
        """Whether so many words are known that most may never come again: begin anew."""
        return len(self.words) > _MANY

    def take(self, texts: list[str]) -> Places:
        """Return the words of some texts."""
        numbers = array("I", map(self._numbers.__getitem__, _tokens(texts)))
        self._learn()
        tokens = np.array(numbers, np.uint32)
        ends = np.append(np.flatnonzero(tokens == 0), len(tokens))[: len(texts)]
        words, lengths, _ = self._own.of(tokens)
        before = np.cumsum(lengths) - lengths
        sizes = np.diff(np.append(before, len(words))[ends], prepend=0)
        joined, more, rows = self._joined.of(tokens)
        at = np.repeat(np.arange(len(tokens)), more)
        text_of = np.searchsorted(ends, at)
        places = before[at] - (np.cumsum(sizes) - sizes)[text_of]
        places += np.array(self._joined_places, np.int64)[rows - 1]
        return Places(words, sizes, joined, text_of, places)

    def _learn(self) -> None:
        """Take apart the tokens that came in last."""
        number_of = self.words.__getitem__
        new = list(islice(reversed(self._numbers), len(self._numbers) - len(self._own)))
        for token in reversed(new):
            if token.isalnum():
                self._own.add((number_of(token.decode()),))
                self._joined.add(())
                continue
            words, joined = _placed(token)
            self._own.add(map(number_of, words))
            self._joined.add(number_of(word) for word, _ in joined)
            self._joined_places.extend(place for _, place in joined)


class _Parts:
    """What each token consists of: some numbers, by the token's."""

    def __init__(self) -> None:
        self._parts = array("I", [0])  # an array that is empty has no buffer
        self._ends = array("I", [1, 1])  # `_END` has none

    def __len__(self) -> int:
        return len(self._ends) - 1

    def add(self, parts: Iterable[int]) -> None:
        """Note the parts of the next token."""
        self._parts.extend(parts)
        self._ends.append(len(self._parts))

    def of(self, tokens: Array) -> tuple[Array, Array, Array]:
        """Return the parts of tokens in a row; how many each has; and which they are."""
        ends = np.frombuffer(self._ends, np.uint32)
        firsts = ends[tokens].astype(np.int64)
        lengths = ends[tokens + 1] - firsts
        rows = np.repeat(firsts - (np.cumsum(lengths) - lengths), lengths)
        rows += np.arange(len(rows))
        return np.frombuffer(self._parts, np.uint32)[rows], lengths, rows


def _placed(token: bytes) -> tuple[list[str], list[tuple[str, int]]]:
    """Return what `placed` does, quickly for what is usual."""
    text = token.decode("utf-8", "surrogatepass")
    if token.isascii():
        words = text.split("-")
        if all(words):
            return words, [("".join(words), 0)]
    return placed(text)


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
