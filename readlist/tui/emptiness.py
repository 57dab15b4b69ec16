"""What stands in the place of a list without papers: why, and which keys help."""

from collections.abc import Callable

from textual.content import Content

from readlist.search.views import View
from readlist.text import count
from readlist.tui.widgets.clickable import clickable

_ALL = "view(6)"

_FILLED_BY = {
    "inbox": ("update", "fetches what is new"),
    "to-read": ("want", "on a paper puts it here"),
    "reading": ("begin", "on a paper puts it here"),
    "starred": ("star", "on a paper puts it here"),
    "read": ("toggle_read", "on a paper puts it here"),
}
"""The action that brings papers into a view."""

KeyOf = Callable[[str], str]
"""Returns the key of an action, as people write it."""


def no_library(key: KeyOf) -> Content:
    """Return what a library without papers shows."""
    return Content.assemble(
        ("Nothing here yet.", "bold"), " Three ways to begin:\n\n",
        _way(key("add"), "add", "take in a file",
             "a saved page of huggingface.co/papers, an export"),
        _way(key("add"), "add", "or paste what you copied",
             "a listing, BibTeX, or papers as JSON"),
        _way(key("demo"), "demo", "look around first",
             "a demo of real papers, thrown away afterwards"),
    )  # fmt: skip


def _way(key: str, action: str, words: str, more: str) -> Content:
    head = Content.assemble((f"  {key}", "bold $accent"), f"  {words}\n")
    return clickable(head, action) + Content.styled(f"     {more}\n\n", "$muted")


def no_paper(view: View, key: KeyOf) -> Content:
    """Return what a view without papers shows."""
    action, does = _FILLED_BY.get(view.name, ("", ""))
    others = f"{key('view(1)')} … {key(_ALL)}"
    filled = ((f"  {key(action):<{len(others)}}", "bold $accent"), f"  {does}\n") if does else ()
    return Content.assemble(
        (f"{view.title} is empty.\n\n", "bold"),
        *filled,
        (f"  {others}", "bold $accent"),
        "  show other lists",
    )


def no_match(query: str, view: str, elsewhere: int, key: KeyOf, is_typing: bool) -> Content:
    """Return what a filter shows that finds nothing in a view, but `elsewhere` so many papers."""
    found = Content()
    if elsewhere:
        first = f"{key('open')}, " if is_typing else ""
        keys = (f"  {first}{key(_ALL)}", "bold $accent")
        found = Content.assemble(keys, f"  looks in All: {count(elsewhere, 'paper')} there")
    return Content.assemble(
        (f"No paper matches “{query}” in {view}.\n\n", "bold"),
        (f"  {key('back')}", "bold $accent"), "  clears the filter\n", found,
    )  # fmt: skip
