"""The system's word of sleep is heard, on a real bus."""

import asyncio
import sys
from collections.abc import AsyncIterator

import pytest

if sys.platform != "linux":
    pytest.skip("D-Bus", allow_module_level=True)

from backend.checks.logind import follow_sleep
from tests.helpers.logind import Logind, running_logind, speaking


@pytest.fixture
async def logind(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Logind]:
    async with running_logind() as made:
        for name, value in made.environment.items():
            monkeypatch.setenv(name, value)
        yield made


async def test_it_is_told_when_sleep_is_near_and_when_it_is_over(logind: Logind) -> None:
    told: list[bool] = []
    async with asyncio.TaskGroup() as group:
        follows = group.create_task(follow_sleep(told.append))
        await logind.wait_for_listener()
        await logind.say(True)
        assert told == [True]
        await logind.say(True, member="PrepareForShutdown")
        await logind.say(False)
        assert told == [True, False]
        follows.cancel()


async def test_only_the_system_is_believed(logind: Logind) -> None:
    told: list[bool] = []
    address = logind.environment["DBUS_SYSTEM_BUS_ADDRESS"]
    async with asyncio.TaskGroup() as group, speaking(address, "test.stranger") as stranger:
        follows = group.create_task(follow_sleep(told.append))
        await logind.wait_for_listener()
        await stranger.say(True)
        await logind.say(False)
        assert told == [False]
        follows.cancel()


async def test_it_ends_when_the_bus_does(monkeypatch: pytest.MonkeyPatch) -> None:
    async with asyncio.TaskGroup() as group:
        async with running_logind() as made:
            for name, value in made.environment.items():
                monkeypatch.setenv(name, value)
            follows = group.create_task(follow_sleep(lambda _: None))
            await made.wait_for_listener()
        async with asyncio.timeout(10):
            await follows


async def test_without_a_system_bus_nobody_says_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    told: list[bool] = []
    await follow_sleep(told.append)
    assert told == []
