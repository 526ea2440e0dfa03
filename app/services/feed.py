"""One Socket.IO connection to the backend: opened once, used until it is lost, never revived.

Made anew by ``connection`` for every attempt. The only file that names python-socketio; knows
bytes and acknowledgements, not what the events mean.
"""

import asyncio
import contextlib
import logging
import ssl
from collections.abc import Callable, Mapping
from typing import Any

import aiohttp
import engineio
import socketio

from app.services.child import Address
from app.services.subscriptions import CallError

log = logging.getLogger(__name__)

CLOSE_TIMEOUT_S = 1.0  # a server that does not answer our goodbyes is left after twice this long


class ConnectError(Exception):
    """No connection could be had.

    Attributes:
        is_answered: something answered on that port, so another transport may do.
    """

    def __init__(self, reason: str, *, is_answered: bool) -> None:
        super().__init__(reason)
        self.is_answered = is_answered


class Feed:
    """A connection, from ``open`` to ``lost``.

    Attributes:
        lost: done with the reason once the connection has ended, whoever ended it.
        transport: ``websocket`` or ``polling``.

    Args:
        session: carries every connection of the line.
        on_event: takes name and data of every event, in the order they arrive.
        call_timeout_s: how long an acknowledgement may take.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        on_event: Callable[[str, object], None],
        call_timeout_s: float,
    ) -> None:
        self.lost: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.transport = "websocket"
        self._on_event = on_event
        self._call_timeout_s = call_timeout_s
        self._refusal: str | None = None
        self._heard_at = 0.0
        self._silence: asyncio.Handle | None = None
        self._requests = _Requests(session, self._note_life)
        # Its own reconnection never falls back, tells no attempt and gives up for ever.
        # The default limit of a message, 4 MB, is less than a snapshot of 1,000 endpoints.
        self._client = socketio.AsyncClient(
            reconnection=False,
            handle_sigint=False,
            http_session=self._requests,
            websocket_extra_options={"max_msg_size": 0},
        )
        # Plain functions: coroutines would be free to overtake each other.
        self._client.on("*", self._heard)
        self._client.on("connect_error", self._refused)
        self._client.on("disconnect", self._disconnected)

    async def open(self, address: Address, transport: str, timeout_s: float) -> None:
        """Connect.

        Raises:
            ConnectError: it was not possible within ``timeout_s``.
        """
        self.transport = transport
        self._requests.tls = address.tls
        try:
            async with asyncio.timeout(timeout_s):
                await self._client.connect(
                    address.url,
                    auth={"token": address.token},
                    transports=[transport],
                    wait_timeout=timeout_s,
                )
        except TimeoutError as error:
            await self.aclose()
            raise ConnectError(f"no answer within {timeout_s} s", is_answered=True) from error
        except (
            socketio.exceptions.SocketIOError,
            engineio.exceptions.EngineIOError,
            aiohttp.ClientError,
            OSError,
            ValueError,
            TypeError,
        ) as error:
            # TypeError: the library reads a closed websocket's None as its first packet.
            await self.aclose()
            raise self._explained(error) from error
        except BaseException:
            await self.aclose()
            raise
        if self._client.eio.state != "connected":
            raise ConnectError("ended as soon as it began", is_answered=True)
        self._watch_for_silence()

    async def call(self, name: str, data: Mapping[str, object] | None = None) -> object:
        """Make an acknowledged call; return its result.

        Raises:
            CallError: it was refused, took too long, or the connection was lost.
        """
        answer: asyncio.Future[tuple[object, ...]] = asyncio.get_running_loop().create_future()

        def acknowledged(*told: object) -> None:
            if not answer.done():
                answer.set_result(told)

        if self.lost.done():
            raise CallError(f"{name}: {self.lost.result()}")
        try:
            await self._client.emit(name, data, callback=acknowledged)
        except socketio.exceptions.SocketIOError as error:
            raise CallError(f"{name}: {error}") from error
        await asyncio.wait(
            (answer, self.lost),
            timeout=self._call_timeout_s,
            return_when=asyncio.FIRST_COMPLETED,
        )
        if not answer.done():
            answer.cancel()
            reason = self.lost.result() if self.lost.done() else "no answer in time"
            raise CallError(f"{name}: {reason}")
        error_told, result = (*answer.result(), None, None)[:2]
        if error_told is not None:
            raise CallError(f"{name}: {error_told}")
        return result

    async def aclose(self) -> None:
        """End the connection; bounded in time."""
        for goodbye in (self._client.disconnect, self._requests.close_websocket):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(CLOSE_TIMEOUT_S):
                    await goodbye()
        self._lose("closed")

    def _explained(self, error: BaseException) -> ConnectError:
        if self._refusal is not None:
            return ConnectError(self._refusal, is_answered=False)
        link: BaseException | None = error
        reason = error
        while link is not None:
            if isinstance(link, aiohttp.ClientConnectorError):
                return ConnectError(str(link), is_answered=False)
            reason = link
            link = link.__cause__ or link.__context__
        return ConnectError(str(reason) or type(reason).__name__, is_answered=True)

    def _heard(self, name: str, *data: object) -> None:
        try:
            self._on_event(name, data[0] if data else None)
        except Exception:
            log.exception("the event %s could not be taken", name)

    def _refused(self, *told: object) -> None:
        reason = told[0] if told else "refused"
        if isinstance(reason, dict):
            reason = reason.get("message", reason)
        if self._client.eio.state == "connected":
            self._refusal = str(reason)

    def _disconnected(self, reason: str) -> None:
        self._lose(str(reason))

    def _note_life(self) -> None:
        self._heard_at = asyncio.get_running_loop().time()

    def _watch_for_silence(self) -> None:
        """Lose a connection over which nothing came for as long as two heartbeats may take.

        The library looks for this too; but its note to itself to stop is lost where it had
        something to send in the same moment, and then it stops nine seconds later.
        """
        if self.lost.done():
            return
        loop = asyncio.get_running_loop()
        patience_s = self._client.eio.ping_interval + self._client.eio.ping_timeout
        left_s = self._heard_at + patience_s - loop.time()
        if left_s > 0:
            self._silence = loop.call_later(left_s, self._watch_for_silence)
        else:
            self._lose(f"nothing was heard for {patience_s:g} s")

    def _lose(self, reason: str) -> None:
        if self._silence is not None:
            self._silence.cancel()
        if not self.lost.done():
            self.lost.set_result(reason)


class _Requests:
    """The part of a session that the library uses; it remembers the websocket, and tells of life.

    The library forgets one that was opened but said nothing, or that fell silent: it would stay
    open until the garbage collector finds it.
    """

    closed = False

    def __init__(self, session: aiohttp.ClientSession, heard: Callable[[], None]) -> None:
        self._session = session
        self._heard = heard
        self._websocket: aiohttp.ClientWebSocketResponse | None = None
        self.tls: ssl.SSLContext | None = None

    async def post(self, url: str, **options: Any) -> aiohttp.ClientResponse:
        return await self._session.post(url, ssl=self.tls or True, **options)

    async def get(self, url: str, **options: Any) -> aiohttp.ClientResponse:
        response = await self._session.get(url, ssl=self.tls or True, **options)
        self._heard()
        return response

    async def ws_connect(self, url: str, **options: Any) -> "_Heard":
        self._websocket = await self._session.ws_connect(url, ssl=self.tls or True, **options)
        self._heard()
        return _Heard(self._websocket, self._heard)

    async def close_websocket(self) -> None:
        if self._websocket is not None:
            await self._websocket.close()


class _Heard:
    """The part of a websocket that the library uses; it tells of each message."""

    def __init__(
        self, websocket: aiohttp.ClientWebSocketResponse, heard: Callable[[], None]
    ) -> None:
        self._websocket = websocket
        self._heard = heard
        self.send_str = websocket.send_str
        self.send_bytes = websocket.send_bytes
        self.close = websocket.close

    async def receive(self) -> aiohttp.WSMessage:
        message = await self._websocket.receive()
        self._heard()
        return message


async def websocket_works(session: aiohttp.ClientSession, address: Address) -> bool:
    """Return whether a websocket to the backend can be had now, without keeping it."""
    url = f"{address.url.replace('http', 'ws', 1)}/socket.io/?EIO=4&transport=websocket"
    try:
        async with (
            asyncio.timeout(CLOSE_TIMEOUT_S),
            session.ws_connect(url, ssl=address.tls or True) as socket,
        ):
            opened = await socket.receive()
            return opened.type is aiohttp.WSMsgType.TEXT and str(opened.data).startswith("0")
    except (aiohttp.ClientError, OSError, TimeoutError):
        return False
