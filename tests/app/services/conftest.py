"""A real backend in the test's process, whose checks find what the test says."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from app.services.child import Address
from app.services.failures import RestFailure
from app.services.rest import Rest
from backend.config import Settings
from backend.contract.events import CheckCompleted, Event
from backend.contract.vocabulary import Reason
from backend.domain.endpoint import Endpoint
from backend.domain.reply import Failure, Reply
from backend.engine.bus import Bus
from backend.main import backend
from tests.helpers.bell import Bell
from tests.helpers.cable import Cable, plugged_in

TOKEN = "the token of this test"
GOOD = Reply(200, 80.0, {}, b"")
BAD = Failure(Reason.TARGET, "Expected status 200, got 503", 503, 40.0)


class Script:
    """A prober that finds what the test says, endpoint by endpoint; all is well unless said."""

    def __init__(self) -> None:
        self.finds: dict[str, Reply | Failure] = {}
        self.else_finds: Reply | Failure = GOOD

    async def ask(self, endpoint: Endpoint) -> Reply | Failure:
        return self.finds.get(endpoint.id, self.else_finds)


class Served:
    """A backend that serves, with a hand on its checks."""

    def __init__(self, address: Address, rest: Rest, script: Script, bus: Bus) -> None:
        self.address = address
        self.rest = rest
        self.bus = bus
        self._script = script
        self._checked: set[str] = set()
        self._bell = Bell()
        bus.subscribe(self._hear)

    @property
    def port(self) -> int:
        return int(self.address.url.rpartition(":")[2])

    async def add(self, name: str = "API") -> str:
        """Add an endpoint and wait for its first check; later ones are made by hand only."""
        view = await self.rest.create(
            {"name": name, "url": "http://127.0.0.1:9/", "checkInterval": 86_400}
        )
        assert not isinstance(view, RestFailure)
        await self._bell.until(lambda: view.id in self._checked, "the first check", 5)
        return view.id

    def finds_at_first(self, finds: Reply | Failure) -> None:
        """Let the checks of endpoints nobody spoke of find this."""
        self._script.else_finds = finds

    async def check(self, endpoint_id: str, finds: Reply | Failure = GOOD, times: int = 1) -> None:
        self._script.finds[endpoint_id] = finds
        for _ in range(times):
            assert not isinstance(await self.rest.check_now(endpoint_id), RestFailure)

    async def take_down(self, endpoint_id: str) -> None:
        await self.check(endpoint_id, BAD, times=3)

    def _hear(self, event: Event) -> None:
        if isinstance(event, CheckCompleted):
            self._checked.add(event.endpoint_id)
            self._bell.ring()


@asynccontextmanager
async def serve(directory: Path) -> AsyncIterator[Served]:
    """Run a backend on a data directory until the block ends."""
    script, rest = Script(), Rest()
    settings = Settings(data_dir=directory, token=TOKEN)
    async with backend(settings, prober=script) as running:
        address = Address(running.url, TOKEN)
        await rest.set_address(address)
        try:
            yield Served(address, rest, script, running.bus)
        finally:
            await rest.aclose()


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    async with serve(tmp_path / "data") as running:
        yield running


@pytest.fixture
async def cable(served: Served) -> AsyncIterator[Cable]:
    async with plugged_in(served.port, as_host=True) as relay:
        yield relay
