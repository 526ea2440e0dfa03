"""A body read to its end, but never kept beyond what is looked at, and never inflated at once.

Called by the exchange. A compressed body is inflated in small steps, so that a small one that
would become huge is noticed when it passes the limit, and holds nobody up until then. An answer
made to be expensive (ten thousand chunks of one byte, members of gzip without content) is read a
moment at a time, and of many such answers only one goes on between two turns of the loop, so that
all of them together slow nobody else down.
"""

import asyncio
import zlib
from collections.abc import AsyncIterable, Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Final

from backend.contract.vocabulary import Reason
from backend.domain.reply import Failure

MOMENT_S: Final = 0.003


class Pace:
    """Gives out turns to all exchanges of a prober. Used on one loop."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()

    def begin(self) -> "Stretch":
        """Return the first stretch of somebody's work, which begins now."""
        return Stretch(self._turn)


class Stretch:
    """Work without a rest since some time."""

    def __init__(self, turn: asyncio.Lock) -> None:
        self._turn = turn
        self._until = perf_counter() + MOMENT_S

    async def rest(self) -> None:
        """Let everybody else go first, where this work has gone on for a moment."""
        if perf_counter() < self._until:
            return
        async with self._turn:
            await asyncio.sleep(0)
        self.renew()

    def renew(self) -> None:
        """Begin anew, after a wait for something else."""
        self._until = perf_counter() + MOMENT_S


MAX_BODY_BYTES: Final = 10 * 1024 * 1024

TOO_LARGE: Final = Failure(Reason.TARGET, "Response body larger than 10 MB")
NOT_INFLATABLE: Final = Failure(Reason.TARGET, "The compressed body is damaged")
CUT_SHORT: Final = Failure(Reason.TARGET, "The answer was cut short")

_GZIP: Final = 16 + zlib.MAX_WBITS
_STEP_BYTES: Final = 64 * 1024
_MAX_CODINGS: Final = 3


@dataclass(frozen=True, slots=True)
class Body:
    """A whole body: as much of its beginning as was to be kept, and its length in bytes."""

    head: bytes
    size: int


class BodyReader:
    """Reads one body; what has come is known also when the rest never does."""

    def __init__(self, content_encoding: str, keep: int, limit: int = MAX_BODY_BYTES) -> None:
        """Begin.

        Args:
            content_encoding: the header; codings not asked for are left as they are.
            keep: how many bytes of the beginning are wanted.
            limit: bytes, before and after inflating.
        """
        self._inflaters = _inflaters(content_encoding)
        self._keep = keep
        self._limit = limit
        self._received = 0
        self.head = bytearray()
        self.size = 0

    async def read(self, pieces: AsyncIterable[bytes], pace: Pace) -> Body | Failure:
        """Return the whole body, or why there is none."""
        if self._inflaters is None:
            return NOT_INFLATABLE
        stretch = pace.begin()
        async for piece in pieces:
            self._received += len(piece)
            try:
                for plain in _inflated(self._inflaters, piece):
                    self._take(plain)
                    if max(self._received, self.size) > self._limit:
                        return TOO_LARGE
                    await stretch.rest()
            except zlib.error:
                return NOT_INFLATABLE
        if not all(inflater.ended for inflater in self._inflaters):
            return CUT_SHORT
        return Body(bytes(self.head), self.size)

    def _take(self, plain: bytes) -> None:
        self.size += len(plain)
        if len(self.head) < self._keep:
            self.head += plain[: self._keep - len(self.head)]


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

    def steps(self, packed: bytes) -> Iterator[bytes]:
        """Return what some bytes become, a step at a time.

        Raises:
            zlib.error: it is no such coding.
        """
        full = False
        while packed or full:
            if self._stream.eof:
                self._stream = zlib.decompressobj(self._wbits)
            plain = self._step(packed)
            yield plain
            packed = self._stream.unconsumed_tail or self._stream.unused_data
            # All bytes may be taken in while what they become does not fit into one step.
            full = len(plain) == _STEP_BYTES and not self._stream.eof

    def _step(self, packed: bytes) -> bytes:
        first, self._begun = not self._begun, True
        try:
            return self._stream.decompress(packed, _STEP_BYTES)
        except zlib.error:
            if not first or self._coding != "deflate":
                raise
        # Some servers send "deflate" without the zlib wrapper the name stands for.
        self._wbits = -zlib.MAX_WBITS
        self._stream = zlib.decompressobj(self._wbits)
        return self._stream.decompress(packed, _STEP_BYTES)


def _inflated(inflaters: Sequence[_Inflater], piece: bytes) -> Iterator[bytes]:
    """Return a piece with all codings undone, step by step."""
    if not inflaters:
        yield piece
        return
    for plain in inflaters[0].steps(piece):
        yield from _inflated(inflaters[1:], plain)


def _inflaters(content_encoding: str) -> list[_Inflater] | None:
    """Return what undoes the codings, the last one applied first; ``None``: beyond reason."""
    codings = [coding.strip().lower() for coding in content_encoding.split(",")]
    if not set(codings) <= {"gzip", "x-gzip", "deflate"}:
        return []
    if len(codings) > _MAX_CODINGS:
        return None
    return [_Inflater(coding) for coding in reversed(codings)]
