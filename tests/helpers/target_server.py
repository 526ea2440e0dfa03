"""A real HTTP server on loopback that answers as a test scripts it, live.

Tests let Vigil watch it and then change `answer` under its eyes. It knows nothing of Vigil. A
benchmark may ask a hundred paths of one server (`answers`).
"""

import asyncio
import socket
import ssl
import struct
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import Enum

from tests.helpers.bell import Bell
from tests.helpers.listener import accept_no_more


class Fault(Enum):
    """Ways in which a server fails to answer properly."""

    SILENCE = "takes the request and never answers"
    DRIP = "sends the answer byte by byte, for ever slower than anybody waits"
    RESET = "resets the connection instead of answering"
    CLOSE = "closes the connection instead of answering"
    TRUNCATE = "promises a body and closes in the middle of it"
    GARBAGE = "answers with something that is not HTTP"


@dataclass(frozen=True)
class Answer:
    """What the server does with a request.

    Attributes:
        delay_s: seconds from the request to the first byte of the answer.
        drip_s: with `Fault.DRIP`, seconds between two bytes.
    """

    status: int = 200
    body: bytes = b"ok"
    headers: Mapping[str, str] = field(default_factory=dict)
    delay_s: float = 0.0
    fault: Fault | None = None
    drip_s: float = 0.2


@dataclass(frozen=True)
class Request:
    """A request as it came; header names are in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    raw: bytes


class TargetServer:
    """A running server; change `answer` or `answers` at any time.

    Attributes:
        url: its address, such as ``http://127.0.0.1:40123``.
        answer: what every path answers that `answers` does not name.
        answers: what single paths answer.
        requests: every request that was read to its end, oldest first.
        hits_by_path: how many there were of each path.
    """

    def __init__(self) -> None:
        self.url = ""
        self.answer = Answer()
        self.answers: dict[str, Answer] = {}
        self.requests: list[Request] = []
        self.hits_by_path: Counter[str] = Counter()
        self._bell = Bell()
        self._open: set[asyncio.StreamWriter] = set()
        self._closing = asyncio.Event()

    @property
    def hits(self) -> int:
        """How many requests there were."""
        return len(self.requests)

    async def wait_for_hits(self, count: int, timeout: float = 15, path: str | None = None) -> None:
        """Wait until there were that many requests, in all or of one path.

        Raises:
            AssertionError: there were fewer in ``timeout`` seconds.
        """

        def hits() -> int:
            return self.hits if path is None else self.hits_by_path[path]

        await self._bell.until(lambda: hits() >= count, f"{count} requests", timeout, hits)

    def drop_connections(self) -> None:
        """Reset every connection that is open now."""
        for writer in self._open:
            _reset(writer)

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection until either side ends it."""
        self._open.add(writer)
        try:
            while request := await _read(reader):
                self.requests.append(request)
                self.hits_by_path[request.path] += 1
                self._bell.ring()
                answer = self.answers.get(request.path, self.answer)
                await self._pause(answer.delay_s)
                if not await self._reply(request, answer, reader, writer):
                    break
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client left, or the test is over: nothing to tell
        finally:
            self._open.discard(writer)
            writer.close()

    async def _reply(
        self,
        request: Request,
        answer: Answer,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> bool:
        """Answer, or fail to; say whether the connection can take another request."""
        message = _message(answer, with_body=request.method != "HEAD")
        match answer.fault:
            case Fault.SILENCE:
                await reader.read()  # returns when the client has had enough
            case Fault.DRIP:
                for byte in message:
                    writer.write(bytes([byte]))
                    await writer.drain()
                    await self._pause(answer.drip_s)
            case Fault.RESET:
                _reset(writer)
            case Fault.TRUNCATE:
                writer.write(message[: -max(1, len(answer.body) // 2)])
                await writer.drain()
            case Fault.GARBAGE:
                writer.write(b"SSH-2.0-this_is_no_web_server\r\n")
                await writer.drain()
            case None:
                writer.write(message)
                await writer.drain()
        keeps = request.headers.get("connection", "").lower() != "close"
        return answer.fault is None and keeps

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._closing.wait()
        except TimeoutError:
            return
        raise ConnectionAbortedError("the server is being stopped")

    def stop(self) -> None:
        """End every connection at once, without waiting for its client."""
        self._closing.set()
        for writer in self._open:
            writer.transport.abort()


@asynccontextmanager
async def running_target(
    answer: Answer | None = None, tls: ssl.SSLContext | None = None, port: int = 0
) -> AsyncIterator[TargetServer]:
    """Serve on 127.0.0.1 until the block ends.

    Args:
        answer: the first answer; 200 ``ok`` if none is given.
        tls: serve HTTPS with this context (``trustme`` makes one).
        port: 0 for any free one; give the port of a former server to come back at its address.
    """
    target = TargetServer()
    if answer is not None:
        target.answer = answer
    server = await asyncio.start_server(target.handle, "127.0.0.1", port, ssl=tls)
    bound = server.sockets[0].getsockname()[1]
    target.url = f"{'https' if tls else 'http'}://127.0.0.1:{bound}"
    try:
        yield target
    finally:
        await accept_no_more(server)
        target.stop()
        await server.wait_closed()
        await asyncio.sleep(0)  # what was aborted lets go of its socket in the loop's next turn


async def _read(reader: asyncio.StreamReader) -> Request | None:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as rest:
        if rest.partial:
            raise
        return None
    first, *lines = head.decode("latin-1").split("\r\n")[:-2]
    method, path, _version = first.split(" ", 2)
    headers = {name.lower(): value.strip() for name, value in (x.split(":", 1) for x in lines)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Request(method, path, headers, body, head + body)


def _message(answer: Answer, *, with_body: bool) -> bytes:
    headers = {"Content-Type": "text/plain", "Content-Length": str(len(answer.body))}
    headers |= dict(answer.headers)
    lines = [f"HTTP/1.1 {answer.status} Scripted", *(f"{k}: {v}" for k, v in headers.items())]
    head = "\r\n".join([*lines, "", ""]).encode("latin-1")
    return head + answer.body if with_body else head


def _reset(writer: asyncio.StreamWriter) -> None:
    # A linger time of 0 turns the close into a reset (RFC 9293, SO_LINGER).
    connection = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
