"""Whether this computer's user wants less motion: asked of the system, once the window is there.

The composition root starts it; the theme follows what it tells. On Linux it is the desktop portal's
answer, and every change of it; on Windows and macOS the setting as it is at the start.
"""

import asyncio
import contextlib
import ctypes
import logging
import sys
from collections.abc import Callable

_log = logging.getLogger(__name__)

_PATIENCE_S = 3.0

if sys.platform == "linux":
    from dbus_fast import Message, MessageType, Variant
    from dbus_fast.aio import MessageBus
    from dbus_fast.errors import DBusError

    _PORTAL = "org.freedesktop.portal.Desktop"
    _PATH = "/org/freedesktop/portal/desktop"
    _SETTINGS = "org.freedesktop.portal.Settings"
    _SPACE, _KEY = "org.gnome.desktop.interface", "enable-animations"

    async def follow_motion(tell: Callable[[bool], None]) -> None:
        """Tell whether less motion is wanted, now and at every change, until cancelled."""
        try:
            async with asyncio.timeout(_PATIENCE_S):
                bus = await MessageBus().connect()
        except (OSError, TimeoutError, DBusError, ValueError) as error:
            _log.info("nobody says how much motion is wanted: %s", error)
            return
        try:
            await _follow(bus, tell)
        except (TimeoutError, DBusError, EOFError) as error:
            _log.info("nobody says how much motion is wanted: %s", error)
        finally:
            bus.disconnect()

    async def _follow(bus: MessageBus, tell: Callable[[bool], None]) -> None:
        def hear(message: Message) -> None:
            is_change = message.member == "SettingChanged" and message.interface == _SETTINGS
            if is_change and message.body[:2] == [_SPACE, _KEY]:
                tell(not _plain(message.body[2]))

        bus.add_message_handler(hear)
        rule = f"type='signal',interface='{_SETTINGS}',member='SettingChanged'"
        driver = "org.freedesktop.DBus"
        async with asyncio.timeout(_PATIENCE_S):
            await bus.call(
                Message(
                    driver, "/org/freedesktop/DBus", driver, "AddMatch", signature="s", body=[rule]
                )
            )
            answer = await bus.call(
                Message(_PORTAL, _PATH, _SETTINGS, "Read", signature="ss", body=[_SPACE, _KEY])
            )
        if answer.message_type is MessageType.METHOD_RETURN:
            tell(not _plain(answer.body[0]))
        await bus.wait_for_disconnect()

    def _plain(value: object) -> bool:
        while isinstance(value, Variant):  # older portals wrap it twice
            value = value.value
        return bool(value)

elif sys.platform == "win32":

    async def follow_motion(tell: Callable[[bool], None]) -> None:
        """Tell whether less motion is wanted."""
        animates = ctypes.c_int(1)
        ctypes.windll.user32.SystemParametersInfoW(0x1042, 0, ctypes.byref(animates), 0)
        tell(not animates.value)

else:

    async def follow_motion(tell: Callable[[bool], None]) -> None:
        """Tell whether less motion is wanted."""
        command = ("/usr/bin/defaults", "read", "com.apple.universalaccess", "reduceMotion")
        with contextlib.suppress(OSError):
            child = await asyncio.create_subprocess_exec(
                *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
            )
            told, _ = await child.communicate()
            tell(told.strip() == b"1")
