"""A real backend process that watches many endpoints from its first moment, and what it costs.

For the benchmarks of the backend; Linux only, where the kernel says what a process has used.
"""

import asyncio
import os
import time
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from backend.storage.archive import Archive
from tests.backend.storage.conftest import an_endpoint
from tests.helpers.program import ROOT, Backend, Program, running_backend, running_program


class Work:
    """What a process used of the processor, and how often it woke, since this was made."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._began, self._used, self._woken = time.monotonic(), _used_s(pid), _woken(pid)

    @property
    def seconds(self) -> float:
        """How long ago this was made."""
        return time.monotonic() - self._began

    @property
    def used_s(self) -> float:
        """Seconds of one core."""
        return _used_s(self._pid) - self._used

    @property
    def share(self) -> float:
        """Percent of one core."""
        return self.used_s / self.seconds * 100

    @property
    def wakeups(self) -> float:
        """How often any of its threads woke, a second."""
        return (_woken(self._pid) - self._woken) / self.seconds


def _used_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _woken(pid: int) -> int:
    found = 0
    for thread in Path(f"/proc/{pid}/task").iterdir():
        for line in (thread / "status").read_text().splitlines():
            if line.startswith("voluntary_ctxt_switches"):
                found += int(line.split()[1])
    return found


async def prepared(
    home: Path, urls: Sequence[str], interval_s: int, timeout_ms: int = 5000
) -> None:
    """Put these endpoints into the archive of the backend or desktop that will live in ``home``."""
    async with Archive.open(home / "data") as archive:
        await archive.add_all(
            [
                an_endpoint(
                    str(uuid.uuid4()),
                    name=url,
                    url=url,
                    check_interval=interval_s,
                    timeout_threshold=timeout_ms,
                )
                for url in urls
            ],
            [],
        )


@asynccontextmanager
async def watching(
    home: Path, urls: Sequence[str], interval_s: int, timeout_ms: int = 5000
) -> AsyncIterator[Backend]:
    """Run a backend that finds these endpoints in its archive when it starts."""
    await prepared(home, urls, interval_s, timeout_ms)
    async with running_backend(home) as backend:
        yield backend


@asynccontextmanager
async def module(name: str, home: Path, *arguments: str) -> AsyncIterator[Program]:
    """Run a module of the benchmarks as a process of its own."""
    environment = {"PYTHONPATH": str(ROOT)}
    command = ["-m", f"tests.benchmarks.{name}", *arguments]
    async with running_program(*command, home=home, environment=environment) as program:
        yield program


@asynccontextmanager
async def quick_target(home: Path) -> AsyncIterator[str]:
    """Run what answers at once; yield its URL, without a path."""
    async with module("quick_target", home) as target:
        yield f"http://127.0.0.1:{await target.wait_for_line(str.isdigit)}"


async def beat(late: list[float]) -> None:
    """Note how late a timer of this process fires, in ms, until cancelled: the limit of all."""
    while True:
        due = time.monotonic() + 0.05
        await asyncio.sleep(0.05)
        late.append((time.monotonic() - due) * 1000)


def share_of(values: Sequence[float], part: float) -> float:
    """Return the value below which this part of all lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]
