import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readlist.text import (
    cells,
    clean,
    clean_line,
    count,
    filled,
    fold,
    quote,
    shorten,
    title_key,
    words,
    wrapped,
)

ANY_TEXT = st.text(st.characters(), max_size=60)


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("a\x1b[31mred\x1b[0m b", "ared b"),
        ("\x1b]0;owned\x07title", "title"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x9b31mred", "red"),
        ("\x1bPq#0;2\x1b\\sixel", "sixel"),
        ("never ended \x1b]0;still here", "never ended 0;still here"),
        ("nul\x00 bell\x07 del\x7f", "nul bell del"),
        ("user\u202egnp.exe\u202c", "usergnp.exe"),
        ("\u2066isolated\u2069 \u200fmark", "isolated mark"),
        ("\ufeffbom", "bom"),
        ("lone \ud800 surrogate", "lone  surrogate"),
        ("tag\U000e0041block", "tagblock"),
        ("[bold]x[/] stays", "[bold]x[/] stays"),
        (
            "woman \U0001f469\u200d\U0001f52c scientist",
            "woman \U0001f469\u200d\U0001f52c scientist",
        ),
        ("ما بعد", "ما بعد"),
    ],
)
def test_what_could_harm_a_terminal_is_removed_and_the_rest_stays(hostile, harmless):
    assert clean(hostile) == harmless


def test_every_kind_of_line_end_becomes_a_newline():
    assert clean("a\r\nb\rc\x0bd\x0ce\x85f\u2028g\u2029h") == "a\nb\nc\nd\ne\nf\ng\nh"


def test_a_title_is_one_line():
    assert clean_line("  Two\n lines\tand\u00a0 a tab ") == "Two lines and a tab"


@given(ANY_TEXT)
def test_cleaning_twice_is_cleaning_once(text):
    once = clean(text)
    assert clean(once) == once
    assert clean_line(clean_line(text)) == clean_line(text)


@given(ANY_TEXT)
def test_no_control_character_survives(text):
    assert not [
        c for c in clean(text) if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"
    ]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("García-Durán", "garcia-duran"),
        ("ÆTHER œuvre ﬁne", "aether oeuvre fine"),
        ("Straße", "strasse"),
        ("Łukasz Ørsted Đorđe", "lukasz orsted dorde"),
        ("İstanbul ısı", "istanbul isi"),
    ],
)
def test_folding_forgets_case_accents_and_ligatures(text, folded):
    assert fold(text) == folded


@given(ANY_TEXT)
@example("ℂ")
@example("ﷺ ΐ ẞ")
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


def test_two_spellings_of_one_title_have_the_same_key():
    assert title_key("BERT: Pre-training!") == title_key("bert  pretraining")
    assert title_key("???") == "???"


def test_words_know_where_they_stand():
    text = "Über-Nets, again"
    assert [(w.folded, text[w.start : w.end]) for w in words(text)] == [
        ("uber", "Über"),
        ("nets", "Nets"),
        ("again", "again"),
    ]


def test_a_text_is_shortened_behind_a_word():
    assert shorten("A Reward Model That Knows", 16) == "A Reward Model…"
    assert shorten("short", 16) == "short"
    assert len(shorten("x" * 100, 16)) == 16


@given(st.text(alphabet="ab 深層学習é-", max_size=60), st.integers(3, 12))
def test_a_wrapped_text_is_whole_in_lines_that_have_room(text, width):
    lines = wrapped(text, width, cells)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cells(line) <= width for line in lines)
    few = wrapped(text, width, cells, 2)
    assert len(few) <= 2 and all(cells(line) <= width for line in few)
    assert few[-1].endswith("…") == (len(lines) > 2)


def test_words_stay_whole_where_they_have_room():
    assert wrapped("one two three", 7, len) == ["one two", "three"]
    assert wrapped("one two three four", 7, len, 2) == ["one two", "three…"]
    assert wrapped("VLM 深層学習による", 8, cells) == ["VLM 深層", "学習によ", "る"]


@given(st.text(alphabet="ab 深層学習é-", max_size=60), st.integers(8, 30), st.integers(0, 9))
def test_what_does_not_fit_begins_below_what_stands_behind_the_head(text, width, inset):
    head = f"{'1.':<{inset}}"
    lines = filled(text, width, head).split("\n")
    assert "".join("".join(lines).split()) == "".join((head + text).split())
    assert all(cells(line) <= width for line in lines)
    if 2 * cells(head) <= width:
        assert all(line.startswith(" " * cells(head)) for line in lines[1:])


def test_what_fits_stays_as_it_is():
    assert filled("a  b", 6, "- ") == "- a  b"
    assert filled("aa  bb", 6, "- ") == "- aa\n  bb"


def test_a_text_without_a_space_takes_no_long_time():
    start = time.process_time()
    wrapped("深" * 200_000, 80, cells)
    assert time.process_time() - start < 10


def test_papers_are_quoted_and_counted_as_people_write():
    assert quote("Gradient Noise") == "“Gradient Noise”"
    assert (count(1, "paper"), count(3714, "paper")) == ("1 paper", "3,714 papers")
    assert count(2, "entry", "entries") == "2 entries"


def test_introducers_that_are_never_closed_cost_no_more_than_other_text():
    for introducer in ("\x90", "\x1b]", "\x1bP", "\x9b", "\x1b[1;"):
        assert len(clean(introducer * 200_000)) <= 600_000
