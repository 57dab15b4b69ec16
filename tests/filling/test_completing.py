"""Filling in, with a server that plays the services."""

import gzip
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from readlist.change import AddPaper, AddTag, Change, SetField
from readlist.filling.asked import Asked
from readlist.filling.completing import Found, fill_in, lacking, look_up, remember, unpublished
from readlist.library.library import Library
from readlist.operations import read_input, take_in
from readlist.paper import Paper
from readlist.progress import CancelledError, Progress
from readlist.text import title_key, words
from tests.sources.conftest import settings_for
from tests.sources.server import Request, Server

NOW = "2026-11-21T06:00:00Z"


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture(autouse=True)
def _own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("READLIST_CACHE", str(tmp_path / "cache"))


def put(library: Library, *papers: Paper) -> list[int]:
    """Put papers into a library, as they are but for their ids."""
    edits = {
        number: [AddPaper(paper.but(id=number, uid=f"u{number}").document())]
        for number, paper in enumerate(papers, start=1)
    }
    library.apply(Change("Imported", edits, "import"))
    return list(edits)


def find(library: Library, server: Server, only: str = "", **how) -> Found:
    """Look all papers of a library up at a server."""
    settings = settings_for(server.base, patience=45.0)
    if only:
        nobody = settings_for("http://127.0.0.1:9")
        sources = {**nobody.sources, only: settings.sources[only]}
        settings = settings.but(sources=sources)
    papers = list(library.papers())
    return look_up(papers, settings, Progress(), Asked(library.path), NOW, **how)


class Corpus:
    """The papers of Daily Papers, and the search that Hugging Face has for them."""

    def __init__(self, file: Path) -> None:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            self.records = [json.loads(line) for line in lines]
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, record in enumerate(self.records):
            for word in {word.folded for word in words(record["title"])}:
                self._places[word].append(place)

    def search(self, request: Request) -> bytes:
        """Return the ten papers whose titles have most of what is asked for, the rarest first."""
        scores: Counter[int] = Counter()
        for word in {word.folded for word in words(request.query["q"][0])}:
            places = self._places.get(word, ())
            rarity = round(100 * math.log(len(self.records) / len(places))) if places else 0
            for place in places:
                scores[place] += rarity
        found = [self.records[place] for place, _ in scores.most_common(10)]
        return json.dumps(
            [{"paper": record, "title": record["title"]} for record in found]
        ).encode()


@pytest.fixture(scope="module")
def corpus(shared: Path) -> Corpus:
    return Corpus(shared / "payloads" / "hf_daily_corpus_slim.jsonl.gz")


def test_the_listed_papers_that_are_there_are_found_and_no_other(corpus, pages, server, tmp_path):
    server.on("/api/papers/search", type="application/json", answer=corpus.search)
    known = {title_key(" ".join(r["title"].split())): r for r in corpus.records}
    numbers = []
    for page in pages:
        library = Library(tmp_path / f"{page.stem}.json")
        take_in(library, read_input(page.read_bytes(), page.name), page.name)
        listed = {number: library.paper(number) for number in lacking(library)}
        assert len(listed) == len(library)
        found = find(library, server, "huggingface")
        assert not found.doubtful
        assert "huggingface" not in found.failures
        fill_in(library, found.certain)
        filled = [paper for paper in library.papers() if paper.identifiers]
        numbers.append(len(filled))
        for paper in filled:
            record = known[title_key(listed[paper.id].title)]
            assert paper.identifiers["arxiv"] == record["id"]
            assert paper.authors == [" ".join(name.split()) for name in record["authors"]]
            assert paper.published == (listed[paper.id].published or record["publishedAt"][:10])
        expected = {title_key(paper.title) for paper in listed.values()} & known.keys()
        assert {title_key(listed[paper.id].title) for paper in filled} == expected
        library.close()
    assert numbers == [13, 8, 9]


# One service after the other


def atom(*entries: str) -> bytes:
    head = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">'
    return f"<?xml version='1.0'?>{head}{''.join(entries)}</feed>".encode()


def entry(number: str, title: str, *names: str, more: str = "", day: str = "2024-03-05") -> str:
    authors = "".join(f"<author><name>{name}</name></author>" for name in names)
    return (
        f"<entry><id>http://arxiv.org/abs/{number}v2</id><published>{day}T00:00:00Z</published>"
        f"<title>{title}</title><summary>{TEXT}</summary>{authors}{more}"
        '<category term="cs.LG"/></entry>'
    )


