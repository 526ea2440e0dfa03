"""An engine with a real archive, a clock turned by hand, and targets that answer as scripted."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from backend.contract.commands import EndpointDraft
from backend.contract.events import CheckCompleted
from backend.engine.bus import Bus
from backend.engine.endpoints import Endpoints
from backend.engine.monitors import Monitors
from backend.engine.network import LaptopNetwork
from backend.engine.pipeline import Pipeline
from backend.engine.scheduler import Scheduler
from backend.engine.sight import Sight
from backend.engine.sleep import Bedtime
from backend.storage.archive import Archive
from tests.helpers.event_spy import EventSpy
from tests.helpers.fake_clock import FakeClock
from tests.helpers.fake_surroundings import FakeSurroundings
from tests.helpers.scripted_prober import ScriptedProber


class Engine:
    """All of the engine that one test needs, wired as the composition root does."""

    def __init__(
        self,
        archive: Archive,
        monitors: Monitors,
        stage: "Running",
        checks_at_once: int,
        offline_since_ms: int | None,
    ) -> None:
        self.archive, self.monitors = archive, monitors
        self.clock, self.prober, self.surroundings = stage.clock, stage.prober, stage.surroundings
        clock, prober = stage.clock, stage.prober
        self.bus, lock = Bus(), asyncio.Lock()
        self.spy = EventSpy(self.bus)
        self.sight = Sight(archive=archive, bus=self.bus, clock=clock, monitors=monitors, lock=lock)
        self.network = LaptopNetwork(
            surroundings=stage.surroundings,
            prober=prober,
            sight=self.sight,
            clock=clock,
            monitors=monitors,
            offline_since_ms=offline_since_ms,
        )
        self.bedtime = Bedtime()
        self.pipeline = Pipeline(
            prober=prober,
            archive=archive,
            bus=self.bus,
            clock=clock,
            monitors=monitors,
            lock=lock,
            network=self.network,
            bedtime=self.bedtime,
        )
        self.scheduler = Scheduler(
            clock=clock,
            monitors=monitors,
            check=self.pipeline.check,
            checks_at_once=checks_at_once,
            held=self.network.holds,
            bedtime=self.bedtime,
        )
        self.endpoints = Endpoints(
            archive=archive,
            bus=self.bus,
            clock=clock,
            monitors=monitors,
            scheduler=self.scheduler,
            lock=lock,
        )

    async def add(self, name: str = "shop", **fields: object) -> str:
        """Add an endpoint and return its id."""
        draft = EndpointDraft(**({"name": name, "url": "http://shop.test/"} | fields))
        return (await self.endpoints.add(draft)).id

    async def checks(self, count: int) -> CheckCompleted:
        """Wait for that many checks in all and return the last of them."""
        return await self.spy.wait_for(CheckCompleted, count)

    async def next_check(self) -> CheckCompleted:
        """Turn the clock until one more check was made, and return it."""
        before = len(self.spy.of(CheckCompleted))
        await self.settled()
        waking_ms = await self.clock.wait_for_any_sleeper()
        self.clock.advance(waking_ms - self.clock.monotonic_ms())
        return await self.checks(before + 1)

    async def settled(self) -> None:
        """Let whatever can run without time, network or disk run."""
        for _ in range(20):
            await asyncio.sleep(0)


class Running:
    """Starts engines on one data directory, one after another."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self.clock = FakeClock()
        self.prober = ScriptedProber()
        self.surroundings = FakeSurroundings()

    @asynccontextmanager
    async def __call__(self, checks_at_once: int = 100) -> AsyncIterator[Engine]:
        async with Archive.open(self._directory) as archive:
            monitors = Monitors(await archive.load())
            since_ms = await archive.sight.offline_since_ms()
            engine = Engine(archive, monitors, self, checks_at_once, since_ms)
            async with asyncio.TaskGroup() as group:
                tasks = [
                    group.create_task(engine.scheduler.run(), name="scheduler under test"),
                    group.create_task(
                        engine.network.run(engine.scheduler.spread), name="network under test"
                    ),
                ]
                await engine.settled()
                yield engine
                for task in tasks:
                    task.cancel()


@pytest.fixture
def running(tmp_path: Path) -> Running:
    """What starts an engine; again for a restart on the same data."""
    return Running(tmp_path / "data")


@pytest.fixture
async def engine(running: Running) -> AsyncIterator[Engine]:
    """A running engine without endpoints."""
    async with running() as engine:
        yield engine
