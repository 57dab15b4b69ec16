import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.paper import FIELDS, Paper, PaperError, Status, tag_name

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


def test_missing_fields_take_their_defaults():
    paper = Paper.read({"title": "Only a title"})
    assert (paper.status, paper.type, paper.starred) == (Status.NEW, "article", False)
    assert (paper.authors, paper.identifiers, paper.note) == ([], {}, "")


def test_the_order_of_fields_is_that_of_the_contract():
    assert (
        *("id", "uid", "citekey", "type", "title", "abstract", "authors", "author_count"),
        *("organization", "venue", "published", "identifiers", "urls", "categories", "upvotes"),
        *("comments", "status", "starred", "tags", "note", "added", "decided", "started"),
        *("finished", "changed", "sources", "files", "extra"),
    ) == FIELDS
    assert tuple(Paper(title="x").export()) == FIELDS


def test_fields_without_a_place_go_to_extra():
    paper = Paper.read({"title": "x", "pages": "1-2", "extra": {"kept": 1}})
    assert paper.extra == {"pages": "1-2", "kept": 1}


def test_text_is_cleaned_where_it_comes_in():
    paper = Paper.read(
        {
            "title": "A\x1b[31m red\ntitle",
            "abstract": "one\r\ntwo\x00",
            "authors": ["Ann \u202eEvil", ""],
            "extra": {"x": ["\x1b]0;owned\x07y"]},
        }
    )
    assert paper.title == "A red title"
    assert paper.abstract == "one\ntwo"
    assert paper.authors == ["Ann Evil"]
    assert paper.extra == {"x": ["y"]}


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (None, "a paper is an object with a title"),
        ({}, "it has no title"),
        ({"title": " \x00 "}, "it has no title"),
        ({"title": None}, "title: a text is wanted"),
        ({"title": "x", "authors": "Ann"}, "authors: a list of texts is wanted"),
        ({"title": "x", "status": "seen"}, "status: 'seen' is none of new, to-read"),
        ({"title": "x", "status": []}, "status: '[]' is none of"),
        ({"title": "x", "starred": 1}, "starred: true or false is wanted"),
        ({"title": "x", "upvotes": True}, "upvotes: a whole number is wanted"),
        ({"title": "x", "upvotes": -1}, "upvotes: a count cannot be negative"),
        ({"title": "x", "upvotes": 10**30}, "upvotes: the number is too large"),
        ({"title": "x", "id": 0}, "id: an id is 1 or more"),
        ({"title": "x", "published": "May 2024"}, "published: a date as 2024, 2024-01"),
        ({"title": "x", "published": "2023-02-29"}, "published: there is no day 2023-02-29"),
        ({"title": "x", "added": "yesterday"}, "added: a time as"),
        ({"title": "x", "urls": {"pdf": "javascript:x"}}, "urls: pdf is no http or https"),
        ({"title": "x", "tags": ["!"]}, "tags: a tag needs a letter or a digit"),
    ],
)
def test_what_is_no_paper_is_refused_with_the_field_and_the_reason(document, reason):
    with pytest.raises(PaperError) as refused:
        Paper.read(document)
    assert str(refused.value).startswith(reason)


def test_times_become_utc_to_the_second():
    paper = Paper.read({"title": "x", "added": "2026-01-02T03:04:05.678+02:00"})
    assert paper.added == "2026-01-02T01:04:05Z"


@given(st.dictionaries(st.sampled_from([*FIELDS, "other"]), JSON))
def test_any_json_is_a_paper_or_refused(document):
    try:
        paper = Paper.read({"title": "x"} | document)
    except PaperError:
        return
    again = Paper.read(paper.export() | {"id": paper.id or 1})
    assert again.but(id=paper.id) == paper
    json.dumps(paper.export())


@given(st.dictionaries(st.sampled_from(FIELDS), JSON))
def test_a_spoilt_field_in_the_library_takes_its_default(document):
    paper = Paper.of(document, 7)
    assert paper.id == 7
    assert isinstance(paper.status, Status)


def test_a_paper_survives_the_way_to_the_library_and_back():
    paper = Paper.read(
        {"id": 3, "title": "x", "status": "read", "tags": ["b", "a"], "starred": True}
    )
    assert Paper.of(paper.document(), 3) == paper
    assert "id" not in paper.document()


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("RL", "rl"),
        ("Offline RL", "offline-rl"),
        ("#group/w48", "group/w48"),
        ("/rl//offline/", "rl/offline"),
        ("-_x.y-1", "x.y-1"),
        ("Schön!", "schön"),
    ],
)
def test_a_tag_is_written_in_one_way(typed, tag):
    assert tag_name(typed) == tag
    assert tag_name(tag) == tag


@pytest.mark.parametrize("typed", ["", " ", "#", "/", "-._", "\u202e"])
def test_a_tag_needs_a_letter_or_a_digit(typed):
    with pytest.raises(PaperError):
        tag_name(typed)


def test_how_many_authors_there_are_is_the_larger_count():
    assert Paper(title="x", authors=["A"], author_count=12).number_of_authors == 12
    assert Paper(title="x", authors=["A", "B"]).number_of_authors == 2
    assert Paper(title="x").number_of_authors is None
