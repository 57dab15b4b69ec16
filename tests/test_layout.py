"""The table `[layout]` of the settings."""

import pytest

from readlist.layout import COLUMNS, Layout, read


def test_it_is_read():
    values = {"sidebar": False, "sidebar_width": 30, "columns": ["tags", "date", "tags"]}
    assert read(values) == Layout(False, sidebar_width=30, columns=("tags", "date"))
    assert read({}) == Layout(columns=COLUMNS)
    assert read({"columns": []}).columns == ()


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"sidebar": 1}, "layout.sidebar: true or false"),
        ({"sidebar_width": True}, "layout.sidebar_width: a number"),
        ({"abstract_width": -3}, "layout.abstract_width: a number"),
        ({"columns": "tags"}, "layout.columns: a list"),
        ({"columns": ["athors"]}, "no 'athors'; did you mean authors?"),
    ],
)
def test_what_is_wrong_is_said(values, problem):
    with pytest.raises(ValueError, match=problem):
        read(values)
