"""A tray that records the icons put into it and can press them: org.kde.StatusNotifierWatcher.

Owned by `tests.helpers.session_bus`; end-to-end tests read it through that. It draws nothing.
"""

from typing import Annotated

from dbus_fast import PropertyAccess
from dbus_fast.annotations import DBusBool, DBusInt32, DBusSignature, DBusStr
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal

from tests.helpers.bell import Bell

NAME = "org.kde.StatusNotifierWatcher"
PATH = "/StatusNotifierWatcher"

Strings = Annotated[list[str], DBusSignature("as")]


class TrayWatcher(ServiceInterface):
    """Keeps the list of the tray icons that are registered.

    Attributes:
        services: bus names of the icons there now, oldest first.
    """

    def __init__(self, bell: Bell) -> None:
        super().__init__(NAME)
        self._bell = bell
        self.services: list[str] = []

    def forget(self, service: str) -> None:
        """Take out an icon whose program left the bus."""
        if service in self.services:
            self.services.remove(service)
            self.item_unregistered(service)
            self._bell.ring()

    @dbus_method(name="RegisterStatusNotifierItem")
    def register_item(self, service: DBusStr) -> None:
        self.services.append(service)
        self.item_registered(service)
        self._bell.ring()

    @dbus_method(name="RegisterStatusNotifierHost")
    def register_host(self, service: DBusStr) -> None:
        self.host_registered()

    @dbus_property(access=PropertyAccess.READ, name="RegisteredStatusNotifierItems")
    def registered_items(self) -> Strings:
        return self.services

    @dbus_property(access=PropertyAccess.READ, name="IsStatusNotifierHostRegistered")
    def has_host(self) -> DBusBool:
        return True  # without it Qt says that there is no tray

    @dbus_property(access=PropertyAccess.READ, name="ProtocolVersion")
    def protocol_version(self) -> DBusInt32:
        return 0

    @dbus_signal(name="StatusNotifierItemRegistered")
    def item_registered(self, service: str) -> DBusStr:
        return service

    @dbus_signal(name="StatusNotifierItemUnregistered")
    def item_unregistered(self, service: str) -> DBusStr:
        return service

    @dbus_signal(name="StatusNotifierHostRegistered")
    def host_registered(self) -> None:
        pass
