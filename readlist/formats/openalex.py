"""OpenAlex's answers: a work, or `results` of a search; abstracts come as an inverted index.

Source: https://docs.openalex.org/api-entities/works/work-object. A work was seen as it is answered;
answers to a search, and to a list of DOIs, are written from the documentation, without a sample.
What a work cites, its concepts, institutions and counts by year are left out.
"""

from typing import Any

from readlist.formats.building import Draft
from readlist.formats.incoming import Incoming
from readlist.formats.json_records import dig, many_at, parsed, read_all, text_at
from readlist.formats.markup import plain
from readlist.formats.names import parts
from readlist.paper import Paper
from readlist.text import clean_line

_TYPES = {
    "article": "article-journal", "preprint": "article", "book": "book", "book-chapter": "chapter",
    "dissertation": "thesis", "report": "report", "dataset": "dataset", "review": "article-journal",
    "letter": "article-journal", "editorial": "article-journal", "standard": "standard",
}  # fmt: skip
_LONGEST = 100_000  # words of an abstract


def looks_like(text: str) -> bool:
    """Say whether the first record has an id of a work there."""
    document = parsed(text) if "openalex.org/W" in text[:100_000] else None
    if document is None:
        return False
    record = next(many_at(document.value, "results"), None) or document.first()
    return "openalex.org/W" in text_at(record, "id")


def read(text: str, start: int | None = None) -> Incoming:
    """Return the works in an answer."""
    return read_all(text, "openalex", _paper, "results", start=start)


def _paper(record: Any) -> Paper:
    source = dig(record, "primary_location", "source")
    kind = text_at(record, "type")
    is_conference = text_at(source, "type") == "conference" or "proceedings" in text_at(
        record, "type_crossref"
    )
    draft = Draft(
        type="paper-conference" if is_conference else _TYPES.get(kind, "article"),
        title=plain(clean_line(text_at(record, "title") or text_at(record, "display_name"))),
        abstract=_abstract(dig(record, "abstract_inverted_index")),
        venue=text_at(source, "display_name"),
    )
    names = [
        text_at(one, "author", "display_name") or text_at(one, "raw_author_name")
        for one in many_at(record, "authorships")
    ]
    draft.persons(parts(clean_line(name)) for name in names if name)
    draft.date(text_at(record, "publication_date") or text_at(record, "publication_year"), "year")
    draft.identifier("openalex", text_at(record, "id").rpartition("/")[2])
    if doi := text_at(record, "doi") or text_at(record, "ids", "doi"):
        draft.identifier("doi", doi)
    if pmid := text_at(record, "ids", "pmid"):
        draft.identifier("pmid", pmid.rstrip("/").rpartition("/")[2])
    for location in many_at(record, "locations"):
        draft.mentions(text_at(location, "landing_page_url"))
    draft.link(text_at(record, "primary_location", "landing_page_url"))
    draft.link(text_at(record, "primary_location", "pdf_url"), "pdf")
    for name in ("volume", "issue"):
        value = text_at(record, "biblio", name)
        draft.keep({"issue": "number"}.get(name, name), value)
    pages = [text_at(record, "biblio", name) for name in ("first_page", "last_page")]
    draft.keep("pages", "–".join(dict.fromkeys(filter(None, pages))))
    draft.keep("cited_by_count", dig(record, "cited_by_count"))
    topics = [text_at(topic, "display_name") for topic in many_at(record, "topics")]
    draft.keep("topics", [topic for topic in topics if topic])
    return draft.paper()


def _abstract(index: Any) -> str:
    """Return the text of an index of words to their places."""
    if not isinstance(index, dict):
        return ""
    words: dict[int, str] = {}
    for word, places in index.items():
        for place in places if isinstance(places, list) else ():
            if isinstance(place, int) and 0 <= place < _LONGEST:
                words[place] = str(word)
    return plain(" ".join(words[place] for place in sorted(words)))
