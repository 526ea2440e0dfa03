"""Where packets would go: the kernel's routes through interfaces that are up.

On Linux read from ``/proc``; elsewhere the kernel is asked for one destination at a time, by
connecting a datagram socket, which sends nothing. Called by the surroundings.
"""

import ipaddress
import socket
import struct
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from backend.domain.connectivity import parsed

if sys.platform == "linux":
    import fcntl

_RUNS: Final = 0x1 | 0x40
"""IFF_UP and IFF_RUNNING, see netdevice(7): switched on, and with a carrier."""
_LOOPBACK: Final = 0x8
_GET_FLAGS: Final = 0x8913
"""SIOCGIFFLAGS."""
_UP, _REJECT = 0x1, 0x200
"""RTF_UP and RTF_REJECT, see linux/route.h."""

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Route:
    """A destination that is reached through an interface that is up."""

    network: Network
    gateway: str | None


def routes() -> tuple[Route, ...] | None:
    """Return the routes off this computer; ``None`` where the kernel has no table to read."""
    if sys.platform != "linux":
        return None
    running = _running()
    return (*_routes4(running), *_routes6(running))


def gateways_of(table: tuple[Route, ...] | None) -> tuple[str, ...]:
    """Return the gateways to the world, each once."""
    found = [
        route.gateway for route in table or () if route.gateway and not route.network.prefixlen
    ]
    return tuple(dict.fromkeys(found))


def runs_to(address: str, table: tuple[Route, ...] | None) -> bool:
    """Say whether a packet to an address would leave this computer."""
    it = parsed(address)
    if it is None:
        return False
    if table is None:
        return _kernel_would_send(str(it), it.version)
    return any(it in route.network for route in table if route.network.version == it.version)


def _running() -> set[str]:
    """Return the names of the interfaces that are up, without loopback."""
    names: set[str] = set()
    if sys.platform != "linux":
        return names
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        for _, name in socket.if_nameindex():
            with suppress(OSError):  # it went away meanwhile
                asked = struct.pack("16sH14x", name.encode(), 0)
                (flags,) = struct.unpack_from("H", fcntl.ioctl(sock, _GET_FLAGS, asked), 16)
                if flags & _RUNS == _RUNS and not flags & _LOOPBACK:
                    names.add(name)
    return names


def _routes4(running: set[str]) -> list[Route]:
    found = []
    for line in _lines("/proc/net/route")[1:]:
        name, network, gateway, flags, *_, mask, _mtu, _window, _irtt = line.split()
        if name in running and int(flags, 16) & (_UP | _REJECT) == _UP:
            prefix = int(mask, 16).bit_count()
            reached = ipaddress.IPv4Network((_address4(network), prefix), strict=False)
            found.append(Route(reached, _address4(gateway) if int(gateway, 16) else None))
    return found


def _routes6(running: set[str]) -> list[Route]:
    found = []
    for line in _lines("/proc/net/ipv6_route"):
        network, prefix, _, _, gateway, _, _, _, flags, name = line.split()
        if name in running and int(flags, 16) & (_UP | _REJECT) == _UP:
            reached = ipaddress.IPv6Network((bytes.fromhex(network), int(prefix, 16)))
            if reached.is_multicast:
                continue
            via = ipaddress.IPv6Address(bytes.fromhex(gateway))
            found.append(Route(reached, None if via.is_unspecified else _scoped(via, name)))
    return found


def _address4(word: str) -> str:
    """Read an address as the kernel prints it: a number in the byte order of this computer."""
    return socket.inet_ntoa(struct.pack("=I", int(word, 16)))


def _scoped(address: ipaddress.IPv6Address, name: str) -> str:
    return f"{address}%{name}" if address.is_link_local else str(address)


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="ascii").splitlines()
    except OSError:  # no such protocol here
        return []


def _kernel_would_send(address: str, version: int) -> bool:
    family = socket.AF_INET if version == 4 else socket.AF_INET6
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as sock:
            sock.connect((address, 9))
            own = parsed(sock.getsockname()[0])
    except OSError:
        return False
    return own is not None and (not own.is_loopback or own.compressed == address)
