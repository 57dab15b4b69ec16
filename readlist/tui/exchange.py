"""Keys that take papers out: export, copy, open; and the one that sorts them."""

from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from textual import work

from readlist.bindings import COPY_KEYS
from readlist.citekeys import cited
from readlist.citing import citing
from readlist.library.disk import LibraryError
from readlist.library.library import Library
from readlist.paper import Paper
from readlist.progress import Progress
from readlist.text import clean_line, count
from readlist.tui import clipboard
from readlist.tui.adding import Adding
from readlist.tui.clipboard import Sent
from readlist.tui.job import MANY, Job
from readlist.tui.keyboard import OrderlyApp
from readlist.tui.notes import Notes
from readlist.tui.paths import as_path
from readlist.tui.widgets.abstract_pane import links

COPIED: dict[str, Callable[[Paper], str]] = {
    "key": cited,
    "link": lambda paper: _address(paper),  # noqa: PLW0108 (defined below)
    "markdown": lambda paper: f"[{_escaped(paper.title)}]({_address(paper)})",
    "title": lambda paper: paper.title,
    "abstract": lambda paper: paper.abstract,
}
"""What the menu behind `y` copies of one paper; several stand on a line each."""


_MOST_LINES = 5000  # of a text that is shown, as nothing can copy it


