"""The seconds in which nothing comes."""

from readlist.sources import silence
from readlist.sources.silence import Silence


def test_only_the_time_counts_in_which_somebody_asks(monkeypatch):
    clock = [100.0]
    monkeypatch.setattr(silence.time, "monotonic", lambda: clock[0])
    found = Silence()
    assert found.seconds == 0
    with found.asking():
        clock[0] += 5
        with found.asking():  # another thread: the same seconds
            clock[0] += 5
        assert found.seconds == 10
    clock[0] += 1000  # nobody asks
    assert found.seconds == 10
    with found.asking():
        clock[0] += 2
        assert found.seconds == 12
        found.end()
        clock[0] += 3
        assert found.seconds == 3
    assert found.seconds == 3
