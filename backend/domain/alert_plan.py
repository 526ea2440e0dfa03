"""When a channel is told what waits for it: the plan of one channel at one moment.

Pure: given what is pending, what was told, and the channel's policy, it says what to send now as
one message, what to let go, and when to look again. Called by the courier before each delivery.
All times are Unix milliseconds; one in the future (the clock was set back) holds nothing up.
Quiet hours are those of the wall clock in a time zone, its changes to summer time included.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from backend.contract.alerts import QuietHours
from backend.contract.vocabulary import AlertKind, DeliveryState, Status
from backend.contract.wire import unix_ms
from backend.domain.alerting import ENDINGS, TROUBLE, Channel, Notice, OutboxEntry

SAME_STATUS_MS = 5 * 60_000
"""The same endpoint and status are told once within this time."""

GATHER_MS = 30_000
"""After one message to a channel, what follows is gathered for this long."""

GIVE_UP_MS = 24 * 3_600_000
"""A delivery is given up this long after its first try."""

LARGEST_MESSAGE = 100
"""How many alerts one message tells at most."""


@dataclass(frozen=True, slots=True)
class Pending:
    """An alert that waits, and how its delivery went so far.

    ``holds`` says whether what it tells is still so. ``reached`` are the targets that have it.
    ``snoozed`` says whether somebody wants no reminder of its incident now.
    """

    entry: OutboxEntry
    holds: bool = True
    attempts: int = 0
    first_try_ms: int | None = None
    next_try_ms: int | None = None
    reached: tuple[str, ...] = ()
    snoozed: bool = False


@dataclass(frozen=True, slots=True)
class OpenAlert:
    """An incident this channel was told of that is still open, and who wants no reminder of it."""

    entry: OutboxEntry
    last_told_ms: int
    reminders: int
    snoozed_until_ms: int | None = None
    snoozed_to_recovery: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """All that the plan of one channel depends on.

    ``told`` is what the channel last heard of an endpoint, ``told_at_ms`` when it last heard each
    status of it, ``last_try_ms`` when a message was last begun. ``held_until_ms`` is when the
    channel's server wants to be asked again. ``pending`` is in the order it happened.
    """

    pending: tuple[Pending, ...] = ()
    told: Mapping[str, Status] = field(default_factory=dict)
    told_at_ms: Mapping[tuple[str, Status], int] = field(default_factory=dict)
    open_alerts: tuple[OpenAlert, ...] = ()
    last_try_ms: int | None = None
    held_until_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """An alert that is not going to be sent, and why."""

    pending: Pending
    state: DeliveryState
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do now. ``look_again_ms`` is when time alone makes something due."""

    send: tuple[Pending, ...] = ()
    settle: tuple[Settled, ...] = ()
    look_again_ms: int | None = None


def plan(channel: Channel, desk: Desk, now_ms: int) -> Plan:
    """Return what is to be done for a channel at ``now_ms``."""
    settled = tuple(
        verdict
        for index, pending in enumerate(desk.pending)
        if (verdict := _settled(channel, desk, pending, desk.pending[index + 1 :], now_ms))
    )
    gone = {it.pending.entry.id for it in settled}
    waiting = [it for it in desk.pending if it.entry.id not in gone]
    due = {it.entry.id: _due_ms(channel, desk, it, now_ms) for it in waiting}
    ready = [it for it in waiting if due[it.entry.id] <= now_ms]
    later = [at_ms for at_ms in due.values() if at_ms > now_ms]
    return Plan(_batch(ready, waiting), settled, min(later, default=None))


def reminders(channel: Channel, desk: Desk, now_ms: int) -> tuple[list[OutboxEntry], int | None]:
    """Return the reminders that are due, and when the next one will be."""
    if channel.policy.reminder_minutes is None or not channel.is_active:
        return [], None
    every_ms = channel.policy.reminder_minutes * 60_000
    due: list[OutboxEntry] = []
    next_ms: list[int] = []
    for it in desk.open_alerts:
        if it.snoozed_to_recovery:
            continue
        at_ms = max(min(it.last_told_ms, now_ms) + every_ms, it.snoozed_until_ms or 0)
        if at_ms > now_ms:
            next_ms.append(at_ms)
        else:
            due.append(_reminder(channel, it, now_ms))
    return due, min(next_ms, default=None)


