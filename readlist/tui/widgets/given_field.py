"""The field in which is typed, pasted or dropped what is to be added."""

from textual import events
from textual.message import Message
from textual.widgets import Input

from readlist.adding.addition import named_files


class GivenField(Input):
    """A field for a path or an id, that also takes what is pasted or dropped, of any length."""

    class Pasted(Message):
        """Several lines were pasted."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def _on_paste(self, event: events.Paste) -> None:
        text = event.text.strip()
        event.prevent_default()
        event.stop()
        if len(text.splitlines()) > 1:
            self.post_message(self.Pasted(event.text))
        elif named_files(text):  # dropped here: it stands alone
            self.value = text
            self.cursor_position = len(text)
        else:
            self.insert_text_at_cursor(text)
