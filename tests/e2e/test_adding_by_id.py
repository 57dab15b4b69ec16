"""Papers by ids and links with real programs: several at once, offline, in the terminal."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from readlist.library.library import Library
from tests.e2e.terminal import Terminal
from tests.sources.server import Server
from tests.sources.services import play_arxiv, write_settings


@pytest.fixture
def server(tmp_path, monkeypatch):
    monkeypatch.setenv("READLIST_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("READLIST_CONFIG", str(tmp_path / "config.toml"))
    with Server() as server:
        yield server


def begin(*arguments: object) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "readlist", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def titles(path: Path) -> list[str]:
    library = Library(path)
    found = sorted(paper.title for paper in library.papers())
    library.close()
    return found


def test_programs_at_once_keep_the_pace_together(server: Server, tmp_path):
    """No service sees more requests than its rules allow, whoever asks."""
    write_settings(tmp_path, server.base, patience=40, pause=0.4)
    numbers = [f"2401.{number:05}" for number in range(4)]
    play_arxiv(server, {number: f"Paper {number}" for number in numbers})
    library = tmp_path / "library.json"
    running = [begin("--library", library, "add", number) for number in numbers]
    for program in running:
        out, err = program.communicate(timeout=300)
        assert (program.returncode, err) == (0, ""), out
    assert titles(library) == [f"Paper {number}" for number in numbers]
    assert len(server.requests) == 4 and server.most_at_once == 1
    assert min(server.gaps()) >= 0.3


def test_a_program_that_is_killed_while_it_asks_is_in_nobody_s_way(server, tmp_path, seconds):
    write_settings(tmp_path, server.base, patience=20)
    server.on("/api/query", delay=15)
    play_arxiv(server, {"2401.00001": "After All"})
    library = tmp_path / "library.json"
    first = begin("--library", library, "add", "2401.00001")
    while not server.requests:
        time.sleep(0.02)
    first.kill()
    first.communicate()
    begun = seconds()
    second = begin("--library", library, "add", "2401.00001")
    assert second.communicate(timeout=300)[0] == "added 1: After All\n"
    assert seconds() - begun < 14  # the first would have held it for 15


def test_an_interrupt_ends_it_at_once_and_changes_nothing(server: Server, tmp_path, seconds):
    write_settings(tmp_path, server.base, patience=40)
    server.on("/*", delay=30)
    program = begin("--library", tmp_path / "library.json", "add", "2401.00001", "10.1145/1.2")
    while len(server.requests) < 2:
        time.sleep(0.02)
    begun = seconds()
    program.send_signal(2)
    program.communicate(timeout=30)
    assert program.returncode == 130 and seconds() - begun < 20
    assert titles(tmp_path / "library.json") == []


def test_offline_one_line_says_so(server: Server, tmp_path):
    write_settings(tmp_path, "http://127.0.0.1:9")
    asked = ["2401.00001", "10.1145/1.2", "P19-1001", "https://x.org/y"]
    program = begin("--library", tmp_path / "library.json", "add", *asked, "--json")
    out, err = program.communicate(timeout=300)
    assert program.returncode == 1
    assert len(err.splitlines()) == 1 and "3 more" not in err and "and 1 more" in err
    assert len(json.loads(out)) == 2 and len(titles(tmp_path / "library.json")) == 4


def test_only_who_asks_the_network_pays_for_it(tmp_path):
    code = (
        "import sys; from readlist.__main__ import main; main(sys.argv[1:]);"
        "sys.exit([name for name in ('httpcore', 'ssl', 'h11') if name in sys.modules] or 0)"
    )
    for arguments in (["list"], ["mark", "read", "is:any"], ["add", "-h"], ["log"]):
        command = [sys.executable, "-c", code, "--library", str(tmp_path / "l.json"), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (arguments, done.stderr)


def test_an_id_in_a_real_terminal(server: Server, tmp_path):
    write_settings(tmp_path, server.base, patience=20)
    play_arxiv(server, {"2401.00001": "Seen Before It Is Taken"})
    library = tmp_path / "library.json"
    settings = str(tmp_path / "config.toml")
    with Terminal("--library", library, columns=100, READLIST_CONFIG=settings) as terminal:
        terminal.wait_for("Nothing here yet")
        terminal.paste("https://arxiv.org/abs/2401.00001v2")
        terminal.wait_for("Seen Before It Is Taken", "enter takes 1 paper in")
        terminal.send("\r")
        terminal.wait_for("“Seen Before It Is Taken”: 1 added")
        terminal.send("q")
        terminal.send("q")
        assert terminal.wait_for_end() == 0
    assert titles(library) == ["Seen Before It Is Taken"]
    assert len(server.requests) == 1
