"""No bytes bring a reader down, keep it busy or make it grow: real files mutated, and made up ones.

The readers are those of the one list, each with what is of its format and with what is not.
"""

import json
import time
import tracemalloc
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readlist.formats import catalogue
from readlist.formats.detect import decode, detect
from readlist.formats.incoming import MOST_REFUSED, MOST_SHARE, FormatError, Incoming
from readlist.operations import ImportOptions, read_input
from readlist.paper import Paper
from tests.conftest import SHARED
from tests.formats import test_arxiv, test_huggingface, test_links, test_ris, test_services
from tests.formats.test_listing import HEAD, TODAY
from tests.strategies import json_values, texts

READ = [found for found in catalogue.FORMATS if found.is_read]
ONE_OF_EACH_MODULE = list({found.module: found for found in READ}.values())
_LARGEST = 30_000  # characters of a seed
_SECONDS = 20  # of processor time, for what takes 0.2 on a quiet machine
_ABSTRACT = ("A model of the world. " * 40).strip()

SEEDS = [
    test_arxiv.FEED + test_arxiv.ENTRY + "</feed>",
    test_arxiv.MAIL,
    json.dumps(test_arxiv.RECORD),
    json.dumps([test_huggingface.RECORD]),
    test_huggingface.PAGE,
    test_links.BOOKMARKS,
    test_ris.TEXT,
    *(json.dumps(value) for _, value in test_services.FORMS),
    '@article{k,\n title = {A {B} \\"o $x$},\n author = "Ada and {The Team} and others",\n'
    " year = 2024, month = mar # {~1}, crossref = {p}, url = {https://a.org/%20}\n}\n"
    "@string{p = {P}}\n@comment{x}\n@proceedings{p, booktitle = p, editor = {A, B}}\n",
    'title,url,authors\nA,https://a.org,"B, C; D"\n"E\nF",https://arxiv.org/abs/2401.00001,\n',
    "# A list\n* [A title](https://arxiv.org/abs/2401.00001) (2015), A. Author\ndoi:10.1000/x\n",
    '{"format": "readlist", "version": 1, "papers": [{"id": 1, "uid": "u", "title": "A"}]}',
    '{"id": 1, "uid": "u", "title": "A"}\n{"id": 2, "uid": "v", "title": "B"}\n',
    HEAD,
    f"<rss><channel><item><title>A</title><description>{_ABSTRACT}</description></item>",
]  # fmt: skip
TOKENS = [
    "{", "}", "[", "]", '"', "\\", "<", ">", "&", ";", ",", "\n", "\r", "\x00", "\ufeff", "\ud800",
    "@article{", "TY  - JOUR\n", "ER  - \n", "<entry>", "</entry>", "<![CDATA[", "&amp;", "\u2028",
    "&#x110000;", "10.1000/x", "arXiv:2401.00001", "https://[", "-1", "1e999", "9" * 5000, "null",
    "true", "\u0661", "$", "\\'", "{\\", "and", "%", "\x1b[31m", "\u202e", "é", "\U0001f9d1\u200d",
    "[" * 200, "{" * 200, "<a>" * 200, "0000-00-00", "and others", "=" * 50, "\\\\\n", "----",
    "data-props=",
]  # fmt: skip
NAMES = [
    "id", "title", "paper", "papers", "authors", "author", "name", "given", "family", "url", "doi",
    "DOI", "type", "issued", "date-parts", "items", "results", "data", "notes", "content", "value",
    "message", "published", "identifiers", "abstract", "summary", "tags", "year", "versions",
    "created", "externalIds", "abstract_inverted_index", "authorships", "extra", "format",
]  # fmt: skip


