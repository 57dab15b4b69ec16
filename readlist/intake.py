"""What comes into the library, from whatever format: each paper added, merged or left out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import PurePath

from readlist.change import Change, Edit, SetField, resolve, set_status
from readlist.citekeys import Citekeys, aliases, called
from readlist.days import ASSUMED, listed_on
from readlist.formats.incoming import Incoming, Refusal
from readlist.formats.streamed import Stream
from readlist.identifiers import is_stand_in, new_uid
from readlist.large import Numbers
from readlist.library.layer import Touched
from readlist.library.library import Library
from readlist.library.spool import Spool
from readlist.merging import merge
from readlist.merging.known import Known, Sign
from readlist.merging.notes import Notes
from readlist.paper import Paper, Status
from readlist.progress import Progress
from readlist.record import Record, field
from readlist.spooled import Arrivals, spool_of_papers

_REPORTED = 100


class Report(Record, frozen=False):
    """What became of the papers of one input, and what its reader had to say.

    Ids of the papers that are `added`, and of those in the library before that learned something
    (`merged`) or nothing (`unchanged`); how many were `left_out` as the user had deleted them, how
    many the input held `repeated`, and how many nobody asked for (`passed_over`). `by_title`: ids
    of those that are merged as only their titles tell them to be the same; `page`: the day of the
    page that the input was, where that is assumed.
    """

    name: str
    format: str
    added: Sequence[int] = field(default_factory=list)
    merged: Sequence[int] = field(default_factory=list)
    unchanged: Sequence[int] = field(default_factory=list)
    left_out: int = 0
    repeated: int = 0
    passed_over: int = 0
    by_title: Sequence[int] = field(default_factory=list)
    page: str | None = None
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def summary(self) -> str:
        """Return the report in a line: `119 added, 3 merged, 1 refused`."""
        others = {
            "unchanged": len(self.unchanged),
            "listed twice": self.repeated,
            "deleted before and left out": self.left_out,
            "refused": len(self.refusals),
            "not asked for": self.passed_over,
        }
        of_them = f"merged ({len(self.by_title):,} by title alone)" if self.by_title else "merged"
        changes = {"added": len(self.added), of_them: len(self.merged)}
        return _line(changes | others) or "no papers"

    def notices(self) -> Iterator[str]:
        """Yield what is worth keeping of it: the line, and the first refusals with reasons."""
        yield f"{self.name}: {self.summary()}"
        for refusal in self.refusals[:_REPORTED]:
            yield f"{self.name}: {refusal.place} refused: {refusal.reason}"

    def label(self) -> str:
        """Return how the history names the import."""
        changes = {"added": len(self.added), "merged": len(self.merged)}
        return f"Imported {PurePath(self.name).name or self.name}: {_line(changes)}"


def _line(counts: dict[str, int]) -> str:
    return ", ".join(f"{number:,} {what}" for what, number in counts.items() if number)


class Holdings:
    """What a library has, and what was deleted from it, to tell what is known; kept true.

    It is read once: that takes as long as reading all papers, of which `progress` is told.
    """

    def __init__(self, library: Library, progress: Progress | None = None) -> None:
        self._library = library
        papers = library.papers()
        self.known = Known(progress.over(papers) if progress else papers, library.paper_once)
        self.deleted = Known(_graves(library), near=False)

    def catch_up(self, touched: Touched) -> None:
        """Take in what others have changed in the library."""
        if touched.everything:
            self.known = Known(self._library.papers(), self._library.paper_once)
        for table, number in touched.documents:
            if table == "papers":
                self.known.remove(number)
                if number in self._library:
                    self.known.note(self._library.paper_once(number))
        if touched.everything or any(table == "deleted" for table, _ in touched.documents):
            self.deleted = Known(_graves(self._library), near=False)

    @contextmanager
    def trying(self) -> Iterator[None]:
        """Be as before again, at the end."""
        with self.known.trying(), self.deleted.trying():
            yield


def _graves(library: Library) -> Iterator[Paper]:
    """Yield papers that were deleted; one whose import was undone may come in again."""
    deleted = library.deleted()
    return (Paper.of(grave, grave["id"]) for grave in deleted if not grave.get("undone"))


class Intake:
    """The way of one or more inputs into a library; for use under the library's lock.

    `tags` go on all papers, `status` to those that are added. With `restore`, deleted papers come
    back, and of readlist's own files the user's own fields come too. `holdings`: what the library
    has, if that was read before; it learns what is taken.

    It changes nothing itself: `take` returns what is to be applied, and counts on its being applied
    before anything else happens, if at all.
    """

    def __init__(
        self,
        library: Library,
        *,
        tags: Iterable[str] = (),
        status: Status | None = None,
        restore: bool = False,
        holdings: Holdings | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.tags = frozenset(tags)
        self.status = status
        self.restore = restore
        self.progress = progress or Progress()
        self.now = library.now()
        self.path = library.path
        self.last_id = library.last_id
        holdings = holdings or Holdings(library)
        self.known, self.deleted = holdings.known, holdings.deleted
        self.keys = Citekeys(self.known.keys)

    def take(self, incoming: Incoming | Stream, name: str) -> tuple[Change, Report]:
        """Return the change that takes in one input, called `name`, and the report of it.

        What comes from a stream is not in memory, from then on.
        """
        if isinstance(incoming, Stream) and not isinstance(self.known.papers, Spool):
            spool = spool_of_papers(self.path)
            spool.update(self.known.papers)
            self.known.papers = spool
        return _Input(self, incoming).taken(name)


class _Input:
    """One input on its way in.

    `has_state`: it is the user's own library, whose ids, states, stars and notes count too.
    `apart` are the uids in it: readlist's own files tell papers apart, whatever else these share.
    """

    def __init__(self, intake: Intake, incoming: Incoming | Stream) -> None:
        self.intake = intake
        self.incoming = incoming
        self.has_state = incoming.is_own and (intake.restore or not intake.known)
        self.apart = {p.uid for p in incoming.papers if p.uid} if incoming.is_own else set()
        self.added = Numbers()
        self.met = Numbers()  # papers that were there before
        self.edits: dict[int, list[Edit]] = {}  # of those that learn something
        self.by_title = Numbers()
        self.notes = Notes()
        self.left_out = self.repeated = 0
        self.first_free = intake.last_id + 1
        if self.has_state:  # fresh ids begin behind those that are kept
            intake.last_id = max([intake.last_id, *(paper.id for paper in incoming.papers)])

    def taken(self, name: str) -> tuple[Change, Report]:
        for paper in self.intake.progress.over(self.incoming.papers):
            self.take(self.told(paper))
        papers = self.intake.known.papers
        merged = Numbers(number for number in self.met if number in self.edits)
        arrivals: Mapping[int, Sequence[Edit]] = Arrivals(self.added, papers, merged, self.edits)
        if isinstance(papers, dict):
            arrivals = dict(arrivals)
        report = Report(
            name,
            self.incoming.format,
            added=self.added,
            merged=merged,
            unchanged=Numbers(number for number in self.met if number not in self.edits),
            left_out=self.left_out,
            repeated=self.repeated,
            passed_over=self.incoming.passed_over,
            by_title=self.by_title,
            page=self.page,
            refusals=self.incoming.refusals,
            notes=[*self.incoming.notes, *self.notes.lines(self.page if arrivals else None)],
        )
        return Change(report.label(), arrivals, "import"), report

    @property
    def page(self) -> str | None:
        """The day of the page, where that is assumed."""
        day = self.incoming.day
        return day.isoformat() if day and self.incoming.is_day_assumed else None

    def told(self, paper: Paper) -> Paper:
        """Return a paper as far as the input is to be believed."""
        is_foreign = self.incoming.is_own and not self.has_state
        return without_state(paper) if is_foreign else paper

    def sources(self, paper: Paper) -> list[dict[str, str]]:
        """Return where a paper comes from, this input included."""
        if self.incoming.is_own or not self.incoming.source:
            return paper.sources
        source = {"name": self.incoming.source, "at": self.intake.now}
        if day := listed_on(paper, self.incoming.day):
            source["day"] = day
            if self.incoming.is_day_assumed:
                source[ASSUMED] = "day"
        return [source]

    def take(self, paper: Paper) -> None:
        intake = self.intake
        match = intake.known.match(paper, self.apart)
        grave = None if match else intake.deleted.find(paper, self.apart)
        if match:
            self.merge(match.paper, paper, match.sign)
        elif grave is None or intake.restore or self.incoming.is_named:
            self.add(paper, grave)
        else:
            self.left_out += 1

    def add(self, paper: Paper, grave: Paper | None) -> None:
        intake = self.intake
        number = self.number(paper, grave)
        status = intake.status or self.incoming.status
        if status and status is not paper.status:
            paper = _arrived(paper, status, intake.now)
        if grave:
            intake.deleted.remove(grave.id)
            if is_stand_in(paper.title, paper.identifiers, paper.urls):
                paper = paper.but(title=grave.title)
        key = intake.keys.give(paper)
        if paper.citekey not in ("", key):
            self.notes.taken_keys[paper.citekey] = key
        paper = paper.but(
            id=number,
            uid=paper.uid or (grave and grave.uid) or new_uid(),
            citekey=key,
            tags=sorted(intake.tags.union(paper.tags)),
            added=paper.added or intake.now,
            sources=self.sources(paper),
        )
        intake.known.put(paper)
        self.added.add(number)

    def number(self, paper: Paper, grave: Paper | None) -> int:
        """Return the id for a paper: its own again if it was deleted, or if its file is a library
        and nobody had the id; else a fresh one."""
        intake = self.intake
        if grave and grave.id not in intake.known:
            return grave.id
        is_free = paper.id >= self.first_free and paper.id not in intake.known
        if self.has_state and is_free:
            return paper.id
        intake.last_id += 1
        return intake.last_id

    def merge(self, kept: Paper, found: Paper, sign: Sign) -> None:
        found = found.but(sources=self.sources(found))
        edits = merge.facts(kept, found) + merge.tags(kept, self.intake.tags - set(found.tags))
        if self.has_state:
            edits += merge.own_fields(kept, found)
        if found.citekey and kept.citekey and not self.incoming.is_own:
            edits += self.key_edits(_after(edits, kept), found.citekey)
        if edits:
            self.intake.known.put(_after(edits, kept))
        if sign is not Sign.MORE and edits and kept.id not in self.added:
            self.by_title.add(kept.id)
        if sign is Sign.NEAR and (edits or kept.id in self.added):
            self.notes.near.append((found.title, kept.title))
        if kept.id in self.added:
            self.repeated += 1
            return
        self.repeated += kept.id in self.met
        self.met.add(kept.id)
        if edits:
            self.edits.setdefault(kept.id, []).extend(edits)

    def key_edits(self, kept: Paper, key: str) -> list[Edit]:
        """Return the edits that let a paper be found by the key that a file has for it."""
        if key == kept.citekey or key in aliases(kept):
            return []
        if not self.intake.keys.claim(key):
            self.notes.taken_keys[key] = kept.citekey
            return []
        after = called(kept, [key])
        if after.citekey != key:
            self.notes.other_keys[key] = kept.citekey
        return [
            SetField(name, getattr(after, name))
            for name in ("citekey", "extra")
            if getattr(after, name) != getattr(kept, name)
        ]


def _after(edits: list[Edit], kept: Paper) -> Paper:
    return Paper.of(resolve(edits, kept.document()).document or {}, kept.id)


def without_state(paper: Paper) -> Paper:
    """Return a paper without what its user did, as far as that is not of use to others."""
    return paper.but(
        id=0,
        status=Status.NEW,
        starred=False,
        note="",
        files=[],
        added=None,
        decided=None,
        started=None,
        finished=None,
        changed=None,
    )


def _arrived(paper: Paper, status: Status, now: str) -> Paper:
    """Return a paper that comes in with a status, and the times that go with it."""
    edits = set_status([paper], status, now).edits[paper.id]
    values = {edit.name: edit.new for edit in edits if isinstance(edit, SetField)}
    return paper.but(**{**values, "status": status, "changed": paper.changed})
