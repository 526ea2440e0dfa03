"""Tells DOWN and recovery outside the window, when the window is not in front.

Asked first with every state event that is told; what it takes is not shown as a toast, so that
nothing is told twice. The same outage within five minutes is told once, and again when the five
minutes end if it still holds. More than three within half a minute become one. A recovery is
told at once, and not at all where nobody was told of the outage.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication

from app.host.notifications import Notification, Notifications
from app.presenters.toasts import lasted
from app.state.store import Store
from app.tasks import TaskOwner
from backend.contract.events import IncidentResolved, IncidentStarted, StateEvent, StatusChanged
from backend.contract.vocabulary import Resolution, Status
from widgets import phrases


class Fact(Enum):
    """What is worth telling to somebody who does not look."""

    DOWN = auto()
    RECOVERED = auto()


@dataclass(frozen=True, slots=True)
class Patience:
    """How often something is told; times in seconds.

    Attributes:
        once_per_s: that an endpoint is down is told once in this time.
        storm_s: within this time more than ``storm_size`` are gathered into one.
        storm_size: how many are told one by one.
    """

    once_per_s: float = 300.0
    storm_s: float = 30.0
    storm_size: int = 3


@dataclass(frozen=True, slots=True)
class _Alert:
    fact: Fact
    endpoint_id: str
    name: str
    detail: str
    event: StateEvent


class Notifier:
    """Decides what is told outside the window.

    Args:
        port: Tells it.
        store: Knows what still holds.
        tasks: Owns the telling.
        is_in_front: Whether the user looks at the window.
        open_endpoint: What a click does; "" opens the window only.
        untold: Takes an event that nobody outside took, to be shown as a toast after all.
        patience: How often.
    """

    def __init__(
        self,
        port: Notifications,
        store: Store,
        tasks: TaskOwner,
        *,
        is_in_front: Callable[[], bool],
        open_endpoint: Callable[[str], None],
        untold: Callable[[StateEvent], None],
        patience: Patience | None = None,
    ) -> None:
        self._port, self._store, self._tasks = port, store, tasks
        self._is_in_front, self._open, self._untold = is_in_front, open_endpoint, untold
        self._patience = patience or Patience()
        self._told_at: dict[str, float] = {}
        self._due_again: set[str] = set()
        # Endpoints whose present outage was kept back: nobody needs to hear of its end.
        self._kept_back: set[str] = set()
        self._recent: deque[float] = deque()
        self._gathered: list[_Alert] = []

    def takes(self, event: StateEvent) -> bool:
        """Take an event that is told outside the window; return whether it was taken."""
        alert = _alert_of(event)
        if self._is_in_front():
            if alert is not None:
                self._kept_back.discard(alert.endpoint_id)
            return False
        if alert is not None and alert.fact is Fact.DOWN:
            self._tell_once(alert)
            return True
        if alert is not None:
            if alert.endpoint_id not in self._kept_back:
                self._tell(alert)
            self._kept_back.discard(alert.endpoint_id)
            return True
        # The incident that comes with it speaks for it.
        return isinstance(event, StatusChanged) and Status.DOWN in {
            event.current_status,
            event.previous_status,
        }

    def say(self, title: str, body: str) -> None:
        """Tell something that is no alert; a click opens the window."""
        words = Notification(title, body, urgent=False, on_click=lambda: self._open(""))
        self._tasks.spawn(self._port.send(words), "notification")

    def _tell_once(self, alert: _Alert) -> None:
        now = time.monotonic()
        key = alert.endpoint_id
        quiet_until = self._told_at.get(key, -self._patience.once_per_s)
        quiet_until += self._patience.once_per_s
        if now >= quiet_until:
            self._told_at[key] = now
            self._tell(alert)
            return
        self._kept_back.add(key)
        if key not in self._due_again:
            self._due_again.add(key)
            self._tasks.spawn(self._tell_again(alert, quiet_until - now), "alert once more")

    async def _tell_again(self, alert: _Alert, delay_s: float) -> None:
        await asyncio.sleep(delay_s)
        self._due_again.discard(alert.endpoint_id)
        if not self._holds(alert):
            return
        self._kept_back.discard(alert.endpoint_id)
        if not self._is_in_front():
            self._told_at[alert.endpoint_id] = time.monotonic()
            self._tell(alert)

    def _holds(self, alert: _Alert) -> bool:
        record = self._store.records.get(alert.endpoint_id)
        if record is None or record.is_paused:
            return False
        healthy = record.status in {Status.UP, Status.DEGRADED}
        return healthy if alert.fact is Fact.RECOVERED else record.status is Status.DOWN

    def _tell(self, alert: _Alert) -> None:
        now = time.monotonic()
        while self._recent and self._recent[0] <= now - self._patience.storm_s:
            self._recent.popleft()
        if self._gathered or len(self._recent) >= self._patience.storm_size:
            self._gathered.append(alert)
            if alert.fact is Fact.DOWN:
                self._kept_back.add(alert.endpoint_id)
            if len(self._gathered) == 1:
                wait_s = self._recent[0] + self._patience.storm_s - now if self._recent else 0
                self._tasks.spawn(self._tell_gathered(wait_s), "gathered alerts")
            return
        self._recent.append(now)
        self._tasks.spawn(self._send((alert,)), f"alert {alert.fact.name.lower()}")

    async def _tell_gathered(self, wait_s: float) -> None:
        await asyncio.sleep(wait_s)
        alerts, self._gathered = self._gathered, []
        self._recent.append(time.monotonic())
        for fact in Fact:
            of_it = tuple(alert for alert in alerts if alert.fact is fact and self._holds(alert))
            self._kept_back.difference_update(alert.endpoint_id for alert in of_it)
            if of_it:
                await self._send(of_it)

    async def _send(self, alerts: tuple[_Alert, ...]) -> None:
        first = alerts[0]
        names = tuple(alert.name for alert in alerts)
        target = first.endpoint_id if len(alerts) == 1 else ""
        words = Notification(
            title_of(first.fact, names),
            first.detail if len(alerts) == 1 else phrases.names(names[0], len(names)),
            urgent=first.fact is Fact.DOWN,
            on_click=lambda: self._open(target),
        )
        if not await self._port.send(words):
            for alert in alerts:
                self._untold(alert.event)


def title_of(fact: Fact, names: tuple[str, ...]) -> str:
    """Return the first line: the contract's words for one endpoint, a count for several."""
    if len(names) == 1:
        if fact is Fact.DOWN:
            return phrases.toast_status(Status.DOWN, names[0])
        return phrases.toast_incident_resolved(names[0])
    if fact is Fact.DOWN:
        words = QCoreApplication.translate("presenters", "❌ {count} endpoints are down")
    else:
        words = QCoreApplication.translate("presenters", "✨ {count} endpoints have recovered")
    return words.format(count=len(names))


def _alert_of(event: StateEvent) -> _Alert | None:
    match event:
        case IncidentStarted():
            detail = phrases.failure_words(event.error_message)
            return _Alert(Fact.DOWN, event.endpoint_id, event.endpoint_name, detail, event)
        case IncidentResolved(reason=Resolution.RECOVERED):
            detail = lasted(event.duration)
            return _Alert(Fact.RECOVERED, event.endpoint_id, event.endpoint_name, detail, event)
        case _:
            return None
