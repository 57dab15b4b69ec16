"""What has a name: actions and lines of the command line, and which of them a text means."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from readlist.record import Record

_WHOLE, _BEGINS, _WORD_BEGINS, _WORDS, _INSIDE, _OTHER, _SIMILAR = 70, 60, 50, 40, 30, 20, 10
_BEHIND_ACTIONS = 15
_LEAST_SIMILAR = 75  # of 100, for a word that is mistyped


class Entry(Record):
    """Something that can be run. `id` is an action as Textual writes it, or `:` and a line of the
    command line; `keys` stand as people write them; `detail` says more, `also` has more words that
    find it."""

    id: str
    name: str
    keys: str = ""
    detail: str = ""
    also: str = ""

    @property
    def is_line(self) -> bool:
        """Whether it is a verb of the command line, perhaps with words behind it."""
        return self.id.startswith(":")


class Hit(NamedTuple):
    """An entry, and which parts of its name were typed."""

    entry: Entry
    spans: Sequence[tuple[int, int]] = ()


def ordered(entries: Sequence[Entry], uses: Mapping[str, int]) -> list[Hit]:
    """Return all entries, the most used first, of those used as often the latest."""
    latest = {name: place for place, name in enumerate(uses)}
    used = [entry for entry in entries if entry.id in uses]
    used.sort(key=lambda entry: (-uses[entry.id], latest[entry.id]))
    return [Hit(entry) for entry in (*used, *(e for e in entries if e.id not in uses))]


def search(typed: str, entries: Sequence[Entry], uses: Mapping[str, int]) -> list[Hit]:
    """Return what a text may mean, the likeliest first, of those as likely the most used."""
    query = " ".join(typed.lower().split())
    if not query:
        return ordered(entries, uses)
    scored = [(score, hit) for entry in entries for score, hit in [_match(query, entry)] if score]
    if not scored:
        scored = _similar(query, entries)
    elif max(score for score, _ in scored) > _INSIDE:  # scattered letters only when nothing else
        scored = [(score, hit) for score, hit in scored if score > _SIMILAR]
    scored.sort(key=lambda one: (-one[0], -uses.get(one[1].entry.id, 0)))
    return [hit for _, hit in scored]


def _match(query: str, entry: Entry) -> tuple[int, Hit]:
    """Return how well a text fits an entry, 0 for not at all."""
    name = entry.name.lower()
    place = name.find(query)
    less = _BEHIND_ACTIONS if entry.is_line else 0
    if name.removeprefix(":").startswith(query):
        start = name.index(query)
        end = start + len(query)
        score = _BEGINS if name[end : end + 1].isalnum() else _WHOLE
        score += end == len(name)  # before lines with more words, however often they were run
        return score - less, Hit(entry, [(start, end)])
    if place > 0:
        score = _INSIDE if name[place - 1].isalnum() else _WORD_BEGINS
        return score, Hit(entry, [(place, place + len(query))])
    spans = _word_spans(query.split(), name)
    if spans:
        return _WORDS, Hit(entry, spans)
    if all(word in f"{name} {entry.also} {entry.detail}".lower() for word in query.split()):
        return _OTHER, Hit(entry)
    spans = _scattered(query.replace(" ", ""), name)
    return (_SIMILAR, Hit(entry, spans)) if spans else (0, Hit(entry))


def _word_spans(words: Iterable[str], name: str) -> list[tuple[int, int]]:
    """Return where each word begins a word of the name; [] unless all do."""
    padded = f" {name}"
    places = [padded.find(f" {word}") for word in words]
    if -1 in places:
        return []
    return sorted((place, place + len(word)) for place, word in zip(places, words, strict=True))


def _scattered(letters: str, name: str) -> list[tuple[int, int]]:
    """Return where the letters stand in a name, in their order and not far apart, the first at the
    beginning of a word; [] if they do not."""
    start = f" {name}".find(f" {letters[0]}")
    if start < 0 or len(letters) < 2:
        return []
    places = [start]
    for letter in letters[1:]:
        place = name.find(letter, places[-1] + 1)
        if place < 0 or place - places[-1] > 12:
            return []
        places.append(place)
    return [(place, place + 1) for place in places]


def _similar(query: str, entries: Sequence[Entry]) -> list[tuple[int, Hit]]:
    """Return entries with a name like what was typed, for typing mistakes."""
    if len(query) < 4:
        return []
    from rapidfuzz import fuzz, process

    names = [entry.name.lower() for entry in entries]
    found = process.extract(
        query, names, scorer=fuzz.partial_ratio, score_cutoff=_LEAST_SIMILAR, limit=5
    )
    return [(_SIMILAR, Hit(entries[place])) for _name, _score, place in found]
