"""Is this computer online? The decision, from what was found out; and what follows for a failure.

Pure. The engine's network gathers the evidence and asks; nothing here sends a packet.
"""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Final

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Distance(IntEnum):
    """How far away a target is, and so what has to work before it can be blamed."""

    SELF = 0
    """This computer: nothing has to."""
    NEAR = 1
    """The local network: a route to it."""
    FAR = 2
    """The world: this computer is online."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found out about the way to the world.

    Attributes:
        world_route: whether a packet to the world would leave through an interface that is up.
        answered: whether another target answered, were it with a refusal.
        silent: how many other targets, unrelated to each other, were well and answer no more.
        fresh_name: whether the resolver answered about a name it cannot know by heart; ``None``
            when there is no name to ask for.
        gateway: whether the gateway answered; ``None`` when it says nothing either way.
        stranger: whether one stranger answers for all targets; ``None``: nobody looked.
    """

    world_route: bool
    answered: bool = False
    silent: int = 0
    fresh_name: bool | None = None
    gateway: bool | None = None
    stranger: bool | None = None


REMEMBERED: Final = 20_000
"""Of so many hosts and addresses what was read of them: the same come with every check."""

UNRELATED_SILENT: Final = 2
"""So many unrelated targets do not fall silent together with the one in question."""


def is_online(evidence: Evidence) -> bool:
    """Say whether this computer can reach the world, the strongest evidence first."""
    if evidence.answered and not evidence.stranger:
        return True
    # A network that lets nobody out but answers about names, as some do before a login page.
    if evidence.stranger or not evidence.world_route or evidence.silent >= UNRELATED_SILENT:
        return False
    if evidence.fresh_name is not None:
        return evidence.fresh_name
    if evidence.gateway is not None:
        return evidence.gateway
    return evidence.silent == 0


_NEAR_NETWORKS: Final = tuple(
    ipaddress.ip_network(network)
    for network in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "169.254.0.0/16",
        "fc00::/7",
        "fe80::/10",
    )
)
_NEAR_NAMES: Final = (".local", ".lan", ".home.arpa", ".internal")


@lru_cache(REMEMBERED)
def distance_of(host: str, address: str | None = None) -> Distance:
    """Return how far away a host is.

    Args:
        host: a name or a literal address, without brackets.
        address: what the name stood for when it was last connected to, if it ever was.
    """
    literal = parsed(host) or (None if address is None else parsed(address))
    if literal is not None:
        return _distance_of_address(literal)
    name = host.lower().rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return Distance.SELF
    if "." not in name or name.endswith(_NEAR_NAMES):
        return Distance.NEAR
    return Distance.FAR


def is_hijacked(addresses: Iterable[str]) -> bool:
    """Say whether an answer about an unknown name comes from a box on the way, not the world."""
    found = [parsed(address) for address in addresses]
    return bool(found) and all(
        it is not None and _distance_of_address(it) is not Distance.FAR for it in found
    )


def unrelated(addresses: Iterable[str]) -> int:
    """Return in how many networks the addresses lie, each as wide as one operator's: /16, /32."""
    networks = set()
    for address in addresses:
        it = parsed(address)
        if it is not None:
            networks.add(ipaddress.ip_network((it, 16 if it.version == 4 else 32), strict=False))
    return len(networks)


@lru_cache(REMEMBERED)
def parsed(address: str) -> Address | None:
    """Read a literal address, a scope or an IPv4 address within IPv6 set aside."""
    try:
        it = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return None
    if isinstance(it, ipaddress.IPv6Address) and it.ipv4_mapped is not None:
        return it.ipv4_mapped
    return it


def _distance_of_address(address: Address) -> Distance:
    if address.is_loopback or address.is_unspecified:
        return Distance.SELF
    if any(address in network for network in _NEAR_NETWORKS):
        return Distance.NEAR
    return Distance.FAR
