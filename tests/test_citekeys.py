"""Citation keys are readable, and no paper shares one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.citekeys import Citekeys, cited, citekey
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
