from readlist.paper import Status
from readlist.tui.triage import ELSEWHERE, SKIPPED, Triage
from tests.tui.invented import many

PAPERS = {paper.id: paper for paper in many(9)}


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


def triage_of(*ids, start=0, clock=None):
    triage = Triage(ids, start, clock or Clock())
    for number in ids:
        triage.meet(PAPERS[number])
    return triage


def decide(triage, status, **fields):
    number = triage.here
    triage.take_in(number, PAPERS[number].but(status=status, **fields))
    triage.go_on(lambda number: True)


def test_it_begins_at_the_paper_under_the_cursor_and_those_before_come_last():
    triage = triage_of(1, 2, 3, 4, start=2)
    seen = []
    while triage.here:
        seen.append(triage.here)
        decide(triage, Status.ARCHIVED)
    assert seen == [3, 4, 1, 2]
    assert triage.progress() == "4 papers"


def test_what_became_of_papers_is_counted_by_state_with_the_stars():
    triage = triage_of(1, 2, 3, 4, 5)
    decide(triage, Status.TO_READ, starred=True)
    decide(triage, Status.TO_READ)
    decide(triage, Status.ARCHIVED)
    triage.becomes(4, SKIPPED)
    assert triage.so_far() == "2 to read (1 ★)   1 archived   1 skipped"
    assert triage.summary() == "2 to read, 1 starred, 1 archived, 1 skipped"
    assert triage.to_read() == [1, 2]
    assert triage.waiting == {5}


def test_what_is_taken_back_waits_again_and_comes_before_those_behind_it():
    triage = triage_of(1, 2, 3, 4)
    decide(triage, Status.ARCHIVED)
    decide(triage, Status.ARCHIVED)
    triage.take_in(1, PAPERS[1])
    triage.go_to(1)
    assert triage.so_far() == "1 archived"
    decide(triage, Status.TO_READ)
    assert triage.here == 3


def test_one_that_waits_comes_again_before_the_end():
    triage = triage_of(1, 2, 3)
    for _ in range(2):
        decide(triage, Status.ARCHIVED)
    triage.take_in(1, PAPERS[1])  # taken back, and not gone to
    decide(triage, Status.ARCHIVED)
    assert triage.here == 1
    decide(triage, Status.ARCHIVED)
    assert triage.here is None


def test_a_star_that_is_taken_back_does_not_make_a_paper_wait():
    triage = triage_of(1, 2)
    triage.becomes(1, SKIPPED)
    triage.take_in(1, PAPERS[1].but(starred=True))
    assert triage.summary() == "1 starred, 1 skipped"
    triage.take_in(1, PAPERS[1])
    assert triage.summary() == "1 skipped"


def test_what_was_decided_on_elsewhere_is_passed_over():
    triage = triage_of(1, 2, 3)
    triage.becomes(1, SKIPPED)
    triage.go_on(lambda number: number != 2)
    assert triage.here == 3
    assert triage.fate(2) == ELSEWHERE
    assert triage.so_far() == "1 skipped   1 decided elsewhere"


def test_the_way_back_goes_over_all_that_are_still_there():
    triage = triage_of(1, 2, 3)
    decide(triage, Status.ARCHIVED)
    decide(triage, Status.ARCHIVED)
    assert triage.go_back(lambda number: number != 2)
    assert triage.here == 1
    assert not triage.go_back(lambda number: True)
    decide(triage, Status.TO_READ)
    assert triage.here == 3


def test_the_time_left_is_told_from_the_pace_so_far():
    clock = Clock()
    triage = Triage(range(1, 61), 0, clock)
    told = []
    for number in range(1, 61):
        triage.meet(PAPERS[1].but(id=number))
        clock.now += 5 if number != 4 else 10_000  # away for hours
        triage.becomes(number, SKIPPED)
        triage.go_on(lambda number: True)
        told.append(triage.progress())
    assert told[:2] == ["2 of 60", "3 of 60"]
    assert told[2] == "4 of 60 · about 5 min left"
    assert told[29] == "31 of 60 · about 2 min left"
    assert told[55] == "57 of 60 · less than a minute left"
    assert triage.time_taken() == "60 papers in 7 min"


def test_long_times_are_told_in_hours():
    clock = Clock()
    triage = Triage(range(1, 1001), 0, clock)
    for number in (1, 2, 3):
        clock.now += 15
        triage.becomes(number, SKIPPED)
    assert triage.time_left() == "about 4 h 9 min left"
