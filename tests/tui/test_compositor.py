"""What is painted is what Textual would paint, and no more than that."""

import pytest
from textual._compositor import Compositor
from textual.geometry import Region

from readlist.tui.widgets.abstract_pane import AbstractPane
from readlist.tui.widgets.sidebar import Sidebar


@pytest.mark.parametrize("size", [(60, 20), (100, 30), (140, 40)])
async def test_it_paints_what_textual_would(readlist, size, monkeypatch):
    async with readlist(size=size) as ui:
        for keys in ("j", "x*", "/reward", ["enter"], ["escape"], "t", ["escape"], "?"):
            await ui.press(*keys)
            strips = ui.main._compositor.render_strips()
            with monkeypatch.context() as patched:
                patched.setattr(type(ui.main._compositor), "_get_renders", Compositor._get_renders)
                assert [strip.text for strip in strips] == [
                    strip.text for strip in ui.main._compositor.render_strips()
                ]


async def test_a_row_is_painted_alone(readlist, monkeypatch):
    async with readlist(size=(140, 40)) as ui:
        rendered = []
        monkeypatch.setattr(
            Sidebar, "render_lines", lambda _, crop: rendered.append(crop) or pytest.fail()
        )
        lines = []
        papers = ui.main.papers
        monkeypatch.setattr(papers, "render_lines", lambda crop: lines.append(crop) or [])
        list(ui.main._compositor._get_renders(papers.region))
        row = Region(papers.region.x, papers.region.y + 1, papers.region.width, 1)
        list(ui.main._compositor._get_renders(row))
        assert not rendered
        assert [crop.y for crop in lines] == [0, 1]
        assert [crop.height for crop in lines] == [papers.region.height, 1]


async def test_what_lies_between_is_not_painted(readlist, monkeypatch):
    async with readlist(size=(140, 40)) as ui:
        await ui.press(*"/reward")
        await ui.settles()
        screen = ui.main
        for widget in (Sidebar, AbstractPane, type(screen)):
            monkeypatch.setattr(widget, "render_lines", lambda self, crop: pytest.fail(str(self)))
        screen.filter_line.refresh()
        screen.papers.refresh()
        screen._compositor.update_widgets({screen.filter_line, screen.papers})
        update = screen._compositor.render_partial_update()
        assert {y for y, _, _ in update.spans} == {1, *screen.papers.region.line_range}


@pytest.mark.usefixtures("every_frame")
async def test_what_is_to_be_laid_out_first_is_not_painted_at_once(readlist, monkeypatch):
    async with readlist() as ui:
        drawn = []
        monkeypatch.setattr(ui.app, "_display", lambda _, update: drawn.append(update))
        ui.main.papers.refresh(layout=True)
        ui.main.paint(ui.main.papers)
        assert not drawn
        await ui.settles()
        ui.main.papers.refresh()
        drawn.clear()
        ui.main.paint(ui.main.papers)
        assert drawn


async def test_what_else_was_to_be_painted_still_is(readlist, monkeypatch):
    async with readlist(size=(140, 40)) as ui:
        await ui.settles()
        screen, painted = ui.main, []
        render = Sidebar.render_lines
        monkeypatch.setattr(
            Sidebar, "render_lines", lambda self, crop: painted.append(crop) or render(self, crop)
        )
        screen.sidebar.refresh()
        screen.sidebar._repaint_required = False  # the screen has been told, and waits for its time
        screen._dirty_widgets.add(screen.sidebar)
        screen.papers.refresh()
        screen.paint(screen.papers)
        await ui.settles()
        assert painted
