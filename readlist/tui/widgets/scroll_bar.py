"""The scroll bar of a list of rows, painted for a quarter of what Textual's costs.

It changes its length with each key of the filter, so it is painted as often as the rows are.
"""

from rich.segment import Segment, Segments
from textual.geometry import Region
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip


class RowBar(ScrollBar):
    """A vertical scroll bar, one cell wide."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return lines of it. Textual asks here for lines as its styles decorate them, each on its
        own; of these, most are the same.
        """
        made: dict[Segment, Strip] = {}
        lines = []
        for cell in self._cells()[crop.y : crop.bottom]:
            if cell not in made:
                made[cell] = self._strip(cell).crop(crop.x, crop.right)
            lines.append(made[cell])
        return lines

    def _cells(self) -> list[Segment]:
        bar = self.render()
        assert isinstance(bar, ScrollBarRender)
        style = self.app.console.get_style(bar.style)
        assert style.color and style.bgcolor
        found = bar.render_bar(
            size=self.size.height,
            virtual_size=bar.virtual_size,
            window_size=bar.window_size,
            position=bar.position,
            back_color=style.bgcolor,
            bar_color=style.color,
        )
        assert isinstance(found, Segments)
        return list(found.segments)

    def _strip(self, cell: Segment) -> Strip:
        strip = Strip([cell], 1)
        for line_filter in self.get_line_filters():
            strip = strip.apply_filter(line_filter, self.background_colors[1])
        return strip
