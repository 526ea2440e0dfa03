"""Notices that this computer slept, or that this process was stopped: nothing was observed then.

Run by the composition root. It looks at the clocks every two seconds, because where the system says
nothing of sleep nothing else tells a process that time has passed it by. Where the system does say
that sleep is near, checks are held at once: its network goes down before it sleeps.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Final

import structlog

from backend.contract.vocabulary import UnknownReason
from backend.domain.endpoint import Endpoint
from backend.engine.clock import Clock, next_beat
from backend.engine.monitors import Monitors
from backend.engine.sight import Sight
from backend.storage.errors import ArchiveError

TICK_MS: Final = 2000
GAP_MS: Final = 5000
"""A shorter one is a busy computer, not one that was away."""

SETTLE_MS: Final = 3000
"""How long the network may take to come back after a sleep."""

NEAR_MS: Final = 30_000
"""Sleep that was announced and did not come within this is not waited for: the system gives its
programs five seconds, and where it says no more, checks must not be held for ever."""

log = structlog.stdlib.get_logger(__name__)


class NearSleepError(Exception):
    """Nothing is checked now: this computer is about to sleep; its message is for people."""

    def __init__(self) -> None:
        super().__init__("nothing is checked now: this computer is about to sleep")


class Bedtime:
    """Whether sleep is near, asked by whoever begins a check or has its result.

    Attributes:
        is_now: the system said so, and this computer has not woken since.
        times: how often it said so: a check during which that grew is void.
    """

    def __init__(self) -> None:
        self.is_now = False
        self.times = 0

    def begin(self) -> None:
        """Sleep is near."""
        self.is_now = True
        self.times += 1

    def refuse(self) -> None:
        """Refuse a check that a person asks for.

        Raises:
            NearSleepError: sleep is near: the network may be gone already.
        """
        if self.is_now:
            raise NearSleepError

    def end(self) -> None:
        """This computer is awake, whether it slept or not."""
        self.is_now = False


class SleepWatch:
    """After a gap: who missed a check is UNKNOWN, and all are checked again, spread over time."""

    def __init__(
        self,
        *,
        clock: Clock,
        sight: Sight,
        monitors: Monitors,
        spread: Callable[[Iterable[str], float], None],
        bedtime: Bedtime,
        listen: Callable[[Callable[[bool], None]], Awaitable[None]],
    ) -> None:
        """Take what is told.

        Args:
            clock: what is watched.
            sight: takes standings back.
            monitors: who is monitored.
            spread: checks endpoints soon, one after another, no sooner than in so many ms.
            bedtime: said to begin and to end.
            listen: tells that the system is about to sleep (True) and that it woke (False); may
                return, and then the clocks alone tell.
        """
        self._clock = clock
        self._sight = sight
        self._monitors = monitors
        self._spread = spread
        self._bedtime = bedtime
        self._listen = listen
        self._awake_ms = self._passed_ms()

    async def run(self) -> None:
        """Watch until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._follow_system(group), name="the system's word of sleep")
            while True:
                self._stay_awake()
                began_ms = self._passed_ms()
                begins_ms = self._clock.monotonic_ms()
                beat_ms = next_beat(begins_ms, TICK_MS)
                await self._clock.sleep_until(beat_ms)
                now_ms = self._passed_ms()
                gap_ms = now_ms - max(began_ms, self._awake_ms) - (beat_ms - begins_ms)
                if gap_ms >= GAP_MS:
                    await self._woke(gap_ms)
                elif self._bedtime.is_now and now_ms - self._awake_ms >= NEAR_MS:
                    await self._woke(now_ms - self._awake_ms)

    async def _follow_system(self, group: asyncio.TaskGroup) -> None:
        def hear(sleeps: bool) -> None:
            if sleeps:
                log.info("this computer is about to sleep: checks are held")
                self._stay_awake()
                self._bedtime.begin()
            elif self._bedtime.is_now:
                gap_ms = self._passed_ms() - self._awake_ms
                group.create_task(self._woke(gap_ms), name="waking")

        await self._listen(hear)

    def _passed_ms(self) -> float:
        """Return a time that runs on in sleep, as far as the clock can tell."""
        return self._clock.monotonic_ms() + self._clock.asleep_ms()

    def _stay_awake(self) -> None:
        """Note that until now everything was observed, if it was."""
        if not self._bedtime.is_now:
            self._awake_ms = self._passed_ms()

    async def _woke(self, gap_ms: float) -> None:
        log.info("this computer was asleep, or this process was stopped", seconds=gap_ms / 1000)
        # Planned anew before anything is waited for, so that nothing begins too soon meanwhile.
        self._spread([it.endpoint.id for it in self._monitors], SETTLE_MS)
        self._bedtime.end()
        self._stay_awake()

        def missed_a_check(endpoint: Endpoint) -> bool:
            return gap_ms > endpoint.policy.interval_s * 1000

        try:
            await self._sight.lose(UnknownReason.ASLEEP, missed_a_check)
        except ArchiveError as error:
            log.error("what was not observed could not be stored", cause=str(error))
