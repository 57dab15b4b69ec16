"""Papers as a table: a line each, as wide as the terminal."""

from collections.abc import Sequence

from readlist.commands.terminal import fitted, line_width, put, styled
from readlist.paper import Paper, Status
from readlist.text import cells, readable

_GAP = "  "
_WIDEST = {"author": 24, "tags": 24}
_LEFT_OUT_FIRST = ("tags", "author", "year")
_NARROWEST_TITLE = 30


def put_table(papers: Sequence[Paper], *, upvotes: bool = False) -> None:
    """Print papers: id, state, perhaps upvotes, title, first author, year, tags. Piped, nothing is
    cut."""
    id_width = max(len(str(paper.id)) for paper in papers) if papers else 0
    columns = {
        **({"upvotes": _upvotes(papers)} if upvotes else {}),
        "title": [readable(paper.title) for paper in papers],
        "author": [author(paper) for paper in papers],
        "year": [(paper.published or "")[:4] for paper in papers],
        "tags": [" ".join(f"#{tag}" for tag in paper.tags) for paper in papers],
    }
    line = line_width()
    widths = _widths(columns, line and line - id_width - len(" ●★"))
    for place, paper in enumerate(papers):
        row = {name: fitted(columns[name][place], width) for name, width in widths.items()}
        if paper.status is Status.NEW:
            row["title"] = styled(row["title"], "1")
        if "tags" in row:
            row["tags"] = styled(row["tags"].rstrip(), "2")
        head = f"{paper.id:>{id_width}} {paper.status.sign}{'★' if paper.starred else ' '}"
        put(_GAP.join([head, *row.values()]).rstrip())


def _upvotes(papers: Sequence[Paper]) -> list[str]:
    shown = ["" if paper.upvotes is None else f"{paper.upvotes:,}" for paper in papers]
    width = max(map(len, shown), default=0)
    return [number.rjust(width) for number in shown]


def author(paper: Paper) -> str:
    """Return the first author and how many there are besides: `Jun Ito +4`."""
    if not paper.authors:
        number = paper.number_of_authors
        return paper.organization or (f"{number:,} authors" if number else "")
    others = (paper.number_of_authors or 1) - 1
    return f"{paper.authors[0]} +{others:,}" if others else paper.authors[0]


def _widths(columns: dict[str, list[str]], room: int | None) -> dict[str, int]:
    """Return how wide each column is; those that find no room, or are empty, are left out."""
    widths = {name: max(map(cells, column), default=0) for name, column in columns.items()}
    widths = {name: width for name, width in widths.items() if width}
    if room is None or not widths:
        return widths
    widths |= {name: min(width, _WIDEST.get(name, width)) for name, width in widths.items()}
    for name in _LEFT_OUT_FIRST:
        if _title_room(widths, room) >= min(_NARROWEST_TITLE, widths["title"]):
            break
        widths.pop(name, None)
    widths["title"] = max(10, min(widths["title"], _title_room(widths, room)))
    return widths


def _title_room(widths: dict[str, int], room: int) -> int:
    others = [width for name, width in widths.items() if name != "title"]
    return room - len(_GAP) * (len(others) + 1) - sum(others)
