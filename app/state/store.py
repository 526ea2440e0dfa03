"""The desktop's only truth: every endpoint and incident it knows.

Fed by the line's synchroniser alone, read by models and presenters. Every call returns what it
altered. Pure Python: no Qt, no network, and time is asked from the clock it was given.

Order: each state event has a ``seq``. What was told by a higher one is never overwritten by a
lower one, so snapshots and events may arrive in any order and the newest still stands.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from app.state import incidents as incident_steps
from app.state import record as steps
from app.state import rings
from app.state.burst import count_in
from app.state.change import NOTHING, Change, Part
from app.state.day import Day
from app.state.incidents import IncidentShelf
from app.state.link import network_after
from app.state.numbers import Numbers
from app.state.record import EndpointRecord
from app.state.tally import Tally
from backend.contract.events import (
    CheckCompleted,
    EndpointCreated,
    EndpointDeleted,
    EndpointEvent,
    EndpointUpdated,
    IncidentResolved,
    IncidentStarted,
    IncidentUpdated,
    LastingEvent,
    NetworkChanged,
    Notification,
    StatusChanged,
)
from backend.contract.resources import (
    CheckResults,
    EndpointState,
    EndpointView,
    IncidentView,
    NetworkView,
    Snapshot,
)
from backend.contract.vocabulary import UNSTORED

_Made = EndpointRecord | None
_NONE: Mapping[str, EndpointRecord] = MappingProxyType({})
BURIED = 50
"""Of how many deleted endpoints the checks are kept, for a deletion that is undone."""


class Store:
    """Endpoints, their recent checks, and incidents.

    Attributes:
        network: whether the computer the backend runs on is online, and when it was not.

    Args:
        now_ms: a monotonic clock in ms; it stamps changes of status.
    """

    def __init__(self, now_ms: Callable[[], int]) -> None:
        self._now_ms = now_ms
        self._records: dict[str, EndpointRecord] = {}
        self._shelf = IncidentShelf()
        self._buried: dict[str, EndpointRecord] = {}
        self._numbers = Numbers()
        self.network = NetworkView()
        self.tally = Tally()
        self.seq = 0
        self.epoch: str | None = None

    @property
    def is_filled(self) -> bool:
        """Whether a first snapshot has arrived: before that, empty means unknown."""
        return self.epoch is not None

    @property
    def records(self) -> Mapping[str, EndpointRecord]:
        """Every endpoint by id, in the order they became known."""
        return MappingProxyType(self._records)

    @property
    def incidents(self) -> Mapping[str, IncidentView]:
        """Every open incident and the newest closed ones, by id."""
        return self._shelf.held

    @property
    def open_incidents(self) -> int:
        """How many incidents are open."""
        return self._shelf.open_count

    def newest_incidents(self) -> tuple[IncidentView, ...]:
        """Return the incidents, the one that started last first."""
        return self._shelf.newest_first()

    def apply(self, event: LastingEvent) -> Change:
        """Take one event; a numbered one that is not newer than the store changes nothing."""
        if isinstance(event, CheckCompleted):
            return self.take_checks((event,))
        if UNSTORED < event.seq <= self.seq:
            return NOTHING
        self.seq = max(self.seq, event.seq)
        if isinstance(event, NetworkChanged):
            return self._take_network(network_after(self.network, event))
        if isinstance(event, Notification):
            return NOTHING  # it says nothing of the endpoint itself
        return self._apply_numbered(event) if self._numbers.take(event) else NOTHING

    def take_checks(self, events: Iterable[CheckCompleted]) -> Change:
        """Take a burst of checks, which costs two thirds of what each of them alone does."""
        altered, counted = count_in(self._records, self.tally, self._shelf, events)
        change = Change(changed=altered) if altered else NOTHING
        more = [self._take_incident(incident) for incident in counted]
        return Change.merged((change, *more)) if more else change

    def replace(self, snapshot: Snapshot, made: Mapping[str, EndpointRecord] = _NONE) -> Change:
        """Take the whole state as the backend has it; only true differences are returned.

        To make its records takes long: ``made`` has those by endpoint that are made already.
        """
        anew = self.epoch != snapshot.epoch
        if anew:
            self._forget_all()
        self.seq, self.epoch = snapshot.seq, snapshot.epoch
        self._numbers.take_whole(snapshot.seq)
        told = {state.endpoint.id for state in snapshot.endpoints}
        gone = frozenset(self._records) - told
        for key in gone:
            self.tally.drop(self._records.pop(key))
        stale = frozenset(self._shelf.held) - {each.id for each in snapshot.incidents}
        stale |= self._numbers.doubt(self._records, self._shelf)
        changes = [Change(removed=gone, incidents_removed=self._shelf.remove(stale))]
        changes += [self._take_incident(incident) for incident in snapshot.incidents]
        changes += [self._take_state(it, made.get(it.endpoint.id)) for it in snapshot.endpoints]
        changes.append(self._take_network(snapshot.network))
        changes.append(Change(incidents_removed=self._shelf.trim(), everything=anew))
        return Change.merged(changes)

    def merge(self, snapshot: Snapshot, made: Mapping[str, EndpointRecord] = _NONE) -> Change:
        """Take what a page's subscription brought; it tells of its endpoints only.

        Nothing is removed, ``seq`` stays, and what was told later already stays as well. ``made``
        is as for :meth:`replace`.
        """
        if snapshot.epoch != self.epoch:
            return NOTHING
        is_newest, changes = snapshot.seq >= self.seq, []
        for incident in snapshot.incidents:
            known = incident.id in self._shelf.held or incident.resolved_at is not None
            if (known or is_newest) and self._numbers.of(incident.endpoint_id) <= snapshot.seq:
                changes.append(self._take_incident(incident))
        for state in snapshot.endpoints:
            key = state.endpoint.id
            held = self._records.get(key)
            if held is not None and self._numbers.of(key) > snapshot.seq:
                view = steps.valued(held.view, state.endpoint)
                changes.append(self._retell(held, view, state, made.get(key)))
            elif held is not None or is_newest:
                changes.append(self._take_state(state, made.get(key)))
                self._numbers.take_part(key, snapshot.seq)
        changes.append(Change(incidents_removed=self._shelf.trim()))
        return Change.merged(changes)

    def deepen(self, results: CheckResults) -> Change:
        """Take a longer history of one endpoint's checks; up to 100 are kept from then on."""
        return self._alter(results.endpoint_id, lambda held: steps.deepened(held, results))

    def _apply_numbered(self, event: EndpointEvent) -> Change:
        key = event.endpoint_id
        match event:
            case StatusChanged():
                now_ms = self._now_ms()
                return self._alter(key, lambda held: steps.status_changed(held, event, now_ms))
            case IncidentStarted():
                return self._open_incident(event)
            case IncidentResolved():
                return self._close_incident(event)
            case IncidentUpdated():
                return self._note_incident(event)
            case EndpointCreated() | EndpointUpdated():
                return self._take_view(steps.plain_view(event))
            case EndpointDeleted():
                return self._remove(key)

    def _take_network(self, network: NetworkView) -> Change:
        before, self.network = self.network, network
        return NOTHING if before == network else Change(network=True)

    def _take_view(self, view: EndpointView) -> Change:
        if view.id not in self._records:
            buried = self._buried.pop(view.id, None) or EndpointRecord(view)
            return self._add(EndpointRecord(view, buried.checks, buried.day))
        now_ms = self._now_ms()
        row = self._alter(view.id, lambda held: steps.edited(held, view, now_ms))
        renamed = self._shelf.renamed(view.id, view.name)
        return Change.merged([row, *(self._take_incident(incident) for incident in renamed)])

    def _remove(self, key: str) -> Change:
        gone = self._records.pop(key, None)
        if gone is None:
            return NOTHING
        self.tally.drop(gone)
        self._buried[key] = gone
        if len(self._buried) > BURIED:
            del self._buried[next(iter(self._buried))]
        return Change(removed=frozenset({key}))

    def _open_incident(self, event: IncidentStarted) -> Change:
        held = self._records.get(event.endpoint_id)
        incident = incident_steps.opened(event, held.view.consecutive_failures if held else 0)
        listed = self._shelve(incident)
        row = self._alter(
            event.endpoint_id, lambda held: steps.incident_opened(held, incident, event)
        )
        return listed | row

    def _close_incident(self, event: IncidentResolved) -> Change:
        held = self._shelf.held.get(event.incident_id)
        if held is None:
            return NOTHING
        closed = incident_steps.closed(held, event)
        change = self._shelve(closed) | self._settle_incident(event.endpoint_id)
        return change | Change(incidents_removed=self._shelf.trim())

    def _note_incident(self, event: IncidentUpdated) -> Change:
        held = self._shelf.held.get(event.incident_id)
        return self._take_incident(incident_steps.noted(held, event)) if held else NOTHING

    def _take_incident(self, incident: IncidentView) -> Change:
        return self._shelve(incident) | self._settle_incident(incident.endpoint_id)

    def _shelve(self, incident: IncidentView) -> Change:
        before = self._shelf.held.get(incident.id)
        incident = incident_steps.fullest(before, incident)
        if before == incident:
            return NOTHING
        self._shelf.put(incident)
        ids = frozenset({incident.id})
        return Change(incidents_added=ids) if before is None else Change(incidents_changed=ids)

    def _settle_incident(self, key: str) -> Change:
        incident = self._shelf.open_at(key)
        return self._alter(key, lambda held: steps.with_incident(held, incident))

    def _take_state(self, state: EndpointState, made: _Made) -> Change:
        key = state.endpoint.id
        held = self._records.get(key)
        if held is None:
            return self._add(made or steps.first_told(state))
        view = made.view if made else steps.plain_view(state.endpoint)
        return self._retell(held, view, state, made) | self._settle_incident(key)

    def _add(self, record: EndpointRecord) -> Change:
        incident = self._shelf.open_at(record.id)
        record = record if incident is None else replace(record, open_incident=incident)
        self._records[record.id] = record
        self.tally.add(record)
        return Change(added=frozenset({record.id}))

    def _retell(
        self, held: EndpointRecord, view: EndpointView, state: EndpointState, made: _Made
    ) -> Change:
        checks = made.checks if made else rings.ring_of(state, held.checks)
        limit = max(rings.limit_after(held.checks), rings.limit_after(checks))
        after, parts = steps.retold(held, view, Day.told(state.statistics), checks, limit)
        return self._put(after, parts) if parts else NOTHING

    def _alter(self, key: str, step: Callable[[EndpointRecord], steps.Altered]) -> Change:
        held = self._records.get(key)
        if held is None:
            return NOTHING
        after, parts = step(held)
        return self._put(after, parts) if parts else NOTHING

    def _put(self, after: EndpointRecord, parts: Part) -> Change:
        self.tally.exchange(self._records[after.id], after)
        self._records[after.id] = after
        return Change(changed={after.id: parts})

    def _forget_all(self) -> None:
        self._records.clear()
        self._buried.clear()
        self._shelf = IncidentShelf()
        self.tally = Tally()
