"""One run of a child process that introduces itself with a JSON line, and the address it names.

Used by ``backend_process`` alone: pipes, deadlines and signals are here, decisions are there.
"""

import asyncio
import contextlib
import json
import logging
import ssl
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import backend
from app.tasks import TaskOwner


@dataclass(frozen=True, slots=True)
class Address:
    """One start of the backend, or a server elsewhere.

    Attributes:
        url: ``http://127.0.0.1:PORT`` or ``https://HOST:PORT``, without a slash at its end.
        token: opens this start, or that server, only; never shown, not even in a representation.
        tls: whom to trust at an https URL.
    """

    url: str
    token: str = field(repr=False)
    tls: ssl.SSLContext | None = field(default=None, repr=False)


log = logging.getLogger(__name__)

_LONGEST_LINE = 8192


@dataclass(frozen=True, slots=True)
class Ended:
    """How one run went.

    Attributes:
        exit_code: negative for a signal; ``None`` if the program could not be started.
        served_s: how long it served, in seconds; 0 if it never did.
    """

    exit_code: int | None
    served_s: float


class Child:
    """A running process; whoever started it must ``end`` it."""

    def __init__(
        self, process: asyncio.subprocess.Process, on_log_line: Callable[[str], None]
    ) -> None:
        self._process = process
        self._tasks = TaskOwner(f"child {process.pid}")
        self._log_line = on_log_line
        self._said_s = 0.0
        self._ready: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        if process.stdout is not None:
            self._tasks.spawn(_lines_of(process.stdout, self._heard), "standard output")
        if process.stderr is not None:
            self._tasks.spawn(_lines_of(process.stderr, self._logged), "standard error")

    @classmethod
    async def start(
        cls, command: Sequence[str], cwd: Path | None, on_log_line: Callable[[str], None]
    ) -> Self:
        """Start a program in a session of its own, so that Ctrl+C reaches us only.

        Raises:
            OSError: it cannot be started.
        """
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=cwd,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        return cls(process, on_log_line)

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    async def introduce(self, token: str, timeout_s: float, longest_s: float) -> str | None:
        """Hand over the token; return the URL it serves at, ``None`` if it does not serve.

        Args:
            token: what opens it.
            timeout_s: how long it may say nothing at all, not even in its log.
            longest_s: how long it may take whatever it says.
        """
        loop = asyncio.get_running_loop()
        self._said_s = loop.time()
        latest_s = self._said_s + longest_s
        stdin = self._process.stdin
        if stdin is not None:
            # A child that ended at once has closed its end: its exit code says why.
            with contextlib.suppress(ConnectionError):
                stdin.write(f"{token}\n".encode())
                await stdin.drain()
        ended = self._tasks.spawn(self._process.wait(), "end before it served")
        while not (self._ready.done() or ended.done()):
            left_s = min(self._said_s + timeout_s, latest_s) - loop.time()
            if left_s <= 0:
                log.error("the backend does not serve, and said nothing for %s s", timeout_s)
                return None
            await asyncio.wait(
                (self._ready, ended), timeout=left_s, return_when=asyncio.FIRST_COMPLETED
            )
        return self._ready.result() if self._ready.done() else None

    async def wait(self) -> None:
        """Wait until it has ended by itself."""
        await self._process.wait()

    def kill(self) -> None:
        """Force it to end; ``end`` is still to be called."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()

    async def end(self, timeout_s: float) -> int:
        """End it if it runs: close its input, then ask, then force; return its exit code."""
        process = self._process
        if process.stdin is not None:
            process.stdin.close()
        for action in (None, process.terminate, process.kill):
            if action is not None and process.returncode is None:
                log.warning("the backend does not stop: sending %s", action.__name__)
                with contextlib.suppress(ProcessLookupError):
                    action()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(timeout_s):
                    await process.wait()
                    break
        await self._tasks.aclose()
        return await process.wait()

    def _logged(self, line: str) -> None:
        self._said_s = asyncio.get_running_loop().time()
        self._log_line(line)

    def _heard(self, line: str) -> None:
        if self._ready.done():
            return
        try:
            told = json.loads(line)
        except ValueError:
            return
        if isinstance(told, dict) and told.get("ready") is True:
            url = told.get("url")
            if isinstance(url, str) and url.startswith("http://127.0.0.1:"):
                self._ready.set_result(url.rstrip("/"))


async def _lines_of(stream: asyncio.StreamReader, take: Callable[[str], None]) -> None:
    """Hand out a stream line by line to its end; what is too long for a line is cut."""
    rest = b""
    while chunk := await stream.read(65536):
        *lines, rest = (rest + chunk).split(b"\n")
        rest = rest[:_LONGEST_LINE]
        for line in lines:
            take(line[:_LONGEST_LINE].decode(errors="replace").rstrip())
    if rest:
        take(rest.decode(errors="replace").rstrip())


def program_home() -> Path | None:
    """Return where ``-m backend`` finds the package, whatever directory we were started in."""
    if getattr(sys, "frozen", False) or backend.__file__ is None:
        return None
    return Path(backend.__file__).parent.parent
