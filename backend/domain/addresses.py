"""Which addresses are this computer's own or its networks', and so not for everybody to ask.

Pure. Used by what forbids them where a backend serves others than its owner.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

Network = IPv4Network | IPv6Network

_NAT64: Final = ip_network("64:ff9b::/96")
_OWN_NAT64: Final = ip_network("64:ff9b:1::/48")
"""Of a network's own translation (RFC 8215): it alone knows where in one the older address is."""

_COMPATIBLE: Final = ip_network("::/96")
_LOW_32: Final = 0xFFFFFFFF


def is_private(text: str) -> bool:
    """Say whether an address is none of the public internet, also where it only carries one.

    What cannot be read as an address is private: nobody knows where it would lead.
    """
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return True
    if address in _OWN_NAT64:
        return True
    return not all(it.is_global and not it.is_multicast for it in _meant(address))


def is_within(text: str, networks: tuple[Network, ...]) -> bool:
    """Say whether an address lies in one of some networks."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return any(address in network for network in networks)


def _meant(address: IPv4Address | IPv6Address) -> tuple[IPv4Address | IPv6Address, ...]:
    """Return who would be reached: of what wraps an older address, that one."""
    if isinstance(address, IPv4Address):
        return (address,)
    if address.ipv4_mapped is not None:
        return (address.ipv4_mapped,)
    if address.sixtofour is not None:
        return address, address.sixtofour
    if address.teredo is not None:
        return address, *address.teredo
    if address in _NAT64 or address in _COMPATIBLE:
        return (IPv4Address(int(address) & _LOW_32),)
    return (address,)
