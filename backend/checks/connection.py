"""One connection for one request: looked up, connected, secured, and dropped without waiting.

Called by the HTTP prober within its deadline. Errors are those of the socket and of ssl, as they
are, since :mod:`backend.checks.failures` reads them.
"""

import asyncio
import ssl
from typing import Any, Final

import httpcore
from aiohappyeyeballs import start_connection

from backend.checks.resolver import Resolver

_HAPPY_EYEBALLS_S: Final = 0.25
"""When another address is tried beside one that is silent (RFC 8305, section 8)."""

_LONGEST_S: Final = 3600
"""Longer than any deadline, so that asyncio's own for a TLS handshake never comes first."""


class Connection(httpcore.AsyncNetworkStream):
    """A stream of bytes in the shape httpcore reads; ``ended`` once the peer has closed it.

    ``begun`` once anything came from it.
    """

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self.begun = False
        self.ended = False

    @property
    def certificate(self) -> bytes | None:
        """The peer's certificate in DER form."""
        secured: ssl.SSLObject | None = self._writer.get_extra_info("ssl_object")
        return None if secured is None else secured.getpeercert(binary_form=True)

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return what has come, or nothing at the end."""
        async with asyncio.timeout(timeout):
            received = await self._reader.read(max_bytes)
        self.begun = self.begun or bool(received)
        self.ended = not received
        return received

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes."""
        self._writer.write(buffer)
        async with asyncio.timeout(timeout):
            await self._writer.drain()

    async def aclose(self) -> None:
        """Drop the connection; a peer that does not say goodbye is not waited for."""
        self.drop()

    def drop(self) -> None:
        """Drop the connection, as :meth:`aclose` does."""
        self._writer.transport.abort()

    def get_extra_info(self, info: str) -> Any:
        """Return what asyncio knows of the connection under a name."""
        return self._writer.get_extra_info(info)


async def connect(
    resolver: Resolver, host: str, port: int, context: ssl.SSLContext | None
) -> Connection:
    """Open a connection, secured where a context is given.

    Raises:
        OSError: not resolved, not connected, or not secured (``ssl.SSLError``).
    """
    addresses = await resolver.resolve(host, port)
    sock = await start_connection(addresses, happy_eyeballs_delay=_HAPPY_EYEBALLS_S)
    try:
        if context is None:
            return Connection(*await asyncio.open_connection(sock=sock))
        return Connection(
            *await asyncio.open_connection(
                sock=sock,
                ssl=context,
                server_hostname=host,
                ssl_handshake_timeout=_LONGEST_S,
            )
        )
    except BaseException:
        sock.close()
        raise
