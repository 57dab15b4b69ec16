"""Paints of the screen what has changed, and no more."""

from collections.abc import Iterable, Sequence

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

Rendered = tuple[Region, Region, list[Strip]]


class ThriftyCompositor(Compositor):
    """Textual's renders all widgets of the screen for each change, whole, also what lies behind
    others: half of the time that a key of the filter took to change the list. This one renders the
    lines that are to be painted, of widgets that no other hides there, and nothing between them.
    """

    _dirty: Sequence[Region] = ()

    def render_partial_update(self) -> ChopsUpdate | None:
        """Return what draws all that changed, None if nothing did."""
        self._dirty = tuple(self._dirty_regions)
        try:
            return super().render_partial_update()
        finally:
            self._dirty = ()

    def _get_renders(self, crop: Region | None = None) -> Iterable[Rendered]:
        """Yield where widgets are, what of that is seen, and its lines, front to back."""
        dirty = self._dirty or (crop or self.size.region,)
        in_front = _Covered()
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            parts = [seen.intersection(region) for region in dirty if seen.overlaps(region)]
            parts = [part for part in parts if part not in in_front]
            if not parts:
                continue
            wanted = Region.from_union(parts)
            # As wide as the widget, because the painter cuts lines where widgets end; but for a
            # scroll bar, which stands there by itself: no line needs to be cut for it.
            width = seen.width
            if widget.show_vertical_scrollbar:
                size = widget.scrollbar_size_vertical
                if Region(seen.right - size, wanted.y, size, wanted.height) in in_front:
                    width -= size
            lines = Region(seen.x, wanted.y, width, wanted.height)
            in_front.add(wanted)
            yield region, lines, widget.render_lines(lines.translate((-region.x, -region.y)))


class _Covered:
    """Regions that do not overlap, in which widgets in front of others are."""

    def __init__(self) -> None:
        self._regions: list[Region] = []

    def add(self, region: Region) -> None:
        """Take in one; not, if it overlaps others and does not hold them."""
        apart = [other for other in self._regions if not region.contains_region(other)]
        if not any(region.overlaps(other) for other in apart):
            self._regions = [*apart, region]

    def __contains__(self, region: Region) -> bool:
        covered = (region.intersection(other).area for other in self._regions)
        return sum(covered) == region.area


class ThriftyScreen(Screen[None]):
    """A screen that paints so."""

    def __init__(self) -> None:
        super().__init__()
        self._compositor = ThriftyCompositor()

    def paint(self, *widgets: Widget) -> None:
        """Paint what changed of these at once, not when no event is left; unless they are to be
        laid out first. What else is to be painted waits for its time.
        """
        if self._layout_required or self._scroll_required:
            return
        if any(widget._layout_required or widget._scroll_required for widget in widgets):
            return
        others = self._dirty_widgets.difference(widgets)  # Textual takes all as painted
        self._compositor.update_widgets(set(widgets))
        self._compositor_refresh()
        self._dirty_widgets.update(others)
