"""Keys that the user gives to actions."""

import pytest

from readlist.bindings import BINDINGS
from readlist.remapping import KeyNameError, identity, key_named, remapped


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("w", "w"),
        ("W", "W"),
        ("shift+w", "W"),
        ("Ctrl+W", "ctrl+w"),
        ("esc", "escape"),
        ("PgDn", "pagedown"),
        ("↓", "down"),
        ("?", "?"),
        ("ctrl+/", "ctrl+slash"),
        ("ctrl+,", "ctrl+comma"),
        (",", "comma"),
        ("+", "+"),
        ("ö", "ö"),
        ("shift+tab", "shift+tab"),
    ],
)
def test_keys_are_called_as_people_call_them(written, meant):
    assert key_named(written) == meant


@pytest.mark.parametrize(
    ("written", "nearest"),
    [
        ("ctrl-w", "ctrl+w"),
        ("cttrl+w", "ctrl+w"),
        ("ctrl+pagedwn", "ctrl+pagedown"),
        ("escpae", "escape"),
        ("ctrl+wq", None),
        ("ctrl++", None),
        ("xyzzy", None),
        ("", None),
    ],
)
def test_what_is_no_key_is_told_with_the_nearest(written, nearest):
    with pytest.raises(KeyNameError) as caught:
        key_named(written)
    end = f"; did you mean {nearest}?" if nearest else ""
    assert str(caught.value) == f"no key is called {written!r}{end}"


def test_every_key_of_readlist_can_be_written_in_the_settings():
    for binding in BINDINGS:
        for key in binding.keys.split(","):
            assert identity(key_named(key)) == identity(key)


def test_a_key_that_another_action_keeps_is_told_with_both_names():
    assert remapped({"want": "e"}) == (
        {"want": "e", "archive": ""},
        (
            "[keys] puts want on e, which is archive's: want has it, archive has no key now:"
            " give it one",
        ),
    )
    assert remapped({"want": "k"}) == (
        {"want": "k", "up": "up"},
        ("[keys] puts want on k, which is up's: want has it, up has ↑",),
    )
    assert remapped({"want": "question_mark"}).keys["help"] == ""
    assert remapped({"want": "ctrl+i"}).keys["next_pane"] == ""  # terminals send the same


def test_two_actions_that_are_given_one_key_are_told_with_both_names():
    keys, [warning] = remapped({"want": "f5", "archive": "f5"})
    assert keys == {"want": "f5"}
    assert warning == "[keys] puts want and archive on f5: want has it, archive has e"


def test_keys_can_be_exchanged_and_be_several():
    assert remapped({"want": "e", "archive": "w"}) == ({"want": "e", "archive": "w"}, ())
    assert remapped({"want": "f5, f6"}).keys == {"want": "f5,f6"}
    assert remapped({"want": ["f5", ";"]}).keys == {"want": "f5,;"}
    assert remapped({"want": "w"}) == ({}, ())


def test_what_cannot_be_understood_leaves_the_key_as_it_was():
    assert remapped({"want": "ctrl+wq", "star": "f5,nokey", "wnat": "w"}) == (
        {"star": "f5"},
        (
            "keys.want: no key is called 'ctrl+wq'",
            "keys.star: no key is called 'nokey'",
            "no key is called 'wnat' in [keys]; did you mean want?",
        ),
    )


@pytest.mark.parametrize("value", [3, "", " ", [], [""], {"a": 1}])
def test_what_is_no_text_is_a_mistake(value):
    with pytest.raises(ValueError, match=r"keys\.want: a key is wanted"):
        remapped({"want": value})


def test_a_key_among_tags_is_given_beside_those_of_the_list():
    assert remapped({"rename": "e"}).keys == {"rename": "e"}  # archive's, which is not there
    assert remapped({"rename": "e"}).warnings == ()
    taken = remapped({"rename": "j"})
    assert taken.keys == {}
    assert taken.warnings == ("[keys] puts down and rename on j: down has it, rename has r",)
    lost = remapped({"down": "r", "toggle_read": "J"})
    assert lost.keys == {"down": "r", "toggle_read": "J", "rename": ""}
    assert lost.warnings == (
        "[keys] puts down on r, which is rename's: down has it, rename has no key now: give it one",
    )
