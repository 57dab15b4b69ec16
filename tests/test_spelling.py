"""What was probably meant."""

import pytest

from readlist.spelling import meant


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("lst", "; did you mean list?"), ("LIST", "; did you mean list?"), ("zzz", ""), ("", "")],
)
def test_the_nearest_name(name: str, suffix: str):
    assert meant(name, ["list", "show"]) == suffix
