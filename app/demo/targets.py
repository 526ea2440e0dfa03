"""Serves the demonstration's targets on a free port of loopback, within this process.

The composition root starts and stops it, so nothing is left when the window is gone, and lets
:func:`play` add the endpoints that watch them, as a user would.
"""

import asyncio
import contextlib
import logging
import math
import time

from app.demo.script import PARTS, Act, drafts
from app.services.failures import RestFailure
from app.services.rest import Rest
from app.tasks import TaskOwner

_log = logging.getLogger(__name__)

_LONGEST_HEAD = 16_384
_BODY = b'{"status": "ok"}\n'
_PHRASES = {200: "OK", 404: "Not Found", 503: "Service Unavailable"}


class DemoTargets:
    """A small HTTP server whose answers follow the script.

    Attributes:
        url: where it serves, without a slash at its end; empty before ``start``.
    """

    def __init__(self) -> None:
        self.url = ""
        self._parts = {part.path: part for part in PARTS}
        self._began = time.monotonic()
        self._tasks = TaskOwner("demo targets")
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Serve from now on; the story begins with ``begin``."""
        self._server = await asyncio.start_server(
            self._connected, "127.0.0.1", 0, limit=_LONGEST_HEAD
        )
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def begin(self) -> None:
        """Begin the story now."""
        self._began = time.monotonic()

    async def aclose(self) -> None:
        """Stop serving; whoever still waits for an answer is cut."""
        if self._server is not None:
            self._server.close()
        await self._tasks.aclose()

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            self._tasks.spawn(self._serve(reader, writer), "connection")
        except RuntimeError:
            writer.close()  # it came while we were closing

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            try:
                head = await reader.readuntil(b"\r\n\r\n")
                method, path, *_ = head.split(b" ", 2)
                await self._answer(method.decode(), path.decode(), writer)
            except (asyncio.LimitOverrunError, ValueError) as error:
                _log.info("the demo was asked something odd: %s", error)
            finally:
                writer.close()

    async def _answer(self, method: str, path: str, writer: asyncio.StreamWriter) -> None:
        part = self._parts.get(path.split("?", 1)[0])
        act = part.act_at(time.monotonic() - self._began) if part else Act(0, 0, 404)
        if act.status_code is None:
            await asyncio.Event().wait()
        await asyncio.sleep(wavering(act.delay_ms, time.monotonic()) / 1000)
        reason = _PHRASES.get(act.status_code or 0, "")
        head = (
            f"HTTP/1.1 {act.status_code} {reason}\r\n"
            "Content-Type: application/json\r\n"
            f"Content-Length: {len(_BODY)}\r\n"
            "Connection: close\r\n\r\n"
        )
        writer.write(head.encode() + (b"" if method == "HEAD" else _BODY))
        await writer.drain()


def wavering(delay_ms: float, at_s: float) -> float:
    """Return a delay that differs by up to a fifth from one moment to the next."""
    return delay_ms * (1 + 0.14 * math.sin(at_s * 2.3) + 0.06 * math.sin(at_s * 7.1))


async def play(targets: DemoTargets, rest: Rest, connected: asyncio.Event) -> None:
    """Begin the story when the line stands."""
    await targets.start()
    await connected.wait()
    targets.begin()
    for draft in drafts(targets.url):
        answer = await rest.create(draft)
        if isinstance(answer, RestFailure):
            _log.warning("the demo endpoint %s was refused: %s", draft["name"], answer)
