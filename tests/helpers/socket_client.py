"""A Socket.IO client as the contract sees it: connects with a token, calls, and hears events."""

import ssl
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import socketio

from tests.helpers.bell import Bell


class SocketClient:
    """One connection; make one with :func:`connected`.

    Attributes:
        heard: every event with its data, in order.
    """

    def __init__(self, client: socketio.AsyncClient) -> None:
        self.heard: list[tuple[str, dict[str, Any]]] = []
        self._by_name: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        self._listeners: defaultdict[str, list[Callable[[Any], object]]] = defaultdict(list)
        self._client = client
        self._bell = Bell()
        client.on("*", self._hear)

    @property
    def sid(self) -> str:
        """What the server calls this client."""
        return self._client.get_sid()

    @property
    def transport_sid(self) -> str:
        """What the server calls the line beneath."""
        return self._client.eio.sid

    @property
    def is_connected(self) -> bool:
        """Whether the line stands."""
        return self._client.connected

    async def is_cut_off(self, within_s: float) -> None:
        """Wait until the line stands no more."""
        self._client.on("disconnect", lambda *_: self._bell.ring())
        await self._bell.until(lambda: not self._client.connected, "the end", within_s, self.names)

    def listen(self, name: str, hear: Callable[[Any], object]) -> None:
        """Call ``hear`` with the data of every event of that name, as soon as it comes."""
        self._listeners[name].append(hear)

    def _hear(self, name: str, data: dict[str, Any]) -> None:
        for hear in self._listeners[name]:
            hear(data)
        self.heard.append((name, data))
        self._by_name[name].append(data)
        self._bell.ring()

    async def call(self, name: str, *data: Any) -> tuple[Any, Any]:
        """Make a call; return what the acknowledgement says: ``(error, result)``."""
        return await self._client.call(name, data or None, timeout=5)

    async def ask(self, name: str, *data: Any) -> dict[str, Any]:
        """Make a call that succeeds; return its result."""
        error, result = await self.call(name, *data)
        assert error is None, error
        return result

    async def wait_for(self, name: str, count: int = 1, timeout: float = 20) -> dict[str, Any]:
        """Return the data of the ``count``-th event of that name, heard already or to come."""

        def seen() -> list[dict[str, Any]]:
            return self._by_name[name][count - 1 : count]

        return (await self._bell.until(seen, f"{name} number {count}", timeout, self.names))[0]

    def names(self) -> list[str]:
        """Return the names of all events heard but the greeting."""
        return [name for name, _ in self.heard if name != "connected"]

    async def catch_up(self) -> None:
        """Wait until all that was emitted before is heard: an answer comes after it."""
        await self.call("is anybody there")


@asynccontextmanager
async def connected(
    url: str, token: object, *, tls: ssl.SSLContext | None = None, transport: str = "websocket"
) -> AsyncIterator[SocketClient]:
    """Connect until the block ends.

    Args:
        url: of the backend.
        token: what is shown.
        tls: whom to trust, where the backend speaks TLS.
        transport: ``websocket`` or ``polling``.

    Raises:
        socketio.exceptions.ConnectionError: it was refused.
    """
    answers: list[aiohttp.ClientResponse] = []

    async def keep(
        request: aiohttp.ClientRequest, ask: aiohttp.ClientHandlerType
    ) -> aiohttp.ClientResponse:
        answers.append(await ask(request))
        return answers[-1]

    connector = aiohttp.TCPConnector(ssl=tls or True)
    async with aiohttp.ClientSession(connector=connector, middlewares=(keep,)) as session:
        client = socketio.AsyncClient(reconnection=False, handle_sigint=False, http_session=session)
        try:
            spoken = SocketClient(client)
            auth = None if token is None else {"token": token}
            await client.connect(url, auth=auth, transports=[transport], wait_timeout=5)
            yield spoken
        finally:
            await client.disconnect()
            for answer in answers:  # the library leaves some open where the server cuts it off
                answer.close()
