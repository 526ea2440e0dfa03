"""The backend as our child process: started, watched, restarted, and never left behind.

Started by the line. Tells the address of every start, and a failure once it stops trying. The
token is made anew for each start and goes over the child's standard input only; that pipe stays
open, so that the child ends when we do, however we end.
"""

import asyncio
import logging
import secrets
import sys
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.services.child import Address, Child, Ended, program_home
from app.services.early_backend import EarlyBackend
from app.tasks import Listeners, TaskOwner

log = logging.getLogger(__name__)


class BackendTrouble(StrEnum):
    """Why the backend is not started again; the presenter has a sentence for each."""

    CRASHED = "crashed"
    WRONG_ARGUMENTS = "wrong_arguments"
    DIRECTORY_UNUSABLE = "directory_unusable"
    NEWER_DATABASE = "newer_database"


_LOGGED = 20
"""So many of its last lines go into our log when it is given up."""

_FINAL = {
    2: BackendTrouble.WRONG_ARGUMENTS,
    3: BackendTrouble.DIRECTORY_UNUSABLE,
    4: BackendTrouble.NEWER_DATABASE,
}


@dataclass(frozen=True, slots=True)
class BackendFailure:
    """The backend is given up.

    Attributes:
        trouble: why.
        exit_code: of the last try; negative for a signal, ``None`` if it could not be started.
        last_lines: the end of what it logged, oldest first.
    """

    trouble: BackendTrouble
    exit_code: int | None
    last_lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pace:
    """How patiently the backend is restarted; times in seconds.

    Attributes:
        first_delay_s: before the restart after a first crash; doubles with each in a row.
        crashes: so many in a row end the tries.
        steady_s: a start that served this long ends a row of crashes.
        ready_timeout_s: how long it may say nothing, not even in its log, before the ready line.
        longest_start_s: from the start to the ready line: a large archive that is restored or
            migrated takes minutes, and says so.
        stop_timeout_s: from closing its standard input to a signal, and from that to the kill.
        busy_patience_s: how long a directory in use is tried again: the backend of a desktop
            that was killed a moment ago needs some seconds to end.
    """

    first_delay_s: float = 0.2
    crashes: int = 3
    steady_s: float = 10.0
    ready_timeout_s: float = 20.0
    longest_start_s: float = 900.0
    stop_timeout_s: float = 5.0
    busy_patience_s: float = 4.0


def backend_command(data_dir: Path, *, keyring: bool = False) -> list[str]:
    """Return the command that starts the backend of this program on a data directory.

    Args:
        data_dir: the profile.
        keyring: whether secrets are to go to this computer's keyring.
    """
    program = [sys.executable, "--backend"]
    if not getattr(sys, "frozen", False):
        program = [sys.executable, "-m", "backend"]
    options = ["--keyring"] if keyring else []
    return [*program, "--data-dir", str(data_dir.absolute()), "--token-stdin", *options]


class BackendProcess:
    """Keeps one backend running until it is stopped or given up.

    Attributes:
        serving: told the address of every start, once it serves.
        gone: told when a backend that served has ended.
        failed: told once no further start is tried.

    Args:
        command: program and arguments, see ``backend_command``.
        pace: how patiently.
        early: one of this command that loads already: the first start.
    """

    def __init__(
        self,
        command: Sequence[str],
        pace: Pace | None = None,
        early: EarlyBackend | None = None,
    ) -> None:
        self.serving: Listeners[[Address]] = Listeners()
        self.gone: Listeners[[]] = Listeners()
        self.failed: Listeners[[BackendFailure]] = Listeners()
        self._command = tuple(command)
        self._pace = Pace() if pace is None else pace
        self._tasks = TaskOwner("backend process")
        self._watch: asyncio.Task[None] | None = None
        self._child: Child | None = None
        self._serves = False
        self._early = early or EarlyBackend(None, deque(maxlen=50))
        self._lines = self._early.lines

    @property
    def pid(self) -> int | None:
        """The process id of the backend that runs now."""
        return None if self._child is None else self._child.pid

    @property
    def is_running(self) -> bool:
        """Whether a backend runs, or one will be started again."""
        return self._watch is not None and not self._watch.done()

    @property
    def serves(self) -> bool:
        """Whether a backend lives that said it serves."""
        return self._serves

    def end_hanging(self) -> None:
        """End the backend that serves by force; another is started as after a crash."""
        if self._serves and self._child is not None:
            self._child.kill()

    @property
    def last_lines(self) -> tuple[str, ...]:
        """The end of what the backend logged, oldest first."""
        return tuple(self._lines)

    def start(self) -> None:
        """Start the backend, also once more after it was given up; a running one is left."""
        if not self.is_running:
            self._watch = self._tasks.spawn(self._keep_running(), "watch")

    async def aclose(self) -> None:
        """End the backend and wait for it: gently, then by signals, each for a bounded time."""
        await self._tasks.aclose()

    async def _keep_running(self) -> None:
        pace, crashes, started = self._pace, 0, time.monotonic()
        while True:
            ended = await self._live_once()
            if ended.exit_code == 3 and time.monotonic() - started < pace.busy_patience_s:
                await asyncio.sleep(pace.first_delay_s * 2)
                continue
            trouble = None if ended.exit_code is None else _FINAL.get(ended.exit_code)
            crashes = 1 if ended.served_s >= pace.steady_s else crashes + 1
            if trouble is None and crashes >= pace.crashes:
                trouble = BackendTrouble.CRASHED
            if trouble is not None:
                log.error("the backend is given up: %s, exit code %s", trouble, ended.exit_code)
                for line in self.last_lines[-_LOGGED:]:
                    log.error("it said: %s", line)
                self.failed.tell(BackendFailure(trouble, ended.exit_code, self.last_lines))
                return
            log.warning("the backend ended with exit code %s: starting it again", ended.exit_code)
            await asyncio.sleep(pace.first_delay_s * 2 ** (crashes - 1))
            started = time.monotonic()

    async def _live_once(self) -> Ended:
        token = secrets.token_urlsafe(32)
        pace = self._pace
        try:
            child = self._early.take() or await Child.start(
                self._command, program_home(), self._lines.append
            )
        except OSError as error:
            self._lines.append(str(error))
            return Ended(None, 0.0)
        self._child = child
        served_from: float | None = None
        try:
            url = await child.introduce(token, pace.ready_timeout_s, pace.longest_start_s)
            if url is not None:
                served_from, self._serves = time.monotonic(), True
                log.info("the backend serves at %s, process %d", url, child.pid)
                self.serving.tell(Address(url, token))
                await child.wait()
        finally:
            self._serves = False
            # Also when we are cancelled: the child is ended before we are.
            exit_code = await child.end(pace.stop_timeout_s)
            self._child = None
            if served_from is not None:
                self.gone.tell()
        return Ended(exit_code, 0.0 if served_from is None else time.monotonic() - served_from)
