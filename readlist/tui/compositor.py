"""Paints of the screen what has changed, and no more."""

from collections.abc import Iterable

from textual._compositor import Compositor
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

Rendered = tuple[Region, Region, list[Strip]]


class ThriftyCompositor(Compositor):
    """Textual's renders all widgets of the screen for each change, whole, also what lies behind
    others: half of the time that a key of the filter took to change the list. This one renders the
    lines that are to be painted, of widgets that no other hides there.
    """

    def _get_renders(self, crop: Region | None = None) -> Iterable[Rendered]:
        """Yield where widgets are, what of that is seen, and its lines, front to back."""
        crop = crop or self.size.region
        in_front: list[Region] = []
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            wanted = seen.intersection(crop)
            if not wanted or any(other.contains_region(wanted) for other in in_front):
                continue
            in_front.append(wanted)
            # As wide as the widget, because the painter cuts lines where widgets end.
            lines = Region(seen.x, wanted.y, seen.width, wanted.height)
            yield region, lines, widget.render_lines(lines.translate((-region.x, -region.y)))


class ThriftyScreen(Screen[None]):
    """A screen that paints so."""

    def __init__(self) -> None:
        super().__init__()
        self._compositor = ThriftyCompositor()
