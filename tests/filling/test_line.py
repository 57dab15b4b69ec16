"""A line of workers."""

import threading
import time
from collections.abc import Sequence

import pytest

from readlist.filling.line import Worker, lead_through
from readlist.progress import CancelledError, Progress


def test_each_gets_in_order_what_the_one_before_left_in_the_numbers_that_it_takes():
    seen: dict[str, list[list[int]]] = {"first": [], "second": [], "third": []}

    def worker(name: str, at_once: int, divisor: int) -> Worker[int]:
        def work(some: Sequence[int]) -> list[int]:
            seen[name].append(list(some))
            return [number for number in some if number % divisor]

        return Worker(at_once, work)

    progress = Progress()
    progress.begin("", 12)
    workers = [worker("first", 5, 2), worker("second", 4, 3), worker("third", 1, 5)]
    lead_through(range(12), workers, progress)
    assert seen == {
        "first": [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9], [10, 11]],
        "second": [[1, 3, 5, 7], [9, 11]],
        "third": [[1], [5], [7], [11]],
    }
    assert progress.done == 12


def test_they_work_side_by_side():
    """Each waits until the other one has begun with something else."""
    both = threading.Barrier(2)

    def first(some: Sequence[int]) -> Sequence[int]:
        if some[0] == 1:
            both.wait(20)
        return some

    def second(some: Sequence[int]) -> Sequence[int]:
        if some[0] == 0:
            both.wait(20)
        return some

    lead_through([0, 1], [Worker(1, first), Worker(1, second)], Progress())


@pytest.mark.parametrize("place", [0, 1, 2])
def test_what_one_raises_ends_all(place: int):
    done = []

    def work(number: int):
        def one(some: Sequence[int]) -> Sequence[int]:
            done.append(number)
            time.sleep(0.005)
            if number == place:
                raise KeyError(number)
            return some

        return Worker(1, one)

    with pytest.raises(KeyError):
        lead_through(range(1000), [work(number) for number in range(3)], Progress())
    assert len(done) < 900


def test_it_can_be_given_up():
    progress = Progress()

    def work(some: Sequence[int]) -> Sequence[int]:
        if some[0] == 3:
            progress.cancel()
        return some

    with pytest.raises(CancelledError):
        lead_through(range(1000), [Worker(1, work), Worker(1, lambda some: some)], progress)
    assert progress.done < 900


def test_nothing_goes_through_as_well():
    lead_through([], [Worker(1, lambda some: some)], Progress())
