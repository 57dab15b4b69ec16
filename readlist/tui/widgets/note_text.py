"""A note, which is Markdown, as quiet text: headings bold, lists, quotes, emphasis, links.

Each line stays a line, as it was typed; what is no Markdown of these kinds stays as it is.
"""

import re
from collections.abc import Iterable

from textual.content import Content
from textual.style import Style

from readlist.identifiers import is_web_address
from readlist.tui.widgets.clickable import clickable

_LINE = re.compile(
    r"(?P<indent> *)(?:(?P<heading>#{1,6}) +|[-*+] +(?:\[(?P<done>[ xX])\] +)?|(?P<quote>>) ?)"
)
_RULE = re.compile(r" *([-*_])(?: *\1){2,} *")
_INLINE = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|\*\*(?P<strong>[^\s*](?:[^*]*[^\s*])?)\*\*"
    r"|(?<![\w*])\*(?P<starred>[^\s*](?:[^*]*[^\s*])?)\*(?!\*)"
    r"|(?<!\w)_(?P<lined>[^\s_](?:[^_]*[^\s_])?)_(?!\w)"
    r"|\[(?P<words>[^\[\]\n]+)\]\((?P<url>https?://[^\s()]+(?:\([^\s()]*\))?[^\s()]*)\)"
    r"|(?P<bare>https?://[^\s<>]*[^\s<>.,;:!?'\")\]])"
)
_LONGEST = 4_000
"""Characters of a line in which emphasis is sought; a line that is longer is no prose."""
_MUTED = "$muted"


def note_content(note: str) -> Content:
    """Return a note as styled text."""
    return Content("\n").join(_lines(note))


def _lines(note: str) -> Iterable[Content]:
    is_code = False
    for line in note.split("\n"):
        if line.lstrip().startswith("```"):
            is_code = not is_code
            yield Content.styled(line, _MUTED)
        elif is_code:
            yield Content(line)
        elif _RULE.fullmatch(line):
            yield Content.styled("─" * 8, _MUTED)
        else:
            yield _line(line)


def _line(line: str) -> Content:
    found = _LINE.match(line)
    if found is None:
        return _inline(line)
    rest = _inline(line[found.end() :])
    if found["heading"]:
        return rest.stylize("bold")
    if found["quote"]:
        return Content.styled(f"{found['indent']}│ ", _MUTED) + rest
    done = found["done"]
    sign = "•" if done is None else "☐" if done == " " else "☑"
    return Content(f"{found['indent']}{sign} ") + rest


def _inline(text: str) -> Content:
    parts, end = [], 0
    for found in _INLINE.finditer(text) if len(text) <= _LONGEST else ():
        parts += [Content(text[end : found.start()]), _part(found)]
        end = found.end()
    return Content.assemble(*parts, Content(text[end:]))


def _part(found: re.Match[str]) -> Content:
    url = found["url"] or found["bare"]
    if url and is_web_address(url):
        words = Content(found["words"] or url).stylize(Style(link=url, underline=True))
        return clickable(words, "open_url", url)
    if found["code"]:
        return Content.styled(found["code"], "on $surface")
    if found["strong"]:
        return Content.styled(found["strong"], "bold")
    emphasised = found["starred"] or found["lined"]
    return Content.styled(emphasised, "italic") if emphasised else Content(found[0])
