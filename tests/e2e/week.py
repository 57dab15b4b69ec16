"""A week of services on this machine, as it goes by: what each has on which day."""

from datetime import date, datetime, timedelta

from tests.sources.listings import atom, daily, rss
from tests.sources.server import Request, Server

MONDAY = date(2026, 8, 17)
WEEK = [MONDAY + timedelta(days=n) for n in range(7)]
JSON, ATOM = "application/json", "application/atom+xml"


def listed(day: date) -> list[str]:
    """Return the papers that are on Hugging Face's page of a day: none at weekends. Every third one
    is announced by arXiv as well."""
    return [] if day.weekday() > 4 else [f"2608.{day.day * 100 + n:05}" for n in range(8)]


def announced(day: date) -> list[str]:
    """Return the papers that arXiv has since a day, the newest first; on Fridays the most."""
    if day.weekday() > 4:
        return []
    own = [f"2608.{day.day * 1000 + n:05}" for n in range(130 if day.weekday() == 4 else 40)]
    return [*reversed(own), *listed(day)[::3]]


def articles(day: date) -> list[str]:
    """Return the articles that the journal has since a day."""
    return [f"{day:%m%d}{letter}" for letter in "ab"]


class World:
    """The services, on one day after the other."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.today = MONDAY
        self.bad: dict[str, list[dict[str, object]]] = {}

    def dawn(self, day: date, **bad: list[dict[str, object]]) -> None:
        """Begin a day; `bad` is what is answered first by `huggingface`, `arxiv`, `journal`."""
        self.today = day
        every = [MONDAY + timedelta(days=n) for n in range((day - MONDAY).days + 1)]
        paths = {
            "huggingface": ("/api/daily_papers", self._listing, JSON),
            "arxiv": ("/api/query", self._announcements(every), ATOM),
            "journal": ("/feed", lambda _: rss([a for d in every[-2:] for a in articles(d)]), ATOM),
        }
        for name, (path, answer, kind) in paths.items():
            self.server.forget(path)
            for how in bad.get(name, []):
                self.server.on(path, **{"type": kind, **how})
            self.server.on(path, answer=answer, type=kind)

    def _listing(self, request: Request) -> bytes:
        day = date.fromisoformat(request.query["date"][0])
        age = (self.today - day).days
        return daily(*(listed(day) if MONDAY <= day <= self.today else []), upvotes=10 + 5 * age)

    @staticmethod
    def _announcements(days: list[date]):
        every = [paper for day in reversed(days) for paper in announced(day)]

        def answer(request: Request) -> bytes:
            start, most = (int(request.query[name][0]) for name in ("start", "max_results"))
            return atom(every[start : start + most], len(every))

        return answer


def morning(day: date) -> str:
    """Return seven o'clock of a day, as `datetime` writes it."""
    return datetime(day.year, day.month, day.day, 7).isoformat() + "+00:00"
