"""Work beside the keys, when readlist is left."""

from threading import Event

from readlist.tui import job
from readlist.tui.job import Job


def test_only_work_that_must_end_is_waited_for():
    released, slow = Event(), Event()
    must, may = Job(lambda _: released.wait(5), "", must_end=True), Job(lambda _: slow.wait(5), "")
    Job(lambda _: released.set(), "")
    job.finish()
    assert must.is_done
    assert must.result
    assert not may.is_done
    slow.set()
