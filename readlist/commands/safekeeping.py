"""`readlist backup`, `restore` and `check`."""

import argparse
from pathlib import Path
from typing import Any

from readlist import config
from readlist.commands.arguments import NotDoneError, Parser, Run, UsageError
from readlist.commands.selecting import opened
from readlist.commands.terminal import put, put_json, say
from readlist.commands.whole import local
from readlist.library.disk import BrokenError, explain
from readlist.library.library import Library
from readlist.text import clean_line, count


def add_backup(parser: Parser) -> Run:
    """Declare `backup`."""
    parser.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        help="a file, or a folder; else the folder of backups beside the library",
    )
    parser.add_json()
    return _backup


def add_restore(parser: Parser) -> Run:
    """Declare `restore`."""
    parser.add_argument("file", metavar="FILE", help="a backup, or any TinyDB file of papers")
    parser.add_json()
    return _restore


def add_check(parser: Parser) -> Run:
    """Declare `check`."""
    parser.add_argument(
        "--repair", action="store_true", help="repair what can be, after making a backup"
    )
    parser.add_argument(
        "--compact",
        action="store_true",
        help="write all changes into the library's file itself, for other programs to read",
    )
    parser.add_json()
    return _check


def _backup(args: argparse.Namespace) -> int:
    from readlist.library.backup import Backups, write_copy

    with opened(args, to_change=False) as library:
        target = Path(args.file).expanduser().resolve() if args.file else library.backups.folder
        storage = library.database.storage
        if not library.database.tables():
            raise NotDoneError("the library is empty: there is nothing to back up")
        if target.name.startswith(storage.path.name) and target.parent == storage.path.parent:
            if args.file:
                raise UsageError("FILE is one of the library's own files; name another")
        elif target.exists() and not (target.is_file() or target.is_dir()):
            raise UsageError(f"{_name(target)} is no file")
        try:
            if not args.file:
                target = library.backups.make(storage)
            elif target.is_dir():
                elsewhere = Backups(target, prefix=f"{storage.path.stem}-", keep_all=True)
                target = elsewhere.make(storage)
            else:
                write_copy(storage, target)
        except OSError as error:
            if not args.file:
                raise explain(error, target) from None
            raise NotDoneError(_unwritten(target, error)) from None
        papers = storage.count("papers")
    if args.json:
        put_json({"file": str(target), "papers": papers})
    else:
        put(f"{count(papers, 'paper')} backed up to {_name(target)}")
    return 0


def _restore(args: argparse.Namespace) -> int:
    from readlist.library import restore
    from readlist.operations import tidy

    file = Path(args.file).expanduser().resolve()
    path = config.library_path(args.library).resolve()
    if file == path:
        raise UsageError("FILE is the library itself; name a backup")
    try:
        with restore.source(file) as found:
            try:
                with opened(args) as library:
                    done = restore.restore(library, found, file)
                    _tell_restored(args, file, done._asdict())
                    tidy(library)
            except BrokenError:
                aside = restore.replace_broken(path, found)
                papers = len(found.positions("papers").ids)
                _tell_restored(args, file, {"papers": papers, "broken": aside})
                with opened(args):  # says what became of the changes since
                    pass
    except restore.RestoreError as error:
        raise NotDoneError(str(error)) from None
    except OSError as error:
        raise explain(error, Path(error.filename or path.parent)) from None
    return 0


def _tell_restored(args: argparse.Namespace, file: Path, done: dict[str, Any]) -> None:
    if args.json:
        paths = {n: str(v) if isinstance(v, Path) else v for n, v in done.items()}
        put_json({"file": str(file), **paths})
        return
    parts = [
        f"{len(done[name]):,} {word}"
        for name, word in (("added", "came back"), ("removed", "went"), ("changed", "changed"))
        if done.get(name)
    ]
    what = f" ({', '.join(parts)})" if parts else ""
    put(f"Restored {_name(file)}: {count(done['papers'], 'paper')}{what}")
    if "broken" in done:
        say(f"what could not be opened is now {_name(done['broken'])}")
    elif not parts:
        say("nothing to change: it is so already")
    elif done["backup"]:
        say(f"readlist undo takes it back; as it was it is in {_name(done['backup'])}")


def _check(args: argparse.Namespace) -> int:
    from readlist.library.check import check, repair

    settings = config.load()
    notices: list[str] = []
    with opened(args, to_change=False, notices=notices) as library:
        report = check(library)
        done: list[str] = []
        try:
            if args.repair and report.problems:
                done = repair(library, report, _citekeys(library))
            if args.compact and library.path.exists():
                library.compact()
                done.append("compacted")
        except OSError as error:
            raise explain(error, Path(error.filename or library.path)) from None
        after = check(library) if done else report
        if args.json:
            left = {"done": done, "notices": notices, "copied": _copied(library)}
            put_json({"library": str(library.path), **after.as_json(), **left})
        else:
            _tell_check(library, after.as_json(), done, settings)
    for line in settings.warnings:
        say(line)
    for problem in after.problems:
        say(problem)
    if after.problems and not args.repair:
        say("readlist check --repair repairs what can be, after a backup")
    return 1 if after.problems or notices else 0


def _tell_check(
    library: Library, found: dict[str, Any], done: list[str], settings: config.Config
) -> None:
    put(f"{_name(library.path)}: {count(found['papers'], 'paper')}")
    sizes = found["bytes"]
    put(f"{sizes['library']:,} bytes, and {sizes['journal']:,} in the journal")
    backups = found["backups"]
    line = count(backups["count"], "backup")
    if backups["newest"]:
        line += f", {backups['bytes']:,} bytes in all, the newest {_name(Path(backups['newest']))}"
    put(line)
    copied = _copied(library)
    if settings.backup.folder or settings.backup.command or copied:
        when = copied["succeeded"] if copied else None
        put(f"second place: {f'last copy {local(when)}' if when else 'no copy yet'}")
        if copied and copied["error"]:
            tried = local(copied["tried"] or "")
            say(f"the second place failed {tried}: {clean_line(copied['error'])}")
    for name in found["set_aside"]:
        put(f"set aside: {clean_line(name)}")
    for line in done:
        put(line)
    if not found["problems"]:
        put("no problems")


def _copied(library: Library) -> dict[str, str | None] | None:
    from readlist.library.second_place import last_copy

    found = last_copy(library.backups)
    return found._asdict() if found else None


def _citekeys(library: Library) -> Any:
    from readlist.citekeys import Citekeys, aliases

    storage = library.database.storage
    readable = (n for n in storage.numbers("papers") if storage.is_readable("papers", n))
    papers = library.papers(readable)
    return Citekeys(key for p in papers for key in (p.citekey, *aliases(p)) if key).give


def _unwritten(path: Path, error: OSError) -> str:
    return f"{_name(path)} cannot be written: {error.strerror or error}"


def _name(path: Path) -> str:
    return clean_line(str(path))
