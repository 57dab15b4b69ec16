"""A spool is a dict of which the values are in a file."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readlist.library import spool
from readlist.library.spool import Row, Spool, texts

numbers = st.integers(-5, 20)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("put"), numbers, st.text("abc", max_size=9)),
        st.tuples(st.just("take"), numbers, st.just("")),
    )
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps, st.sampled_from([1, 8, 1 << 20]))
def test_it_holds_what_a_dict_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, found: list[tuple[str, int, str]], block: int
) -> None:
    monkeypatch.setattr(spool, "_BLOCK", block)
    ours, plain = texts(tmp_path), dict[int, str]()
    for step, number, text in found:
        if step == "put":
            ours[number] = plain[number] = text
        else:
            assert ours.pop(number, None) == plain.pop(number, None)
        assert (len(ours), number in ours) == (len(plain), number in plain)
    assert dict(ours) == plain
    assert list(ours.ascending()) == sorted(ours) == sorted(plain)
    assert not list(tmp_path.iterdir())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text("abc", max_size=40)), st.sampled_from([1, 8, 20, 1 << 20]))
def test_a_row_holds_what_a_list_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, found: list[str], block: int
) -> None:
    monkeypatch.setattr(spool, "_BLOCK", block)
    ours = Row(iter(found), tmp_path, str.encode, bytes.decode)
    assert (list(ours), list(zip(ours, ours, strict=True))) == (
        found,
        list(zip(found, found, strict=True)),
    )
    assert (len(ours), "abc" in ours) == (len(found), "abc" in found)
    assert not list(tmp_path.iterdir())


def test_its_file_is_closed_with_it(tmp_path: Path) -> None:
    before = set(Path("/proc/self/fd").iterdir()) if Path("/proc/self/fd").exists() else set()
    ours = texts(tmp_path)
    ours[1] = "x"
    del ours
    after = set(Path("/proc/self/fd").iterdir()) if before else set()
    assert len(after) <= len(before)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="not"):
        Spool(tmp_path / "not", str.encode, bytes.decode)
