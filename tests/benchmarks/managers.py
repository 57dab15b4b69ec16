"""coBib and pubs, which keep a bibliography at the command line too: the same file taken in.

Each is installed into a virtual environment of its own, as they want different bibtexparsers.
"""

import subprocess
import sys
from pathlib import Path

WANTED = {
    "cobib": ["cobib>=6,<7"],
    "pubs": ["pubs>=0.9,<1", "bibtexparser<2", "pyparsing", "setuptools"],
}
_COBIB = """
from cobib.config import config
config.database.file = "{folder}/literature.yaml"
config.database.git = False
config.logging.logfile = "{folder}/log"
config.logging.cache = "{folder}/cache"
"""


def installed(name: str, folder: Path) -> Path | None:
    """Return the program, which is installed into `folder` if it is not there; None if it cannot
    be."""
    program = folder / name / "bin" / name
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", folder / name], check=True)
        pip = [folder / name / "bin" / "python", "-m", "pip", "install", "--quiet"]
        subprocess.run([*pip, *WANTED[name]], check=False, capture_output=True)
    return program if program.exists() else None


def verbs(name: str, program: Path, folder: Path, file: Path) -> tuple[list[str], list[str]]:
    """Return what makes an empty library in a folder, and what takes a file into it."""
    words = [str(program), "-c", str(folder / "config.py")]
    if name == "cobib":
        Path(words[2]).write_text(_COBIB.format(folder=folder))
        return [*words, "init"], [*words, "add", "-b", str(file)]
    return [*words, "init", "-p", str(folder / "pubs")], [*words, "import", str(file)]
