"""Reads and presses the real window from outside, as a screen reader does, over AT-SPI.

End-to-end tests use it to see what a person would: names of rows, cards, toasts and buttons of a
program in another process. It knows nothing of Vigil. Needs `at-spi2-core` and a session bus.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from dbus_fast import DBusError, Message, MessageType
from dbus_fast.aio import MessageBus

from tests.helpers.bell import Bell

ENVIRONMENT = {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
"""What the watched program must have in its environment."""

_ACCESSIBLE = "org.a11y.atspi.Accessible"
_REGISTRY = "org.a11y.atspi.Registry"
_ROOT = (_REGISTRY, "/org/a11y/atspi/accessible/root")
_EVENTS = "org.a11y.atspi.Event.Object"
_FOCUSED = 12  # ATSPI_STATE_FOCUSED
_SHOWING = 25  # ATSPI_STATE_SHOWING
_ASSERTIVE = 2  # ATSPI_LIVE_ASSERTIVE
_GONE = (
    "UnknownObject",
    "ServiceUnknown",
    "NoReply",
    "Disconnected",
    "UnknownMethod",
    "UnknownInterface",
)


@dataclass(frozen=True, slots=True)
class Node:
    """One accessible thing on the screen."""

    bus_name: str
    path: str
    role: str
    name: str
    description: str
    showing: bool
    focused: bool
    depth: int

    def __str__(self) -> str:
        described = f" ({self.description})" if self.description else ""
        hidden = "" if self.showing else " [hidden]"
        return f"{'  ' * self.depth}{self.role}: {self.name!r}{described}{hidden}"


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a program asked to have said aloud, and whether at once, before what is being said."""

    words: str
    is_urgent: bool


