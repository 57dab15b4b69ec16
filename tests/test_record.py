import pytest

from readlist.record import Record, field


class Point(Record):
    """Two numbers, and words about them."""

    x: int
    y: int = 2
    words: list[str] = field(default_factory=list)


class Count(Record, frozen=False):
    """A number that changes."""

    number: int = 0


def test_values_come_in_order_or_by_name():
    assert (Point(1).x, Point(1).y, Point(1, y=3).y, Point(x=4).x) == (1, 2, 3, 4)
    assert Point.names == ("x", "y", "words")


def test_each_has_its_own_of_what_is_made():
    one = Point(1)
    one.words.append("a")
    assert Point(1).words == []
    assert Point(1, words=["b"]).words == ["b"]


@pytest.mark.parametrize(
    ("in_order", "by_name", "said"),
    [((), {}, "x"), ((1,), {"z": 1}, "z"), ((1, 2, [], 4), {}, "too many values")],
)
def test_missing_and_other_values_are_refused(in_order, by_name, said):
    with pytest.raises(TypeError, match=f"Point: {said}"):
        Point(*in_order, **by_name)


def test_a_copy_with_other_values():
    one = Point(1, words=["a"])
    assert one.but(y=5) == Point(1, 5, ["a"])
    assert one == Point(1, words=["a"])
    with pytest.raises(TypeError, match="Point: z"):
        one.but(z=1)


def test_it_is_frozen_unless_the_class_says_otherwise():
    with pytest.raises(AttributeError, match="x cannot be set"):
        Point(1).x = 2  # type: ignore[misc]
    count = Count()
    count.number += 1
    assert count == Count(1)


def test_equality_is_that_of_class_and_values():
    class Other(Record):
        x: int
        y: int = 2
        words: tuple[str, ...] = ()

    assert Other(1) != Point(1)
    assert len({Other(1), Other(1), Other(2)}) == 2
    with pytest.raises(TypeError):
        hash(Count())


def test_it_shows_and_matches_its_values():
    assert repr(Point(1)) == "Point(x=1, y=2, words=[])"
    match Point(1, 7):
        case Point(x, y):
            assert (x, y) == (1, 7)
