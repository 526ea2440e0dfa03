"""A desktop's line and a whole real backend, and a seed that lets everything happen to them.

Used by the tests of convergence. The backend runs in the test's process, its targets are real
servers, the line is a real one through a cable; what happens, and when, comes from one seed.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

import httpx

from app.services.child import Address
from app.services.rest import Rest
from app.services.subscriptions import ALL_CHECKS, Subscription
from app.services.sync import Sync
from app.state.link import Phase
from backend.config import Settings
from backend.main import backend
from tests.app.services.desk import QUICK, Desk, LossyTalk, desk, through
from tests.helpers.cable import Cable, plugged_in
from tests.helpers.target_server import Answer, Fault, TargetServer, running_target
from tests.integration.chaos.truth import out_of_step

TOKEN = "the token of this storm"
PATHS = tuple(f"/{number}" for number in range(4))
ANSWERS = (
    Answer(),
    Answer(),
    Answer(status=503),
    Answer(status=503),
    Answer(delay_s=0.03),
    Answer(fault=Fault.RESET),
)
DRAFT = {
    "checkInterval": 86_400,
    "retryInterval": 86_400,
    "timeoutThreshold": 500,
    "degradedThreshold": 20,
    "failureThreshold": 2,
}
WEIGHTS = {
    "check": 14,
    "flip": 5,
    "create": 3,
    "edit": 3,
    "pause_or_resume": 2,
    "delete": 1,
    "restore": 1,
    "acknowledge": 2,
    "turn_page": 1,
}
"""How often each thing happens, beside the others."""

LINE = replace(QUICK, ping_every_s=0.5, tries=10_000)


class Storm:
    """Everything that a seed may do.

    Attributes:
        desk: the line under test.
        rest: commands, which go beside the cable.
        log: what was done, for the message of a failure.
    """

    def __init__(self, chance: Random, built: Desk, target: TargetServer, folder: Path) -> None:
        self.desk = built
        self.rest = Rest()
        self.log: list[str] = []
        self._chance = chance
        self._target = target
        self._folder = folder
        self._rooms = AsyncExitStack()
        self._cable: Cable | None = None
        self._plain: httpx.AsyncClient | None = None
        self._ids: list[str] = []
        self._names = 0
        self._weights = WEIGHTS

    async def begin(self) -> None:
        """Start the backend and connect to it."""
        running = await self._rooms.enter_async_context(
            backend(Settings(self._folder, token=TOKEN))
        )
        address = Address(running.url, TOKEN)
        port = int(running.url.rpartition(":")[2])
        self._cable = await self._rooms.enter_async_context(plugged_in(port, as_host=True))
        await self.rest.set_address(address)
        bearer = {"Authorization": f"Bearer {TOKEN}"}
        self._plain = await self._rooms.enter_async_context(
            httpx.AsyncClient(base_url=running.url, headers=bearer, trust_env=False)
        )
        self.desk.link.connect_to(through(self._cable.port, address))

    async def plant(self) -> None:
        """Add what every storm begins with."""
        for _ in range(3):
            await self._create()

    async def end(self) -> None:
        """Stop the backend."""
        self.desk.link.forget_address()
        await self.rest.set_address(None)
        await self._rooms.aclose()

    async def rage(self, steps: int, *, with_trouble: bool = True) -> None:
        """Do that many things, one or a few at a time.

        Args:
            steps: how many.
            with_trouble: the line breaks meanwhile, and pages are turned, which asks anew.
        """
        if not with_trouble:
            self._weights = {**WEIGHTS, "turn_page": 0}
        while steps > 0:
            together = self._chance.choice((1, 1, 2, 4))
            await asyncio.gather(*(self._step() for _ in range(together)))
            steps -= together
            if with_trouble and self._chance.random() < 0.25:
                await self._trouble()

    async def calm_down(self) -> None:
        """End all trouble, open a page that hears checks, and wait until the line stands."""
        assert self._cable is not None
        assert isinstance(self.desk.talk, UnrulyTalk)
        self.desk.talk.rule()
        await self._cable.heal()
        self.desk.subscriptions.page(ALL_CHECKS)
        self.desk.link.reconnect_now()
        await self.desk.until_phase(Phase.CONNECTED)
        await self.desk.until(lambda: self.desk.subscriptions.held == ALL_CHECKS, "checks heard")

    async def out_of_step(self, patience_s: float) -> list[str]:
        """Return in what the store differs from REST once there was quiet for so long."""
        return await out_of_step(self.desk, self.rest, patience_s)

    async def _step(self) -> None:
        (name,) = self._chance.choices(list(self._weights), list(self._weights.values()))
        self.log.append(name)
        await getattr(self, f"_{name}")()

    async def _trouble(self) -> None:
        assert self._cable is not None
        kind = self._chance.choice(("cut", "cut", "cut", "refuse", "hold", "restart"))
        self.log.append(kind)
        match kind:
            case "cut":
                self._cable.cut()
            case "refuse":
                await self._cable.refuse()
            case "hold":
                self._cable.hold()
            case "restart":
                await self.end()
                await self.begin()
                return
        await asyncio.gather(*(self._step() for _ in range(self._chance.randint(0, 3))))
        await self._cable.heal()

    def _any(self) -> str | None:
        return self._chance.choice(self._ids) if self._ids else None

    async def _check(self) -> None:
        if (key := self._any()) is not None:
            for _ in range(self._chance.randint(1, 4)):
                await self.rest.check_now(key)

    async def _flip(self) -> None:
        self._target.answers[self._chance.choice(PATHS)] = self._chance.choice(ANSWERS)

    async def _create(self) -> None:
        self._names += 1
        path = self._chance.choice(PATHS)
        named = {"name": f"API {self._names}", "url": self._target.url + path}
        view = await self.rest.create(DRAFT | named)
        self._ids.append(view.id)

    async def _edit(self) -> None:
        self._names += 1
        changes = self._chance.choice(
            (
                {"name": f"Renamed {self._names}"},
                {"url": self._target.url + self._chance.choice(PATHS)},
                {"tags": [f"tag {self._names}"], "note": "noted"},
                {"expectedStatusCode": self._chance.choice((200, 503))},
                {"failureThreshold": self._chance.choice((1, 2, 3))},
            )
        )
        if (key := self._any()) is not None:
            await self.rest.patch(key, changes)

    async def _pause_or_resume(self) -> None:
        if (key := self._any()) is not None:
            await self.rest.patch(key, {"isActive": self._chance.random() < 0.6})

    async def _delete(self) -> None:
        if (key := self._any()) is not None:
            await self.rest.delete(key)

    async def _restore(self) -> None:
        if (key := self._any()) is not None:
            await self.rest.restore(key)

    async def _acknowledge(self) -> None:
        """Say something of an open incident, as the desktop's incident list would."""
        is_open = [it.id for it in self.desk.store.incidents.values() if it.resolved_at is None]
        if is_open:
            path = f"/api/incidents/{self._chance.choice(is_open)}/acknowledge"
            assert self._plain is not None
            await self._plain.post(path, json={"note": f"note {len(self.log)}"})

    async def _turn_page(self) -> None:
        key = self._any()
        pages = (ALL_CHECKS, None, None if key is None else Subscription(key))
        self.desk.subscriptions.page(self._chance.choice(pages))


