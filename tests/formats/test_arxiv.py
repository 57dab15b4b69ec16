"""arXiv's feeds, mails and snapshot."""

import json
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.formats import arxiv, arxiv_email, kaggle
from readlist.formats.detect import detect
from readlist.formats.incoming import FormatError
from tests.strategies import json_values

ENTRY = """<entry><id>http://arxiv.org/abs/2401.00001v2</id><title>A &lt;b&gt; {}
  Title</title><summary>One
line.
  Two.</summary><published>2024-01-02T00:00:00Z</published><author>
<name>Ada Lovelace</name></author><category term="cs.LG"/></entry>"""
FEED = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>http://arxiv.org/api/x</id>"""


def test_an_answer_is_read():
    found = arxiv.read(f"{FEED}{ENTRY}</feed>")
    (paper,) = found.papers
    assert (paper.title, paper.abstract) == ("A <b> {} Title", "One line.\n\nTwo.")
    assert (paper.authors, paper.published) == (["Ada Lovelace"], "2024-01-02")
    assert (paper.identifiers, paper.categories) == ({"arxiv": "2401.00001"}, ["cs.LG"])
    assert found.source == "arxiv"


def test_an_error_comes_as_an_entry_and_is_told():
    error = ENTRY.replace("abs/2401.00001v2", "api/errors#x").replace(
        "A &lt;b&gt; {}\n  Title", "Error"
    )
    found = arxiv.read(f"{FEED}{error}{ENTRY}</feed>")
    assert len(found.papers) == 1
    assert found.refusals[0].reason == "arXiv answers: One line. Two."


def test_half_a_feed_is_read_as_far_as_it_goes():
    found = arxiv.read(f"{FEED}{ENTRY}{ENTRY[:80]}")
    assert len(found.papers) == 1
    assert found.refusals[0].place == "entry 2"
    assert "no whole XML" in found.refusals[0].reason


def test_a_feed_of_a_weekend_is_empty_and_no_error():
    rss = '<rss version="2.0"><channel><link>http://rss.arxiv.org/rss/cs</link></channel></rss>'
    assert detect(rss).name == "arxiv"
    found = arxiv.read(rss)
    assert (found.papers, found.refusals) == ([], [])
    assert found.notes == ["a feed without papers, as on days without announcements"]


def test_each_author_of_rss_has_a_tag_or_all_have_one():
    item = "<item><link>https://arxiv.org/abs/2401.00001</link><title>T</title>{}</item>"
    for creators in (
        "<dc:creator>Ada Lovelace</dc:creator><dc:creator>Bob</dc:creator>",
        "<dc:creator>Ada Lovelace, Bob</dc:creator>",
    ):
        (paper,) = arxiv.read(
            '<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
            f"{item.format(creators)}</channel></rss>"
        ).papers
        assert paper.authors == ["Ada Lovelace", "Bob"]
        assert paper.urls == {"abstract": "https://arxiv.org/abs/2401.00001"}


def test_an_entry_of_another_server_comes_in_by_its_doi():
    other = ENTRY.replace("arxiv.org/abs/2401.00001v2", "example.org/1")
    found = arxiv.read(
        f"{FEED}{other.replace('</entry>', '<doi>10.1000/X</doi></entry>')}{other}</feed>"
    )
    assert [paper.identifiers for paper in found.papers] == [{"doi": "10.1000/x"}]
    assert found.refusals[0].reason == "it has neither an arXiv id nor a DOI"


def test_entities_are_refused():
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
        + FEED.partition("\n")[2]
        + "&b;</feed>"
    )
    with pytest.raises(FormatError, match="it declares entities"):
        arxiv.read(bomb)


@pytest.mark.parametrize(
    "text",
    [
        FEED + "<a>" * 300_000,
        FEED + ENTRY * 2_000 + "</feed>",
        FEED + "x" * 10_000_000,
        FEED + "<entry " + "a='b' " * 100_000 + "/>",
    ],
    ids=["deep", "many", "long", "attributes"],
)
def test_no_feed_takes_long(text):
    start = time.process_time()
    with suppress(FormatError):
        arxiv.read(text)
    assert time.process_time() - start < 10


_TAGS = ("<entry>", "</entry>", "<title>", "</title>", "<id>", "</id>", "arXiv:2401.00001", "&amp;",
         "<![CDATA[", "]]>", "<!--", "é", "</feed>", "&")  # fmt: skip


