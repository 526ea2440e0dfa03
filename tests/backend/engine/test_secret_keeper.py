"""Putting secrets in order at the start leaves the loop to the others."""

import asyncio
from pathlib import Path

from backend.engine.bus import Bus
from backend.engine.monitors import Monitors
from backend.engine.secret_keeper import IN_A_ROW, put_in_order
from backend.storage.archive import Archive
from backend.storage.keyrings import SystemKeyring
from backend.storage.vault import Vault
from tests.backend.storage.conftest import an_endpoint
from tests.helpers.fake_clock import FakeClock
from tests.helpers.memory_keyring import MemoryKeyring


class ChannelsThatCount:
    """Notes how many turns others had until the channels' secrets are hidden."""

    def __init__(self) -> None:
        self.turns = 0
        self.turns_before: int | None = None

    async def hide_secrets(self) -> None:
        self.turns_before = self.turns

    async def take_turns(self) -> None:
        while self.turns_before is None:
            self.turns += 1
            await asyncio.sleep(0)


async def test_others_have_their_turn_while_many_endpoints_are_looked_through(
    tmp_path: Path,
) -> None:
    clock, channels, rows = FakeClock(), ChannelsThatCount(), 5
    async with Archive.open(tmp_path) as archive:
        await archive.add_all([an_endpoint(str(it)) for it in range(rows * IN_A_ROW)], [])
        monitors = Monitors(await archive.load())
        vault = await Vault.open(
            tmp_path,
            keyring=SystemKeyring(MemoryKeyring),
            prefers_keyring=False,
            now_ms=clock.wall_ms,
        )
        async with asyncio.TaskGroup() as group:
            group.create_task(channels.take_turns(), name="others")
            await put_in_order(
                vault=vault,
                archive=archive,
                monitors=monitors,
                bus=Bus(),
                clock=clock,
                lock=asyncio.Lock(),
                channels=channels,
            )
    assert channels.turns_before is not None
    assert channels.turns_before >= rows
