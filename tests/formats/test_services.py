"""Semantic Scholar, OpenAlex, Crossref and OpenReview."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.formats import crossref, openalex, openreview, semanticscholar
from readlist.formats.detect import detect
from tests.strategies import json_values

S2 = {
    "paperId": "abc", "title": "A", "abstract": "One.", "year": 2020, "venue": "V",
    "authors": [{"name": "Ada Lovelace"}],
    "externalIds": {"ArXiv": "2401.00001", "DOI": "10.1000/X"},
    "publicationTypes": ["Conference"], "openAccessPdf": {"url": "https://a.org/a.pdf"},
}  # fmt: skip
WORK = {
    "id": "https://openalex.org/W1", "title": "A", "type": "article",
    "publication_date": "2020-01-02", "doi": "https://doi.org/10.1000/X",
    "authorships": [{"author": {"display_name": "Ada Lovelace"}}],
    "abstract_inverted_index": {"One": [0, 2], "and": [1]},
}  # fmt: skip
CROSSREF = {
    "DOI": "10.1000/X", "prefix": "10.1000", "type": "journal-article", "title": ["A", "B"],
    "author": [{"given": "Ada", "family": "Lovelace"}], "container-title": ["V"],
    "issued": {"date-parts": [[2020, 1]]},
    "abstract": "<jats:title>Abstract</jats:title>"
                "<jats:p>One <jats:italic>a</jats:italic> &lt; b</jats:p><jats:p>Two</jats:p>",
}  # fmt: skip
NOTE = {
    "id": "Oxh5CstDJU", "forum": "Oxh5CstDJU", "pdate": 1705312800000,
    "content": {"title": {"value": "A"}, "authors": {"value": ["Ada Lovelace"]},
                "abstract": {"value": "One."}, "venue": {"value": "ICLR 2024 poster"},
                "pdf": {"value": "/pdf/x.pdf"}, "keywords": {"value": ["RL"]}},
}  # fmt: skip
FORMS = [
    (semanticscholar, S2), (semanticscholar, {"total": 1, "data": [S2]}), (semanticscholar, [S2]),
    (semanticscholar, {"offset": 0, "data": [{"contexts": [], "citingPaper": S2}]}),
    (semanticscholar, {"offset": 0, "data": [{"isInfluential": True, "citedPaper": S2}]}),
    (openalex, WORK), (openalex, {"meta": {}, "results": [WORK]}),
    (crossref, {"status": "ok", "message": CROSSREF}),
    (crossref, {"status": "ok", "message": {"items": [CROSSREF]}}), (crossref, [CROSSREF]),
    (openreview, {"notes": [NOTE]}), (openreview, NOTE),
]  # fmt: skip


@pytest.mark.parametrize(("module", "value"), FORMS)
def test_each_answer_is_read(module, value):
    text = json.dumps(value)
    assert detect(text).module == module.__name__.rpartition(".")[2]
    (paper,) = module.read(text).papers
    assert (paper.title, paper.authors) == ("A", ["Ada Lovelace"])


def test_each_field_has_its_place():
    paper = semanticscholar.read(json.dumps(S2)).papers[0]
    assert paper.identifiers == {
        "arxiv": "2401.00001",
        "doi": "10.1000/x",
        "semanticscholar": "abc",
    }
    assert (paper.type, paper.venue, paper.published) == ("paper-conference", "V", "2020")
    assert paper.urls["pdf"] == "https://a.org/a.pdf"
    paper = openalex.read(json.dumps(WORK)).papers[0]
    assert (paper.abstract, paper.published) == ("One and One", "2020-01-02")
    paper = crossref.read(json.dumps([CROSSREF])).papers[0]
    assert (paper.abstract, paper.venue, paper.published) == ("One a < b\n\nTwo", "V", "2020-01")
    paper = openreview.read(json.dumps(NOTE)).papers[0]
    assert (paper.venue, paper.published) == ("ICLR 2024 poster", "2024-01-15")
    assert paper.urls == {"abstract": "https://openreview.net/forum?id=Oxh5CstDJU",
                          "pdf": "https://openreview.net/pdf/x.pdf"}  # fmt: skip
    assert paper.identifiers == {"openreview": "Oxh5CstDJU"}


@pytest.mark.parametrize(
    ("moment", "day"), [(-1000, "1969-12-31"), (True, None), ("x", None), (10**30, None)]
)
def test_a_note_has_the_day_that_it_tells(moment, day):
    (paper,) = openreview.read(json.dumps(NOTE | {"pdate": moment})).papers
    assert paper.published == day


def test_a_note_of_the_first_version_has_its_values_bare():
    content = {name: value["value"] for name, value in NOTE["content"].items()}
    (paper,) = openreview.read(json.dumps(NOTE | {"content": content})).papers
    assert (paper.authors, paper.categories) == (["Ada Lovelace"], ["RL"])


def test_what_else_a_note_tells_is_kept():
    content = NOTE["content"] | {"primary_area": {"value": "vision"}, "_bibtex": {"value": "@"}}
    (paper,) = openreview.read(json.dumps(NOTE | {"content": content})).papers
    assert paper.extra == {"primary_area": "vision"}


def test_reviews_are_no_papers():
    found = openreview.read(json.dumps({"notes": [NOTE, NOTE | {"id": "other"}]}))
    assert len(found.papers) == 1
    assert found.refusals[0].reason == "it is a review or comment, no paper"


@pytest.mark.parametrize(
    ("module", "record"),
    [(semanticscholar, S2), (openalex, WORK), (crossref, CROSSREF), (openreview, NOTE)],
)
@given(data=st.data())
def test_no_values_bring_it_down(module, record, data):
    odd = data.draw(st.dictionaries(st.sampled_from(sorted(record)), json_values))
    text = json.dumps([record | odd, record])
    module.looks_like(text)
    assert module.read(text).papers
