"""Filling papers in: services are asked for what they lack, in an order in which few are asked."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from readlist.change import Change
from readlist.filling.asked import Asked
from readlist.filling.filled import Sought, Told, change_of
from readlist.filling.line import Worker, lead_through
from readlist.formats.crossref import PUBLISHED_AS
from readlist.identifiers import is_stand_in
from readlist.insight import completion, publication
from readlist.insight.completion import Match, Same
from readlist.library.library import Applied, Library
from readlist.paper import Paper, Status
from readlist.progress import Progress
from readlist.record import Record, field
from readlist.references import PDF, Reference, of_paper
from readlist.services import SERVICES, SourceSettings
from readlist.sources.lookup import Lookup
from readlist.sources.problems import OfflineError, SourceError
from readlist.text import quote, readable

BY_TITLE = ("huggingface", "arxiv", "crossref", "semanticscholar", "openalex")
"""Who is asked for a title until one knows it: who answers fast and knows most of what people read
comes first."""
_BY_IDENTIFIER = (
    ("arxiv", ("arxiv", "huggingface", "semanticscholar")),
    ("doi", ("crossref", "openalex", "semanticscholar")),
)
_ASKING_FOR_TITLES = "asking services"
_MOST_FAILURES = 3  # of a service, before it is left alone
_RIPENS = timedelta(days=60)
"""As long as this after a preprint it is hardly published."""


def lacks(paper: Paper) -> bool:
    """Say whether a paper lacks what it is known by: title, authors or identifiers."""
    return not paper.authors or not paper.identifiers or _is_nameless(paper)


def _is_nameless(paper: Paper) -> bool:
    return is_stand_in(paper.title, paper.identifiers, paper.urls)


def lacking(library: Library) -> list[int]:
    """Return the ids of the papers that lack something, without the archived."""
    return [p.id for p in library.papers() if p.status is not Status.ARCHIVED and lacks(p)]


def unpublished(library: Library, now: str) -> list[int]:
    """Return the ids of preprints that may have been published by now."""
    papers = library.papers()
    return [p.id for p in papers if p.status is not Status.ARCHIVED and _may_be(p, now)]


def _may_be(paper: Paper, now: str) -> bool:
    """Say whether a preprint may have been published by now."""
    ripe = (date.fromisoformat(now[:10]) - _RIPENS).isoformat()
    return publication.is_preprint(paper) and (paper.published or "") < ripe


class Found(Record, frozen=False):
    """What was found of papers; in a line for each service, why it could not be asked; and whether
    any has answered."""

    sought: list[Sought]
    failures: dict[str, str] = field(default_factory=dict)
    has_answer: bool = True

    @property
    def problems(self) -> list[str]:
        """What went wrong, a line for each service; one for all when nobody could be asked."""
        return list(self.failures.values())[: None if self.has_answer else 1]

    @property
    def certain(self) -> list[Sought]:
        """Those of which something is certain and new."""
        return [one for one in self.sought if one.steps]

    @property
    def doubtful(self) -> list[Sought]:
        """Those of which nothing is certain, but something was found."""
        return [one for one in self.sought if one.doubtful and not one.told]


class Completion:
    """Asks for papers. `asked` knows what was said before; `published`: also ask whether preprints
    have been published, which takes a request for each. `now` is a time as papers have it."""

    def __init__(
        self, lookup: Lookup, progress: Progress, asked: Asked, now: str, *, published: bool = False
    ) -> None:
        self._lookup = lookup
        self._progress = progress
        self._asked = asked
        self._now = now
        self._seeks_published = published
        self._failures: dict[str, str] = {}
        self._in_vain: dict[str, int] = {}
        self._has_answer = False
        self._done: set[tuple[int, str, str]] = set()

    def find(self, papers: Iterable[Paper]) -> Found:
        """Return what services tell of papers. Raises `CancelledError`."""
        sought = [Sought(paper) for paper in papers]
        self._by_identifiers(sought)
        self._by_reference(sought)
        self._by_title(sought)
        self._by_identifiers(sought)
        if self._seeks_published:
            self._find_publications(sought)
        self._by_identifiers(sought)  # the DOIs of published versions
        return Found(sought, self._failures, self._has_answer or not self._failures)

    # In what order

    def _by_identifiers(self, sought: Sequence[Sought]) -> None:
        """Ask for the papers with identifiers; the first service for all of them, the next for
        those of which not enough is known."""
        for kind, services in _BY_IDENTIFIER:
            for place, service in enumerate(services):
                those = [
                    one
                    for one in sought
                    if kind in one.now.identifiers
                    and (one.paper.id, service, kind) not in self._done
                    and _wants(one.now, place)
                ]
                self._done.update((one.paper.id, service, kind) for one in those)
                self._ask_for(service, kind, those)

    def _by_reference(self, sought: Sequence[Sought]) -> None:
        """Ask for papers that are known by their page, or by another identifier, alone."""
        asked: dict[tuple[str, str], list[Sought]] = {}  # a library may have one twice
        named: list[Reference] = []
        for one in sought:
            now = one.now
            found = of_paper(now.identifiers, now.urls) if lacks(now) else None
            if found and found.kind not in ("arxiv", "doi", PDF):
                those = asked.setdefault((found.kind, found.value), [])
                named += [] if those else [found]
                those.append(one)
        if not named:
            return
        from readlist.adding.fetching import fetch_with

        for fetched in fetch_with(self._lookup.web, named, self._progress):
            for one in asked[fetched.reference.kind, fetched.reference.value]:
                if fetched.is_failure:
                    self._failures.setdefault(fetched.reference.kind, fetched.reason)
                    one.unanswered = True
                elif fetched.incoming:
                    self._look(one, fetched.incoming.source, fetched.incoming.papers)

    def _by_title(self, sought: Sequence[Sought]) -> None:
        """Ask one service after the other for each title until it is found; while one is asked for
        a title, the next ones are for those before it."""
        those = [one for one in sought if _is_sought_by_title(one)]
        if not those:
            return
        self._progress.begin(_ASKING_FOR_TITLES, len(those))
        lead_through(those, [self._who_asks(service) for service in BY_TITLE], self._progress)

    def _who_asks(self, service: str) -> Worker[Sought]:
        def ask(some: Sequence[Sought]) -> Iterator[Sought]:
            self._ask_part(service, "title", some)
            return filter(_is_sought_by_title, some)

        return Worker(self._lookup.at_once(service, "title"), ask)

    def _find_publications(self, sought: Sequence[Sought]) -> None:
        those = [one for one in sought if _may_be(one.now, self._now)]
        self._ask_for("semanticscholar", "arxiv", those)

    # Asking

    def _ask_for(self, service: str, kind: str, those: Sequence[Sought]) -> None:
        """Ask a service for papers by an identifier, or by `title`, and look at its records."""
        if not those:
            return
        self._progress.begin(f"asking {SERVICES[service].title}", len(those))
        size = self._lookup.at_once(service, kind)
        for start in range(0, len(those), size):
            part = those[start : start + size]
            self._ask_part(service, kind, part)
            self._progress.step(len(part))

    def _ask_part(self, service: str, kind: str, part: Sequence[Sought]) -> None:
        """Ask for as many papers as a service takes at once."""
        answers = self._answers(service, kind, [one.now for one in part])
        for one, records in zip(part, answers or [None] * len(part), strict=True):
            one.unanswered |= records is None
            self._look(one, service, records or [])

    def _answers(
        self, service: str, kind: str, part: Sequence[Paper]
    ) -> list[list[Paper] | None] | None:
        """Return the records for each paper; None when the service gives no answer."""
        if self._in_vain.get(service, 0) >= _MOST_FAILURES:
            return None
        try:
            if kind == "title":
                found = self._lookup.by_title(service, part)
            else:
                found = self._lookup.by_identifier(service, kind, part)
        except SourceError as error:
            self._failures.setdefault(service, str(error))
            lasting = isinstance(error, OfflineError)
            self._in_vain[service] = self._in_vain.get(service, 0) + (
                _MOST_FAILURES if lasting else 1
            )
            return None
        self._in_vain[service] = 0
        self._has_answer = True
        return found

    def _look(self, one: Sought, service: str, records: Sequence[Paper]) -> None:
        """Look which of a service's records is of the paper."""
        now = one.now
        good = [r for r in records if not self._asked.is_rejected(one.paper, r)]
        match = completion.best(now, good)
        if match is None:
            return
        source = {"name": service, "at": self._now}
        match = match.but(found=match.found.but(sources=[source]))
        if match.verdict.same is Same.SAME:
            one.take(Told(service, match))
            became = match.found.extra.get(PUBLISHED_AS)
            if isinstance(became, str):
                self._follow(one, became)
        elif one.doubtful is None or match.verdict.weight > one.doubtful.match.verdict.weight:
            one.doubtful = Told(service, match)

    def _follow(self, one: Sought, doi: str) -> None:
        """Look at what a preprint has become, which its record names by a DOI."""
        published = one.now.but(identifiers={"doi": doi})
        found = self._answers("crossref", "doi", [published])
        for record in (found or [None])[0] or []:
            verdict = completion.judge(one.now.but(identifiers={}), record)
            if verdict.same is Same.SAME:
                one.take(Told("crossref", Match(record, verdict)))


