"""Imports run one way, and the interface's library stays in the interface."""

import ast
from collections.abc import Iterator
from pathlib import Path

import readlist

ROOT = Path(readlist.__file__).parent

LAYERS = (
    {
        "",
        "record",
        "paper",
        "identifiers",
        "text",
        "math",
        "math_signs",
        "math_text",
        "spelling",
        "change",
        "config",
        "days",
        "feeds",
        "remapping",
        "bindings",
        "places",
        "citekeys",
        "citing",
        "large",
        "pdfs",
        "mail_settings",
        "secret_commands",
        "progress",
        "layout",
        "services",
        "references",
    },
    {"library", "search", "formats"},
    {"sources", "insight"},
    {
        "adding",
        "backlog",
        "config_file",
        "digest",
        "drafts",
        "editor",
        "filling",
        "indexing",
        "intake",
        "manuscript",
        "merging",
        "operations",
        "pdf",
        "spooled",
        "tags",
        "updating",
    },
    {"demo", "commands", "tui"},
    {"__main__"},
)
"""From the lowest; a module imports from its own layer and those below. "" is the package."""

ALONE = ("library", "search", "formats", "sources", "insight", "commands", "tui")
"""Parts that do not import from the others in their layer."""

FOREIGN = {
    "textual": {"tui"},
    "rich": {"tui"},
    "tinydb": {"library"},
    "pyperclip": {"commands", "tui"},
    "numpy": {"search"},
    "httpcore": {"sources"},
}
"""Packages, and the parts that may import them."""


def imports() -> Iterator[tuple[Path, str]]:
    """Yield each module's file, and the dotted name of each thing that it imports anywhere."""
    for file in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((file, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{file}: a relative import"
                yield from ((file, f"{node.module}.{alias.name}") for alias in node.names)


def part(name: str) -> str:
    """Return which part of readlist a dotted name below it belongs to."""
    first = name.split(".")[1] if "." in name else ""
    return first if (ROOT / first).is_dir() or (ROOT / f"{first}.py").is_file() else ""


def part_of(file: Path) -> str:
    return file.relative_to(ROOT).parts[0].removesuffix(".py").replace("__init__", "")


def level(name: str) -> int:
    return next(place for place, layer in enumerate(LAYERS) if name in layer)


def test_each_part_has_a_layer():
    for file in ROOT.rglob("*.py"):
        level(part_of(file))


def test_imports_run_one_way():
    for file, name in imports():
        if name.split(".")[0] == "readlist":
            here, there = part_of(file), part(name)
            assert level(there) <= level(here), f"{file} imports {name}"
            if here != there and here in ALONE and not _meet(file, there):
                apart = there in ALONE and level(there) == level(here)
                assert not apart, f"{file} imports {name}"


def _meet(file: Path, there: str) -> bool:
    """Whether a file may import from the other part: the demo, picking, and the verbs of the
    palette, as it runs and as messages name them."""
    verbs = (("naming.py", "commands"), ("advice.py", "commands"))
    meeting = (("demo.py", "tui"), ("picking.py", "tui"), *verbs)
    return (file.name, there) in meeting


def test_only_the_interface_knows_its_library():
    for file, name in imports():
        allowed = FOREIGN.get(name.split(".")[0])
        assert allowed is None or part_of(file) in allowed, f"{file} imports {name}"


def test_files_are_short():
    for file in ROOT.rglob("*.py"):
        assert len(file.read_text("utf-8").splitlines()) <= 400, f"{file} is long"
