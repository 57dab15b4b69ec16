from datetime import date

import pytest

from readlist.formats.dates import Calendar

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
