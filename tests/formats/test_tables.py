"""CSV: lists of links in, Zotero's export in, papers out and in again."""

import csv
import json
import time
from io import StringIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readlist.formats import csv_table, zotero
from readlist.formats.detect import detect
from readlist.formats.incoming import FormatError
from readlist.paper import Paper, Status
from tests.strategies import documents


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("title,url,tags\nA,https://arxiv.org/abs/2401.00001,x|y z", ["x", "y-z"]),
        ("URL,Title\nhttps://arxiv.org/abs/2401.00001,A", []),
        ("\ufefflink;name\nhttps://arxiv.org/abs/2401.00001;A", []),
        ("Title\tDOI\tURL\nA\t\thttps://arxiv.org/abs/2401.00001", []),
    ],
)
def test_a_table_of_links_is_read(text, tags):
    assert detect(text).name == "csv"
    (paper,) = csv_table.read(text).papers
    assert (paper.title, paper.identifiers, paper.tags) == ("A", {"arxiv": "2401.00001"}, tags)


def test_a_row_that_is_none_is_refused_by_its_line():
    found = csv_table.read(
        'title,url\nA,http://a.org\n"B\nb",http://b.org\n,\n,x\nC,http://c.org,x\n'
    )
    assert [paper.title for paper in found.papers] == ["A", "B b"]
    assert [(r.place, r.reason) for r in found.refusals] == [
        ("line 6", "it has no title"),
        ("line 7", "it has 3 cells, the header 2"),
    ]


@pytest.mark.parametrize("text", ["a,b\n1,2", "title\nA", "Dear title, url: none", ""])
def test_other_tables_are_none_of_papers(text):
    assert not csv_table.looks_like(text)
    with pytest.raises(FormatError):
        csv_table.read(text)


HELD = ("citekey", "title", "authors", "published", "venue", "tags", "note", "abstract")


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(documents(), min_size=1, max_size=3))
def test_what_was_written_is_read_the_same(found):
    papers = [Paper.read(doc).but(id=i, citekey=f"k{i}") for i, doc in enumerate(found, 1)]
    content = csv_table.write(papers, share=False, exported="").decode("utf-8-sig")
    for row in csv.reader(StringIO(content, newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
    for paper, again in zip(papers, csv_table.read(content).papers, strict=True):
        for name in ("citekey", "title", "published", "venue", "tags", "note", "abstract"):
            assert getattr(again, name) == getattr(paper, name)


def test_names_keep_their_parts():
    paper = Paper(id=1, title="=1+1", authors=["Ada Lovelace", "The Whole Team"],
                  extra={"family_names": {"The Whole Team": "The Whole Team"}})  # fmt: skip
    content = csv_table.write([paper], share=True, exported="").decode("utf-8-sig")
    assert "'=1+1" in content
    assert "status" not in content
    (again,) = csv_table.read(content).papers
    assert (again.title, again.authors) == (paper.title, paper.authors)


@pytest.mark.parametrize("name", ["Ada Lovelace", "Martin King Jr.", "Barnes and Noble", "Plato"])
def test_a_single_name_stays_one(name):
    families = {name: name} if " and " in name else {}
    paper = Paper(id=1, title="T", authors=[name], extra={"family_names": families})
    content = csv_table.write([paper], share=True, exported="").decode("utf-8-sig")
    (again,) = csv_table.read(content).papers
    assert again.authors == [name]


def test_better_bibtex_json_is_read():
    item = {
        "itemType": "journalArticle", "citationKey": "k", "title": "A <i>B</i>", "DOI": "10.1000/x",
        "creators": [{"firstName": "Ada", "lastName": "Lovelace", "creatorType": "author"},
                     {"name": "The Team", "creatorType": "author"},
                     {"firstName": "E", "lastName": "D", "creatorType": "editor"}],
        "tags": [{"tag": "Deep Learning"}, {"tag": "Computer Science", "type": 1}],
        "notes": [{"note": "<p>mine</p>"}], "attachments": [{"path": "/a.pdf"}],
        "date": "2020-03", "publicationTitle": "J", "extra": "arXiv: 2003.00001 [cs]", "volume": 7,
    }  # fmt: skip
    text = json.dumps(
        {"config": {"label": "BetterBibTeX JSON"}, "items": [item, {"itemType": "note"}]}
    )
    assert detect(text).name == "zotero"
    found = zotero.read(text)
    assert found.status is Status.TO_READ
    (paper,) = found.papers
    assert (paper.title, paper.citekey, paper.type) == ("A B", "k", "article-journal")
    assert paper.authors == ["Ada Lovelace", "The Team"]
    assert (paper.tags, paper.categories) == (["deep-learning"], ["Computer Science"])
    assert (paper.note, paper.files, paper.venue) == ("mine", ["/a.pdf"], "J")
    assert paper.identifiers == {"arxiv": "2003.00001", "doi": "10.1000/x"}
    assert (paper.extra["editor"], paper.extra["volume"]) == ("E D", "7")
    assert [refusal.place for refusal in found.refusals] == ["paper 2"]


@given(st.text(st.sampled_from("a,;\"\n\t'=é\x00"), max_size=60))
def test_no_table_brings_it_down(text):
    csv_table.read("title,url\n" + text)


@pytest.mark.parametrize(
    "text",
    [
        '"' + "x" * 9_000_000,
        '"x' * 100_000,
        "a,b\n" * 30_000,
        pytest.param("a,b\n" * 100_000, marks=pytest.mark.soak),
        "," * 1_000_000,
    ],
)
def test_no_table_takes_long(text):
    start = time.process_time()
    csv_table.read("title,url\n" + text)
    assert time.process_time() - start < 15
