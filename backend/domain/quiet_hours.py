"""When quiet hours end: the wall clock of a time zone, its changes to summer time included.

Pure: the moment comes as an argument. Called by the plan of a channel's alerts.
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from backend.contract.alerts import QuietHours


def quiet_until_ms(quiet: QuietHours, now_ms: int) -> int | None:
    """Return when the quiet hours that hold at ``now_ms`` end, or ``None`` outside of them.

    The start belongs to them, the end does not. Times are Unix milliseconds.
    """
    zone = ZoneInfo(quiet.time_zone)
    local = datetime.fromtimestamp(now_ms / 1000, UTC).astimezone(zone)
    start, end = time.fromisoformat(quiet.start), time.fromisoformat(quiet.end)
    at = local.time()
    is_quiet = start <= at < end if start < end else at >= start or at < end
    if not is_quiet:
        return None
    day = local.date() if at < end else local.date() + timedelta(days=1)
    ends = datetime.combine(day, end, zone)
    ends_ms = round(ends.timestamp() * 1000)
    if ends_ms <= now_ms:  # the clock was set back: this time of day comes twice
        ends_ms = round(ends.replace(fold=1).timestamp() * 1000)
    return max(ends_ms, now_ms + 1)