TEXT = (
    "High resolution models meet the challenges of excessive visual tokens and quadratic visual"
    " complexity, and current ones address the complexity while still making excessive tokens."
)
TITLE = "Diverse Datasets for Data-Driven Deep Learning"
WORK = {
    "DOI": "10.1000/abc",
    "type": "journal-article",
    "title": [TITLE],
    "container-title": ["Journal of Data"],
    "author": [{"given": "Jun", "family": "Ito"}, {"given": "Mara", "family": "Weiß"}],
    "issued": {"date-parts": [[2025, 2]]},
    "prefix": "10.1000",
    "member": "1",
}


def works(*items: dict) -> bytes:
    return json.dumps({"status": "ok", "message": {"items": list(items)}}).encode()


def stand_in(number: str, **values) -> Paper:
    return Paper(title=f"arxiv:{number}", identifiers={"arxiv": number}, **values)


def test_identifiers_are_asked_for_many_at_once(library, server):
    numbers = [f"2403.{number:05}" for number in range(1, 131)]
    put(library, *map(stand_in, numbers))

    def answer(request: Request) -> bytes:
        ids = request.query["id_list"][0].split(",")
        assert len(ids) <= 100
        return atom(*(entry(number, f"On Number {number[5:]}", "Jun Ito") for number in ids))

    server.on("/api/query", type="application/atom+xml", answer=answer)
    found = find(library, server, "arxiv")
    assert server.paths() == ["/api/query"] * 2
    applied = fill_in(library, found.certain)
    assert applied.label == "Filled in 130 papers"
    paper = library.paper(7)
    assert (paper.title, paper.authors, paper.published) == (
        "On Number 00007", ["Jun Ito"], "2024-03-05"
    )  # fmt: skip
    assert paper.abstract == TEXT
    assert paper.sources == [{"name": "arxiv", "at": NOW}]
    library.undo()
    assert library.paper(7) == stand_in(numbers[6]).but(id=7, uid="u7")


def test_a_title_is_sought_at_one_service_after_the_other_until_it_is_found(library, server):
    put(library, Paper(title=TITLE, abstract=TEXT), Paper(title="What Nobody Knows"))
    server.on("/api/papers/search", b"[]", type="application/json")
    answer = atom(entry("2403.00001", TITLE, "Jun Ito", "Mara Weiß"))
    server.on("/api/query", answer, type="application/atom+xml")
    server.on("/works", works(), type="application/json")
    found = find(library, server)
    assert [one.told[0].service for one in found.certain] == ["arxiv"]
    asked = [f"{r.path} {next(iter(r.query))}" for r in server.requests]
    assert asked == [
        "/api/papers/search q", "/api/papers/search q", "/api/query search_query",
        "/works query.bibliographic", "/graph/v1/paper/search/match query", "/works filter",
        "/api/query id_list",
    ]  # fmt: skip
    assert found.failures == {}
    assert library.paper(1).authors == []


def test_while_one_service_is_asked_for_titles_the_next_are_for_those_before(library, server):
    put(library, *(Paper(title=f"Number {number} of What Nobody Knows") for number in range(20)))
    server.on("/api/papers/search", b"[]", type="application/json", delay=0.1)
    server.on("/api/query", atom(), type="application/atom+xml")
    server.on("/works", works(), type="application/json")
    found = find(library, server)
    assert not found.failures and not found.certain
    asked = server.paths()
    assert [asked.count(path) for path in ("/api/papers/search", "/api/query")] == [20, 3]
    assert asked.count("/graph/v1/paper/search/match") == 20
    first, last = (
        asked.index("/api/query"),
        max(place for place, path in enumerate(asked) if path == "/api/papers/search"),
    )
    assert first < last


def test_a_preprint_that_has_been_published_is_noticed(library, server):
    preprint = Paper(
        title=TITLE,
        authors=["Jun Ito", "Mara Weiß"],
        abstract=TEXT,
        published="2024-03-05",
        identifiers={"arxiv": "2403.00001"},
        venue="arXiv preprint arXiv:2403.00001",
        type="article-journal",
    )
    put(library, preprint)
    told = "<arxiv:doi>10.1000/abc</arxiv:doi><arxiv:journal_ref>J. Data 3</arxiv:journal_ref>"
    answer = atom(entry("2403.00001", TITLE, "Jun Ito", "Mara Weiß", more=told))
    server.on("/api/query", answer, type="application/atom+xml")
    server.on("/works/10.1000%2Fabc", works(WORK), type="application/json")
    found = find(library, server)
    assert [one.published for one in found.certain] == ["published in Journal of Data, 2025"]
    fill_in(library, found.certain)
    paper = library.paper(1)
    assert (paper.venue, paper.type, paper.published) == (
        "Journal of Data", "article-journal", "2025-02"
    )  # fmt: skip
    assert paper.identifiers == {"arxiv": "2403.00001", "doi": "10.1000/abc"}
    assert paper.extra["preprint"] == "2024-03-05"


