"""The text of a Hugging Face Daily Papers page, as a browser or a scraper saves it, to papers.

A page is titles, each with its abstract below, in three layouts: compact (a line each), spaced
(blank lines between) and full (the number of authors or an organisation, `·` and a date below each
abstract). Nothing marks a title. So each block of text is weighed by its shape, and a page is read
as the likeliest sequence of titles and paragraphs as a whole, not block by block.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise
from math import log
from typing import Any

from readlist.formats.dates import Calendar, Day
from readlist.formats.incoming import FormatError, Incoming
from readlist.formats.title_shape import ENDED, titleness, width
from readlist.paper import Paper
from readlist.record import Record, field
from readlist.text import clean, clean_line, quote, title_key

_SHORT = 80  # characters; neither furniture nor what stands below an abstract is longer
_JUNK = "[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffd]"  # compiled when it is met
_MARKUP = re.compile(r"#{1,6} |[|<{}@]|[-*] |[A-Z][A-Z0-9]  - |\"[^\"]*\",|.*\]\(")
_RESEARCH = re.compile(r"(?i)\b(?:we|our|paper|study|proposed?|models?)\b|本文|提出|方法|研究|연구")
_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"
_MONTH = (
    "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
# `Aug 15`, `Sep 18, 2023`, `Jan 2, 2024 2` (two comments), `Sep 26 2`, `3 Sept. 2024`
_DATE = re.compile(
    rf"(?:(?P<month>{_MONTH}) (?P<day>\d\d?)|(?P<day2>\d\d?) (?P<month2>{_MONTH}))"
    r"(?:,?\s+(?P<year>(?:19|20)\d\d))?(?:\s+(?P<comments>\d{1,4}))?"
)
_AUTHORS = re.compile(r"(?:[•·*–-]\s*)?(\d[\d,]{0,6}) authors?")
# What a page that is cut off below an abstract ends in.
_AUTHORS_CUT = r"[•·*–-](?:\s*\d+(?: a?u?t?h?o?r?)?)?"
_DATE_CUT = r"[A-Z][a-z]{0,8}\.?(?: \d\d?,? ?\d{0,3})?|\d\d?(?: [A-Z][a-z]{0,8})?"

_NAVIGATION = (
    "new|subscribe|by|AK|and the research community|trending papers|daily|weekly|monthly|previous"
    "|next|system theme|company|tos|terms(?: of service)?|privacy(?: policy)?|about|careers|jobs"
    "|blog|website|models|datasets|spaces|pricing|docs|log ?in|sign up|hugging face|back to top"
)
# Only Daily Papers have a line of the kind `head`; any page has those of `navigation`. A `mark` is
# a count of votes, or none, or who submitted the paper, or a link of the page itself.
_KINDS = {
    "dot": re.compile("[·•∙‧・]"),
    "mark": re.compile(
        r"(?i)(?:\[-\] ?)?[-–—]|(?:\[-\]|upvotes?)?\s*[▲△↑⬆👍❤+]?\s*\d[\d,]{0,6}(?: upvotes?)?"
        r"|upvotes?|submitted by(?: \S.*)?|https://huggingface\.co/(?:login|papers)\S*"
    ),
    "authors": _AUTHORS,
    "date": _DATE,
    "head": re.compile("(?i)(?:new ?)?get trending papers.{0,60}|by ?AK(?: and .+)?|daily papers"),
    "navigation": re.compile(rf"(?i)(?:(?:{_NAVIGATION})(?:[\s|·•/]+(?=\w)|$))+|(?:©|\(c\) ).*"),
}
# Furniture joined to a title, as in `SubscribeA Title`, or to the end of the page before.
_JOINED = re.compile(
    r"Subscribe(?<!.Subscribe)(?!(?:rs?|d)\b|[\s:-])(?=\S)"
    r"|Get(?<! Get) trending papers in your email inbox[^!]{0,20}!$"
)


class _Line:
    """A line that is not blank; those of text are titles and paragraphs.

    `kind` is "text" or a key of `_KINDS`; `spaced`: behind a blank line, or one of another kind.
    """

    __slots__ = ("below", "day", "is_last", "kind", "spaced", "text")

    def __init__(self, text: str, kind: str, spaced: bool) -> None:
        self.text = text
        self.kind = kind
        self.spaced = spaced
        self.is_last = False  # the next line of text begins another paper
        self.below: dict[str, Any] | None = None  # fields of the paper, told below its abstract
        self.day: Day | None = None

    def tell(self, **fields: Any) -> None:
        """Take fields of the paper, which ends here."""
        self.below, self.is_last = (self.below or {}) | fields, True


class _Page(Record, frozen=False):
    """The text of a page, and what it is."""

    has_head: bool
    is_cut: bool  # below an abstract
    has_day: bool = False  # above all papers
    lines: list[_Line] = field(default_factory=list)
    days: list[Day] = field(default_factory=list)  # that are those of no paper
    items: list[list[_Line]] = field(default_factory=list)  # a title and its abstract each
    orphans: list[_Line] = field(default_factory=list)  # paragraphs without a title


@lru_cache(maxsize=1)  # whoever detects it reads it next
def looks_like(text: str) -> bool:
    """Tell whether `text` is a Daily Papers listing; looks at its beginning only."""
    beginning = text[:16_000]
    is_clean = "".join(beginning.split()).isprintable() and "\ufffd" not in beginning
    if not is_clean and len(re.findall(_JUNK, beginning)) * 200 > len(beginning):
        return False
    page = _page(beginning)
    if sum(bool(_MARKUP.match(item[0].text)) for item in page.items) * 4 > len(page.items):
        return False
    is_full = any(item[-1].day and len(_abstract(item)) >= 200 for item in page.items)
    return bool(page.items) and (page.has_head or is_full or _is_regular(page))


def read(text: str, *, page_date: date | None, today: date) -> Incoming:
    """Return the papers of a listing, each once, in its order.

    `page_date` is the day that the page was of; without it, that is the day in the page's head,
    else `today`, and the year of dates that have none is assumed, not later than `today`, and their
    papers say so in `extra`. The text may be cut off anywhere. Raises `FormatError` for what is no
    listing.
    """
    page = _page(text) if looks_like(text) else _Page(False, False)
    if not page.items:
        beginning = clean_line(text[:200])
        seen = f"begins {quote(beginning, 40)}" if beginning else "has no text"
        raise FormatError(f"no Daily Papers page: it {seen}; wanted are titles and abstracts")
    days = page.days + [item[-1].day for item in page.items if item[-1].day]
    calendar = Calendar.of(days, page_date, today)
    papers = [_paper(item, calendar, page_date is None) for item in _once(page.items)]
    incoming = Incoming(format="listing", source="huggingface", papers=papers)
    incoming.day = page_date or _day_of(page, calendar) or today
    incoming.is_day_assumed = page_date is None and not (page.has_day and page.days[0][2])
    if page.orphans:
        incoming.refuse("the beginning", "an abstract without its title")
    if years := " and ".join(sorted({str(paper.published)[:4] for paper in papers if paper.extra})):
        incoming.notes.append(f"dates without a year: assumed {years}; --page-date says otherwise")
    incoming.notes.extend(_cut_note(page))
    return incoming


def _day_of(page: _Page, calendar: Calendar) -> date | None:
    """Return the day in a page's head, None when there is not just one."""
    if not page.has_day or len(set(page.days)) != 1:
        return None
    found = calendar.published(page.days[0]) or ""
    return date.fromisoformat(found) if len(found) == len("2026-08-21") else None


