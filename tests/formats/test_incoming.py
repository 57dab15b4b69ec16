"""What readers return: papers, and records that were left out, in numbers that help."""

import io

import pytest

from readlist.formats import streamed
from readlist.formats.catalogue import named
from readlist.formats.incoming import MOST_REFUSED, FormatError, Incoming
from readlist.paper import Paper
from tests.formats.test_streamed import KAGGLE, lines


def test_of_a_file_of_something_else_not_every_record_is_refused_alone():
    found = Incoming("csv", "csv", [Paper(title="A")])
    with pytest.raises(FormatError) as error:
        for number in range(MOST_REFUSED + 1):
            found.refuse(f"line {number}", "why")
    assert str(error.value) == "10,000 of its first 10,001 records are no papers; line 0: why"


def test_where_papers_are_among_them_each_is():
    found = Incoming("csv", "csv", [Paper(title="A")] * 1000)
    for number in range(2 * MOST_REFUSED):
        found.refuse(f"line {number}", "why")
    assert len(found.refusals) == 2 * MOST_REFUSED


def test_a_stream_ends_when_it_has_refused_too_much(monkeypatch):
    monkeypatch.setattr(streamed, "BLOCK", 500)
    monkeypatch.setattr(streamed, "_MOST_REFUSED", 100)
    content = lines(KAGGLE) * 3 + b"x\n" * 10_000 + lines(KAGGLE)
    file = io.BytesIO(content)
    found = streamed.Stream(file.read(1000), file, named("kaggle")).whole()
    assert len(found.papers) == 3
    assert 100 < len(found.refusals) < 500
    assert found.refusals[-1].reason == "so much was refused that the rest was not read"
