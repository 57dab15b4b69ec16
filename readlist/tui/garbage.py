"""When Python looks for garbage: between keys, and never among what stays.

As it comes it looks through all that was made lately at every few keys, and now and then through
the whole index of the search: 6 of the 25 ms that a key of the filter took, and 40 at the worst.
"""

import gc

_MANY = 100_000  # objects; so many come between two looks only when something large is done
_SOME = 3_000
_YOUNG = 20  # looks at what came lately, before one at what has stayed since
_LONG = 1.5  # seconds without a key


def begin() -> None:
    """Begin to look for it, once the first frame is there."""
    keep()
    gc.set_threshold(_MANY, _YOUNG, _YOUNG)
    gc.enable()


def keep() -> None:
    """What there is now stays until the end: it is not looked through any more."""
    gc.freeze()


def look(still: float = 0) -> None:
    """Look for it if there may be some, when nothing else is to be done and no key came for `still`
    seconds: among what has stayed since, which takes longer than a key may, after a while only.
    """
    came, looks, _ = gc.get_count()
    if came > _SOME:
        gc.collect(1 if looks > _YOUNG and still > _LONG else 0)
