import pytest

from readlist.progress import CancelledError, Progress


def test_each_item_is_a_step_and_the_share_is_known_with_the_total():
    progress = Progress()
    progress.begin("reading")
    assert (progress.stage, progress.share) == ("reading", None)
    progress.begin("comparing", 4)
    for item in progress.over("abcd"):
        assert progress.share == ("abcd".index(item) + 1) / 4
    progress.step()
    assert progress.share == 1


def test_work_that_is_given_up_ends_at_its_next_step_whatever_it_catches():
    progress = Progress()
    done = []
    with pytest.raises(CancelledError):
        for item in progress.over("abcd"):
            try:
                done.append(item)
                progress.cancel()
                progress.step()
            except Exception:
                done.append("caught")
    assert done == ["a"]


def test_what_is_final_cannot_be_given_up():
    progress = Progress()
    progress.finish("writing")
    progress.cancel()
    progress.step()
    progress.begin("more")
    late = Progress()
    late.cancel()
    with pytest.raises(CancelledError):
        late.finish("writing")
