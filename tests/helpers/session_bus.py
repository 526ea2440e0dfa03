"""A private D-Bus session whose tray and notification server record what they receive.

End-to-end tests give `environment` to the program under test and read back what it put into the
tray and what it notified of. Nothing of the machine's own session is reached. It knows nothing of
Vigil.
"""

import asyncio
import os
import subprocess
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from dbus_fast import Message, MessageType
from dbus_fast.aio import MessageBus

from tests.helpers import notification_server, tray
from tests.helpers.bell import Bell
from tests.helpers.notification_server import Notification, NotificationServer
from tests.helpers.tray import TrayWatcher
from tests.helpers.tray_item import ITEM, MENU, TrayItem

# The machine's own services stay out (a real notification server would start itself), but for the
# accessibility bus, through which `tests.helpers.screen_reader` reads the window.
_CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <auth>EXTERNAL</auth>
  <servicedir>{folder}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
_ACCESSIBILITY = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")


class SessionBus:
    """A running session.

    Attributes:
        environment: what a program needs to find this session.
        notifications: the notification server, with all it received.
    """

    def __init__(self, bus: MessageBus, address: str) -> None:
        self.environment = {"DBUS_SESSION_BUS_ADDRESS": address}
        self._bus = bus
        self._bell = Bell()
        self._watcher = TrayWatcher(self._bell)
        self._items: dict[str, TrayItem] = {}
        self.notifications = NotificationServer(bus, self._bell)

    @property
    def tray_items(self) -> list[TrayItem]:
        """The tray icons there are now, oldest first."""
        return [
            self._items.setdefault(service, TrayItem(self._bus, self._bell, service))
            for service in self._watcher.services
        ]

    async def wait_for_tray_item(self, timeout: float = 15) -> TrayItem:
        """Return the oldest tray icon, waiting until there is one."""
        items = await self._bell.until(lambda: self.tray_items, "a tray icon", timeout)
        return items[0]

    async def wait_until_tray_is_empty(self, timeout: float = 15) -> None:
        """Wait until every icon has left the tray."""
        await self._bell.until(lambda: not self.tray_items, "an empty tray", timeout)

    async def wait_for_notification(
        self, matches: Callable[[Notification], bool] = lambda _: True, timeout: float = 15
    ) -> Notification:
        """Return the first notification that matches, of those received and those to come.

        Raises:
            AssertionError: none came in ``timeout`` seconds; the message holds those that did.
        """
        received = self.notifications.received
        return await self._bell.until(
            lambda: next((each for each in received if matches(each)), None),
            "a notification that matches",
            timeout,
            lambda: received,
        )

    async def wait_until_withdrawn(self, notification: Notification, timeout: float = 15) -> None:
        """Wait until the program itself closes the notification."""
        withdrawn = self.notifications.withdrawn
        await self._bell.until(
            lambda: notification.id in withdrawn, f"{notification} to go", timeout
        )

    async def wait_for_owner(self, name: str, timeout: float = 15) -> None:
        """Wait until a program on the session has a name."""

        async def is_owned() -> bool:
            return bool((await self._ask_bus("NameHasOwner", name)).body[0])

        await self._bell.until(is_owned, f"an owner of {name}", timeout)

    async def _ask_bus(self, member: str, text: str) -> Message:
        answer = await self._bus.call(
            Message(
                destination="org.freedesktop.DBus",
                path="/org/freedesktop/DBus",
                interface="org.freedesktop.DBus",
                member=member,
                signature="s",
                body=[text],
            )
        )
        assert answer is not None
        return answer

    async def serve(self) -> None:
        """Take the names of the tray and the notification server."""
        self._bus.add_message_handler(self._on_message)
        self._bus.export(tray.PATH, self._watcher)
        self._bus.export(notification_server.PATH, self.notifications)
        owners = "type='signal',interface='org.freedesktop.DBus',member='NameOwnerChanged'"
        for rule in (
            owners,
            f"type='signal',interface='{ITEM}'",
            f"type='signal',interface='{MENU}'",
        ):
            await self._ask_bus("AddMatch", rule)
        await self._bus.request_name(tray.NAME)
        await self._bus.request_name(notification_server.NAME)

    def _on_message(self, message: Message) -> None:
        self.notifications.overhear(message)
        if message.message_type is not MessageType.SIGNAL:
            return
        if message.member == "NameOwnerChanged":
            name, _before, owner = message.body
            if not owner:
                self._watcher.forget(name)
            self._bell.ring()
        elif message.interface in (ITEM, MENU):
            self._bell.ring()


def _write_configuration(folder: Path) -> Path:
    services = folder / "services"
    services.mkdir()
    if _ACCESSIBILITY.exists():
        (services / _ACCESSIBILITY.name).write_bytes(_ACCESSIBILITY.read_bytes())
    configuration = folder / "session.conf"
    configuration.write_text(_CONFIGURATION.format(folder=folder))
    return configuration


@asynccontextmanager
async def running_session_bus() -> AsyncIterator[SessionBus]:
    """Start a private session with its recorders; stop everything at the end."""
    with tempfile.TemporaryDirectory(prefix="vigil-bus-") as folder:
        daemon = await asyncio.create_subprocess_exec(
            "dbus-daemon",
            f"--config-file={_write_configuration(Path(folder))}",
            "--nofork",
            "--nopidfile",
            "--print-address=1",
            # The services it starts keep their sockets here, apart from those of other sessions.
            env=os.environ | dict.fromkeys(("HOME", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME"), folder),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert daemon.stdout is not None
        try:
            address = (await daemon.stdout.readline()).decode().strip()
            assert address, "dbus-daemon did not start"
            bus = await MessageBus(bus_address=address).connect()
            try:
                session = SessionBus(bus, address)
                await session.serve()
                yield session
            finally:
                bus.disconnect()
        finally:
            daemon.terminate()
            await daemon.wait()
