"""The incidents the desktop holds, every open one and the newest closed ones; what alters them.

Used by the store alone; knows nothing of endpoints' records.
"""

from collections.abc import Iterable, Mapping
from heapq import nsmallest
from operator import attrgetter
from types import MappingProxyType

from backend.contract.events import IncidentResolved, IncidentStarted, IncidentUpdated
from backend.contract.resources import IncidentView

CLOSED_KEPT = 200
"""How many closed incidents are held; older ones are asked from the backend by page."""

_STARTED_AT = attrgetter("started_at")


class IncidentShelf:
    """A bounded set of incidents, found by id, listed newest first."""

    def __init__(self) -> None:
        self._held: dict[str, IncidentView] = {}
        self._open: dict[str, str] = {}
        self._newest: tuple[IncidentView, ...] | None = ()

    @property
    def held(self) -> Mapping[str, IncidentView]:
        """Every incident that is held, by id."""
        return MappingProxyType(self._held)

    @property
    def open_count(self) -> int:
        """How many are open."""
        return len(self._open)

    def newest_first(self) -> tuple[IncidentView, ...]:
        """Return all, the one that started last first."""
        if self._newest is None:
            self._newest = tuple(sorted(self._held.values(), key=_STARTED_AT, reverse=True))
        return self._newest

    def open_at(self, endpoint_id: str) -> IncidentView | None:
        """Return the open incident of an endpoint."""
        incident_id = self._open.get(endpoint_id)
        return None if incident_id is None else self._held[incident_id]

    def put(self, incident: IncidentView) -> None:
        """Hold an incident, in place of what was known of it."""
        self._forget_open(incident.id)
        self._held[incident.id] = incident
        if incident.resolved_at is None:
            self._open[incident.endpoint_id] = incident.id
        self._newest = None

    def renamed(self, endpoint_id: str, name: str) -> list[IncidentView]:
        """Return the incidents of an endpoint that bear another name, under this one."""
        return [
            each.model_copy(update={"endpoint_name": name})
            for each in self._held.values()
            if each.endpoint_id == endpoint_id and each.endpoint_name != name
        ]

    def trim(self) -> frozenset[str]:
        """Let go of the oldest closed ones beyond the bound; return their ids."""
        over = len(self._held) - len(self._open) - CLOSED_KEPT
        if over <= 0:
            return frozenset()
        closed = (each for each in self._held.values() if each.resolved_at is not None)
        return self.remove([each.id for each in nsmallest(over, closed, key=_STARTED_AT)])

    def remove(self, ids: Iterable[str]) -> frozenset[str]:
        """Let go of incidents; return the ids of those that were held."""
        gone = frozenset(key for key in ids if key in self._held)
        for key in gone:
            self._forget_open(key)
            del self._held[key]
        if gone:
            self._newest = None
        return gone

    def _forget_open(self, incident_id: str) -> None:
        held = self._held.get(incident_id)
        if held is not None and self._open.get(held.endpoint_id) == incident_id:
            del self._open[held.endpoint_id]


def fullest(before: IncidentView | None, after: IncidentView) -> IncidentView:
    """Return an incident as it is told now, with every failure that was heard of.

    A snapshot may be older than the last check that was heard: failures only become more.
    """
    if before is None or after.failure_count >= before.failure_count:
        return after
    return counted(after, before.failure_count)


def counted(incident: IncidentView, failures: int) -> IncidentView:
    """Return an incident with so many failures."""
    return incident.model_copy(update={"failure_count": failures})


def opened(event: IncidentStarted, failures: int) -> IncidentView:
    """Return the incident that an event tells of; ``failures`` in a row are known already."""
    return IncidentView(
        id=event.incident_id,
        started_at=event.started_at,
        resolved_at=None,
        duration=None,
        endpoint_id=event.endpoint_id,
        endpoint_name=event.endpoint_name,
        failure_count=max(event.failure_count, failures),
        error_message=event.error_message,
        reason=None,
    )


def closed(incident: IncidentView, event: IncidentResolved) -> IncidentView:
    """Return an incident after its end."""
    end = {
        "resolved_at": event.resolved_at,
        "duration": event.duration,
        "reason": event.reason,
        # Checks that nobody heard may have failed since it was last told of.
        "failure_count": max(incident.failure_count, event.failure_count),
    }
    return incident.model_copy(update=end)


def noted(incident: IncidentView, event: IncidentUpdated) -> IncidentView:
    """Return an incident with what somebody said of it."""
    said = {
        "acknowledged_at": event.acknowledged_at,
        "snoozed_until": event.snoozed_until,
        "snoozed_until_recovery": event.snoozed_until_recovery,
        "note": event.note,
    }
    return incident.model_copy(update=said)
