"""`readlist cite`."""

import pytest


def test_plain_references(filled):
    found = filled("cite", "1", "3")
    assert (found.code, found.err) == (0, "")
    assert found.out.splitlines() == [
        "Mina Okafor and Lars Lindqvist. Offline Reinforcement Learning.",
        "2024. 漢字 Recognition.",
    ]
    assert filled("cite", "1", "--json").json == [
        {
            "id": 1,
            "citekey": "okaforoffline",
            "reference": "Mina Okafor and Lars Lindqvist. Offline Reinforcement Learning.",
        }
    ]


def test_a_style_is_named_or_set(filled, tmp_path):
    named = filled("cite", "1", "--style", "apa", "--format", "html")
    assert (
        named.out == "<p>Okafor, M., &amp; Lindqvist, L. (n.d.). <i>Offline Reinforcement "
        "Learning</i>.</p>\n"
    )
    (tmp_path / "config.toml").write_text('[cite]\nstyle = "ieee"\n')
    assert filled("cite", "1").out.startswith("[1] M. Okafor and L. Lindqvist, “Offline")
    (tmp_path / "config.toml").write_text("[cite]\nstyle = 3\n")
    found = filled("cite", "1")
    assert (found.code, "cite.style: the name of a style is wanted" in found.err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([], 2, "which papers?"),
        (["1", "--format", "rtf"], 2, "'rtf' is none of text, html, markdown"),
        (["1", "--style", "aapa"], 1, "no style is called 'aapa'; did you mean"),
        (["title:none"], 1, "no paper"),
    ],
)
def test_what_cannot_be_done(filled, arguments, code, message):
    found = filled("cite", *arguments)
    assert (found.code, found.out) == (code, "")
    assert message in found.err
