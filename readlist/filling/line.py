"""A line of workers, each in a thread: what one is done with goes on to the next, while it takes
what comes then. No more is done than by one behind the other, but nobody waits for all others."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from queue import SimpleQueue
from typing import Generic, NamedTuple, TypeVar

from readlist.progress import Progress

T = TypeVar("T")


class Worker(NamedTuple, Generic[T]):
    """What is done in the line: `work` gets up to `at_once` things, in their order, and returns
    those that are to go on."""

    at_once: int
    work: Callable[[Sequence[T]], Iterable[T]]


def lead_through(things: Sequence[T], workers: Sequence[Worker[T]], progress: Progress) -> None:
    """Lead things through a line of workers; each that leaves it is a step.

    What a worker raises ends all of them, and is raised; `CancelledError`, too.
    """
    queues: list[SimpleQueue[T | None]] = [SimpleQueue() for _ in workers]
    for thing in things:
        queues[0].put(thing)
    queues[0].put(None)
    with ThreadPoolExecutor(len(workers)) as pool:
        jobs = [
            pool.submit(_work, worker, own, behind, progress)
            for worker, own, behind in zip(workers, queues, [*queues[1:], None], strict=True)
        ]
        try:
            done, _ = wait(jobs, return_when=FIRST_EXCEPTION)
            for job in done:
                job.result()
        except BaseException:
            progress.cancel()  # of the others: their threads are waited for
            raise


def _work(
    worker: Worker[T],
    own: "SimpleQueue[T | None]",
    behind: "SimpleQueue[T | None] | None",
    progress: Progress,
) -> None:
    try:
        while some := _next(own, worker.at_once):
            left = list(worker.work(some))
            if behind is None:
                left.clear()  # nobody is left to ask
            else:
                for thing in left:
                    behind.put(thing)
            progress.step(len(some) - len(left))
    finally:
        if behind:
            behind.put(None)


def _next(own: "SimpleQueue[T | None]", most: int) -> list[T]:
    """Return the next things, as many as are wanted unless they are the last; none at the end."""
    some: list[T] = []
    while len(some) < most:
        thing = own.get()
        if thing is None:
            own.put(None)  # so that it is the end next time, too
            break
        some.append(thing)
    return some
