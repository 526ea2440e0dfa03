"""From a name to addresses, in threads that nobody has to wait for.

The loop's own executor has few threads, and joins them when it closes: a handful of names whose
servers are silent would hold up every other check, and the end of the program. Nothing is
remembered: every check looks its name up anew, but checks of one name at the same moment share.
"""

import asyncio
import socket
from contextlib import suppress
from threading import Thread
from typing import Final

from backend.checks.race import Address

MAX_LOOKUPS: Final = 256


class TooManyLookupsError(Exception):
    """This computer has more names to look up at once than it should."""


class Resolver:
    """Looks names up. Used on one loop."""

    def __init__(self) -> None:
        self._lookups: dict[tuple[str, int], asyncio.Future[list[Address] | OSError]] = {}

    async def resolve(self, host: str, port: int) -> list[Address]:
        """Return the addresses of a host, or of a literal address that address.

        Raises:
            OSError: mostly :class:`socket.gaierror`.
            TooManyLookupsError: too many others are under way.
        """
        with suppress(socket.gaierror, UnicodeError):
            return _lookup(host, port, socket.AI_NUMERICHOST)
        found = await asyncio.shield(self._shared(host, port))
        if isinstance(found, OSError):
            raise type(found)(*found.args)
        return found

    def _shared(self, host: str, port: int) -> asyncio.Future[list[Address] | OSError]:
        under_way = self._lookups.get((host, port))
        if under_way is not None:
            return under_way
        if len(self._lookups) >= MAX_LOOKUPS:
            raise TooManyLookupsError
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[list[Address] | OSError] = loop.create_future()

        def settle(found: list[Address] | OSError) -> None:
            del self._lookups[host, port]
            answer.set_result(found)

        def look_up() -> None:
            found: list[Address] | OSError
            try:
                found = _lookup(host, port, 0)
            except UnicodeError:
                found = socket.gaierror(socket.EAI_NONAME, "not a host name")
            except OSError as error:
                found = error
            with suppress(RuntimeError):  # the loop was closed meanwhile
                loop.call_soon_threadsafe(settle, found)

        self._lookups[host, port] = answer
        Thread(target=look_up, name=f"resolve {host}", daemon=True).start()
        return answer


def _lookup(host: str, port: int, flags: int) -> list[Address]:
    return list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags))
