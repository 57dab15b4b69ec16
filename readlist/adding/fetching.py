"""Papers by their identifiers and links: which service is asked for what, and who is asked next."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeAlias

from readlist.formats.incoming import Incoming
from readlist.identifiers import is_web_address
from readlist.paper import Paper, Status
from readlist.progress import Progress
from readlist.record import Record
from readlist.references import LISTING, PAGE, PDF, Reference
from readlist.services import SERVICES, SourceSettings
from readlist.sources import arxiv, crossref, huggingface, openalex, openreview, pages
from readlist.sources import semanticscholar as scholar
from readlist.sources.problems import SourceError, UnansweredError
from readlist.sources.web import Web

Ask: TypeAlias = Callable[[Web, Sequence[str]], Iterator[tuple[str, Paper]]]
"""Asks a service for papers by values of references; raises `SourceError` when it ends early."""


def _scholar(kind: str = "") -> Ask:
    return lambda web, ids: scholar.by_ids(web, ids, kind)


def _acl_dois(web: Web, ids: Sequence[str]) -> Iterator[tuple[str, Paper]]:
    # https://aclanthology.org/faq/doi: what is of the ACL has a DOI with its id
    prefix = "10.18653/v1/"
    found = crossref.by_dois(web, [prefix + number.lower() for number in ids])
    names = {number.lower(): number for number in ids}
    yield from ((names[doi.removeprefix(prefix)], paper) for doi, paper in found)


_WHO: Mapping[str, tuple[tuple[str, Ask], ...]] = {
    "arxiv": (("arxiv", arxiv.by_ids), ("huggingface", huggingface.by_ids)),
    "doi": (
        ("crossref", crossref.by_dois),
        ("openalex", openalex.by_dois),
        ("semanticscholar", _scholar("doi")),
        ("doi", pages.of_dois),
    ),
    "openreview": (("openreview", openreview.by_ids),),
    "acl": (("acl", pages.of_acl), ("crossref", _acl_dois), ("semanticscholar", _scholar("acl"))),
    "openalex": (("openalex", openalex.by_ids),),
    "semanticscholar": (("semanticscholar", _scholar()),),
    "corpusid": (("semanticscholar", _scholar("corpusid")),),
    PAGE: (("web", pages.of_addresses),),
    PDF: (),
}
"""For each kind of reference, the services to ask, the next for what the one before had not."""


class Fetched(Record):
    """What became of a reference: the papers (one, but for a listing) and who told of them; or, if
    there are none, why. `is_failure`: somebody did not tell what there is, for whatever reason;
    `is_unanswered`: nobody said anything."""

    reference: Reference
    incoming: Incoming | None = None
    reason: str = ""
    is_failure: bool = False
    is_unanswered: bool = False


def fetch(
    references: Sequence[Reference], settings: SourceSettings, progress: Progress | None = None
) -> list[Fetched]:
    """Return what services have of papers, in the order of the references.

    Services are asked beside each other, each in its own pace. Nothing is raised but
    `CancelledError`; it ends in the time that the settings have patience when nobody answers.
    """
    progress = progress or Progress()
    with Web(settings, progress=progress) as web:
        return fetch_with(web, references, progress)


def fetch_with(web: Web, references: Sequence[Reference], progress: Progress) -> list[Fetched]:
    """Return the same by a way to the network that is there: what failed before fails at once."""
    kinds: dict[str, list[Reference]] = {}
    for one in references:
        kinds.setdefault(one.kind, []).append(one)
    progress.begin(_stage(kinds), len(references) if len(references) > 1 else None)
    with ThreadPoolExecutor(len(kinds) or 1) as pool:
        jobs = [pool.submit(_fetch_kind, web, some, progress) for some in kinds.values()]
        try:
            found = [one for job in jobs for one in job.result()]
        except BaseException:
            progress.cancel()  # of the others: their threads are waited for
            raise
    place = {(one.kind, one.value): number for number, one in enumerate(references)}
    return sorted(found, key=lambda one: place[one.reference.kind, one.reference.value])


def _stage(kinds: Iterable[str]) -> str:
    names = [
        "huggingface" if kind == LISTING else next(iter(_WHO[kind]), ("web",))[0] for kind in kinds
    ]
    titles = list(dict.fromkeys(filter(None, (SERVICES[name].title for name in names))))
    return f"asking {', '.join(titles)}" if 0 < len(titles) < 4 else "asking"


def _fetch_kind(web: Web, some: Sequence[Reference], progress: Progress) -> list[Fetched]:
    if some[0].kind == LISTING:
        return [_listing(web, one, progress) for one in some]
    missing = {one.value: one for one in some}
    found: list[Fetched] = []
    errors: list[SourceError] = []
    silent: list[str] = []
    for service, ask in _WHO[some[0].kind]:
        if not missing:
            break
        try:
            for value, paper in ask(web, list(missing)):
                if one := missing.pop(value, None):
                    found.append(Fetched(one, incoming([_named(paper, one)], service)))
                    progress.step()
        except SourceError as error:
            errors.append(error)
        else:
            silent.append(SERVICES[service].title)
    reason = str(errors[0]) if errors else _nobody(silent)
    is_unanswered = bool(errors) and all(isinstance(error, UnansweredError) for error in errors)
    is_pdf = some[0].kind == PDF
    for one in missing.values():
        progress.step()
        why = "which paper a PDF is cannot be told" if is_pdf else reason
        found.append(Fetched(one, None, why, bool(errors), is_unanswered))
    return found


def _listing(web: Web, one: Reference, progress: Progress) -> Fetched:
    try:
        found = huggingface.listing(web, one.value)
    except SourceError as error:
        return Fetched(one, None, str(error), True, isinstance(error, UnansweredError))
    progress.step()
    return Fetched(one, found)


def _nobody(titles: Sequence[str]) -> str:
    titles = [title for title in titles if title]
    if not titles:
        return "nothing is known of it"
    several = len(titles) > 1
    names = f"{', '.join(titles[:-1])} and {titles[-1]}" if several else titles[0]
    return f"{names} {'know' if several else 'knows'} no such paper"


def _named(paper: Paper, one: Reference) -> Paper:
    """Return a paper with what it was asked by, so that it is known by that again."""
    urls = dict(paper.urls)
    if one.kind == PAGE and one.url not in urls.values():
        urls.setdefault("abstract", one.url)
    return paper.but(identifiers={**one.identifiers, **paper.identifiers}, urls=urls)


def incoming(papers: Iterable[Paper], service: str) -> Incoming:
    """Return papers that a user named, on their way in."""
    return Incoming(service, service, list(papers), status=Status.TO_READ, is_named=True)


def stand_in(one: Reference) -> Paper:
    """Return what is kept of a paper until more is known: its identifier, or its address."""
    urls = {}
    if is_web_address(one.address):
        urls["pdf" if one.kind == PDF else "abstract"] = one.address
    return Paper.read({"title": str(one), "identifiers": one.identifiers, "urls": urls})
