"""What stands in the place of a list without papers: why, and which keys help."""

from collections.abc import Callable

from textual.content import Content

from readlist.text import count

_ALL = "view(6)"

KeyOf = Callable[[str], str]
"""Returns the key of an action, as people write it."""


def no_library(key: KeyOf) -> Content:
    """Return what a library without papers shows."""
    return Content.assemble(
        ("Nothing here yet.\n\n", "bold"),
        "Save a page of https://huggingface.co/papers as text; then\n\n",
        (f"  {key('add')}", "bold $accent"),
        "  takes its file name, or the text when you paste it.\n\n",
        "In the shell, ", ("readlist import page.txt", "bold"), " does the same.\n",
        "To look around first: ", ("readlist demo", "bold"),
    )  # fmt: skip


def no_paper(view: str, key: KeyOf) -> Content:
    """Return what a view without papers shows."""
    return Content.assemble(
        (f"{view} is empty.\n\n", "bold"),
        (f"  {key('view(1)')} … {key(_ALL)}", "bold $accent"), "  show other lists",
    )  # fmt: skip


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
