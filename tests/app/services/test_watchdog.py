"""A backend that lives and does not answer is told from one that died, and ended in the end."""

import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.services.backend_process import BackendProcess, Pace, backend_command
from app.services.line import Line
from app.services.watchdog import Patience
from app.state.link import Phase
from app.state.store import Store
from tests.app.services.desk import QUICK
from tests.helpers.bell import Bell

SOON = Patience(told_after_s=0.3, ended_after_s=2.0, look_every_s=0.1)
NEVER = replace(SOON, ended_after_s=3600)
LINE = replace(QUICK, connect_timeout_s=0.5, call_timeout_s=0.5, tries=10_000)


@dataclass
class Watched:
    """A line to a real backend, and what its watchdog told."""

    line: Line
    bell: Bell = field(default_factory=Bell)
    told: list[bool] = field(default_factory=list)

    async def until_connected(self) -> int:
        """Wait for the line; return the process id of the backend."""
        await self.until(lambda: self.line.link.state.phase is Phase.CONNECTED, "the line stands")
        pid = self.line.process.pid
        assert pid is not None
        return pid

    async def until(self, seen, what: str) -> None:
        await self.bell.until(seen, what, 40, lambda: (self.line.link.state, self.told))


@asynccontextmanager
async def watched(directory: Path, patience: Patience) -> AsyncIterator[Watched]:
    process = BackendProcess(backend_command(directory), Pace(first_delay_s=0.01))
    line = Line(Store(now_ms=lambda: 0), process, LINE, patience)
    it = Watched(line)
    line.watchdog.hangs.add(it.told.append)
    for listeners in (line.watchdog.hangs, line.link.changed):
        listeners.add(lambda _: it.bell.ring())
    line.start()
    try:
        yield it
    finally:
        await line.aclose()


async def test_a_stopped_backend_is_said_to_hang_and_goes_on_where_it_was(tmp_path: Path) -> None:
    async with watched(tmp_path / "data", NEVER) as it:
        pid = await it.until_connected()
        os.kill(pid, signal.SIGSTOP)
        try:
            await it.until(lambda: it.told == [True], "the hang is told")
        finally:
            os.kill(pid, signal.SIGCONT)
        assert await it.until_connected() == pid, "it was not started anew"
        assert it.told == [True, False]


async def test_a_backend_that_never_answers_again_is_ended_and_started_anew(
    tmp_path: Path,
) -> None:
    async with watched(tmp_path / "data", SOON) as it:
        pid = await it.until_connected()
        os.kill(pid, signal.SIGSTOP)
        await it.until(lambda: it.line.process.pid not in (pid, None), "another process")
        assert await it.until_connected() != pid
        assert it.told == [True, False]


async def test_a_death_is_no_hang(tmp_path: Path) -> None:
    async with watched(tmp_path / "data", NEVER) as it:
        pid = await it.until_connected()
        os.kill(pid, signal.SIGKILL)
        await it.until(lambda: it.line.process.pid not in (pid, None), "another process")
        await it.until_connected()
        assert it.told == []