@given(st.lists(st.sampled_from(_TAGS), max_size=20).map("".join))
def test_no_feed_brings_it_down(text):
    with suppress(FormatError):
        arxiv.read(FEED + text)


MAIL = r"""To: x
------------------------------------------------------------------------------
\\
arXiv:2411.13560
Date: Thu, 7 Nov 2024 02:49:53 GMT   (31214kb,D)

Title: A Title
  goes on: here
Authors: Ada Lovelace (1), G\"odel, Kurt, and Bob (2)
Categories: cs.AI cs.ET
DOI: 10.1000/x
\\
  An abstract
goes on.
\\ ( https://arxiv.org/abs/2411.13560 , 31214kb)
------------------------------------------------------------------------------
\\
arXiv:2411.00002
replaced with revised version Thu, 7 Nov 2024 02:49:53 GMT   (1kb)

Title: Another
Authors: Cid
Categories: cs.AI
\\ ( https://arxiv.org/abs/2411.00002 , 1kb)
%%--%%--%%
"""


@pytest.mark.parametrize("mail", [MAIL, MAIL.replace("\n", "\r\n")])
def test_a_mail_is_read(mail):
    assert detect(mail).name == "arxiv-email"
    first, second = arxiv_email.read(mail).papers
    assert (first.title, first.abstract) == ("A Title goes on: here", "An abstract goes on.")
    assert first.authors == ["Ada Lovelace", "Gödel", "Kurt", "Bob"]
    assert (first.published, first.categories) == ("2024-11-07", ["cs.AI", "cs.ET"])
    assert first.identifiers == {"arxiv": "2411.13560", "doi": "10.1000/x"}
    assert (second.title, second.abstract) == ("Another", "")
    assert second.identifiers == {"arxiv": "2411.00002"}


def test_an_empty_doi_is_none():
    paper, _ = arxiv_email.read(MAIL.replace("DOI: 10.1000/x", "DOI:")).papers
    assert paper.identifiers == {"arxiv": "2411.13560"}
    for doi, known in ((" ", {}), ("10.1000/X 10.1000/y", {"doi": "10.1000/x"})):
        (paper,) = kaggle.read(json.dumps(RECORD | {"doi": doi})).papers
        assert paper.identifiers == {"arxiv": "hep-th/9901001", **known}


@given(st.lists(st.sampled_from(MAIL.split("\n")), max_size=20).map("\n".join))
def test_no_mail_brings_it_down(text):
    with suppress(FormatError):
        arxiv_email.read("\\\\\narXiv:2411.13560\n" + text)


RECORD = {
    "id": "hep-th/9901001", "title": "A\n  Title", "authors": "Ada Lovelace and Bob (CERN)",
    "categories": "hep-th math.AG", "abstract": "  One\nline.\n", "update_date": "2008-11-26",
}  # fmt: skip


def test_a_snapshot_is_read_line_by_line():
    lines = [json.dumps(RECORD), "nonsense", json.dumps(RECORD | {"id": 3})]
    text = "\n".join(
        [
            *lines,
            json.dumps(
                RECORD
                | {
                    "id": "2401.00001",
                    "versions": [{"created": "Mon, 2 Apr 2007 19:18:42 GMT"}],
                    "authors_parsed": [["Balázs", "C.", ""]],
                }
            ),
        ]
    )
    assert detect(text).name == "kaggle"
    found = kaggle.read(text)
    first, second = found.papers
    assert (first.title, first.abstract, first.published) == ("A Title", "One line.", "1999-01")
    assert first.authors == ["Ada Lovelace", "Bob"]
    assert first.identifiers == {"arxiv": "hep-th/9901001"}
    assert (second.authors, second.published) == (["C. Balázs"], "2007-04-02")
    assert [refusal.place for refusal in found.refusals] == ["line 2", "line 3"]


@pytest.mark.parametrize(
    "told", [{}, {"authors": ["Ada Lovelace", "Bob"], "categories": ["hep-th", "math.AG"]}]
)
def test_what_others_have_made_of_a_snapshot_is_read(told):
    text = json.dumps({name: RECORD[name] for name in RECORD if name != "update_date"} | told)
    assert detect(text).name == "kaggle"
    (paper,) = kaggle.read(text).papers
    assert paper.authors == ["Ada Lovelace", "Bob"]
    assert paper.categories == ["hep-th", "math.AG"]


@given(st.dictionaries(st.sampled_from([*RECORD, "versions", "authors_parsed"]), json_values))
def test_no_record_brings_it_down(record):
    kaggle.read(json.dumps([RECORD | record]))
