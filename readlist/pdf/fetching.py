"""PDFs of papers, fetched one after the other; what came of each is told, and then noted."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from readlist import change
from readlist.library import disk
from readlist.library.library import Applied, Library
from readlist.paper import Paper
from readlist.pdf.folder import PdfFolder, is_pdf
from readlist.pdfs import Place, own_file, places
from readlist.progress import Progress
from readlist.record import Record
from readlist.services import SERVICES, SourceSettings
from readlist.text import count, quote, readable

if TYPE_CHECKING:
    from readlist.sources.web import Web

HAD, FETCHED, NOWHERE, FAILED = "had", "fetched", "nowhere", "failed"


class Outcome(Record):
    """What became of the PDF of a paper: one of the words above; `file` is where it is, or
    `problem`, in a line, why it is not; `is_unanswered`: nobody who was asked said anything."""

    paper: int
    title: str
    result: str
    file: str = ""
    url: str = ""
    problem: str = ""
    is_unanswered: bool = False


def fetch_all(
    papers: Iterable[Paper],
    folder: PdfFolder,
    settings: SourceSettings,
    told: Callable[[Outcome], None],
    progress: Progress,
) -> None:
    """Fetch the PDFs of papers that have none, and tell of each paper what came of it.

    Raises `FolderError`, `CancelledError`; what was told before holds.
    """
    papers = list(papers)
    progress.begin("fetching PDFs", len(papers) if len(papers) > 1 else None)
    own = {paper.id: own_file(paper, [folder.path]) for paper in papers}
    if all(own.values()):
        for paper in papers:
            told(_outcome(paper, HAD, file=str(own[paper.id])))
        return
    from readlist.sources.web import Web

    with folder.fetching(), Web(settings, progress=progress) as web:
        for paper in papers:
            progress.stage = f"fetching the PDF of {quote(readable(paper.title), 32)}"
            progress.step(0)
            if file := own[paper.id]:
                told(_outcome(paper, HAD, file=str(file)))
            else:
                told(_fetched(paper, folder, places(paper, settings), web))
            progress.step()


def note(library: Library, outcomes: Iterable[Outcome]) -> Applied | None:
    """Note in the library, as one change, which files there are now; None when there are none.

    Raises `LibraryError`.
    """
    files = {one.paper: one.file for one in outcomes if one.result == FETCHED}
    if not files:
        return None
    return library.edit(files, lambda papers, now: change.add_files(papers, files, now))


def summary(outcomes: Iterable[Outcome]) -> str:
    """Return what became of all, in a line: `3 fetched, 1 there already, 1 without an address`."""
    results = [one.result for one in outcomes]
    words = {
        FETCHED: "fetched",
        HAD: "there already",
        NOWHERE: "without an address",
        FAILED: "not to be had",
    }
    found = [f"{number:,} {words[result]}" for result in words if (number := results.count(result))]
    return f"{count(len(results), 'PDF')}: {', '.join(found)}" if found else "no PDFs"


def _fetched(paper: Paper, folder: PdfFolder, known: list[Place], web: "Web") -> Outcome:
    from readlist.sources.problems import SourceError, UnansweredError

    if path := folder.known(paper):
        return _outcome(paper, FETCHED, file=str(path))
    if not known:
        return _outcome(paper, NOWHERE, problem="no address of a PDF is known")
    problems: list[SourceError] = []
    for place in known:
        try:
            path = _from(place, paper, folder, web)
        except SourceError as error:
            problems.append(error)
        except OSError as error:
            problem = f"it cannot be written into {folder.path}: {error.strerror or error}"
            return _outcome(paper, FAILED, url=place.url, problem=problem)
        else:
            return _outcome(paper, FETCHED, file=str(path), url=place.url)
    failed = _outcome(paper, FAILED, url=known[0].url, problem=str(problems[0]))
    return failed.but(is_unanswered=all(isinstance(one, UnansweredError) for one in problems))


def _from(place: Place, paper: Paper, folder: PdfFolder, web: "Web") -> Path:
    """Return the file that came from a place. Raises `SourceError`, `OSError`."""
    from readlist.sources.problems import SourceError

    passing = folder.passing(paper)
    if not (passing.is_file() and is_pdf(passing)):  # else it was killed when all had come
        kind = web.download(place.url, passing, service=place.service).type.lower()
        if not is_pdf(passing):
            passing.unlink()
            title = SERVICES[place.service].title or urlsplit(place.url).hostname
            what = "a web page" if "html" in kind else "something else"
            raise SourceError(f"{title} sent {what} instead of a PDF")
    disk.sync_file(passing)
    path = folder.take(passing, paper)
    disk.sync_folder(path.parent)
    return path


def _outcome(
    paper: Paper, result: str, *, file: str = "", url: str = "", problem: str = ""
) -> Outcome:
    return Outcome(paper.id, readable(paper.title), result, file, url, problem)
