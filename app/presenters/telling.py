"""Hands everything the backend tells to those who say it: console, log page, notifier, toasts.

Fed by the composition root with each told event. What happened while the line was cut waits
until the store is in step, then is told as what holds. Nothing is told twice: what the notifier
takes is no toast.
"""

from collections.abc import Callable, Sequence

from app.presenters.afterwards import Afterwards
from app.presenters.notifier import Notifier
from app.presenters.toasts import ToastsPresenter
from app.services.sync import Told
from app.state.store import Store
from backend.contract.events import CheckCompleted, StateEvent


class Telling:
    """Who hears of a state event, and when.

    Args:
        store: Knows what holds after a cut.
        notifier: Asked first; tells outside the window.
        toasts: Tells in the window what the notifier leaves.
        witnesses: Hear every state event at once, missed or not.
    """

    def __init__(
        self,
        store: Store,
        notifier: Notifier,
        toasts: ToastsPresenter,
        witnesses: Sequence[Callable[[StateEvent], None]],
    ) -> None:
        self._notifier, self._toasts, self._witnesses = notifier, toasts, witnesses
        self._afterwards = Afterwards(store, toasts, self._tell)

    def on_told(self, told: Told) -> None:
        """Take an event; checks are no news."""
        event = told.event
        if isinstance(event, CheckCompleted):
            return
        for hear in self._witnesses:
            hear(event)
        if told.is_live:
            self._tell(event)
        else:
            self._afterwards.take(event)

    def in_step(self) -> None:
        """Tell what was missed, now that the store is in step."""
        self._afterwards.tell()

    def _tell(self, event: StateEvent) -> None:
        if not self._notifier.takes(event):
            self._toasts.on_event(event)
