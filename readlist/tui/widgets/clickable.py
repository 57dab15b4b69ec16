"""Text that does something when it is clicked, in its own colours.

Textual's own `@click` paints every such text as a link.
"""

from typing import Any, Protocol

from textual import events
from textual.content import Content
from textual.errors import NoWidget
from textual.screen import Screen
from textual.style import Style

Parameter = str | int


def clickable(content: Content, action: str, *parameters: Parameter) -> Content:
    """Return a text that runs an action of its screen when it is clicked."""
    return content.stylize(Style.from_meta({"does": (action, parameters)}))


def is_beside(screen: Screen[Any], event: events.Click) -> bool:
    """Say whether a click was beside all that is on a screen; one behind its edge, as when the
    window has become smaller meanwhile, was nowhere."""
    try:
        return screen.get_widget_at(*event.screen_offset)[0] is screen
    except NoWidget:
        return False


class _Runs(Protocol):
    async def run_action(self, action: str) -> Any:
        """Run an action, as Textual's widgets do."""


class Clickable:
    """Mixed into a screen: runs what its texts do when they are clicked.

    It is no widget itself: Textual takes the parts that style sheets know (the mark of selected
    text, for one) from the first base that is one.
    """

    async def on_click(self: _Runs, event: events.Click) -> None:
        """Run the action of the text that was clicked."""
        action, parameters = event.style.meta.get("does", (None, ()))
        if action is not None:
            event.stop()
            call = ", ".join(map(repr, parameters))
            await self.run_action(f"{action}({call})" if parameters else action)
