"""Is this computer online? Asked before a failure is held against a target.

The pipeline shows it every attempt and asks about every failure that may be ours. Once offline, it
takes the standings of far endpoints back, has their checks held, and watches for the way back.
The decision itself is :mod:`backend.domain.connectivity`'s.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Final

import structlog

from backend.checks.surroundings import Surroundings
from backend.contract.events import NetworkChanged
from backend.contract.vocabulary import Reason, UnknownReason
from backend.contract.wire import instant
from backend.domain.assertions import Failed, Outcome
from backend.domain.connectivity import Distance, Evidence, is_online, unrelated
from backend.domain.endpoint import Endpoint
from backend.domain.reply import Failure, Prober, Reply
from backend.engine.canaries import Canaries, host_of
from backend.engine.clock import Clock
from backend.engine.judging import Excuse
from backend.engine.monitors import Monitors
from backend.engine.portal import Portal
from backend.engine.sight import Sight
from backend.storage.errors import ArchiveError

CANARIES: Final = 3
NAMES: Final = 2
"""How many other targets, and how many of their names, are asked for."""

LOOK_HOLDS_MS: Final = 3000
"""How long what was found out serves all who ask."""

CONFIRM_MS: Final = 2000
"""How long after a first suspicion it is looked again, before anybody is told."""

SETTLE_MS: Final = 3000
"""How long the way to the world must hold before checks are made again."""

DOUBT_MS: Final = 600_000
"""How long silent targets alone may speak against being online."""

POLL_MS: Final = 3000
SLOWEST_POLL_MS: Final = 15_000

log = structlog.stdlib.get_logger(__name__)


_SUSPECTED: Final = Excuse("This computer is offline")
_OFFLINE: Final = Excuse(_SUSPECTED.words, unseen=UnknownReason.OFFLINE)
_RESOLVER: Final = Excuse(
    "This computer's name server does not answer", unseen=UnknownReason.RESOLVER
)


class LaptopNetwork:
    """The network of a computer that comes and goes.

    Attributes:
        online: as it was declared; a suspicion does not change it yet.
    """

    def __init__(
        self,
        *,
        surroundings: Surroundings,
        prober: Prober,
        sight: Sight,
        clock: Clock,
        monitors: Monitors,
        offline_since_ms: int | None = None,
    ) -> None:
        """Begin as it was when the program ended.

        Args:
            surroundings: finds out about the network.
            prober: asks targets again, where the network itself seems to answer for them.
            sight: takes standings back and tells changes.
            clock: what tells the time.
            monitors: who is monitored.
            offline_since_ms: since when it was offline then, Unix milliseconds.
        """
        self._surroundings = surroundings
        self._sight = sight
        self._clock = clock
        self._monitors = monitors
        self._canaries = Canaries(monitors)
        self._portal = Portal(monitors, prober)
        self._offline_since_ms = offline_since_ms
        self.online = offline_since_ms is None
        self._suspected = asyncio.Event()
        self._excused: set[str] = set()
        self._looking = asyncio.Lock()
        self._found: tuple[Evidence, float] | None = None
        self._stores = True

    def note(self, endpoint: Endpoint, attempt: Reply | Failure) -> None:
        """Take what an attempt showed."""
        if self._is_far(endpoint) and self._portal.note(endpoint, attempt):
            return  # it may not have been the target that answered
        self._canaries.note(endpoint, attempt, self._clock.monotonic_ms())

    def address_of(self, endpoint: Endpoint) -> str | None:
        """Return where an endpoint last answered, as far as it is known."""
        return self._canaries.address_of(endpoint)

    def holds(self, endpoint_id: str) -> bool:
        """Say whether checks of an endpoint would only show that this computer is offline."""
        if self.online:
            return False
        monitored = self._monitors.get(endpoint_id)
        return monitored is not None and self._is_far(monitored.endpoint)

    async def excuse(self, endpoint: Endpoint, outcome: Outcome, began_ms: float) -> Excuse | None:
        """Return why what came is ours; ``None`` for the target's own, and for its success."""
        if self._portal.suspects(endpoint.id):
            excuse = await self._excuse_strange(endpoint)
            if excuse is not None:
                return excuse
        if not isinstance(outcome, Failed) or outcome.reason not in (
            Reason.NETWORK,
            Reason.RESOLVER,
        ):
            return None
        excuse = await self._excuse(endpoint, outcome.reason, began_ms)
        if excuse is None:
            self._canaries.blame(endpoint)
        return excuse

    async def _excuse(self, endpoint: Endpoint, reason: Reason, began_ms: float) -> Excuse | None:
        match self._canaries.distance_of(endpoint):
            case Distance.SELF:
                return None
            case Distance.NEAR if reason is Reason.NETWORK:
                near = self._surroundings.has_route(self._canaries.address_of(endpoint))
                return None if near else _OFFLINE
        if not self.online:
            return _OFFLINE
        host = host_of(endpoint)
        if reason is Reason.NETWORK and self._canaries.answered_since(began_ms, host):
            return None
        evidence = await self._look(host)
        if not is_online(evidence):
            self._excused.add(endpoint.id)
            self._suspected.set()
            return _SUSPECTED
        return _RESOLVER if reason is Reason.RESOLVER and not evidence.fresh_name else None

    async def _excuse_strange(self, endpoint: Endpoint) -> Excuse | None:
        if not self.online:
            return _OFFLINE
        if (await self._look(host_of(endpoint))).stranger:
            self._excused.add(endpoint.id)
            self._suspected.set()
            return _SUSPECTED
        self._portal.settle(endpoint.id)
        return None

    async def run(self, spread: Callable[[Iterable[str]], None]) -> None:
        """Follow every suspicion up, until cancelled.

        Args:
            spread: checks endpoints soon, one after another.
        """
        pause_ms: float = 0
        while True:
            if self.online:
                await self._suspected.wait()
                await self._rest(CONFIRM_MS)
                self._suspected.clear()
                excused, self._excused = self._excused, set()
                if is_online(await self._look_anew()):
                    spread(excused)
                    continue
                await self._go_offline()
                pause_ms = POLL_MS
            await self._wait_for_the_way_back(pause_ms)
            await self._go_online(spread)

    def _is_far(self, endpoint: Endpoint) -> bool:
        return self._canaries.distance_of(endpoint) is Distance.FAR

    def _far(self) -> list[Endpoint]:
        return [it.endpoint for it in self._monitors if self._is_far(it.endpoint)]

    async def _go_offline(self) -> None:
        log.warning("this computer is offline")
        self.online = False
        self._offline_since_ms = now_ms = self._clock.wall_ms()
        change = NetworkChanged(online=False, since=instant(now_ms), offline_since=None)
        lose = partial(self._sight.lose, UnknownReason.OFFLINE, self._is_far, change)
        while not (await self._stored(lose) or is_online(await self._look_anew())):
            await self._rest(POLL_MS)

    async def _go_online(self, spread: Callable[[Iterable[str]], None]) -> None:
        log.info("this computer is online again")
        went_ms = self._offline_since_ms
        went = None if went_ms is None else instant(went_ms)
        now_ms = self._clock.wall_ms()
        change = NetworkChanged(online=True, since=instant(now_ms), offline_since=went)
        is_told = await self._stored(tell := partial(self._sight.tell, change))
        self._offline_since_ms = None
        self._suspected.clear()
        self._excused.clear()
        self._portal.forget()
        self.online = True
        spread([it.id for it in self._far()])
        while not is_told:
            await self._rest(POLL_MS)
            is_told = await self._stored(tell)

    async def _wait_for_the_way_back(self, pause_ms: float) -> None:
        silent_since_ms: float | None = None
        while True:
            had_route = self._surroundings.has_route()
            await self._rest(pause_ms)
            evidence = await self._look_anew()
            if is_online(evidence):
                await self._rest(SETTLE_MS)
                if is_online(await self._look_anew()):
                    return
            silent_since_ms = self._doubt(evidence, silent_since_ms)
            # Reading the routes costs nothing; asking others goes slower and slower.
            changed = had_route is not self._surroundings.has_route()
            slower_ms = min(pause_ms * 1.5, SLOWEST_POLL_MS)
            pause_ms = slower_ms if had_route and not changed else POLL_MS

    def _doubt(self, evidence: Evidence, since_ms: float | None) -> float | None:
        """Return since when only the silence of targets speaks against being online.

        Once that has lasted, it is theirs: they may have gone while this computer was away, or may
        not be reached from where it is now.
        """
        if not is_online(replace(evidence, silent=0)):
            return None
        now_ms = self._clock.monotonic_ms()
        if since_ms is not None and now_ms - since_ms >= DOUBT_MS:
            self._canaries.distrust()
        return now_ms if since_ms is None else since_ms

    async def _look(self, besides: str) -> Evidence:
        """Find out how it stands, or remember what was found a moment ago."""
        async with self._looking:
            if self._found is not None:
                evidence, at_ms = self._found
                looked = evidence.stranger is not None or not self._portal.is_suspected
                if looked and self._clock.monotonic_ms() - at_ms < LOOK_HOLDS_MS:
                    return evidence
            evidence = await self._gather(besides)
            self._found = (evidence, self._clock.monotonic_ms())
            return evidence

    async def _look_anew(self) -> Evidence:
        self._found = None
        return await self._look("")

    async def _gather(self, besides: str) -> Evidence:
        if not self._surroundings.has_route():
            return Evidence(world_route=False)
        others = self._canaries.others(CANARIES, besides)
        names = self._canaries.names(NAMES, besides)
        ask, suspected = self._surroundings, self._portal.is_suspected
        answers, afresh, (gateway,), (stranger,) = await asyncio.gather(
            asyncio.gather(*(ask.answers(it.address, it.port) for it in others)),
            asyncio.gather(*(ask.knows_afresh(name) for name in names)),
            asyncio.gather(_nothing() if names else ask.gateway_answers()),
            asyncio.gather(self._portal.is_there(self._far()) if suspected else _nothing()),
        )
        silent = [it.address for it, answer in zip(others, answers, strict=True) if not answer]
        return Evidence(
            world_route=True,
            answered=any(answers),
            silent=unrelated(silent),
            fresh_name=any(afresh) if names else None,
            gateway=gateway,
            stranger=stranger,
        )

    async def _stored(self, tell: Callable[[], Awaitable[None]]) -> bool:
        """Say whether the archive kept it; checks do not wait until it can."""
        stored_before, self._stores = self._stores, True
        try:
            await tell()
        except ArchiveError as error:
            self._stores = False
            if stored_before:
                log.error("a change of the network could not be stored", cause=str(error))
        return self._stores

    async def _rest(self, ms: float) -> None:
        await self._clock.sleep_until(self._clock.monotonic_ms() + ms)


async def _nothing() -> None:
    """Stand for a question that need not be asked."""
