"""Who may come in, and what becomes of those who may not: a line in the log, and a wait.

One for both doors, the guard's and the gateway's, made by the composition root. Who shows a right
token never waits, whatever others do, and who floods keeps nobody waiting but those at the same
address. Knows neither HTTP nor Socket.IO.
"""

import asyncio
import hmac
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final, Protocol

import structlog

from backend.contract.vocabulary import TokenScope
from backend.storage.tokens import Holder, digest_of

WAIT_S: Final = 0.25
"""How long a wrong token waits for its answer."""

_AT_ONCE: Final = 4
_WAITING: Final = 64
"""How many wrong tokens of one address may stand in its queue; the next is told: too many."""

_WAITING_IN_ALL: Final = 1024

_LINES: Final = 60
_PER_S: Final = 60.0
_LONGEST: Final = 120
_NEIGHBOURS: Final = 64

log = structlog.stdlib.get_logger(__name__)


class Keys(Protocol):
    """What opens the door.

    Attributes:
        changes: whether a holder can lose it while the server runs.
    """

    changes: bool

    def holder_of(self, shown: bytes) -> Holder | None:
        """Return whose token this is, ``None`` for nobody's; in constant time."""

    def holds(self, holder: Holder) -> bool:
        """Say whether a holder's token opens the door still."""

    def hide(self, text: str) -> str:
        """Return a text without tokens."""


class OneToken:
    """The one token of a backend that serves its owner alone; it allows everything."""

    changes = False

    def __init__(self, token: str) -> None:
        self._token = token
        self._expected = token.encode()
        self._holder = Holder("", TokenScope.WRITE, digest_of(self._expected))

    def holder_of(self, shown: bytes) -> Holder | None:
        """Return its holder, in a time that does not depend on where what is shown differs."""
        return self._holder if hmac.compare_digest(shown, self._expected) else None

    def holds(self, holder: Holder) -> bool:
        """See :class:`Keys`."""
        return holder == self._holder

    def hide(self, text: str) -> str:
        """Return a text without the token."""
        return text.replace(self._token, "...")


def peer_of(client: object) -> str:
    """Return whose turn a connection takes: its address, in IPv6 the network of 64 bits around it.

    Whoever has one address there has the network, and could come with another one each time.

    Args:
        client: the peer as ASGI names it: address and port, or ``None``.
    """
    host = str(client[0]) if isinstance(client, tuple | list) and client else ""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ip_network((address, _NEIGHBOURS), strict=False))


@dataclass(slots=True)
class _Queue:
    """Those with a wrong token who come from one place."""

    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE))
    waiting: int = 0


class Doorkeeper:
    """Knows who may come in, and tells of whom it sends away, but never what they showed."""

    def __init__(
        self, keys: Keys, *, wait_s: float = WAIT_S, now_s: Callable[[], float] = time.monotonic
    ) -> None:
        """Keep the door.

        Args:
            keys: what opens it.
            wait_s: how long a wrong one waits for its answer.
            now_s: seconds on a line that never goes back.
        """
        self._keys = keys
        self._wait_s = wait_s
        self._queues: dict[str, _Queue] = {}
        self._waiting = 0
        self._now_s = now_s
        self._minute_s = now_s()
        self._lines = self._unlogged = 0

    @property
    def can_revoke(self) -> bool:
        """Whether who was let in may have to go."""
        return self._keys.changes

    def holder_of(self, shown: bytes) -> Holder | None:
        """Return who shows this, ``None`` for who may not come in."""
        return self._keys.holder_of(shown)

    def still_knows(self, holder: Holder) -> bool:
        """Say whether who was let in may stay."""
        return self._keys.holds(holder)

    async def slow_down(self, peer: str) -> bool:
        """Let a wrong token wait for its turn; False at once where too many wait already.

        Args:
            peer: who shows it, see :func:`peer_of`: each has a queue of its own.
        """
        queue = self._queues.get(peer) or _Queue()
        if queue.waiting >= _WAITING or self._waiting >= _WAITING_IN_ALL:
            return False
        self._queues[peer] = queue
        queue.waiting += 1
        self._waiting += 1
        try:
            async with queue.turns:
                await asyncio.sleep(self._wait_s)
        finally:
            self._waiting -= 1
            queue.waiting -= 1
            if not queue.waiting:
                del self._queues[peer]
        return True

    def note(self, door: str, holder: Holder, status: int) -> None:
        """Write down who changed something, or tried to; never what was sent.

        Args:
            door: what was asked for.
            holder: by whom.
            status: what came of it, in HTTP's words.
        """
        shown = self._keys.hide(door)[:_LONGEST]
        log.info("a change was asked for", by=holder.name, door=shown, status=status)

    def tell(self, door: str, why: str, peer: str = "") -> None:
        """Write a line about somebody who was sent away.

        At most sixty in a minute, so that a flood does not wash the log away; the next line says
        how many were left out.

        Args:
            door: where it was tried, in the words of who tried: cut, and without the token.
            why: in our words.
            peer: who tried.
        """
        now_s = self._now_s()
        if now_s - self._minute_s >= _PER_S:
            self._minute_s, self._lines = now_s, 0
        if self._lines >= _LINES:
            self._unlogged += 1
            return
        self._lines += 1
        more: dict[str, object] = {"left_out": self._unlogged} if self._unlogged else {}
        if peer:
            more["peer"] = peer
        self._unlogged = 0
        shown = self._keys.hide(door)[:_LONGEST]
        log.warning("somebody was sent away", door=shown, why=why, **more)
