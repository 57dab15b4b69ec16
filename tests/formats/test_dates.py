from datetime import date

import pytest

from readlist.formats.dates import Calendar, iso, written

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("days", "page_date", "year"),
    [
        ([(3, 11, None), (9, 1, 2024)], None, 2025),
        ([(3, 11, None), (9, 1, 2026)], None, 2026),
        ([(11, 21, None)], None, 2026),
        ([(11, 22, None)], None, 2025),
        ([], None, 2026),
        ([(3, 11, None), (9, 1, 2024)], date(2023, 3, 12), 2023),
    ],
)
def test_the_year_of_a_page_is_told_by_its_day_or_its_other_dates(days, page_date, year):
    assert Calendar.of(days, page_date, TODAY).year == year


@pytest.mark.parametrize(
    ("day", "published"),
    [
        ((11, 21, None), "2026-11-21"),
        ((12, 24, None), "2025-12-24"),
        ((2, 29, None), "2024-02-29"),
        ((2, 30, None), None),
        ((2, 29, 2023), "2023-02"),
        ((12, 24, 2027), "2027-12-24"),
    ],
)
def test_no_date_is_in_the_future_unless_it_is_written(day, published):
    assert Calendar(2026, TODAY).published(day) == published


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-01-02T03:04:05Z", "2024-01-02"),
        ("2024/1", "2024-01"),
        ("2024/01/02/", "2024-01-02"),
        ("2014//", "2014"),
        ("12 March 2020", "2020-03-12"),
        ("March 3, 2021", "2021-03-03"),
        ("Mar 2020", "2020-03"),
        ("Tue, 23 Aug 2024 00:00:00 -0400", "2024-08-23"),
        ("c. 1998", "1998"),
        ("{1973}1981", "1981"),
        ("c. 19\u0669\u0668", "1998"),
        ("2024-13-01", "2024"),
        ("2024-02-30", "2024-02"),
        ("0000", None),
        ("in press", None),
        ("99999", None),
        ("", None),
    ],
)
def test_dates_are_read_as_they_are_written(text, day):
    assert written(text) == day


def test_a_date_is_as_fine_as_what_is_known():
    assert iso(2024, 1, 2) == "2024-01-02"
    assert iso(2024, None, 2) == "2024"
    assert iso("2024", "2", "30") == "2024-02"
    assert iso(0, 1, 1) is None
