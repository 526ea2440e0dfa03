"""Hears a backend's bus, and lets a test wait for what it expects to hear."""

from collections.abc import Callable
from typing import TypeVar

from backend.contract.events import Event
from backend.engine.bus import Bus
from tests.helpers.bell import Bell

Told = TypeVar("Told", bound=Event)


class EventSpy:
    """Collects every event that is published from its making on.

    Attributes:
        heard: all of them, in order.
    """

    def __init__(self, bus: Bus) -> None:
        self.heard: list[Event] = []
        self._bell = Bell()
        bus.subscribe(self._hear)

    def _hear(self, event: Event) -> None:
        self.heard.append(event)
        self._bell.ring()

    def of(self, kind: type[Told]) -> list[Told]:
        """Return what was heard of one kind."""
        return [event for event in self.heard if isinstance(event, kind)]

    def names(self) -> list[str]:
        """Return the names of all that was heard."""
        return [event.event.value for event in self.heard]

    async def wait_for(
        self,
        kind: type[Told],
        count: int = 1,
        matching: Callable[[Told], bool] = lambda _: True,
    ) -> Told:
        """Return the ``count``-th event of a kind that matches, heard already or to come."""

        def seen() -> list[Told]:
            return [event for event in self.of(kind) if matching(event)][count - 1 : count]

        what = f"{kind.__name__} number {count}"
        return (await self._bell.until(seen, what, 5, self.names))[0]
