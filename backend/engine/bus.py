"""The bus: whoever listens in this process hears every event, in the order it was stored.

The pipeline and the commands publish what the archive has numbered; the gateway listens. Knows no
listener by name.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog

from backend.contract.events import Event

Listener = Callable[[Event], None]

log = structlog.stdlib.get_logger(__name__)


class Bus:
    """Hands each event to every listener, one after another, at once."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with every event from now on; it must return quickly.

        Returns:
            what ends the subscription.
        """
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def publish(self, event: Event) -> None:
        """Tell an event that is stored. A listener that fails silences no other."""
        for listener in tuple(self._listeners):
            try:
                listener(event)
            except Exception:
                log.exception("a listener failed", told=event.event)

    @contextmanager
    def spy(self) -> Iterator[list[Event]]:
        """Collect what is published while the block runs; for tests."""
        heard: list[Event] = []
        unsubscribe = self.subscribe(heard.append)
        try:
            yield heard
        finally:
            unsubscribe()
