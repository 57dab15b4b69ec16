"""Markdown and HTML: pages for people."""

from html.parser import HTMLParser

from readlist.formats import html_out, links, markdown_out
from readlist.paper import Paper, Status

HOSTILE = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)> [x](javascript:y) *a*"
PAPERS = [
    Paper(id=1, title="A Title", authors=["Ada Lovelace"], published="2024-01-02", tags=["rl"],
          identifiers={"arxiv": "2401.00001"}, note="mine", status=Status.READ, starred=True),
    Paper(id=2, title=HOSTILE, abstract=HOSTILE, authors=[HOSTILE], venue=HOSTILE, note=HOSTILE,
          urls={"abstract": "https://a.org/\"onclick='x'", "pdf": "https://a.org/(x)"}),
]  # fmt: skip


def html(share=False):
    return html_out.write(PAPERS, share=share, exported="2026-03-01T12:00:00Z").decode()


class Page(HTMLParser):
    """The tags of a page with their attributes, and its texts."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.texts = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.texts.append(data)

    def all(self, name):
        return [attributes for tag, attributes in self.tags if tag == name]


def test_the_page_has_one_script_and_that_is_ours():
    page = Page(html())
    assert len(page.all("script")) == 1
    assert html_out._SCRIPT in page.texts
    policy = next(meta["content"] for meta in page.all("meta") if "http-equiv" in meta)
    assert "default-src 'none'" in policy
    assert html_out._hash(html_out._SCRIPT) in policy
    assert html_out._hash(html_out._STYLE) in policy
    assert not {"img", "iframe", "link", "object", "base"} & {tag for tag, _ in page.tags}
    names = {name for _, attributes in page.tags for name in attributes}
    assert not any(name.startswith("on") or name == "style" for name in names)
    assert all(link["href"].startswith("https://") for link in page.all("a"))


def test_a_text_of_a_paper_is_shown_as_it_is():
    page = Page(html())
    assert page.all("a")[0]["href"] == "https://arxiv.org/abs/2401.00001"
    assert {"A Title", HOSTILE} <= set(page.texts)
    assert len(page.all("article")) == 2
    assert "2 papers" in html()


def test_the_newest_comes_first_and_an_address_that_is_none_is_no_link():
    papers = [
        Paper(id=1, title="$\\alpha$-Old", added="2024-01-01T00:00:00Z"),
        Paper(id=2, title="New", added="2026-01-01T00:00:00Z", tags=["rl"],
              urls={"abstract": "javascript:alert(1)", "pdf": "javascript:alert(1)"}),
        Paper(id=3, title="Also new", added="2026-01-01T00:00:00Z"),
    ]  # fmt: skip
    page = Page(html_out.write(papers, share=True, exported="").decode())
    titles = [text for text in page.texts if text in ("New", "Also new", "α-Old")]
    assert titles == ["New", "Also new", "α-Old"]
    assert [entry["data-added"] for entry in page.all("article")] == ["3", "2", "1"]
    assert page.all("a") == []
    assert page.all("button") == [{"class": "tag"}]
    assert " #rl " in page.all("article")[0]["data-words"]


def test_what_is_the_users_own_is_not_shared():
    assert "mine" in html()
    assert "mine" not in html(share=True)
    assert "★" not in html(share=True)


def test_a_list_is_grouped_by_tag():
    text = markdown_out.write(PAPERS, share=False, exported="2026-03-01T12:00:00Z").decode()
    assert text.startswith(
        "# Reading list\n\n2 papers, 2026-03-01\n\n## rl\n\n- [A Title](https://arxiv.org/"
    )
    assert "\n  mine\n" in text
    assert "## Without a tag\n" in text
    assert "mine" not in markdown_out.write(PAPERS, share=True, exported="").decode()
    assert "\\[x\\](javascript:y)" in text
    assert "  \\</script>" in text
    assert links.read(text).papers[0].identifiers == {"arxiv": "2401.00001"}
