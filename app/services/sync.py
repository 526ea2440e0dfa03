"""Keeps the store in step with the backend: order, gaps, reconnects.

Events are hints, the archive is the truth: while the two are brought in step, what arrives is
queued; then the queue is replayed. Fed by the feed, called by the link and by subscriptions;
the only writer of the store. Knows no Socket.IO library.
"""

import asyncio
import logging
import time
from collections import deque
from dataclasses import dataclass

from pydantic import ValidationError

from app.services.messages import listed, parsed, parts_of, read_answer, read_snapshot, records_of
from app.services.subscriptions import SMALL, Caller, CallError
from app.state.change import Change
from app.state.record import EndpointRecord
from app.state.store import Store
from app.tasks import Listeners, TaskOwner
from backend.contract.events import (
    CheckCompleted,
    EndpointCreated,
    LastingEvent,
    Missed,
    Resync,
    StateEvent,
    StorageChanged,
    Subscribed,
    parse_event,
)
from backend.contract.resources import CheckResults, Snapshot
from backend.contract.vocabulary import CHECKS_COMPLETED, UNSTORED, Call, EventName

_FORETOLD = 1000

log = logging.getLogger(__name__)

EARLY = 100
"""Of how many checks it is remembered that they came before their endpoint was told of."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event, each once and in order.

    Attributes:
        event: what happened.
        is_live: it happened just now; otherwise while the line was cut, and is told afterwards.
    """

    event: LastingEvent
    is_live: bool


