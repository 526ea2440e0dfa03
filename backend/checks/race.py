"""From addresses to a connected socket: all are tried, the first to answer wins (RFC 8305).

Called by the connection. Keeps the error of every address, since which of them counts is a part
of the verdict.
"""

import asyncio
import errno
import os
import socket
import sys
from collections import deque
from collections.abc import Sequence
from itertools import chain, zip_longest
from typing import Any, Final

Address = tuple[int, int, int, str, tuple[Any, ...]]
"""As :func:`socket.getaddrinfo` returns it."""

_HEAD_START_S: Final = 0.25
"""When another address is tried beside one that is silent (RFC 8305, section 8)."""

_ABOUT_THIS_COMPUTER: Final = frozenset(
    {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, errno.ENETUNREACH, errno.ENETDOWN, errno.EINVAL}
)
"""What a computer says that has no IPv6, or no IPv4: it tells less than what a peer did."""


async def connect_to_any(addresses: Sequence[Address]) -> socket.socket:
    """Return a socket connected to the first address that answers.

    Raises:
        OSError: none does. Where each fails in its own way, what a peer did counts before what
            this computer cannot do.
    """
    if len(addresses) == 1:  # no race: no tasks
        only = await _connect(addresses[0])
        if isinstance(only, OSError):
            raise only
        return only
    waiting = deque(_families_in_turn(addresses))
    failed: list[OSError] = []
    started: list[asyncio.Task[socket.socket | OSError]] = []
    winner: socket.socket | None = None
    async with asyncio.TaskGroup() as group:
        try:
            under_way: set[asyncio.Task[socket.socket | OSError]] = set()
            while winner is None and (waiting or under_way):
                if waiting:
                    task = group.create_task(_connect(waiting.popleft()), name="connect")
                    started.append(task)
                    under_way.add(task)
                done, under_way = await asyncio.wait(
                    under_way,
                    timeout=_HEAD_START_S if waiting else None,
                    return_when=asyncio.FIRST_COMPLETED,
                )
                for task in done:
                    result = task.result()
                    if isinstance(result, OSError):
                        failed.append(result)
                    else:
                        winner = result
        finally:
            _give_up(started, winner)
    if winner is None:
        raise min(failed, key=lambda error: error.errno in _ABOUT_THIS_COMPUTER)
    return winner


async def _connect(address: Address) -> socket.socket | OSError:
    family, kind, protocol, _, place = address
    try:
        sock = socket.socket(family, kind, protocol)
    except OSError as error:
        return error
    try:
        sock.setblocking(False)
        await _until_connected(sock, place)
    except OSError as error:
        sock.close()
        return error
    except BaseException:
        sock.close()
        raise
    return sock


async def _until_connected(sock: socket.socket, place: tuple[Any, ...]) -> None:
    """Connect a socket that does not block to an address that is known.

    The loop's own way looks the address up once more, in a thread: two wake-ups for each check.

    Raises:
        OSError: it cannot be connected.
    """
    loop = asyncio.get_running_loop()
    if sys.platform == "win32":  # whose loop cannot wait for a socket of somebody else
        await loop.sock_connect(sock, place)
        return
    try:
        sock.connect(place)
    except BlockingIOError:
        told = asyncio.Event()
        loop.add_writer(sock, told.set)
        try:
            await told.wait()
        finally:
            loop.remove_writer(sock)
        code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if code:
            raise OSError(code, os.strerror(code)) from None


def _give_up(
    started: Sequence[asyncio.Task[socket.socket | OSError]], winner: socket.socket | None
) -> None:
    """End what still tries, and close what came second."""
    for task in started:
        if not task.done():
            task.cancel()
        elif not task.cancelled() and task.exception() is None:
            result = task.result()
            if isinstance(result, socket.socket) and result is not winner:
                result.close()


def _families_in_turn(addresses: Sequence[Address]) -> list[Address]:
    families: dict[int, list[Address]] = {}
    for address in addresses:
        families.setdefault(address[0], []).append(address)
    rounds = chain.from_iterable(zip_longest(*families.values()))
    return [address for address in rounds if address is not None]
