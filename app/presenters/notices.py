"""The native notifications of alerts: their words and buttons, and that they go when it is over.

The notifier decides what is told and when; this says it through the port and takes it away again
once all that it speaks of has ended or was acknowledged.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication

from app.host.notifications import Notification, Notifications
from app.state.store import Store
from app.tasks import TaskOwner
from backend.contract.causes import Affected, Cause
from backend.contract.events import (
    IncidentResolved,
    IncidentStarted,
    StateEvent,
    StatusChanged,
)
from backend.contract.vocabulary import Resolution, Status
from widgets import cause_phrases, phrases


class Fact(Enum):
    """What is worth telling to somebody who does not look."""

    DOWN = auto()
    RECOVERED = auto()


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to tell, and what is known of its endpoint."""

    fact: Fact
    endpoint_id: str
    incident_id: str
    name: str
    detail: str
    affected: Affected
    event: StateEvent


class Notices:
    """What stands outside the window.

    Args:
        port: Shows and withdraws.
        tasks: Owns that.
        open_endpoint: What a click does; "" opens the window only.
        acknowledge: What the second button of an outage does, with its incidents' ids.
        untold: Takes an event that nobody took.
    """

    def __init__(
        self,
        port: Notifications,
        tasks: TaskOwner,
        *,
        open_endpoint: Callable[[str], None],
        acknowledge: Callable[[list[str]], None],
        untold: Callable[[StateEvent], None],
    ) -> None:
        self._port, self._tasks = port, tasks
        self._open, self._acknowledge, self._untold = open_endpoint, acknowledge, untold
        self._standing: dict[str, set[str]] = {}

    def tell(self, alerts: tuple[Alert, ...], cause: Cause | None = None) -> None:
        """Tell one alert, or several in one notification that takes the place of theirs."""
        first = alerts[0]
        key = ""
        if first.fact is Fact.DOWN:
            for alert in alerts:
                self.over(alert.endpoint_id)
            key = first.incident_id
            self._standing[key] = {alert.endpoint_id for alert in alerts}
        self._tasks.spawn(self._send(alerts, cause, key), f"alert {first.fact.name.lower()}")

    def over(self, endpoint_id: str) -> None:
        """Withdraw what speaks of nothing but outages that are over, this endpoint's included."""
        for key in tuple(self._standing):
            members = self._standing[key]
            members.discard(endpoint_id)
            if not members:
                del self._standing[key]
                self._tasks.spawn(self._port.withdraw(key), "withdraw notification")

    async def _send(self, alerts: tuple[Alert, ...], cause: Cause | None, key: str) -> None:
        first = alerts[0]
        target = first.endpoint_id if len(alerts) == 1 else ""
        names = tuple(alert.name for alert in alerts)
        words = Notification(
            title_of(first.fact, names, cause),
            first.detail if len(alerts) == 1 else cause_phrases.listed(names),
            urgent=first.fact is Fact.DOWN,
            on_click=lambda: self._open(target),
            buttons=tuple(self._buttons(alerts, target)),
            key=key,
        )
        if not await self._port.send(words):
            self._standing.pop(key, None)
            for alert in alerts:
                self._untold(alert.event)

    def _buttons(
        self, alerts: tuple[Alert, ...], target: str
    ) -> Iterator[tuple[str, Callable[[], None]]]:
        yield QCoreApplication.translate("presenters", "Open"), lambda: self._open(target)
        if alerts[0].fact is Fact.DOWN:
            ids = [alert.incident_id for alert in alerts]
            words = QCoreApplication.translate("presenters", "Acknowledge")
            yield words, lambda: self._acknowledge(ids)


def lasted(duration_ms: int) -> str:
    """Return how long an outage was: "Was down for 2 min 10 s"."""
    return QCoreApplication.translate("presenters", "Was down for {span}").format(
        span=phrases.span(duration_ms / 1000)
    )


def title_of(fact: Fact, names: tuple[str, ...], cause: Cause | None = None) -> str:
    """Return the first line: the contract's words for one endpoint, count and cause for several."""
    if len(names) == 1:
        if fact is Fact.DOWN:
            return phrases.toast_status(Status.DOWN, names[0])
        return phrases.toast_incident_resolved(names[0])
    kind, subject = (None, "") if cause is None else (cause.kind, cause.subject)
    if fact is Fact.DOWN:
        return cause_phrases.down_together(len(names), kind, subject)
    return cause_phrases.recovered_together(len(names), kind, subject)


def alert_of(event: StateEvent, store: Store) -> Alert | None:
    """Return what an event gives to tell outside the window, if anything."""
    match event:
        case IncidentStarted():
            fact, detail = Fact.DOWN, phrases.failure_words(event.error_message)
            message = event.error_message
        case IncidentResolved(reason=Resolution.RECOVERED):
            fact, detail, message = Fact.RECOVERED, lasted(event.duration), None
        case _:
            return None
    affected = affected_by(store, event, message)
    name = event.endpoint_name
    return Alert(fact, event.endpoint_id, event.incident_id, name, detail, affected, event)


def affected_by(
    store: Store, event: StatusChanged | IncidentStarted | IncidentResolved, message: str | None
) -> Affected:
    """Return what the store and an event know of an endpoint that changed."""
    record = store.records.get(event.endpoint_id)
    if record is None:
        return Affected("", message, address=event.address)
    return Affected(record.view.url, message, record.view.tags, event.address)


async def try_out(
    port: Notifications, open_window: Callable[[], None], answer: Callable[[str], None]
) -> None:
    """Send a notification for the user to see; answer what came of it."""
    words = Notification(
        QCoreApplication.translate("presenters", "Vigil can reach you here"),
        QCoreApplication.translate("presenters", "This is how an outage will be told."),
        urgent=False,
        on_click=open_window,
    )
    if await port.send(words):
        answer(
            QCoreApplication.translate(
                "presenters",
                "Sent. If none appears, look whether this computer's own do-not-disturb is on.",
            )
        )
    else:
        answer(
            QCoreApplication.translate(
                "presenters",
                "This computer offers no notifications. Alerts are shown in the window.",
            )
        )
