"""One connection for one request: looked up, connected, secured, and dropped without waiting.

Called by the HTTP prober within its deadline. Errors are those of the socket and of ssl, as they
are, since :mod:`backend.checks.failures` reads them.
"""

import asyncio
import ssl
from typing import Any, Final

from backend.checks.race import connect_to_any
from backend.checks.resolver import Resolver
from backend.checks.tls import chain_of
from backend.checks.trace import Phase, Trace

_LONGEST_S: Final = 3600
"""Longer than any deadline, so that asyncio's own for a TLS handshake never comes first."""

_BUFFER_BYTES: Final = 64 * 1024
"""The peer is not listened to while this much of it waits to be read."""

_OPENING_BYTES: Final = 16


class Connection(asyncio.Protocol):
    """A stream of bytes. What came before the peer left is read before its leaving is told."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._waiting = bytearray()
        self._news = asyncio.Event()
        self._lost: Exception | None = None
        self._dropped = False
        self.ended = False
        """The peer will send nothing more."""
        self.opening = b""
        """The first bytes that came."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin; called by the loop."""
        self._transport = transport  # type: ignore[assignment]  # of a stream, it is one

    def data_received(self, data: bytes) -> None:
        """Take what came; called by the loop."""
        if len(self.opening) < _OPENING_BYTES:
            self.opening = (self.opening + data)[:_OPENING_BYTES]
        self._waiting += data
        if len(self._waiting) > _BUFFER_BYTES and self._transport is not None:
            self._transport.pause_reading()
        self._news.set()

    def eof_received(self) -> None:
        """Note the end; called by the loop, which then closes the connection."""
        self.ended = True
        self._news.set()

    def connection_lost(self, exc: Exception | None) -> None:
        """Note the end, good or bad; called by the loop."""
        self.ended = True
        self._lost = exc
        self._news.set()

    @property
    def secured(self) -> ssl.SSLObject | None:
        """The TLS of the connection, where it has any."""
        found: ssl.SSLObject | None = self._stream.get_extra_info("ssl_object")
        return found

    @property
    def peer(self) -> str:
        """Address and port of the other side, as a URL writes them."""
        return _place(self._stream.get_extra_info("peername"))

    @property
    def _stream(self) -> asyncio.Transport:
        if self._transport is None:
            raise RuntimeError("not connected")
        return self._transport

    async def read(self, most: int) -> bytes:
        """Return at most so many bytes of what has come, or nothing at the end.

        Raises:
            OSError: the connection was lost, and all that came before has been read.
        """
        while not self._waiting and not self.ended:
            self._news.clear()
            await self._news.wait()
        if self._waiting:
            received = bytes(self._waiting[:most])
            del self._waiting[:most]
            if len(self._waiting) <= _BUFFER_BYTES and not self._stream.is_closing():
                self._stream.resume_reading()
            return received
        if self._lost is not None:
            raise self._lost
        return b""

    def send(self, data: bytes) -> None:
        """Send bytes, without waiting until they are gone: an answer may come before that."""
        self._stream.write(data)

    def drop(self) -> None:
        """Drop the connection; a peer that does not say goodbye is not waited for."""
        self._stream.abort()


async def connect(
    resolver: Resolver, host: str, port: int, context: ssl.SSLContext | None, trace: Trace
) -> Connection:
    """Open a connection, secured where a context is given.

    Raises:
        OSError: not resolved, not connected, or not secured (``ssl.SSLError``).
    """
    with trace.phase(Phase.DNS):
        addresses = await resolver.resolve(host, port)
    trace.addresses = tuple(dict.fromkeys(str(address[4][0]) for address in addresses))
    with trace.phase(Phase.CONNECT):
        sock = await connect_to_any(addresses)
    try:
        trace.peer = _place(sock.getpeername())
        loop = asyncio.get_running_loop()
        if context is None:
            _, connection = await loop.create_connection(Connection, sock=sock)
            return connection
        with trace.phase(Phase.TLS):
            _, connection = await loop.create_connection(
                Connection,
                sock=sock,
                ssl=context,
                server_hostname=host,
                ssl_handshake_timeout=_LONGEST_S,
            )
    except BaseException:
        sock.close()
        raise
    if connection.secured is not None:
        trace.certificates = chain_of(connection.secured)
    return connection


def _place(address: tuple[Any, ...] | None) -> str:
    if not address:
        return ""
    host, port = address[0], address[1]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
