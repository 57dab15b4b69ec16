"""A bibliography in which entries are put in place of others."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.formats import bibtex
from readlist.formats.bibtex_out import entry
from readlist.formats.bibtex_update import Bibliography, Update
from readlist.formats.incoming import FormatError
from readlist.paper import Paper
from readlist.text import clean_line

GAUSS = Paper(title="On Residues", authors=["Carl Gauss"], citekey="gauss", published="1801")
EULER = Paper(title="On Bridges", authors=["Leonhard Euler"], citekey="euler", published="1736")


def write(key: str, paper: Paper) -> str:
    return entry(paper, key, share=True, is_biblatex=False)


def updated(
    text: str | bytes, wanted: tuple[Paper, ...] = (), known: tuple[Paper, ...] = ()
) -> Update:
    return Bibliography(text if isinstance(text, bytes) else text.encode()).updated(
        {paper.citekey: paper for paper in wanted},
        {paper.citekey: paper for paper in known},
        write,
        lambda paper, other: paper.title == other.title,
    )


G, E = write("gauss", GAUSS), write("euler", EULER)
MINE = '@misc{mine, title = {Mine \\{}, note = "a {"} b"}'


def test_new_entries_come_behind():
    assert updated("", (GAUSS, EULER)).content.decode() == f"{G}\n{E}"
    for before, gap in ((MINE, "\n\n"), (MINE + "\n", "\n"), (MINE + "\n\n", "")):
        found = updated(before, (GAUSS,))
        assert found.content.decode() == before + gap + G
        assert found.added == ["gauss"]


def test_the_rest_stays_byte_for_byte():
    before = (
        "% caf\xe9 @misc{gauss, title={no}}\n@string{x = {y}}\r\njunk } {\n"
        "@comment{@misc{euler, title={On Bridges}}}\n@preamble{ {\\x} }\n\n"
        "@Misc(paren, title={z})\n"
        f"{MINE}  tail\n@ArticLE {{ gauss , title = {{On Residues}}}} behind "
        "@misc{broken, title={\n"
    ).encode("cp1252", "ignore")
    found = updated(before, (GAUSS, EULER))
    start, _, rest = found.content.partition(b"@misc{gauss,\r\n")
    assert start == before[: before.index(b"@ArticLE")]
    assert b"},\r\n} behind @misc{broken, title={\n\r\n@misc{euler,\r\n" in rest
    assert (found.updated, found.added) == (["gauss"], ["euler"])


def test_what_a_paper_does_not_say_stays_in_its_entry():
    before = (
        '@Article{gauss, title="{On} Residues", year = 1900, month = jan, pages={1--2},\n'
        '  journal = x # " y", Note = {N}}'
    )
    found = updated(before, (GAUSS,)).content.decode()
    assert found == (
        "@Article{gauss,\n  title         = {On Residues},\n  author        = {Gauss, Carl},\n"
        "  year          = {1801},\n  pages         = {1--2},\n"
        '  journal       = x # " y",\n  Note          = {N},\n}'
    )
    assert updated(found, (GAUSS,)).content.decode() == found


def test_a_venue_that_is_known_replaces_that_which_was_there():
    paper = GAUSS.but(venue="Crelle", type="article-journal")
    found = updated("@inproceedings{gauss, title={On Residues}, booktitle={B}}", (paper,))
    assert b"@article{gauss" in found.content
    assert b"booktitle" not in found.content


@pytest.mark.parametrize(
    "text",
    [
        "@misc{gauss, title={Something else}}",
        "@misc{gauss, year=1801}",
        "@misc{gauss, title={On Residues}",
        "@misc{gauss, title={On {Residues}\n@misc{mine, title={x}}",
        "@misc{gauss, title={On Residues}, title={Twice}}",
        "@misc(gauss, title={On Residues})",
    ],
)
def test_another_paper_or_a_broken_entry_is_left_alone(text: str):
    found = updated(text, (GAUSS,))
    assert found.content.decode() == text
    assert found.other + found.unclear == ["gauss"]
    assert not found.added + found.updated


def test_a_second_entry_with_the_key_stays():
    found = updated(f"{G}\n{G}", (GAUSS.but(venue="V"),))
    assert found.content.decode().endswith(G)
    assert found.content.count(b"gauss") == 2
    assert found.updated == ["gauss"]


def test_what_is_no_longer_wanted_is_taken_out_if_nothing_is_lost():
    found = updated(f"% a\n{G}\n{E}", (EULER,), (GAUSS,))
    assert (found.content.decode(), found.taken_out) == (f"% a\n{E}", ["gauss"])
    for text in (
        G.replace("On Residues", "on residues"),
        G.replace("}\n", "  note = {mine},\n}\n"),
        f"{G}@misc{{a, crossref = {{gauss}}}}",
        f"{G}@misc{{a, note = {{see \\cite{{gauss}}}}}}",
    ):
        assert updated(text, (), (GAUSS,)).content.decode() == text


def test_aliases_of_biblatex_are_keys():
    there = Bibliography(b"@misc{a, ids = {gauss, b}, title={x}}")
    assert there.keys == {"a", "b", "gauss"}


def test_what_is_no_utf8_is_refused():
    with pytest.raises(FormatError):
        Bibliography("@misc{a,}".encode("utf-16"))


def test_lines_end_as_in_the_file():
    found = updated("@misc{a, title={x}}\r\n", (GAUSS,)).content
    assert found.count(b"\n") == found.count(b"\r\n")


PIECES = [
    *"@{}(),=%\"\n ", "@misc{gauss, title={On Residues}}", "@misc{", "@comment{", "mine,",
    "title = {On Residues}", "@article{gauss,", "\\cite{", "ids={", "@string{a={b}}", G, E, "\r\n",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.binary(max_size=5))
def test_whatever_is_in_the_file(text: str, more: bytes):
    before = text.encode() + more.replace(b"\0", b"")
    found = updated(before, (GAUSS,), (EULER,))
    if not found.updated + found.taken_out:
        assert found.content.startswith(before)
    if not found.updated + found.taken_out + found.added:
        assert found.content == before
    again = updated(found.content, (GAUSS,))
    assert "gauss" in Bibliography(found.content).keys
    assert again.content == found.content  # nothing is left to do
    assert not again.added


@given(st.lists(st.text(max_size=30), max_size=6), st.sets(st.integers(0, 5)))
def test_a_file_of_readlists_own_becomes_what_would_be_written_anew(titles, changed):
    titles = [clean_line(f"T{n} {title}") for n, title in enumerate(titles)]
    papers = [Paper(title=title, citekey=f"k{n}") for n, title in enumerate(titles)]
    before = "\n".join(write(p.citekey, p) for p in papers)
    after = [p.but(venue="V") if n in changed else p for n, p in enumerate(papers)]
    found = updated(before, tuple(after)).content.decode()
    assert found == "\n".join(write(p.citekey, p) for p in after)
    if papers:
        assert len(bibtex.read(found).papers) == len(papers)


@pytest.mark.parametrize(
    "piece",
    [
        "{", "}", "@", "@a{", "@a{b,", "@comment{", "@ ", "@a{b,}", "@a(b,", "@a{b", "%@a{b,}",
        "crossref = {", "\\cite", "\\cite{", "@a{ ", "@comment{@a{b,", "ids =", "a",
    ],
)  # fmt: skip
def test_the_time_grows_with_the_text(piece: str):
    begin = time.process_time()
    updated(piece * (200_000 // len(piece)), (GAUSS,), (EULER,))
    assert time.process_time() - begin < 3
