"""Running totals over all endpoints, so that the cards cost nothing per frame.

The store adds and drops records as it changes them; the summary reads. Cost per change is
constant, whatever the number of endpoints.
"""

from collections import Counter

from app.state.record import EndpointRecord
from backend.contract.vocabulary import Status

_WORST_FIRST = (Status.DOWN, Status.DEGRADED, Status.UP, Status.UNKNOWN)


class Tally:
    """Counts of statuses, checks and troubled endpoints."""

    def __init__(self) -> None:
        self.active: Counter[Status] = Counter()
        self.paused = 0
        self.checks = 0
        self.successes = 0
        self.down: set[str] = set()
        self.slow: set[str] = set()

    @property
    def uptime_24h(self) -> float | None:
        """Successes per checks of the last 24 h over all endpoints in percent, if any were made."""
        return self.successes / self.checks * 100 if self.checks else None

    @property
    def worst(self) -> Status | None:
        """The status that matters most; ``None`` when there is no active endpoint."""
        return next((each for each in _WORST_FIRST if self.active[each]), None)

    def add(self, record: EndpointRecord) -> None:
        """Count a record in."""
        self._count(record, 1)
        if record.is_paused:
            return
        if record.status is Status.DOWN:
            self.down.add(record.id)
        elif record.status is Status.DEGRADED:
            self.slow.add(record.id)

    def drop(self, record: EndpointRecord) -> None:
        """Count a record out, as it was when it was added."""
        self._count(record, -1)
        self.down.discard(record.id)
        self.slow.discard(record.id)

    def exchange(self, before: EndpointRecord, after: EndpointRecord) -> None:
        """Count one record out and its next state in."""
        if before.status is not after.status or before.is_paused is not after.is_paused:
            self.drop(before)
            self.add(after)
            return
        # A check that changes no standing, which nearly all are.
        self.checks += after.day.checks - before.day.checks
        self.successes += after.day.successes - before.day.successes

    def _count(self, record: EndpointRecord, by: int) -> None:
        if record.is_paused:
            self.paused += by
        else:
            self.active[record.status] += by
        self.checks += by * record.day.checks
        self.successes += by * record.day.successes