@cache
def seeds() -> list[str]:
    """Return texts to begin with: those here, and the samples where they are."""
    found = list(SEEDS)
    files = (SHARED / part for part in ("payloads", "conformance", "pages"))
    for file in (f for folder in files if folder.is_dir() for f in sorted(folder.rglob("*.*"))):
        try:
            found.append(decode(file.read_bytes()[:_LARGEST])[0])
        except (FormatError, IsADirectoryError):
            continue
    return found


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Return a seed with parts cut, doubled, moved, or put in from others."""
    known = seeds()
    text = known[draw(st.integers(0, len(known) - 1))]
    for _ in range(draw(st.integers(1, 8))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.one_of(st.integers(0, 12), st.integers(0, 3000)))
        match draw(st.integers(0, 6)):
            case 0:
                text = text[:start] + text[end:]
            case 1:
                text = text[:end] + text[start:end] * draw(st.integers(1, 6)) + text[end:]
            case 2:
                text = text[:start] + draw(st.sampled_from(TOKENS)) + text[start:]
            case 3:
                text = text[:start] + draw(st.sampled_from(TOKENS)) + text[end:]
            case 4:
                text = text[:start]
            case 5:
                other = known[draw(st.integers(0, len(known) - 1))]
                text = text[:start] + other[start % (len(other) or 1) :][: end - start] + text[end:]
            case _:
                text = text[:start] + draw(texts) + text[start:]
    return text


def check(incoming: Incoming, size: int) -> None:
    """Hold what is true of whatever a reader returns."""
    assert len(incoming.refusals) < max(MOST_REFUSED, MOST_SHARE * len(incoming.papers)) + 9
    for refusal in incoming.refusals:
        assert refusal.place
        assert refusal.reason
        assert "\n" not in refusal.place + refusal.reason
        assert len(refusal.reason) < 400
    plain, told = Paper(title="x").export(), 0
    for paper in incoming.papers:
        document = paper.export()
        assert Paper.read({n: v for n, v in document.items() if n != "id"}).title == paper.title
        json.dumps(document).encode("ascii")
        told += sum(len(str(value)) for name, value in document.items() if value != plain[name])
    assert told <= 10 * size + 2_000


def survives(text: str, formats: list[catalogue.Format]) -> None:
    """Read a text as these formats, and as whatever it looks like."""
    start = time.process_time()
    size = len(text.encode("utf-8", "replace"))
    for found in formats:
        try:
            check(found.read(text, None, TODAY), size)
        except FormatError as error:
            assert "\n" not in str(error)
    try:
        check(read_input(text.encode("utf-8", "replace"), "x", ImportOptions(today=TODAY)), size)
    except FormatError as error:
        assert "\n" not in str(error)
    assert time.process_time() - start < _SECONDS


quiet = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], max_examples=60
)


@quiet
@given(mutated())
def test_a_mutated_file_is_read_or_refused(text):
    try:
        formats = [detect(decode(text.encode("utf-8", "replace"))[0])]
    except FormatError:
        formats = []
    survives(text, formats)


@quiet
@given(mutated(), st.sampled_from(ONE_OF_EACH_MODULE))
def test_a_file_of_another_format_is_read_or_refused(text, found):
    survives(text, [found])


_structures = st.recursive(
    st.one_of(json_values, st.sampled_from(TOKENS)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(NAMES), inner, max_size=6)
    ),
    max_leaves=25,
)


@quiet
@given(_structures, st.sampled_from([found for found in ONE_OF_EACH_MODULE if found.is_lines]))
def test_json_of_any_structure_is_read_or_refused(value, found):
    survives(json.dumps(value), [found])
    survives(f"{json.dumps(value)}\n" * 2, [found])


@given(st.binary(max_size=300), st.sampled_from([b"", b"\xff\xfe", b"\x1f\x8b\x08", b"PK\x03\x04"]))
def test_any_bytes_are_read_or_refused(content, beginning):
    try:
        check(read_input(beginning + content, "x"), len(content))
    except FormatError as error:
        assert "\n" not in str(error)


BOMBS = {
    "entities": '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "' + "ha" * 50_000
    + '">]><feed xmlns="http://www.w3.org/2005/Atom"><!-- arxiv.org --><entry><title>'
    + "&a;" * 30_000 + "</title></entry></feed>",
    "deep JSON": "[" * 500_000,
    "deep JSON, closed": '{"papers": ' + "[" * 200_000 + "]" * 200_000 + "}",
    "deep XML": test_arxiv.FEED + "<entry>" * 200_000,
    "deep braces": "@article{k, title = " + "{" * 100_000 + "}" * 100_000 + "}",
    "many nothings": "[" + "0," * 200_000 + "0]",
    "many lines": "{}\n" * 150_000,
    "many records": "TY  - JOUR\n" * 100_000,
    "many entries": "@a{b,}\n" * 10_000,
    "many rows": "title,url\n" + ",x\n" * 100_000,
    "many links": "<!DOCTYPE NETSCAPE-Bookmark-file-1>" + "<a>" * 300_000,
    "many items": test_arxiv.FEED + "<entry/>" * 100_000 + "</feed>",
    "long line": "x" * 10_000_000,
    "long text": '{"title": "' + "x" * 10_000_000 + '"}',
    "long value": "TY  - JOUR\nTI  - " + "x y " * 2_500_000,
    "long field": "@article{k, title = {" + "x y " * 1_000_000 + "}}",
    "long cell": "title,url\n" + "x " * 4_000_000 + ",http://a.org\n",
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_read_or_refused_in_little_time_and_memory(name):
    text = BOMBS[name]
    content = text.encode()
    start = time.process_time()
    try:
        check(read_input(content, "x", ImportOptions(today=TODAY)), len(content))
    except FormatError as error:
        assert "\n" not in str(error)
    assert time.process_time() - start < _SECONDS


@pytest.mark.soak
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_takes_ten_times_its_size_at_most(name):
    content = BOMBS[name].encode()
    tracemalloc.start()
    try:
        read_input(content, "x", ImportOptions(today=TODAY))
    except FormatError:
        pass
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 10 * len(content) + 20_000_000


@pytest.mark.soak
def test_ten_minutes_of_mutated_files():
    end = time.monotonic() + 600
    count = 0

    @settings(
        max_examples=2_000,
        derandomize=False,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(mutated(), st.lists(st.sampled_from(ONE_OF_EACH_MODULE), max_size=2))
    def hold(text, formats):
        nonlocal count
        if time.monotonic() < end:
            count += 1
            survives(text, formats)

    while time.monotonic() < end:
        hold()
    assert count > 500


def test_the_samples_are_among_the_seeds(shared: Path):
    assert len(seeds()) > len(SEEDS) + 100
