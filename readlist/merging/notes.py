"""What is told of papers that came in, besides their numbers."""

from collections.abc import Iterator, Mapping

from readlist.days import readable
from readlist.text import clean_line, quote

_SHOWN = 3
_TITLE = 80  # characters: so that one sees what is not the same


class Notes:
    """What nobody expects of papers that come in: that titles which are nearly the same are taken
    for one (`near`); that a key of the input finds a paper which has one of its own (`other_keys`),
    or is that of another paper (`taken_keys`), each with the key that the paper has."""

    def __init__(self) -> None:
        self.near: list[tuple[str, str]] = []
        self.other_keys: dict[str, str] = {}
        self.taken_keys: dict[str, str] = {}

    def lines(self, page: str | None) -> Iterator[str]:
        """Yield it in lines; `page` is the day that was assumed for a page."""
        if page:
            day = readable(page)
            yield f"a page without its day: taken as that of {day}; --page-date says otherwise"
        for ours, theirs in self.near[:_SHOWN]:
            yield f"taken as the same: {quote(ours, _TITLE)} and {quote(theirs, _TITLE)}"
        if more := self.near[_SHOWN:]:
            yield f"taken as the same: {len(more):,} more with titles that are nearly so"
        if self.other_keys:
            yield f"found by two citation keys: {_pairs(self.other_keys, 'and')}"
        if self.taken_keys:
            yield f"citation keys that other papers have: {_pairs(self.taken_keys, 'here')}"


def _pairs(keys: Mapping[str, str], between: str) -> str:
    shown = [clean_line(f"{key} {between} {own}") for key, own in list(keys.items())[:_SHOWN]]
    more = len(keys) - _SHOWN
    return "; ".join(shown) + (f"; {more:,} more" if more > 0 else "")
