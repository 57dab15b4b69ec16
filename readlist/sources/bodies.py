"""The bodies of answers, unpacked as they come, and never larger than was asked for."""

import zlib
from collections.abc import Iterable, Iterator

from readlist.sources.problems import BrokenOffError, SourceError

_GZIP = 32 + zlib.MAX_WBITS  # with the head of gzip or of zlib
_PIECE = 1 << 16


def unpacked(pieces: Iterable[bytes], coding: str, limit: int, where: str) -> bytes:
    """Return a body that came in pieces, in a content coding (RFC 9110, 8.4).

    Raises `SourceError` when it is larger than `limit`, packed or not, or cannot be unpacked;
    `BrokenOffError` when its end is missing. `where` says whose answer it is.
    """
    coding = coding.strip().lower()
    if coding in ("gzip", "x-gzip", "deflate"):
        pieces = _inflated(pieces, where)
    elif coding not in ("", "identity"):
        raise SourceError(
            f"{where} answered in a packing that nobody asked for: {coding[:20]}", 200
        )
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > limit:
            raise SourceError(f"{where} answered with more than {limit // 1_000_000 or 1} MB", 200)
    return bytes(body)


def _inflated(pieces: Iterable[bytes], where: str) -> Iterator[bytes]:
    """Yield what is packed, a little at a time: a kilobyte can hold a thousand."""
    inflater = zlib.decompressobj(_GZIP)
    for piece in pieces:
        rest = piece
        while rest:
            if inflater.eof:  # one packed text behind another (RFC 1952, 2.2); or zeros
                if not rest.strip(b"\0"):
                    break
                inflater = zlib.decompressobj(_GZIP)
            try:
                yield inflater.decompress(rest, _PIECE)
            except zlib.error:
                raise SourceError(f"{where} sent what cannot be unpacked", 200) from None
            rest = inflater.unconsumed_tail or inflater.unused_data
    yield inflater.flush()  # what was held back at the last piece
    if not inflater.eof:
        raise BrokenOffError(f"{where} broke off within its answer")
