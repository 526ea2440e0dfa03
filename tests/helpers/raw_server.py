"""A server of bytes: what it sends is what a test says, HTTP or not.

Where `tests.helpers.target_server` misbehaves in a few ways among good answers, this one knows no
protocol at all. `tests.helpers.odd_answers` holds what it may be given.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from tests.helpers.listener import accept_no_more

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
"""Serves one connection, which is aborted when it returns."""


@asynccontextmanager
async def raw_server(
    handler: Handler, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1"
) -> AsyncIterator[int]:
    """Serve bytes on a local address until the block ends; yields the port."""
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

    server = await asyncio.start_server(serve, host, 0, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        await accept_no_more(server)
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


@asynccontextmanager
async def deaf_server() -> AsyncIterator[int]:
    """Listen without ever accepting, its queue full: who connects hears nothing at all."""
    with socket.socket() as listening, suppress(BlockingIOError):
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        waiting = [socket.socket() for _ in range(8)]
        try:
            for one in waiting:
                one.setblocking(False)
                one.connect_ex(listening.getsockname())
            yield listening.getsockname()[1]
        finally:
            for one in waiting:
                one.close()
