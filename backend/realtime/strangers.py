"""Transports whose client has not shown a token, or one that is none any more: none is kept.

A transport is open before its client has said who it is. Until then it may do one thing, ask to
be let in, once and within seconds; else it is hung up on. Who was let in is a guest, until its
token is revoked. Who sends what is not Socket.IO is hung up on too, known or not. Used by the
gateway, which decides who is let in; stands between its server and the transports of Engine.IO.
"""

import asyncio
import re
from typing import Any, Final

import socketio
import structlog

from backend.doorkeeper import Doorkeeper, peer_of
from backend.storage.tokens import Holder

CONNECT_S: Final = 5.0
"""How long a transport may stay open before its client asks to be let in."""

STRANGERS: Final = 64
"""How many of one address may be open so; one more, and its longest-waiting is hung up on."""

_STRANGERS_IN_ALL: Final = 1024

REVOKED_S: Final = 1.0
"""How long a guest may stay after its token was revoked; while there is one, it is looked after."""

_CONNECT: Final = "0"
"""How a packet begins that asks to be let in."""

_CALL: Final = "2", "5"
_NAMED: Final = re.compile(r'[25](\d+-)?(/[^,]*,)?\d*\[\s*"')
"""How a call begins, without and with something binary: its name is a text."""

_UNREADABLE: Final = (AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What the library raises of a packet that it cannot read."""

log = structlog.stdlib.get_logger(__name__)


class Strangers:
    """Those who came and have not been let in yet."""

    def __init__(
        self, server: socketio.AsyncServer, doorkeeper: Doorkeeper, *, connect_s: float = CONNECT_S
    ) -> None:
        """Stand before a server: it hears nothing that does not pass here."""
        self._server = server
        self._inner = dict(server.eio.handlers)
        self._doorkeeper = doorkeeper
        self._connect_s = connect_s
        self._strangers: dict[str, tuple[float, str]] = {}
        self._guests: dict[str, Holder] = {}
        self._came, self._let_in = asyncio.Event(), asyncio.Event()
        server.eio.on("connect", self._came_in)
        server.eio.on("message", self._said)
        server.eio.on("disconnect", self._left)

    async def watch(self) -> None:
        """Hang up on whoever does not ask to be let in in time, until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            if not self._strangers:
                self._came.clear()
                await self._came.wait()
            # The first has waited longest: all are given the same time.
            longest, (until, _) = next(iter(self._strangers.items()))
            if (left_s := until - loop.time()) > 0:
                await asyncio.sleep(left_s)
            elif longest in self._strangers:
                await self._hang_up(longest, "never asked to be let in")

    def let_in(self, eio_sid: str, holder: Holder) -> None:
        """Keep the transport of a client that has shown a token."""
        if eio_sid in self._server.environ:  # else it has left meanwhile
            self._guests[eio_sid] = holder
            self._let_in.set()

    def guest(self, eio_sid: str) -> Holder | None:
        """Return who speaks over a transport."""
        return self._guests.get(eio_sid)

    async def watch_guests(self) -> None:
        """Hang up on those whose token was revoked, until cancelled; nobody there: it sleeps."""
        while self._doorkeeper.can_revoke:
            if not self._guests:
                self._let_in.clear()
                await self._let_in.wait()
            await asyncio.sleep(REVOKED_S)
            for eio_sid, holder in list(self._guests.items()):
                if not self._doorkeeper.still_knows(holder):
                    self._guests.pop(eio_sid, None)
                    await self._hang_up(eio_sid, f"the token {holder.name} was revoked")

    async def _came_in(self, eio_sid: str, environ: dict[str, Any]) -> None:
        await self._inner["connect"](eio_sid, environ)
        peer = peer_of(environ["asgi.scope"].get("client"))
        same = [it for it, (_, other) in self._strangers.items() if other == peer]
        if len(same) >= STRANGERS or len(self._strangers) >= _STRANGERS_IN_ALL:
            await self._hang_up(next(iter(same or self._strangers)), "one of too many")
        self._strangers[eio_sid] = (asyncio.get_running_loop().time() + self._connect_s, peer)
        self._came.set()

    async def _said(self, eio_sid: str, data: str | bytes) -> None:
        if eio_sid not in self._server.environ:
            return  # hung up on already
        stranger = self._strangers.pop(eio_sid, None) is not None
        if stranger and not (isinstance(data, str) and data.startswith(_CONNECT)):
            await self._hang_up(eio_sid, "spoke before it was let in")
            return
        try:
            if isinstance(data, str) and data.startswith(_CALL) and not _NAMED.match(data):
                raise ValueError("a call without a name")
            await self._inner["message"](eio_sid, data)
        except _UNREADABLE as error:
            log.warning("a client sent what is not Socket.IO", cause=type(error).__name__)
            await self._hang_up(eio_sid)
            return
        if stranger and not self._server.manager.sid_from_eio_sid(eio_sid, "/"):
            await self._hang_up(eio_sid)  # the gateway has said why

    async def _left(self, eio_sid: str, reason: str) -> None:
        self._strangers.pop(eio_sid, None)
        self._guests.pop(eio_sid, None)
        if reason == self._server.eio.reason.PING_TIMEOUT:
            log.info("a client did not answer a heartbeat in time: gone, or behind by that much")
        await self._inner["disconnect"](eio_sid, reason)

    async def _hang_up(self, eio_sid: str, why: str | None = None) -> None:
        self._strangers.pop(eio_sid, None)
        if why is not None:
            self._doorkeeper.tell("/socket.io", why)
        line = self._server.eio.sockets.get(eio_sid)
        if line is None:
            return
        # Not waiting: who polls no more would never fetch what it is told.
        await line.close(wait=False)
        await line.queue.put(None)  # ends the writer behind what is to be said still
        self._server.eio.sockets.pop(eio_sid, None)