def seeded(seed: int) -> Random:
    """Return a source of chance that says the same again for the same seed."""
    chance = Random()  # noqa: S311
    chance.seed(seed)
    return chance


class UnrulyTalk(LossyTalk):
    """Deliveries come twice, or after the one that followed them; some are lost.

    Attributes:
        chance: decides; in order and whole without it.
        drops: which part of the deliveries is lost, 0 to 1.
        late: the delivery that the next one overtakes.
    """

    chance: Random | None = None
    drops = 0.0
    late: tuple[str, object] | None = None

    def receive(self, name: str, data: object) -> None:
        if self.chance is None:
            super().receive(name, data)
            return
        if self.chance.random() < self.drops:
            return
        draw = self.chance.random()
        if draw < 0.2 and self.late is None:
            self.late = (name, data)
            return
        super().receive(name, data)
        if draw > 0.8:
            super().receive(name, data)
        if self.late is not None:
            late, self.late = self.late, None
            super().receive(*late)

    def rule(self) -> None:
        """From now on in order and whole; what was late arrives."""
        self.chance = None
        if self.late is not None:
            late, self.late = self.late, None
            super().receive(*late)


@asynccontextmanager
async def storm(
    seed: int, folder: Path, *, drops: float = 0.0, syncs: type[Sync] = Sync
) -> AsyncIterator[Storm]:
    """Set the stage of one seed; the line is connected and nothing has happened yet.

    Args:
        drops: which part of what is delivered is lost, 0 to 1.
        syncs: what keeps the store in step.
    """
    async with running_target() as target, desk(LINE, UnrulyTalk, syncs) as built:
        talk = built.talk
        assert isinstance(talk, UnrulyTalk)
        talk.chance, talk.drops = seeded(seed), drops
        built.link.start()
        raging = Storm(seeded(seed), built, target, folder)
        await raging.begin()
        built.subscriptions.page(ALL_CHECKS)
        await built.until_phase(Phase.CONNECTED)
        await raging.plant()
        await built.until(lambda: built.subscriptions.held == ALL_CHECKS, "checks heard")
        try:
            yield raging
        finally:
            await raging.end()
            await raging.rest.aclose()