def test_what_authors_say_of_a_publication_counts_when_nobody_else_knows(library, server):
    put(library, stand_in("2403.00001", published="2024-03-05"))
    told = "<arxiv:journal_ref>Proceedings of Data (2026) 12-34</arxiv:journal_ref>"
    answer = atom(entry("2403.00001", TITLE, "Jun Ito", more=told))
    server.on("/api/query", answer, type="application/atom+xml")
    (one,) = find(library, server, "arxiv").certain
    assert one.published == "published in Proceedings of Data (2026) 12-34"
    assert (one.now.type, one.now.published) == ("paper-conference", "2026")


def test_publications_are_sought_only_when_wanted_and_of_ripe_preprints(library, server):
    ripe = Paper(
        title=TITLE, authors=["Jun Ito"], published="2024-03-05", abstract=TEXT,
        identifiers={"arxiv": "2403.00001"},
    )  # fmt: skip
    fresh = ripe.but(title="Fresh", published="2026-11-20", identifiers={"arxiv": "2611.00001"})
    put(library, ripe, fresh)
    assert unpublished(library, NOW) == [1]
    answer = {
        "paperId": "x1", "title": TITLE, "venue": "Neural Information Processing Systems",
        "year": 2025, "publicationTypes": ["Conference"], "authors": [{"name": "J. Ito"}],
        "externalIds": {"ArXiv": "2403.00001", "DOI": "10.48550/arXiv.2403.00001"},
    }  # fmt: skip
    body = json.dumps(answer).encode()
    server.on("/graph/v1/paper/ARXIV:2403.00001", body, type="application/json")
    assert not find(library, server).certain
    (one,) = find(library, server, published=True).certain
    assert one.published == "published in Neural Information Processing Systems, 2025"
    assert one.now.type == "paper-conference"
    assert "/graph/v1/paper/ARXIV:2611.00001" not in server.paths()


def test_what_lies_on_arxiv_has_no_venue(library, server):
    put(library, stand_in("2403.00001"))
    answer = {
        "paperId": "x1", "title": TITLE, "venue": "arXiv.org", "journal": {"name": "ArXiv"},
        "publicationTypes": ["JournalArticle"], "authors": [{"name": "J. Ito"}],
        "externalIds": {"ArXiv": "2403.00001"},
    }  # fmt: skip
    body = json.dumps(answer).encode()
    server.on("/graph/v1/paper/ARXIV:2403.00001", body, type="application/json")
    (one,) = find(library, server, "semanticscholar").certain
    assert (one.now.title, one.now.venue, one.now.type) == (TITLE, None, "article")


def test_what_a_preprint_elsewhere_has_become_is_looked_up(library, server):
    put(library, Paper(title="10.1101/1", identifiers={"doi": "10.1101/1"}))
    became = {"is-preprint-of": [{"id-type": "doi", "id": "10.1000/ABC"}]}
    preprint = WORK | {"DOI": "10.1101/1", "type": "posted-content", "relation": became}
    server.on("/works/10.1101%2F1", works(preprint), type="application/json")
    server.on("/works/10.1000%2Fabc", works(WORK), type="application/json")
    (one,) = find(library, server, "crossref").certain
    assert one.now.venue == "Journal of Data"


def test_what_is_known_by_its_page_alone_is_read_there(library, server):
    address = server.url("/paper.html")
    twice = [Paper(title=address, urls={"abstract": address})] * 2  # each is asked for
    put(library, *twice)
    page = (
        f'<html><head><meta name="citation_title" content="{TITLE}">'
        '<meta name="citation_author" content="Ito, Jun">'
        '<meta name="citation_doi" content="10.1000/abc"></head><body>A page</body></html>'
    )
    server.on("/paper.html", page.encode(), type="text/html")
    found = find(library, server).certain
    assert len(found) == 2 and server.paths().count("/paper.html") == 1
    for one in found:
        assert one.reasons == [("its page", "its address")]
        assert (one.now.title, one.now.authors) == (TITLE, ["Jun Ito"])
        assert one.now.identifiers == {"doi": "10.1000/abc"}


# What stays


