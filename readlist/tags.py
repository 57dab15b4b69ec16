"""Tags of the whole library: what the command line and the interface both do with them."""

from readlist import change
from readlist.change import is_in
from readlist.library.library import Applied, Library
from readlist.record import Record


class TagPlan(Record):
    """What renaming a tag comes to: how many papers have it or one nested in it, archived ones
    too, and of them how many are archived; the tags nested in it; how many papers have the new
    name already, and how many will have it.
    """

    papers: int
    archived: int
    nested: tuple[str, ...]
    joins: int
    after: int


def rename(library: Library, old: str, new: str) -> Applied:
    """Give a tag, and those nested in it, another name, on all papers; one that is there is
    joined.
    """
    with library.writing():
        return library.edit(
            library.overview.all_tagged(old),
            lambda papers, now: change.rename_tag(papers, old, new, now),
        )


def delete(library: Library, tag: str) -> Applied:
    """Take a tag, and those nested in it, off all papers."""
    with library.writing():
        return library.edit(
            library.overview.all_tagged(tag),
            lambda papers, now: change.delete_tag(papers, tag, now),
        )


def plan(library: Library, old: str, new: str) -> TagPlan:
    """Return what renaming a tag would come to; `new` may be `old`."""
    index = library.overview.tag_index
    have, there = index.all_with(old), index.all_with(new)
    if is_in(new, old):  # `rl` to `rl/x`: those that have the new name now will lose it
        there = there if new == old else set()
    nested = sorted(tag for tag in index.all_tags() if is_in(tag, old) and tag != old)
    return TagPlan(
        len(have),
        len(have) - len(index.papers_with(old)),
        tuple(nested),
        0 if new == old else len(there),
        len(have | there),
    )
