"""The scroll bar is the one that Textual would paint, in shape, in colours and to the mouse."""

import pytest
from textual.geometry import Region
from textual.scrollbar import ScrollBar

from readlist.tui.widgets.scroll_bar import RowBar
from tests.tui.invented import many


def painted(strips):
    """What one sees of strips, and what a click on them does."""
    return [seen(segment) for strip in strips for segment in strip]


def seen(segment):
    style = segment.style
    front, behind = style.color, style.bgcolor
    if style.reverse:
        front, behind = behind, front
    shape = segment.text, front if segment.text.strip() else None
    return *shape, behind, style.meta.get("@mouse.down")


@pytest.mark.parametrize("theme", ["readlist-dark", "readlist-light", "ansi-dark"])
async def test_it_is_painted_as_textual_would(readlist, theme):
    async with readlist(many(60), size=(140, 16), theme=theme) as ui:
        bar = ui.main.papers.vertical_scrollbar
        assert isinstance(bar, RowBar)
        for key in ("j", "G", "ctrl+u", "g"):
            await ui.press(key)
            height = bar.size.height
            for crop in (Region(0, 0, 1, height), Region(0, 2, 1, 3)):
                ours = painted(bar.render_lines(crop))
                assert len(ours) == crop.height
                assert ours == painted(ScrollBar.render_lines(bar, crop))
