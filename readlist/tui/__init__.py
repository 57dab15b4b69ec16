"""The terminal interface."""

import os
import sys

# Textual draws what has changed at the next frame but one: at its 60 a second a key waits for 16 to
# 32 ms, at 240 for 4 to 8. It reads this when it is imported.
os.environ.setdefault("TEXTUAL_FPS", "240")

# A thread that searches lets the one that draws go on after 0.5 ms, not 5: there are several such
# changes between a key and its answer.
sys.setswitchinterval(0.0005)

# asyncio brings TLS along where there is one, for 10 ms: here the network is asked without asyncio,
# and TLS imported when it is.
if sys.modules.keys().isdisjoint(("asyncio", "ssl")):
    sys.modules["ssl"] = None  # type: ignore[assignment]
    import asyncio  # noqa: F401

    del sys.modules["ssl"]
