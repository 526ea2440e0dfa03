"""What a client that comes or comes back is shown: the present state, or what it missed.

Called by the gateway for subscriptions that ask for a snapshot, and for ``sync``.
"""

from typing import Final

from pydantic import TypeAdapter
from pydantic.types import JsonValue

from backend.contract.events import Missed, Resync, StateEvent, StoredEvent
from backend.contract.resources import Snapshot
from backend.engine.clock import Clock
from backend.storage.archive import Archive

CHECKS_OF_ONE: Final = 100
"""How many of the last checks the snapshot of a single endpoint carries."""

_JSON_OBJECT = TypeAdapter(dict[str, JsonValue])


class Replay:
    """Looks into the archive for what a client has not seen. Raises ArchiveError."""

    def __init__(self, *, archive: Archive, clock: Clock) -> None:
        self._archive = archive
        self._clock = clock

    async def snapshot(self, endpoint_id: str | None = None) -> Snapshot:
        """Return how all endpoints stand now, or one of them with more of its last checks."""
        now_ms = self._clock.wall_ms()
        if endpoint_id is None:
            return await self._archive.snapshot(now_ms=now_ms)
        return await self._archive.snapshot(
            now_ms=now_ms, checks_per_endpoint=CHECKS_OF_ONE, endpoint_id=endpoint_id
        )

    async def since(self, seq: int, epoch: str | None) -> Missed | Resync:
        """Return what came after the event with that number.

        Args:
            seq: the number of the last event the client has.
            epoch: which database that number is of; another one's says nothing here.
        """
        missed = await self._archive.events_since(seq) if epoch == self._archive.epoch else None
        if missed is None:
            snapshot = await self.snapshot()
            return Resync(seq=snapshot.seq, epoch=snapshot.epoch, snapshot=snapshot)
        return Missed(
            seq=missed[-1].seq if missed else seq,
            epoch=self._archive.epoch,
            events=tuple(_stored(event) for event in missed),
        )


def _stored(event: StateEvent) -> StoredEvent:
    return StoredEvent(event=event.event, data=_JSON_OBJECT.validate_python(event.to_wire()))
