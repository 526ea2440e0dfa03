"""The radio: Socket.IO clients come in by token, choose rooms, and hear what is stored.

What it tells comes from the bus, by way of :mod:`backend.realtime.emitting`; what it shows comes
from the archive. Knows nothing of checks.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

import socketio
import structlog
from socketio.exceptions import ConnectionRefusedError as Refused

from backend.contract.events import Subscribed
from backend.contract.vocabulary import Call
from backend.contract.wire import Message, Written
from backend.doorkeeper import Doorkeeper, peer_of
from backend.engine.bus import Bus
from backend.engine.clock import Clock
from backend.engine.monitors import Monitors
from backend.engine.storing import Storing
from backend.realtime.calls import (
    READING,
    CallRefused,
    Code,
    Subscribe,
    SubscribeAll,
    SubscribeEndpoint,
    Sync,
    read,
)
from backend.realtime.emitting import ALL, BATCHED, STATE, Emitting, room_of
from backend.realtime.parcels import Parcels
from backend.realtime.replay import Replay, written
from backend.realtime.strangers import Strangers
from backend.storage.archive import Archive
from backend.storage.written import WrittenSnapshot

PING_S: Final = 4
MESSAGE_BYTES: Final = 1_000_000

Answer = tuple[dict[str, Any] | None, dict[str, Any] | Written | None]
"""What a client's callback is called with: ``(error, result)``."""

Handler = Callable[[str, tuple[object, ...]], Awaitable[Message | Written]]

log = structlog.stdlib.get_logger(__name__)


