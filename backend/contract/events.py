"""What the backend tells: one frozen model per Socket.IO event, closed by a union.

The engine builds them, the archive numbers and keeps all but ``check:completed``, the gateway
emits them, the desktop reads them back with :func:`parse_event`.
"""

from typing import Annotated, ClassVar

from pydantic import Discriminator, JsonValue, Tag, TypeAdapter

from backend.contract.resources import EndpointView, Snapshot
from backend.contract.self_health import StorageView
from backend.contract.vocabulary import (
    AlertKind,
    CheckStatus,
    EventName,
    Reason,
    Resolution,
    Status,
    StorageTrouble,
    UnknownReason,
)
from backend.contract.wire import Instant, Message


class CheckCompleted(Message):
    """Every check, once it is stored. A stream: it carries no ``seq``."""

    event: ClassVar[EventName] = EventName.CHECK_COMPLETED

    endpoint_id: str
    endpoint_name: str
    id: str
    status: CheckStatus
    response_time: float | None
    status_code: int | None
    checked_at: Instant
    error_message: str | None
    is_degraded: bool
    reason: Reason | None
    consecutive_failures: int
    incident_failures: int | None = None
    """How many failures the outage counts so far; ``None`` outside of one."""


class Numbered(Message):
    """A change of the state; ``seq`` is given inside the transaction that stores it.

    Where nothing can be stored, what goes DOWN or recovers is told all the same, with the ``seq``
    0; it comes again with its number once it is stored.
    """

    event: ClassVar[EventName]

    seq: int = 0
    endpoint_id: str
    endpoint_name: str


class StatusChanged(Numbered):
    """The conclusion about an endpoint changed."""

    event: ClassVar[EventName] = EventName.STATUS_CHANGED

    previous_status: Status
    current_status: Status
    timestamp: Instant
    response_time: float | None
    error_message: str | None
    unknown_reason: UnknownReason | None = None
    """Why the present status is UNKNOWN."""
    address: str | None = None
    """Where it last answered, as far as this run of the backend knows."""
    consecutive_failures: int | None = None
    """How many checks in a row have failed; not known of an event that an older backend stored."""


class IncidentStarted(Numbered):
    """An endpoint went DOWN; ``started_at`` is its first failure of the run."""

    event: ClassVar[EventName] = EventName.INCIDENT_STARTED

    incident_id: str
    started_at: Instant
    failure_count: int
    error_message: str | None
    address: str | None = None
    """Where it last answered, as far as this run of the backend knows."""


class IncidentResolved(Numbered):
    """An incident closed; ``duration`` is in ms."""

    event: ClassVar[EventName] = EventName.INCIDENT_RESOLVED

    incident_id: str
    resolved_at: Instant
    duration: int
    reason: Resolution
    failure_count: int = 0
    """All its failures; 0 from a backend that did not say."""
    address: str | None = None
    """Where it last answered, as far as this run of the backend knows."""


class IncidentUpdated(Numbered):
    """An incident was acknowledged, snoozed or noted, or that was taken back: as it is now."""

    event: ClassVar[EventName] = EventName.INCIDENT_UPDATED

    incident_id: str
    acknowledged_at: Instant | None
    snoozed_until: Instant | None
    snoozed_until_recovery: bool
    note: str


class EndpointCreated(Numbered, EndpointView):
    """An endpoint was added, or restored after its deletion: the whole endpoint."""

    event: ClassVar[EventName] = EventName.ENDPOINT_CREATED


class EndpointUpdated(Numbered, EndpointView):
    """An endpoint was changed: the whole endpoint, and in ``changes`` the new values."""

    event: ClassVar[EventName] = EventName.ENDPOINT_UPDATED

    changes: dict[str, JsonValue]


class EndpointDeleted(Numbered):
    """An endpoint was deleted; it can be restored for the retention time."""

    event: ClassVar[EventName] = EventName.ENDPOINT_DELETED

    name: str


class NetworkChanged(Message):
    """This computer went offline, or came back; ``since`` is when.

    ``offline_since`` is when the time offline began that is over now; ``None`` while offline.
    """

    event: ClassVar[EventName] = EventName.NETWORK_CHANGED

    seq: int = 0
    online: bool
    since: Instant
    offline_since: Instant | None


class StorageChanged(StorageView):
    """Whether anything can be stored is different now. Never stored itself: no ``seq``.

    Whoever subscribes to ``state`` is told it first, as it stands.
    """

    event: ClassVar[EventName] = EventName.STORAGE_CHANGED

    trouble: StorageTrouble | None


class Notification(Numbered):
    """What an alert's two events share: which alert, to which channel, about what."""

    notification_id: str
    channel_id: str
    channel_name: str
    kind: AlertKind
    status: Status


class NotificationSent(Notification):
    """An alert arrived: the channel's server took it."""

    event: ClassVar[EventName] = EventName.NOTIFICATION_SENT

    sent_at: Instant


class NotificationFailed(Notification):
    """An alert did not arrive: told after the first quick tries, and when it is given up."""

    event: ClassVar[EventName] = EventName.NOTIFICATION_FAILED

    failed_at: Instant
    error: str
    next_try_at: Instant | None
    """When it is tried again; ``None`` when it is given up."""


EndpointEvent = (
    StatusChanged
    | IncidentStarted
    | IncidentResolved
    | IncidentUpdated
    | EndpointCreated
    | EndpointUpdated
    | EndpointDeleted
)
"""What changes an endpoint or an incident of it."""

StateEvent = EndpointEvent | NetworkChanged | NotificationSent | NotificationFailed
"""The events that are numbered, stored and replayed."""

LastingEvent = CheckCompleted | StateEvent
"""What becomes part of what is known."""

Event = LastingEvent | StorageChanged
"""Everything the backend tells."""

_EVENTS: dict[str, type[Event]] = {
    kind.event: kind
    for kind in (
        CheckCompleted,
        StatusChanged,
        IncidentStarted,
        IncidentResolved,
        IncidentUpdated,
        EndpointCreated,
        EndpointUpdated,
        EndpointDeleted,
        NetworkChanged,
        StorageChanged,
        NotificationSent,
        NotificationFailed,
    )
}


def parse_event(name: str, data: object) -> Event:
    """Read an event as it arrived.

    Raises:
        KeyError: the name is none of the contract's.
        pydantic.ValidationError: the data have not the contract's shape.
    """
    return _EVENTS[name].model_validate(data)


class StoredEvent(Message):
    """A state event in the answer to ``sync``."""

    event: EventName
    data: dict[str, JsonValue]


class Missed(Message):
    """Answer to ``sync`` while the missed events are still kept, in order."""

    seq: int
    epoch: str
    events: tuple[StoredEvent, ...]


class Subscribed(Message):
    """Answer to a subscription; with the present state where it was asked for."""

    subscribed: bool
    snapshot: Snapshot | None = None


class Resync(Message):
    """Answer to ``sync`` when the missed events are gone: everything anew."""

    seq: int
    epoch: str
    snapshot: Snapshot


SyncAnswer = TypeAdapter[Missed | Resync](
    Annotated[
        Annotated[Missed, Tag("missed")] | Annotated[Resync, Tag("resync")],
        Discriminator(
            lambda answer: (
                "resync" if isinstance(answer, dict) and "snapshot" in answer else "missed"
            )
        ),
    ]
)
"""Reads an answer to ``sync``."""
