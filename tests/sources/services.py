"""What services answer, in their own shapes, of papers that do not exist."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from readlist.services import SERVICES
from tests.sources.server import Play, Request, Server

ATOM = "application/atom+xml; charset=UTF-8"
JSON = "application/json"


def play_arxiv(server: Server, papers: Mapping[str, str]) -> None:
    """Play arXiv's API, with some titles by id; ids that it has not are left out, as there."""

    def answer(request: Request) -> Play:
        ids = request.query.get("id_list", [""])[0].split(",")
        return Play(arxiv_feed({i: papers[i] for i in ids if i in papers}), type=ATOM)

    server.on("/api/query", answer=answer)


def arxiv_feed(papers: Mapping[str, str]) -> bytes:
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/{number}v1</id><title>{escape(title)}</title>"
        f"<summary>What is found about {escape(title)}.</summary>"
        "<published>2024-01-02T00:00:00Z</published>"
        "<author><name>Mina Okafor</name></author><author><name>Lars Lindqvist</name></author>"
        f'<link href="http://arxiv.org/abs/{number}v1" rel="alternate" type="text/html"/>'
        f'<link title="pdf" href="http://arxiv.org/pdf/{number}v1" rel="related"/>'
        '<category term="cs.LG"/></entry>'
        for number, title in papers.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>ArXiv Query</title><id>http://arxiv.org/api/x</id>{entries}</feed>"
    ).encode()


ARXIV_ERROR = (
    b'<feed xmlns="http://www.w3.org/2005/Atom"><title>ArXiv Query</title>'
    b"<id>http://arxiv.org/api/x</id><entry><id>http://arxiv.org/api/errors#incorrect_id</id>"
    b"<title>Error</title><summary>incorrect id format for X</summary></entry></feed>"
)


def hf_paper(number: str, title: str, upvotes: int = 7) -> dict[str, Any]:
    return {
        "paper": {
            "id": number,
            "title": title,
            "summary": f"About {title}.",
            "authors": [{"name": "Mina Okafor"}],
            "publishedAt": "2026-08-20T00:00:00.000Z",
            "submittedOnDailyAt": "2026-08-21T00:00:00.000Z",
            "upvotes": upvotes,
        },
        "numComments": 1,
    }


def play_huggingface(server: Server, papers: Mapping[str, str]) -> None:
    for number, title in papers.items():
        record = hf_paper(number, title)["paper"]
        server.on(f"/api/papers/{number}", as_json(record), type=JSON)


def play_daily(server: Server, days: Mapping[str, Mapping[str, str]]) -> None:
    """Play the listings of Hugging Face: titles by id, by what is asked (`2026-08-21`)."""

    def answer(request: Request) -> Play:
        asked = [
            request.query[name][0] for name in ("date", "week", "month") if name in request.query
        ]
        papers = list(days.get(asked[0] if asked else "", {}).items())
        limit, page = int(request.query["limit"][0]), int(request.query.get("p", ["0"])[0])
        some = papers[page * limit : (page + 1) * limit]
        return Play(as_json([hf_paper(number, title) for number, title in some]), type=JSON)

    server.on("/api/daily_papers", answer=answer)


def crossref_work(doi: str, title: str) -> dict[str, Any]:
    return {
        "DOI": doi,
        "title": [title],
        "type": "journal-article",
        "member": "1",
        "prefix": doi.split("/", maxsplit=1)[0],
        "reference-count": 3,
        "container-title": ["Journal of Things"],
        "author": [{"given": "Mina", "family": "Okafor"}],
        "issued": {"date-parts": [[2021, 5]]},
        "URL": f"https://doi.org/{doi}",
    }


def play_crossref(server: Server, papers: Mapping[str, str]) -> None:
    """Play Crossref, with some titles by DOI: single works, and lists of them."""

    def several(request: Request) -> Play:
        asked = [one.removeprefix("doi:") for one in request.query["filter"][0].split(",")]
        works = [crossref_work(doi, papers[doi]) for doi in asked if doi in papers]
        message = {"status": "ok", "message-type": "work-list", "message": {"items": works}}
        return Play(as_json(message), type=JSON)

    server.on("/works", answer=several)
    for doi, title in papers.items():
        message = {"status": "ok", "message": crossref_work(doi, title)}
        server.on(f"/works/{doi.replace('/', '%2F')}", as_json(message), type=JSON)


def openalex_work(number: str, doi: str, title: str) -> bytes:
    return as_json(
        {
            "id": f"https://openalex.org/{number}",
            "doi": f"https://doi.org/{doi}",
            "title": title,
            "type": "article",
            "publication_date": "2020-02-03",
            "authorships": [{"author": {"display_name": "Mina Okafor"}}],
        }
    )


def scholar_paper(number: str, title: str, **ids: str) -> bytes:
    return as_json(
        {
            "paperId": number,
            "title": title,
            "abstract": f"About {title}.",
            "year": 2019,
            "authors": [{"name": "Mina Okafor"}],
            "externalIds": ids,
        }
    )


def play_scholar(server: Server, papers: Mapping[str, bytes]) -> None:
    """Play Semantic Scholar, with some papers by what they are asked by (`DOI:10.1000/1`)."""

    def several(request: Request) -> Play:
        asked = json.loads(request.body)["ids"]
        found = [json.loads(papers[name]) if name in papers else None for name in asked]
        if request.method != "POST" or len(asked) > 500 or not any(found):
            return Play(as_json({"error": "No valid paper ids given"}), 400, type=JSON)
        return Play(as_json(found), type=JSON)

    server.on("/graph/v1/paper/batch", answer=several)
    for name, body in papers.items():
        server.on(f"/graph/v1/paper/{name}", body, type=JSON)


def as_json(value: Any) -> bytes:
    return json.dumps(value).encode()


def write_settings(folder: Path, base: str, *, patience: float = 5, pause: float = 0) -> None:
    """Write a `config.toml` by which all services are at one address."""
    lines = [f"[sources]\npatience = {patience}"]
    for name in SERVICES:
        url = "" if name == "web" else f'url = "{base}"\n'
        lines.append(f"[sources.{name}]\n{url}pause = {pause}\nallow_private = true")
    (folder / "config.toml").write_text("\n".join(lines), "utf-8")
