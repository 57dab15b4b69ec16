"""`readlist bib`."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from readlist.commands.arguments import NotDoneError, Parser, Run, UsageError, one_of
from readlist.commands.selecting import opened
from readlist.commands.terminal import put, put_bytes, put_file, put_json, say
from readlist.formats.incoming import FormatError
from readlist.paper import Paper
from readlist.record import Record, field
from readlist.text import clean_line, fold

if TYPE_CHECKING:
    from readlist.formats.bibtex_update import Bibliography, Update
    from readlist.manuscript import Citations

_FORMATS = ("bibtex", "biblatex")
_MOST_NEAREST = 200  # keys that a near one is sought for
_NEAR_KEY, _NEAR_TITLE = 60, 85  # percent


class _Found(Record, frozen=False):
    """The library's papers by the keys of their entries: cited, or only in the bibliography."""

    wanted: dict[str, Paper]
    known: dict[str, Paper] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)


def add_bib(parser: Parser) -> Run:
    """Declare `bib`."""
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="a .tex or .aux file, or - for stdin"
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="the .bib file; what else is in it stays as it is: other entries, comments, @string",
    )
    parser.add_argument(
        "--format",
        metavar="F",
        help="bibtex or biblatex; else by the ending, else what the document has",
    )
    parser.add_json("print what was done as JSON (with -o)")
    parser.epilog = (
        "Files that a document reads with \\input, \\include, \\subfile or \\import are looked\n"
        "through too. Notes and files of yours are not written. The exit code is 1 when a key\n"
        "or a file was not found; the rest is written."
    )
    return _bib


def _bib(args: argparse.Namespace) -> int:
    from readlist.formats.bibtex_update import Bibliography
    from readlist.manuscript import citations

    if not args.files:
        raise UsageError("which document? Name its .tex or .aux file")
    path = None if args.output in (None, "-") else Path(args.output).expanduser()
    is_biblatex = _is_biblatex(args.format, path)
    cited = citations([_with_ending(file) for file in args.files], _content)
    for problem in cited.problems:
        say(problem)
    if not cited.read:
        return 1
    if not (cited.keys or cited.is_everything):
        raise NotDoneError(f"nothing is cited in {clean_line(', '.join(args.files))}")
    there = _there(path) if path else Bibliography()
    is_biblatex = is_biblatex or (args.format is None and cited.is_biblatex)
    with opened(args, to_change=False) as library:
        found = _found(cited, there, library.papers(), is_biblatex)
    update = _updated(there, found, is_biblatex)
    have = found.keys | there.keys
    unknown = {key: place for key, place in cited.keys.items() if key not in have}
    if path is None:
        put_bytes(update.content)
    else:
        if update.added or update.updated or update.taken_out:
            put_file(path, update.content)
        _tell(path, update, unknown, as_json=args.json)
    _say_what_is_wrong(path, update, unknown, have)
    return int(bool(unknown or cited.problems or update.unclear or update.other))


def _with_ending(file: str) -> str:
    """Return a document as LaTeX finds it, which wants no `.tex` in its name."""
    whole = f"{file}.tex"
    is_short = not Path(file).expanduser().exists() and Path(whole).expanduser().is_file()
    return whole if is_short and file != "-" else file


def _content(file: str) -> bytes:
    return sys.stdin.buffer.read() if file == "-" else Path(file).expanduser().read_bytes()


def _is_biblatex(name: str | None, path: Path | None) -> bool:
    if name is None:
        return path is not None and path.suffix.lower() == ".biblatex"
    return one_of(_FORMATS, name) == "biblatex"


def _there(path: Path) -> "Bibliography":
    """Return what is in the file already. Raises `NotDoneError`."""
    from readlist.formats.bibtex_update import Bibliography

    name = clean_line(str(path))
    try:
        return Bibliography(path.read_bytes() if path.is_file() else b"")
    except FormatError as error:
        raise NotDoneError(f"{name} is left as it is: {error}") from None
    except OSError as error:
        raise NotDoneError(f"{name} cannot be read: {error.strerror or error}") from None


