"""Two papers side by side: what is marked."""

from readlist.merging.comparison import Field
from readlist.tui.widgets.pair_view import PairView


def lines(field, width=80):
    return [line.plain.rstrip() for line in PairView()._rows(field, width)]


def underlined(field, width=80):
    [line] = PairView()._rows(field, width)
    return [line.plain[s.start : s.end] for s in line.spans if "underline" in str(s.style)]


def test_what_both_say_is_said_once_over_both_columns():
    same = Field("title", "word " * 20, "word " * 20, "word " * 20, (True, True))
    assert lines(same)[0].startswith("title            word word")
    assert len(lines(same)[0]) > 70


def test_words_that_only_one_has_are_underlined_unless_it_is_all():
    assert underlined(Field("title", "a b c", "a x c", "a b c", (True, False))) == ["b", "x"]
    assert underlined(Field("venue", "ICML", "NeurIPS", "ICML", (True, False))) == []


def test_a_value_that_is_neither_stands_below():
    field = Field("state", "read", "new ★", "read ★", (False, False))
    assert [" ".join(line.split()) for line in lines(field)] == ["state ≠ read new ★", "→ read ★"]


def test_what_is_not_said_is_a_dash_and_long_words_are_broken():
    field = Field("links", "https://arxiv.org/abs/" + "1" * 30, "", "x", (True, False))
    first, *more = lines(field, 60)
    assert first.startswith("links     ≠ ✓ https://")
    assert first.endswith("–")
    assert more
