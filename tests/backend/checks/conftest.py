"""Probers, endpoints and certificates for the tests of the probes."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest
import trustme

from backend.checks.http_prober import HttpProber
from backend.checks.tls import Contexts, trusting_context
from backend.domain.endpoint import Endpoint

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
"""Serves one connection, which is aborted when it returns."""


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """Return the one authority the prober trusts."""
    return trustme.CA()


@pytest.fixture(scope="session")
def contexts(authority: trustme.CA) -> Contexts:
    verifying = ssl.create_default_context()
    authority.configure_trust(verifying)
    return Contexts(verifying, trusting_context())


@pytest.fixture
async def prober(contexts: Contexts) -> AsyncIterator[HttpProber]:
    async with HttpProber("9.9", contexts) as opened:
        yield opened


def server_context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    """Return what a server needs to show a certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def endpoint_at(url: str, **fields: object) -> Endpoint:
    """Return an endpoint at a URL."""
    known = {"id": "e", "name": "E", "created_at_ms": 0, "updated_at_ms": 0}
    return Endpoint(**{**known, "url": url, **fields})


@asynccontextmanager
async def raw_server(handler: Handler, tls: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """Serve bytes on 127.0.0.1 until the block ends; yields the port."""
    over = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                ending = group.create_task(over.wait())
                serving = group.create_task(_until_gone(handler, reader, writer))
                await asyncio.wait({ending, serving}, return_when=asyncio.FIRST_COMPLETED)
                ending.cancel()
                serving.cancel()
        finally:
            writer.transport.abort()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        over.set()
        await server.wait_closed()


async def _until_gone(
    handler: Handler, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    with suppress(ConnectionError, asyncio.IncompleteReadError):  # the prober has left
        await handler(reader, writer)


def answering(*pieces: bytes, hang: bool = False) -> Handler:
    """Return a handler that takes a request's head and sends some bytes as they are."""

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        if hang:
            await asyncio.Event().wait()
        writer.close()
        await writer.wait_closed()

    return handler
