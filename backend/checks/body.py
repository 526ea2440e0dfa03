"""A body read to its end, but never more of it than fits.

Called by the HTTP prober. A compressed body is inflated piece by piece, so that a small one that
would become huge is noticed when it passes the limit.
"""

import zlib
from collections.abc import AsyncIterable
from typing import Final

from backend.contract.vocabulary import Reason
from backend.domain.reply import Failure

MAX_BODY_BYTES: Final = 10 * 1024 * 1024

TOO_LARGE: Final = Failure(Reason.TARGET, "Response body larger than 10 MB")
NOT_INFLATABLE: Final = Failure(Reason.TARGET, "The compressed body is damaged")
CUT_SHORT: Final = Failure(Reason.TARGET, "The answer was cut short")

_GZIP: Final = 16 + zlib.MAX_WBITS


class _TooLargeError(Exception):
    """More came out than was allowed."""


class _Inflater:
    """Undoes one coding; a gzip body may be several, one after the other."""

    def __init__(self, coding: str) -> None:
        self._coding = coding
        self._wbits = zlib.MAX_WBITS if coding == "deflate" else _GZIP
        self._stream = zlib.decompressobj(self._wbits)
        self._begun = False

    @property
    def ended(self) -> bool:
        """Whether nothing is missing."""
        return self._stream.eof or not self._begun

    def inflate(self, packed: bytes, limit: int) -> bytes:
        """Return what some bytes become.

        Raises:
            _TooLargeError: that is more than ``limit`` bytes.
            zlib.error: it is no such coding.
        """
        plain = bytearray()
        while packed:
            if self._stream.eof:
                self._stream = zlib.decompressobj(self._wbits)
            plain += self._step(packed, limit + 1 - len(plain))
            if len(plain) > limit:
                raise _TooLargeError
            packed = self._stream.unconsumed_tail or self._stream.unused_data
        return bytes(plain)

    def _step(self, packed: bytes, most: int) -> bytes:
        first, self._begun = not self._begun, True
        try:
            return self._stream.decompress(packed, most)
        except zlib.error:
            if not first or self._coding != "deflate":
                raise
        # Some servers send "deflate" without the zlib wrapper the name stands for.
        self._wbits = -zlib.MAX_WBITS
        self._stream = zlib.decompressobj(self._wbits)
        return self._stream.decompress(packed, most)


async def read_body(
    pieces: AsyncIterable[bytes], content_encoding: str, limit: int = MAX_BODY_BYTES
) -> bytes | Failure:
    """Return a whole body, inflated.

    Args:
        pieces: the body as it arrives.
        content_encoding: the header; codings that were not asked for are left as they are.
        limit: bytes, before and after inflating.
    """
    inflaters = _inflaters(content_encoding)
    body = bytearray()
    received = 0
    async for piece in pieces:
        received += len(piece)
        if received > limit:
            return TOO_LARGE
        plain = piece
        try:
            for inflater in inflaters:
                plain = inflater.inflate(plain, limit - len(body))
        except _TooLargeError:
            return TOO_LARGE
        except zlib.error:
            return NOT_INFLATABLE
        body += plain
        if len(body) > limit:
            return TOO_LARGE
    if not all(inflater.ended for inflater in inflaters):
        return CUT_SHORT
    return bytes(body)


def _inflaters(content_encoding: str) -> list[_Inflater]:
    """Return what undoes the codings, the last one applied first."""
    codings = [coding.strip().lower() for coding in content_encoding.split(",")]
    if not set(codings) <= {"gzip", "x-gzip", "deflate"}:
        return []
    return [_Inflater(coding) for coding in reversed(codings)]
