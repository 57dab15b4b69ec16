"""BibTeX and BibLaTeX go out, and come in again as the same papers."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readlist.citekeys import as_cited
from readlist.formats import bibtex, bibtex_out
from readlist.paper import Paper
from readlist.text import clean_line
from tests.strategies import documents

WRITERS = {"bibtex": bibtex_out.write, "biblatex": bibtex_out.write_biblatex}
HELD = (
    "citekey", "title", "abstract", "authors", "organization", "venue", "published", "tags",
    "note", "files", "categories",
)  # fmt: skip


def written(papers, name="bibtex", share=False):
    numbered = [paper.but(id=number) for number, paper in enumerate(papers, 1)]
    return WRITERS[name](numbered, share=share, exported="").decode()


@pytest.mark.parametrize("name", WRITERS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(documents(), min_size=1, max_size=3))
def test_what_was_written_is_read_the_same(name, found):
    papers = [Paper.read(doc).but(id=i, citekey=f"k{i}") for i, doc in enumerate(found, 1)]
    papers = [
        paper.but(**{n: _untabbed(getattr(paper, n)) for n in ("abstract", "note")})
        for paper in papers
    ]
    once = bibtex.read(written(papers, name))
    assert once.refusals == []
    for paper, again in zip(papers, once.papers, strict=True):
        assert [getattr(again, n) for n in HELD] == [getattr(paper, n) for n in HELD]
    assert bibtex.read(written(once.papers, name)).papers == once.papers


def _untabbed(text):
    return text.replace("\t", " ")


@pytest.mark.parametrize("name", WRITERS)
def test_real_files_go_out_and_come_in_the_same(shared, name):
    for file in sorted((shared / "payloads").glob("*.bib")):
        papers = [
            p.but(citekey=f"{p.citekey}.{i}")
            for i, p in enumerate(bibtex.read(file.read_text("utf-8")).papers)
        ]
        assert bibtex.read(written(papers, name)).papers == papers


FULL = Paper(
    id=1, citekey="garcia2020", type="article-journal", title="TD-MPC2: 50% of $x$ & é",
    authors=["Gabriel García Márquez", "Ada Lovelace", "others"], venue="J. of Tests",
    published="2020-03-12", identifiers={"arxiv": "2003.00001", "doi": "10.1000/a_b"},
    urls={"abstract": "https://example.org/a_b"}, categories=["cs.LG", "cs.AI"],
    tags=["rl"], note="mine", files=["/home/me/a.pdf"],
    extra={
        "volume": "7", "deep": {"a": 1},
        "family_names": {"Gabriel García Márquez": "García Márquez"},
    },
)  # fmt: skip


def test_bibtex_is_what_people_write():
    assert written([FULL]) == (
        "@article{garcia2020,\n"
        "  title         = {{TD-MPC2:} 50\\% of $x$ \\& {\\'{e}}},\n"
        "  author        = {Garc{\\'{i}}a M{\\'{a}}rquez, Gabriel and Lovelace, Ada and others},\n"
        "  year          = {2020},\n"
        "  month         = mar,\n"
        "  day           = {12},\n"
        "  journal       = {J. of Tests},\n"
        "  keywords      = {rl},\n"
        "  annote        = {mine},\n"
        "  file          = {/home/me/a.pdf},\n"
        "  doi           = {10.1000/a_b},\n"
        "  eprint        = {2003.00001},\n"
        "  archiveprefix = {arXiv},\n"
        "  primaryclass  = {cs.LG},\n"
        "  categories    = {cs.AI},\n"
        "  url           = {https://example.org/a_b},\n"
        "  volume        = {7},\n"
        "}\n"
    )


def test_biblatex_has_its_own_fields():
    text = written([FULL], "biblatex")
    for line in (
        "title         = {{TD-MPC2:} 50\\% of $x$ \\& é},",
        "author        = {García Márquez, Gabriel and",
        "date          = {2020-03-12},",
        "journaltitle  = {J. of Tests},",
        "eprinttype    = {arXiv},",
        "eprintclass   = {cs.LG},",
        "annotation    = {mine},",
    ):
        assert line in text


def test_what_is_the_users_own_is_not_shared():
    assert "mine" not in written([FULL], share=True)
    assert "/home/me" not in written([FULL], share=True)


def test_keys_are_unique_and_such_as_latex_reads():
    papers = [
        Paper(title="A", citekey="a{b}, c"),
        Paper(title="B", citekey="abc"),
        Paper(title="C D"),
    ]
    assert [paper.citekey for paper in bibtex.read(written(papers)).papers] == ["abc", "abca", "cd"]


@pytest.mark.parametrize(
    ("type", "extra", "entry"),
    [
        ("article", {}, "misc"),
        ("thesis", {}, "phdthesis"),
        ("thesis", {"entry_type": "mastersthesis"}, "mastersthesis"),
        ("paper-conference", {"entry_type": "mastersthesis"}, "inproceedings"),
        ("webpage", {}, "misc"),
        ("report", {}, "techreport"),
        ("unheard-of", {}, "misc"),
    ],
)
def test_types_become_those_of_bibtex(type, extra, entry):
    assert written([Paper(title="A", type=type, extra=extra)]).startswith(f"@{entry}{{")


@pytest.mark.parametrize("name", WRITERS)
def test_an_entry_refers_to_another_that_is_written_behind_it_or_to_none(name):
    parent, other, child = bibtex.read(
        "@proceedings{Proc, title={Proc. of X}, year=2001, editor={E}}\n"
        "@misc{o, title={O}}\n"
        "@inproceedings{a, title={A}, author={B}, crossref={proc}}"
    ).papers
    together = written([parent, other, child], name)
    places = [together.find(key) for key in ("{o,", "{a,", "{Proc,")]
    assert places == sorted(places)
    assert "crossref      = {proc}" in together
    alone = written([other, child], name)
    assert "crossref" not in alone
    for field in ("title         = {A}", "booktitle     = {Proc. of X}", "editor        = {E}"):
        assert field in alone
    assert "2001" in alone
    again = bibtex.read(alone).papers[1]
    assert (again.title, again.venue, again.published) == ("A", "Proc. of X", "2001")


aliases = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=6).filter(
    lambda key: as_cited(clean_line(key)) == key
)


@pytest.mark.parametrize("name", WRITERS)
@given(st.lists(st.lists(aliases, max_size=4, unique=True), min_size=1, max_size=3))
def test_other_keys_of_a_paper_go_out_and_come_in(name, found):
    papers = [
        Paper(title=f"Title {i}", citekey=f"own{i}", extra={"citekeys": keys} if keys else {})
        for i, keys in enumerate(found)
    ]
    again = bibtex.read(written(papers, name)).papers
    assert [paper.citekey for paper in again] == [paper.citekey for paper in papers]
    assert [paper.extra for paper in again] == [paper.extra for paper in papers]


def test_no_entry_is_found_by_the_key_of_another():
    papers = [
        Paper(title="A", citekey="a", extra={"citekeys": ["b", "old", "a", "x, y", "{}"]}),
        Paper(title="B", citekey="b"),
    ]
    text = written(papers, "biblatex")
    assert text.startswith("@misc{a,\n  ids           = {old, xy},\n")
    assert text.count("ids ") == 1


def test_a_parent_is_found_by_another_of_its_keys_and_its_keys_are_its_own():
    child, _ = bibtex.read(
        "@inproceedings{a, title={A}, author={B}, crossref={P19}}\n"
        "@proceedings{Proc, ids={ p19 , p20}, title={Proc. of X}, year=2001}"
    ).papers
    assert (child.venue, child.published) == ("Proc. of X", "2001")
    assert "citekeys" not in child.extra
