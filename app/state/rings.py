"""Rings of recent checks: the last ones of an endpoint, oldest first, each once.

Immutable values and pure functions, used by the store. A check is known by its time: one endpoint
has no two checks at the same millisecond. They are kept packed, 19 bytes each: as objects they
were most of the desktop's memory, and the garbage collector stopped the window to look at each.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from math import isnan, nan
from struct import Struct
from types import MappingProxyType
from typing import NamedTuple, overload

from pydantic import TypeAdapter

from backend.contract.events import CheckCompleted
from backend.contract.resources import CheckResultView, CompactCheck, EndpointState, RecentCheck
from backend.contract.vocabulary import RECENT_CHECKS, CheckStatus, Reason, Status
from backend.contract.wire import instant, unix_ms

DEEP_CHECKS = 100
"""How many checks an endpoint keeps whose history was asked for (its detail page)."""


class Check(NamedTuple):
    """One check.

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


_STATUSES = CheckStatus.FAILURE, CheckStatus.SUCCESS, CheckStatus.SUCCESS
_SPEAKS_FOR = Status.DOWN, Status.UP, Status.DEGRADED
"""What the word of a compact check stands for."""

_SLOW = 2
_TIME = Struct("=q")
_REST = Struct("=dHB")
"""Response time or "not a number", status code or 0, word."""

_WORD = _REST.size - 1
_CODES = 1 << 16
_Fault = tuple[str | None, Reason | None]
_ROWS = TypeAdapter(tuple[CompactCheck, ...])
_NO_FAULTS: Mapping[int, _Fault] = MappingProxyType({})


class Ring(Sequence[Check]):
    """Checks, oldest first; never altered.

    Args:
        times: their Unix times in ms, eight bytes each.
        rest: response time, status code and word, eleven bytes each.
        faults: message and reason of those that have one, by time.

    Attributes: the same, as ``packed_times``, ``packed_rest`` and ``faults``.
    """

    __slots__ = ("faults", "packed_rest", "packed_times")

    def __init__(
        self, times: bytes = b"", rest: bytes = b"", faults: Mapping[int, _Fault] = _NO_FAULTS
    ) -> None:
        self.packed_times, self.packed_rest, self.faults = times, rest, faults

    @classmethod
    def of(cls, checks: "Iterable[Seen]") -> "Ring":
        """Return these checks as a ring; they come oldest first."""
        made = cls()
        for check in checks:
            made = made.joined(_single(check))
        return made

    def __len__(self) -> int:
        return len(self.packed_times) // _TIME.size

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Ring):
            return NotImplemented
        return (self.packed_times, self.packed_rest, self.faults) == (
            other.packed_times,
            other.packed_rest,
            other.faults,
        )

    def __hash__(self) -> int:
        return hash(self.packed_times)

    @overload
    def __getitem__(self, index: int) -> Check: ...
    @overload
    def __getitem__(self, index: slice) -> "Ring": ...
    def __getitem__(self, index: int | slice) -> "Check | Ring":
        if isinstance(index, slice):
            first, end, _ = index.indices(len(self))
            return self.cut(first, end)
        place = range(len(self))[index]
        (at_ms,) = _TIME.unpack_from(self.packed_times, place * _TIME.size)
        return self._check(at_ms, *_REST.unpack_from(self.packed_rest, place * _REST.size))

    def __iter__(self) -> Iterator[Check]:
        rest = _REST.iter_unpack(self.packed_rest)
        for at_ms, told in zip(self.times, rest, strict=True):
            yield self._check(at_ms, *told)

    @property
    def times(self) -> "memoryview[int]":
        """Their Unix times in ms."""
        return memoryview(self.packed_times).cast("q")

    @property
    def newest_ms(self) -> int | None:
        """The Unix time in ms of the newest one, ``None`` without any."""
        return _TIME.unpack(self.packed_times[-_TIME.size :])[0] if self.packed_times else None

    def statuses(self, newest: int) -> tuple[Status, ...]:
        """Return what the newest checks speak for, at most so many, oldest first."""
        return tuple(map(_SPEAKS_FOR.__getitem__, self.packed_rest[_WORD :: _REST.size][-newest:]))

    def has_the_times_of(self, other: "Ring") -> bool:
        """Return whether two hold checks of the same moments: then they hold the same checks."""
        return self.packed_times == other.packed_times

    def cut(self, first: int, end: int) -> "Ring":
        """Return those from one place to before another."""
        if first <= 0 and end >= len(self):
            return self
        times = self.packed_times[first * _TIME.size : end * _TIME.size]
        faults = self.faults
        if faults:
            left = memoryview(times).cast("q")
            faults = {at_ms: faults[at_ms] for at_ms in left if at_ms in faults} or _NO_FAULTS
        return Ring(times, self.packed_rest[first * _REST.size : end * _REST.size], faults)

    def joined(self, later: "Ring") -> "Ring":
        """Return this and what comes later."""
        if not later.packed_times or not self.packed_times:
            return later if later.packed_times else self
        faults = self.faults
        if later.faults:
            faults = {**faults, **later.faults}
        return Ring(
            self.packed_times + later.packed_times, self.packed_rest + later.packed_rest, faults
        )

    def since(self, at: datetime | None) -> "Ring":
        """Return those after a moment; all for ``None``."""
        if at is None:
            return self
        return self.cut(bisect_right(self.times, unix_ms(at)), len(self))

    def _check(self, at_ms: int, took: float, status_code: int, word: int) -> Check:
        message, reason = self.faults.get(at_ms, (None, None))
        return Check(
            instant(at_ms),
            _STATUSES[word],
            word == _SLOW,
            None if isnan(took) else took,
            status_code or None,
            message,
            reason,
        )


