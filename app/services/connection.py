"""Keeps the line to the backend: connects, notices its end, waits, tries again, gives up aloud.

Started by the line with every address the backend gets. Tells each state of the light. What is
said over a connection is the business of the ``Conversation`` it is given.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol

import aiohttp

from app.services.child import Address
from app.services.feed import ConnectError, Feed, websocket_works
from app.services.subscriptions import Caller, CallError
from app.state.link import LinkState, Phase
from app.tasks import Listeners, TaskOwner

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """How the line is kept; times in seconds.

    Attributes:
        first_delay_s: from the end of a connection to the first try; doubles with each failure.
        max_delay_s: the longest time between two tries, jitter included.
        jitter: by which part a delay may be shorter or longer, 0 to 1.
        tries: so many failures in a row, and the line waits for "Reconnect now".
        connect_timeout_s: for one try on one transport.
        start_timeout_s: how long one try waits for a backend that is being started.
        call_timeout_s: for one acknowledged call.
        ping_every_s: between two measurements of the latency.
    """

    first_delay_s: float = 1.0
    max_delay_s: float = 5.0
    jitter: float = 0.2
    tries: int = 10
    connect_timeout_s: float = 5.0
    start_timeout_s: float = 15.0
    call_timeout_s: float = 5.0
    ping_every_s: float = 10.0

    def delay_s(self, failures: int, chance: float) -> float:
        """Return how long to wait after so many failures in a row.

        Args:
            failures: 0 right after a connection was lost.
            chance: 0 to 1, where in the jitter's range to land.
        """
        exact = self.first_delay_s * 2.0 ** min(failures, 30)
        return float(min(self.max_delay_s, exact * (1 + self.jitter * (2 * chance - 1))))


class Conversation(Protocol):
    """What is said over a connection."""

    async def settle(self, caller: Caller) -> None:
        """Get in step with the backend, or raise ``CallError``: then it counts as no connection."""

    def begin(self, caller: Caller) -> None:
        """The connection stands."""

    async def ping(self, caller: Caller) -> float:
        """Return the time of a round trip in ms, or raise ``CallError``."""

    def receive(self, name: str, data: object) -> None:
        """Take an event."""

    def lost(self) -> None:
        """The connection is gone."""


def _chance() -> float:
    return secrets.randbelow(1 << 24) / (1 << 24)


class Link:
    """The line's state machine: one task, one connection at a time.

    Attributes:
        changed: told every new state.
        state: the present one.
        connections: how often the line came to stand since the start.

    Args:
        conversation: what to say.
        settings: how the line is kept.
        chance: draws from 0 to 1 for the jitter.
    """

    def __init__(
        self,
        conversation: Conversation,
        settings: LinkSettings | None = None,
        chance: Callable[[], float] = _chance,
    ) -> None:
        self.changed: Listeners[[LinkState]] = Listeners()
        self.state = LinkState(Phase.CONNECTING, attempt=1)
        self.connections = 0
        self._conversation = conversation
        self._settings = LinkSettings() if settings is None else settings
        self._chance = chance
        self._tasks = TaskOwner("link")
        self._address: Address | None = None
        self._wake = asyncio.Event()
        self._is_hopeless = False
        self._starts_over = False
        self._drop_reason: str | None = None

    def start(self) -> None:
        """Begin: the first connection is tried as soon as there is an address."""
        self._tasks.spawn(self._run(), "keep connected")

    def connect_to(self, address: Address) -> None:
        """Connect to a backend that was just started, at once, whatever the line was doing."""
        self._address = address
        self._start_over()

    def reconnect_now(self) -> None:
        """Try at once, with all tries before it; a line that stands is left as it is."""
        if self.state.phase is not Phase.CONNECTED:
            self._start_over()

    def drop(self, reason: str) -> None:
        """End a connection that is of no use; the next try follows as after any loss."""
        self._drop_reason = reason
        self._wake.set()

    def forget_address(self) -> None:
        """The backend is gone: its address and token are never offered again."""
        self._address = None

    def give_up(self) -> None:
        """No backend will come: wait for ``reconnect_now`` or a new address."""
        self._is_hopeless = True
        self._address = None
        self._wake.set()

    def use(self, settings: LinkSettings) -> None:
        """Keep the line this way from the next try on."""
        self._settings = settings

    async def aclose(self) -> None:
        """Say goodbye and end; bounded in time."""
        await self._tasks.aclose()

    def _start_over(self) -> None:
        self._is_hopeless = False
        self._starts_over = True
        self._wake.set()

    async def _run(self) -> None:
        jar = aiohttp.DummyCookieJar()
        async with aiohttp.ClientSession(cookie_jar=jar, trust_env=False) as session:
            failures, attempt = 0, 1
            while True:
                self._starts_over = False
                was_connected, reason = await self._once(session, attempt)
                failures = 0 if was_connected else failures + 1
                attempt = 1 if was_connected else attempt + 1
                await self._pause(failures, attempt, reason)
                if self._starts_over:
                    failures, attempt = 0, 1

    async def _once(self, session: aiohttp.ClientSession, attempt: int) -> tuple[bool, str]:
        """Connect and stay connected; return whether it stood, and why it does not any more."""
        self._tell(LinkState(Phase.CONNECTING, attempt))
        try:
            address = await self._address_known()
            feed = await self._open(session, address)
        except ConnectError as error:
            log.info("connect_error, try %d: %s", attempt, error)
            return False, str(error)
        settled, self._drop_reason = False, None
        try:
            await self._conversation.settle(feed)
            settled, self._starts_over = True, False
            self.connections += 1
            log.info("connect: %s, try %d", feed.transport, attempt)
            self._conversation.begin(feed)
            self._tell(LinkState(Phase.CONNECTED, transport=feed.transport))
            reason = await self._stay(session, feed, address)
            log.info("disconnect: %s", reason)
        except CallError as error:
            reason = str(error)
            log.info("connect_error, try %d: %s", attempt, reason)
        finally:
            self._conversation.lost()
            await self._leave(feed)
        return settled, reason

    async def _leave(self, feed: Feed) -> None:
        """End a connection; that of a backend that fell silent takes seconds nobody waits for."""
        if feed.lost.done() and not self._tasks.is_closed:
            self._tasks.spawn(feed.aclose(), "say goodbye")
        else:
            await feed.aclose()

    async def _address_known(self) -> Address:
        """Wait for the backend to be started; that is part of the try, so it is bounded."""
        if self._address is None and not self._is_hopeless:
            await self._woken(self._settings.start_timeout_s)
        if self._address is None:
            raise ConnectError("the backend is not running", is_answered=False)
        return self._address

    async def _open(self, session: aiohttp.ClientSession, address: Address) -> Feed:
        """Connect by websocket; where something answers but no websocket, by polling."""
        timeout_s = self._settings.connect_timeout_s
        feed = self._feed(session)
        try:
            await feed.open(address, "websocket", timeout_s)
        except ConnectError as error:
            if not error.is_answered:
                raise
            log.info("no websocket (%s): trying HTTP polling", error)
            feed = self._feed(session)
            await feed.open(address, "polling", timeout_s)
        return feed

    def _feed(self, session: aiohttp.ClientSession) -> Feed:
        return Feed(session, self._conversation.receive, self._settings.call_timeout_s)

    async def _stay(self, session: aiohttp.ClientSession, feed: Feed, address: Address) -> str:
        """Measure the latency now and then until the connection ends; return why it did."""
        while (reason := self._end_of(feed, address)) is None:
            try:
                latency_ms = await self._conversation.ping(feed)
                self._tell(replace(self.state, latency_ms=latency_ms))
            except CallError as error:
                # Whether the connection still stands is told by its own heartbeat.
                log.debug("no round trip: %s", error)
            if feed.transport == "polling" and await websocket_works(session, address):
                self._starts_over = True
                return "websocket can be had again"
            if self._end_of(feed, address) is None:
                await self._woken(self._settings.ping_every_s, feed.lost)
        return reason

    def _end_of(self, feed: Feed, address: Address) -> str | None:
        if feed.lost.done():
            return feed.lost.result()
        if self._address is not None and self._address is not address:
            return "the backend was started anew"
        return self._drop_reason

    async def _pause(self, failures: int, attempt: int, reason: str) -> None:
        """Wait until the next try is due or asked for."""
        if self._starts_over:
            return
        if not self._is_over(failures):
            delay_s = self._settings.delay_s(failures, self._chance())
            self._tell(LinkState(Phase.WAITING, attempt, retry_in_s=delay_s, reason=reason))
            await self._woken(delay_s)
        if self._is_over(failures) and not self._starts_over:
            log.warning("no connection to the backend after %d tries: %s", failures, reason)
            self._tell(LinkState(Phase.GIVEN_UP, attempt, reason=reason))
            while not self._starts_over:
                await self._woken(None)

    def _is_over(self, failures: int) -> bool:
        return self._is_hopeless or failures >= self._settings.tries

    async def _woken(self, timeout_s: float | None, *others: asyncio.Future[Any]) -> None:
        """Wait until something was asked of us, one of the others is done, or time is up."""
        self._wake.clear()
        asked = self._tasks.spawn(self._wake.wait(), "wait to be asked")
        try:
            await asyncio.wait(
                (asked, *others), timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            asked.cancel()

    def _tell(self, state: LinkState) -> None:
        self.state = state
        self.changed.tell(state)
