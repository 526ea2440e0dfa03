"""A logind on a private bus that says when a test likes that the system sleeps or woke."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from dbus_fast import Message
from dbus_fast.aio import MessageBus

from tests.helpers.bell import Bell
from tests.helpers.session_bus import running_session_bus

NAME = "org.freedesktop.login1"
SPEAKER = "org.freedesktop.login1.Manager"
WORD = "PrepareForSleep"


class Logind:
    """Speaks on the bus of `environment`.

    Attributes:
        environment: what a program needs to take this bus for the system's.
    """

    def __init__(self, bus: MessageBus, address: str) -> None:
        self.environment = {"DBUS_SYSTEM_BUS_ADDRESS": address}
        self._bus = bus
        self._listeners: list[str] = []
        self._bell = Bell()

    async def begin(self, name: str) -> None:
        """Take the name, and overhear who asks the bus for the word of sleep."""
        self._bus.add_message_handler(self._overhear)
        rule = "eavesdrop='true',type='method_call',member='AddMatch'"
        driver = "org.freedesktop.DBus"
        await self._bus.call(
            Message(driver, "/org/freedesktop/DBus", driver, "AddMatch", signature="s", body=[rule])
        )
        await self._bus.request_name(name)

    async def wait_for_listener(self) -> None:
        """Wait until somebody has asked to be told."""
        await self._bell.until(lambda: self._listeners, "a listener", 10)

    async def say(self, sleeps: bool, member: str = WORD) -> None:
        """Say that the system is about to sleep, or that it woke; return once all have heard."""
        path = "/org/freedesktop/login1"
        await self._bus.send(Message.new_signal(path, SPEAKER, member, "b", [sleeps]))
        for listener in self._listeners:
            await self._bus.call(Message(listener, "/", "org.freedesktop.DBus.Peer", "Ping"))

    def _overhear(self, message: Message) -> None:
        if message.member == "AddMatch" and WORD in message.body[0]:
            self._listeners.append(message.sender or "")
            self._bell.ring()


@asynccontextmanager
async def speaking(address: str, name: str = NAME) -> AsyncIterator[Logind]:
    """Speak on a bus; under another name it is a stranger's word, which is not to be believed."""
    bus = await MessageBus(bus_address=address).connect()
    try:
        logind = Logind(bus, address)
        await logind.begin(name)
        yield logind
    finally:
        bus.disconnect()


@asynccontextmanager
async def running_logind() -> AsyncIterator[Logind]:
    """Start a bus with a logind on it."""
    async with (
        running_session_bus() as session,
        speaking(session.environment["DBUS_SESSION_BUS_ADDRESS"]) as logind,
    ):
        yield logind
