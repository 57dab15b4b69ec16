"""What is new in a feed: fetched from where it is, as far back as the last time.

Sources: https://huggingface.co/docs/hub/api (`/api/daily_papers` by `date`, `week`, `month`, pages
of at most 100; `/api/papers/search`); https://info.arxiv.org/help/api/user-manual.html.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode, urljoin, urlsplit

from readlist.days import week_of
from readlist.feeds import Feed
from readlist.formats import catalogue, detect
from readlist.formats.incoming import FormatError, Incoming
from readlist.paper import Paper
from readlist.record import Record, field
from readlist.services import ELSEWHERE, SERVICES
from readlist.sources.folders import read_folder
from readlist.sources.huggingface import listing_url
from readlist.sources.problems import SourceError
from readlist.sources.queries import arxiv_query
from readlist.sources.reading import ATOM, JSON
from readlist.sources.web import Web
from readlist.text import count, title_key

_PAGE = 100  # papers; the most that Hugging Face gives, and enough for arXiv
_MOST_PAGES = 10
_MOST_ASKED_FOR = 60  # days, weeks or months
_HELD_BACK = timedelta(days=4)  # by arXiv: hardly a paper for longer
_MOST_LATE = 500  # papers behind those that are new, of one request: arXiv gives up to 2,000
_TOTAL = re.compile(r"<(?:\w+:)?totalResults[^>]*>\s*(\d+)")
_PAGE_OF_WEB = re.compile(r"(?i)\s*<(?:!doctype html|html)")
_LINK_TO_FEED = re.compile(r"(?i)<link\b[^>]*\btype=[\"']?application/(?:rss|atom)\+xml\b[^>]*>")
_HREF = re.compile(r"(?i)\bhref\s*=\s*[\"']?([^\"'\s>]+)")


class Since(Record):
    """From where on something is new: the last success, and what was there until then.

    `back_to` is a day from which on all is wanted, whatever was there.
    """

    now: datetime
    succeeded: datetime | None = None
    seen: frozenset[str] = frozenset()
    back_to: date | None = None

    @property
    def today(self) -> date:
        """The day in UTC, which the services go by."""
        return self.now.astimezone(UTC).date()


class Fetched(Record, frozen=False):
    """What came from a feed, and by what it was broken off. `seen` tells papers apart next time."""

    inputs: list[Incoming] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    error: Exception | None = None

    def take(self, found: Incoming, who: str) -> None:
        """Take what came in one piece. Raises `FormatError` for an answer that is none, or half."""
        if not found.papers and found.refusals:
            raise FormatError(f"{who}: {found.refusals[0].reason}")
        self.inputs.append(found)
        self.seen += map(key, found.papers)
        if found.is_cut:
            raise FormatError(f"{who}: the answer is cut off; what came of it was taken")


def key(paper: Paper) -> str:
    """Return what tells a paper of a feed from the others in it."""
    for name in ("arxiv", "doi"):
        if name in paper.identifiers:
            return paper.identifiers[name]
    return next(iter(paper.urls.values()), "") or title_key(paper.title)


def service_of(feed: Feed) -> str:
    """Return whose pace is kept for a feed: those of one are fetched one after the other."""
    return urlsplit(feed.what).hostname or feed.what if feed.kind == "url" else feed.kind


def fetch(feed: Feed, web: Web, since: Since) -> Fetched:
    """Return what a feed has, from the last time on. What goes wrong is in it, not raised, but for
    `CancelledError`."""
    fetched = Fetched()
    try:
        _WAYS[feed.kind](feed, web, since, fetched)
    except (SourceError, FormatError, OSError) as error:
        fetched.error = error
    return fetched


# Hugging Face


class _Period(Record):
    """A listing by day, week or month: how the service is asked for one, how many days it has, how
    many are fetched the first time (a weekend's days are empty), and at most."""

    parameter: str
    name: Callable[[date], str]
    days: int
    first: int
    most: int


_PERIODS = {
    "daily": _Period("date", date.isoformat, 1, 4, 14),
    "weekly": _Period("week", week_of, 7, 1, 6),
    "monthly": _Period("month", "{:%Y-%m}".format, 30, 1, 3),
}


def _huggingface(feed: Feed, web: Web, since: Since, fetched: Fetched) -> None:
    if feed.search:
        base = web.settings.of("huggingface").url
        asked = urlencode({"q": feed.search, "limit": _PAGE})
        _take(web, "huggingface", f"{base}/api/papers/search?{asked}", fetched)
    elif feed.what == "trending":
        _take(web, "huggingface", listing_url(web, feed.what), fetched)
    else:
        period = _PERIODS[feed.what]
        for name in _names(period, since, fetched):
            _take_listing(web, period, name, fetched)


def _names(period: _Period, since: Since, fetched: Fetched) -> Iterator[str]:
    """Yield each day, week or month to ask for, oldest first: from the day before the last success
    on, as a page fills up, and is voted on, for some time."""
    today, most = since.today, period.most
    first = today - timedelta(days=period.first * period.days - 1)
    if since.succeeded is not None:
        first = since.succeeded.astimezone(UTC).date() - timedelta(days=1)
    if since.back_to is not None:
        first, most = since.back_to, _MOST_ASKED_FOR
    bound = today - timedelta(days=most * period.days - 1)
    if first < bound:
        more = f": --since {first} fetches more" if since.back_to is None else ""
        fetched.notes.append(f"only what was listed from {bound} on was fetched{more}")
        first = bound
    days = (first + timedelta(days=n) for n in range((today - first).days + 1))
    yield from dict.fromkeys(map(period.name, days))


def _take_listing(web: Web, period: _Period, name: str, fetched: Fetched) -> None:
    for page in range(_MOST_PAGES):
        url = listing_url(web, f"{period.parameter}={name}", page)
        found = _take(web, "huggingface", url, fetched)
        if period.days == 1:
            found.day = date.fromisoformat(name)
        if len(found.papers) + len(found.refusals) < _PAGE:
            return


# arXiv


def _arxiv(feed: Feed, web: Web, since: Since, fetched: Fetched) -> None:
    """Take pages, the newest first, until one reaches what was there the last time; the first time
    only one; and what was announced late."""
    for page in range(_MOST_PAGES):
        found = _take(web, "arxiv", _arxiv_url(feed, web, page * _PAGE), fetched, page * _PAGE)
        if len(found.papers) + len(found.refusals) < _PAGE:
            return
        oldest = min((paper.published or "" for paper in found.papers), default="")
        if since.back_to is not None:
            if oldest < since.back_to.isoformat():
                return
        elif not since.seen or not since.seen.isdisjoint(map(key, found.papers)):
            behind = (since.succeeded or since.now).date() - _HELD_BACK
            if oldest >= behind.isoformat():
                _take_late(feed, web, since, fetched, (page + 1) * _PAGE)
            return
    fetched.notes.append(f"more than {_MOST_PAGES * _PAGE:,} are new: only so many were fetched")


def _arxiv_url(feed: Feed, web: Web, start: int, most: int = _PAGE) -> str:
    wanted = {
        "search_query": arxiv_query(feed.what),
        "sortBy": "submittedDate",
        "sortOrder": "descending",
        "max_results": most,
        "start": start,
    }
    return f"{web.settings.of('arxiv').url}/api/query?{urlencode(wanted)}"


def _take_late(feed: Feed, web: Web, since: Since, fetched: Fetched, start: int) -> None:
    """Take what stands behind what was there the last time, and was not there: arXiv holds papers
    back for some days, and sorts them by when they were sent to it.

    The first time it is only remembered what is there.
    """
    url = _arxiv_url(feed, web, start, _MOST_LATE)
    passing = Fetched()
    found = _take(web, "arxiv", url, passing, start)
    fetched.seen += passing.seen
    late = [paper for paper in found.papers if key(paper) not in since.seen]
    if len(late) * 2 <= len(found.papers):  # else nobody has looked there before
        found.papers = late
        fetched.inputs += [found] * bool(late)


def _take(web: Web, service: str, url: str, fetched: Fetched, start: int = 0) -> Incoming:
    """Ask a service, and take its answer, in the format that is called as the service is."""
    title, accept = SERVICES[service].title, ATOM if service == "arxiv" else JSON
    answer = web.get(url, service=service, accept=accept)
    try:
        text, _ = detect.decode(answer.body)
        found = catalogue.named(service).read(text, None, date.today())
        total = _TOTAL.search(text, 0, 5000)
        if total and not found.papers and not found.refusals and int(total[1]) > start:
            raise FormatError("it answered with an empty page; try again later")
    except FormatError as error:
        web.forget(url, accept)
        raise FormatError(f"{title}: {error}") from None
    fetched.take(found, title)
    return found


# Any address, and folders


def _url(feed: Feed, web: Web, since: Since, fetched: Fetched) -> None:
    title = urlsplit(feed.what).hostname or feed.what
    url, text = _page(web, feed.what, title)
    if linked := _linked_feed(text, url):
        url, text = _page(web, linked, title)
    try:
        found = detect.detect(text).read(text, None, since.today)
    except FormatError as error:
        raise FormatError(f"{title}: {error}") from None
    fetched.take(found, title)
    succeeded = since.succeeded or since.now
    is_away = since.now - succeeded > timedelta(days=1)
    if is_away and found.papers and since.seen and since.seen.isdisjoint(fetched.seen):
        fetched.notes.append(
            f"it shows its newest {count(len(found.papers), 'paper')} only, and none of those that"
            f" were there on {succeeded.date()}: others may have come and gone"
        )


def _page(web: Web, url: str, title: str) -> tuple[str, str]:
    """Return what is at an address, as text, behind the address that it came from at last."""
    answer = web.get(url, service=ELSEWHERE)
    try:
        return answer.url, detect.decode(answer.body)[0]
    except FormatError as error:
        raise FormatError(f"{title}: {error}") from None


def _linked_feed(text: str, base: str) -> str | None:
    """Return the feed that a web page names as its own; None for what is no page, or has papers."""
    if not _PAGE_OF_WEB.match(text, 0, 500) or "data-props=" in text:
        return None
    match = _LINK_TO_FEED.search(text, 0, 200_000)
    href = _HREF.search(match[0]) if match else None
    return urljoin(base, href[1].replace("&amp;", "&")) if href else None


def _folder(feed: Feed, web: Web, since: Since, fetched: Fetched) -> None:  # noqa: ARG001
    for sign, found in read_folder(feed.what, since.seen, since.today):
        fetched.seen.append(sign)
        if found is not None:
            fetched.inputs.append(found)


_WAYS: Mapping[str, Callable[[Feed, Web, Since, Fetched], None]] = {
    "huggingface": _huggingface,
    "arxiv": _arxiv,
    "url": _url,
    "folder": _folder,
}
