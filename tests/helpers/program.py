"""Runs a real program as a child process with a home of its own, and hears what it says.

End-to-end tests start `python -m app` and `python -m backend` through it; where a bundle is under
test (tests/helpers/bundle.py) it starts that in their place. Nothing of the person's home, session
or screen is reached. It knows how the parts of Vigil are started (contract, section 11), not what
they do.
"""

import asyncio
import json
import os
import secrets
import signal
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.helpers import bundle, processes
from tests.helpers.bell import Bell

ROOT = Path(__file__).resolve().parents[2]
_INHERITED = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")


class Program(asyncio.SubprocessProtocol):
    """A child process under test; make one with `running_program`.

    Attributes:
        output: what it printed on standard output, line by line.
        errors: what it printed on standard error, line by line.
        exit_code: None while it runs; negative when a signal ended it.
    """

    def __init__(self, mark: str) -> None:
        self.output: list[str] = []
        self.errors: list[str] = []
        self.exit_code: int | None = None
        self._mark = mark
        self._silent = False
        self._bell = Bell()
        self._partial = {1: b"", 2: b""}
        self._transport: asyncio.SubprocessTransport | None = None

    @property
    def pid(self) -> int:
        """Its process id."""
        assert self._transport is not None
        return self._transport.get_pid()

    async def wait_for_line(
        self, matches: Callable[[str], bool], timeout: float = 20, *, errors: bool = False
    ) -> str:
        """Return the first line of its output (or errors) that matches, of old and new ones.

        Raises:
            AssertionError: none came in ``timeout`` seconds, or it ended without one; the message
                holds all that it said.
        """
        lines = self.errors if errors else self.output

        def seen() -> list[str]:
            found = [line for line in lines if matches(line)]
            assert found or not self._silent, f"it ended without that line: {self.said()}"
            return found

        return (await self._bell.until(seen, "a line that matches", timeout, self.said))[0]

    async def wait_for_exit(self, timeout: float = 20) -> int:
        """Return its exit code, as soon as it has ended."""
        await self._bell.until(
            lambda: self.exit_code is not None, "the program to end", timeout, self.said
        )
        assert self.exit_code is not None
        return self.exit_code

    def say(self, line: str) -> None:
        """Write one line to its standard input."""
        self._input().write(line.encode() + b"\n")

    def close_input(self) -> None:
        """End its standard input."""
        self._input().close()

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal (SIGTERM, SIGINT, SIGKILL, SIGSTOP, SIGCONT); not its children."""
        assert self._transport is not None
        self._transport.send_signal(number)

    def family(self) -> list[int]:
        """Return the pids of it and all its descendants that live, orphans included."""
        return processes.marked(self._mark)

    def children(self, part: str = "") -> list[int]:
        """Return the pids of its descendants whose command line contains ``part``."""
        return [
            pid for pid in self.family() if pid != self.pid and part in processes.command_of(pid)
        ]

    async def wait_until_none_left(self, timeout: float = 10) -> None:
        """Wait until it and all its descendants have ended.

        Raises:
            AssertionError: some live on after ``timeout`` seconds; the message names them.
        """
        await processes.all_ended(self._mark, timeout)

    def said(self) -> str:
        """Return all that it said so far, for messages."""
        return "\n".join(["", "-- output:", *self.output, "-- errors:", *self.errors])

    def _input(self) -> asyncio.WriteTransport:
        assert self._transport is not None
        pipe = self._transport.get_pipe_transport(0)
        assert isinstance(pipe, asyncio.WriteTransport)
        return pipe

    # --- what the event loop calls ---

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called once the process is started."""
        assert isinstance(transport, asyncio.SubprocessTransport)
        self._transport = transport

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """Called with what it printed."""
        *lines, self._partial[fd] = (self._partial[fd] + data).split(b"\n")
        heard = self.output if fd == 1 else self.errors
        heard += [line.decode(errors="replace").rstrip("\r") for line in lines]
        self._bell.ring()

    def process_exited(self) -> None:
        """Called when it has ended; what it said may still be on its way."""
        assert self._transport is not None
        self.exit_code = self._transport.get_returncode()
        self._bell.ring()

    def connection_lost(self, exc: Exception | None) -> None:
        """Called when it has ended and all that it and its heirs said is heard."""
        self._silent = True
        self._bell.ring()


