"""One icon in the recording tray: what it shows, what its menu offers, and pressing both.

Made by `tests.helpers.session_bus`. It speaks org.kde.StatusNotifierItem and
com.canonical.dbusmenu to the program that put the icon there; it knows nothing of Vigil.
"""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from dbus_fast import DBusError, Message, MessageType, Variant
from dbus_fast.aio import MessageBus

from tests.helpers.bell import Bell

ITEM = "org.kde.StatusNotifierItem"
ITEM_PATH = "/StatusNotifierItem"
MENU = "com.canonical.dbusmenu"


@dataclass(frozen=True)
class Pixmap:
    """One size of an icon; ``argb`` holds its rows, 4 bytes a pixel (alpha, red, green, blue)."""

    width: int
    height: int
    argb: bytes

    def colour_at(self, x: int, y: int) -> str:
        """Return the colour of one pixel as ``#aarrggbb``."""
        at = (y * self.width + x) * 4
        return f"#{self.argb[at : at + 4].hex()}"

    def colours(self) -> dict[str, int]:
        """Return how many opaque pixels there are of each colour (``#rrggbb``)."""
        counted: dict[str, int] = {}
        for at in range(0, len(self.argb), 4):
            if self.argb[at] == 0xFF:
                colour = f"#{self.argb[at + 1 : at + 4].hex()}"
                counted[colour] = counted.get(colour, 0) + 1
        return counted

    def shape(self) -> bytes:
        """Return the outline alone, one byte a pixel: 1 where more opaque than not.

        Two icons of different colour and the same shape compare equal here.
        """
        return bytes(alpha >= 0x80 for alpha in self.argb[::4])


@dataclass(frozen=True)
class TrayLook:
    """What a tray icon shows at one moment."""

    title: str
    status: str
    icon_name: str
    pixmaps: tuple[Pixmap, ...]
    tooltip: str

    @property
    def largest(self) -> Pixmap:
        """The icon in its largest size."""
        return max(self.pixmaps, key=lambda pixmap: pixmap.width)


@dataclass(frozen=True)
class MenuEntry:
    """One entry of the icon's menu, with those below it."""

    id: int
    label: str
    enabled: bool
    visible: bool
    separator: bool
    checked: bool
    children: tuple["MenuEntry", ...]

    def walk(self) -> Iterator["MenuEntry"]:
        """Yield this entry and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


class TrayItem:
    """A tray icon that is there now."""

    def __init__(self, bus: MessageBus, bell: Bell, service: str) -> None:
        self.service = service
        self._bus = bus
        self._bell = bell

    async def look(self) -> TrayLook:
        """Ask the program what the icon shows now."""
        properties = "org.freedesktop.DBus.Properties"
        found = (await self._call(ITEM_PATH, properties, "GetAll", "s", [ITEM]))[0]
        _icon, _pixmaps, tip_title, tip_text = found["ToolTip"].value
        return TrayLook(
            title=found["Title"].value,
            status=found["Status"].value,
            icon_name=found["IconName"].value,
            pixmaps=tuple(Pixmap(*pixmap) for pixmap in found["IconPixmap"].value),
            tooltip="\n".join(part for part in (tip_title, tip_text) if part),
        )

    async def wait_for_look(
        self, matches: Callable[[TrayLook], bool], what: str, timeout: float = 15
    ) -> TrayLook:
        """Return the first look that matches, looking again after every change of the icon.

        Raises:
            AssertionError: none came in ``timeout`` seconds.
        """
        looks: list[TrayLook] = []

        async def seen() -> TrayLook | None:
            looks.append(await self.look())
            return looks[-1] if matches(looks[-1]) else None

        return await self._bell.until(seen, what, timeout, lambda: looks[-1:])

    async def menu(self) -> list[MenuEntry]:
        """Return the entries of the icon's menu, as the program lays them out now."""
        path = (await self._property("Menu")).value
        await self._call(path, MENU, "AboutToShow", "i", [0])
        _revision, root = await self._call(path, MENU, "GetLayout", "iias", [0, -1, []])
        return list(_entry(root).children)

    async def wait_for_entry(self, label: str, timeout: float = 15) -> MenuEntry:
        """Return the menu entry of that label (mnemonics left out), once there is one.

        Raises:
            AssertionError: none came in ``timeout`` seconds; the message names those there are.
        """
        labels: list[str] = []

        async def seen() -> MenuEntry | None:
            entries = [entry for top in await self.menu() for entry in top.walk()]
            labels[:] = [entry.label for entry in entries]
            return next((entry for entry in entries if entry.label == label), None)

        return await self._bell.until(seen, f"the entry {label!r}", timeout, lambda: labels)

    async def click(self, label: str, timeout: float = 15) -> None:
        """Click an entry of the menu.

        Raises:
            AssertionError: there is none of that label, or it is greyed out or hidden.
        """
        entry = await self.wait_for_entry(label, timeout)
        assert entry.enabled, f"{label!r} is greyed out"
        assert entry.visible, f"{label!r} is hidden"
        path = (await self._property("Menu")).value
        await self._call(path, MENU, "Event", "isvu", [entry.id, "clicked", Variant("i", 0), 0])

    async def activate(self) -> None:
        """Click the icon itself."""
        await self._call(ITEM_PATH, ITEM, "Activate", "ii", [0, 0])

    async def _property(self, name: str) -> Variant:
        properties = "org.freedesktop.DBus.Properties"
        return (await self._call(ITEM_PATH, properties, "Get", "ss", [ITEM, name]))[0]

    async def _call(
        self, path: str, interface: str, member: str, signature: str, body: list[Any]
    ) -> list[Any]:
        async with asyncio.timeout(10):
            reply = await self._bus.call(
                Message(
                    destination=self.service,
                    path=path,
                    interface=interface,
                    member=member,
                    signature=signature,
                    body=body,
                )
            )
        assert reply is not None
        if reply.message_type is MessageType.ERROR:
            raise DBusError(reply.error_name or "unknown", str(reply.body))
        return reply.body


def _entry(layout: list[Any]) -> MenuEntry:
    number, properties, children = layout
    values = {name: variant.value for name, variant in properties.items()}
    return MenuEntry(
        id=number,
        label=values.get("label", "").replace("_", ""),
        enabled=values.get("enabled", True),
        visible=values.get("visible", True),
        separator=values.get("type") == "separator",
        checked=values.get("toggle-state") == 1,
        children=tuple(_entry(child.value) for child in children),
    )
