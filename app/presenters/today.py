"""Counts on in today's bar what was checked since the days were loaded.

Pure functions for the presenters of days. Days are the backend's, in UTC; checks are the store's.
The next load counts again, and better: a ring forgets, and knows nothing of what is not folded.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from app.state.record import EndpointRecord
from app.state.rings import Check, Ring
from backend.contract.vocabulary import CheckStatus, Reason
from widgets.series import UptimeDay

_LATE = timedelta(seconds=5)
"""How much later than planned a check may be made and the one before still speaks."""


class Counted(NamedTuple):
    """How far loaded days go.

    Attributes:
        until: What was checked later is not in them.
        checks: How many checks the last of them holds.
    """

    until: datetime
    checks: int


def counted_on(
    days: Sequence[UptimeDay], counted: Counted, record: EndpointRecord
) -> tuple[UptimeDay, ...]:
    """Return the days with what was checked since; a day that began meanwhile is one more."""
    later = record.checks.since(counted.until)
    if not days or not later:
        return tuple(days)
    found, checks = list(days), counted.checks
    for check in later:
        today = check.checked_at.astimezone(UTC).date()
        if today > found[-1].day:
            found.append(UptimeDay(today, None))
            checks = 0
        if check.reason is not Reason.OURS:
            found[-1] = _with_one(found[-1], checks, check.status is CheckStatus.SUCCESS)
            checks += 1
    for at, down_s in _failing(record, counted.until, len(later)):
        place = (at.astimezone(UTC).date() - found[-1].day).days - 1
        if -len(found) <= place < 0:
            found[place] = replace(found[place], down_s=found[place].down_s + down_s)
    return tuple(found[-len(days) :])


def _with_one(day: UptimeDay, checks: int, succeeded: bool) -> UptimeDay:
    before = 0.0 if day.percent is None else day.percent * checks
    return replace(day, percent=(before + 100 * succeeded) / (checks + 1))


def _failing(record: EndpointRecord, since: datetime, fresh: int) -> list[tuple[datetime, float]]:
    """Return from when and how many seconds failed checks spoke for the endpoint.

    One speaks until the next, but no longer than until that is surely late; the newest does not
    speak yet.
    """
    view = record.view
    reach = _LATE + timedelta(seconds=view.check_interval, milliseconds=view.timeout_threshold)
    ring: Ring = record.checks
    spoken: list[Check] = list(ring[max(0, len(ring) - fresh - 1) :])
    found = []
    for check, following in pairwise(spoken):
        if check.status is CheckStatus.FAILURE and check.reason is not Reason.OURS:
            start = max(check.checked_at, since)
            end = min(check.checked_at + reach, following.checked_at)
            if end > start:
                found.append((start, (end - start).total_seconds()))
    return found
