"""The keys: the one list from which the interface, its help, the footer, the command palette, the
README and remapping take them. Plain data, so that the command line can print it."""

from collections.abc import Mapping

from readlist.record import Record


class Key(Record):
    """A key and what it does.

    `id` is the action's name and what `[keys]` in the config calls it; `keys` are Textual's names
    of keys, separated by commas; `short` is how the footer puts it, `help` how the others do.
    """

    id: str
    keys: str
    short: str
    help: str
    group: str


MOVE, SHOW, SORT_OUT, SELECT, TAKE, OTHER = (
    "Move",
    "Choose what is shown",
    "Sort papers out",
    "Select several",
    "In and out",
    "Everything else",
)

BINDINGS: tuple[Key, ...] = (
    Key("down", "j,down", "down", "down", MOVE),
    Key("up", "k,up", "up", "up", MOVE),
    Key("first", "g,home", "first", "to the first", MOVE),
    Key("last", "G,end", "last", "to the last", MOVE),
    Key("half_down", "ctrl+d", "half a page down", "half a page down", MOVE),
    Key("half_up", "ctrl+u", "half a page up", "half a page up", MOVE),
    Key("page_down", "pagedown", "page down", "a page down", MOVE),
    Key("page_up", "pageup", "page up", "a page up", MOVE),
    Key("next_unread", "n", "next unread", "to the next unread paper", MOVE),
    Key("previous_unread", "N", "unread before", "to the unread paper before", MOVE),
    Key(
        "open",
        "enter",
        "open",
        "read; there space scrolls and goes on, enter names all authors",
        MOVE,
    ),
    Key(
        "triage",
        "T",
        "one by one",
        "triage: one paper at a time",
        MOVE,
    ),
    Key("back", "escape", "back", "one step back: selection, filter, screen", MOVE),
    Key("quit", "q", "quit", "one step back, and from the list out of readlist", MOVE),
    Key("next_pane", "tab", "next pane", "to the next pane; in the filter, complete", MOVE),
    Key("previous_pane", "shift+tab", "pane before", "to the pane before", MOVE),
    Key("left", "h,left", "left", "to the pane on the left; fold in the sidebar", MOVE),
    Key("right", "l,right", "right", "to the pane on the right; unfold in the sidebar", MOVE),
    Key("filter", "/", "filter", "filter as you type; in the sidebar, its tags", SHOW),
    Key("drop_part", "backspace", "less", "take the last part of the filter away", SHOW),
    Key("view(1)", "1", "Inbox", "Inbox", SHOW),
    Key("view(2)", "2", "To read", "To read", SHOW),
    Key("view(3)", "3", "Reading", "Reading", SHOW),
    Key("view(4)", "4", "Starred", "Starred", SHOW),
    Key("view(5)", "5", "Read", "Read", SHOW),
    Key("view(6)", "6", "All", "All but the archived", SHOW),
    Key("view(7)", "7", "view 7", "the first view of your own", SHOW),
    Key("view(8)", "8", "view 8", "your second", SHOW),
    Key("view(9)", "9", "view 9", "your third", SHOW),
    Key("day_before", "H", "day before", "the day before; from the list, the newest day", SHOW),
    Key("day_after", "L", "day after", "the day after", SHOW),
    Key("save_view", "ctrl+s", "save view", "save this filter as a view", SHOW),
    Key("narrow", "#", "also tagged", "narrow by a tag that these papers have", SHOW),
    Key("sort", "S", "sort", "sort by…", SHOW),
    Key("unread_tags", "U", "only unread", "only tags with unread papers, or all", SHOW),
    Key("toggle_sidebar", "[", "sidebar", "hide the sidebar, or show it", SHOW),
    Key("toggle_abstract", "]", "abstract", "hide the abstract, or show it", SHOW),
    Key("gap_left", "<", "gap left", "the gap beside this pane to the left", SHOW),
    Key("gap_right", ">", "gap right", "the gap beside this pane to the right", SHOW),
    Key("want", "w", "to read", "want to read", SORT_OUT),
    Key("archive", "e", "archive", "archive: not for me", SORT_OUT),
    Key("archive_old", "E", "archive old", "archive what is new for 14 days", SORT_OUT),
    Key("toggle_read", "r", "read", "read; on read papers, back to the state before", SORT_OUT),
    Key("begin", "b", "begin", "begin reading", SORT_OUT),
    Key("star", "s", "star", "star, or take the star", SORT_OUT),
    Key("tag", "t", "tag", "tags…", SORT_OUT),
    Key("tag_again", ".", "tag again", "the last tag change again", SORT_OUT),
    Key("tags", "ctrl+t", "all tags", "all tags: rename, join, delete", SORT_OUT),
    Key("duplicates", "M", "duplicates", "duplicates: what is there twice, to merge", SORT_OUT),
    Key("note", "m", "note", "write a note", SORT_OUT),
    Key("delete", "D", "delete", "delete; in the sidebar, a view of your own", SORT_OUT),
    Key("undo", "u", "undo", "undo", SORT_OUT),
    Key("redo", "ctrl+r", "redo", "redo", SORT_OUT),
    Key("select_down", "space", "select", "select and go down", SELECT),
    Key("select", "x", "select", "select, or not", SELECT),
    Key("select_range", "v", "range", "select from here to where v is pressed again", SELECT),
    Key("select_all", "*", "all", "select all that is shown", SELECT),
    Key("add", "a", "add", "add: an id, a link, a DOI, a file, or what is pasted", TAKE),
    Key("update", "R", "update", "update: fetch what is new from the feeds", TAKE),
    Key("fill_in", "F", "fill in", "fill in what is missing: authors, ids, date, venue", TAKE),
    Key("export", "X", "export", "export the selection, else what is shown", TAKE),
    Key("copy", "y", "copy", "copy: key, BibTeX, link, title, abstract, JSON…", TAKE),
    Key("open_link", "o", "PDF", "open the PDF, else the page", TAKE),
    Key("get_pdf", "P", "get PDF", "fetch the PDF, and keep it", TAKE),
    Key("links", "O", "links", "all links", TAKE),
    Key("demo", "d", "demo", "in an empty library, look around in the demo", OTHER),
    Key("palette", "ctrl+p,:", "all actions", "every action by name", OTHER),
    Key("settings", "comma", "settings", "settings: theme, panes, columns…", OTHER),
    Key("help", "?", "all keys", "the keys", OTHER),
)

