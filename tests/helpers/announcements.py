"""Hears what a program announces to a screen reader, as AT-SPI events on the accessibility bus.

Beside `screen_reader`, which looks at what the screen holds; an announcement is on no screen. It
knows nothing of Vigil.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from dbus_fast import Message, MessageType

from tests.helpers.bell import Bell
from tests.helpers.screen_reader import accessibility_bus

_EVENT = "object:announcement"
_RULE = "type='signal',interface='org.a11y.atspi.Event.Object',member='Announcement'"
_ASSERTIVE = 2  # ATSPI_LIVE_ASSERTIVE


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a screen reader is asked to say, and whether it is to interrupt what it says."""

    words: str
    is_urgent: bool


class Announcements:
    """All that was announced since it listens, oldest first, as ``said``."""

    def __init__(self) -> None:
        self.said: list[Announcement] = []
        self._bell = Bell()

    async def wait_for(self, part: str, timeout: float = 20) -> Announcement:
        """Return the first announcement with these words in it, of old and new ones."""

        def heard() -> Announcement | None:
            return next((each for each in self.said if part in each.words), None)

        return await self._bell.until(
            heard, f"{part!r} to be announced", timeout, lambda: self.said
        )

    def take(self, message: Message) -> None:
        """Take what came over the bus."""
        if message.message_type is MessageType.SIGNAL and message.member == "Announcement":
            _, politeness, _, words = message.body[:4]
            self.said.append(Announcement(words.value, politeness == _ASSERTIVE))
            self._bell.ring()


@asynccontextmanager
async def announcements(session_address: str) -> AsyncIterator[Announcements]:
    """Listen on the accessibility bus of a session, as a screen reader registers itself there."""
    heard = Announcements()
    bus = await accessibility_bus(session_address)
    try:
        bus.add_message_handler(heard.take)
        for destination, path, interface, member, signature, body in (
            ("org.freedesktop.DBus", "/org/freedesktop/DBus", "", "AddMatch", "s", [_RULE]),
            (
                "org.a11y.atspi.Registry",
                "/org/a11y/atspi/registry",
                "org.a11y.atspi.Registry",
                "RegisterEvent",
                "sass",
                [_EVENT, [], ""],
            ),
        ):
            answer = await bus.call(
                Message(
                    destination=destination,
                    path=path,
                    interface=interface or destination,
                    member=member,
                    signature=signature,
                    body=body,
                )
            )
            assert answer is not None
            assert answer.message_type is not MessageType.ERROR, answer.body
        yield heard
    finally:
        bus.disconnect()