class Gateway:
    """Everything about Socket.IO; ``server`` is what is put into the ASGI app."""

    def __init__(
        self,
        *,
        doorkeeper: Doorkeeper,
        archive: Archive,
        monitors: Monitors,
        bus: Bus,
        clock: Clock,
        storing: Storing,
        reading: frozenset[Call] = READING,
    ) -> None:
        """Prepare the server; events are collected from now on, and emitted by :meth:`run`.

        Args:
            doorkeeper: says who may come in.
            archive: what is shown comes from it.
            monitors: the endpoints there are.
            bus: what is told comes from it.
            clock: tells the time.
            storing: knows whether the archive takes what happens.
            reading: the calls that a token may make that may only read.
        """
        # The guard decides about origins for all of this server: no list here, and no headers.
        self.server = socketio.AsyncServer(
            async_mode="asgi",
            cors_allowed_origins=[],
            ping_interval=PING_S,
            ping_timeout=PING_S,
            max_http_buffer_size=MESSAGE_BYTES,
            serializer=Parcels(),
        )
        self._doorkeeper = doorkeeper
        self._strangers = Strangers(self.server, doorkeeper)
        self._monitors, self._reading = monitors, reading
        self._storing = storing
        self._replay = Replay(
            archive=archive, clock=clock, monitors=monitors, stores=lambda: storing.trouble is None
        )
        self._emitting = Emitting(self.server)
        bus.subscribe(self._emitting.collect)
        self._answer_calls()

    async def run(self) -> None:
        """Emit what is collected, in its order, and keep the door, until cancelled."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._strangers.watch(), name="the watch over strangers")
                group.create_task(self._strangers.watch_guests(), name="the watch over guests")
                group.create_task(self._emitting.run(), name="the emitting")
        finally:
            await self.server.shutdown()

    def _answer_calls(self) -> None:
        handlers: dict[Call, Handler] = {
            Call.SUBSCRIBE_ALL: self._subscribe_all,
            Call.UNSUBSCRIBE_ALL: self._unsubscribe_all,
            Call.SUBSCRIBE_ENDPOINT: self._subscribe_endpoint,
            Call.UNSUBSCRIBE_ENDPOINT: self._unsubscribe_endpoint,
            Call.SUBSCRIBE_STATE: self._subscribe_state,
            Call.SYNC: self._sync,
        }
        self.server.on("connect", self._connect)
        for call, handler in handlers.items():
            self.server.on(call.value, _acknowledged(call.value, self._allowed(call, handler)))
        self.server.on("disconnect", _unknown)  # also an event that a client may send
        self.server.on("*", _unknown)

    async def _connect(self, sid: str, environ: object = None, *given: object) -> Answer | None:
        if environ is not self.server.get_environ(sid):
            # An event of that name, sent by a client: the library hands it to this handler too.
            return await _unknown()
        auth = given[0] if given else None
        token = auth.get("token") if isinstance(auth, dict) else None
        peer = peer_of(environ["asgi.scope"].get("client")) if isinstance(environ, dict) else ""
        if not isinstance(token, str):
            self._doorkeeper.tell("/socket.io", "no token", peer)
            raise Refused("unauthorized")
        holder = self._doorkeeper.holder_of(token.encode(errors="replace"))
        if holder is None:
            self._doorkeeper.tell("/socket.io", "a wrong token", peer)
            await self._doorkeeper.slow_down(peer)
            raise Refused("unauthorized")
        self._strangers.let_in(self._line_of(sid), holder)
        self._emitting.tell(sid, "connected", {"clientId": sid, "scope": holder.scope.value})
        return None

    def _line_of(self, sid: str) -> str:
        """Return the transport beneath a client."""
        return str(self.server.manager.eio_sid_from_sid(sid, "/"))

    def _allowed(self, call: Call, handler: Handler) -> Handler:
        """Return a handler that refuses who may only read, where a call does more than that."""
        if call in self._reading:
            return handler

        async def refuse_or_do(sid: str, given: tuple[object, ...]) -> Message | Written:
            guest = self._strangers.guest(self._line_of(sid))
            if guest is None or not guest.may_write:
                raise CallRefused(Code.FORBIDDEN, "this token may only read")
            return await handler(sid, given)

        return refuse_or_do

    async def _subscribe_all(self, sid: str, given: tuple[object, ...]) -> Message | Written:
        asked = read(SubscribeAll, given)
        room, other = (BATCHED, ALL) if asked.batch else (ALL, BATCHED)
        await self.server.leave_room(sid, other)
        return await self._subscribe(sid, room, asked)

    async def _subscribe_state(self, sid: str, given: tuple[object, ...]) -> Message | Written:
        subscribed = await self._subscribe(sid, STATE, read(Subscribe, given))
        now = self._storing.now()
        self._emitting.tell(sid, now.event.value, now.to_wire())
        return subscribed

    async def _subscribe_endpoint(self, sid: str, given: tuple[object, ...]) -> Message | Written:
        asked = read(SubscribeEndpoint, given)
        endpoint_id = str(asked.endpoint_id)
        if endpoint_id not in self._monitors:
            raise CallRefused(Code.NOT_FOUND, f"there is no endpoint {endpoint_id}")
        return await self._subscribe(sid, room_of(endpoint_id), asked, endpoint_id)

    async def _subscribe(
        self, sid: str, room: str, asked: Subscribe, endpoint_id: str | None = None
    ) -> Subscribed | Written:
        # First the room, then the snapshot: what happens in between is heard twice, never not.
        try:
            await self.server.enter_room(sid, room)
        except (KeyError, ValueError):
            raise CallRefused(Code.BAD_REQUEST, "not connected any more") from None
        if not asked.snapshot:
            return Subscribed(subscribed=True)
        if endpoint_id is None:
            snapshot = await self._replay.present(compact=asked.compact, packed=asked.packed)
        else:
            snapshot = await self._replay.snapshot(endpoint_id, compact=asked.compact)
        if isinstance(snapshot, WrittenSnapshot):
            return Written(f'{{"subscribed":true,"snapshot":{snapshot.text}}}')
        return await written(lambda: Subscribed(subscribed=True, snapshot=snapshot))

    async def _unsubscribe_all(self, sid: str, given: tuple[object, ...]) -> Message:
        read(Subscribe, given)
        for room in (ALL, BATCHED):
            await self.server.leave_room(sid, room)
        return Subscribed(subscribed=False)

    async def _unsubscribe_endpoint(self, sid: str, given: tuple[object, ...]) -> Message:
        asked = read(SubscribeEndpoint, given)
        await self.server.leave_room(sid, room_of(str(asked.endpoint_id)))
        return Subscribed(subscribed=False)

    async def _sync(self, _sid: str, given: tuple[object, ...]) -> Message | Written:
        asked = read(Sync, given)
        return await self._replay.since(
            asked.since, asked.epoch, compact=asked.compact, packed=asked.packed
        )


def _acknowledged(name: str, handler: Handler) -> Callable[..., Awaitable[Answer]]:
    """Return a handler that always answers: an exception would leave the caller waiting."""

    async def answer(sid: str, *given: object) -> Answer:
        try:
            said = await handler(sid, given)
            return None, said if isinstance(said, Written) else said.to_wire()
        except CallRefused as refused:
            return _error(refused.code, refused.message), None
        except Exception:
            log.exception("a call failed", call=name)
            return _error(Code.INTERNAL, "internal error"), None

    return answer


async def _unknown(*_given: object) -> Answer:
    # What comes first is the name, but for a call that is itself named "*".
    return _error(Code.UNKNOWN_EVENT, "there is no such call"), None


def _error(code: Code, message: str) -> dict[str, Any]:
    return {"code": code.value, "message": message}
