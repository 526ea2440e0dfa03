"""Tells DOWN and recovery outside the window, when the window is not in front.

Asked first with every state event that is told; what it takes is not shown as a toast, so that
nothing is told twice. The same outage within five minutes is told once, and again when the five
minutes end if it still holds. More than three within half a minute become one, and so do those
that share a cause. A recovery is told at once, and not at all where nobody was told of the
outage. While alerts are paused nothing is told; what still holds when they go on is told then.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from app.host.notifications import Notification, Notifications
from app.presenters.notices import Alert, Fact, Notices, alert_of, try_out
from app.state.store import Store
from app.tasks import TaskOwner
from backend.contract.causes import by_cause, common_cause
from backend.contract.events import IncidentResolved, IncidentUpdated, StateEvent, StatusChanged
from backend.contract.vocabulary import Status


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


class Notifier:
    """Decides what is told outside the window.

    Args:
        port: Tells it.
        store: Knows what still holds.
        tasks: Owns the telling.
        is_in_front: Whether the user looks at the window.
        is_quiet: Whether alerts are paused.
        open_endpoint: What a click does; "" opens the window only.
        acknowledge: Says of incidents, by their ids, that somebody knows of them.
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
        is_quiet: Callable[[], bool],
        open_endpoint: Callable[[str], None],
        acknowledge: Callable[[list[str]], None],
        untold: Callable[[StateEvent], None],
        patience: Patience | None = None,
    ) -> None:
        self._port, self._store, self._tasks = port, store, tasks
        self._is_in_front, self._is_quiet, self._open = is_in_front, is_quiet, open_endpoint
        self._notices = Notices(
            port, tasks, open_endpoint=open_endpoint, acknowledge=acknowledge, untold=untold
        )
        self._patience = patience or Patience()
        self._told_at: dict[str, float] = {}
        self._due_again: set[str] = set()
        # Endpoints whose present outage was kept back: nobody needs to hear of its end.
        self._kept_back: set[str] = set()
        self._silenced: dict[str, Alert] = {}
        self._recent: deque[tuple[float, Alert]] = deque()
        self._gathered: list[Alert] = []

    def takes(self, event: StateEvent) -> bool:
        """Take an event that is told outside the window; return whether it was taken."""
        self._withdraw_what_is_over(event)
        alert = alert_of(event, self._store)
        if self._is_in_front():
            if alert is not None:
                self._kept_back.discard(alert.endpoint_id)
            return False
        if alert is not None and alert.fact is Fact.DOWN:
            if self._is_quiet():
                self._silence(alert)
            else:
                self._tell_once(alert)
            return True
        if alert is not None:
            if alert.endpoint_id not in self._kept_back and not self._is_quiet():
                self._tell(alert)
            self._kept_back.discard(alert.endpoint_id)
            return True
        # The incident that comes with it speaks for it.
        return isinstance(event, StatusChanged) and Status.DOWN in {
            event.current_status,
            event.previous_status,
        }

    def on_quiet(self, until: object) -> None:
        """Tell what still holds, once alerts are no longer paused (None)."""
        if until is not None:
            return
        silenced, self._silenced = self._silenced, {}
        held = [alert for alert in silenced.values() if self._holds(alert)]
        self._kept_back.difference_update(silenced)
        if held and not self._is_in_front():
            for alert in held:
                self._told_at[alert.endpoint_id] = time.monotonic()
            self._gathered += held
            self._tasks.spawn(self._tell_gathered(0), "alerts after a pause")

    def say(self, title: str, body: str) -> None:
        """Tell something that is no alert; a click opens the window."""
        words = Notification(title, body, urgent=False, on_click=lambda: self._open(""))
        self._tasks.spawn(self._port.send(words), "notification")

    def try_out(self, answer: Callable[[str], None]) -> None:
        """Send a notification for the user to see, paused or not; answer what came of it."""
        self._tasks.spawn(try_out(self._port, lambda: self._open(""), answer), "test notification")

    def _withdraw_what_is_over(self, event: StateEvent) -> None:
        if isinstance(event, IncidentResolved) or (
            isinstance(event, IncidentUpdated) and event.acknowledged_at is not None
        ):
            self._silenced.pop(event.endpoint_id, None)
            self._notices.over(event.endpoint_id)

    def _silence(self, alert: Alert) -> None:
        self._silenced[alert.endpoint_id] = alert
        self._kept_back.add(alert.endpoint_id)

    def _tell_once(self, alert: Alert) -> None:
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

    async def _tell_again(self, alert: Alert, delay_s: float) -> None:
        await asyncio.sleep(delay_s)
        self._due_again.discard(alert.endpoint_id)
        if not self._holds(alert):
            return
        if self._is_quiet():
            self._silence(alert)
            return
        self._kept_back.discard(alert.endpoint_id)
        if not self._is_in_front():
            self._told_at[alert.endpoint_id] = time.monotonic()
            self._tell(alert)

    def _holds(self, alert: Alert) -> bool:
        record = self._store.records.get(alert.endpoint_id)
        if record is None or record.is_paused:
            return False
        healthy = record.status in {Status.UP, Status.DEGRADED}
        return healthy if alert.fact is Fact.RECOVERED else record.status is Status.DOWN

    def _tell(self, alert: Alert) -> None:
        now = time.monotonic()
        self._forget_before(now - self._patience.storm_s)
        if self._gathered or len(self._recent) >= self._patience.storm_size or self._joins(alert):
            self._gathered.append(alert)
            if alert.fact is Fact.DOWN:
                self._kept_back.add(alert.endpoint_id)
            if len(self._gathered) == 1:
                wait_s = self._recent[0][0] + self._patience.storm_s - now if self._recent else 0
                self._tasks.spawn(self._tell_gathered(wait_s), "gathered alerts")
            return
        self._recent.append((now, alert))
        self._notices.tell((alert,))

    def _forget_before(self, at_s: float) -> None:
        while self._recent and self._recent[0][0] <= at_s:
            self._recent.popleft()

    def _joins(self, alert: Alert) -> bool:
        """Return whether an alert shares a cause with one that was told just now."""
        return any(
            told.fact is alert.fact
            and told.endpoint_id != alert.endpoint_id
            and common_cause((told.affected, alert.affected))
            for _, told in self._recent
        )

    async def _tell_gathered(self, wait_s: float) -> None:
        """Tell what was gathered, together with what was told before and has the same cause."""
        await asyncio.sleep(wait_s)
        gathered, self._gathered = self._gathered, []
        if self._is_quiet():
            for alert in gathered:
                if alert.fact is Fact.DOWN and self._holds(alert):
                    self._silence(alert)
            return
        # The first of them was told that long ago, and its notification is to be replaced.
        self._forget_before(time.monotonic() - 2 * self._patience.storm_s)
        told = [alert for _, alert in self._recent]
        for fact in Fact:
            latest = {
                alert.endpoint_id: alert
                for alert in (*told, *gathered)
                if alert.fact is fact and self._holds(alert)
            }
            self._tell_by_cause(tuple(latest.values()), gathered)

    def _tell_by_cause(self, alerts: tuple[Alert, ...], fresh: list[Alert]) -> None:
        for cause, places in by_cause([alert.affected for alert in alerts]):
            members = tuple(alerts[place] for place in places)
            if cause is None:
                members = tuple(alert for alert in members if alert in fresh)
            if not any(alert in fresh for alert in members):
                continue
            self._kept_back.difference_update(alert.endpoint_id for alert in members)
            self._recent.append((time.monotonic(), members[0]))
            self._notices.tell(members, cause)
