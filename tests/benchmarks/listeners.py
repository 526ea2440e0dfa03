"""Clients that only count the checks they are told of, and cost next to nothing meanwhile.

They read no JSON and no frame: what is measured is the server, not who hears it.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from tests.helpers.bell import Bell

_CHECK = b'"endpointId"'
_FRAME = b'42["check'
_PING = b"\x81\x01" + b"2"
_LONGEST = max(len(_CHECK), len(_FRAME), len(_PING))


class Listener(asyncio.Protocol):
    """Speaks as much WebSocket, Engine.IO and Socket.IO as it takes to be told of all checks.

    Attributes:
        heard: how many checks it was told of.
        frames: in how many frames.
        subscribed: done once the server has answered.
    """

    def __init__(self, host: str, token: str, asked: dict[str, object], bell: Bell) -> None:
        self._steps = [
            (b"\r\n\r\n", b""),
            (b"0{", _frame("40" + json.dumps({"token": token}))),
            (b"40{", _frame("420" + json.dumps(["subscribe:all", asked]))),
            (b"430[", b""),
        ]
        self._host, self._bell = host, bell
        self._tail = b""
        self.heard = 0
        self.frames = 0
        self.subscribed = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for a WebSocket; called by the loop."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(
            b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: "
            + self._host.encode()
            + b"\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )

    def data_received(self, data: bytes) -> None:
        """Subscribe step by step, then count; called by the loop."""
        seen = self._tail + data
        if self.subscribed.is_set():
            self._count(seen)
            return
        while self._steps and (at := seen.find(self._steps[0][0])) >= 0:
            awaited, answer = self._steps.pop(0)
            seen = seen[at + len(awaited) :]
            self._transport.write(answer)
        self._tail = seen
        if not self._steps:
            self.subscribed.set()

    def _count(self, seen: bytes) -> None:
        """Count what is new; what may go on in the next piece is kept, and not counted twice."""
        self.heard += seen.count(_CHECK) - self._tail.count(_CHECK)
        self.frames += seen.count(_FRAME) - self._tail.count(_FRAME)
        for _ in range(seen.count(_PING) - self._tail.count(_PING)):
            self._transport.write(_frame("3"))
        self._tail = seen[1 - _LONGEST :]
        self._bell.ring()

    def connection_lost(self, exc: Exception | None) -> None:
        """Let whoever waits look; called by the loop."""
        self._bell.ring()


def _frame(text: str) -> bytes:
    """Return a text frame of at most 125 bytes as clients send it, masked with zeros."""
    payload = text.encode()
    assert len(payload) <= 125
    return bytes([0x81, 0x80 | len(payload)]) + bytes(4) + payload


@asynccontextmanager
async def listening_clients(
    url: str, count: int, token: str, asked: dict[str, object], bell: Bell
) -> AsyncIterator[list[Listener]]:
    """Have so many clients listen, which asked so on subscribing."""
    place = urlsplit(url)
    loop = asyncio.get_running_loop()
    made: list[tuple[asyncio.Transport, Listener]] = []
    try:
        for _ in range(count):
            made.append(
                await loop.create_connection(
                    lambda: Listener(place.netloc, token, asked, bell), place.hostname, place.port
                )
            )
            async with asyncio.timeout(10):
                await made[-1][1].subscribed.wait()
        yield [listener for _, listener in made]
    finally:
        for transport, _ in made:
            transport.close()
