"""Which grain of the history answers for which part of a span of time.

Checks are folded into minutes, those into hours, those into days; each grain is kept for longer
than the finer one. A span is answered by the coarsest grain that fits, and at its ends by finer
ones, to the millisecond where single checks are still kept. Where nothing finer is kept, the
coarse bucket that a span cuts counts as a whole. A chart's buckets are as wide as its period asks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from backend.contract.vocabulary import Period

MINUTE_MS: Final = 60 * 1000
HOUR_MS: Final = 60 * MINUTE_MS
DAY_MS: Final = 24 * HOUR_MS


class Grain(IntEnum):
    """How coarse a piece of history is; the numbers are those in the archive."""

    CHECK = 0
    MINUTE = 1
    HOUR = 2
    DAY = 3

    @property
    def width_ms(self) -> int:
        """How much time one bucket covers."""
        return (1, MINUTE_MS, HOUR_MS, DAY_MS)[self]


@dataclass(frozen=True, slots=True)
class Tier:
    """What there is of one grain. Times are Unix milliseconds, at borders of its buckets.

    ``kept_from_ms``: older ones are gone. ``folded_until_ms``: later ones are not made yet; for
    checks it has no meaning.
    """

    grain: Grain
    kept_from_ms: int
    folded_until_ms: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a span, and the grain that answers for it; ``end_ms`` is not in it."""

    grain: Grain
    start_ms: int
    end_ms: int


def floor_to(at_ms: int, width_ms: int) -> int:
    """Return the border of a bucket at or before a time."""
    return at_ms // width_ms * width_ms


def ceil_to(at_ms: int, width_ms: int) -> int:
    """Return the border of a bucket at or after a time."""
    return -(-at_ms // width_ms) * width_ms


def cover(
    tiers: Sequence[Tier], start_ms: int, end_ms: int, coarsest: Grain = Grain.DAY
) -> Iterator[Piece]:
    """Yield the pieces of a span in their order, without overlaps.

    Args:
        tiers: one of each grain, finest first.
        start_ms: the first millisecond of the span.
        end_ms: the first one after it.
        coarsest: the grain to begin with.
    """
    if start_ms >= end_ms:
        return
    tier = tiers[coarsest]
    if coarsest is Grain.CHECK:
        yield Piece(Grain.CHECK, start_ms, end_ms)
        return
    finer, width_ms = Grain(coarsest - 1), tier.grain.width_ms
    first_ms, last_ms = ceil_to(start_ms, width_ms), floor_to(end_ms, width_ms)
    if not _kept(tiers, finer, start_ms):
        first_ms = floor_to(start_ms, width_ms)
    if not _kept(tiers, finer, last_ms):
        last_ms = ceil_to(end_ms, width_ms)
    last_ms = min(last_ms, tier.folded_until_ms)
    if first_ms >= last_ms or first_ms < tier.kept_from_ms:
        yield from cover(tiers, start_ms, end_ms, finer)
        return
    yield from cover(tiers, start_ms, first_ms, finer)
    yield Piece(coarsest, first_ms, last_ms)
    yield from cover(tiers, last_ms, end_ms, finer)


def _kept(tiers: Sequence[Tier], grain: Grain, at_ms: int) -> bool:
    """Say whether anything up to that fine is kept of a time."""
    return any(tier.kept_from_ms <= at_ms for tier in tiers[: grain + 1])


PERIOD_MS: Final = {Period.DAY: DAY_MS, Period.WEEK: 7 * DAY_MS, Period.MONTH: 30 * DAY_MS}

MOST_POINTS: Final = 720

# The finest of each period is that of which 720 cover it, among those that are kept that long.
_FINEST_MS: Final = {Period.DAY: 2 * MINUTE_MS, Period.WEEK: HOUR_MS, Period.MONTH: HOUR_MS}
_COARSEST_MS: Final = {Period.DAY: HOUR_MS, Period.WEEK: DAY_MS, Period.MONTH: DAY_MS}
_WIDTHS_MS: Final = (
    *(minutes * MINUTE_MS for minutes in (2, 5, 10, 15, 30)),
    *(hours * HOUR_MS for hours in (1, 2, 6, 12, 24)),
)


def bucket_width_ms(period: Period, interval_s: int = 0) -> int:
    """Return how wide the buckets of a period are; each divides a day.

    Args:
        period: any but ``CUSTOM``.
        interval_s: how often the endpoint is checked; a narrower bucket would often be empty.
    """
    wanted_ms = max(_FINEST_MS[period], interval_s * 1000)
    fitting = next((width for width in _WIDTHS_MS if width >= wanted_ms), DAY_MS)
    return min(fitting, _COARSEST_MS[period])


def custom_width_ms(length_ms: int, finest_ms: int, interval_s: int = 0) -> int:
    """Return how wide the buckets of any span are, so that ``MOST_POINTS`` of them cover it.

    Args:
        length_ms: of the span.
        finest_ms: the grain that is kept of all of it; a narrower bucket would often be empty.
        interval_s: how often the endpoint is checked; so would one that is narrower than this.
    """
    wanted_ms = max(finest_ms, interval_s * 1000, -(-length_ms // MOST_POINTS))
    return next((it for it in _WIDTHS_MS if it >= wanted_ms), ceil_to(wanted_ms, DAY_MS))
