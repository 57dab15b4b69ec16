"""What the index has of a paper: its texts, and its keys."""

from hashlib import blake2b
from typing import NamedTuple

from readlist.paper import Paper
from readlist.search.keys import keys_of
from readlist.search.words import BARE, as_shown, texts_of

_FIELDS = tuple(enumerate(BARE))


class Contents(NamedTuple):
    """The texts of a paper with the code of each one's field, names of sources apart; its keys."""

    codes: bytes
    texts: list[str]
    sources: list[str]
    keys: list[str]

    @classmethod
    def of(cls, paper: Paper) -> "Contents":
        """Return what the index has of a paper."""
        codes, texts = bytearray(), list[str]()
        for code, field in _FIELDS:
            found = getattr(paper, field)
            if found:
                items = list(map(str, found)) if type(found) is list else [as_shown(field, found)]
                codes += bytes((code,)) * len(items)
                texts += items
        sources = list(texts_of(paper, "sources"))
        return cls(bytes(codes), texts, sources, list(dict.fromkeys(keys_of(paper))))

    def digest(self) -> int:
        """Return a number that tells contents apart."""
        whole = "\x03".join([*self.texts, "\x02", *self.sources, "\x02", *self.keys])
        data = whole.encode("utf-8", "surrogatepass") + self.codes
        return int.from_bytes(blake2b(data, digest_size=8).digest())
