"""`readlist pick`, as far as no terminal is needed; tests/e2e has the rest."""

import pytest

from readlist.commands import picking


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "tex"], "'tex' is none of key, commas, latex, markdown, typst"),
        (["year:x"], "in the query, "),
        ([], "the interface needs a terminal, and there is none here"),
    ],
)
def test_what_cannot_be_done(filled, monkeypatch, arguments: list[str], message: str):
    monkeypatch.setattr(picking, "_TERMINAL", "/dev/no-tty")
    found = filled("pick", *arguments)
    assert (found.code, found.out) == (2, "")
    assert message in found.err


def test_of_an_empty_library_there_is_nothing_to_choose(readlist, monkeypatch):
    monkeypatch.setattr(picking, "_TERMINAL", "/dev/no-tty")
    found = readlist("pick")
    assert (found.code, found.out) == (1, "")
    assert "the library is empty" in found.err
