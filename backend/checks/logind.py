"""The system's own word that this computer is about to sleep, and that it woke.

On Linux logind says so on the system bus, where only the system may speak in its name. Followed by
the engine's watch for sleep, which also goes by its clocks: where nobody speaks, nothing is lost.
"""

import asyncio
import sys
from collections.abc import Callable
from typing import Final

import structlog

log = structlog.stdlib.get_logger(__name__)

_PATIENCE_S: Final = 3.0

if sys.platform == "linux":
    from dbus_fast import BusType, Message, MessageType
    from dbus_fast.aio import MessageBus
    from dbus_fast.errors import DBusError

    _LOGIND: Final = "org.freedesktop.login1"
    _SPEAKER: Final = "org.freedesktop.login1.Manager"
    _WORD: Final = "PrepareForSleep"
    _RULE: Final = f"type='signal',sender='{_LOGIND}',interface='{_SPEAKER}',member='{_WORD}'"
    _DRIVER: Final = "org.freedesktop.DBus"

    async def follow_sleep(tell: Callable[[bool], None]) -> None:
        """Tell that it is about to sleep (True) and that it woke (False), until cancelled.

        Returns where nobody says so, or no longer.
        """
        bus = None
        try:
            async with asyncio.timeout(_PATIENCE_S):
                bus = await MessageBus(bus_type=BusType.SYSTEM).connect()
                await _subscribe(bus, tell)
            await bus.wait_for_disconnect()
        except (OSError, TimeoutError, DBusError, EOFError, ValueError) as error:
            log.debug("the system does not tell of sleep, the clocks do", cause=str(error))
        finally:
            if bus is not None:
                bus.disconnect()

    async def _subscribe(bus: MessageBus, tell: Callable[[bool], None]) -> None:
        def hear(message: Message) -> None:
            is_word = message.member == _WORD and message.interface == _SPEAKER
            if is_word and message.message_type is MessageType.SIGNAL and message.signature == "b":
                tell(bool(message.body[0]))

        bus.add_message_handler(hear)
        path = "/org/freedesktop/DBus"
        await bus.call(Message(_DRIVER, path, _DRIVER, "AddMatch", signature="s", body=[_RULE]))

else:

    async def follow_sleep(tell: Callable[[bool], None]) -> None:
        """Return at once: nobody says so here."""