def test_nothing_that_is_there_is_replaced(library, server):
    own = stand_in(
        "2403.00001", authors=["My Own"], note="mine", tags=["rl"], abstract="Mine, and whole."
    )
    put(library, own.but(title=TITLE, citekey="ito", starred=True, published="2024-03"))
    answer = atom(entry("2403.00001", TITLE, "Jun Ito"))
    server.on("/api/query", answer, type="application/atom+xml")
    found = find(library, server, "arxiv")
    fill_in(library, found.certain)
    paper = library.paper(1)
    kept = (paper.authors, paper.note, paper.tags, paper.abstract, paper.citekey, paper.starred)
    assert kept == (["My Own"], "mine", ["rl"], "Mine, and whole.", "ito", True)
    assert paper.published == "2024-03-05"  # finer
    assert paper.categories == ["cs.LG"]


def test_what_others_changed_meanwhile_stays(library, server):
    put(library, Paper(title=TITLE, abstract=TEXT), Paper(title=TITLE + " Again", abstract=TEXT))
    server.on(
        "/api/query",
        type="application/atom+xml",
        answer=lambda request: atom(
            entry("2403.00001", TITLE, "Jun Ito"), entry("2403.00002", TITLE + " Again", "Li Chen")
        ),
    )
    found = find(library, server, "arxiv")
    assert len(found.certain) == 2
    edits = {1: [AddTag("rl"), SetField("authors", ["Ada Byron"])], 2: [SetField("title", "Other")]}
    library.apply(Change("Others", edits))
    applied = fill_in(library, found.certain)
    assert applied.ids == (1,)
    assert applied.conflicts == ("“Other” was changed since and stays",)
    first, second = library.papers()
    assert (first.tags, first.authors) == (["rl"], ["Ada Byron"])
    assert first.identifiers == {"arxiv": "2403.00001"}
    assert (second.title, second.identifiers) == ("Other", {})


def test_what_is_given_up_changes_nothing(library, server):
    put(library, Paper(title=TITLE), Paper(title="Another"))
    progress = Progress()

    def answer(request: Request) -> bytes:
        progress.cancel()
        return b"[]"

    server.on("/api/papers/search", type="application/json", answer=answer)
    before = library.state
    with pytest.raises(CancelledError):
        look_up(
            list(library.papers()), settings_for(server.base), progress, Asked(library.path), NOW
        )
    assert library.state == before
    assert server.paths() == ["/api/papers/search"]


# What cannot be asked, and what need not be


def test_a_service_that_fails_does_not_keep_the_others_from_being_asked(library, server):
    put(library, Paper(title=TITLE, abstract=TEXT))
    server.on("/api/papers/search", b"<html>login</html>", type="text/html")
    answer = atom(entry("2403.00001", TITLE, "Jun Ito"))
    server.on("/api/query", answer, type="application/atom+xml")
    found = find(library, server)
    assert [one.told[0].service for one in found.certain] == ["arxiv"]
    assert list(found.failures) == ["huggingface"]
    assert "Hugging Face" in found.failures["huggingface"]


def test_it_ends_when_nobody_answers_and_says_so_in_a_line(library, server, seconds):
    pages = [Paper(title=url, urls={"abstract": url}) for url in (server.url("/a"),)]
    put(library, *(Paper(title=f"What Nobody Knows, {n}") for n in range(20)), *pages)
    server.on("/*", b"late", delay=30)
    begun = seconds()
    papers, asked = list(library.papers()), Asked(library.path)
    found = look_up(papers, settings_for(server.base, patience=1.0), Progress(), asked, NOW)
    assert seconds() - begun < 8
    assert len(found.problems) == 1
    assert not found.certain
    assert all(one.unanswered for one in found.sought[:20])


def test_a_service_that_fails_again_and_again_is_left_alone(library, server):
    put(library, *(Paper(title=f"Number {number} of What Nobody Knows") for number in range(9)))
    server.on("/api/papers/search", b"no", status=403)
    find(library, server)
    assert server.paths().count("/api/papers/search") == 3


def test_what_was_not_found_is_not_asked_for_again_within_a_week(library, server):
    put(library, Paper(title="What Nobody Knows"))
    (paper,) = library.papers()
    remember(Asked(library.path), find(library, server), NOW)
    asked = Asked(library.path)
    assert asked.is_settled(paper, "2026-11-27T06:00:00Z", doubtful_too=False)
    assert not asked.is_settled(paper, "2026-11-29T06:00:00Z", doubtful_too=True)
    assert not asked.is_settled(paper.but(title="Else"), NOW, doubtful_too=True)


def test_what_could_not_be_asked_is_asked_next_time(library, server):
    put(library, Paper(title="What Nobody Knows"))
    (paper,) = library.papers()
    server.on("/api/papers/search", status=500)
    remember(Asked(library.path), find(library, server), NOW)
    assert not Asked(library.path).is_settled(paper, NOW, doubtful_too=True)
