"""RSS and Atom feeds, in the shapes that publishers give them."""

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.formats import rss
from readlist.formats.detect import detect
from readlist.formats.incoming import FormatError, Incoming
from readlist.paper import Paper

RDF = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://purl.org/rss/1.0/modules/prism/">
<channel rdf:about="https://biorxiv.org"><title>bioRxiv</title></channel>{}</rdf:RDF>"""
RSS = """<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>News</title>
 {}</channel></rss>"""
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>A blog</title>{}</feed>'


def read(text: str) -> Incoming:
    assert detect(text).name == "rss"
    return rss.read(text)


def only(text: str) -> Paper:
    found = read(text)
    assert (found.refusals, found.is_cut) == ([], False)
    (paper,) = found.papers
    return paper


def test_preprints_as_biorxiv_announces_them():
    paper = only(
        RDF.format(
            """<item rdf:about="https://www.biorxiv.org/content/10.1101/2026.11.01.123456v1?rss=1">
            <title><![CDATA[A <i>Drosophila</i> &amp; mouse study]]></title>
            <link>https://www.biorxiv.org/content/10.1101/2026.11.01.123456v1?rss=1</link>
            <description><![CDATA[We show x < y. ]]></description>
            <dc:creator><![CDATA[Garcia Marquez, G. J., Smith, A.-B.]]></dc:creator>
            <dc:date>2026-11-02</dc:date><dc:identifier>doi:10.1101/2026.11.01.123456</dc:identifier>
            <prism:publicationName>bioRxiv</prism:publicationName></item>"""
        )
    )
    assert (paper.title, paper.abstract) == ("A Drosophila & mouse study", "We show x < y.")
    assert paper.authors == ["G. J. Garcia Marquez", "A.-B. Smith"]
    assert paper.identifiers == {"doi": "10.1101/2026.11.01.123456"}
    assert paper.urls["abstract"] == "https://www.biorxiv.org/content/10.1101/2026.11.01.123456v1"
    assert (paper.venue, paper.published) == ("bioRxiv", "2026-11-02")
    assert paper.type == "article-journal"


def test_articles_as_nature_announces_them():
    paper = only(
        RSS.format(
            """<item><title>Foo &nbsp; bar &hellip;</title>
            <link>https://www.nature.com/articles/s41586-1</link>
            <content:encoded><![CDATA[<p>Nature, Published online: 20 November 2026;
            <a href="https://x">doi:10.1038/s41586-1</a></p>We did.]]></content:encoded>
            <dc:creator>Jane Doe</dc:creator><dc:creator>Kim de Vries</dc:creator>
            <pubDate>Fri, 20 Nov 2026 00:00:00 GMT</pubDate>
            <guid isPermaLink="false">doi:10.1038/s41586-1</guid></item>"""
        )
    )
    assert (paper.title, paper.abstract) == ("Foo bar …", "We did.")
    assert paper.authors == ["Jane Doe", "Kim de Vries"]
    assert paper.identifiers == {"doi": "10.1038/s41586-1"}
    assert paper.published == "2026-11-20"


def test_entries_of_a_blog_in_atom():
    paper = only(
        ATOM.format(
            """<entry><title type="html">One &amp;amp; two</title><id>tag:x</id>
            <link rel="self" href="https://blog.org/feed"/>
            <link rel="enclosure" type="application/pdf" href="https://blog.org/p.pdf"/>
            <link href="https://blog.org/p?utm_source=rss"/><author><name>Ann Lee</name></author>
            <published>2026-01-02T00:00:00Z</published><updated>2026-03-01T00:00:00Z</updated>
            <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One</p><p>Two</p>
            </div></content><category term="ml"/></entry>"""
        )
    )
    assert (paper.title, paper.abstract) == ("One & two", "One Two")
    assert paper.urls == {"abstract": "https://blog.org/p", "pdf": "https://blog.org/p.pdf"}
    assert (paper.authors, paper.published) == (["Ann Lee"], "2026-01-02")
    assert (paper.categories, paper.type) == (["ml"], "article")


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("a@b.org (Max Muster)", ["Max Muster"]),
        ("a@b.org", []),
        ("Muster, Max", ["Max Muster"]),
        ("Muster, Max; van Dam, J.", ["Max Muster", "J. van Dam"]),
        (
            "Ada Lovelace, Alan Turing, and Kurt Gödel",
            ["Ada Lovelace", "Alan Turing", "Kurt Gödel"],
        ),
        ("Ada Lovelace and Alan Turing", ["Ada Lovelace", "Alan Turing"]),
    ],
)
def test_authors_in_a_line(line: str, authors: list[str]):
    item = f"<item><title>T</title><author>{line}</author></item>"
    assert only(RSS.format(item)).authors == authors


def test_half_a_feed_is_read_as_far_as_it_goes_and_said_to_be_half():
    item = "<item><title>T</title><link>https://x.org/1</link></item>"
    found = read(RSS.format(item + item[:20]).partition("</channel>")[0])
    assert [paper.title for paper in found.papers] == ["T"]
    assert found.is_cut
    assert "no whole XML" in found.refusals[0].reason


def test_what_is_no_feed_is_none():
    assert not rss.looks_like("<html><body>feed</body></html>")
    assert not rss.looks_like('<rdf:RDF xmlns:z="http://www.zotero.org/x#"/>')
    with pytest.raises(FormatError):
        rss.read('<rss><!ENTITY a "b"></rss>')


def test_an_empty_feed_and_an_entry_without_a_title():
    assert read(RSS.format("")).notes == ["a feed without entries"]
    found = read(RSS.format("<item><description>x</description></item>"))
    assert found.refusals[0].reason == "it has no title"


@given(st.text())
def test_any_text_in_an_entry_is_read_or_refused(text: str):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    with suppress(FormatError):
        rss.read(RSS.format(f"<item><title>{escaped}</title><author>{escaped}</author></item>"))


def test_no_feed_is_slow():
    author = "a, " * 20_000
    start = time.process_time()
    rss.read(RSS.format(f"<item><title>T</title><author>{author}</author></item>"))
    rss.read(RSS.format("<item><title>T</title></item>" * 5_000))
    assert time.process_time() - start < 5
