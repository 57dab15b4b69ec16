"""The shape of a line: of a title, or of a paragraph."""

import re

ENDED = re.compile(r"[.!?。！？．…][)\"'”’」]*$|://\S+$|\S\.(?:io|com|org|net|ai)(?:/\S*)?$")
"""Finds that a text has come to its end."""

_WIDE = "\u1100"  # from here on, scripts of which a sign is a syllable or a word
_PROSE = {
    "we", "our", "us", "this", "these", "those", "it", "its", "they", "their", "that", "which",
    "is", "are", "was", "were", "has", "have", "be", "can", "show", "shows", "propose", "however",
}  # fmt: skip
_OPENING = re.compile(r"(?:We|Our|This|These|It|However|Moreover|Finally)\b")
_SENTENCE_BREAK = re.compile(r"[a-z0-9)\]%][.?!] +[A-Z]|[。？！．]\s*\S")
_ITEM = re.compile(r"(?:[-*•>–▪◦]|\(?\d{1,2}[.)]|\(?[a-z]\)|\([ivx]+\)|Key ?words:)\s")


def width(text: str) -> int:
    """Return how long a text is, a sign of a wide script counted as three letters."""
    return len(text) + (0 if text.isascii() else 2 * sum(c >= _WIDE for c in text))


def titleness(text: str) -> float:
    """Return how much more likely a title than a paragraph the shape of `text` is, in log odds.

    The weights are near those that 9,577 titles and the sentences of their abstracts have, but no
    single mark decides: a title may end in a full stop, a paragraph may be in capitals.
    """
    head, end = text[:500], text[-100:]
    wide = width(head)
    if wide > 400:
        return -14
    words = head.split()
    prose = len(_PROSE.intersection(words)) + 2 * bool(_OPENING.match(head))
    score = 2 - max(0, wide - 110) / 30 + (1.5, -1, -2.5, -4)[min(prose, 3)]
    score -= 2 * min(2, len(_SENTENCE_BREAK.findall(head)))
    if end[-1] in "?？":
        score += 1
    elif ENDED.search(end):
        score -= 5 if end[-1] not in "!！" else 0
    else:
        score += -1 if end[-1] in ",;:，；：、" else 2
    if long_words := [word for word in words[1:] if len(word) > 3 and word[0].isalpha()]:
        share = len([word for word in long_words if not word.islower()]) / len(long_words)
        score += 3 if share >= 0.6 else 0 if share >= 0.4 else -2
    return score - 12 * ("://" in head) - 5 * bool(_ITEM.match(head)) - words[0].islower()
