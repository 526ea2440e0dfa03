"""Forbids this process to connect to private addresses, for a server of several people.

Installed by the backend's life where it is asked for, once and for good: the interpreter itself
tells of every connect, with the address a name stands for in that moment. So it holds for checks,
redirects and every library of a channel alike, and no name can change in between.
"""

import contextvars
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from backend.domain.addresses import Network, is_private, is_within

_OWN: Final = contextvars.ContextVar("an errand of our own", default=False)


class ForbiddenAddressError(PermissionError):
    """The address is private; its message is for people, and does not say which it is."""

    def __init__(self) -> None:
        super().__init__("This server does not connect to private addresses")


def forbid_private(allowed: tuple[Network, ...] = ()) -> None:
    """Have every later connect to a private address raise :class:`ForbiddenAddressError`.

    Args:
        allowed: networks that may be asked all the same.
    """

    def look(event: str, arguments: tuple[Any, ...]) -> None:
        if event not in ("socket.connect", "socket.sendto", "socket.sendmsg"):
            return
        sock, place = arguments
        if sock.family not in (socket.AF_INET, socket.AF_INET6) or place is None:
            return
        if event == "socket.connect" and sock.type == socket.SOCK_DGRAM:
            return  # asks for a route and sends nothing
        host = str(place[0])
        if is_private(host) and not is_within(host, allowed) and not _OWN.get():
            raise ForbiddenAddressError

    sys.addaudithook(look)


@contextmanager
def own_errand() -> Iterator[None]:
    """Let what is done in this block reach this computer's own network: its gateway, say."""
    mark = _OWN.set(True)
    try:
        yield
    finally:
        _OWN.reset(mark)
