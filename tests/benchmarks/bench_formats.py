"""How long files take to read, beside the bare parsers; how much memory; and how others do.

Run it by hand: `python tests/benchmarks/bench_formats.py`, with `parsers`, `memory` or `beside` for
a part of it. CPU seconds, of parsers the best of three; garbage is not looked for, as on the
command line. BibTeX is to take at most 4 times bibtexparser's bare parse, RIS 4 times rispy's
(`pip install rispy`); to read a million JSON lines no more memory than ten thousand;
to take them in at most 200 MB, and from 250,000 on at most 60 bytes a paper more.
"""

import argparse
import gc
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from readlist.formats import bibtex, kaggle, ris
from tests.benchmarks import managers

ABSTRACT = (
    r"We present a method \& show that it's 10\% better than {\'e}t{\'e} baselines---often. " * 15
)
ENTRY = r"""@inproceedings{{key{0},
  author    = {{Garc{{\'\i}}a M{{\'a}}rquez, Gabriel and Ada Lovelace and van der Berg, Jan {0}}},
  title     = {{{{TD-MPC2:}} Scalable, Robust World Models for Continuous Control {0}}},
  booktitle = {{The Twelfth International Conference on Learning Representations, {{ICLR}} 2024}},
  year      = {{2024}}, month = may, pages = {{1--9}}, volume = {{{0}}},
  url       = {{https://openreview.net/forum?id=Oxh5C{0}}},
  doi       = {{10.1000/{0}}},
  abstract  = {{{1}}},
}}
"""
RECORD = """TY  - JOUR
TI  - Scalable, Robust World Models for Continuous Control {0}
AU  - García Márquez, Gabriel
AU  - Lovelace, Ada
PY  - 2024
JO  - Journal of Tests
DO  - 10.1000/{0}
AB  - {1}
KW  - models
ER  -

"""
RECORD_OF_ZOTERO = """TY  - JOUR
TI  - Scalable, Robust World Models for Continuous Control {0}
AU  - García Márquez, Gabriel
AU  - Lovelace, Ada
AU  - van der Berg, Jan
T2  - Journal of Tests
AB  - {1}
DA  - 2024/03/12/
PY  - 2024
DO  - 10.1000/{0}
DP  - DOI.org (Crossref)
VL  - 12
IS  - 3
SP  - 101
EP  - 127
J2  - J. Tests
LA  - en
SN  - 1234-5678
UR  - https://example.org/articles/{0}
Y2  - 2024/05/01/10:00:00
KW  - models
KW  - control
ER  -

"""
LINE = '{{"id": "{0}", "title": "World models {1}", "categories": "{3}", "abstract": "{2}", '
LINE += '"authors": "Ada Lovelace, Bob Smith", "update_date": "2024-01-02"}}\n'
READING = """
import sys
from readlist.operations import read_file
with open(sys.argv[1], "rb") as file:
    for paper in read_file(file, "x").papers:
        pass
"""


def seconds(run: Callable[[], object]) -> float:
    """Return the CPU seconds of the fastest of three runs."""
    found = []
    gc.collect()
    gc.disable()
    for _ in range(3):
        start = time.process_time()
        run()
        found.append(time.process_time() - start)
    gc.enable()
    return min(found)


def peak(words: list[str]) -> tuple[float, float]:
    """Return the most memory (MB) and the CPU seconds that a program takes."""
    with Path(os.devnull).open("w") as nowhere:
        child = subprocess.Popen(words, stdout=nowhere, stderr=nowhere)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{words} ended with {child.returncode}")
    return used.ru_maxrss / 1024, used.ru_utime + used.ru_stime


