"""The data of the real backend are damaged: it serves what is whole, and says what it did."""

import asyncio
import signal
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from app.services.child import Address
from app.services.rest import Rest
from app.services.subscriptions import ALL_CHECKS
from app.state.link import Phase
from backend.contract.self_health import StorageView
from backend.contract.vocabulary import RestoredFrom
from backend.storage.backups import make_daily
from backend.storage.database import FILE_NAME
from tests.app.services.desk import Desk, desk
from tests.backend.storage.test_recovery import spoil_header, spoil_page
from tests.helpers.program import Backend, running_backend
from tests.helpers.target_server import Answer, TargetServer, running_target
from tests.integration.chaos.truth import good, out_of_step

Damage = Callable[[Path], None]
DRAFT = {"checkInterval": 86_400, "failureThreshold": 1, "timeoutThreshold": 2000}
KEPT = ("one", "two", "three")


def spoil_log(path: Path) -> None:
    """Change what lies in the middle of the log of the last changes."""
    log = path.with_name(f"{path.name}-wal")
    content = bytearray(log.read_bytes())
    content[len(content) // 2] ^= 0xFF
    log.write_bytes(content)


class Stage:
    """A desktop's line, commands beside it, and one backend after another on the same data."""

    def __init__(self, home: Path, built: Desk, target: TargetServer) -> None:
        self.data = home / "data" / FILE_NAME
        self.desk = built
        self.rest = Rest()
        self.storage: list[StorageView] = []
        self._home, self._target = home, target
        built.sync.storage.add(self.storage.append)
        built.sync.storage.add(lambda _: built.bell.ring())

    async def start(self, rooms: AsyncExitStack) -> Backend:
        """Start a backend and connect to it."""
        backend = await rooms.enter_async_context(running_backend(self._home))
        address = Address(backend.url, backend.token)
        await self.rest.set_address(address)
        self.desk.link.connect_to(address)
        await self.desk.until(
            lambda: (
                self.desk.link.state.phase is Phase.CONNECTED
                and self.desk.subscriptions.held == ALL_CHECKS
            ),
            "the line",
        )
        return backend

    async def add(self, *names: str) -> None:
        """Add endpoints and have each checked."""
        for name in names:
            draft = {"name": name, "url": f"{self._target.url}/{name}", **DRAFT}
            await self.rest.check_now(good(await self.rest.create(draft)).id)

    def names(self) -> set[str]:
        return {record.view.name for record in self.desk.store.records.values()}


@pytest.mark.parametrize(
    ("ended_by", "damage", "origin"),
    [
        (signal.SIGTERM, spoil_header, RestoredFrom.BACKUP),
        pytest.param(signal.SIGTERM, spoil_page, RestoredFrom.BACKUP, marks=pytest.mark.long),
        # Only one that is killed leaves a log.
        pytest.param(signal.SIGKILL, spoil_log, RestoredFrom.ITSELF, marks=pytest.mark.long),
    ],
    ids=["header", "page", "log"],
)
async def test_after_damage_the_window_shows_what_is_whole_and_what_was_done(
    ended_by: signal.Signals, damage: Damage, origin: RestoredFrom, tmp_path: Path
) -> None:
    async with running_target() as target, desk() as built, AsyncExitStack() as rooms:
        stage = Stage(tmp_path, built, target)
        built.subscriptions.page(ALL_CHECKS)
        built.link.start()
        backend = await stage.start(rooms)
        target.answers["/two"] = Answer(status=503)
        await stage.add(*KEPT)
        await asyncio.to_thread(make_daily, stage.data, time.time_ns() // 1_000_000)
        await stage.add("lost")
        await built.until(lambda: "lost" in stage.names(), "all of them")
        backend.program.signal(ended_by)
        await backend.program.wait_for_exit()
        built.link.forget_address()
        damage(stage.data)

        await stage.start(rooms)
        await built.until(lambda: stage.storage[-1].restoration is not None, "what was done")
        restoration = stage.storage[-1].restoration
        assert restoration.origin is origin
        assert list(stage.data.parent.glob("vigil-damaged-*")), "nothing is thrown away"
        assert await out_of_step(built, stage.rest, patience_s=10) == []
        if origin is RestoredFrom.BACKUP:
            assert stage.names() == set(KEPT)
            assert [it.endpoint_name for it in built.store.incidents.values()] == ["two"]
        else:
            assert stage.names() < {*KEPT, "lost"}
        await stage.add("after")
        assert await out_of_step(built, stage.rest, patience_s=10) == []
        assert "after" in stage.names()
        await stage.rest.aclose()
