"""Who of the user's own targets answered last, and where: witnesses of the way to the world.

Kept by the network from the attempts it is shown; nothing is asked here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import urlsplit

from backend.contract.vocabulary import Reason
from backend.domain.connectivity import REMEMBERED, Distance, distance_of, parsed
from backend.domain.endpoint import Endpoint
from backend.domain.reply import Failure, Reply
from backend.engine.monitors import Monitors

_NO_ANSWER = frozenset({Reason.NETWORK, Reason.RESOLVER, Reason.OURS})


@dataclass(frozen=True, slots=True)
class Canary:
    """A target that answered. ``answered_ms`` is monotonic; ``well``: also when last asked."""

    host: str
    address: str
    port: int
    answered_ms: float
    well: bool = True


class Canaries:
    """What is known of where endpoints are, by endpoint."""

    def __init__(self, monitors: Monitors) -> None:
        self._monitors = monitors
        self._known: dict[str, Canary] = {}

    def note(self, endpoint: Endpoint, attempt: Reply | Failure, now_ms: float) -> None:
        """Take what an attempt showed."""
        if isinstance(attempt, Failure) and attempt.reason in _NO_ANSWER:
            return
        where = None if attempt.facts is None else _peer(attempt.facts.peer)
        if where is not None:
            self._known[endpoint.id] = Canary(host_of(endpoint), *where, now_ms)

    def blame(self, endpoint: Endpoint) -> None:
        """Take that an endpoint's silence is its own: it says nothing about the way any more."""
        known = self._known.get(endpoint.id)
        if known is not None and known.well:
            self._known[endpoint.id] = replace(known, well=False)

    def distrust(self) -> None:
        """Take that the silence of any of them says nothing."""
        self._known = {key: replace(it, well=False) for key, it in self._known.items()}

    def distance_of(self, endpoint: Endpoint) -> Distance:
        """Return how far away an endpoint is."""
        return distance_of(host_of(endpoint), self.address_of(endpoint))

    def address_of(self, endpoint: Endpoint) -> str | None:
        """Return the address of an endpoint: its literal one, or where it last answered."""
        host = host_of(endpoint)
        if parsed(host) is not None:
            return host
        known = self._known.get(endpoint.id)
        return known.address if known is not None and known.host == host else None

    def answered_since(self, at_ms: float, besides: str) -> bool:
        """Say whether a far target of another host answered at that monotonic time or later."""
        return any(it.answered_ms >= at_ms for it in self._far(besides))

    def others(self, count: int, besides: str) -> list[Canary]:
        """Return far targets that were well when last asked, at most one an address."""
        well = sorted((it for it in self._far(besides) if it.well), key=lambda it: -it.answered_ms)
        return list({it.address: it for it in reversed(well)}.values())[::-1][:count]

    def names(self, count: int, besides: str) -> list[str]:
        """Return names of far targets; a host's own name only where there is no other."""
        names = dict.fromkeys(
            host_of(monitored.endpoint)
            for monitored in self._monitors
            if monitored.endpoint.is_active and self.distance_of(monitored.endpoint) is Distance.FAR
        )
        others = [name for name in names if parsed(name) is None and name != besides]
        own = [besides] if besides and parsed(besides) is None else []
        return others[:count] or own

    def _far(self, besides: str) -> Iterator[Canary]:
        for endpoint_id in [key for key in self._known if key not in self._monitors]:
            del self._known[endpoint_id]
        for known in self._known.values():
            if known.host != besides and distance_of(known.host, known.address) is Distance.FAR:
                yield known


def host_of(endpoint: Endpoint) -> str:
    """Return the name or address in an endpoint's URL, without brackets."""
    return _host_in(endpoint.url)


@lru_cache(REMEMBERED)
def _host_in(url: str) -> str:
    return urlsplit(url).hostname or ""


def _peer(peer: str | None) -> tuple[str, int] | None:
    """Read an address and a port as a URL writes them."""
    if peer is None:
        return None
    address, _, port = peer.rpartition(":")
    return (address.strip("[]"), int(port)) if port.isdigit() else None
