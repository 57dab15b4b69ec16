"""Drawing on a terminal that is gone."""

import os
import sys
from threading import Thread

import pytest
from textual.app import App

from readlist.tui.output import lasting

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="its windows close otherwise")


async def test_leaving_does_not_wait_for_a_terminal_that_is_gone(monkeypatch):
    from textual.drivers._writer_thread import WriterThread

    there, terminal = os.pipe()
    os.close(there)
    with monkeypatch.context() as patched:
        patched.setattr(sys, "__stderr__", os.fdopen(terminal, "w"))
        driver = lasting(App().get_driver_class())(App())
    output = WriterThread(driver._file)
    output.start()

    def draw_and_leave():
        for _ in range(100):
            output.write("drawn")
        output.stop()

    leaving = Thread(target=draw_and_leave, daemon=True)
    leaving.start()
    leaving.join(10)
    assert not leaving.is_alive()
