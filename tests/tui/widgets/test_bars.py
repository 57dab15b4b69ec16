import pytest
from textual.app import App
from textual.content import Content

from readlist.tui.widgets.bars import KeyHints, TwoEnds, keyed

HINTS = [("w", "want", "to read"), ("e", "archive", "archive"), ("?", "help", "all keys")]


class Bars(App):
    """Nothing but a line of each kind."""

    def compose(self):
        yield TwoEnds(id="line")
        yield KeyHints()


async def two_ends(width, left, right, behind=""):
    async with Bars().run_test(size=(width, 5)) as pilot:
        line = pilot.app.query_one(TwoEnds)
        line.show(Content(left), Content(right), behind=Content(behind))
        return str(line.render())


async def hints(width, before, shown=HINTS):
    async with Bars().run_test(size=(width, 5)) as pilot:
        bar = pilot.app.query_one(KeyHints)
        bar.show(before, shown)
        return str(bar.render())


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (31, "A long message · u undo  1 of 8"),
        (33, "A long message · u undo    1 of 8"),
        (28, "A long mes… · u undo  1 of 8"),
    ],
)
async def test_the_left_text_gives_way(width, line):
    assert await two_ends(width, "A long message", "1 of 8", " · u undo") == line


async def test_wide_characters_count_as_two():
    assert await two_ends(15, "漢字漢字漢字", "1 of 8") == "漢字漢…  1 of 8"


async def test_markup_is_text():
    assert await two_ends(20, "[/] [bold]x", "") == "[/] [bold]x".ljust(20)


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (90, "w to read   e archive   ? all keys"),
        (32, "w to read  e archive  ? all keys"),
        (31, "w to read  ? all keys"),
        (10, "? all keys"),
    ],
)
async def test_hints_leave_out_from_the_end_and_never_the_help(width, line):
    assert await hints(width, "") == line


async def test_what_keys_act_on_stands_before_them():
    assert await hints(60, "on 2 selected:") == "on 2 selected:  w to read  e archive  ? all keys"


def test_hints_have_their_keys_in_the_accent_colour():
    shown = keyed("enter keeps it   esc takes it back")
    assert shown.plain == "enter keeps it   esc takes it back"
    spans = [(shown.plain[s.start : s.end], str(s.style)) for s in shown.spans]
    assert [text for text, style in spans if "accent" in style] == ["enter", "esc"]
    assert keyed("").plain == ""
