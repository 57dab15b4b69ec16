"""What the sidebar is given to show: views and tags, with how many papers each has."""

from collections.abc import Callable, Iterable

from readlist.library.overview import Overview, lineage
from readlist.paper import Status
from readlist.search.views import BUILT_IN, View


def counted(
    overview: Overview, views: Iterable[View], count_of: Callable[[View], int | None]
) -> list[tuple[View, int | None]]:
    """Return views with how many papers each has; `count_of` counts those of the user's own."""
    counts = overview.counts()
    known = {
        "inbox": counts[Status.NEW],
        "to-read": counts[Status.TO_READ],
        "reading": counts[Status.READING],
        "starred": overview.starred(),
        "read": counts[Status.READ],
        "all": len(overview) - counts[Status.ARCHIVED],
    }
    own = list(views)[len(BUILT_IN) :]
    return [(view, known[view.name]) for view in BUILT_IN] + [(v, count_of(v)) for v in own]


def tags_shown(overview: Overview, active: View, *, unread_only: bool) -> dict[str, int]:
    """Return tags with how many papers each has; with `unread_only` those with unread ones.

    The active tag keeps its place when no paper has it any more.
    """
    index = overview.tag_index
    tags = dict(index.counts())
    if unread_only:
        unread = set(overview.where(Status.NEW, Status.TO_READ))
        tags = {tag: n for tag, n in tags.items() if not index.papers_with(tag).isdisjoint(unread)}
    if active.name.startswith("tag:"):
        for tag in lineage(active.name.removeprefix("tag:")):
            tags[tag] = len(index.papers_with(tag))
    return tags