def _reminder(channel: Channel, alert: OpenAlert, now_ms: int) -> OutboxEntry:
    notice: Notice = replace(
        alert.entry.notice,
        kind=AlertKind.REMINDER,
        at_ms=now_ms,
        duration_ms=max(0, now_ms - alert.entry.notice.since_ms),
    )
    return OutboxEntry(channel.id, channel.name, notice, alert.reminders + 1)


def _settled(
    channel: Channel, desk: Desk, it: Pending, later: Sequence[Pending], now_ms: int
) -> Settled | None:
    """Say why an alert is not to be sent, if so."""
    if not channel.is_active:
        return Settled(it, DeliveryState.DROPPED, "The channel is switched off")
    if it.first_try_ms is not None and now_ms - it.first_try_ms >= GIVE_UP_MS:
        return Settled(it, DeliveryState.FAILED, "Given up after 24 hours")
    if it.snoozed and it.entry.notice.kind is AlertKind.REMINDER:
        return Settled(it, DeliveryState.DROPPED, "The incident is snoozed")
    endpoint_id = it.entry.notice.endpoint_id
    following = [p for p in later if p.entry.notice.endpoint_id == endpoint_id]
    if it.entry.notice.kind in ENDINGS:
        return _settled_ending(desk, it, following)
    return _settled_beginning(it, following)


def _settled_ending(desk: Desk, it: Pending, following: Sequence[Pending]) -> Settled | None:
    if following or not it.holds:
        return Settled(it, DeliveryState.DROPPED, "Overtaken by what happened next")
    was_told = desk.told.get(it.entry.notice.endpoint_id) in TROUBLE or it.attempts > 0
    if was_told or _tried_before(desk, it):
        return None
    return Settled(it, DeliveryState.DROPPED, "The beginning was not told either")


def _settled_beginning(it: Pending, following: Sequence[Pending]) -> Settled | None:
    if it.holds and not following:
        return None
    notice = it.entry.notice
    if it.attempts and any(p.entry.notice.previous is notice.status for p in following):
        return Settled(it, DeliveryState.MERGED, "Told together with its end")
    if it.attempts and notice.kind is AlertKind.DOWN:
        return None  # nobody wants to hear of its end, but it did happen
    return Settled(it, DeliveryState.DROPPED, "Over before it was told")


def _tried_before(desk: Desk, ending: Pending) -> bool:
    """Say whether the beginning was sent, though no answer came: it may have arrived."""
    endpoint_id = ending.entry.notice.endpoint_id
    for it in desk.pending:
        if it is ending:
            return False
        if it.attempts and it.entry.notice.endpoint_id == endpoint_id:
            return True
    return False


def _due_ms(channel: Channel, desk: Desk, it: Pending, now_ms: int) -> int:
    """Return when an alert may go out at the earliest; in the past where it is due."""
    notice = it.entry.notice
    holds = [0]
    quiet = channel.policy.quiet_hours
    if quiet is not None:
        holds.append(quiet_until_ms(quiet, now_ms) or 0)
    holds.append(_until(desk.held_until_ms, now_ms))
    if it.attempts:
        return max(*holds, _until(it.next_try_ms, now_ms))
    holds.append(_after(desk.last_try_ms, GATHER_MS, now_ms))
    if notice.kind is not AlertKind.REMINDER:
        told_ms = desk.told_at_ms.get((notice.endpoint_id, notice.status))
        holds.append(_after(told_ms, SAME_STATUS_MS, now_ms))
    return max(holds)


def _after(began_ms: int | None, length_ms: int, now_ms: int) -> int:
    return 0 if began_ms is None or began_ms > now_ms else began_ms + length_ms


def _until(at_ms: int | None, now_ms: int) -> int:
    return 0 if at_ms is None or at_ms > now_ms + GIVE_UP_MS else at_ms


def _batch(ready: Sequence[Pending], waiting: Sequence[Pending]) -> tuple[Pending, ...]:
    """Return what goes into one message: what is new, else all that is to be tried again.

    They are kept apart, so that what failed cannot hold up what is new. What is tried again goes
    together only with what has reached the same targets.
    """
    fresh = [it for it in ready if not it.attempts]
    if fresh:
        return tuple(fresh[:LARGEST_MESSAGE])
    if not ready:
        return ()
    reached = ready[0].reached
    again = [it for it in waiting if it.attempts and it.reached == reached]
    return tuple(again[:LARGEST_MESSAGE])


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
    ends_ms = unix_ms(ends)
    if ends_ms <= now_ms:  # the clock was set back: this time of day comes twice
        ends_ms = unix_ms(ends.replace(fold=1))
    return max(ends_ms, now_ms + 1)
