"""The real judge, archive and commands of the backend, driven step by step by a test.

For tests that hold the desktop's memory or line against the backend's truth. No probes and no
schedule: the test says what each check found, and a fake clock when.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Self

from backend.contract.commands import EndpointDraft, EndpointPatch
from backend.contract.resources import EndpointView, Snapshot
from backend.contract.vocabulary import Reason, UnknownReason
from backend.domain.assertions import Failed, Outcome, Success
from backend.domain.reply import Prober
from backend.engine.bus import Bus
from backend.engine.endpoints import Endpoints
from backend.engine.monitors import Monitors
from backend.engine.pipeline import Pipeline
from backend.engine.scheduler import Scheduler
from backend.engine.sight import Sight
from backend.storage.archive import Archive

OK = Success(latency_ms=80.0, status_code=200, degraded=False)
SLOW = Success(latency_ms=3000.0, status_code=200, degraded=True)
FAILED = Failed(Reason.TARGET, "Expected status 200, got 503", 503, 90.0)
OURS = Failed(Reason.OURS, "Internal error")
WARNED = Success(80.0, 200, degraded=True, warning="The certificate ends in 5 days")


class StepClock:
    """A clock that moves when the test moves it."""

    def __init__(self) -> None:
        self.now_ms = 1_767_600_000_000

    def wall_ms(self) -> int:
        return self.now_ms

    def leapt_ms(self, since_ms: int) -> int:
        return 0

    def monotonic_ms(self) -> float:
        return float(self.now_ms)

    async def sleep_until(self, at_ms: float) -> None:
        raise AssertionError("nothing is scheduled here")


class _NoProber(Prober):
    async def ask(self, endpoint: object) -> object:
        raise AssertionError("the test says what a check finds")


class Engine:
    """The backend's inside, without its network."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.bus = Bus()
        self.clock = StepClock()
        self.monitors = Monitors()
        lock = asyncio.Lock()
        self.pipeline = Pipeline(
            prober=_NoProber(),
            archive=archive,
            bus=self.bus,
            clock=self.clock,
            monitors=self.monitors,
            lock=lock,
        )
        self.sight = Sight(
            archive=archive, bus=self.bus, clock=self.clock, monitors=self.monitors, lock=lock
        )
        scheduler = Scheduler(clock=self.clock, monitors=self.monitors, check=self.pipeline.check)
        self.endpoints = Endpoints(
            archive=archive,
            bus=self.bus,
            clock=self.clock,
            monitors=self.monitors,
            scheduler=scheduler,
            lock=lock,
        )

    @classmethod
    @asynccontextmanager
    async def open(cls, directory: Path) -> AsyncIterator[Self]:
        async with Archive.open(directory) as archive:
            yield cls(archive)

    async def add(self, name: str = "API", **fields: object) -> EndpointView:
        draft = EndpointDraft.model_validate({"name": name, "url": "http://127.0.0.1/"} | fields)
        return await self.endpoints.add(draft)

    async def patch(self, endpoint_id: str, **fields: object) -> None:
        await self.endpoints.change(endpoint_id, EndpointPatch.model_validate(fields))

    async def check(self, endpoint_id: str, outcome: Outcome = OK, times: int = 1) -> None:
        for _ in range(times):
            self.clock.now_ms += 1000
            ticket = self.monitors.ticket(endpoint_id)
            assert ticket is not None
            await self.pipeline.record(ticket, outcome)

    async def lose_sight(self) -> None:
        """Let this computer have slept."""
        self.clock.now_ms += 1000
        await self.sight.lose(UnknownReason.ASLEEP, lambda _: True)

    async def snapshot(self) -> Snapshot:
        return await self.archive.snapshot(now_ms=self.clock.now_ms)