class Exchange(Adding, Notes):
    """What goes out: to files, to the clipboard, to the browser; and in what order it is shown."""

    last_copied: str | None = None
    _copying: Job[str] | None = None

    # Out

    async def action_export(self) -> None:
        """Ask where to, and write the selection there, or else what is shown."""
        chosen = self.papers.selected or self.is_reading
        numbers = self.targets() if chosen else list(self.papers.ids)
        if not numbers:
            self.say("No paper to export here")
            return
        from readlist import operations
        from readlist.tui.screens.dialogs import ExportDialog

        endings = "the ending names the format: " + " ".join(operations.export_endings())
        dialog = ExportDialog(len(numbers), endings, partial(self._export, numbers))
        await self.app.push_screen(
            dialog, lambda written: self.say(written, kept=True) if written else None
        )

    def _export(self, numbers: list[int], path: str) -> str:
        """Write papers to a file; return that it was done, "" when it goes on beside the keys.

        Raises `ValueError` when it was not done.
        """
        from readlist import operations

        target = as_path(path)
        if len(numbers) > MANY:
            operations.check_target(target)
            name = clean_line(target.name)
            job = Job(lambda progress: self._write_beside(numbers, target, progress), name)
            self.go_on_beside(job, partial(self._exported, numbers, target))
            return ""
        try:
            papers = self.library.papers(numbers)
            operations.write_export(papers, target, exported=self.library.now())
        except (OSError, ValueError) as error:
            raise ValueError(_not_exported(error)) from error
        return _written(numbers, target)

    def _write_beside(self, numbers: list[int], target: Path, progress: Progress) -> bool:
        from readlist import operations

        progress.begin("writing", len(numbers))
        with closing(self.library.twin()) as twin:
            papers = progress.over(twin.papers(numbers))
            operations.write_export(papers, target, exported=twin.now())
        return True

    def _exported(self, numbers: list[int], target: Path, job: Job[bool]) -> None:
        try:
            done = job.result
        except (OSError, ValueError, LibraryError) as error:
            self.say(_not_exported(error), problem=True)
            return
        if done:
            self.say(_written(numbers, target), kept=True)
        else:
            self.say("Given up: nothing was written")

    def drop_keys(self, *keys: str) -> None:
        """Keep a burst of keys, meant for a menu that does not open, from the list."""
        if isinstance(self.app, OrderlyApp):
            self.app.drop([*keys, "enter", "escape"])

    # To the clipboard

    async def action_copy(self) -> None:
        """Ask what to copy."""
        self.uncover()
        if not self.targets():
            self.say("No paper here")
            self.drop_keys(*(key.keys for key in COPY_KEYS))
            return
        from readlist.tui.screens.menu import Choice, Menu

        choices = [Choice(key.keys, key.help, key.id) for key in COPY_KEYS]
        await self.app.push_screen(Menu("Copy", choices), self._copy)

    def _copy(self, what: str | None) -> None:
        if what == "again":
            what = self.last_copied
            if what is None:
                self.say("Nothing was copied yet")
        if what is None:
            return
        self.last_copied = what
        numbers = self.targets()
        words = {key.id: key.help for key in COPY_KEYS}[what]
        name = words if len(numbers) == 1 else f"{words} of {count(len(numbers), 'paper')}"
        if self._copying is not None:
            self._copying.cancel()
            self._copying = None
        if len(numbers) > MANY:
            self._copying = Job(partial(_text_beside, self.library, numbers, what), name)
            self.go_on_beside(self._copying, partial(self._was_made_text, words))
            return
        papers = list(self.library.papers(numbers))
        if what == "reference":
            self._copy_references(papers, name)
        else:
            self._copy_if_any(_text_of(papers, what), words, name)

    @work(thread=True, group="copy", exclusive=True)
    def _copy_references(self, papers: list[Paper], name: str) -> None:
        """Copy what `readlist cite` prints, beside the keys: a style takes seconds."""
        try:
            text = _text_of(papers, "reference")
        except ValueError as error:  # the settings cannot be read, or the style is none
            self.app.call_from_thread(self.say, str(error), problem=True)
        else:
            self.app.call_from_thread(self.copy_text, text, name)

    def _was_made_text(self, words: str, job: Job[str]) -> None:
        if job is not self._copying:  # something else is wanted by now
            return
        self._copying = None
        try:
            text = job.result
        except (ValueError, LibraryError) as error:
            self.say(getattr(error, "short", str(error)), problem=True)
            return
        if text is None:
            self.say("Given up: nothing was copied")
        else:
            self._copy_if_any(text, words, job.name)

    def _copy_if_any(self, text: str, words: str, name: str) -> None:
        if text.strip():
            self.copy_text(text, name)
        else:
            self.say(f"There is no {words} to copy")

    @work(thread=True, group="copy", exclusive=True)
    def copy_text(self, text: str, name: str) -> None:
        """Copy a text, beside the keys: a clipboard program may be slow."""
        sent = Sent.COPIED if clipboard.copy_here(text) else Sent.TO_TERMINAL
        self.app.call_from_thread(self._copied, text, name, sent)

    def _copied(self, text: str, name: str, sent: Sent) -> None:
        if sent is Sent.COPIED:
            self.say(f"{_capital(name)} copied")
            return
        sequence = clipboard.osc_52(text)
        driver = self.app._driver
        if sequence is None or driver is None:
            from readlist.tui.screens.text_screen import TextScreen

            title = f"{_capital(name)}: nothing here can copy it"
            self.app.push_screen(TextScreen(title, _beginning(text)))
        else:
            driver.write(sequence)
            self.say(f"{_capital(name)} sent to your terminal")

    # Opening

    def action_open_link(self) -> None:
        """Open the user's PDF, the PDF of the source, or its page."""
        if self.comes_in_sight():
            return
        paper = self.current
        if paper is None:
            self.say("No paper here")
            return
        from readlist.pdfs import own_file, page

        own = own_file(paper, [self.library.path.resolve().parent])
        address = str(own) if own else page(paper) or _address(paper)
        if address:
            self.action_open_url(address)
        else:
            self.say("No link is known of this paper")

    async def action_links(self) -> None:
        """Show all links; the one chosen is opened."""
        self.uncover()
        found = links(self.current) if self.current else []
        if not found:
            self.say("No link is known of this paper" if self.current else "No paper here")
            self.drop_keys(*"123456789")
            return
        from readlist.tui.screens.menu import Choice, Menu

        choices = [
            Choice(str(place), f"{name}  {url}", url)
            for place, (name, url) in enumerate(found[:9], start=1)
        ]
        await self.app.push_screen(Menu("Links", choices), self.action_open_url)

    def action_open_url(self, url: str | None) -> None:
        """Open an address; where there is no browser, show and copy it."""
        if url is None:
            return
        if clipboard.open_address(url):
            self.say(f"Opening {url}")
        else:
            self.copy_text(url, url)

    # Sorting

    async def action_sort(self) -> None:
        """Show what to sort by; the list follows each choice."""
        self.uncover()
        from readlist.tui.screens.menu import Choice, Menu

        choices = [Choice(*sorting) for sorting in SORTS]
        await self.app.push_screen(Menu("Sort by", choices, live=self._sort))

    def action_sort_by(self, field: str) -> None:
        """Sort by a column; by the same again, the other way round."""
        first = "-" if field in ("published", "upvotes", "comments") else ""
        other = {"": "-", "-": ""}[first]
        now = ",".join(map(str, self.sort))
        self._sort(f"{other if now == first + field else first}{field}")

    def _sort(self, keys: str) -> None:
        from readlist.search.query import parse

        self.sort = parse(f"sort:{keys}").sort if keys else ()
        self.look(top=False)
        self.show_sorting(keys)
        words = {keys: words for _, words, keys in SORTS} | _TURNED
        self.say(f"Sorted by {words[keys]}")

    def show_sorting(self, keys: str) -> None:
        """Mark the column that the list is sorted by."""
        raise NotImplementedError


