"""Semantic Scholar's answers: a paper, a list of papers, or a search with them in `data`.

Source: https://api.semanticscholar.org/api-docs/graph. A paper and a search were seen as they are
answered; lists of citations and references, and answers for many ids at once, are written from the
documentation, without a sample. What cites a paper and what it cites, embeddings and ids of authors
are left out.
"""

from typing import Any

from readlist.formats.building import Draft
from readlist.formats.incoming import FormatError, Incoming
from readlist.formats.json_records import (
    dig,
    many_at,
    parsed,
    read_all,
    take,
    text_at,
    texts_at,
    whole,
)
from readlist.formats.names import parts
from readlist.paper import Paper
from readlist.text import clean_line, shorten

_TYPES = {
    "JournalArticle": "article-journal", "Conference": "paper-conference", "Book": "book",
    "BookSection": "chapter", "Dataset": "dataset", "Review": "article-journal",
}  # fmt: skip
_IDENTIFIERS = {"ArXiv": "arxiv", "DOI": "doi", "PubMed": "pmid", "PubMedCentral": "pmcid"}
_KNOWS_NONE = "No valid paper ids given"


def looks_like(text: str) -> bool:
    """Say whether the first paper has the id that only these have."""
    document = parsed(text) if '"paperId"' in text[:100_000] else None
    if document is None:
        return False
    record = _inner(next(many_at(document.value, "data"), None) or document.first())
    return isinstance(record, dict) and "paperId" in record


def read(text: str, start: int | None = None) -> Incoming:
    """Return the papers in an answer."""
    found = Incoming("semanticscholar", "semanticscholar")
    return read_all(text, "semanticscholar", _paper, "data", start=start, found=found)


def read_batch(text: str, number: int) -> list[Paper | None]:
    """Return the papers for so many ids that were asked for at once, in their order; None for those
    that are not known.

    When none of them is, that is answered with an error. Raises `FormatError` for other answers.
    """
    value = whole(text).value
    if text_at(value, "error") == _KNOWS_NONE:
        return [None] * number
    if not isinstance(value, list) or len(value) != number:
        reason = clean_line(text_at(value, "error") or text_at(value, "message"))
        raise FormatError(shorten(reason, 100) or "it is no list of as many papers")
    return [_known(record) for record in value]


def _known(record: Any) -> Paper | None:
    found = Incoming("semanticscholar", "semanticscholar")
    if record is not None:
        take("", record, _paper, found)
    return next(iter(found.papers), None)


def _inner(record: Any) -> Any:
    """Return the paper in a record: of lists of citations and references, the one inside."""
    inner = dig(record, "citedPaper") or dig(record, "citingPaper") or dig(record, "paper")
    return inner if isinstance(inner, dict) else record


def _paper(record: Any) -> Paper:
    record = _inner(record)
    kinds = [_TYPES[kind] for kind in texts_at(record, "publicationTypes") if kind in _TYPES]
    draft = Draft(
        type=kinds[0] if kinds else "article",
        title=clean_line(text_at(record, "title")),
        abstract=text_at(record, "abstract"),
        venue=text_at(record, "journal", "name") or text_at(record, "venue"),
    )
    draft.persons(
        parts(clean_line(text_at(author, "name"))) for author in many_at(record, "authors")
    )
    draft.date(text_at(record, "publicationDate") or text_at(record, "year"), "year")
    for name, kind in _IDENTIFIERS.items():
        if value := text_at(record, "externalIds", name):
            draft.identifier(kind, value)
    if number := text_at(record, "paperId"):
        draft.identifier("semanticscholar", number)
    draft.link(text_at(record, "url"))
    draft.link(text_at(record, "openAccessPdf", "url"), "pdf")
    for name in ("volume", "pages"):
        draft.keep(name, clean_line(text_at(record, "journal", name)))
    for name in ("citationCount", "referenceCount", "influentialCitationCount"):
        draft.keep(name, dig(record, name))
    others = dig(record, "externalIds")
    if isinstance(others, dict):
        draft.keep("externalIds", {n: v for n, v in others.items() if n not in _IDENTIFIERS})
    draft.keep("tldr", text_at(record, "tldr", "text"))
    draft.keep("fieldsOfStudy", texts_at(record, "fieldsOfStudy"))
    return draft.paper()
