"""Finds outages and recoveries that belong together, so that the window tells them in one toast.

Asked by the toasts presenter with every event. Within half a minute those of the same kind that
share a host, an address, the resolver's failure, a certificate's fault or a tag are one group.
"""

from collections.abc import Callable
from dataclasses import dataclass

from app.presenters.notices import Fact, affected_by, title_of
from app.state.record import EndpointRecord
from app.state.store import Store
from backend.contract.causes import Cause, causes_of
from backend.contract.events import IncidentResolved, IncidentStarted, StateEvent, StatusChanged
from backend.contract.vocabulary import Resolution, Status
from widgets import cause_phrases
from widgets.toast import Kind, Toast

TOGETHER_S = 30.0

_Members = dict[str, tuple[float, str]]


@dataclass(frozen=True, slots=True)
class Group:
    """Endpoints that changed together: the fact, the cause, and when and what each is called."""

    fact: Fact
    cause: Cause
    members: _Members

    @property
    def key(self) -> str:
        """The same for the same group."""
        return f"{self.fact.name} {self.cause.kind} {self.cause.subject}"

    def toast(self) -> Toast | None:
        """Return what the window says of it now; nothing once it holds of nobody any more."""
        names = tuple(name for _, name in self.members.values())
        if not names:
            return None
        kind: Kind = "error" if self.fact is Fact.DOWN else "success"
        title = title_of(self.fact, names, self.cause)
        return Toast(kind, title, cause_phrases.listed(names), about=tuple(self.members))


class ToastGroups:
    """The groups of the last half minute.

    Args:
        store: Knows what endpoints have in common.
        now: A monotonic clock in seconds.
    """

    def __init__(self, store: Store, now: Callable[[], float]) -> None:
        self._store, self._now = store, now
        self._by_cause: dict[tuple[Fact, Cause], _Members] = {}

    def group_of(self, event: StateEvent) -> Group | None:
        """Take an event; return the group it belongs to, if it has at least two members."""
        fact = _fact_of(event)
        if fact is None or not isinstance(
            event, StatusChanged | IncidentStarted | IncidentResolved
        ):
            return None
        message = None if isinstance(event, IncidentResolved) else event.error_message
        affected = affected_by(self._store, event, message)
        groups = [
            Group(fact, cause, self._joined(fact, cause, event.endpoint_id, event.endpoint_name))
            for cause in causes_of(affected)
        ]
        # The likeliest cause is first, and max keeps the first of several.
        largest = max(groups, key=lambda group: len(group.members), default=None)
        return largest if largest is not None and len(largest.members) > 1 else None

    def _joined(self, fact: Fact, cause: Cause, endpoint_id: str, name: str) -> _Members:
        now = self._now()
        members = self._by_cause.setdefault((fact, cause), {})
        while members and next(iter(members.values()))[0] <= now - TOGETHER_S:
            del members[next(iter(members))]
        records = self._store.records
        for gone in [key for key in members if _is_gone(fact, records.get(key))]:
            del members[gone]
        members.setdefault(endpoint_id, (now, name))
        # What is up again is no longer down, and the other way round.
        other = Fact.RECOVERED if fact is Fact.DOWN else Fact.DOWN
        self._by_cause.get((other, cause), {}).pop(endpoint_id, None)
        return members


def _is_gone(fact: Fact, record: EndpointRecord | None) -> bool:
    """Return whether a fact holds no more: deleted, or begun anew and so not known."""
    return record is None or (fact is Fact.DOWN and record.status is Status.UNKNOWN)


def _fact_of(event: StateEvent) -> Fact | None:
    match event:
        case IncidentStarted() | StatusChanged(current_status=Status.DOWN):
            return Fact.DOWN
        case IncidentResolved(reason=Resolution.RECOVERED):
            return Fact.RECOVERED
        case StatusChanged(previous_status=Status.DOWN, current_status=Status.UP):
            return Fact.RECOVERED
        case _:
            return None
