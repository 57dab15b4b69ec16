"""Any text with papers in it: Markdown lists with links, and arXiv ids, DOIs and links anywhere.

A line of a list or a table is a paper, named by what stands before its links, or by the text of a
link. Elsewhere the identifier stands in for the title.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from readlist.formats.building import Draft
from readlist.formats.incoming import FormatError, Incoming
from readlist.formats.names import OTHERS, Name, parts
from readlist.identifiers import DOI, find_arxiv, find_doi
from readlist.paper import Paper, PaperError
from readlist.text import clean_line

_LINK = re.compile(
    r"!?\[((?:[^\[\]]|\[[^\[\]]{0,300}\]){0,500})\]"
    r"\(\s*<?([^()\s<>]+(?:\([^()\s]*\)[^()\s]*)?)>?[^()]{0,200}\)"
)
_BARE = re.compile(r"https?://[^\s<>\"'|\\^`{}\[\]]+")
_NAMED = re.compile(
    r"(?i)\barxiv(?:\.org)?:\s*((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?)"
    rf"|\b(?:doi:\s*)?({DOI})"
)
_ALONE = re.compile(r"\s*(?:arxiv:)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?\s*")
_OLD = re.compile(
    r"(?<![\w/.:-])((?:hep-(?:th|ph|ex|lat)|astro-ph|cond-mat|gr-qc|quant-ph|math-ph|nucl-(?:th|ex)"
    r"|math|physics|nlin|q-bio|cs)(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?!\w)"
)
_IDENTIFIER = re.compile(r"(?i)(?:oai:)?arxiv(?:\.org)?:|doi:|10\.\d{4,9}/")
_GENERIC = re.compile(
    r"(?i)[\W_]*(?:(?:the |full )?paper|pdf|arxiv|preprint|abs|html|doi|link|here|this)[\W_]*"
)
_PLACES = re.compile(
    r"(?i)//(?:www\.)?(?:(?:[a-z\d]+\.){0,2}arxiv\.org/(?:abs|pdf|html)/|ar5iv\.org/abs/|(?:dx\.)?doi\.org/10\."
    r"|openreview\.net/(?:forum|pdf)|huggingface\.co/papers/\d|alphaxiv\.org/abs"
    r"|aclanthology\.org/\w|aclweb\.org/anthology"
    r"|(?:papers|proceedings)\.(?:nips|neurips)\.cc/paper"
    r"|proceedings\.mlr\.press/v|jmlr\.org/p|openaccess\.thecvf\.com/content"
    r"|semanticscholar\.org/paper|dl\.acm\.org/doi|ieeexplore\.ieee\.org/(?:abstract/)?document"
    r"|link\.springer\.com/(?:article|chapter)|nature\.com/articles|(?:bio|med)rxiv\.org/content"
    r"|sciencedirect\.com/science/article|pubmed\.ncbi\.nlm\.nih\.gov/\d)"
)
_IN_MARKDOWN = re.compile(
    r"(?i)\s*<(?:a|p|div|ul|ol|li|h\d|table|blockquote|details|img|br|center|span|!--)(?![\w:])"
)
_NUMBER = r"(?!10\.\d{4,9}/)\d{1,3}[.)]"  # of an item; no DOI
_ITEM = re.compile(rf"^\s*(?:>\s*)*(?:[-*+•|]|{_NUMBER})\s*(?:{_NUMBER}\s*)?(?:\[[ xX]\]\s*)?")
_BOLD = re.compile(r"(?:\*\*|__)([^*_].{0,300}?)(?:\*\*|__)")
_AFTER_TITLE = re.compile(r"  |\s\((?:19|20)\d\d\)|\s[-–—]\s(?=.{60})|(?<=\w{3})\.\s(?=[A-Z])")
_YEAR_AND_AUTHORS = re.compile(r"\(((?:19|20)\d\d)\)[,.]?\s*([^\[\](){}|]{3,200})?")


class _Found(NamedTuple):
    """A link to a paper: its address or identifier, and what stands in its brackets."""

    address: str
    label: str


def looks_like(text: str) -> bool:
    """Say whether papers are mentioned in a text, in its first part at least."""
    head = text[:400_000]
    if head.lstrip("\ufeff \t\r\n")[:1] == "<" and not _IN_MARKDOWN.match(head):
        return False
    return next((True for line in head.split("\n") if _papers_in(line)), False)


def read(text: str) -> Incoming:
    """Return the papers that a text mentions, each once. Raises `FormatError` if it has none."""
    found = Incoming("links", "links")
    seen: set[str] = set()
    for number, line in enumerate(text.split("\n"), start=1):
        for paper in _line(line, number, found):
            keys = {*paper.identifiers.values(), *paper.urls.values()} or {paper.title}
            if seen.isdisjoint(keys):
                found.papers.append(paper)
            seen |= keys
    if not found.papers and not found.refusals:
        raise FormatError("no paper is mentioned in it: no arXiv id, DOI or link to one")
    return found


def _line(line: str, number: int, found: Incoming) -> Iterator[Paper]:
    links = _papers_in(line)
    if not links:
        return
    item = _ITEM.match(line)
    title = _title(line) if item else ""
    named = [link for link in links if link.label and not _GENERIC.fullmatch(link.label)]
    groups = [links] if title and len(named) < 2 else [[link] for link in links]
    for group in groups:
        label = next((one.label for one in group if one in named), "")
        draft = Draft(title=title if len(groups) == 1 and title else label)
        for link in group:
            _take(draft, link.address)
        if len(groups) == 1:
            _describe(draft, line)
        try:
            yield draft.paper()
        except PaperError as error:
            found.refuse(f"line {number}", str(error))


def _papers_in(line: str) -> list[_Found]:
    """Return the links to papers in a line, in their order."""
    if len(line) > 100_000:
        line = line[:100_000]
    found: list[_Found] = []
    rest = line
    if "](" in line:
        for match in _LINK.finditer(line):
            label, address = clean_line(match[1]).strip("[]* "), match[2]
            is_paper = _PLACES.search(address) or _is_labelled(label, address)
            if address.startswith("http") and is_paper:
                found.append(_Found(address, label))
        rest = _LINK.sub(" ", line)
    if "http" in rest:
        bare = [match[0].rstrip(".,;:)!?") for match in _BARE.finditer(rest)]
        found += [_Found(address, "") for address in bare if _PLACES.search(address)]
        rest = _BARE.sub(" ", rest)
    if "10." in rest or "rxiv" in rest.lower():
        found += [_Found(m[1] or m[2], "") for m in _NAMED.finditer(rest)]
        rest = _NAMED.sub(" ", rest)
    elif not found and (alone := _ALONE.fullmatch(_ITEM.sub("", rest)[:40])):
        return [_Found(alone[1], "")] if find_arxiv(alone[1]) else []
    if "/" in rest:
        found += [_Found(match[1], "") for match in _OLD.finditer(rest)]
    return found


def _is_labelled(label: str, address: str) -> bool:
    if _GENERIC.fullmatch(label) and not re.fullmatch(r"(?i)\W*(link|here|this)\W*", label):
        return True
    return address.lower().endswith(".pdf") and "github.com" not in address


def _take(draft: Draft, address: str) -> None:
    if address.startswith("http"):
        draft.link(address)
    elif doi := find_doi(address):
        draft.identifier("doi", doi)
    else:
        draft.identifier("arxiv", address)


def _title(line: str) -> str:
    """Return the title in a line of a list: what is bold, else what stands before the links."""
    line = _ITEM.sub("", line, count=1)
    if bold := _BOLD.search(line[:2000]):
        return _bare(bold[1])
    before = re.split(r"\[\[|\]\(|https?://|\(\s*\[", line, maxsplit=1)[0]
    before = before.rpartition("[")[0] if "](" in line and "[" in before else before
    return _bare(_AFTER_TITLE.split(before.strip(), maxsplit=1)[0])


def _bare(text: str) -> str:
    text = _LINK.sub(lambda match: match[1], text)
    title = clean_line(re.sub(r"[*`|]|\\(?=[\[\]_*])", "", text)).strip(' -–—:,;"“”[]()')
    is_title = len(title) > 3 and not (_IDENTIFIER.match(title) or _ALONE.fullmatch(title))
    return title if is_title else ""


def _describe(draft: Draft, line: str) -> None:
    """Take the year and the authors behind a title: "(2015), G. Hinton et al."."""
    match = _YEAR_AND_AUTHORS.search(line[:2000])
    if match is None:
        return
    draft.date(match[1], "year")
    names = clean_line(match[2] or "").strip(" .,;:-")
    if re.fullmatch(r"(?:[A-Z][\w.'’-]*|and|et|al|de|van|den|der|von|[,&\s.])+", names):
        is_cut = re.search(r"(?i)\bet al\b", names) is not None
        names = re.sub(r"(?i)\s*,?\s*\bet al\b.*", "", names)
        split = re.split(r"\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+", names)
        people = [parts(name) for name in split if name]
        draft.persons([*people, Name("", OTHERS)] if is_cut and people else people)
