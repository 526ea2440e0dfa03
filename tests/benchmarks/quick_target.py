"""A process of its own that answers every request at once, so that its work is not the measured.

`python -m tests.benchmarks.quick_target` prints its port and serves until its standard input
closes. A path that begins with ``/hang`` is never answered.
"""

import asyncio
import sys

_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: text/plain\r\n\r\nok"


class Quick(asyncio.Protocol):
    """One connection; a request comes in one piece, as all who are measured send it."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin; called by the loop."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer; called by the loop."""
        if data.split(b" ", 2)[1].startswith(b"/hang"):
            return
        self._transport.write(_ANSWER)
        if b"close" in data:
            self._transport.close()


async def main() -> None:
    """Serve."""
    server = await asyncio.get_running_loop().create_server(Quick, "127.0.0.1", 0, backlog=4000)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