class Sync:
    """The store's synchroniser.

    Attributes:
        changed: told every change of the store, right after it was made.
        told: told every event after its change; snapshots bring changes only.
        storage: told whether the backend can store, on every connection and every change.
        broken: told the reason when the connection is of no use and should be dropped.
        gaps: how often something was missing since the start.

    Args:
        tasks: owns the closing of gaps.
        store: what is kept in step.
        tries: how often a call is made before it has failed.
    """

    def __init__(self, tasks: TaskOwner, store: Store, tries: int = 3) -> None:
        self.changed: Listeners[[Change]] = Listeners()
        self.told: Listeners[[Told]] = Listeners()
        self.storage: Listeners[[StorageChanged]] = Listeners()
        self.broken: Listeners[[str]] = Listeners()
        self.gaps = 0
        self._tasks = tasks
        self._store = store
        self._tries = tries
        self._caller: Caller | None = None
        self._told_seq = 0
        self._early: deque[CheckCompleted] = deque(maxlen=EARLY)
        # While it is a list, events wait in it for the answer that brings us in step.
        self._queue: list[LastingEvent] | None = []
        # Told before they could be stored; they come again, and are no news then.
        self._foretold: deque[LastingEvent] = deque(maxlen=_FORETOLD)
        # Otherwise what the archive has is not all there is, and may not even come to be.
        self._is_stored = True

    async def settle(self, caller: Caller) -> None:
        """Bring the store in step over a fresh connection.

        Raises:
            CallError: it was not possible; the connection is of no use.
        """
        self._caller, self._queue = caller, []
        was_stored = self._is_stored
        if is_known := self._store.epoch is not None:
            await self._call(caller, Call.SUBSCRIBE_STATE)
            await self._catch_up(caller, is_live=False)
        if not (is_known and was_stored and self._is_stored):
            await self._start_anew(caller)
        self._replay()

    async def ping(self, caller: Caller) -> float:
        """Ask for what was missed and return how long that took, in ms.

        It finds the one loss that no gap shows: that of the last event.
        """
        start = time.perf_counter()
        answer = await caller.call(Call.SYNC, self._position())
        latency_ms = (time.perf_counter() - start) * 1000
        missed = await read_answer(answer)
        if isinstance(missed, Resync):
            self._close_gap("the backend's history was replaced")
        elif self._queue is None and not self._take_missed(missed, is_live=True):
            self._close_gap("a missed event could not be read")
        return latency_ms

    def receive(self, name: str, data: object) -> None:
        """Take an event as it arrived, or a burst of checks."""
        if name == CHECKS_COMPLETED:
            read = [parsed(EventName.CHECK_COMPLETED, each) for each in listed(data)]
            self.take_burst([each for each in read if isinstance(each, CheckCompleted)])
        elif isinstance(event := parsed(name, data), StorageChanged):
            self._is_stored = event.trouble is None
            self.storage.tell(event)
        elif event is not None:
            self._take(event)

    def take_burst(self, checks: list[CheckCompleted]) -> None:
        """Take checks that came together as one change of the store; ``told`` hears each."""
        if self._queue is not None:
            self._queue += checks
            return
        records = self._store.records
        self._early += [check for check in checks if check.endpoint_id not in records]
        self._tell_change(self._store.take_checks(checks))
        for check in checks:
            self.told.tell(Told(check, is_live=True))

    def lost(self) -> None:
        """The connection is gone; what still arrives of it waits for the next answer."""
        self._caller, self._queue = None, []

    async def take_subscribed(self, answer: object) -> None:
        """Take the state that a page's subscription brought."""
        try:
            subscribed = await read_snapshot(Subscribed.model_validate, answer)
        except ValidationError as error:
            raise CallError(f"the answer to a subscription cannot be read: {error}") from error
        if subscribed.snapshot is not None:
            for part in parts_of(subscribed.snapshot):
                self._tell_change(self._store.merge(part, records_of(part)))
                await asyncio.sleep(0)

    def take_history(self, results: CheckResults) -> None:
        """Take a longer history of an endpoint's checks."""
        self._tell_change(self._store.deepen(results))

    def _take(self, event: LastingEvent) -> None:
        if self._queue is not None:
            self._queue.append(event)
        elif isinstance(event, CheckCompleted) or event.seq in (UNSTORED, self._told_seq + 1):
            self._deliver(event, is_live=True)
        elif event.seq > self._told_seq:
            self._close_gap(f"events {self._told_seq + 1} to {event.seq - 1} are missing")
            self._take(event)

    def _deliver(self, event: LastingEvent, *, is_live: bool) -> None:
        is_news = isinstance(event, CheckCompleted) or self._note(event)
        if isinstance(event, CheckCompleted) and event.endpoint_id not in self._store.records:
            self._early.append(event)
        self._tell_change(self._store.apply(event))
        if is_news:
            self.told.tell(Told(event, is_live))
        if isinstance(event, EndpointCreated):
            self._take_early(event.endpoint_id)

    def _note(self, event: StateEvent) -> bool:
        """Note the number of an event; return whether it was not told before it had one."""
        if event.seq == UNSTORED:
            self._foretold.append(event)
            return True
        self._told_seq = event.seq
        plain = event.model_copy(update={"seq": UNSTORED})
        if plain not in self._foretold:
            return True
        self._foretold.remove(plain)
        return False

    def _take_early(self, endpoint_id: str) -> None:
        for check in [it for it in self._early if it.endpoint_id == endpoint_id]:
            self._early.remove(check)
            self._tell_change(self._store.apply(check))

    def _tell_change(self, change: Change) -> None:
        if change:
            self.changed.tell(change)

    def _position(self) -> dict[str, object]:
        return {"since": self._told_seq, "epoch": self._store.epoch, **SMALL}

    def _close_gap(self, reason: str) -> None:
        if self._queue is not None or (caller := self._caller) is None:
            return
        log.info("asking the backend for what is missing: %s", reason)
        self.gaps += 1
        self._queue = []
        self._tasks.spawn(self._gap_closed(caller), "close a gap")

    async def _gap_closed(self, caller: Caller) -> None:
        try:
            await self._catch_up(caller, is_live=True)
        except CallError as error:
            if self._caller is caller:
                self.broken.tell(str(error))
            return
        self._replay()

    async def _catch_up(self, caller: Caller, *, is_live: bool) -> None:
        answer = await read_answer(await self._call(caller, Call.SYNC, self._position()))
        self._require(caller)
        if isinstance(answer, Resync):
            await self._replace(caller, answer.snapshot)
        elif not self._take_missed(answer, is_live=is_live):
            await self._start_anew(caller)

    async def _start_anew(self, caller: Caller) -> None:
        answer = await self._call(caller, Call.SUBSCRIBE_STATE, {"snapshot": True, **SMALL})
        try:
            subscribed = await read_snapshot(Subscribed.model_validate, answer)
        except ValidationError as error:
            raise CallError(f"the snapshot cannot be read: {error}") from error
        self._require(caller)
        if subscribed.snapshot is None:
            raise CallError("the backend sent no snapshot")
        await self._replace(caller, subscribed.snapshot)

    def _take_missed(self, answer: Missed, *, is_live: bool) -> bool:
        """Deliver what was missed; return whether all of it could be read."""
        try:
            events = [parse_event(each.event, each.data) for each in answer.events]
        except (KeyError, ValidationError) as error:
            log.warning("a missed event has not the contract's shape: %s", error)
            return False
        for event in events:
            if isinstance(event, StateEvent) and event.seq > self._told_seq:
                self._deliver(event, is_live=is_live)
        self._told_seq = max(self._told_seq, answer.seq)
        return True

    async def _replace(self, caller: Caller, snapshot: Snapshot) -> None:
        made: dict[str, EndpointRecord] = {}
        for part in parts_of(snapshot):
            made |= records_of(part)
            await asyncio.sleep(0)
        self._require(caller)
        self._told_seq = snapshot.seq
        self._tell_change(self._store.replace(snapshot, made))

    def _replay(self) -> None:
        queued, self._queue = self._queue or [], None
        for event in queued:
            self._take(event)

    def _require(self, caller: Caller) -> None:
        if self._caller is not caller:
            raise CallError("the connection was lost meanwhile")

    async def _call(
        self, caller: Caller, name: str, data: dict[str, object] | None = None
    ) -> object:
        for left in reversed(range(self._tries)):
            self._require(caller)
            try:
                return await caller.call(name, data)
            except CallError:
                if left == 0:
                    raise
        raise CallError(name)
