"""Papers that arrive from feeds: judged by the rules, then taken in, those of a feed at once."""

from collections.abc import Iterable, Sequence

from readlist.change import Change, Edit, SetField
from readlist.feeds import Feed
from readlist.formats.incoming import Incoming
from readlist.intake import Holdings, Intake, Report, without_state
from readlist.large import Numbers
from readlist.library.layer import Touched
from readlist.library.library import Library
from readlist.operations import joined
from readlist.paper import Paper
from readlist.record import Record
from readlist.sources.feeds import key
from readlist.updating.rules import Rules


class Taken(Record):
    """What became of the papers of a feed; `dropped`: how many the rules have kept out."""

    report: Report
    dropped: int

    def counts(self) -> dict[str, int]:
        """Return how many papers were `added`, `updated`, `dropped`, `left_out`, `refused`."""
        return {
            "added": len(self.report.added),
            "updated": len(self.report.merged),
            "dropped": self.dropped,
            "left_out": self.report.left_out,
            "refused": len(self.report.refusals),
        }

    def summary(self) -> str:
        """Return it in a line: `41 new, 12 updated, 3 dropped by rules`."""
        words = {
            "added": "new",
            "updated": "updated",
            "dropped": "dropped by rules",
            "left_out": "deleted before and left out",
            "refused": "refused",
        }
        counts = self.counts().items()
        return ", ".join(f"{n:,} {words[name]}" for name, n in counts if n) or "nothing new"


class Arrivals:
    """The way of papers from feeds into a library, one feed after the other.

    Only papers that are new to the library are judged, tagged, starred, wanted: what the user did
    to the others since they came stays as it is.
    """

    def __init__(self, library: Library) -> None:
        """Read the library, which is kept in mind between feeds. Raises `LibraryError`."""
        self._library = library
        self._read_library()

    def _read_library(self) -> None:
        self._library.refresh()
        self._holdings = Holdings(self._library)
        self._intake = Intake(self._library, holdings=self._holdings)

    def take(self, feed: Feed, inputs: Sequence[Incoming], rules: Rules) -> Taken:
        """Take in what came from a feed, as one change. Raises `LibraryError`."""
        try:
            with self._library.writing() as touched:
                self._catch_up(touched)
                change, taken = self._made(feed, inputs, rules)
                if change.edits:
                    self._library.apply(change)
        except BaseException:
            self._read_library()  # what was thought to be in the library is not
            raise
        return taken

    def _catch_up(self, touched: Touched) -> None:
        if touched:
            self._holdings.catch_up(touched)
            self._intake = Intake(self._library, holdings=self._holdings)
        self._intake.now = self._library.now()

    def _made(self, feed: Feed, inputs: Sequence[Incoming], rules: Rules) -> tuple[Change, Taken]:
        found: list[tuple[Change, Report]] = []
        dropped: set[str] = set()
        files: dict[int, list[Edit]] = {}
        for incoming in inputs:
            files |= self._files(incoming)
            judged = self._judged(feed, incoming, rules, dropped)
            found.append(self._intake.take(judged, feed.name))
        report = _whole(feed.name, [report for _, report in found])
        report.merged = Numbers((*report.merged, *files))
        report.unchanged = [number for number in report.unchanged if number not in files]
        taken = Taken(report, len(dropped))
        edits = dict(joined([change for change, _ in found], []).edits)
        edits |= {number: [*edits.get(number, ()), *own] for number, own in files.items()}
        counts = {"added": len(report.added), "updated": len(report.merged)}
        label = ", ".join(f"{number:,} {what}" for what, number in counts.items() if number)
        return Change(f"Feed {feed.name}: {label}", edits, "import"), taken

    def _files(self, incoming: Incoming) -> dict[int, list[Edit]]:
        """Return the edits by which papers that are known get the files that came of them."""
        edits: dict[int, list[Edit]] = {}
        for paper in () if incoming.is_own else incoming.papers:
            kept = self._intake.known.find(paper) if paper.files else None
            more = [file for file in paper.files if kept and file not in kept.files]
            if kept and more:
                edits[kept.id] = [SetField("files", [*kept.files, *more])]
        return edits

    def _judged(self, feed: Feed, incoming: Incoming, rules: Rules, dropped: set[str]) -> Incoming:
        """Return what is to come in of an input, as it is to."""
        known = self._intake.known
        fresh: list[Paper] = []
        others: list[Paper] = []
        for paper in (_plain(paper, incoming) for paper in incoming.papers):
            (fresh if known.find(paper) is None else others).append(paper)
        tagged = [paper.but(tags=sorted({*paper.tags, *feed.tags})) for paper in fresh]
        papers = rules.judge(tagged, self._intake.now)
        kept = set(map(key, papers))
        dropped.update(name for paper in fresh if (name := key(paper)) not in kept)
        dropped -= kept
        return incoming.but(papers=[*papers, *others], is_own=False, status=None)


def _plain(paper: Paper, incoming: Incoming) -> Paper:
    """Return a paper without what somebody else did to it; only files of a folder are the user's
    own."""
    return without_state(paper).but(files=[] if incoming.is_own else paper.files)


def _whole(name: str, reports: Iterable[Report]) -> Report:
    """Return the reports of one feed as one."""
    whole = Report(name, "feed")
    for report in reports:
        whole.added = [*whole.added, *report.added]
        known = {*whole.added, *whole.merged}
        whole.merged = [*whole.merged, *(n for n in report.merged if n not in known)]
        whole.unchanged = [*whole.unchanged, *report.unchanged]
        whole.left_out += report.left_out
        whole.repeated += report.repeated
        whole.refusals += report.refusals
        whole.notes += report.notes
    touched = {*whole.added, *whole.merged}
    whole.unchanged = [n for n in dict.fromkeys(whole.unchanged) if n not in touched]
    return whole