def _found(
    cited: "Citations", there: "Bibliography", papers: Iterable[Paper], is_biblatex: bool
) -> _Found:
    """Return the papers that are cited, each under its key; by another of its keys only where an
    entry has that already, or for BibTeX, which knows no aliases."""
    from readlist.citekeys import aliases, called
    from readlist.formats.bibtex_out import keyed
    from readlist.merging.known import former_selves

    found, wanted = _Found({}), {}
    former: dict[str, tuple[str, Paper]] = {}
    keys = dict.fromkeys(there.aliases.get(key, key) for key in cited.keys)
    for key, paper in keyed(papers):
        found.keys.add(key)
        others = (*aliases(paper), *(was.citekey for was in former_selves(paper)))
        former |= {other: (key, paper) for other in others if other in keys}
        if cited.is_everything or key in keys:
            wanted[key] = paper
        elif key in there.keys and cited.is_whole:
            found.known[key] = paper
    before = [key for key in former if key not in found.keys]
    for other in before:  # of the paper before, or of one that it took in
        key, paper = former[other]
        found.keys.add(other)
        if is_biblatex and other not in there.entries:
            found.known.pop(key, None)
            wanted[key] = called(wanted.get(key, paper), [other], are_given=False)
        else:
            wanted[other] = paper
    found.wanted = {key: wanted[key] for key in keys if key in wanted} | wanted
    return found


def _updated(there: "Bibliography", found: _Found, is_biblatex: bool) -> "Update":
    from readlist.citekeys import ALIASES
    from readlist.formats.bibtex_out import Among, entry

    among = Among((*found.wanted, *there.entries))

    def write(key: str, paper: Paper) -> str:
        if not is_biblatex:  # its other keys are entries of their own
            paper = paper.but(extra={n: v for n, v in paper.extra.items() if n != ALIASES})
        text = entry(among.fit(paper), key, share=True, is_biblatex=is_biblatex)
        return text.encode("utf-8", "replace").decode()  # half a character of a stranger's

    return there.updated(found.wanted, found.known, write, _is_same)


def _is_same(paper: Paper, other: Paper) -> bool:
    """Say whether two papers with one key are one: an identifier or the title is the same."""
    from rapidfuzz import fuzz

    from readlist.merging.known import Known

    if Known([paper]).find(other):
        return True
    shared = paper.identifiers.keys() & other.identifiers.keys()
    is_near = fuzz.ratio(fold(paper.title), fold(other.title)) >= _NEAR_TITLE
    return is_near and not shared


def _tell(path: Path, update: "Update", unknown: dict[str, str], *, as_json: bool) -> None:
    done = {"added": update.added, "updated": update.updated, "taken_out": update.taken_out}
    if as_json:
        left = [*update.other, *update.unclear]
        put_json({"file": str(path), **done, "left": left, "unknown": list(unknown)})
        return
    words = [f"{len(keys):,} {name.replace('_', ' ')}" for name, keys in done.items() if keys]
    put(f"{clean_line(str(path))}: {', '.join(words) or 'nothing to change'}")


def _say_what_is_wrong(
    path: Path | None, update: "Update", unknown: dict[str, str], known: set[str]
) -> None:
    name = clean_line(str(path))
    for key in update.other:
        say(f"{name}: {clean_line(key)} is another paper there, left as it is")
    for key in update.unclear:
        say(f"{name}: the entry {clean_line(key)} cannot be taken apart, left as it is")
    near = _nearest(list(unknown)[:_MOST_NEAREST], known)
    for key, place in unknown.items():
        meant = f"; did you mean {clean_line(near[key])}?" if key in near else ""
        say(f"{clean_line(place)}: no paper has the key {clean_line(key)}{meant}")


def _nearest(unknown: list[str], known: set[str]) -> dict[str, str]:
    """Return the known key that is nearest to each unknown one, where one is near."""
    if not (unknown and known):
        return {}
    from rapidfuzz import fuzz, process

    choices = {key: key.lower() for key in sorted(known)}
    found = {}
    for key in unknown:
        near = process.extractOne(key.lower(), choices, scorer=fuzz.ratio, score_cutoff=_NEAR_KEY)
        if near:
            found[key] = near[2]
    return found
