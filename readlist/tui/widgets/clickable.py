"""Text that does something when it is clicked, in its own colours.

Textual's own `@click` paints every such text as a link.
"""

from textual import events
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

Parameter = str | int


def clickable(content: Content, action: str, *parameters: Parameter) -> Content:
    """Return a text that runs an action of its screen when it is clicked."""
    return content.stylize(Style.from_meta({"does": (action, parameters)}))


class Clickable(Widget):
    """Mixed into a screen: runs what its texts do when they are clicked."""

    async def on_click(self, event: events.Click) -> None:
        """Run the action of the text that was clicked."""
        action, parameters = event.style.meta.get("does", (None, ()))
        if action is not None:
            event.stop()
            call = ", ".join(map(repr, parameters))
            await self.run_action(f"{action}({call})" if parameters else action)