def _lines(text: str) -> list[_Line]:
    """Return the lines that are not blank, each with its kind as far as it tells by itself."""
    lines: list[_Line] = []
    spaced = False
    text = text.replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub("new\n+(?=Get trending papers in)", "\n", text)
    for raw in _apart(text.split("\n")):
        if line := clean(raw).strip():
            lines.append(_Line(line, _kind(line), spaced))
        spaced = not line or lines[-1].kind != "text"
    return lines


def _kind(line: str) -> str:
    """Return the kind of a line as far as it tells by itself."""
    if len(line) > _SHORT:
        return "text"
    return next((kind for kind, form in _KINDS.items() if form.fullmatch(line)), "text")


def _apart(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines, with what is joined to a title or to the end of a page on lines of its own."""
    for line in lines:
        if "Subscribe" in line or "Get trending" in line:
            yield from _JOINED.sub("\n\\g<0>\n", line).split("\n")
        else:
            yield line


def _settle(lines: list[_Line]) -> None:
    """Settle what only its neighbours tell to be furniture of the page."""
    above = lines[: next((i for i, line in enumerate(lines) if line.kind == "head"), 0)]
    if all(len(line.text) <= 2 * _SHORT for line in above):
        for line in above:
            line.kind = "navigation"
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        if line.kind != "text" or len(line.text) > _SHORT:
            continue
        if before.text.lower() == "submitted by" and len(line.text.split()) <= 3:
            line.kind, after.spaced = "mark", True
        elif {before.kind, after.kind} <= {"head", "navigation"}:
            line.kind = "navigation"  # what was searched for, say


def _is_cut(lines: list[_Line]) -> bool:
    """Tell whether the last line is the beginning of one that belongs below an abstract."""
    if len(lines) < 3 or lines[-1].kind != "text" or len(lines[-1].text) > 40:
        return False
    before, last = lines[-2:]
    if before.kind == "dot":
        return bool(re.fullmatch(_DATE_CUT, last.text))
    # An organisation, most likely: in the full layout few abstracts have nothing below them.
    is_below = before.kind == "text" and last.spaced and any(line.kind == "dot" for line in lines)
    is_organization = is_below and titleness(before.text) < -6 and not ENDED.search(last.text)
    return is_organization or bool(re.fullmatch(_AUTHORS_CUT, last.text))


def _page(text: str) -> _Page:
    lines = _lines(text)
    _settle(lines)
    page = _Page(any(line.kind == "head" for line in lines), _is_cut(lines))
    if page.is_cut:
        lines.pop()
    for line, after in zip(lines, [*lines[1:], None], strict=False):
        _take(page, line, after)
    page.lines = _paragraphs(page.lines)
    if page.lines and not text.endswith(("\n", "\r")):
        page.lines[-1].is_last = True
    items: list[list[_Line]] = []
    for line, is_title in zip(page.lines, _are_titles(page.lines), strict=True):
        if is_title:
            items.append([line])
        else:
            (items[-1] if items else page.orphans).append(line)
    # A few words with nothing below are furniture, but for a title that the page is cut off in.
    page.items = [item for item in items if item[1:] or item[0].is_last or width(item[0].text) > 20]
    return page


def _take(page: _Page, line: _Line, after: _Line | None) -> None:
    """Add a line to the page: text, or to the text above it what it tells of that."""
    last = page.lines[-1] if page.lines else None
    if line.kind == "text":
        above = after is not None and after.kind == "dot" and len(line.text) <= _SHORT
        if last and above and (line.spaced or not ENDED.search(line.text)):
            last.tell(organization=clean_line(line.text))
        else:
            page.lines.append(line)
    elif line.kind == "date" and (match := _DATE.fullmatch(line.text)):
        month = _MONTHS.index((match["month"] or match["month2"])[:3]) // 3 + 1
        year = int(match["year"]) if match["year"] else None
        day = month, int(match["day"] or match["day2"]), year
        if last and last.below is not None and not last.day:
            last.day = day
            last.tell(comments=int(match["comments"]) if match["comments"] else None)
        else:
            page.has_day = page.has_day or last is None
            page.days.append(day)
    elif last and line.kind == "authors" and (match := _AUTHORS.fullmatch(line.text)):
        last.tell(author_count=int(match[1].replace(",", "")))
    elif last and line.kind == "dot":
        last.tell()
    elif last and line.kind == "head":
        last.is_last = True


def _paragraphs(lines: list[_Line]) -> list[_Line]:
    """Join the lines of each paragraph, where most titles show that blank lines stand between."""
    runs: list[list[_Line]] = []
    for line in lines:
        if line.spaced or not runs or runs[-1][-1].is_last:
            runs.append([])
        runs[-1].append(line)
    single = sum(len(run) == 1 for run in runs)
    if single < 2 or single * 4 < len(runs) or len(runs) * 25 < len(lines):
        return lines
    for run in runs:
        run[-1].text = "\n".join(line.text for line in run)
        run[-1].spaced = run[0].spaced
    return [run[-1] for run in runs]


def _are_titles(lines: list[_Line]) -> list[bool]:
    """Return which lines of text are titles.

    A page itself shows how often its abstracts go on for another paragraph, and have nothing
    below them: what a first reading finds of it weighs in the second.
    """
    weights = [titleness(line.text) for line in lines]
    marks = sum(line.below is not None for line in lines)
    answer = _likeliest(lines, weights, 3, 4 if marks else 0)
    titles = sum(answer)
    further = log((titles + 5) / (sum(not (a or b) for a, b in pairwise(answer)) + 0.5))
    unmarked = log((titles + min(marks, 5) + 0.5) / (max(0, titles - marks) + 0.5))
    return _likeliest(lines, weights, further, unmarked)


def _likeliest(
    lines: list[_Line], weights: list[float], further: float, unmarked: float
) -> list[bool]:
    """Return which lines are titles in the sequence with the best score (Viterbi's algorithm).

    It costs `further` that an abstract has another paragraph, and more the longer both are (arXiv
    takes 1,920 characters), and `unmarked` that it has nothing below.
    """
    title, paragraph = -99.0, 0.0  # the best scores of a sequence that ends in one, in the other
    steps: list[tuple[bool, bool]] = []  # is the line before a title, if this one is; if it is not
    last: _Line | None = None
    for line, weight in zip(lines, weights, strict=True):
        if last is None or last.is_last:
            never = 50 if last else 12  # a page may begin in the middle of an abstract
            to_title = (title - 9, paragraph)
            to_paragraph = (title - never, paragraph - never)
        else:
            more = further + max(0, min(1920, len(last.text) + len(line.text)) - 600) / 300
            to_title = (title - 9, paragraph - unmarked)
            to_paragraph = (title, paragraph - more)
        steps.append((to_title[0] > to_title[1], to_paragraph[0] > to_paragraph[1]))
        title, paragraph = max(to_title) + weight, max(to_paragraph)
        last = line
    answer = [title - 2.5 > paragraph]
    for if_title, if_paragraph in reversed(steps[1:]):
        answer.append(if_title if answer[-1] else if_paragraph)
    return answer[: len(lines)][::-1]


def _abstract(item: list[_Line]) -> str:
    parts = [part for line in item[1:] for part in ("\n\n" if line.spaced else "\n", line.text)]
    return "".join(parts[1:])


def _is_regular(page: _Page) -> bool:
    """Tell whether a text without head and dates is a listing: others have shorter titles, say."""
    abstracts = [abstract for item in page.items if (abstract := _abstract(item))]
    return (
        len(abstracts) >= max(3, len(page.items) - 1, len(page.lines) / 2.5)
        and _mostly(width(item[0].text) >= 20 for item in page.items)
        and _mostly(titleness(item[0].text) >= 3 for item in page.items)
        and _mostly(width(abstract) >= 250 for abstract in abstracts)
        and _mostly(bool(_RESEARCH.search(text)) for text in abstracts)
    )


def _mostly(signs: Iterable[bool]) -> bool:
    found = list(signs)
    return sum(found) * 2 >= len(found)


def _paper(item: list[_Line], calendar: Calendar, is_assumed: bool) -> Paper:
    day = item[-1].day
    published = calendar.published(day) if day else None
    is_assumed = is_assumed and published is not None and day is not None and day[2] is None
    return Paper(
        title=clean_line(item[0].text),
        abstract=_abstract(item),
        published=published,
        extra={"assumed": ["published"]} if is_assumed else {},
        **(item[-1].below or {}),
    )


def _once(items: list[list[_Line]]) -> list[list[_Line]]:
    """Return each paper once: of those with one title the one that is told most of."""
    best: dict[str, list[_Line]] = {}
    for item in items:
        key = title_key(clean_line(item[0].text))
        both = (best.setdefault(key, item), item)
        best[key] = max(both, key=lambda item: (len(_abstract(item)), item[-1].day is not None))
    return list(best.values())


def _cut_note(page: _Page) -> list[str]:
    """Return the note that a page which visibly ends in the middle of a paper gets."""
    last = page.items[-1]
    name = quote(clean_line(last[0].text))
    if len(last) == 1 and last[0].below is None:
        return [f"cut off: the last paper, {name}, has no abstract"]
    is_full = any(item[-1].day for item in page.items)
    if page.is_cut or not (last[-1].day if is_full else ENDED.search(page.lines[-1].text[-100:])):
        return [f"cut off in the middle of the last paper, {name}"]
    return []
