"""Tells what happened while the line was cut, once it stands again: what holds, not each step.

Takes the events that were missed, in their order; the composition root asks it to tell when the
store is in step. What nobody could see and is over already is one toast for all of it.
"""

from collections.abc import Callable

from app.presenters.notices import Fact, lasted, title_of
from app.presenters.toasts import ToastsPresenter
from app.state.store import Store
from backend.contract.events import (
    IncidentResolved,
    IncidentStarted,
    NetworkChanged,
    StateEvent,
    StatusChanged,
)
from backend.contract.vocabulary import Resolution, Status
from widgets import phrases


class Afterwards:
    """What was missed.

    Args:
        store: Knows what holds.
        toasts: Shows the one toast.
        tell: Tells an event as if it happened now.
    """

    def __init__(
        self, store: Store, toasts: ToastsPresenter, tell: Callable[[StateEvent], None]
    ) -> None:
        self._store, self._toasts, self._tell = store, toasts, tell
        self._outages: dict[str, list[IncidentStarted | IncidentResolved]] = {}
        self._slow: dict[str, StatusChanged] = {}
        self._network: NetworkChanged | None = None

    def take(self, event: StateEvent) -> None:
        """Take an event that was missed."""
        match event:
            case IncidentStarted() | IncidentResolved():
                self._outages.setdefault(event.endpoint_id, []).append(event)
            case StatusChanged(current_status=Status.DEGRADED):
                self._slow[event.endpoint_id] = event
            case NetworkChanged():
                self._network = event
            case _:
                pass

    def tell(self) -> None:
        """Tell what holds now, and once what came and went."""
        outages, self._outages = self._outages, {}
        slow, self._slow = self._slow, {}
        network, self._network = self._network, None
        if network is not None:
            self._tell(network)
        unseen = [event for each in outages.values() if (event := self._tell_last(each))]
        self._tell_unseen(unseen)
        for key, became_slow in slow.items():
            if self._stands_at(key, Status.DEGRADED):
                self._tell(became_slow)

    def _tell_last(
        self, events: list[IncidentStarted | IncidentResolved]
    ) -> IncidentResolved | None:
        """Tell an endpoint's last event; return it instead if its outage was never seen."""
        first, last = events[0], events[-1]
        if isinstance(last, IncidentStarted):
            if self._stands_at(last.endpoint_id, Status.DOWN):
                self._tell(last)
        elif isinstance(first, IncidentStarted):
            return last if last.reason is Resolution.RECOVERED else None
        elif not self._stands_at(last.endpoint_id, Status.DOWN):
            self._tell(last)
        return None

    def _tell_unseen(self, events: list[IncidentResolved]) -> None:
        if not events:
            return
        names = tuple(event.endpoint_name for event in events)
        one = len(events) == 1
        detail = lasted(events[0].duration) if one else phrases.names(names[0], len(names))
        self._toasts.say("info", title_of(Fact.RECOVERED, names), detail)

    def _stands_at(self, endpoint_id: str, status: Status) -> bool:
        record = self._store.records.get(endpoint_id)
        return record is not None and not record.is_paused and record.status is status
