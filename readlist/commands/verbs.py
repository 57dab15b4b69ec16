"""The one list of the command line's verbs; a verb's module is imported when it is used."""

from importlib import import_module
from typing import NamedTuple

from readlist.commands.arguments import Parser, Run, UsageError
from readlist.spelling import meant
from readlist.text import clean_line


class Verb(NamedTuple):
    """A verb, the module that has it (as `add_` and its name), and what it does, in a line."""

    name: str
    module: str
    summary: str

    def add(self, parser: Parser) -> Run:
        """Declare the verb's arguments; return what runs it."""
        module = import_module(f"readlist.commands.{self.module}")
        run: Run = getattr(module, f"add_{self.name}")(parser)
        return run


VERBS: tuple[Verb, ...] = (
    Verb("demo", "demo", "open the interface on a throw-away library of real papers"),
    Verb("import", "importing", "take papers in from files, or from stdin"),
    Verb("add", "adding", "add papers by ids and links, fetched from their services"),
    Verb("update", "updating", "fetch what is new from the feeds"),
    Verb("feeds", "feeds", "list the feeds that are followed; add, remove, pause some"),
    Verb("complete", "completing", "fill in what papers lack: authors, identifiers, dates, venues"),
    Verb("schedule", "scheduling", "have the feeds fetched each morning"),
    Verb("digest", "digest", "print or mail what came, the most wanted first"),
    Verb("list", "lists", "list papers"),
    Verb("show", "lists", "show one paper, whole"),
    Verb("mark", "marking", "mark papers new, to-read, reading, read, archived, starred"),
    Verb("tag", "tags", "put tags on papers, or take them off"),
    Verb("tags", "tags", "list the tags, or rename one"),
    Verb("note", "notes", "write a note on a paper"),
    Verb("delete", "marking", "delete papers; undo brings them back"),
    Verb("duplicates", "duplicates", "list papers that are there twice, or merge them"),
    Verb("export", "exporting", "write papers to a file, or to stdout"),
    Verb("pdf", "pdf", "fetch the PDFs of papers, or say which file is one's PDF"),
    Verb("bib", "latex", "write the .bib file of a LaTeX document: what it cites"),
    Verb("cite", "citing", "print references to papers, plain or in a style of CSL"),
    Verb("pick", "picking", "choose papers in the interface, for an editor: prints their keys"),
    Verb("undo", "history", "take back the last change"),
    Verb("redo", "history", "make the change again that was taken back last"),
    Verb("log", "history", "list the changes that were made"),
    Verb("backup", "safekeeping", "write the whole library to a file, or among the backups"),
    Verb("restore", "safekeeping", "put the library back as a backup has it"),
    Verb("check", "safekeeping", "look the library through, repair it, compact it"),
    Verb("formats", "about", "list the formats that can be read and written"),
    Verb("keys", "about", "list the keys of the interface"),
    Verb("views", "about", "list the views"),
)


def verb_named(name: str) -> Verb:
    """Return the verb with this name. Raises `UsageError`."""
    for verb in VERBS:
        if verb.name == name:
            return verb
    near = meant(name, [verb.name for verb in VERBS]) or "; `readlist -h` lists them"
    raise UsageError(f"there is no verb {clean_line(name)!r}{near}")


def overview() -> str:
    """Return what the command line can do, for its help."""
    lines = [f"  {verb.name:<10} {verb.summary}" for verb in VERBS]
    return "\n".join(
        ["A reading list for research papers. Without a verb, the interface opens.", "", *lines]
    )
