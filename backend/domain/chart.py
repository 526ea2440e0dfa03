"""How a period is cut into the buckets of a chart: few enough to draw, each with a check in it."""

from typing import Final

from backend.contract.vocabulary import Period
from backend.domain.tiers import DAY_MS, HOUR_MS, MINUTE_MS

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