def _is_sought_by_title(one: Sought) -> bool:
    return lacks(one.now) and not _is_nameless(one.now)


def _wants(paper: Paper, place: int) -> bool:
    """Say whether the service at a place in the order is asked for a paper: the second one for what
    may be filled in, the third for what has to be."""
    return place == 0 or lacks(paper) or (place == 1 and not paper.abstract)


def look_up(
    papers: Sequence[Paper],
    settings: SourceSettings,
    progress: Progress,
    asked: Asked,
    now: str,
    *,
    published: bool = False,
) -> Found:
    """Return what services tell of papers. Raises `CancelledError`."""
    from readlist.sources.web import Web

    with Web(settings, progress=progress) as web:
        return Completion(Lookup(web), progress, asked, now, published=published).find(papers)


def fill_in(library: Library, sought: Sequence[Sought]) -> Applied:
    """Fill papers in, in one change. Those that have changed so that what was found may not be of
    them are left as they are, and named among the conflicts. Raises `LibraryError`."""
    others: list[Paper] = []

    def build(papers: Sequence[Paper], _now: str) -> Change:
        change, changed = change_of(sought, papers)
        others.extend(changed)
        return change

    applied = library.edit([one.paper.id for one in sought], build)
    left = tuple(f"{quote(readable(paper.title))} was changed since and stays" for paper in others)
    return applied.but(conflicts=(*applied.conflicts, *left))


def remember(asked: Asked, found: Found, now: str) -> None:
    """Keep what nothing was found of, and nothing certain, so that it is not asked soon again."""
    for one in found.sought:
        if not one.unanswered:
            was = "same" if one.steps else "doubtful" if one.doubtful else "none"
            asked.was(one.paper, was, now)
    asked.save(now)
