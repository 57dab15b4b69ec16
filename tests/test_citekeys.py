"""Citation keys are readable, and no paper shares one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.citekeys import ALIASES, Citekeys, aliases, called, cited, citekey, is_made
from readlist.paper import Paper


@pytest.mark.parametrize(
    ("authors", "published", "title", "key"),
    [
        (["Alba García-Durán"], "2026-11-20", "A Reward Model That Knows", "garcia2026reward"),
        (["Dani Valevski"], "2024", "Diffusion Models Are Real-Time", "valevski2024diffusion"),
        (["Guido van Rossum"], "1991", "On Python", "rossum1991python"),
        (["van der Berg, Jan"], "1991", "Python", "berg1991python"),
        (["Martin Luther King Jr."], "1963", "The Dream", "king1963dream"),
        (["King, Martin, Jr."], "1963", "The Dream", "king1963dream"),
        (["Søren Ångström"], "2001", "Ørsted's æther", "angstrom2001orsted"),
        (["OpenAI"], "2023-03", "GPT-4 Technical Report", "openai2023gpt"),
        (["V"], None, "Deep Learning", "vdeep"),
        (["王小明"], "2024", "Deep Learning of Graphs", "deep2024learning"),
        ([], "2025-08-15", "UAV-VL-R1: Generalizing", "uav2025vl"),
        ([], None, "The Road to Serfdom", "roadserfdom"),
        ([], None, "Is It You?", "isit"),
        ([], "2020", "1984", "paper2020"),
        ([], None, "漢字", "paper"),
        (["Jun Ito"], "2020", "漢字", "ito2020"),
        (["Jun Ito"], None, "x" * 5000, "ito" + "x" * 30),
    ],
)
def test_a_key_is_author_year_and_word(authors, published, title, key):
    assert citekey(Paper(title=title, authors=authors, published=published)) == key


@given(st.text(min_size=1), st.lists(st.text(), max_size=2))
def test_a_key_is_plain(title: str, authors: list[str]):
    key = citekey(Paper(title=title, authors=authors))
    assert key.isascii()
    assert key.isalnum()
    assert key == key.lower()


@given(st.text(min_size=1), st.lists(st.text(), max_size=2), st.sampled_from([None, "2024-05"]))
def test_a_key_that_was_made_is_seen_to_be(title: str, authors: list[str], published: str | None):
    keys = Citekeys()
    paper = Paper(title=title, authors=authors, published=published)
    assert is_made(paper.but(citekey=keys.give(paper)))
    assert is_made(paper.but(citekey=keys.give(paper)))
    assert is_made(
        paper.but(citekey=keys.give(paper), published="2031", authors=authors or ["A B"])
    )


@pytest.mark.parametrize(
    ("key", "is_own"),
    [
        ("ito2023offline", True),
        ("ito2024offlineab", True),
        ("offline2024learning", True),
        ("arxiv", True),
        ("Ito2023offline", False),
        ("ito23", False),
        ("ito2023", False),
        ("ito2023a", False),
        ("ito:2023", False),
        ("wu2023offline", False),
        ("ito2023learning", False),
    ],
)
def test_a_key_is_made_by_what_is_or_was_known(key: str, is_own: bool):
    paper = Paper(
        title="Offline Learning",
        authors=["Jun Ito"],
        published="2023",
        identifiers={"arxiv": "2305.00001"},
        citekey=key,
    )
    assert is_made(paper) is is_own


def test_a_key_that_was_given_takes_the_place_of_one_that_was_made_and_none_is_lost():
    made = Paper(title="Road", citekey="road")
    given = called(made, ["Hayek44", "H"])
    assert (given.citekey, aliases(given)) == ("Hayek44", ["road", "H"])
    again = called(given, ["Hayek:1944", "road"])
    assert (again.citekey, aliases(again)) == ("Hayek44", ["road", "H", "Hayek:1944"])
    assert called(again, ["H", "Hayek44", ""]) is again
    other = called(made, ["roada"], are_given=False)
    assert (other.citekey, aliases(other)) == ("road", ["roada"])
    assert aliases(Paper(title="Road", extra={ALIASES: "H"})) == []


def test_a_key_is_claimed_once():
    keys = Citekeys(["a"])
    assert [keys.claim(key) for key in "abb"] == [False, True, False]
    assert keys.give(Paper(title="B", citekey="b")) == "ba"


def test_keys_that_are_taken_get_a_suffix():
    keys = Citekeys(["roada", "roadb"])
    given = [keys.give(Paper(title="Road")) for _ in range(30)]
    assert given[:3] == ["road", "roadc", "roadd"]
    assert given[-3:] == ["roadac", "roadad", "roadae"]
    assert len(set(given)) == 30


def test_a_key_that_a_paper_brings_survives_if_it_is_free():
    keys = Citekeys()
    assert keys.give(Paper(title="Road", citekey="Hayek:1944")) == "Hayek:1944"
    assert keys.give(Paper(title="Other", citekey="Hayek:1944")) == "Hayek:1944a"


@pytest.mark.parametrize(
    ("own", "key"),
    [
        ("Hayek:1944", "Hayek:1944"),
        ("äther", "äther"),
        ("a key", "akey"),
        ("x,y}\\input{z}#1%~@", "xyinputz1"),
        ("{}", "road"),
        ("", "road"),
    ],
)
def test_a_paper_is_cited_by_what_latex_takes_of_its_key(own: str, key: str):
    assert cited(Paper(title="Road", citekey=own)) == key