@asynccontextmanager
async def running_program(
    *arguments: str,
    home: Path,
    environment: Mapping[str, str] | None = None,
    interpreter: str = sys.executable,
) -> AsyncIterator[Program]:
    """Run Python with these arguments, in the project's folder, until the block ends.

    Where a bundle is under test, ``-m app`` and ``-m backend`` are the bundle, away from that
    folder and from every Python.

    At the end whatever lives of it and its descendants is killed: a test that wants to see it
    stop by itself says so (`wait_for_exit`, `wait_until_none_left`) within the block.

    Args:
        arguments: for Python, such as ``"-m", "app", "--data-dir", ...``.
        home: an empty folder that becomes its home, with everything it may write below it.
        environment: further variables: those of the display, the session bus, the screen reader.
        interpreter: what to run in the place of Python, such as ``"node"``.
    """
    mark = secrets.token_hex(8)
    variables = _environment(home) | dict(environment or {}) | {processes.MARK: mark}
    variables.setdefault("QT_QPA_PLATFORM", "xcb" if "DISPLAY" in variables else "offscreen")
    program = Program(mark)
    command, cwd = [interpreter, *arguments], ROOT
    if packed := bundle.command(arguments):
        command, cwd = packed, home
        variables |= bundle.ENVIRONMENT
    # Out of our process group: Ctrl+C at the tests must not end it before its time.
    transport, _ = await asyncio.get_running_loop().subprocess_exec(
        lambda: program, *command, cwd=cwd, env=variables, start_new_session=True
    )
    try:
        yield program
    finally:
        processes.kill_all(mark)
        await program.wait_for_exit()
        await program.wait_until_none_left()
        transport.close()


@dataclass(frozen=True)
class Backend:
    """A backend that said it is ready."""

    program: Program
    url: str
    token: str

    @property
    def port(self) -> int:
        """The port it listens on, on 127.0.0.1."""
        return int(self.url.rsplit(":", 1)[1])


@asynccontextmanager
async def running_backend(
    home: Path,
    *arguments: str,
    token: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> AsyncIterator[Backend]:
    """Run `python -m backend` as the desktop does; its data are in ``home / "data"``.

    Args:
        home: as for `running_program`; give the same one again for a second start on its data.
        arguments: further ones for the backend.
        token: what clients must show; a fresh one if none is given.
        environment: as for `running_program`.
    """
    token = token or secrets.token_hex(32)
    command = ["-m", "backend", "--data-dir", str(home / "data"), "--token-stdin", *arguments]
    async with running_program(*command, home=home, environment=environment) as program:
        program.say(token)
        ready = json.loads(await program.wait_for_line(lambda line: line.startswith("{")))
        assert ready["ready"] is True
        yield Backend(program, ready["url"], token)


def _environment(home: Path) -> dict[str, str]:
    places = {
        "HOME": home,
        "XDG_CONFIG_HOME": home / "config",
        "XDG_DATA_HOME": home / "share",
        "XDG_STATE_HOME": home / "state",
        "XDG_CACHE_HOME": home / "cache",
        "XDG_RUNTIME_DIR": home / "runtime",
        "TMPDIR": home / "tmp",
    }
    for place in places.values():
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    said = {"LANG": "C.UTF-8", "PYTHONUNBUFFERED": "1", "PYTHONFAULTHANDLER": "1"}
    said["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # not the person's own
    return inherited | said | {name: str(place) for name, place in places.items()}
