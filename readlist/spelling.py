"""What was probably meant by a name that is not known."""

from collections.abc import Iterable


def meant(name: str, known: Iterable[str]) -> str:
    """Return `; did you mean …?` with the known name nearest to `name`; "" when none is near."""
    from difflib import get_close_matches  # only a mistake pays for it

    near = get_close_matches(name.lower(), list(known), n=1, cutoff=0.5)
    return f"; did you mean {near[0]}?" if near else ""
