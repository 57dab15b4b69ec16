"""A change: what it does to each paper, and how it is taken back.

Whatever alters the library, a key, a verb or an import, is one `Change`. The library resolves
it under its lock against the papers as they are then: edits that do nothing fall away, and each
of the others learns what it replaced. A resolved change has an exact inverse.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Self

from readlist.paper import Document, Paper, PaperError, Status, tag_name
from readlist.record import Record
from readlist.text import count, quote, readable


class SetField(Record):
    """Give a field a value; `old` is the one that it had."""

    name: str
    new: Any
    old: Any = None

    def inverse(self) -> "SetField":
        """Return the edit that gives the field its old value."""
        return SetField(self.name, self.old, self.new)


class AddTag(Record):
    """Put a tag on the paper."""

    tag: str

    def inverse(self) -> "RemoveTag":
        """Return the edit that takes the tag off."""
        return RemoveTag(self.tag)


class RemoveTag(Record):
    """Take a tag off the paper."""

    tag: str

    def inverse(self) -> AddTag:
        """Return the edit that puts the tag on."""
        return AddTag(self.tag)


class AddPaper(Record):
    """Put a paper into the library.

    In the history the document is left out, as the library has it; `changed` stays, to notice
    at undo that the paper has been changed since.
    """

    document: Document | None
    changed: str | None = None

    def inverse(self) -> "DeletePaper":
        """Return the edit that takes the paper out."""
        return DeletePaper(None, self.changed, checked=True)


class DeletePaper(Record):
    """Take a paper out of the library; `document` is what it was.

    A `checked` deletion spares a paper that has been changed since `changed`.
    """

    document: Document | None
    changed: str | None = None
    checked: bool = False

    def inverse(self) -> AddPaper:
        """Return the edit that brings the paper back."""
        return AddPaper(self.document, (self.document or {}).get("changed"))


Edit = SetField | AddTag | RemoveTag | AddPaper | DeletePaper


class TagEdit(NamedTuple):
    """Tags to put on, and tags to take off."""

    add: frozenset[str]
    remove: frozenset[str]


class Change(Record):
    """A label that says what happens, and the edits of each paper by its id."""

    label: str
    edits: Mapping[int, Sequence[Edit]]
    kind: str = "change"

    def inverse(self) -> Self:
        """Return the change that takes this one back; this one must be resolved."""
        if not isinstance(self.edits, dict):
            return self.but(edits=_Inverse(self.edits))
        back = {i: [e.inverse() for e in reversed(edits)] for i, edits in self.edits.items()}
        return self.but(edits=back)


class _Inverse(Mapping[int, Sequence[Edit]]):
    """The inverses of edits that are too many to hold, each made when it is asked for."""

    def __init__(self, edits: Mapping[int, Sequence[Edit]]) -> None:
        self._edits = edits

    def __getitem__(self, number: int) -> Sequence[Edit]:
        return [edit.inverse() for edit in reversed(self._edits[number])]

    def __iter__(self) -> Iterator[int]:
        return iter(self._edits)

    def __len__(self) -> int:
        return len(self._edits)


class Resolved(Record, frozen=False):
    """What edits came to on one paper: the document after them (None when the paper is gone),
    the edits that did something, and the fields that had been changed from elsewhere."""

    document: Document | None
    edits: list[Edit]
    conflicts: list[str]

    @property
    def changed_fields(self) -> Document:
        """The fields of the document that the edits gave another value; all of a new one."""
        document = self.document or {}
        if any(isinstance(edit, AddPaper | DeletePaper) for edit in self.edits):
            return document
        names = {edit.name if isinstance(edit, SetField) else "tags" for edit in self.edits}
        return {name: document[name] for name in names}


def resolve(edits: Iterable[Edit], document: Document | None, *, strict: bool = False) -> Resolved:
    """Return what `edits` come to on `document`, which is None for a paper not in the library.

    With `strict`, as at undo, a field is left alone when it no longer has the value that the
    edit replaces. `document` itself is not altered.
    """
    found = Resolved(document, [], [])
    for edit in edits:
        match edit:
            case AddPaper():
                if found.document is None and edit.document is not None:
                    found.document = edit.document
                    found.edits.append(edit.but(changed=edit.document.get("changed")))
            case _ if found.document is None:
                pass
            case DeletePaper():
                if edit.checked and found.document.get("changed") != edit.changed:
                    found.conflicts.append("paper")
                else:
                    found.edits.append(DeletePaper(found.document))
                    found.document = None
            case SetField():
                _resolve_field(edit, found, strict)
            case AddTag() | RemoveTag():
                _resolve_tag(edit, found)
    return found


def _resolve_field(edit: SetField, found: Resolved, strict: bool) -> None:
    assert found.document is not None
    now = found.document.get(edit.name)
    if now == edit.new:
        return
    if strict and now != edit.old:
        if edit.name != "changed":  # every edit sets it: no conflict of its own
            found.conflicts.append(edit.name)
        return
    found.document = {**found.document, edit.name: edit.new}
    found.edits.append(SetField(edit.name, edit.new, now))


def _resolve_tag(edit: AddTag | RemoveTag, found: Resolved) -> None:
    assert found.document is not None
    tags = set(found.document.get("tags", ()))
    if isinstance(edit, AddTag) == (edit.tag in tags):
        return
    tags ^= {edit.tag}
    found.document = {**found.document, "tags": sorted(tags)}
    found.edits.append(edit)


# What the user does to papers. Each function takes the papers as they are now.

_STATUS_LABELS = {
    Status.NEW: "New again {}",
    Status.TO_READ: "To read {}",
    Status.READING: "Reading {}",
    Status.READ: "Read {}",
    Status.ARCHIVED: "Archived {}",
}


def set_status(papers: Sequence[Paper], status: Status, now: str) -> Change:
    """Return the change that gives papers a status, with the times that go with it."""
    return set_statuses(papers, {paper.id: status for paper in papers}, now, status)


def set_statuses(
    papers: Sequence[Paper], statuses: Mapping[int, Status], now: str, label: Status
) -> Change:
    """Return the change that gives each paper its own status, named after the status `label`."""
    return Change(
        _STATUS_LABELS[label].format(name(papers)),
        {p.id: _status_edits(p, statuses[p.id], now) for p in papers},
    )


def _status_edits(paper: Paper, status: Status, now: str) -> list[Edit]:
    if paper.status is status:
        return []
    edits = [SetField("status", str(status))]
    if status is Status.NEW:
        edits.append(SetField("decided", None))
    elif paper.status is Status.NEW:
        edits.append(SetField("decided", now))
    if status is Status.READING or (status is Status.READ and paper.started is None):
        edits.append(SetField("started", now))
    edits.append(SetField("finished", now if status is Status.READ else None))
    return [*edits, SetField("changed", now)]


def set_star(papers: Sequence[Paper], starred: bool, now: str) -> Change:
    """Return the change that stars papers, or takes their stars."""
    label = "Starred {}" if starred else "Star taken from {}"
    edits = [SetField("starred", starred), SetField("changed", now)]
    return Change(
        label.format(name(papers)), {p.id: edits for p in papers if p.starred is not starred}
    )


def toggle_read(
    papers: Sequence[Paper],
    before: Callable[[Iterable[int]], Mapping[int, Status]],
    now: str,
) -> Change:
    """Return the change that marks papers read; where all are, the one that gives them the states
    that `before` tells of, and to-read where it tells of none."""
    if any(paper.status is not Status.READ for paper in papers):
        return set_status(papers, Status.READ, now)
    known = before([paper.id for paper in papers])
    statuses = {paper.id: known.get(paper.id, Status.TO_READ) for paper in papers}
    different = set(statuses.values())
    return set_statuses(
        papers, statuses, now, different.pop() if len(different) == 1 else Status.TO_READ
    )


def toggle_star(papers: Sequence[Paper], now: str) -> Change:
    """Return the change that stars papers; where all have a star, the one that takes it."""
    return set_star(papers, not all(paper.starred for paper in papers), now)


LONGEST_TAG = 100
"""Characters in a tag that somebody makes; files may have longer ones."""


def new_tag(text: str) -> str:
    """Return `text` as a tag that is to be made.

    Raises `PaperError` when it can be none, and when it is too long to be meant.
    """
    tag = tag_name(text)
    if len(tag) > LONGEST_TAG:
        raise PaperError(f"a tag has at most {LONGEST_TAG} characters, this has {len(tag):,}")
    return tag


def edit_tags(
    papers: Sequence[Paper], add: Iterable[str], remove: Iterable[str], now: str
) -> Change:
    """Return the change that puts the tags `add` on papers and takes the tags `remove` off."""
    add, remove = sorted(set(add)), sorted(set(remove) - set(add))
    edits = {}
    for paper in papers:
        own: list[Edit] = [AddTag(tag) for tag in add if tag not in paper.tags]
        own += [RemoveTag(tag) for tag in remove if tag in paper.tags]
        if own:
            edits[paper.id] = [*own, SetField("changed", now)]
    return Change(f"{tag_summary(add, remove)} on {name(papers)}", edits)


def tag_summary(add: Iterable[str], remove: Iterable[str]) -> str:
    """Return an edit of tags as the footer and the messages write it: `+rl/reward −llm`."""
    return " ".join([f"+{tag}" for tag in add] + [f"−{tag}" for tag in remove])


def tag_edit_of(label: str) -> TagEdit | None:
    """Return the edit that the label of a change of tags names; None for another label."""
    words, is_one, _where = label.partition(" on ")
    parts = words.split(" ")
    if not is_one or not all(part[:1] in ("+", "−") for part in parts):
        return None
    add = frozenset(part[1:] for part in parts if part[0] == "+")
    return TagEdit(add, frozenset(part[1:] for part in parts if part[0] == "−"))


def rename_tag(papers: Sequence[Paper], old: str, new: str, now: str) -> Change:
    """Return the change that calls the tag `old`, and those nested in it, `new`."""
    edits: dict[int, list[Edit]] = {}
    nested: set[str] = set()
    for paper in papers if old != new else ():
        own = [tag for tag in paper.tags if is_in(tag, old)]
        if own:  # all off before any goes on: `a` may become `a/b`, and `a/b` be there
            off: list[Edit] = [RemoveTag(tag) for tag in own]
            on = [AddTag(new + tag[len(old) :]) for tag in own]
            edits[paper.id] = [*off, *on, SetField("changed", now)]
            nested.update(own)
    where = count(len(edits), "paper")
    return Change(f"Tag {_with_nested(old, nested)} renamed to {new} on {where}", edits)


def delete_tag(papers: Sequence[Paper], tag: str, now: str) -> Change:
    """Return the change that takes a tag, and those nested in it, off papers."""
    edits: dict[int, list[Edit]] = {}
    nested: set[str] = set()
    for paper in papers:
        own = [other for other in paper.tags if is_in(other, tag)]
        if own:
            edits[paper.id] = [*(RemoveTag(other) for other in own), SetField("changed", now)]
            nested.update(own)
    where = count(len(edits), "paper")
    return Change(f"Tag {_with_nested(tag, nested)} taken off {where}", edits)


def is_in(tag: str, other: str) -> bool:
    """Say whether a tag is another one, or nested in it: `rl/offline` is in `rl`."""
    return tag == other or tag.startswith(other + "/")


def _with_nested(tag: str, found: set[str]) -> str:
    number = len(found - {tag})
    return f"{tag} (and {number:,} nested in it)" if number else tag


def set_note(paper: Paper, note: str, now: str) -> Change:
    """Return the change that gives a paper a note (Markdown), or takes it with ""."""
    label = "Note on {}" if note else "Note taken from {}"
    edits = [SetField("note", note), SetField("changed", now)]
    return Change(label.format(quote(readable(paper.title))), {paper.id: edits})


def add_files(papers: Sequence[Paper], files: Mapping[int, str], now: str) -> Change:
    """Return the change that notes a file of the user's with each paper; each file once."""
    more = {p.id: files[p.id] for p in papers if p.id in files and files[p.id] not in p.files}
    edits: dict[int, list[Edit]] = {
        p.id: [SetField("files", [*p.files, more[p.id]]), SetField("changed", now)]
        for p in papers
        if p.id in more
    }
    noted = [p for p in papers if p.id in more]
    return Change(f"PDF of {name(noted)}" if noted else "PDF", edits)


def delete(papers: Sequence[Paper]) -> Change:
    """Return the change that takes papers out of the library."""
    return Change(f"Deleted {name(papers)}", {p.id: [DeletePaper(None)] for p in papers})


def name(papers: Sequence[Paper]) -> str:
    """Return how messages name papers: one by its title, several by their number."""
    return quote(readable(papers[0].title)) if len(papers) == 1 else count(len(papers), "paper")
