"""Native notifications: through the system's service, else through the tray icon.

The notifier presenter decides what is told and when it is over; this says it, brings a click or a
button back, and takes it away again. It knows no endpoint.
"""

import asyncio
import contextlib
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from desktop_notifier import DEFAULT_SOUND, Button, DesktopNotifier, Icon, Urgency
from PySide6.QtDBus import QDBusConnection
from PySide6.QtWidgets import QSystemTrayIcon

from app.host.build import APPLICATION_ID, NAME
from widgets.style import assets

if sys.platform == "linux":
    from dbus_fast import Variant
    from dbus_fast.aio import ProxyInterface
    from desktop_notifier.backends.dbus import DBusDesktopNotifier

_log = logging.getLogger(__name__)

_PATIENCE_S = 5.0


@dataclass(frozen=True, slots=True)
class Notification:
    """What is told outside the window.

    Attributes:
        title: The first line.
        body: The rest, "" for nothing.
        urgent: Something broke.
        on_click: What a click on it does.
        buttons: Words, and what a press on them does; a service may show none.
        key: By which it can be withdrawn, "" for never.
    """

    title: str
    body: str
    urgent: bool
    on_click: Callable[[], None]
    buttons: tuple[tuple[str, Callable[[], None]], ...] = ()
    key: str = ""


class Notifications(Protocol):
    """The port through which something is told outside the window."""

    async def send(self, notification: Notification) -> bool:
        """Show it; return whether somebody took it."""

    async def withdraw(self, key: str) -> None:
        """Take a notification away again, if it is still there."""


class SystemNotifications:
    """The system's notification service; the tray icon where there is none.

    Args:
        tray: Shows a message when the service does not.
    """

    def __init__(self, tray: QSystemTrayIcon) -> None:
        self._notifier = _Notifier()
        self._tray = tray
        self._served = True
        self._open: dict[str, str] = {}
        # One after the other: what is withdrawn while it is being sent would stay for ever.
        self._order = asyncio.Lock()

    async def send(self, notification: Notification) -> bool:
        """Show it; return whether service or tray took it."""
        async with self._order:
            taken = await self._send_by_service(notification)
        if taken != self._served:
            self._served = taken
            _log.info("the notification service %s", "answers" if taken else "does not answer")
        return taken or self._send_by_tray(notification)

    async def withdraw(self, key: str) -> None:
        """Take away what was sent under a key; by the tray's message it cannot be done."""
        async with self._order:
            sent = self._open.pop(key, None)
            if sent is not None:
                await self._clear(sent)

    async def aclose(self) -> None:
        """Take away what has buttons: nobody would hear them any more."""
        for key in tuple(self._open):
            await self.withdraw(key)

    async def _send_by_service(self, notification: Notification) -> bool:
        taken, sent = False, ""

        def dispatched() -> None:
            nonlocal taken
            taken = True

        # It never raises: what did not work is seen by dispatched not being called.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE_S):
                sent = await self._notifier.send(
                    notification.title,
                    as_markup(notification.body),
                    urgency=Urgency.Critical if notification.urgent else Urgency.Normal,
                    buttons=[Button(words, act) for words, act in notification.buttons],
                    sound=DEFAULT_SOUND if notification.urgent else None,
                    on_dispatched=dispatched,
                    on_clicked=notification.on_click,
                )
        if taken and sent and notification.key:
            self._open[notification.key] = sent
        return taken

    async def _clear(self, sent: str) -> None:
        try:
            async with asyncio.timeout(_PATIENCE_S):
                await self._notifier.clear(sent)
        except KeyError:
            pass  # somebody closed it already, and the service said so
        except (OSError, EOFError) as error:  # the service, or the bus, is gone
            _log.info("a notification could not be withdrawn: %r", error)

    def _send_by_tray(self, notification: Notification) -> bool:
        tray = self._tray
        if not (tray.isVisible() and tray.isSystemTrayAvailable() and tray.supportsMessages()):
            return False
        # The icon itself, not an enum: that would replace the tray's icon on Linux.
        tray.showMessage(notification.title, notification.body, assets.app_icon())
        return True


def take_bus_name() -> bool:
    """Be found on the session bus under our id; return whether we are.

    A second profile goes without, and so does a system that has no such bus.
    """
    bus = QDBusConnection.sessionBus()
    return bus.isConnected() and bus.registerService(APPLICATION_ID)


class _Notifier(DesktopNotifier):
    """Sends in our name."""

    def __init__(self) -> None:
        icon = Icon(path=assets.path("icons/vigil.svg"))
        # On Windows the first argument is the AppUserModelID, everywhere else it is read.
        super().__init__(APPLICATION_ID if sys.platform == "win32" else NAME, icon)
        if sys.platform == "linux":
            self._backend = _WithDesktopEntry(NAME, icon)


if sys.platform == "linux":

    class _WithDesktopEntry(DBusDesktopNotifier):
        """Says which desktop file is ours, by which a system groups and mutes; else it guesses."""

        async def _init_dbus(self) -> ProxyInterface:
            interface = await super()._init_dbus()
            notify = interface.call_notify  # type: ignore[attr-defined]

            async def notify_as_us(*said: Any) -> Any:
                *before, hints, timeout = said
                plain = all(isinstance(value, str) for value in hints.values())
                ours = APPLICATION_ID if plain else Variant("s", APPLICATION_ID)
                return await notify(*before, {**hints, "desktop-entry": ours}, timeout)

            interface.call_notify = notify_as_us  # type: ignore[attr-defined]
            return interface


def as_markup(text: str) -> str:
    """Return text so that it is read as text: on Linux a body is markup, a title is not."""
    if sys.platform != "linux":
        return text
    # Not by the library's function: its module holds every name of a character, 0.4 MB.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
