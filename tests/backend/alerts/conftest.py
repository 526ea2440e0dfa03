"""Messengers with a real archive and a real pipeline, on a wall clock turned by hand."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from backend.alerts.herald import open_alerts
from backend.alerts.postman import Postman
from backend.alerts.round import Tempo, Tools
from backend.contract.alerts import ChannelDraft, DeliveryView
from backend.contract.commands import EndpointDraft, EndpointPatch
from backend.contract.vocabulary import DeliveryState, Reason
from backend.domain.alert_plan import Plan, plan, reminders
from backend.domain.alerting import OutboxEntry
from backend.domain.assertions import Failed, Success
from backend.engine.bus import Bus
from backend.engine.endpoints import Endpoints
from backend.engine.incidents import Incidents
from backend.engine.monitors import Monitors
from backend.engine.network import LaptopNetwork
from backend.engine.pipeline import Pipeline
from backend.engine.scheduler import Scheduler
from backend.engine.sight import Sight
from backend.storage.archive import Archive
from tests.helpers.event_spy import EventSpy
from tests.helpers.fake_clock import FakeClock
from tests.helpers.fake_surroundings import FakeSurroundings, ok_from
from tests.helpers.scripted_prober import ScriptedProber

MINUTE_MS = 60_000
AT_ONCE = Tempo(quick_s=0.01, backoff_s=30.0, longest_s=900.0, disk_s=0.05)
"""Quick tries without waiting; the longer waits are the fake clock's."""


class House:
    """The backend from a judged check to a delivered alert. Nothing is checked by itself."""

    def __init__(self, archive: Archive, monitors: Monitors, clock: FakeClock) -> None:
        self.archive, self.clock, self.monitors = archive, clock, monitors
        self.bus, self.lock = Bus(), asyncio.Lock()
        self.spy = EventSpy(self.bus)

    async def open(self, postman: Postman, tempo: Tempo) -> None:
        tools = Tools(
            self.archive.alerts, postman, self.bus.publish, self.clock.wall_ms, self.lock, tempo
        )
        self.alerts = await open_alerts(tools)
        together = {
            "archive": self.archive,
            "bus": self.bus,
            "clock": self.clock,
            "monitors": self.monitors,
            "lock": self.lock,
            "herald": self.alerts.herald,
        }
        prober = ScriptedProber()
        sight = Sight(**{name: it for name, it in together.items() if name != "herald"})
        self.network = LaptopNetwork(
            surroundings=FakeSurroundings(),
            prober=prober,
            sight=sight,
            clock=self.clock,
            monitors=self.monitors,
        )
        self.pipeline = Pipeline(prober=prober, network=self.network, **together)
        self.incidents = Incidents(**together)
        scheduler = Scheduler(
            clock=self.clock, monitors=self.monitors, check=self.pipeline.check, checks_at_once=1
        )
        self.endpoints = Endpoints(scheduler=scheduler, **together)

    async def add(self, name: str = "shop", **fields: object) -> str:
        """Add an endpoint and return its id."""
        known = {"name": name, "url": f"http://{name}.test/", "failure_threshold": 1}
        return (await self.endpoints.add(EndpointDraft(**{**known, **fields}))).id

    async def pause(self, endpoint_id: str) -> None:
        await self.endpoints.change(endpoint_id, EndpointPatch(is_active=False))

    async def channel(self, kind: str, config: dict, **fields: object) -> str:
        """Add a channel and return its id."""
        draft = ChannelDraft(name=f"my {kind}", type=kind, config=config, **fields)
        return (await self.alerts.channels.add(draft)).id

    def answered(self, endpoint_id: str, address: str) -> None:
        """Let an endpoint be seen to answer at an address."""
        monitored = self.monitors.get(endpoint_id)
        assert monitored is not None
        self.network.note(monitored.endpoint, ok_from(address))

    async def goes_down(self, endpoint_id: str, message: str = "Connection refused") -> None:
        await self._record(endpoint_id, Failed(Reason.TARGET, message, None, None))

    async def comes_up(self, endpoint_id: str, *, slow: bool = False) -> None:
        await self._record(endpoint_id, Success(5.0, 200, slow))

    async def _record(self, endpoint_id: str, outcome: Success | Failed) -> None:
        ticket = self.monitors.ticket(endpoint_id)
        assert ticket is not None
        await self.pipeline.record(ticket, outcome)

    def pass_time(self, ms: int) -> None:
        """Turn the clock and have every round look at it."""
        self.clock.advance(ms)
        for channel in self.alerts.channels.every():
            self.alerts.courier.nudge(channel.id)

    async def plan(self) -> Plan:
        """Return what the only channel's round would do now."""
        (channel,) = self.alerts.channels.every()
        now_ms = self.clock.wall_ms()
        return plan(channel, await self.archive.alerts.desk(channel.id, now_ms), now_ms)

    async def reminders(self) -> list[OutboxEntry]:
        """Return the reminders that are due now to the only channel."""
        (channel,) = self.alerts.channels.every()
        now_ms = self.clock.wall_ms()
        return reminders(channel, await self.archive.alerts.desk(channel.id, now_ms), now_ms)[0]

    async def log(self, **only: object) -> list[DeliveryView]:
        """Return the log, oldest first."""
        asked = {"channel_id": None, "endpoint_id": None, "state": None, **only}
        page = await self.archive.alerts.page_of_deliveries(page=1, limit=100, **asked)
        return list(reversed(page.data))

    async def until_log(self, seen: Callable[[list[DeliveryView]], bool]) -> list[DeliveryView]:
        """Return the log as soon as it looks like that."""
        async with asyncio.timeout(5):
            while not seen(log := await self.log()):
                pass
        return log

    async def until_settled(self) -> list[DeliveryView]:
        """Return the log once nothing in it waits."""
        return await self.until_log(
            lambda log: bool(log) and all(it.state is not DeliveryState.PENDING for it in log)
        )


class Houses:
    """Opens houses on one data directory, one after another."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self.clock = FakeClock()

    @asynccontextmanager
    async def __call__(
        self, postman: Postman | None = None, tempo: Tempo = AT_ONCE
    ) -> AsyncIterator[House]:
        async with Archive.open(self._directory) as archive:
            house = House(archive, Monitors(await archive.load()), self.clock)
            await house.open(postman or Postman(), tempo)
            async with asyncio.TaskGroup() as group:
                task = group.create_task(house.alerts.run(), name="messengers under test")
                await asyncio.sleep(0)
                yield house
                task.cancel()


@pytest.fixture
def houses(tmp_path: Path) -> Houses:
    """What opens a house; again for a restart on the same data."""
    return Houses(tmp_path / "data")


@pytest.fixture
async def house(houses: Houses) -> AsyncIterator[House]:
    """A house without endpoints or channels."""
    async with houses() as opened:
        yield opened
