"""Is a record that was found somewhere an account of the same paper? With the reason, in words.

Only what agrees in everything that both know is the same; what may be is doubtful, and for the
user to decide.
"""

from collections.abc import Iterable
from enum import Enum

from readlist.identifiers import is_stand_in
from readlist.insight import agreement
from readlist.insight.agreement import (
    OTHER_ABSTRACT,
    SAME_ABSTRACT,
    SIMILAR_ABSTRACT,
    Agreement,
    TitleMatch,
)
from readlist.paper import Paper
from readlist.record import Record
from readlist.text import readable, title_key, words

_NO_PAPERS = frozenset(("dataset", "software", "review", "peer-review", "component"))
_WHOLE_WORKS = frozenset(("book", "thesis"))
_OF_MANY = {
    "survey", "review", "overview", "introduction", "tutorial", "report", "editorial",
    "proceedings", "preface", "abstract", "challenge", "workshop", "lecture", "notes",
    "perspective", "perspectives",
}  # fmt: skip
"""Words in titles that several papers have."""
_TELLING = 6  # words: a title as long as that is hardly met twice
_TELLING_LETTERS = 12  # in a script in which a letter is a word
_WIDE = "\u1100"
_AS_GOOD = 1.0  # less difference in weight than that tells nothing


class Same(Enum):
    """Whether a record is of the same paper."""

    SAME = "same"
    DOUBTFUL = "doubtful"
    OTHER = "other"


class Verdict(Record):
    """What was found out of a record, why, and how much speaks for it (to compare records)."""

    same: Same
    reason: str
    weight: float = 0.0


class Match(Record):
    """A record that may be of the paper, and the verdict on it."""

    found: Paper
    verdict: Verdict


class _Evidence(Record, frozen=False):
    """What two accounts agree in and what not, and what that is worth."""

    title: TitleMatch
    abstract: float | None
    authors: Agreement
    numbers: Agreement
    dates: Agreement

    @property
    def is_abstract_known(self) -> bool:
        return self.abstract is not None

    def has_abstract(self, least: float) -> bool:
        return self.abstract is not None and self.abstract >= least

    @property
    def is_other_abstract(self) -> bool:
        return self.abstract is not None and self.abstract < OTHER_ABSTRACT

    @property
    def against(self) -> list[str]:
        """What speaks against it, in words."""
        found = ["the abstract is another"] if self.is_other_abstract else []
        parts = [self.authors, self.numbers if self.authors.agrees is None else None, self.dates]
        return found + [part.words for part in parts if part and part.agrees is False]

    @property
    def strong(self) -> list[str]:
        """What alone shows, with the title, that it is the same paper."""
        found = ["abstract"] if self.has_abstract(SIMILAR_ABSTRACT) else []
        return found + [self.authors.words] * bool(self.authors.agrees)

    @property
    def weak(self) -> list[str]:
        """What agrees in many papers."""
        numbers = [self.numbers.words] * bool(self.numbers.agrees and not self.authors.agrees)
        return numbers + [self.dates.words] * bool(self.dates.agrees)

    @property
    def weight(self) -> float:
        weight = self.title + 3 * (self.abstract or 0) + 2 * bool(self.authors.agrees)
        return weight + len(self.weak) / 2 - 2 * len(self.against)


def judge(kept: Paper, found: Paper) -> Verdict:
    """Return whether `found` is an account of the paper `kept`, and why."""
    if found.type in _NO_PAPERS and kept.type != found.type:
        return Verdict(Same.OTHER, f"it is no paper: {found.type}")
    pairs = kept.identifiers.items() & found.identifiers.items()
    own, other = kept.identifiers.get("arxiv"), found.identifiers.get("arxiv")
    if own and other and own != other and not pairs:
        return Verdict(Same.OTHER, f"another arXiv id: {other}")
    evidence = _evidence(kept, found)
    if pairs:
        return _by_identifier(kept, next(iter(sorted(pairs)))[0], evidence)
    if not set(kept.urls.values()).isdisjoint(found.urls.values()):
        is_near = evidence.title in (TitleMatch.EXACT, TitleMatch.NEAR)
        is_nameless = is_stand_in(kept.title, kept.identifiers, kept.urls)
        if is_nameless or (is_near and not evidence.against):
            return Verdict(Same.SAME, "its address", 4 + evidence.weight)
    verdict = _by_title(kept, found, evidence)
    own = kept.identifiers.get("doi")
    if verdict.same is Same.SAME and own and found.identifiers.get("doi") not in (None, own):
        return verdict.but(same=Same.DOUBTFUL, reason=f"{verdict.reason}, but the DOI is another")
    return verdict


def best(kept: Paper, candidates: Iterable[Paper]) -> Match | None:
    """Return the record that is likeliest an account of `kept`; None when all are of others.

    Where two that are not of one paper fit equally well, it is doubtful which.
    """
    matches = [Match(found, judge(kept, found)) for found in candidates]
    order = {Same.SAME: 0, Same.DOUBTFUL: 1}
    matches = [match for match in matches if match.verdict.same in order]
    matches.sort(key=lambda match: (order[match.verdict.same], -match.verdict.weight))
    if not matches:
        return None
    first = matches[0]
    for other in matches[1:]:
        is_as_good = other.verdict.same is Same.SAME and (
            first.verdict.weight - other.verdict.weight < _AS_GOOD
        )
        if first.verdict.same is Same.SAME and is_as_good and _differ(first.found, other.found):
            reason = "two papers fit: this one, and another with the same title"
            return first.but(verdict=first.verdict.but(same=Same.DOUBTFUL, reason=reason))
    return first


