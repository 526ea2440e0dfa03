"""A laptop and the world, each in a network namespace of its own, with a cable between them.

Linux only, and only for who may make namespaces.
"""

import secrets
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

GATEWAY = "10.99.0.1"
FAR = ("198.51.100.7", "203.0.113.9", "192.0.2.9")
"""Addresses of three servers in the world, in networks that have nothing to do with each other."""


class NotAllowedError(Exception):
    """This system lets nobody make network namespaces; the message says why."""


@dataclass(frozen=True)
class Cabled:
    """The names of both namespaces."""

    laptop: str
    world: str

    def pull_cable(self) -> None:
        """Take the link down at the far end: the laptop's interface loses its carrier."""
        _ip("-n", self.world, "link", "set", "cable", "down")

    def plug_cable(self) -> None:
        """Take it up again."""
        _ip("-n", self.world, "link", "set", "cable", "up")

    def switch_off(self) -> None:
        """Take the laptop's own interface down; its routes go with it."""
        _ip("-n", self.laptop, "link", "set", "cable", "down")

    def switch_on(self) -> None:
        """Take it up again, as what manages the network of a laptop does."""
        _ip("-n", self.laptop, "link", "set", "cable", "up")
        _ip("-n", self.laptop, "route", "add", "default", "via", GATEWAY)

    def lose_provider(self) -> None:
        """Leave the link and the gateway, but nothing behind it: packets go nowhere."""
        for address in FAR:
            _ip("-n", self.world, "addr", "del", f"{address}/32", "dev", "lo")
            _ip("-n", self.world, "route", "add", "blackhole", address)

    def find_provider(self) -> None:
        """Bring the world back."""
        for address in FAR:
            _ip("-n", self.world, "route", "del", "blackhole", address)
            _ip("-n", self.world, "addr", "add", f"{address}/32", "dev", "lo")


@contextmanager
def cabled() -> Iterator[Cabled]:
    """Make both until the block ends.

    Raises:
        NotAllowedError: it is not possible here.
    """
    tag = secrets.token_hex(3)
    both = Cabled(f"vigil-laptop-{tag}", f"vigil-world-{tag}")
    try:
        try:
            _lay(both)
        except (FileNotFoundError, subprocess.CalledProcessError) as error:
            raise NotAllowedError(str(getattr(error, "stderr", None) or error)) from error
        yield both
    finally:
        for name in (both.laptop, both.world):
            subprocess.run(["ip", "netns", "del", name], check=False, capture_output=True)


def _lay(both: Cabled) -> None:
    for name in (both.laptop, both.world):
        _ip("netns", "add", name)
        _ip("-n", name, "link", "set", "lo", "up")
    _ip(
        *("link", "add", "cable", "netns", both.laptop, "type", "veth"),
        *("peer", "name", "cable", "netns", both.world),
    )
    _ip("-n", both.laptop, "addr", "add", "10.99.0.2/24", "dev", "cable")
    _ip("-n", both.world, "addr", "add", f"{GATEWAY}/24", "dev", "cable")
    for address in FAR:
        _ip("-n", both.world, "addr", "add", f"{address}/32", "dev", "lo")
    for name in (both.laptop, both.world):
        _ip("-n", name, "link", "set", "cable", "up")
    _ip("-n", both.laptop, "route", "add", "default", "via", GATEWAY)


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True, text=True)
