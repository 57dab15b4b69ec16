import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from readlist.layout import COLUMNS
from readlist.paper import Paper
from readlist.tui.widgets.columns import CELL, MARKS, Columns, family_name, fit
from readlist.tui.widgets.columns import short_authors as short

PIECES = ["漢", "é", "👨‍👩‍👧‍👦", "🇩🇪", "❤️", "שָּׁ", "ก็่", "a", " ", "[/]", "\u200d", "ﷺ"]
titles = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES)).map("".join))


# fit


@given(titles, st.integers(0, 60), st.integers(0, 2))
def test_a_text_is_fitted_into_exactly_its_cells(text, width, before):
    width = max(width, before)
    fitted = fit(text, width, before=before)
    assert cell_len(fitted) == width
    assert fitted.startswith(" " * before)


@given(titles, st.integers(2, 60))
def test_a_text_that_has_room_stays_whole_and_one_that_has_not_ends_with_dots(text, width):
    fitted = fit(text, width)
    if cell_len(text) <= width and len(text) <= 8 * width:
        assert fitted.rstrip(" ") == text.rstrip(" ")
    else:
        assert fitted.rstrip(" ").endswith("…")


def test_a_wide_character_that_has_half_its_room_is_left_out():
    assert fit("漢字漢字", 6) == "漢字… "


def test_marks_without_a_width_do_not_hide_what_follows():
    assert fit("שָּׁלוֹם " * 9, 30).endswith("…")


# Columns


names = st.lists(st.sampled_from(COLUMNS), unique=True).map(tuple)


@given(st.integers(1, 400), names)
def test_columns_fill_the_list(width, chosen):
    columns = Columns.fit(width, chosen)
    assert MARKS + columns.title + sum(cells for _, cells in columns.others) == max(
        width, MARKS + 1
    )
    assert [name for name, _ in columns.others] == [
        name for name in chosen if name in dict(columns.others)
    ]


def test_what_matters_least_goes_first():
    shown = {w: [name for name, _ in Columns.fit(w).others] for w in (37, 39, 80, 100, 140)}
    assert shown == {
        37: [],
        39: ["upvotes"],
        80: ["authors", "upvotes"],
        100: ["authors", "date", "upvotes"],
        140: ["authors", "date", "upvotes", "tags"],
    }


@given(st.integers(1, 400), names)
def test_what_a_hidden_column_had_is_the_titles_first(width, chosen):
    everything = (*chosen, *(name for name in COLUMNS if name not in chosen))
    before, after = Columns.fit(width, everything), Columns.fit(width, chosen)
    assert after.title >= before.title
    if 20 < before.title < 72 and after != before:
        others = dict(before.others)
        assert after.title > before.title
        assert after.title >= 72 or set(dict(after.others)) <= set(others)


def test_tags_take_the_place_of_authors_where_they_stand_first():
    assert dict(Columns.fit(78, ("upvotes", "tags")).others) == {"upvotes": 6}
    assert dict(Columns.fit(78, ("tags", "upvotes")).others) == {"tags": 20, "upvotes": 6}


@given(st.integers(80, 400), names)
def test_the_title_has_the_most_of_the_room(width, chosen):
    assert Columns.fit(width, chosen).title >= width * 0.5


@given(
    st.builds(
        Paper,
        title=st.just("T"),
        authors=st.lists(titles, max_size=3),
        author_count=st.none() | st.integers(0, 10**9),
        organization=st.none() | titles,
        published=st.sampled_from([None, "2024", "2024-01", "2024-01-02"]),
        upvotes=st.none() | st.integers(0, 10**12),
        tags=st.lists(titles, max_size=9),
    ),
    st.integers(40, 300),
)
def test_each_cell_is_exactly_as_wide_as_its_column(paper, width):
    for name, cells in Columns.fit(width).others:
        assert cell_len(CELL[name](paper, cells)) == cells, name


# Authors


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"authors": ["Ada Byron"]}, "Byron"),
        ({"authors": ["Ada Byron", "Max Born"]}, "Byron, Born"),
        ({"authors": ["Ada Byron", "Max Born", "C D"]}, "Byron +2"),
        ({"authors": ["Ada Byron"], "author_count": 12}, "Byron +11"),
        ({"authors": [], "author_count": 6}, "6 authors"),
        ({"authors": [], "author_count": 1}, "1 author"),
        ({"authors": [], "organization": "DeepMind", "author_count": 6}, "DeepMind"),
        ({"authors": []}, ""),
        ({"authors": ["A B"] * 664}, "B +663"),
        ({"authors": ["A B"], "author_count": 3000}, "B +2,999"),
        ({"authors": ["Kimi Team", "A B"], "author_count": 402}, "Kimi Team +401"),
        ({"authors": ["ATLAS Collaboration", "A B"]}, "ATLAS Collaboration, B"),
    ],
)
def test_authors_are_shortened(fields, shown):
    assert short(Paper(title="T", **fields)) == shown


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Ludwig van Beethoven", "van Beethoven"),
        ("Maria de la Cruz", "de la Cruz"),
        ("Plato", "Plato"),
        ("Van Tran", "Tran"),
        ("", ""),
    ],
)
def test_family_names_keep_their_particles(name, family):
    assert family_name(name) == family
