"""Who is told what: from a change of an endpoint's standing to the outbox of each channel.

Pure. Called by the messengers when the pipeline asks them; when a message goes out is decided
later, by :mod:`backend.domain.alert_plan`. All times are Unix milliseconds.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from backend.contract.alerts import AlertEvent, AlertPolicy, ChannelConfig, ChannelType
from backend.contract.vocabulary import AlertKind, Resolution, Status
from backend.domain.endpoint import Endpoint
from backend.domain.health import Health, Transition
from backend.domain.incident import Incident

ENDINGS = frozenset({AlertKind.RECOVERED, AlertKind.CLOSED})
TROUBLE = frozenset({Status.DOWN, Status.DEGRADED})


@dataclass(frozen=True, slots=True)
class Channel:
    """A place that alerts are sent to, and what it wants to hear."""

    id: str
    name: str
    type: ChannelType
    config: ChannelConfig
    is_active: bool
    policy: AlertPolicy
    created_at_ms: int
    updated_at_ms: int


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell, whoever is told it.

    ``subject`` is what it is about: the incident's id, or for a slow spell the endpoint and its
    beginning. ``since_ms`` is when the trouble began, ``duration_ms`` how long it lasted once it
    is over.
    """

    subject: str
    kind: AlertKind
    endpoint_id: str
    endpoint_name: str
    url: str
    tags: tuple[str, ...]
    status: Status
    previous: Status
    at_ms: int
    since_ms: int
    message: str | None = None
    duration_ms: int | None = None
    resolution: Resolution | None = None
    address: str | None = None
    """Where the endpoint last answered."""


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """A notice for one channel. The same notice makes the same id, so it is kept only once."""

    channel_id: str
    channel_name: str
    notice: Notice
    number: int = 0
    """Which reminder of its incident it is, from 1; 0 for all else."""

    @property
    def id(self) -> str:
        """``subject:kind:channel``, for reminders with their number."""
        kind = f"{self.notice.kind}-{self.number}" if self.number else self.notice.kind
        return f"{self.notice.subject}:{kind}:{self.channel_id}"


def notice_of_check(
    endpoint: Endpoint,
    before: Health,
    after: Health,
    transition: Transition | None,
    incident: Incident | None,
) -> Notice | None:
    """Return what a check gives to tell, if anything.

    Args:
        endpoint: whose check it was.
        before: its standing before the check.
        after: its standing after it.
        transition: the change of status the check made.
        incident: the one it opened, counted into or closed.
    """
    if transition is None:
        return None
    notice = _notice(endpoint, before, after.status, transition.at_ms)
    if transition.opens_incident and incident is not None:
        return replace(
            notice,
            subject=incident.id,
            kind=AlertKind.DOWN,
            since_ms=incident.started_at_ms,
            message=incident.message,
        )
    if incident is not None and incident.resolved_at_ms is not None:
        return _end_of_incident(notice, incident, AlertKind.RECOVERED)
    if after.status is Status.DEGRADED:
        began_ms = transition.at_ms
        subject = _slow_spell(endpoint, began_ms)
        return replace(notice, subject=subject, kind=AlertKind.DEGRADED, since_ms=began_ms)
    if before.status is Status.DEGRADED and after.status is Status.UP:
        return replace(notice, duration_ms=max(0, transition.at_ms - notice.since_ms))
    return None


def notice_of_closing(
    endpoint: Endpoint,
    before: Health,
    incident: Incident | None,
    resolution: Resolution,
    at_ms: int,
) -> Notice | None:
    """Return what an edit, a pause or a deletion gives to tell: the end of what was told."""
    notice = replace(
        _notice(endpoint, before, Status.UNKNOWN, at_ms),
        kind=AlertKind.CLOSED,
        resolution=resolution,
    )
    if incident is not None:
        return replace(_end_of_incident(notice, incident, AlertKind.CLOSED), resolution=resolution)
    if before.status is Status.DEGRADED:
        return replace(notice, duration_ms=max(0, at_ms - notice.since_ms))
    return None


def addressed(notice: Notice, channels: Iterable[Channel]) -> tuple[OutboxEntry, ...]:
    """Return the outbox entries of a notice, one for each channel that is to be told.

    An end is addressed to every channel that wants ends, whatever its tags are now: the archive
    keeps it only where the beginning went, which it alone knows. A recovery into slowness is a
    beginning for those who want to hear of slowness.
    """
    slow = None
    if notice.kind is AlertKind.RECOVERED and notice.status is Status.DEGRADED:
        slow = replace(notice, kind=AlertKind.DEGRADED)
    entries = []
    for channel in channels:
        if not channel.is_active:
            continue
        if slow is not None and wants(channel.policy, slow):
            entries.append(OutboxEntry(channel.id, channel.name, slow))
        elif wants(channel.policy, notice):
            entries.append(OutboxEntry(channel.id, channel.name, notice))
    return tuple(entries)


def wants(policy: AlertPolicy, notice: Notice) -> bool:
    """Say whether a channel with this policy is to be told of a notice."""
    chosen = frozenset(policy.events)
    match notice.kind:
        case AlertKind.RECOVERED | AlertKind.CLOSED:
            return AlertEvent.RECOVERED in chosen
        case AlertKind.DEGRADED:
            return AlertEvent.DEGRADED in chosen and _concerns(policy, notice)
        case AlertKind.DOWN:
            return AlertEvent.DOWN in chosen and _concerns(policy, notice)
        case AlertKind.REMINDER:
            return AlertEvent.DOWN in chosen and policy.reminder_minutes is not None


def _concerns(policy: AlertPolicy, notice: Notice) -> bool:
    return not policy.tags or not set(policy.tags).isdisjoint(notice.tags)


def _notice(endpoint: Endpoint, before: Health, status: Status, at_ms: int) -> Notice:
    since_ms = at_ms if before.since_ms is None else before.since_ms
    return Notice(
        subject=_slow_spell(endpoint, since_ms),
        kind=AlertKind.RECOVERED,
        endpoint_id=endpoint.id,
        endpoint_name=endpoint.name,
        url=endpoint.url,
        tags=endpoint.tags,
        status=status,
        previous=before.status,
        at_ms=at_ms,
        since_ms=since_ms,
    )


def _slow_spell(endpoint: Endpoint, began_ms: int) -> str:
    return f"{endpoint.id}:{began_ms}"


def _end_of_incident(notice: Notice, incident: Incident, kind: AlertKind) -> Notice:
    return replace(
        notice,
        subject=incident.id,
        kind=kind,
        previous=Status.DOWN,
        since_ms=incident.started_at_ms,
        duration_ms=incident.duration_ms,
        resolution=incident.resolution,
        message=incident.message,
    )