NO_CHECKS = Ring()

Seen = Check | CheckCompleted | CheckResultView
"""A check in any form that has all that a ring keeps of it."""


def ring_of(told: EndpointState, held: Ring = NO_CHECKS) -> Ring:
    """Return the checks of a snapshot, in whichever form they came; ``held`` if it has the same.

    Raises:
        ValidationError: what was packed has not the contract's shape.
    """
    if told.packed or told.rows:
        seen = _ring_of_rows(_ROWS.validate_json(told.packed) if told.packed else told.rows)
    else:
        seen = Ring.of(map(_check_of_recent, told.checks))
    return held if seen.has_the_times_of(held) else seen


def _ring_of_rows(told: Iterable[CompactCheck]) -> Ring:
    # A snapshot of ten thousand endpoints has 400,000 of them.
    faults: dict[int, _Fault] = {}
    times, rest = [], []
    for at_ms, word, took, status_code, message in told:
        times.append(at_ms)
        rest.append(_packed(took, status_code, word))
        if message is not None:
            faults[at_ms] = message, None
    packed = Struct(f"={len(times)}q").pack(*times)
    return Ring(packed, b"".join(rest), faults or _NO_FAULTS)


def appended(ring: Ring, check: Seen, limit: int) -> Ring | None:
    """Return the ring with one more check in its place; ``None`` if it was there already.

    A check older than a full ring's oldest has no place either.
    """
    at_ms, newest_ms = unix_ms(check.checked_at), ring.newest_ms
    if newest_ms is None or newest_ms < at_ms:
        over = max(0, len(ring) + 1 - limit)
        if not ring.faults and check.error_message is None and check.reason is None:
            return _followed(ring, over, at_ms, check)
        return ring.cut(over, len(ring)).joined(_single(check))
    times = ring.times
    position = bisect_left(times, at_ms)
    if times[position] == at_ms or (position == 0 and len(times) >= limit):
        return None
    older, newer = ring.cut(0, position), ring.cut(position, len(times))
    together = older.joined(_single(check)).joined(newer)
    return together[-limit:]


def _followed(ring: Ring, over: int, at_ms: int, check: Seen) -> Ring:
    """Return a ring without its oldest ones, and with a newer check; no fault is in either."""
    times, rest = ring.packed_times, ring.packed_rest
    if over:
        times, rest = times[over * _TIME.size :], rest[over * _REST.size :]
    packed = _packed(check.response_time, check.status_code, _word(check))
    return Ring(times + _TIME.pack(at_ms), rest + packed)


def merged(ring: Ring, span: Ring, limit: int) -> Ring:
    """Return the ring after the backend told its part of the history.

    What was told holds for the span it covers. Checks that are newer stay; older ones stay only
    when the two overlap: over a hole the strip would lie.
    """
    if not span or (span is ring and len(ring) <= limit):
        return ring
    held, told = ring.times, span.times
    overlaps = len(held) > 0 and held[-1] >= told[0]
    older = ring.cut(0, bisect_left(held, told[0])) if overlaps else NO_CHECKS
    newer = ring.cut(bisect_right(held, told[-1]), len(held))
    together = older.joined(span).joined(newer)[-limit:]
    return ring if together.has_the_times_of(ring) else together


def limit_after(ring: Ring) -> int:
    """Return how many checks a ring may keep: 40, or 100 once it was filled beyond that."""
    return RECENT_CHECKS if len(ring) <= RECENT_CHECKS else DEEP_CHECKS


def _check_of_recent(told: RecentCheck) -> Check:
    return Check(
        told.checked_at,
        told.status,
        told.is_degraded,
        told.response_time,
        told.status_code,
        told.error_message,
    )


def _single(check: Seen) -> Ring:
    at_ms = unix_ms(check.checked_at)
    faults = _NO_FAULTS
    if check.error_message is not None or check.reason is not None:
        faults = {at_ms: (check.error_message, check.reason)}
    packed = _packed(check.response_time, check.status_code, _word(check))
    return Ring(_TIME.pack(at_ms), packed, faults)


def _word(check: Seen) -> int:
    if check.status is not CheckStatus.SUCCESS:
        return 0
    return _SLOW if check.is_degraded else 1


def _packed(took: float | None, status_code: int | None, word: int) -> bytes:
    # What is no status code at all is shown as none.
    code = status_code if status_code is not None and 0 < status_code < _CODES else 0
    return _REST.pack(nan if took is None else took, code, word)
