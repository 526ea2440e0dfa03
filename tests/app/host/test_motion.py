"""The system's wish for less motion is heard from the desktop's portal, on a real bus."""

import asyncio
import sys
from collections.abc import AsyncIterator

import pytest

if sys.platform != "linux":
    pytest.skip("D-Bus", allow_module_level=True)

from dbus_fast import Message, MessageType, Variant
from dbus_fast.aio import MessageBus

from app.host.motion import follow_motion
from tests.helpers.bell import Bell
from tests.helpers.session_bus import running_session_bus

SETTINGS = "org.freedesktop.portal.Settings"
KEY = ["org.gnome.desktop.interface", "enable-animations"]


class Portal:
    """Answers for one setting and tells its changes, as the desktop's portal does."""

    def __init__(self, bus: MessageBus) -> None:
        self._bus, self.animations = bus, True
        bus.add_message_handler(self._answer)

    def _answer(self, message: Message) -> Message | None:
        if message.message_type is MessageType.METHOD_CALL and message.interface == SETTINGS:
            assert message.body == KEY
            wrapped = Variant("v", Variant("b", self.animations))
            return Message.new_method_return(message, "v", [wrapped])
        return None

    async def change(self, animations: bool) -> None:
        self.animations = animations
        body = [*KEY, Variant("b", animations)]
        path = "/org/freedesktop/portal/desktop"
        await self._bus.send(Message.new_signal(path, SETTINGS, "SettingChanged", "ssv", body))


@pytest.fixture
async def portal(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Portal]:
    async with running_session_bus() as session:
        address = session.environment["DBUS_SESSION_BUS_ADDRESS"]
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        bus = await MessageBus(bus_address=address).connect()
        made = Portal(bus)
        await bus.request_name("org.freedesktop.portal.Desktop")
        yield made
        bus.disconnect()


async def test_it_is_told_at_the_start_and_at_every_change(portal: Portal) -> None:
    told: list[bool] = []
    bell = Bell()

    def hear(moves_less: bool) -> None:
        told.append(moves_less)
        bell.ring()

    portal.animations = False
    async with asyncio.TaskGroup() as group:
        follows = group.create_task(follow_motion(hear))
        await bell.until(lambda: told == [True], "the answer", 10, lambda: told)
        await portal.change(True)
        await bell.until(lambda: told == [True, False], "the change", 10, lambda: told)
        follows.cancel()


async def test_without_a_session_nobody_says_anything(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    told: list[bool] = []
    await follow_motion(told.append)
    assert told == []
