"""How long files take to read, beside the bare parsers; CPU seconds, the best of three.

Run it by hand: `python tests/benchmarks/bench_formats.py`. BibTeX is to take at most 4 times
bibtexparser's bare parse, RIS 4 times rispy's (`pip install rispy`); RIS takes about 8 times yet.
"""

import logging
import time
from collections.abc import Callable

from readlist.formats import bibtex, kaggle, ris

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
LINE = '{{"id": "2401.{0:05}", "title": "T {0}", "categories": "cs.LG", "abstract": "{1}", '
LINE += '"authors": "Ada Lovelace, Bob Smith", "update_date": "2024-01-02"}}\n'


def seconds(run: Callable[[], object]) -> float:
    """Return the CPU seconds of the fastest of three runs."""
    found = []
    for _ in range(3):
        start = time.process_time()
        run()
        found.append(time.process_time() - start)
    return min(found)


def main() -> None:
    """Print a line a format."""
    from bibtexparser.entrypoint import parse_string

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    text = "\n".join(ENTRY.format(number, ABSTRACT) for number in range(10_000))
    assert len(bibtex.read(text).papers) == 10_000
    bare = seconds(lambda: parse_string(text, parse_stack=[]))
    ours = seconds(lambda: bibtex.read(text))
    print(
        f"BibTeX, 10,000 entries, {len(text) / 1e6:.0f} MB: {ours:.1f} s, {ours / bare:.1f} x bare"
    )
    plain = ABSTRACT.replace("\\", "")
    text = "".join(RECORD.format(number, plain) for number in range(10_000))
    ours = seconds(lambda: ris.read(text))
    try:
        import rispy
    except ImportError:
        print(f"RIS, 10,000 records: {ours:.1f} s")
    else:
        bare = seconds(lambda: rispy.loads(text))
        print(f"RIS, 10,000 records: {ours:.1f} s, {ours / bare:.1f} x rispy")
    text = "".join(LINE.format(number, plain) for number in range(10_000))
    print(f"JSON lines of arXiv, 10,000: {seconds(lambda: kaggle.read(text)):.1f} s")


if __name__ == "__main__":
    main()
