"""How far long work is, in a line."""

from textual.content import Content

from readlist.progress import Progress
from readlist.text import shorten

_BAR = 24  # cells
_NAME = 24  # characters


def progress_line(progress: Progress, what: str = "", *, bar: int = _BAR) -> Content:
    """Return how far work is: a bar where its end is known, else how much is done."""
    share = progress.share
    words = " ".join(filter(None, (progress.stage, shorten(what, _NAME))))
    if share is None:
        done = f" · {progress.done:,} so far" if progress.done else " …"
        return Content.styled(f"{words}{done}", "$muted")
    full = round(share * bar)
    parts = [("━" * full, "$accent"), ("─" * (bar - full), "$muted")] if bar else []
    return Content.assemble(*parts, (f"{' ' * bool(bar)}{share:.0%} {words}", "$muted"))
