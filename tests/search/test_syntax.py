import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.search.syntax import marks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("offline rl", []),
        ("tag:rl word", [("tag:", "field"), ("rl", "value")]),
        ("#rl/x -@sutton", [("#", "field"), ("rl/x", "value"), ("-", "sign"), ("@", "field"),
                            ("sutton", "value")]),
        ('"two words" OR x', [('"two words"', "phrase"), ("OR", "sign")]),
        ('title:"two words"', [("title:", "field"), ('"two words"', "phrase")]),
        ("(a NOT is:new)", [("(", "sign"), ("NOT", "sign"), ("is:", "field"), ("new", "value"),
                            (")", "sign")]),
        ("/dif+usion/ and/or", [("/dif+usion/", "regex")]),
        ("LoRA: a low-rank ORDER", []),
        ('"not closed', [('"not closed', "phrase")]),
        ("tag:", [("tag:", "field")]),
    ],
)  # fmt: skip
def test_parts_are_marked(text: str, expected: list[tuple[str, str]]):
    assert [(text[m.start : m.end], m.kind) for m in marks(text)] == expected


@given(st.text(st.sampled_from('ab:#@-()"/ORNT \\tis')))
def test_any_text_has_parts_that_stand_apart(text: str):
    end = 0
    for mark in marks(text):
        assert end <= mark.start < mark.end <= len(text)
        end = mark.end
