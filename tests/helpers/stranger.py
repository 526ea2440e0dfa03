"""Somebody outside who speaks to a backend byte by byte, as no well-behaved client would.

For tests of the doors: raw HTTP, and the lines of Engine.IO beneath a Socket.IO client.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import httpx
from engineio import AsyncClient as EngineClient

from tests.helpers.bell import Bell
from tests.helpers.live_backend import LiveBackend


async def raw(live: LiveBackend, *head: str, body: bytes = b"") -> tuple[int, str]:
    """Send a request exactly as written; return the status and all that came back."""
    reader, writer = await asyncio.open_connection("127.0.0.1", live.port)
    try:
        writer.write("\r\n".join([*head, "Connection: close", "", ""]).encode("latin-1") + body)
        async with asyncio.timeout(10):
            answer = (await reader.read()).decode("latin-1")
        return int(answer.split()[1]), answer
    finally:
        writer.close()


def sent_in_vain(heard: str) -> bool:
    """Say whether a packet lets nobody in, brings no event and answers no call."""
    return heard[:1] in "126" or heard.startswith("44")


@asynccontextmanager
async def transport(url: str) -> AsyncIterator["Transport"]:
    """Open a websocket transport that knows nothing of Socket.IO, until the block ends."""
    opened = Transport()
    await opened.client.connect(url, transports=["websocket"], engineio_path="socket.io")
    try:
        yield opened
    finally:
        await opened.client.disconnect()


class Transport:
    """An open websocket; make one with :func:`transport`.

    Attributes:
        heard: the messages that came, without Engine.IO's own.
    """

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.client = EngineClient(handle_sigint=False)
        self._bell = Bell()
        self.client.on("message", self._hear)
        self._over = False
        self.client.on("disconnect", self._end)

    @property
    def is_open(self) -> bool:
        """Whether nobody has hung up yet."""
        return not self._over

    def _hear(self, message: str) -> None:
        self.heard.append(message)
        self._bell.ring()

    def _end(self, *_reason: object) -> None:
        self._over = True
        self._bell.ring()

    async def say(self, *messages: str | bytes) -> None:
        """Send some messages."""
        for message in messages:
            await self.client.send(message)

    async def wait_for(self, beginning: str, what: str = "") -> str:
        """Return the first message that begins so, heard already or to come."""

        def found() -> list[str]:
            return [it for it in self.heard if it.startswith(beginning)]

        return (await self._bell.until(found, what or beginning, 10, lambda: self.heard))[0]

    async def is_hung_up_on(self, within_s: float = 5) -> None:
        """Wait until the other end has hung up."""
        await self._bell.until(
            lambda: self._over, "the line to be cut", within_s, lambda: self.heard
        )


async def poll(url: str, packets: Sequence[str]) -> tuple[list[str], int]:
    """Send some packets over long polling, one POST each, without any header of ours.

    Returns:
        the packets that came back, and the status of the first request that was refused.
    """
    plain = {"content-type": "text/plain"}
    async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=10) as line:
        opened = await line.get("/socket.io/?EIO=4&transport=polling")
        session = f"/socket.io/?EIO=4&transport=polling&sid={json.loads(opened.text[1:])['sid']}"
        for packet in packets:
            answer = await line.post(session, content=packet.encode(), headers=plain)
            if answer.status_code != 200:
                return [], answer.status_code
        heard: list[str] = []
        while (answer := await line.get(session)).status_code == 200:
            heard += answer.text.split("\x1e")
        return heard, answer.status_code
