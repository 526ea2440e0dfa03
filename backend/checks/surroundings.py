"""What this computer can find out about its own network, without asking anybody outside.

Called by the engine's network when a failure may be ours. Routes are read, not tried; what is
connected to is the gateway and the user's own targets, and names go to the user's own resolver.
"""

import asyncio
import errno
import secrets
import socket
from typing import Final, Protocol

from backend.checks.reach import own_errand
from backend.checks.resolver import Resolver, TooManyLookupsError
from backend.checks.routes import gateways_of, routes, runs_to
from backend.domain.connectivity import is_hijacked

WAIT_S: Final = 1.5
"""How long anybody may take to answer: an answer later than this is none."""

_GATEWAY_PORTS: Final = (53, 80, 443)
_GONE: Final = frozenset({errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTDOWN})
_WORLD: Final = ("192.0.2.1", "2001:db8::1")
"""Addresses for documentation, nobody's: they only stand for "any address out there"."""


class Surroundings(Protocol):
    """What the engine asks about this computer's network."""

    def has_route(self, address: str | None = None) -> bool:
        """Say whether a packet to an address, or to the world, would leave this computer."""

    async def gateway_answers(self) -> bool | None:
        """Say whether the gateway is there; ``None`` when its silence means nothing."""

    async def answers(self, address: str, port: int) -> bool:
        """Say whether somebody answers there; a refusal is an answer."""

    async def knows_afresh(self, name: str) -> bool:
        """Say whether the resolver answers about a name below this one that nobody ever asked."""


class RealSurroundings:
    """This computer's network."""

    def __init__(self) -> None:
        self._resolver = Resolver()

    def has_route(self, address: str | None = None) -> bool:
        """Look into the tables of the kernel."""
        table = routes()
        return any(runs_to(it, table) for it in (_WORLD if address is None else (address,)))

    async def gateway_answers(self) -> bool | None:
        """Try to connect to a few ports that gateways often have; nobody need be behind them."""
        gateways = gateways_of(routes())
        if not gateways:
            return None
        async with asyncio.TaskGroup() as group:
            with own_errand():
                tries = [
                    group.create_task(_connect(gateway, port), name=f"ask the gateway {gateway}")
                    for gateway in gateways
                    for port in _GATEWAY_PORTS
                ]
        found = [it.result() for it in tries]
        if True in found:
            return True
        return False if all(it is False for it in found) else None

    async def answers(self, address: str, port: int) -> bool:
        """Open a connection and close it."""
        return await _connect(address, port) is True

    async def knows_afresh(self, name: str) -> bool:
        """Ask for a random label, so that no cache on the way can answer."""
        fresh = f"{secrets.token_hex(8)}.{name.rstrip('.')}."
        try:
            async with asyncio.timeout(WAIT_S):
                found = await self._resolver.resolve(fresh, 443)
        except socket.gaierror as error:
            return error.errno in {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", None)}
        except (OSError, TooManyLookupsError):
            return False
        return not is_hijacked(str(it[4][0]) for it in found)


async def _connect(address: str, port: int) -> bool | None:
    """Return whether somebody answers; ``False`` when nobody can, ``None`` for silence."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as sock:
            sock.setblocking(False)
            async with asyncio.timeout(WAIT_S):
                await asyncio.get_running_loop().sock_connect(sock, (address, port))
    except (ConnectionRefusedError, ConnectionResetError):
        return True
    except OSError as error:
        return False if error.errno in _GONE else None
    return True
