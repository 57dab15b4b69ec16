"""Ranges in a query: of numbers (`>3`, `10..`, `3..5`) and of days (`2023-05..2024`, `7d`)."""

import re
from datetime import date, timedelta

LARGEST = 2**63
_SIGN = r"(?P<sign>>=|<=|>|<|=)?"
_NUMBER = re.compile(_SIGN + r"(?P<number>[0-9]{1,18})")
_NUMBERS = re.compile(r"(?P<low>[0-9]{0,18})\.\.(?P<high>[0-9]{0,18})")
_SIGNED = re.compile(_SIGN + "(?P<day>.*)", re.DOTALL)
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_AGE = re.compile(r"([0-9]{1,4})([dwmy])")
_WEEK = re.compile(r"([0-9]{4})-?w([0-9]{2})")
_NAMED = {"today": 0, "yesterday": 1}
_BEGUN = re.compile(r"[<>=]{0,2}[0-9.-]*")
_WEEK_BEGUN = re.compile(r"[<>=]{0,2}(?:[^.]*\.\.)?[0-9]{4}-?w[0-9]?")


class RangeError(ValueError):
    """A text is no range; the message says what one looks like."""


def numbers(text: str) -> tuple[int, int]:
    """Return the smallest and the largest number of the range `text`.

    `3` or `=3`; `>3` `>=3` `<3` `<=3`; `3..5` `3..` `..5`. Raises `RangeError`.
    """
    if match := _NUMBERS.fullmatch(text):
        low, high = int(match["low"] or 0), int(match["high"] or LARGEST)
        if text != ".." and low <= high:
            return low, high
    elif match := _NUMBER.fullmatch(text):
        number = int(match["number"])
        return {
            ">": (number + 1, LARGEST),
            ">=": (number, LARGEST),
            "<": (0, number - 1),
            "<=": (0, number),
        }.get(match["sign"], (number, number))
    raise RangeError("a number is wanted, as 3, >3, 3..5 or 10..")


def days(text: str, today: date) -> tuple[date, date]:
    """Return the first and the last day of the range `text`; the last may be before the first.

    A day is `2023`, `2023-05`, `2023-05-01`, a week as `2023-w18`, `today`, `yesterday` or an age,
    `7d` (also `w`, `m`, `y`). `7d` alone is the last seven days, today among them; `<7d` is younger
    and `>7d` older than seven days; as an end of a range it is the day seven days ago. Raises
    `RangeError`.
    """
    text = text.lower()
    if ".." in text:
        return _range(text, today)
    match = _SIGNED.fullmatch(text)
    assert match is not None  # it takes any text
    sign, day = match["sign"] or "=", match["day"]
    if _AGE.fullmatch(day):
        return _by_age(sign, _span(day, today)[0], today)
    first, last = _span(day, today)
    return {
        ">": (_moved(last, 1), date.max),
        ">=": (first, date.max),
        "<": (date.min, _moved(first, -1)),
        "<=": (date.min, last),
        "=": (first, last),
    }[sign]


def may_grow(text: str, *, dates: bool) -> bool:
    """Say whether more characters could make a range of a text that is none."""
    named = dates and any(name.startswith(text.lower()) for name in _NAMED)
    complete = dates and _DATE.fullmatch(text.lstrip("<>=")) and len(text) > 4
    week = dates and _WEEK_BEGUN.fullmatch(text.lower())
    return bool(named or week or (not complete and _BEGUN.fullmatch(text)))


def _range(text: str, today: date) -> tuple[date, date]:
    low, _, high = text.partition("..")
    if not low and not high:
        raise RangeError("a range has a date on one side at least")
    first = _span(low, today)[0] if low else date.min
    last = _span(high, today)[1] if high else date.max
    # with a relative end, what is a range today may be empty tomorrow: that is no mistake
    if first > last and not any(map(_is_relative, (low, high))):
        raise RangeError("the range ends before it begins")
    return first, last


def _is_relative(text: str) -> bool:
    return text in _NAMED or _AGE.fullmatch(text) is not None


def _span(text: str, today: date) -> tuple[date, date]:
    """Return the first and the last day of what is written as one."""
    if text in _NAMED:
        day = _moved(today, -_NAMED[text])
        return day, day
    if match := _AGE.fullmatch(text):
        day = _ago(int(match[1]), match[2], today)
        return day, day
    if match := _WEEK.fullmatch(text):
        try:
            first = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        except ValueError:
            raise RangeError(f"there is no week {text.upper()}") from None
        return first, _moved(first, 6)
    if match := _DATE.fullmatch(text):
        year, month, day_of_month = (int(part) if part else None for part in match.groups())
        try:
            first = date(year or 0, month or 1, day_of_month or 1)
        except ValueError:
            raise RangeError(f"there is no day {text}") from None
        if month is None:
            return first, first.replace(month=12, day=31)
        if day_of_month is None:
            return first, first.replace(day=_length(first.year, month))
        return first, first
    raise RangeError("a date is wanted, as 2023, 2023-05, 2023-05-01, today, 7d or 2022..2024")


def _by_age(sign: str, day: date, today: date) -> tuple[date, date]:
    # an age runs against the calendar: less old is later
    return {
        "=": (_moved(day, 1), today),
        "<": (_moved(day, 1), today),
        "<=": (day, today),
        ">": (date.min, _moved(day, -1)),
        ">=": (date.min, day),
    }[sign]


def _ago(number: int, unit: str, today: date) -> date:
    if unit in "dw":
        return _moved(today, -number * (7 if unit == "w" else 1))
    months = today.year * 12 + today.month - 1 - number * (12 if unit == "y" else 1)
    year, month = months // 12, months % 12 + 1
    if year < 1:
        return date.min
    return date(year, month, min(today.day, _length(year, month)))


def _moved(day: date, by: int) -> date:
    try:
        return day + timedelta(days=by)
    except OverflowError:
        return date.max if by > 0 else date.min


def _length(year: int, month: int) -> int:
    """Return the number of days of a month."""
    return 31 if month == 12 else (date(year, month + 1, 1) - timedelta(days=1)).day
