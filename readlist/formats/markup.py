"""HTML, JATS and entities in titles and abstracts to plain text."""

import re
from html import unescape

_TAG = re.compile(
    r"</?(?:jats:|mml:)?(?:p|title|sec|br|i|b|em|strong|div|span|a|ul|ol|li|sup|sub|italic|bold|sc"
    r"|scp|math|mrow|mi|mo|mn|mtext|msub|msup|msubsup|mfrac|mspace|mover|munder|semantics"
    r"|annotation|inline-formula|tex-math|alternatives|xref|ext-link|list|list-item|label|h[1-6]"
    r"|html|body|blockquote|u|tt|code|abstract|underline|monospace)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"(?i)</?(?:jats:)?(?:p|title|sec|br|div|ul|ol|li|list-item|h[1-6])\b[^<>]*>")
_HEADING = re.compile(r"(?i)^\s*<jats:title>\s*Abstract\s*</jats:title>")


def plain(text: str) -> str:
    """Return a text without markup: blocks become paragraphs, entities characters.

    What only looks like a tag, as in `a < b`, stays.
    """
    if "<" in text:
        text = _HEADING.sub("", text)
        blocks = (" ".join(_TAG.sub("", part).split()) for part in _BLOCK.split(text))
        text = "\n\n".join(filter(None, blocks)) if _BLOCK.search(text) else _TAG.sub("", text)
    return unescape(text).strip() if "&" in text else text.strip()
