"""readlist's own JSON: nothing is lost, and nothing in a file brings the reader down."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.formats import native
from readlist.formats.incoming import FormatError, Refusal
from readlist.paper import FIELDS, Paper, Status
from tests.strategies import documents, json_values

EXPORTED = "2026-03-01T12:00:00Z"


def envelope(*papers: Any, **others: Any) -> str:
    return json.dumps({"format": "readlist", "version": 1, "papers": papers} | others)


def titles(text: str) -> list[str]:
    return [paper.title for paper in native.read(text).papers]


def write(papers: list[Paper], share: bool = False) -> bytes:
    return native.write(papers, share=share, exported=EXPORTED)


@given(st.lists(documents(), min_size=1, max_size=4))
def test_what_was_written_is_read_the_same(found: list[dict[str, Any]]):
    papers = [Paper.read(doc).but(id=place) for place, doc in enumerate(found, 1)]
    for content in (write(papers), native.write_lines(papers, share=False, exported=EXPORTED)):
        assert native.read(content.decode()).papers == papers
    again = write(native.read(write(papers).decode()).papers)
    assert again == write(papers)


@given(st.one_of(json_values, st.lists(json_values)))
def test_no_json_value_brings_it_down(value: Any):
    text = json.dumps(value)
    for content in (text, envelope(value), f"{text}\n{text}", text[:-1]):
        try:
            native.read(content)
        except FormatError as error:
            assert "\n" not in str(error)


def test_the_envelope_is_that_of_the_contract():
    content = write([Paper(title="B", id=2), Paper(title="Ä", id=1, status=Status.READ)])
    assert content.endswith(b"\n")
    assert "Ä".encode() in content
    found = json.loads(content)
    assert list(found) == ["format", "version", "exported", "papers"]
    assert (found["format"], found["version"], found["exported"]) == ("readlist", 1, EXPORTED)
    assert [paper["id"] for paper in found["papers"]] == [1, 2]
    assert tuple(found["papers"][0]) == FIELDS


def test_lines_have_a_paper_each():
    papers = [Paper(title="a\u2028b", id=1), Paper(title="b", id=2)]
    lines = native.write_lines(papers, share=False, exported=EXPORTED).decode().split("\n")
    assert [json.loads(line)["id"] for line in lines[:-1]] == [1, 2]
    assert lines[-1] == ""


def test_to_share_is_to_leave_out_what_is_the_users_own():
    paper = Paper(title="A", id=1, note="mine", starred=True, tags=["rl"], files=["/home/me/a.pdf"])
    (found,) = json.loads(write([paper], share=True))["papers"]
    assert set(FIELDS) - set(found) == native.NOT_SHARED
    assert found["tags"] == ["rl"]


@pytest.mark.parametrize(
    "text",
    ['{"papers": [{"title": "A"}]}', '[{"title": "A"}]', '{"title": "A"}', '\n\n [ {"title":"A"}]'],
)
def test_each_form_of_a_document_is_read(text: str):
    assert native.looks_like(text)
    assert titles(text) == ["A"]


def test_lines_are_read_though_strings_in_them_hold_other_line_ends():
    found = native.read('{"title": "A\u2028B"}\r\n\n{"title": "C"}')
    assert (found.format, [paper.title for paper in found.papers]) == ("jsonl", ["A B", "C"])


def test_a_broken_paper_is_refused_alone_by_its_place():
    found = native.read(envelope({"title": "A"}, {"title": ""}, {"title": "C", "authors": "me"}, 7))
    assert [paper.title for paper in found.papers] == ["A"]
    assert found.refusals == [
        Refusal("paper 2", "it has no title"),
        Refusal("paper 3", "authors: a list of texts is wanted"),
        Refusal("paper 4", "no object with a title"),
    ]


def test_a_broken_line_is_refused_alone():
    found = native.read('{"title": "A"\n{"title": "B"}\n\n{"title": 3}\n{"title": "D"}\nnope\n')
    assert [paper.title for paper in found.papers] == ["B", "D"]
    assert [refusal.place for refusal in found.refusals] == ["line 1", "line 4", "line 6"]
    assert found.refusals[1].reason == "title: a text is wanted"


def test_half_a_file_is_refused_with_the_place():
    text = write([Paper(title="A", id=1)]).decode()
    with pytest.raises(FormatError, match=r"no whole JSON: line \d+, character \d+: "):
        native.read(text[: len(text) // 2])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (envelope(version=2), "it was written by a newer readlist (version 2, this one reads 1)"),
        (envelope(version="x"), 'its version is "x", no whole number from 1'),
        (envelope(version=0), "its version is 0, no whole number from 1"),
        (envelope(format="other"), 'JSON of the format "other", which readlist is not'),
        ("null", "JSON, but no papers: it is null"),
        ("3", "JSON, but no papers: it is 3"),
        ("{}", "JSON without a list of papers: it has nothing"),
        ('{"papers": {}, "b": 1}', "JSON without a list of papers: it has papers, b"),
        ("[" * 100_000, "its JSON is nested too deeply"),
        ("[1, nope]", "no whole JSON: line 1, character 5: Expecting value"),
    ],
)
def test_what_is_none_of_its_documents_is_refused(text: str, reason: str):
    with pytest.raises(FormatError) as caught:
        native.read(text)
    assert str(caught.value).startswith(reason)


def test_unknown_fields_of_a_paper_are_kept_and_those_of_the_envelope_ignored():
    found = native.read(envelope({"title": "A", "mood": "good"}, generator="x"))
    assert found.papers[0].extra == {"mood": "good"}


def test_numbers_that_json_cannot_hold_again_do_no_harm():
    huge = "9" * 5000
    found = native.read(
        f'[{{"title": "A", "x": [NaN, Infinity, -Infinity, 1e999, {huge}]}},'
        f' {{"title": "B", "upvotes": {huge}}}]'
    )
    assert found.papers[0].extra == {"x": [None, None, None, None, huge]}
    assert found.refusals == [Refusal("paper 2", "upvotes: a whole number is wanted")]
    papers = [found.papers[0].but(id=1)]
    assert native.read(write(papers).decode()).papers == papers


def test_deep_fields_of_one_paper_do_not_take_the_others():
    deep = "[" * 400 + "]" * 400
    found = native.read(f'[{{"title": "A", "x": {deep}}}, {{"title": "B"}}]')
    assert [paper.title for paper in found.papers] == ["B"]
    assert found.refusals == [Refusal("paper 1", "its extra fields are nested too deeply")]


def test_lone_surrogates_come_in_as_nothing_and_go_out_escaped():
    assert titles(r'[{"title": "A\ud800B"}]') == ["AB"]
    content = write([Paper(title="A\ud800", id=1)])  # a stranger's edit of the library
    assert json.loads(content)["papers"][0]["title"] == "A\ud800"


@pytest.mark.parametrize("text", ["[new] Get trending papers", "A title", "", "(a)", "{x}"])
def test_other_texts_do_not_look_like_it(text: str):
    assert not native.looks_like(text)
