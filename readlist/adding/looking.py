"""What a user types, pastes or drops to be added: files, a text with papers in it, ids, links."""

from readlist import config
from readlist.adding import addition
from readlist.adding.addition import Addition, Input, named_files
from readlist.formats.incoming import Incoming
from readlist.identifiers import is_stand_in
from readlist.intake import Holdings
from readlist.library.library import Library
from readlist.operations import ImportOptions, take_in_all
from readlist.progress import Progress
from readlist.references import LISTING, PAGE, PDF, Reference, of_paper, only_references

_LONGEST = 200_000  # characters of a text that is looked through for ids
_MOST = 200  # papers of a text that are asked for unasked


def asked_for(given: str) -> list[Reference]:
    """Return the ids and links of which a text consists; none if there is anything else in it, or
    it names a file."""
    if not given.strip() or len(given) > _LONGEST or named_files(given):
        return []
    return only_references(given)


def look_into(library: Library, given: str, progress: Progress) -> Addition:
    """Return what is in a text, or in the files that it names, and what the library has of it.

    Papers that are named by nothing but ids and links are asked for at their services. Raises
    `FormatError`, `ConfigError`, `LibraryError`, `CancelledError`.
    """
    asked = asked_for(given)
    inputs: list[Input] = []
    if not asked:
        inputs = addition.read_given(given, progress, library.path)
        asked = [] if named_files(given) else _nameless(inputs)
    if not asked:
        return Addition(library, inputs, progress)
    settings = config.load().sources
    progress.begin("comparing", len(library))
    holdings = Holdings(library, progress)
    from readlist.adding.by_id import look_for

    named = look_for(asked, holdings, settings, progress)
    return Addition(
        library,
        [*inputs, *named.inputs],
        progress,
        holdings=holdings,
        name=named.name if not inputs else "",
        label=named.label if not inputs else "",
        problems=named.problems(),
        foreseen=named.problems(is_taken=False),
    )


def _nameless(inputs: list[Input]) -> list[Reference]:
    """Take those papers out of a pasted text of which it says nothing but an id; return the ids."""
    found: list[Reference] = []
    for _, incoming in inputs:
        if not isinstance(incoming, Incoming) or incoming.format != "links":
            continue
        asked = {
            id(paper): one
            for paper in incoming.papers
            if is_stand_in(paper.title, paper.identifiers, paper.urls)
            and (one := of_paper(paper.identifiers, {}))
        }
        if len(asked) <= _MOST:
            found += asked.values()
            incoming.papers[:] = [p for p in incoming.papers if id(p) not in asked]
    return found


def keep(library: Library, given: str, options: ImportOptions) -> None:
    """Keep by their ids, or addresses, papers that were asked for and have not come.

    Raises `LibraryError`.
    """
    from readlist.adding.by_id import kept

    some = [one for one in asked_for(given) if one.kind != LISTING]
    if some:
        label = f"Added {in_words(some)}"
        take_in_all(library, [("kept by identifier", kept(some))], options, label=label)


def in_words(asked: list[Reference]) -> str:
    """Return what is asked for: `arXiv 2401.00001`, `3 papers`, `a page of Daily Papers`."""
    if len(asked) != 1:
        return f"{len(asked):,} papers"
    kinds = {LISTING: "a page of Daily Papers", PAGE: "a page", PDF: "a PDF"}
    names = {"arxiv": "arXiv", "doi": "DOI", "openreview": "OpenReview", "acl": "ACL Anthology"}
    names |= {"openalex": "OpenAlex", "semanticscholar": "Semantic Scholar", "corpusid": "CorpusID"}
    one = asked[0]
    return kinds.get(one.kind) or f"{names[one.kind]} {one.value[:40]}"
