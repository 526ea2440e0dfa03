"""Answers ``sync``: the events a client missed, or the whole state where they are gone.

Called by the gateway.
"""

from pydantic import TypeAdapter
from pydantic.types import JsonValue

from backend.contract.events import Missed, Resync, StateEvent, StoredEvent
from backend.engine.clock import Clock
from backend.storage.archive import Archive

_JSON_OBJECT = TypeAdapter(dict[str, JsonValue])


class Replay:
    """Looks into the archive for what a client has not seen."""

    def __init__(self, *, archive: Archive, clock: Clock) -> None:
        self._archive = archive
        self._clock = clock

    async def since(self, seq: int, epoch: str | None) -> Missed | Resync:
        """Return what came after the event with that number.

        Args:
            seq: the number of the last event the client has.
            epoch: which database that number is of; another one's says nothing here.
        """
        missed = await self._archive.events_since(seq) if epoch == self._archive.epoch else None
        if missed is None:
            snapshot = await self._archive.snapshot(now_ms=self._clock.wall_ms())
            return Resync(seq=snapshot.seq, epoch=snapshot.epoch, snapshot=snapshot)
        return Missed(
            seq=missed[-1].seq if missed else seq,
            epoch=self._archive.epoch,
            events=tuple(_stored(event) for event in missed),
        )


def _stored(event: StateEvent) -> StoredEvent:
    return StoredEvent(event=event.event, data=_JSON_OBJECT.validate_python(event.to_wire()))
