"""Ranges of days and numbers."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readlist.search.ranges import LARGEST, RangeError, days, may_grow, numbers

TODAY = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023", "2023-01-01", "2023-12-31"),
        ("=2023", "2023-01-01", "2023-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-12", "2023-12-01", "2023-12-31"),
        ("2023-05-07", "2023-05-07", "2023-05-07"),
        ("2023-05..2024", "2023-05-01", "2024-12-31"),
        ("2023..", "2023-01-01", "9999-12-31"),
        ("..2023", "0001-01-01", "2023-12-31"),
        (">2023", "2024-01-01", "9999-12-31"),
        (">=2023-05", "2023-05-01", "9999-12-31"),
        ("<2023", "0001-01-01", "2022-12-31"),
        ("<=2023", "0001-01-01", "2023-12-31"),
        ("today", "2026-03-31", "2026-03-31"),
        ("yesterday", "2026-03-30", "2026-03-30"),
        ("yesterday..today", "2026-03-30", "2026-03-31"),
        ("1d", "2026-03-31", "2026-03-31"),
        ("7d", "2026-03-25", "2026-03-31"),
        ("<7d", "2026-03-25", "2026-03-31"),
        ("<=7d", "2026-03-24", "2026-03-31"),
        (">7d", "0001-01-01", "2026-03-23"),
        (">=7d", "0001-01-01", "2026-03-24"),
        ("2w", "2026-03-18", "2026-03-31"),
        ("1m", "2026-03-01", "2026-03-31"),
        ("1Y", "2025-04-01", "2026-03-31"),
        ("30d..7d", "2026-03-01", "2026-03-24"),
        ("2026-w14", "2026-03-30", "2026-04-05"),
        ("2026-W53", "2026-12-28", "2027-01-03"),
        ("2026w01..2026-W02", "2025-12-29", "2026-01-11"),
        (">2026-W14", "2026-04-06", "9999-12-31"),
        ("9999-w52", "9999-12-27", "9999-12-31"),
        ("9999y", "0001-01-02", "2026-03-31"),
    ],
)
def test_days(text: str, first: str, last: str) -> None:
    assert days(text, TODAY) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "..",
        ">",
        "23",
        "2023-13",
        "2023-02-30",
        "0000",
        "2023-5",
        "7x",
        "2025-W53",
        "2026-W00",
        "W14",
        "soon",
        ">..3",
    ],
)
def test_what_is_no_range_of_days(text: str) -> None:
    with pytest.raises(RangeError):
        days(text, TODAY)


def test_a_range_that_ends_before_it_begins_is_a_mistake_only_when_it_always_does() -> None:
    with pytest.raises(RangeError):
        days("2024..2023", TODAY)
    first, last = days("2027..7d", TODAY)
    assert first > last


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("3", 3, 3),
        ("=3", 3, 3),
        (">3", 4, LARGEST),
        (">=3", 3, LARGEST),
        ("<3", 0, 2),
        ("<=3", 0, 3),
        ("3..5", 3, 5),
        ("10..", 10, LARGEST),
        ("..5", 0, 5),
    ],
)
def test_numbers(text: str, low: int, high: int) -> None:
    assert numbers(text) == (low, high)


@pytest.mark.parametrize("text", ["", "..", ">", "-3", "5..3", "x", "1.5", "9" * 19, "٣"])
def test_what_is_no_range_of_numbers(text: str) -> None:
    with pytest.raises(RangeError):
        numbers(text)


@settings(max_examples=200, deadline=None)
@given(st.text("0123456789dwmyt<>=.-", max_size=12), st.dates())
def test_whether_a_text_is_a_range_does_not_depend_on_the_day(text: str, today: date) -> None:
    def is_range(day: date) -> bool:
        try:
            days(text, day)
        except RangeError:
            return False
        return True

    assert is_range(today) == is_range(TODAY)


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(["2023-05-07..2024-06-08", ">=2023-05", "<7d", "today", "yesterday", "..2024"]),
    st.data(),
)
def test_every_beginning_of_a_range_may_grow_or_is_one(text: str, data: st.DataObject) -> None:
    begun = text[: data.draw(st.integers(0, len(text)))]
    try:
        days(begun, TODAY)
    except RangeError:
        assert may_grow(begun, dates=True)
