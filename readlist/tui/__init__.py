"""The terminal interface."""

import os

# Textual draws what has changed at the next frame but one: at its 60 a second a key waits for 16 to
# 32 ms, at 240 for 4 to 8. It reads this when it is imported.
os.environ.setdefault("TEXTUAL_FPS", "240")
