"""What became of a preprint: whether it has been published, where, and when."""

import re
from typing import Any

from readlist.days import PREPRINT
from readlist.paper import Paper

_PREPRINTS = re.compile(
    r"(?i)^(?:arxiv|corr\b|computing research repository|(?:bio|med|chem|psy|soc|eng)r?xiv|ssrn"
    r"|research square|preprints?(?:\.org)?$|osf preprints|hal\b|openreview|authorea|techrxiv"
    r"|zenodo|unpublished|under review|submitted)"
    r"|\barxiv\b"
)
"""What stands where a venue would, and is none."""
_CONFERENCE = re.compile(
    r"(?i)\bproc(?:eedings|\.)?\b|conference|workshop|symposium|advances in neural|\b(?:neurips"
    r"|nips|icml|iclr|cvpr|iccv|eccv|wacv|aaai|ijcai|emnlp|naacl|eacl|coling|acl|interspeech|icassp"
    r"|icra|iros|corl|rss|kdd|www|sigir|chi|uist|uai|aistats|colt|miccai)\b"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_LONGEST_VENUE = 200  # characters; what is longer is no name


def as_told(found: Paper) -> Paper:
    """Return a record without the name of a preprint server in the place of a venue: services call
    what lies there an article in a journal named arXiv."""
    if found.venue and is_no_venue(found.venue):
        return found.but(venue=None, type="article")
    return found


def is_no_venue(venue: str) -> bool:
    """Say whether a venue is where preprints lie, and nothing is published."""
    return _PREPRINTS.search(venue.strip()) is not None


def is_preprint(paper: Paper) -> bool:
    """Say whether as far as is known a paper lies on arXiv and is not published."""
    has_venue = paper.venue is not None and not is_no_venue(paper.venue)
    return "arxiv" in paper.identifiers and not has_venue and paper.type not in ("book", "thesis")


def published_as(kept: Paper, found: Paper) -> dict[str, Any]:
    """Return the fields of the preprint `kept` that are others since it was published, as `found`,
    a record of it, tells; none if that tells of no publication.

    The day of the published version takes the place of the preprint's where that is of an earlier
    year, as one cites it; the preprint's is kept in `extra`.
    """
    venue = as_told(found).venue
    if not is_preprint(kept) or not venue:
        return {}
    return _published(kept, venue, found.type, found.published)


def referenced_as(kept: Paper, found: Paper) -> dict[str, Any]:
    """Return the same by what the authors told arXiv in their own words, "Nature 620 (2023)"."""
    reference = found.extra.get("journal_ref")
    if not isinstance(reference, str) or not is_preprint(kept) or is_no_venue(reference):
        return {}
    if not reference or len(reference) > _LONGEST_VENUE:
        return {}
    return _published(kept, reference, "article", written_last(reference))


def written_last(reference: str) -> str | None:
    """Return the last year in a reference, which is hardly that of a number of pages."""
    years = _YEAR.findall(reference)
    return years[-1] if years else None


def _published(kept: Paper, venue: str, kind: str, day: str | None) -> dict[str, Any]:
    if kind == "article":
        kind = "paper-conference" if _CONFERENCE.search(venue) else "article-journal"
    values: dict[str, Any] = {"venue": venue, "type": kind}
    if day and kept.published and kept.published[:4] < day[:4]:
        values["published"] = day
        values["extra"] = {**kept.extra, PREPRINT: kept.published}
    return values


def in_words(values: dict[str, Any], paper: Paper) -> str:
    """Return what is told of a publication: `published in Nature, 2024`; "" when it is none."""
    where = values.get("venue")
    if not where:
        return ""
    year = (values.get("published") or paper.published or "")[:4]
    return f"published in {where}" + (f", {year}" if year and year not in where else "")
