"""Papers that a user names by an identifier or a link: looked for here, else asked for; and kept by
that alone as long as nobody tells of them."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from readlist.adding.fetching import Fetched, fetch, stand_in
from readlist.formats.incoming import Incoming
from readlist.identifiers import is_stand_in
from readlist.intake import Holdings
from readlist.paper import Paper, Status
from readlist.progress import Progress
from readlist.record import Record
from readlist.references import LISTING, Reference
from readlist.services import SERVICES, SourceSettings
from readlist.sources.problems import as_one
from readlist.text import clean_line, count, few, quote

KEPT = "by id"
"""The name of the source of papers of which nothing but an identifier is known."""


class Named(Record):
    """What became of references: what is to be taken in, and what was not found, with the reason.

    `inputs` have names; of `kept` only the reference is known, `refused` are listings that could
    not be had.
    """

    inputs: tuple[tuple[str, Incoming], ...]
    kept: tuple[Fetched, ...]
    refused: tuple[Fetched, ...]

    @property
    def name(self) -> str:
        """What it is, in words: the title of a single paper, else how many there are."""
        papers = [paper for _, incoming in self.inputs for paper in incoming.papers]
        if len(self.inputs) == 1 and not self.inputs[0][1].is_named:
            return self.inputs[0][0]
        return quote(papers[0].title) if len(papers) == 1 else count(len(papers), "paper")

    @property
    def label(self) -> str:
        """How the history names it; "" for a listing, of which the import itself tells."""
        is_named = any(incoming.is_named for _, incoming in self.inputs)
        return f"Added {self.name}" if is_named else ""

    def problems(self, *, is_taken: bool = True) -> list[str]:
        """Return why papers are not there, a line for each; also that they are kept by their
        identifiers, or would be, if they are not taken in yet."""
        lines = [f"{fetched.reference}: {fetched.reason}" for fetched in self.refused]
        groups: dict[str, list[Fetched]] = {}
        for fetched in self.kept:  # who is offline is told so once
            key = "" if fetched.is_unanswered else fetched.reason
            groups.setdefault(key, []).append(fetched)
        for some in groups.values():
            names = few([str(fetched.reference) for fetched in some])
            what = ("identifier", "identifiers")
            if not any(fetched.reference.identifiers for fetched in some):
                what = ("address", "addresses")
            whose = f"its {what[0]}" if len(some) == 1 else f"their {what[1]}"
            them = "it" if len(some) == 1 else "them"
            how = f"kept by {whose}" if is_taken else f"enter keeps {them} by {whose}"
            why = as_one([fetched.reason for fetched in some])
            lines.append(f"{why}; {names}: {how}")
        return [clean_line(line) for line in lines]


def look_for(
    references: Sequence[Reference],
    holdings: Holdings,
    settings: SourceSettings,
    progress: Progress | None = None,
) -> Named:
    """Return what there is of papers that a user names, in their order.

    What the library has, and knows more of than an identifier, is not asked for. Raises
    `CancelledError` alone.
    """
    here: dict[Reference, Paper] = {}
    for one in references:
        kept = holdings.known.find(stand_in(one)) if one.kind != LISTING else None
        if kept and not is_stand_in(kept.title, kept.identifiers, kept.urls):
            here[one] = kept
    asked = [one for one in references if one not in here]
    found = {fetched.reference: fetched for fetched in fetch(asked, settings, progress)}
    inputs = list(_inputs(references, here, found))
    missing = [one for one in found.values() if one.incoming is None]
    return Named(
        tuple(inputs),
        tuple(one for one in missing if one.reference.kind != LISTING),
        tuple(one for one in missing if one.reference.kind == LISTING),
    )


def _inputs(
    references: Sequence[Reference], here: dict[Reference, Paper], found: dict[Reference, Fetched]
) -> Iterable[tuple[str, Incoming]]:
    """Yield what comes in, in order; papers of one service behind each other are one input."""
    each: list[tuple[str, Incoming]] = []
    for one in references:
        if one in here:
            each.append(("known", _known(here[one])))
        elif (told := found[one].incoming) is not None:
            each.append((_name(one, told), told))
        elif one.kind != LISTING:
            each.append(("kept by identifier", kept([one])))
    for (name, is_named), some in groupby(each, key=lambda pair: (pair[0], pair[1].is_named)):
        first, *others = [incoming for _, incoming in some]
        yield name, first
        for other in others:
            if is_named:
                first.papers += other.papers
            else:
                yield name, other


def kept(some: Iterable[Reference]) -> Incoming:
    """Return papers of which nothing but an identifier or an address is known, on their way in."""
    papers = [stand_in(one) for one in some]
    return Incoming(KEPT, KEPT, papers, status=Status.TO_READ, is_named=True)


def _known(paper: Paper) -> Incoming:
    """Return a paper of the library as one that comes in and tells nothing."""
    same = Paper(id=0, uid=paper.uid, title=paper.title, type=paper.type)
    return Incoming("known", "", [same], is_named=True)


def _name(one: Reference, told: Incoming) -> str:
    if one.kind != LISTING:
        return SERVICES[told.source].title or "its page"
    kind, _, value = one.value.partition("=")
    return f"Daily Papers, {value if kind != 'trending' else kind}".removesuffix(", ")
