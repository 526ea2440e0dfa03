"""The span a question about the past is for, and how finely a chart of it is cut.

The API makes one from what was asked; statistics answer for it.
"""

from dataclasses import dataclass

from peewee import SqliteDatabase

from backend.contract.vocabulary import Period
from backend.domain.tiers import (
    DAY_MS,
    PERIOD_MS,
    Grain,
    bucket_width_ms,
    ceil_to,
    custom_width_ms,
    floor_to,
)
from backend.storage.tiers import all_tiers


@dataclass(frozen=True, slots=True)
class Span:
    """A period as asked for; ``end_ms`` is not in it."""

    period: Period
    start_ms: int
    end_ms: int

    @classmethod
    def until(cls, period: Period, now_ms: int) -> "Span":
        """Return the span of a period that ends with the present millisecond."""
        end_ms = now_ms + 1
        return cls(period, end_ms - PERIOD_MS[period], end_ms)

    @property
    def length_ms(self) -> int:
        """How long it is."""
        return self.end_ms - self.start_ms

    def first_bucket_ms(self, width_ms: int) -> int:
        """Return where the first bucket of a chart begins: within it, if one of them does."""
        first_ms = ceil_to(self.start_ms, width_ms)
        return first_ms if first_ms < self.end_ms else floor_to(self.start_ms, width_ms)


def chart_width_ms(db: SqliteDatabase, span: Span, interval_s: int = 0) -> int:
    """Return how wide the buckets of a span's chart are."""
    if span.period is not Period.CUSTOM:
        return bucket_width_ms(span.period, interval_s)
    kept = (tier for tier in all_tiers(db)[Grain.MINUTE :] if tier.kept_from_ms <= span.start_ms)
    finest_ms = next((tier.grain.width_ms for tier in kept), DAY_MS)
    return custom_width_ms(span.length_ms, finest_ms, interval_s)
