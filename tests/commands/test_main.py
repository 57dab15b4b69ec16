"""The command line as a whole: finding verbs, turning errors into lines and codes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from readlist import __version__
from readlist.commands.verbs import VERBS

_VERBS = (
    "demo import add update feeds complete schedule digest list show mark tag tags note delete"
    " duplicates export pdf bib cite pick undo redo log backup restore check formats keys views"
)
CONTRACT = _VERBS.split()
QUICK = [verb for verb in CONTRACT if verb != "demo"]


def run(*arguments: str, **options) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "readlist", *arguments]
    defaults = {"capture_output": True, "text": True, "encoding": "utf-8", "timeout": 60}
    return subprocess.run(command, check=False, **(defaults | options))


def test_the_verbs_are_those_of_the_contract():
    assert [verb.name for verb in VERBS] == CONTRACT


def test_help(readlist):
    found = readlist("-h")
    assert found.code == 0
    for verb in VERBS:
        assert f"  {verb.name} " in found.out
    assert readlist("--version").out == f"readlist {__version__}\n"


@pytest.mark.parametrize("verb", CONTRACT)
def test_each_verb_has_help(readlist, verb: str):
    for option in ("-h", "--help"):
        found = readlist(verb, option)
        assert (found.code, found.err) == (0, "")
        assert found.out.startswith(f"usage: readlist {verb}")


@pytest.mark.parametrize("verb", [verb for verb in QUICK if verb != "import"])
def test_each_verb_that_lists_or_changes_speaks_json(readlist, verb: str):
    assert "--json" in readlist(verb, "-h").out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["lst"], "there is no verb 'lst'; did you mean list?"),
        (["qqqqqq"], "there is no verb 'qqqqqq'; `readlist -h` lists them"),
        (["--frob"], "there is no option --frob"),
        (["--libary", "x", "list"], "there is no option --libary; did you mean --library?"),
        (["--library"], "--library wants a value"),
        (["undo", "3"], "'3' is one word too many here"),
        ([], "the interface needs a terminal"),
        (["demo"], "the interface needs a terminal"),
    ],
)
def test_wrong_usage(readlist, arguments: list[str], message: str):
    found = readlist(*arguments)
    assert (found.code, found.out) == (2, "")
    assert message in found.err


def test_the_library_can_be_named_before_and_behind_the_verb(filled, tmp_path: Path):
    other = str(tmp_path / "other.json")
    for arguments in (["--library", other, "list"], ["list", f"--library={other}"]):
        assert "the library is empty" in filled(*arguments).err
    assert filled("list", "--debug").code == 0


def test_a_library_that_is_none_is_told_in_a_line(readlist, tmp_path: Path):
    (tmp_path / "library.json").write_text("not JSON")
    for arguments in (["list"], ["mark", "read", "1"], ["undo"], ["export"]):
        found = readlist(*arguments)
        assert (found.code, found.out) == (3, "")
        assert found.err.startswith(f"readlist: {tmp_path}/library.json: it is no TinyDB library")
        assert found.err.count("\n") == 1


def test_debug_shows_where(readlist, tmp_path: Path):
    (tmp_path / "library.json").write_text("not JSON")
    found = readlist("--debug", "list")
    assert found.code == 3
    assert "Traceback" in found.err


def test_a_mistake_inside_is_told_without_a_traceback(filled, monkeypatch):
    def fail(*_arguments: object, **_options: object) -> None:
        raise KeyError("oh\nno")

    monkeypatch.setattr("readlist.commands.lists.select", fail)
    found = filled("list")
    assert found.code == 1
    assert found.err == (
        "readlist: something went wrong inside: KeyError: 'oh\\nno'\n"
        "The same with --debug shows where.\n"
    )


def test_an_interrupt_is_quiet(filled, monkeypatch):
    def interrupt(*_arguments: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("readlist.commands.lists.select", interrupt)
    found = filled("list")
    assert (found.code, found.out, found.err) == (130, "", "")


# In a process of their own


@pytest.fixture
def environment(filled, tmp_path: Path) -> dict[str, str]:
    """What a process needs to work on the test's library."""
    return os.environ | {"READLIST_LIBRARY": str(tmp_path / "library.json")}


def test_no_verb_imports_the_interface_or_what_it_does_not_need(environment):
    script = (
        "import sys; from readlist.__main__ import main; main({!r});"
        "print([m for m in ('textual', 'rich', 'numpy', 'rapidfuzz', 'asyncio', 'statistics',"
        " 'difflib', 'tomllib') if m in sys.modules])"
    )
    for verb in (["list"], ["mark", "read", "1"], ["export"], ["undo"], ["log"]):
        found = subprocess.run(
            [sys.executable, "-c", script.format(verb)],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert found.stdout.splitlines()[-1] == "[]", verb


def test_a_reader_that_has_seen_enough_is_no_error(environment, pages):
    assert run("import", *map(str, pages), env=environment).returncode == 0
    for verb in ("list", "export"):
        with subprocess.Popen(
            [sys.executable, "-m", "readlist", verb],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            assert process.stdout
            assert process.stderr
            process.stdout.read(1)
            process.stdout.close()
            assert process.stderr.read() == b""
        assert process.returncode == 0


def test_a_locale_without_the_signs_does_no_harm(environment):
    plain = environment | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    found = run("list", "is:any", env=plain)
    assert (found.returncode, found.stderr) == (0, "")
    assert "?? Recognition" in found.stdout
    assert "漢字" in run("list", "--json", env=plain).stdout
    assert run("list", "漢字x", env=plain).returncode == 1


def test_exit_codes_reach_the_shell(environment):
    assert run("list", env=environment).returncode == 0
    assert run("list", "nobody", env=environment).returncode == 1
    assert run("list", "--nope", env=environment).returncode == 2
    assert run("--library", "/dev/null/x", "mark", "read", "1").returncode in (1, 3)
