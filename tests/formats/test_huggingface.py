"""Hugging Face's papers, in all the forms in which its API and its page have them."""

import html
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.formats import huggingface
from readlist.formats.detect import detect
from readlist.formats.incoming import FormatError
from tests.strategies import json_values

PAPER = {
    "id": "2401.00001", "title": "A\n Title", "summary": "One\nparagraph.", "upvotes": 3,
    "authors": [{"name": "Ada Lovelace"}, {"name": "Bob", "hidden": True}],
    "publishedAt": "2024-01-02T00:00:00.000Z",
}  # fmt: skip
RECORD = {"paper": PAPER, "numComments": 2, "publishedAt": "2024-01-05T00:00:00.000Z"}
PAGE = f'<html><div data-props="{html.escape(json.dumps({"dailyPapers": [RECORD]}))}"></div>'


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([RECORD]),
        json.dumps([PAPER]),
        json.dumps(PAPER),
        json.dumps({"papers": [RECORD]}),
        json.dumps([json.dumps(RECORD)]),
        json.dumps(RECORD) + "\n" + json.dumps(RECORD | {"paper": {}}),
        PAGE,
    ],
)
def test_each_form_is_read(text):
    assert detect(text).name == "huggingface"
    paper = huggingface.read(text).papers[0]
    assert (paper.title, paper.abstract) == ("A Title", "One paragraph.")
    assert (paper.authors, paper.published) == (["Ada Lovelace", "Bob"], "2024-01-02")
    assert paper.identifiers == {"arxiv": "2401.00001"}
    assert paper.upvotes == 3


def test_the_list_of_a_page_is_found_behind_others():
    others = html.escape(json.dumps({"papers": [{"title": "Menu"}]}))
    broken = html.escape('{"papers": [')
    page = PAGE.replace(
        "<html>", f'<html><div data-props="{broken}"></div><p data-props="{others}">'
    )
    assert [paper.title for paper in huggingface.read(page).papers] == ["A Title"]


def test_what_is_no_paper_is_refused_alone():
    found = huggingface.read(json.dumps([RECORD, "error", {"paper": {}}, 3]))
    assert len(found.papers) == 1
    assert [refusal.place for refusal in found.refusals] == ["paper 2", "paper 3", "paper 4"]


def test_a_list_may_hold_nothing_but_ids():
    text = json.dumps(["2401.00001v2", "https://huggingface.co/papers/2401.00002", "a word"])
    assert detect(text).name == "huggingface"
    found = huggingface.read(text)
    assert [paper.title for paper in found.papers] == ["arxiv:2401.00001", "arxiv:2401.00002"]
    assert [(paper.urls, refusal.place) for paper, refusal in zip(
        found.papers, found.refusals, strict=False)] == [({}, "paper 3")]  # fmt: skip


def test_odd_values_are_no_harm():
    paper = {"id": "2401.00001", "title": "T", "authors": [3, None, "Ada"], "summary": None,
             "upvotes": -1, "projectPage": "javascript:alert(1)", "organization": []}  # fmt: skip
    (found,) = huggingface.read(json.dumps([{"paper": paper}])).papers
    assert (found.authors, found.upvotes) == (["Ada"], None)
    assert found.extra["projectPage"] == "javascript:alert(1)"
    assert "project" not in found.urls


@given(st.one_of(json_values, st.lists(json_values), st.fixed_dictionaries({"paper": json_values})))
def test_no_json_brings_it_down(value):
    for text in (
        json.dumps(value),
        json.dumps([RECORD, value]),
        json.dumps([RECORD | {"paper": value}]),
    ):
        huggingface.looks_like(text)
        try:
            huggingface.read(text)
        except FormatError as error:
            assert "\n" not in str(error)
