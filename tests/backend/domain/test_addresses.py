"""An address that leads to a private one is private, however it is wrapped."""

from ipaddress import ip_network

import pytest

from backend.domain.addresses import is_private, is_within


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fd00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::7f00:1",
        "64:ff9b:1:a9fe:a9:fe00:101:101",  # 169.254.169.254 behind 48 bits, then 1.1.1.1
        "2002:7f00:1::",
        "2002:a00:1::1",
        "not an address",
        "",
    ],
)
def test_what_is_not_the_public_internet_is_private(address: str) -> None:
    assert is_private(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_the_public_internet_is_not(address: str) -> None:
    assert not is_private(address)


def test_a_network_is_looked_for_behind_the_wrapping_too() -> None:
    networks = (ip_network("10.1.0.0/16"), ip_network("fd00::/8"))
    assert is_within("10.1.2.3", networks)
    assert is_within("::ffff:10.1.2.3", networks)
    assert is_within("fd12::1%2", networks)
    assert not is_within("10.2.0.1", networks)
    assert not is_within("nothing", networks)