def parsers(number: int) -> None:
    """Print how long reading takes, beside the bare parsers, a line a format."""
    from bibtexparser.entrypoint import parse_string

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    text = "\n".join(ENTRY.format(n, ABSTRACT) for n in range(number))
    assert len(bibtex.read(text).papers) == number
    bare = seconds(lambda: parse_string(text, parse_stack=[]))
    ours = seconds(lambda: bibtex.read(text))
    print(f"BibTeX, {number:,} entries, {len(text) / 1e6:.0f} MB: {ours:.1f} s,"
          f" {ours / bare:.1f} x bibtexparser")  # fmt: skip
    plain = ABSTRACT.replace("\\", "")
    for what, record in (("of 22 lines, as Zotero's", RECORD_OF_ZOTERO), ("of 9 lines", RECORD)):
        text = "".join(record.format(n, plain) for n in range(number))
        assert len(ris.read(text).papers) == number
        ours = seconds(lambda text=text: ris.read(text))
        try:
            import rispy
        except ImportError:
            beside = "rispy is not installed"
        else:
            bare = seconds(lambda text=text: rispy.loads(text))
            beside = f"{ours / bare:.1f} x rispy"
        print(f"RIS, {number:,} records {what}: {ours:.1f} s, {beside}")
    text = "".join(line_of(n) for n in range(number))
    print(f"JSON lines of arXiv, {number:,}: {seconds(lambda: kaggle.read(text)):.1f} s")


def line_of(number: int) -> str:
    """Return a line of a snapshot of arXiv; one in a hundred is of mathematics."""
    place = f"{2401 + number // 100_000:04}.{number % 100_000:05}"
    return LINE.format(
        place, number, ABSTRACT.replace("\\", ""), "cs.LG" if number % 100 else "math.CO"
    )


def memory(folder: Path, sizes: list[int]) -> None:
    """Print the peak memory of JSON lines on their way in, at several sizes."""
    readlist = [sys.executable, "-m", "readlist", "--library", str(folder / "library.json")]
    before: dict[str, tuple[int, float]] = {}
    for size in sizes:
        file = folder / f"{size}.json"
        with file.open("w") as out:
            out.writelines(map(line_of, range(size)))
        ways = {
            "only read": [sys.executable, "-c", READING, str(file)],
            "import --only category:math.CO": [
                *readlist, "import", "--only", "category:math.CO", str(file)
            ],
            "import --dry-run": [*readlist, "import", "--dry-run", str(file)],
            "import": [*readlist, "import", str(file)],
        }  # fmt: skip
        for way, words in ways.items():
            most, taken = peak(words)
            less, least = before.get(way, (0, 0.0))
            grows = f", {(most - least) * (1 << 20) / (size - less):.0f} bytes a paper more" * bool(
                less
            )
            before[way] = size, most
            print(f"{size:,} JSON lines, {way}: {most:.0f} MB at most{grows}, {taken:.0f} s",
                  flush=True)  # fmt: skip
            for left in folder.glob("library.json*"):
                if left.is_file():
                    left.unlink()
        file.unlink()


def beside(folder: Path, programs: Path, number: int) -> None:
    """Print how long others take for the same BibTeX file, and how much memory."""
    file = folder / "papers.bib"
    file.write_text("\n".join(ENTRY.format(n, ABSTRACT) for n in range(number)))
    library = str(folder / "library.json")
    most, taken = peak(
        [sys.executable, "-m", "readlist", "--library", library, "import", str(file)]
    )
    print(f"{number:,} BibTeX entries, readlist import: {taken:.1f} s, {most:.0f} MB")
    for name in managers.WANTED:
        program = managers.installed(name, programs)
        if program is None:
            print(f"{name}: not installed")
            continue
        own = folder / name
        own.mkdir()
        first, second = managers.verbs(name, program, own, file)
        try:
            peak(first)
            most, taken = peak(second)
        except RuntimeError as error:
            print(f"{name}: {error}")
        else:
            print(f"{number:,} BibTeX entries, {name}: {taken:.1f} s, {most:.0f} MB", flush=True)


def main() -> None:
    """Measure what is asked for; all of it without options."""
    options = argparse.ArgumentParser()
    options.add_argument("part", nargs="*", default=["parsers", "memory", "beside"])
    options.add_argument("--programs", type=Path, help="where coBib and pubs are, or are put")
    options.add_argument("--number", type=int, default=10_000)
    options.add_argument("--sizes", type=int, nargs="+", default=[10_000, 250_000, 1_000_000])
    given = options.parse_args()
    os.environ["PYTHONPATH"] = str(Path(__file__).parents[2])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["READLIST_CONFIG"] = str(folder / "config.toml")
        os.environ["HOME"] = name
        if "parsers" in given.part:
            parsers(given.number)
        if "memory" in given.part:
            memory(folder, given.sizes)
        if "beside" in given.part:
            beside(folder, given.programs or folder / "programs", given.number)


if __name__ == "__main__":
    main()
