"""The pages of the days in a real terminal, keys typed before anything was read."""

import subprocess
import sys

from tests.e2e.terminal import ROOT, Terminal


def test_a_burst_at_the_very_beginning_acts_on_the_pages_and_not_on_the_list(path, done):
    with Terminal("--library", path) as terminal:
        terminal.send("HHHe")  # the fourth day from the end has one paper
        terminal.wait_for("Archived “", "u takes it back", "1 paper · 1 archived")
        terminal.send("u")
        terminal.wait_for("Undone", "1 paper · 1 new")
        terminal.send("L")
        terminal.wait_until(lambda: "Undone" not in terminal.text)
        terminal.send("\x1b")
        terminal.wait_for("26 new", "Inbox · ")
        terminal.settle()
    assert len(done()) == 2


def test_a_day_in_the_command_line_is_the_page_in_the_interface(path):
    command = [sys.executable, "-m", "readlist", "--library", str(path), "list", "--day"]
    listed = subprocess.run(
        [*command, "2026-08-14"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    number = len(listed.stdout.splitlines())
    assert number > 1
    with Terminal("--library", path) as terminal:
        terminal.send("H")
        terminal.wait_for("Fri 14 Aug 2026", f"{number} papers · ")
        assert f"Fri 14 Aug 2026 · {number} papers" in listed.stderr
