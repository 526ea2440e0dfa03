"""Response times in fixed logarithmic buckets: small, merged by addition, honest percentiles.

A bucket spans 5 %, so a percentile read from its geometric middle is at most 2.5 % off. Used by
the rollups; knows neither where they are kept nor which period they cover.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Final

GROWTH: Final = 1.05
LAST_BUCKET: Final = 255
"""Bucket 0 holds all up to 1 ms; 255 holds all above 1.05^254 ms, about four minutes."""

_LOG_GROWTH: Final = math.log(GROWTH)
_MIDDLES: Final[tuple[float, ...]] = (
    1.0,
    *(GROWTH ** (bucket - 0.5) for bucket in range(1, LAST_BUCKET + 1)),
)


def bucket_of(latency_ms: float) -> int:
    """Return the bucket of a response time in milliseconds."""
    if latency_ms <= 1:
        return 0
    return min(LAST_BUCKET, math.ceil(math.log(latency_ms) / _LOG_GROWTH))


class Histogram:
    """How many response times fell into each bucket.

    One that was read stays packed until something is added to it: charts read hundreds, and ask
    each for its percentiles only.
    """

    __slots__ = ("_counts", "_packed")

    def __init__(self, counts: Mapping[int, int] | None = None) -> None:
        self._counts = dict(counts or {})
        self._packed = b""

    @classmethod
    def of(cls, latencies_ms: Iterable[float]) -> "Histogram":
        """Return the histogram of some response times in milliseconds."""
        histogram = cls()
        for latency_ms in latencies_ms:
            histogram.add(latency_ms)
        return histogram

    @classmethod
    def from_bytes(cls, packed: bytes) -> "Histogram":
        """Read what :meth:`to_bytes` wrote.

        Raises:
            ValueError: the bytes are cut short.
        """
        numbers = packed[1::2]
        if len(packed) == 2 * len(numbers) and numbers.isascii():
            histogram = cls()
            histogram._packed = packed  # every count is one byte
            return histogram
        stream = iter(packed)
        counts: dict[int, int] = {}
        for bucket in stream:
            counts[bucket] = _read_varint(stream)
        return cls(counts)

    def to_bytes(self) -> bytes:
        """Pack the non-empty buckets: a byte for the bucket, then its count as a varint."""
        if self._packed:
            return self._packed
        packed = bytearray()
        for bucket in sorted(self._counts):
            packed.append(bucket)
            _write_varint(packed, self._counts[bucket])
        return bytes(packed)

    def add(self, latency_ms: float) -> None:
        """Count one response time in milliseconds."""
        bucket, counts = bucket_of(latency_ms), self._unpacked()
        counts[bucket] = counts.get(bucket, 0) + 1

    def merge(self, other: "Histogram") -> None:
        """Count all that another histogram counted."""
        counts = self._unpacked()
        for bucket, count in other.counts().items():
            counts[bucket] = counts.get(bucket, 0) + count

    def counts(self) -> Mapping[int, int]:
        """Return how many response times each non-empty bucket holds."""
        return self._unpacked()

    def _unpacked(self) -> dict[int, int]:
        if self._packed:
            self._counts = dict(zip(self._packed[::2], self._packed[1::2], strict=True))
            self._packed = b""
        return self._counts

    def __len__(self) -> int:
        return sum(self._packed[1::2] if self._packed else self._counts.values())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Histogram) and self.counts() == other.counts()

    __hash__ = None  # type: ignore[assignment]

    def percentiles(self, percents: Sequence[float]) -> tuple[float, ...]:
        """Return the response times in ms that so many percent of all do not exceed (nearest rank).

        There is none where nothing was counted.
        """
        buckets: Sequence[int] = self._packed[::2] or sorted(self._counts)
        counts = self._packed[1::2] or map(self._counts.__getitem__, buckets)
        up_to = list(accumulate(counts))
        if not up_to:
            return ()
        ranks = (math.ceil(up_to[-1] * percent / 100) for percent in percents)
        return tuple(_MIDDLES[buckets[bisect_left(up_to, rank)]] for rank in ranks)


def _write_varint(packed: bytearray, value: int) -> None:
    while value >= 0x80:
        packed.append(value & 0x7F | 0x80)
        value >>= 7
    packed.append(value)


def _read_varint(stream: Iterator[int]) -> int:
    value = shift = 0
    for byte in stream:
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value
        shift += 7
    raise ValueError("a histogram was cut short")
