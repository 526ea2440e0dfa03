"""A line that a test can cut: a TCP relay on loopback between a client and a server.

Put it between the two by giving the client its `port`. It knows bytes, not protocols, but for one
thing: a server that believes only its own address needs the Host header rewritten (`as_host`).
"""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.helpers.bell import Bell
from tests.helpers.listener import accept_no_more


class Cable:
    """A relay from `port` to a server's port, whole until a test cuts it.

    Attributes:
        port: where clients connect, on 127.0.0.1.
        accepted: how many connections there were so far.
        connections: how many stand now.
    """

    def __init__(self, server_port: int, *, as_host: bool = False) -> None:
        self.port = 0
        self.accepted = 0
        self.connections = 0
        self._server_port = server_port
        self._as_host = as_host
        self._bell = Bell()
        self._whole = asyncio.Event()
        self._writers: set[asyncio.StreamWriter] = set()
        self._listener: asyncio.Server | None = None
        self._reserved = socket.socket()

    async def wait_for_connections(self, count: int, timeout: float = 15) -> None:
        """Wait until exactly that many connections stand."""
        await self._bell.until(
            lambda: self.connections == count, f"{count} connections", timeout, self._counts
        )

    async def wait_for_accepted(self, count: int, timeout: float = 15) -> None:
        """Wait until there were that many connections in all, those cut since included."""
        await self._bell.until(
            lambda: self.accepted >= count, f"{count} connections so far", timeout, self._counts
        )

    def cut(self) -> None:
        """Reset every connection that stands; new ones go through."""
        for writer in self._writers:
            # A linger time of 0 turns the close into a reset (RFC 9293, SO_LINGER).
            connection = writer.get_extra_info("socket")
            if connection.fileno() >= 0:  # not closed a moment ago
                reset = struct.pack("ii", 1, 0)
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
            writer.transport.abort()

    async def refuse(self) -> None:
        """Reset every connection and refuse new ones, until `heal`."""
        if self._listener is not None:
            listener, self._listener = self._listener, None
            await accept_no_more(listener)
        self.cut()

    def hold(self) -> None:
        """Let no byte through, in either direction, and end no connection, until `heal`."""
        self._whole.clear()

    async def heal(self) -> None:
        """Let everything through again; bytes that were held arrive now."""
        self._whole.set()
        if self._listener is None:
            self._listener = await asyncio.start_server(
                self._relay, "127.0.0.1", self.port, reuse_port=True
            )

    async def plug_in(self) -> None:
        """Take a free port and start relaying."""
        # Bound but never listening: it keeps the port ours while the cable refuses.
        self._reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        self._reserved.bind(("127.0.0.1", 0))
        self.port = self._reserved.getsockname()[1]
        await self.heal()

    async def unplug(self) -> None:
        """End everything and free the port."""
        self._whole.set()
        await self.refuse()
        await self.wait_for_connections(0)
        await asyncio.sleep(0)  # what was aborted lets go of its socket in the loop's next turn
        self._reserved.close()

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ends = {writer}
        self.accepted += 1
        self.connections += 1
        self._writers |= ends
        self._bell.ring()
        try:
            await self._whole.wait()
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._server_port)
            ends.add(far_writer)
            self._writers |= ends
            async with asyncio.TaskGroup() as pumps:
                pumps.create_task(self._pump(reader, far_writer), name="client to server")
                pumps.create_task(self._pump(far_reader, writer), name="server to client")
        except OSError:
            pass  # the server is not there: the client sees its connection end
        finally:
            for each in ends:
                each.transport.abort()
            self._writers -= ends
            self.connections -= 1
            self._bell.ring()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while chunk := await reader.read(65536):
                await self._whole.wait()
                writer.write(self._readdressed(chunk))
                await writer.drain()
            await self._whole.wait()
            if not writer.is_closing():
                writer.write_eof()
        except OSError:  # also "not connected": it was reset a moment ago
            writer.transport.abort()

    def _readdressed(self, chunk: bytes) -> bytes:
        if not self._as_host:
            return chunk
        ours, theirs = (f"ost: 127.0.0.1:{port}\r\n" for port in (self.port, self._server_port))
        return chunk.replace(ours.encode(), theirs.encode())

    def _counts(self) -> str:
        return f"{self.connections} now, {self.accepted} so far"


@asynccontextmanager
async def plugged_in(server_port: int, *, as_host: bool = False) -> AsyncIterator[Cable]:
    """Relay to a server on loopback until the block ends.

    Args:
        server_port: where the server listens.
        as_host: rewrite the Host header, so that the server is asked under its own address.
    """
    cable = Cable(server_port, as_host=as_host)
    await cable.plug_in()
    try:
        yield cable
    finally:
        await cable.unplug()