SORTS = (
    ("a", "newest import first", ""),
    ("p", "date of publication, newest first", "-published"),
    ("u", "upvotes, most first", "-upvotes"),
    ("c", "comments, most first", "-comments"),
    ("t", "title", "title"),
    ("n", "name of the first author", "authors"),
    ("s", "starred first", "-starred"),
    ("d", "last changed first", "-changed"),
)
"""The keys of the menu behind `S`, what each sorts by, and that in the query language."""
_TURNED = {
    "published": "date of publication, oldest first",
    "upvotes": "upvotes, fewest first",
    "comments": "comments, fewest first",
    "-title": "title, from the end",
    "-authors": "name of the first author, from the end",
}
"""What a second click on the head of a column sorts by."""


def _written(numbers: list[int], target: Path) -> str:
    return f"{count(len(numbers), 'paper')} written to {clean_line(str(target))}"


def _not_exported(error: Exception) -> str:
    return f"Not exported: {getattr(error, 'strerror', None) or error}"


def _text_of(papers: list[Paper], what: str) -> str:
    """Return what is copied of papers. Raises `ValueError` when a style cannot be used."""
    if what == "reference":
        from readlist import config
        from readlist.formats.reference import joined, references

        return joined(references(papers, config.load().style, "text"), "text")
    if what in ("json", "bibtex"):
        from readlist import operations

        # BibTeX is pasted into what others read; JSON is the whole paper
        return operations.export(papers, what, share=what == "bibtex").decode()
    if what == "cite":
        return citing(papers, "latex")
    return "\n".join(COPIED[what](paper) for paper in papers)


def _text_beside(library: Library, numbers: list[int], what: str, progress: Progress) -> str:
    """Return what is copied of papers; in a thread. Raises `ValueError`, `LibraryError`."""
    progress.begin("reading", len(numbers))
    with closing(library.twin()) as twin:
        papers = list(progress.over(twin.papers(numbers)))
    progress.begin("writing")
    return _text_of(papers, what)


def _beginning(text: str) -> str:
    """Return as many lines of a text as a screen can show."""
    lines = text.splitlines()
    more = len(lines) - _MOST_LINES
    return (
        "\n".join([*lines[:_MOST_LINES], f"… and {count(more, 'line')} more"]) if more > 0 else text
    )


def _address(paper: Paper) -> str:
    """Return the paper's page, or the first link there is."""
    return paper.urls.get("abstract") or next((url for _name, url in links(paper)), "")


def _escaped(title: str) -> str:
    """Return a title as the text of a Markdown link."""
    for sign in "\\[]":
        title = title.replace(sign, "\\" + sign)
    return title


def _capital(text: str) -> str:
    return text if text.startswith(("http", "\\")) else text[:1].upper() + text[1:]