MOVING = frozenset(key.id for key in BINDINGS[:10])
"""Actions that go to another line, and do nothing else."""

COPY_KEYS: tuple[Key, ...] = (
    Key("key", "k", "key", "citation key", TAKE),
    Key("cite", "K", "\\cite", "\\cite{…}", TAKE),
    Key("bibtex", "b", "BibTeX", "BibTeX", TAKE),
    Key("reference", "c", "citation", "citation", TAKE),
    Key("link", "l", "link", "link", TAKE),
    Key("markdown", "m", "Markdown", "Markdown link", TAKE),
    Key("title", "t", "title", "title", TAKE),
    Key("abstract", "a", "abstract", "abstract", TAKE),
    Key("json", "j", "JSON", "JSON", TAKE),
    Key("again", "y", "again", "the last again", TAKE),
)
"""The menu behind `y`."""

TAG_KEYS: tuple[Key, ...] = (
    Key("rename", "r", "rename or join", "of all tags: rename one, or join it with another", OTHER),
)
"""What is only on the screen behind `ctrl+t`."""

KEYS_AMONG_TAGS = (
    "down", "up", "first", "last", "page_down", "page_up", "half_down", "half_up", "open", "back",
    "quit", "filter", "delete", "undo", "redo",
)  # fmt: skip
"""Actions of the list that mean the same there; they have the same keys."""

DUPLICATE_KEYS: tuple[Key, ...] = (
    Key("merge", "=", "merge", "of duplicates: the same, merge them", OTHER),
    Key("tell_apart", "!", "not the same", "of duplicates: not the same, never ask again", OTHER),
)
"""What is only on the screen behind `M`."""

KEYS_AMONG_DUPLICATES = (
    "down", "up", "first", "last", "page_down", "page_up", "half_down", "half_up", "select_down",
    "left", "right", "next_unread", "previous_unread", "back", "quit", "undo", "redo",
)  # fmt: skip
"""Actions of the list that mean the same there, or nearly; they have the same keys."""

ELSEWHERE = ((TAG_KEYS, KEYS_AMONG_TAGS), (DUPLICATE_KEYS, KEYS_AMONG_DUPLICATES))
"""The keys that are only on a screen of their own, each with those of the list beside them."""

SIGNS = {
    "down": "↓", "up": "↑", "left": "←", "right": "→", "pagedown": "pgdn", "pageup": "pgup",
    "escape": "esc", "comma": ",",
}  # fmt: skip
"""Textual's names of keys, and how they are shown."""


def display(keys: str) -> str:
    """Return keys as people write them: `j,down` is `j ↓`."""
    return " ".join(SIGNS.get(key, key) for key in keys.split(","))


def in_force(remapped: Mapping[str, str]) -> tuple[Key, ...]:
    """Return all bindings, those elsewhere too, with the keys that the user gives them."""
    every = (*BINDINGS, *(key for keys, _ in ELSEWHERE for key in keys))
    return tuple(key.but(keys=remapped.get(key.id, key.keys)) for key in every)
