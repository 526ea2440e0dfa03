"""Says in the window what happened: one toast for each fact of the contract's table.

Fed with every live state event that the notifier does not tell outside the window, and by other
presenters with what they have to say. UNKNOWN -> UP for the first time is told to nobody. In a
storm of events only the first ones become toasts, the others are counted under them.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from app.presenters.notices import lasted
from app.presenters.toast_groups import ToastGroups
from app.services.failures import RestFailure, Unreachable
from app.state.store import Store
from backend.contract.events import (
    IncidentResolved,
    IncidentStarted,
    NetworkChanged,
    StateEvent,
    StatusChanged,
)
from backend.contract.vocabulary import Resolution, Status
from widgets import incident_phrases, phrases, refusals
from widgets.toast import Action, Kind, Toast
from widgets.toast_stack import LIFE_MS, MOST, ToastStack

_KINDS: dict[Status, Kind] = {
    Status.UP: "success",
    Status.DOWN: "error",
    Status.DEGRADED: "warning",
}


class ToastsPresenter:
    """Shows toasts.

    Args:
        stack: Where they appear.
        store: Knows an endpoint's present name.
        open_endpoint: What the action of a toast does.
        now: A monotonic clock in seconds.
        acknowledge: What the second action of an outage's toast does, with the endpoint's id.
    """

    def __init__(
        self,
        stack: ToastStack,
        store: Store,
        open_endpoint: Callable[[str], None],
        now: Callable[[], float] = time.monotonic,
        acknowledge: Callable[[str], None] | None = None,
    ) -> None:
        self._stack, self._store, self._open = stack, store, open_endpoint
        self._acknowledge = acknowledge
        self._now = now
        self._recent: deque[float] = deque(maxlen=MOST)
        self._groups = ToastGroups(store, now)

    def on_event(self, event: StateEvent) -> None:
        """Show what the contract's table has for an event."""
        found = toast_of(event)
        if found is None:
            return
        group = self._groups.group_of(event)
        if group is not None:
            self._stack.show_group(group.key, group.toast)
            return
        if self._is_storm():
            self._stack.count_unshown()
            return
        endpoint_id = getattr(event, "endpoint_id", "")
        about = (endpoint_id,) if endpoint_id in self._store.records else ()
        self._stack.show_toast(replace(found, actions=self._actions(event), about=about))

    def _actions(self, event: StateEvent) -> tuple[Action, ...]:
        """Return what can be done about an event: open its endpoint, acknowledge its outage."""
        endpoint_id = getattr(event, "endpoint_id", "")
        if endpoint_id not in self._store.records:
            return ()
        words = QCoreApplication.translate("presenters", "Open")
        opening: Action = (words, lambda: self._open(endpoint_id))
        acknowledge = self._acknowledge
        if acknowledge is None or not _tells_an_outage(event):
            return (opening,)
        words = QCoreApplication.translate("presenters", "Acknowledge")
        return opening, (words, lambda: acknowledge(endpoint_id))

    def _is_storm(self) -> bool:
        """Note that an event is told; return whether as many as fit were within a toast's life."""
        now = self._now()
        if len(self._recent) == MOST and now - self._recent[0] < LIFE_MS / 1000:
            return True
        self._recent.append(now)
        return False

    def subscription_failed(self) -> None:
        """Say that a page does not get its checks."""
        self._stack.show_toast(Toast("error", phrases.toast_subscription_failed()))

    def command_failed(self, what: str, failure: RestFailure) -> None:
        """Say that a command was not carried out, and why."""
        self._stack.show_toast(Toast("error", what, why(failure)))

    def say(self, kind: Kind, title: str, detail: str = "") -> None:
        """Say something else."""
        self._stack.show_toast(Toast(kind, title, detail))

    def offer(self, title: str, action: str, act: Callable[[], None], left_out: str = "") -> None:
        """Say what was done, what of it could not be, and offer one way back."""
        kind: Kind = "warning" if left_out else "info"
        self._stack.show_toast(Toast(kind, title, left_out, ((action, act),), can_undo=True))

    def report_written(self, name: str, open_folder: Callable[[], None]) -> None:
        """Say that something broke, and offer to show where the report on it is."""
        translate = QCoreApplication.translate
        title = translate("presenters", "Something unexpected happened in Vigil")
        detail = translate("presenters", "It is written down in {file}.").format(file=name)
        self.stay("warning", title, detail, (translate("presenters", "Open folder"), open_folder))

    def stay(
        self, kind: Kind, title: str, detail: str, action: tuple[str, Callable[[], None]]
    ) -> None:
        """Say something that there must be time to act upon."""
        self._stack.show_toast(Toast(kind, title, detail, (action,), stays=True))


def toast_of(event: StateEvent) -> Toast | None:
    """Return the toast of an event, None for events that are told to nobody."""
    match event:
        case StatusChanged():
            return _toast_of_status(event)
        case IncidentStarted():
            detail = QCoreApplication.translate("presenters", "Failing since {time}").format(
                time=phrases.clock_seconds(event.started_at)
            )
            return Toast("error", phrases.toast_incident_started(event.endpoint_name), detail)
        case IncidentResolved(reason=Resolution.RECOVERED):
            return Toast(
                "success",
                phrases.toast_incident_resolved(event.endpoint_name),
                lasted(event.duration),
            )
        case NetworkChanged(online=True, offline_since=datetime() as offline_since):
            gone = (event.since - offline_since).total_seconds()
            return Toast(
                "info",
                QCoreApplication.translate("presenters", "Online again"),
                incident_phrases.offline_for(gone),
            )
        case _:
            return None


def _tells_an_outage(event: StateEvent) -> bool:
    match event:
        case IncidentStarted():
            return True
        case StatusChanged():
            return event.current_status is Status.DOWN
        case _:
            return False


def why(failure: RestFailure) -> str:
    """Return the reason of a failed command as one sentence."""
    if isinstance(failure, Unreachable):
        return QCoreApplication.translate(
            "presenters", "There is no connection right now. Nothing was changed."
        )
    return "; ".join(refusals.in_words(message) for message in failure.messages)


def _toast_of_status(event: StatusChanged) -> Toast | None:
    status = event.current_status
    first_time_up = event.previous_status is Status.UNKNOWN and status is Status.UP
    if first_time_up or status is Status.UNKNOWN:
        return None
    detail = (
        phrases.failure_words(event.error_message)
        if status is Status.DOWN
        else phrases.latency(event.response_time)
    )
    title = phrases.toast_status(status, event.endpoint_name)
    return Toast(_KINDS[status], title, detail)
