"""What a client that comes or comes back is shown: the present state, or what it missed.

Called by the gateway for subscriptions that ask for a snapshot, and for ``sync``.
"""

import asyncio
import json
from collections.abc import Callable
from typing import Final

from pydantic import TypeAdapter
from pydantic.types import JsonValue

from backend.contract.events import Missed, Resync, StateEvent, StoredEvent
from backend.contract.resources import EndpointState, Snapshot
from backend.contract.vocabulary import RECENT_CHECKS
from backend.contract.wire import Message, Written
from backend.domain.views import endpoint_view, incident_view
from backend.engine.clock import Clock
from backend.engine.monitors import Monitors
from backend.storage.archive import Archive
from backend.storage.written import WrittenSnapshot

CHECKS_OF_ONE: Final = 100
"""How many of the last checks the snapshot of a single endpoint carries."""

FEW: Final = 20
"""So many missed events are written at once; more take their time in a thread."""

_JSON_OBJECT = TypeAdapter(dict[str, JsonValue])


class Replay:
    """Looks into the archive for what a client has not seen. Raises ArchiveError."""

    def __init__(
        self, *, archive: Archive, clock: Clock, monitors: Monitors, stores: Callable[[], bool]
    ) -> None:
        """Take what is looked at; ``stores`` says whether the archive knows all there is."""
        self._archive = archive
        self._clock = clock
        self._monitors = monitors
        self._stores = stores

    async def snapshot(self, endpoint_id: str | None = None, *, compact: bool = False) -> Snapshot:
        """Return how all endpoints stand now, or one of them with more of its last checks."""
        now_ms = self._clock.wall_ms()
        checks = RECENT_CHECKS if endpoint_id is None else CHECKS_OF_ONE
        snapshot = await self._archive.snapshot(
            now_ms=now_ms, checks_per_endpoint=checks, endpoint_id=endpoint_id, compact=compact
        )
        return snapshot if self._stores() else self._as_judged(snapshot)

    async def present(self, *, compact: bool, packed: bool = False) -> Snapshot | WrittenSnapshot:
        """Return how all endpoints stand now; written already, and packed, where that can be."""
        if compact and self._stores():
            written = await self._archive.written.snapshot(self._clock.wall_ms(), packed=packed)
            if self._stores():
                return written
        return await self.snapshot(compact=compact)

    def _as_judged(self, snapshot: Snapshot) -> Snapshot:
        """Return a snapshot with the standings that could not be stored."""
        incidents = {it.id: it for it in snapshot.incidents}
        for known in self._monitors:
            if known.incident is not None:
                open_one = incident_view(known.incident, known.endpoint.name)
                incidents[open_one.id] = open_one
        return snapshot.model_copy(
            update={
                "endpoints": tuple(self._judged(it) for it in snapshot.endpoints),
                "incidents": tuple(
                    sorted(incidents.values(), key=lambda it: it.started_at, reverse=True)
                ),
            }
        )

    def _judged(self, state: EndpointState) -> EndpointState:
        known = self._monitors.get(state.endpoint.id)
        if known is None:
            return state
        return state.model_copy(update={"endpoint": endpoint_view(known.endpoint, known.health)})

    async def since(
        self, seq: int, epoch: str | None, *, compact: bool = False, packed: bool = False
    ) -> Missed | Written:
        """Return what came after the event with that number.

        Args:
            seq: the number of the last event the client has.
            epoch: which database that number is of; another one's says nothing here.
            compact: how a snapshot is to show its checks.
            packed: the same.
        """
        missed = await self._archive.events_since(seq) if epoch == self._archive.epoch else None
        if missed is None:
            snapshot = await self.present(compact=compact, packed=packed)
            if isinstance(snapshot, WrittenSnapshot):
                head = f'{{"seq":{snapshot.seq},"epoch":{json.dumps(snapshot.epoch)},'
                return Written(f'{head}"snapshot":{snapshot.text}}}')
            seq, epoch = snapshot.seq, snapshot.epoch
            return await written(lambda: Resync(seq=seq, epoch=epoch, snapshot=snapshot))
        last, epoch = missed[-1].seq if missed else seq, self._archive.epoch

        def told() -> Missed:
            return Missed(seq=last, epoch=epoch, events=tuple(map(_stored, missed)))

        return told() if len(missed) <= FEW else await written(told)


async def written(make: Callable[[], Message]) -> Written:
    """Return a large message as text: to make it and to write it would stop the loop."""
    return Written(await asyncio.to_thread(lambda: make().to_text()))


def _stored(event: StateEvent) -> StoredEvent:
    return StoredEvent(event=event.event, data=_JSON_OBJECT.validate_python(event.to_wire()))