def _differ(one: Paper, other: Paper) -> bool:
    """Say whether two records that fit one paper are not of the same."""
    if one.identifiers.items() & other.identifiers.items():
        return False
    return judge(one.but(identifiers={}), other.but(identifiers={})).same is not Same.SAME or (
        "arxiv" in one.identifiers and "arxiv" in other.identifiers
    )


def _evidence(kept: Paper, found: Paper) -> _Evidence:
    return _Evidence(
        agreement.titles(kept.title, found.title),
        agreement.abstracts(kept.abstract, found.abstract),
        agreement.authors(kept, found),
        agreement.numbers(kept, found),
        agreement.dates(kept, found),
    )


def _by_identifier(kept: Paper, name: str, evidence: _Evidence) -> Verdict:
    """Return the verdict on a record that has an identifier of the paper, which may be wrong."""
    by = {"arxiv": "arXiv id", "doi": "DOI"}.get(name, f"{name} id")
    weight = 5 + evidence.weight
    if is_stand_in(kept.title, kept.identifiers, kept.urls):
        return Verdict(Same.SAME, f"its {by}", weight)
    is_near = evidence.title is not TitleMatch.OTHER
    if is_near or evidence.has_abstract(SIMILAR_ABSTRACT) or evidence.authors.agrees:
        return Verdict(Same.SAME, f"its {by}", weight)
    return Verdict(Same.DOUBTFUL, f"its {by}, but another title", weight)


def _by_title(kept: Paper, found: Paper, evidence: _Evidence) -> Verdict:
    match evidence.title:
        case TitleMatch.EXACT:
            return _with_title(kept, found, evidence)
        case TitleMatch.NEAR:
            return _with_near_title(evidence)
        case _:
            return _with_other_title(evidence)


def _with_title(kept: Paper, found: Paper, evidence: _Evidence) -> Verdict:
    against = evidence.against
    if against:
        is_other = evidence.is_other_abstract and (len(against) > 1 or not _is_telling(kept.title))
        is_other |= evidence.authors.agrees is False and not evidence.strong
        verdict = Same.OTHER if is_other else Same.DOUBTFUL
        return Verdict(verdict, f"the title agrees, but {_and(against)}", evidence.weight)
    agreeing = _and(["title", *evidence.strong, *evidence.weak])
    if evidence.strong:
        return Verdict(Same.SAME, f"{agreeing} agree", evidence.weight)
    is_whole_work = found.type in _WHOLE_WORKS and kept.type not in _WHOLE_WORKS
    is_open = evidence.is_abstract_known or evidence.authors.words
    if _is_telling(kept.title) and not is_whole_work and not is_open:
        if evidence.weak:
            return Verdict(Same.SAME, f"{agreeing} agree", evidence.weight)
        if not _knows_more(kept):
            return Verdict(Same.SAME, "the title agrees, nothing else is known", evidence.weight)
    is_counted = kept.number_of_authors == found.number_of_authors and evidence.numbers.agrees
    is_to_the_day = is_counted and evidence.dates.words == "date"
    if is_to_the_day and not is_open and not is_whole_work:
        return Verdict(Same.SAME, f"{agreeing} agree", evidence.weight)
    only = f"{agreeing} agree" if evidence.weak else "the title agrees"
    return Verdict(Same.DOUBTFUL, f"only {only}", evidence.weight)


def _with_near_title(evidence: _Evidence) -> Verdict:
    against = evidence.against
    if against:
        is_doubtful = bool(evidence.strong)
        reason = f"nearly the same title, but {_and(against)}"
        return Verdict(Same.DOUBTFUL if is_doubtful else Same.OTHER, reason, evidence.weight)
    agreeing = _and([*evidence.strong, *evidence.weak])
    if evidence.has_abstract(SAME_ABSTRACT):
        return Verdict(Same.SAME, f"{agreeing} agree, and nearly the title", evidence.weight)
    reason = f"nearly the same title; {agreeing} agree" if agreeing else "nearly the same title"
    return Verdict(Same.DOUBTFUL, reason, evidence.weight)


def _with_other_title(evidence: _Evidence) -> Verdict:
    if evidence.has_abstract(SAME_ABSTRACT) and evidence.authors.agrees is not False:
        return Verdict(Same.DOUBTFUL, "the abstract agrees, the title does not", evidence.weight)
    return Verdict(Same.OTHER, "the title is another", evidence.weight)


def _is_telling(title: str) -> bool:
    """Say whether a title is one that hardly two papers have."""
    title = readable(title)
    found = {word.folded for word in words(title)}
    if found & _OF_MANY:
        return False
    letters = sum(sign >= _WIDE for sign in title_key(title))
    return len(found) >= _TELLING or letters >= _TELLING_LETTERS


def _knows_more(paper: Paper) -> bool:
    """Say whether anything but the title is known of a paper by which it can be told."""
    return bool(paper.abstract or paper.number_of_authors or paper.published)


def _and(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
