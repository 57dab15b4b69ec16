"""Which tags a typed text may mean."""

from collections.abc import Sequence

_MOST = 5  # tags that are only like what was typed
_ALIKE = 75  # of 100
_SHORTEST = 3  # letters, to forgive a mistake in


def begins(typed: str, tag: str) -> bool:
    """Say whether a tag, or a part of it behind a `/`, begins as typed."""
    return tag.startswith(typed) or f"/{typed}" in tag


def ranked(typed: str, tags: Sequence[str]) -> list[str]:
    """Return the tags that what was typed may mean, the likeliest first; all for "".

    Of tags that are as likely, those come first that come first in `tags`.
    """
    if not typed:
        return list(tags)
    exact = [tag for tag in tags if tag == typed]
    begun = [tag for tag in tags if tag != typed and begins(typed, tag)]
    inside = [tag for tag in tags if typed in tag and not begins(typed, tag)]
    certain = {*exact, *begun, *inside}
    rest = [tag for tag in tags if tag not in certain]
    spread = [tag for tag in rest if _has_letters(typed, tag)]
    certain.update(spread)
    similar = _similar(typed, [tag for tag in rest if tag not in certain])
    return [*exact, *begun, *inside, *spread, *similar]


def _has_letters(typed: str, tag: str) -> bool:
    """Say whether the letters typed stand in a tag in their order, each of its parts begun.

    `ro` and `rlof` mean `rl/offline`, and nothing that only has the letters somewhere.
    """
    parts = tag.replace("-", "/").replace("_", "/").split("/")
    return len(parts) > 1 and _begins_all(typed.replace("/", ""), parts)


def _begins_all(typed: str, parts: Sequence[str]) -> bool:
    if not parts:
        return not typed
    most = len(_shared(typed, parts[0]))
    return any(_begins_all(typed[length:], parts[1:]) for length in range(most, 0, -1))


def _shared(one: str, other: str) -> str:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return one[:length]


def _similar(typed: str, tags: Sequence[str]) -> list[str]:
    if len(typed) < _SHORTEST:
        return []
    from rapidfuzz import fuzz, process

    tags = [tag for tag in tags if len(tag) > len(typed) // 2]  # a short one is part of any
    found = process.extract(
        typed, tags, scorer=fuzz.partial_ratio, score_cutoff=_ALIKE, limit=_MOST
    )
    return [tag for tag, _score, _place in found]