class ScreenReader:
    """A connection to the accessibility bus of one session.

    Attributes:
        announced: what programs asked to have said since ``listen``, the oldest first.
    """

    def __init__(self, bus: MessageBus) -> None:
        self._bus = bus
        self._bell = Bell()
        self.announced: list[Announcement] = []

    async def listen(self) -> None:
        """Hear announcements from now on; a program sends them to those who asked only."""
        self._bus.add_message_handler(self._hear)
        rule = f"type='signal',interface='{_EVENTS}',member='Announcement'"
        bus = "org.freedesktop.DBus"
        await self._call(bus, "/org/freedesktop/DBus", bus, "AddMatch", "s", [rule])
        registering = ["object:announcement", [], ""]
        where = (_REGISTRY, "/org/a11y/atspi/registry", _REGISTRY)
        await self._call(*where, "RegisterEvent", "sass", registering)

    async def wait_for_announcement(self, part: str, timeout: float = 20) -> Announcement:
        """Return the first announcement that contains ``part``, of those heard and to come."""
        found = await self._bell.until(
            lambda: [each for each in self.announced if part in each.words],
            f"{part!r} to be announced",
            timeout,
            lambda: f"heard: {self.announced}",
        )
        return found[0]

    def _hear(self, message: Message) -> None:
        if message.interface == _EVENTS and message.member == "Announcement":
            _detail, politeness, _, words, *_ = message.body
            self.announced.append(Announcement(words.value, politeness == _ASSERTIVE))
            self._bell.ring()

    async def tree(self) -> list[Node]:
        """Return all accessible things, parents first, down to the first that are hidden."""
        nodes: list[Node] = []
        for bus_name, path in await self._children(*_ROOT):
            await self._walk(bus_name, path, [], nodes)
        return nodes

    async def texts(self) -> list[str]:
        """Return the names of everything that shows."""
        return [node.name for node in await self.tree() if node.showing and node.name]

    async def wait_for(
        self, matches: Callable[[Node], bool], what: str, timeout: float = 15
    ) -> Node:
        """Return the first showing node that matches, waiting until there is one.

        Raises:
            AssertionError: none came in time; the message holds the whole tree.
        """
        found = await self._wait(
            lambda nodes: [node for node in nodes if node.showing and matches(node)], what, timeout
        )
        return found[0]

    async def wait_for_text(self, part: str, timeout: float = 15) -> Node:
        """Return the first showing node whose name contains ``part``."""
        return await self.wait_for(lambda node: part in node.name, repr(part), timeout)

    async def wait_until_gone(self, part: str, timeout: float = 15) -> None:
        """Wait until nothing that shows has ``part`` in its name."""
        await self._wait(
            lambda nodes: not any(node.showing and part in node.name for node in nodes),
            f"{part!r} to go",
            timeout,
        )

    async def press(self, node: Node) -> None:
        """Do what a click on the node would do."""
        await self._call(node.bus_name, node.path, "org.a11y.atspi.Action", "DoAction", "i", [0])

    async def _wait(self, seen: Callable[[list[Node]], Any], what: str, timeout: float) -> Any:
        nodes: list[Node] = []
        try:
            async with asyncio.timeout(timeout):
                while True:
                    nodes = await self.tree()
                    if result := seen(nodes):
                        return result
                    await asyncio.sleep(0.1)
        except TimeoutError:
            picture = "\n".join(str(node) for node in nodes if node.showing)
            raise AssertionError(f"waited {timeout} s for {what}; the screen:\n{picture}") from None

    async def _walk(self, bus_name: str, path: str, above: list[Node], nodes: list[Node]) -> None:
        try:
            name, description, roles, states, children = await asyncio.gather(
                self._property(bus_name, path, "Name"),
                self._property(bus_name, path, "Description"),
                self._call(bus_name, path, _ACCESSIBLE, "GetRoleName"),
                self._call(bus_name, path, _ACCESSIBLE, "GetState"),
                self._children(bus_name, path),
            )
        except DBusError as error:
            if error.type.rsplit(".", 1)[-1] in _GONE:
                return  # it left the screen while we looked
            raise
        role, (low, _high) = roles[0], states[0]
        # Items of a hidden table still say that they show.
        showing = role == "application" or bool(low & (1 << _SHOWING) and above[-1].showing)
        focused = bool(low & (1 << _FOCUSED))
        node = Node(bus_name, path, role, name, description, showing, focused, len(above))
        nodes.append(node)
        # What lies under something hidden is hidden: whole pages of the window need not be read.
        for child_bus, child_path in children if showing else ():
            await self._walk(child_bus, child_path, [*above, node], nodes)

    async def _children(self, bus_name: str, path: str) -> list[tuple[str, str]]:
        return (await self._call(bus_name, path, _ACCESSIBLE, "GetChildren"))[0]

    async def _property(self, bus_name: str, path: str, name: str) -> str:
        body = [_ACCESSIBLE, name]
        properties = "org.freedesktop.DBus.Properties"
        return (await self._call(bus_name, path, properties, "Get", "ss", body))[0].value

    async def _call(  # noqa: PLR0917 - the parts of a D-Bus call
        self,
        bus_name: str,
        path: str,
        interface: str,
        member: str,
        signature: str = "",
        body: list[Any] | None = None,
    ) -> list[Any]:
        async with asyncio.timeout(5):
            reply = await self._bus.call(
                Message(
                    destination=bus_name,
                    path=path,
                    interface=interface,
                    member=member,
                    signature=signature,
                    body=body or [],
                )
            )
        assert reply is not None
        if reply.message_type is MessageType.ERROR:
            raise DBusError(reply.error_name or "unknown", str(reply.body))
        return reply.body


@asynccontextmanager
async def screen_reader(session_address: str) -> AsyncIterator[ScreenReader]:
    """Open the accessibility bus that belongs to a session bus."""
    session = await MessageBus(bus_address=session_address).connect()
    reply = await session.call(
        Message(
            destination="org.a11y.Bus",
            path="/org/a11y/bus",
            interface="org.a11y.Bus",
            member="GetAddress",
        )
    )
    session.disconnect()
    assert reply is not None
    bus = await MessageBus(bus_address=reply.body[0]).connect()
    try:
        yield ScreenReader(bus)
    finally:
        bus.disconnect()
