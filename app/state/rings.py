"""Rings of recent checks: the last ones of an endpoint, oldest first, each once.

Pure functions over tuples, used by the store. A check is known by its time: one endpoint has no
two checks at the same millisecond.
"""

from collections.abc import Iterable
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from backend.contract.events import CheckCompleted
from backend.contract.resources import CheckResultView, EndpointState
from backend.contract.vocabulary import RECENT_CHECKS, CheckStatus, Reason, Status
from backend.contract.wire import instant

DEEP_CHECKS = 100
"""How many checks an endpoint keeps whose history was asked for (its detail page)."""


class Check(NamedTuple):
    """One check as the store keeps it: a fifth of the memory of the contract's model.

    Attributes:
        checked_at: when it was made (aware, UTC).
        status: success or failure.
        is_degraded: it succeeded, but slowly.
        response_time: in ms; ``None`` without an answer.
        status_code: ``None`` without an answer.
        error_message: in the backend's words; ``None`` on success.
        reason: whose fault a failure was, where that was told.
    """

    checked_at: datetime
    status: CheckStatus
    is_degraded: bool
    response_time: float | None
    status_code: int | None
    error_message: str | None
    reason: Reason | None = None

    @property
    def speaks_for(self) -> Status:
        """The status this one check speaks for."""
        if self.status is CheckStatus.FAILURE:
            return Status.DOWN
        return Status.DEGRADED if self.is_degraded else Status.UP


Ring = tuple[Check, ...]
# A snapshot of ten thousand endpoints has 400,000 of them.
_TOLD = attrgetter(*Check._fields[:-1])

_STATUSES = CheckStatus.FAILURE, CheckStatus.SUCCESS, CheckStatus.SUCCESS
"""What the word of a compact check stands for."""

_SLOW = 2


def check_of(seen: CheckCompleted | CheckResultView) -> Check:
    """Return what the contract calls a check as the store keeps it."""
    return Check(
        seen.checked_at,
        seen.status,
        seen.is_degraded,
        seen.response_time,
        seen.status_code,
        seen.error_message,
        seen.reason,
    )


def ring_of(told: EndpointState, held: Ring = ()) -> Ring:
    """Return the checks of a snapshot, in whichever form they came; ``held`` if it has the same."""
    if told.rows:
        seen = tuple(
            [
                Check(instant(at_ms), _STATUSES[word], word == _SLOW, took, status_code, message)
                for at_ms, word, took, status_code, message in told.rows
            ]
        )
        return held if _times(seen) == _times(held) else seen
    if [check.checked_at for check in told.checks] == _times(held):
        return held
    return tuple([Check(*_TOLD(check)) for check in told.checks])


def appended(ring: Ring, check: Check, limit: int) -> Ring | None:
    """Return the ring with one more check in its place; ``None`` if it was there already.

    A check older than a full ring's oldest has no place either.
    """
    if not ring or ring[-1].checked_at < check.checked_at:
        return (*ring[max(0, len(ring) + 1 - limit) :], check)
    at = check.checked_at
    position = next(index for index, held in enumerate(ring) if held.checked_at >= at)
    if ring[position].checked_at == at or (position == 0 and len(ring) >= limit):
        return None
    return (*ring[:position], check, *ring[position:])[-limit:]


def merged(ring: Ring, told: Iterable[Check], limit: int) -> Ring:
    """Return the ring after the backend told its part of the history, oldest first.

    What was told holds for the span it covers. Checks that are newer stay; older ones stay only
    when the two overlap: over a hole the strip would lie.
    """
    span = tuple(told)
    if not span or (span is ring and len(ring) <= limit):
        return ring
    first, last = span[0].checked_at, span[-1].checked_at
    overlaps = any(held.checked_at >= first for held in ring)
    older = tuple(held for held in ring if overlaps and held.checked_at < first)
    newer = tuple(held for held in ring if held.checked_at > last)
    together = (*older, *span, *newer)[-limit:]
    return ring if _times(together) == _times(ring) else together


def limit_after(ring: Ring) -> int:
    """Return how many checks a ring may keep: 40, or 100 once it was filled beyond that."""
    return RECENT_CHECKS if len(ring) <= RECENT_CHECKS else DEEP_CHECKS


def _times(ring: Ring) -> list[datetime]:
    return [check.checked_at for check in ring]
