"""The server's socket and its life: bound to loopback unless told otherwise, stopped in seconds.

Used by the composition root. Knows uvicorn, and no route.
"""

import asyncio
import json
import socket
import ssl
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from ipaddress import IPv4Address, IPv6Address
from typing import Final

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from backend.api.errors import error_view
from backend.api.guard import ASGIApp

HOST: Final = "127.0.0.1"
_LOOPBACK: Final = IPv4Address(HOST)
_STOP_S: Final = 2
_HEAD_S: Final = 10.0
"""How long a client may take until the head of its request has come."""

HANDSHAKE_S: Final = 8.0
"""How long it may take to agree on TLS, at the beginning and at the end; 60 s by itself."""

_BACKLOG: Final = 256


class PortNotBound(Exception):  # noqa: N818  # says what is wrong
    """The port is taken, or may not be used."""


@contextmanager
def listening(port: int, address: IPv4Address | IPv6Address = _LOOPBACK) -> Iterator[socket.socket]:
    """Listen while the block runs.

    Args:
        port: 0 for any free one.
        address: of this computer.

    Raises:
        PortNotBound: it cannot be had.
    """
    # Named as TCP, or asyncio would leave Nagle's algorithm on: 40 ms more for every answer.
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as sock:
        if sys.platform != "win32":  # there the option would let two servers share the port
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((str(address), port))
            sock.listen(_BACKLOG)
        except OSError as error:
            where = f"port {port}" if address.is_loopback else f"port {port} of {address}"
            raise PortNotBound(f"{where} cannot be bound: {error.strerror}") from error
        yield sock


@asynccontextmanager
async def serving(
    app: ASGIApp,
    sock: socket.socket,
    message_bytes: int,
    tls: ssl.SSLContext | None = None,
    handshake_s: float = HANDSHAKE_S,
) -> AsyncIterator[None]:
    """Serve an app on a listening socket while the block runs.

    Args:
        app: what answers.
        sock: listens.
        message_bytes: how large a websocket message may be.
        tls: what secures every connection; ``None`` for none.
        handshake_s: how long a client may take to agree on it.
    """
    config = uvicorn.Config(
        app,
        loop="asyncio",
        http=_ImpatientProtocol,
        ws="websockets-sansio",
        ws_max_size=message_bytes,
        ws_ping_interval=None,  # Engine.IO has its own heartbeat
        ws_per_message_deflate=False,
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        backlog=_BACKLOG,
        timeout_graceful_shutdown=_STOP_S,
    )
    config.load()
    config.ssl = tls  # made from files by the library it would take older protocols
    server = _Server(config, handshake_s)
    async with asyncio.TaskGroup() as group:
        group.create_task(server.serve([sock]), name="the server")
        await server.listens.wait()
        try:
            yield
        finally:
            server.stopped.set()


class _Server(uvicorn.Server):
    """A server that says when it listens, sleeps, and leaves signals to the entry point."""

    def __init__(self, config: uvicorn.Config, handshake_s: float) -> None:
        super().__init__(config)
        self._handshake_s = handshake_s
        self.listens = asyncio.Event()
        self.stopped = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        # The library's own knows no patience: who says nothing would hold a connection for 60 s.
        patience = None if self.config.ssl is None else self._handshake_s
        self.servers = [
            await asyncio.get_running_loop().create_server(
                self._protocol,
                sock=sock,
                backlog=_BACKLOG,
                ssl=self.config.ssl,
                ssl_handshake_timeout=patience,
                ssl_shutdown_timeout=patience,
            )
            for sock in sockets or ()
        ]
        self.started = True
        self.listens.set()

    def _protocol(self) -> asyncio.Protocol:
        if self.stopped.is_set():
            return _TooLate()  # it was accepted in the turn in which the socket was closed
        state = self.lifespan.state
        return _ImpatientProtocol(self.config, self.server_state, app_state=state)

    async def main_loop(self) -> None:
        # The library's own wakes the process ten times a second, to look whether it should end and
        # what the time is for a header (Date) that nobody on this computer needs.
        await self.stopped.wait()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class _TooLate(asyncio.Protocol):
    """Hangs up on who connects while the server stops: nobody else would until the loop ends."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.close()


class _ImpatientProtocol(H11Protocol):
    """HTTP that hangs up on who opens a connection and then says nothing, or only half of it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait_for_head()

    def send_400_response(self, msg: str) -> None:
        """Answer what is not HTTP in the form of all errors, and hang up."""
        body = json.dumps(error_view(400, msg.rstrip("."), "").to_wire()).encode()
        head = "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n"
        head += f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        self.transport.write(head.encode() + body)
        self.transport.close()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._wait_for_head()

    def _wait_for_head(self) -> None:
        self.loop.call_later(_HEAD_S, self._hang_up_if_silent, self.cycle)

    def _hang_up_if_silent(self, cycle: object) -> None:
        # A request since then has its own cycle; an upgrade has put another protocol in our place.
        if self.cycle is cycle and self.transport.get_protocol() is self:
            self.transport.close()
