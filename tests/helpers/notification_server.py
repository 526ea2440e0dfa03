"""A notification server that records what it is told and can be clicked.

Owned by `tests.helpers.session_bus`; end-to-end tests read it through that. It speaks
org.freedesktop.Notifications and shows nothing.
"""

from dataclasses import dataclass
from typing import Annotated, Any

from dbus_fast import DBusError, Message, MessageType
from dbus_fast.aio import MessageBus
from dbus_fast.annotations import DBusDict, DBusInt32, DBusSignature, DBusStr, DBusUInt32
from dbus_fast.service import ServiceInterface, dbus_method, dbus_signal

from tests.helpers.bell import Bell

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"

EXPIRED, DISMISSED, WITHDRAWN = 1, 2, 3

Strings = Annotated[list[str], DBusSignature("as")]
Closing = Annotated[tuple[int, int], DBusSignature("uu")]
Invoking = Annotated[tuple[int, str], DBusSignature("us")]
Server = Annotated[tuple[str, str, str, str], DBusSignature("ssss")]


@dataclass(frozen=True)
class Notification:
    """One call of Notify, as it came.

    Attributes:
        id: the number the server gave it.
        actions: what can be clicked, by key; ``default`` is the notification itself.
        hints: the hints' plain values (``urgency`` 0 low, 1 normal, 2 critical).
        replaces_id: the number of the one it took the place of, or 0.
        expire_ms: how long it asked to be shown; -1 leaves that to the server.
        sender: the bus name of the program that sent it.
    """

    id: int
    app_name: str
    icon: str
    summary: str
    body: str
    actions: dict[str, str]
    hints: dict[str, Any]
    replaces_id: int
    expire_ms: int
    sender: str


class NotificationServer(ServiceInterface):
    """Records every notification and lets a test press, dismiss or expire it.

    Attributes:
        received: every call of Notify, oldest first.
        open: numbers of those that were not closed yet.
        withdrawn: numbers of those that the program closed itself.
    """

    def __init__(self, bus: MessageBus, bell: Bell) -> None:
        super().__init__(NAME)
        self._bus = bus
        self._bell = bell
        self._sender = ""
        self.received: list[Notification] = []
        self.open: set[int] = set()
        self.withdrawn: list[int] = []

    async def press(self, notification: Notification, action: str = "default") -> None:
        """Click the notification, or one of its buttons; like most servers, close it then.

        Raises:
            AssertionError: it is closed, or has no such action.
        """
        assert notification.id in self.open, f"already closed: {notification}"
        assert action in notification.actions, f"{action!r} is none of {notification.actions}"
        await self._let_sender_catch_up(notification)
        self.action_invoked(notification.id, action)
        self.close(notification)

    def close(self, notification: Notification, reason: int = DISMISSED) -> None:
        """Close it as a person (`DISMISSED`) or time (`EXPIRED`) does."""
        self.open.discard(notification.id)
        self.notification_closed(notification.id, reason)

    def overhear(self, message: Message) -> None:
        """Note who calls; the session hands every message in, before it is acted on."""
        if message.message_type is MessageType.METHOD_CALL:
            self._sender = message.sender or ""

    async def _let_sender_catch_up(self, notification: Notification) -> None:
        """Wait until the sender has read its notification's number.

        No person clicks within a microsecond, and desktop-notifier forgets a click that it reads
        together with the number.
        """
        peer = "org.freedesktop.DBus.Peer"
        await self._bus.call(Message(notification.sender, "/", peer, "Ping"))

    @dbus_method(name="Notify")
    def notify(  # noqa: PLR0917 - the order is the protocol's
        self,
        app_name: DBusStr,
        replaces_id: DBusUInt32,
        app_icon: DBusStr,
        summary: DBusStr,
        body: DBusStr,
        actions: Strings,
        hints: DBusDict,
        expire_timeout: DBusInt32,
    ) -> DBusUInt32:
        number = replaces_id or len(self.received) + 1
        notification = Notification(
            id=number,
            app_name=app_name,
            icon=app_icon,
            summary=summary,
            body=body,
            actions=dict(zip(actions[::2], actions[1::2], strict=True)),
            hints={name: hint.value for name, hint in hints.items()},
            replaces_id=replaces_id,
            expire_ms=expire_timeout,
            sender=self._sender,
        )
        self.received.append(notification)
        self.open.add(number)
        self._bell.ring()
        return number

    @dbus_method(name="CloseNotification")
    def close_notification(self, number: DBusUInt32) -> None:
        if number not in self.open:
            raise DBusError(f"{NAME}.Error", f"no open notification {number}")
        self.open.remove(number)
        self.withdrawn.append(number)
        self._bell.ring()
        self.notification_closed(number, WITHDRAWN)

    @dbus_method(name="GetCapabilities")
    def capabilities(self) -> Strings:
        return ["actions", "body"]

    @dbus_method(name="GetServerInformation")
    def server_information(self) -> Server:
        return "Recorder", "Vigil's tests", "1.0", "1.2"

    @dbus_signal(name="NotificationClosed")
    def notification_closed(self, number: int, reason: int) -> Closing:
        return number, reason

    @dbus_signal(name="ActionInvoked")
    def action_invoked(self, number: int, action: str) -> Invoking:
        return number, action
