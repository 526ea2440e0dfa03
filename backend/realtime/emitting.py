"""What is on its way to clients: in order, written once per event, bursts in one frame who asked.

Used by the gateway, which decides who is in which room. Takes events from the bus at once and
sends them from one task, so that a slow line never holds up the pipeline. No timer is waited for:
a frame holds what came while the task had no turn, so the first check of a quiet moment goes alone.
"""

import asyncio
import json
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import socketio
import structlog
from engineio.packet import MESSAGE, Packet
from socketio.packet import EVENT

from backend.contract.events import CheckCompleted, Event, NetworkChanged, StorageChanged
from backend.contract.vocabulary import CHECKS_COMPLETED, EventName
from backend.realtime.written import Writing

ALL: Final = "all-endpoints"
BATCHED: Final = "all-endpoints, batched"
"""Like :data:`ALL`; but checks that come together are one frame, and come in it alone."""

STATE: Final = "state"
QUEUED_EVENTS: Final = 10_000
"""Beyond this, checks are left out: they are a stream, and the next snapshot has them."""

CHECKS_A_FRAME: Final = 100
_SENT_IN_A_ROW: Final = 50
"""After so many frames everything else on the loop has a turn."""

log = structlog.stdlib.get_logger(__name__)


def room_of(endpoint_id: str) -> str:
    """Return the room of one endpoint."""
    return f"endpoint:{endpoint_id}"


def rooms_for(event: Event) -> list[str]:
    """Return the rooms an event is for that is not a check."""
    if isinstance(event, NetworkChanged | StorageChanged):
        return [ALL, BATCHED, STATE]
    return [ALL, BATCHED, room_of(event.endpoint_id), STATE]


@dataclass(frozen=True, slots=True)
class _Word:
    """Something for one client alone."""

    name: str
    data: dict[str, Any]
    sid: str


class Emitting:
    """The way out of a Socket.IO server."""

    def __init__(self, server: socketio.AsyncServer) -> None:
        self._server = server
        self._text_of = Writing().text_of
        self._outbox: deque[Event | _Word] = deque()
        self._filled = asyncio.Event()
        self._behind = False
        self._sent = 0

    def collect(self, event: Event) -> None:
        """Take an event for everybody whom it concerns."""
        behind = len(self._outbox) >= QUEUED_EVENTS
        if behind is not self._behind:
            self._behind = behind
            log.warning("clients fall behind, checks are left out" if behind else "caught up")
        if not (behind and isinstance(event, CheckCompleted)):
            self._put(event)

    def tell(self, sid: str, name: str, data: dict[str, Any]) -> None:
        """Take something for one client, behind all that was taken before."""
        self._put(_Word(name, data, sid))

    async def run(self) -> None:
        """Send what is taken, in its order, until cancelled."""
        while True:
            await self._filled.wait()
            self._filled.clear()
            while self._outbox:
                match self._outbox[0]:
                    case CheckCompleted():
                        await self._send_checks()
                    case _Word(name, data, sid):
                        self._outbox.popleft()
                        await self._send(name, json.dumps(data), self._clients([sid]).values())
                    case event:
                        self._outbox.popleft()
                        clients = self._clients(rooms_for(event))
                        if clients:
                            await self._send(
                                event.event.value, self._text_of(event), clients.values()
                            )
                if self._sent >= _SENT_IN_A_ROW:
                    self._sent = 0
                    await asyncio.sleep(0)

    async def _send_checks(self) -> None:
        """Send the checks that come next: one by one, and in one frame to who wants that.

        All of them without letting anybody else have a turn: who is in which room is asked once.
        """
        batched = self._clients([BATCHED])
        alone = [line for sid, line in self._clients([ALL]).items() if sid not in batched]
        there = self._server.manager.rooms.get("/", ())
        frame: list[str] = []
        while self._outbox and len(frame) < CHECKS_A_FRAME and self._sent < _SENT_IN_A_ROW:
            event = self._outbox[0]
            if not isinstance(event, CheckCompleted):
                break
            self._outbox.popleft()
            room, lines = room_of(event.endpoint_id), alone
            if room in there:
                asked = self._clients([ALL, room])
                lines = [line for sid, line in asked.items() if sid not in batched]
            if lines or batched:
                frame.append(self._text_of(event))
            if lines:
                await self._send(event.event.value, frame[-1], lines)
        if len(frame) > 1:
            await self._send(CHECKS_COMPLETED, f"[{','.join(frame)}]", batched.values())
        elif frame:
            await self._send(EventName.CHECK_COMPLETED.value, frame[0], batched.values())

    def _clients(self, rooms: list[str]) -> dict[str, str]:
        """Return who is in any of some rooms, each once, and its line."""
        manager = self._server.manager
        there = manager.rooms.get("/", ())  # in most rooms of endpoints is nobody
        peopled = [room for room in rooms if room in there]
        return dict(manager.get_participants("/", peopled)) if peopled else {}

    async def _send(self, name: str, text: str, lines: Iterable[str]) -> None:
        """Send one event over some lines: its name, and what it tells as JSON, written once."""
        lines = list(lines)
        if not lines:
            return
        try:
            # As the library would write it, which first looks through all values for binary ones.
            packet = Packet(MESSAGE, f'{EVENT}["{name}",{text}]')
            for line in lines:
                await self._server.eio.send_packet(line, packet)
        except Exception:
            log.exception("an event could not be emitted", told=name)
        self._sent += len(lines)

    def _put(self, news: Event | _Word) -> None:
        self._outbox.append(news)
        self._filled.set()
