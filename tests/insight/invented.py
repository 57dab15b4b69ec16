"""Titles that are like real ones: a few words of many, some of which are in most titles."""

import random

_FIRST = "deep learning of the for with models large language networks neural towards".split()  # noqa: SIM905
_PARTS = "ka ro min tes lu vor qua net xi bel dra phi son tur gel ma".split()  # noqa: SIM905


def titles(number: int) -> list[str]:
    """Return titles, no two of them alike."""
    chance = random.Random(1)
    words = ["".join(chance.choices(_PARTS, k=chance.randint(2, 4))) for _ in range(3 * number)]
    return [
        " ".join(chance.choices(_FIRST, k=3) + chance.choices(words, k=5)) for _ in range(number)
    ]
