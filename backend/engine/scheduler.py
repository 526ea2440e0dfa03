"""Who is due, how many at once, and the tasks in which checks run.

Sleeps until the next endpoint is due, with no idle ticks and no task per sleeping endpoint. The
commands tell it who comes, goes or is to be checked at once; what a check does is the pipeline's.
"""

import asyncio
import math
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final

from backend.domain.assertions import Check
from backend.domain.endpoint import Endpoint
from backend.domain.schedule import TOGETHER, Agenda, may_join, next_due, settled_due, spread_due
from backend.engine.clock import Clock
from backend.engine.monitors import Monitors
from backend.engine.pipeline import Recorded, Unstored
from backend.engine.recorder import Void
from backend.engine.room import Room
from backend.engine.sleep import Bedtime
from backend.storage.errors import NoSuchEndpoint

CHECKS_AT_ONCE: Final = 100
NOTED_LATE_MS: Final = 1000
"""A check that begins later is counted as late."""

LATE_MS: Final = 5000
"""Where the first of those who are due is found so late, this computer slept or this process was
stopped: all of them are spread anew, also who fell due a moment ago."""


@dataclass(frozen=True, slots=True)
class Load:
    """How busy the scheduler is. ``late_ms`` is how late all checks it ever began were, added up.

    ``overdue_ms`` is for how long the one that waits longest is due. ``late_now`` are due for more
    than a second; ``late`` is how many ever began so late.
    """

    waiting: int
    under_way: int
    overdue_ms: float
    begun: int
    late_ms: float
    late_now: int = 0
    late: int = 0


class Scheduler:
    """Starts each check when it is due; at most one per endpoint, and a bounded number in all."""

    def __init__(
        self,
        *,
        clock: Clock,
        monitors: Monitors,
        check: Callable[[str], Awaitable[Recorded]],
        checks_at_once: int = CHECKS_AT_ONCE,
        held: Callable[[str], bool] = lambda _: False,
        bedtime: Bedtime | None = None,
    ) -> None:
        """Prepare; nothing runs before :meth:`run`.

        Args:
            check: checks the endpoint of that id once and records the result; raises nothing.
            checks_at_once: how many scheduled checks may be under way beside those that hang; more
                wait in the order in which they fell due, but none that is asked for by hand.
            held: says of an endpoint that is due whether its check is left out this time.
            bedtime: while sleep is near, all are left out and checks by hand refused.
        """
        self._clock = clock
        self._monitors = monitors
        self._check = check
        self._held = held
        self._bedtime = Bedtime() if bedtime is None else bedtime
        self._agenda = Agenda()
        self._room = Room(checks_at_once)
        self._spread: set[str] = set()
        self._waiting: deque[str] = deque()
        self._waiting_failing: deque[str] = deque()
        self._flights: dict[str, asyncio.Task[Recorded]] = {}
        self._wake = asyncio.Event()
        self._group: asyncio.TaskGroup | None = None
        self._begun = 0
        self._late_ms = 0.0
        self._late = 0

    async def run(self) -> None:
        """Check all active endpoints as they fall due, until cancelled."""
        now_ms = self._clock.monotonic_ms()
        for monitored in self._monitors:
            endpoint = monitored.endpoint
            if endpoint.is_active:
                self._spread_one(endpoint, now_ms)
        async with asyncio.TaskGroup() as group:
            self._group = group
            while True:
                self._wake.clear()
                self._collect_due()
                self._take_off()
                await self._rest(group)

    def check_soon(self, endpoint_id: str) -> None:
        """Check an endpoint now that is new, or changed so that a check under way is void."""
        self.forget(endpoint_id)
        self._set_due(endpoint_id, self._clock.monotonic_ms())

    def spread(self, endpoint_ids: Iterable[str], after_ms: float = 0.0) -> None:
        """Check endpoints soon but never all at once: after this computer was away."""
        from_ms = self._clock.monotonic_ms() + after_ms
        for endpoint_id in endpoint_ids:
            monitored = self._monitors.get(endpoint_id)
            if monitored is not None and endpoint_id in self._agenda:
                self._spread_one(monitored.endpoint, from_ms)

    def forget(self, endpoint_id: str) -> None:
        """Check an endpoint no more; a check under way is broken off."""
        self._agenda.drop(endpoint_id)
        self._room.leave(endpoint_id)
        self._spread.discard(endpoint_id)
        flight = self._flights.pop(endpoint_id, None)
        if flight is not None:
            flight.cancel()
        self._wake.set()

    def load(self) -> Load:
        """Return how busy it is now."""
        now_ms = self._clock.monotonic_ms()
        waiting = [*self._waiting, *self._waiting_failing]
        overdue_ms = [now_ms - self._agenda.due_ms(it) for it in waiting]
        return Load(
            waiting=len(waiting),
            under_way=len(self._flights),
            overdue_ms=max(0.0, max(overdue_ms, default=0.0)),
            begun=self._begun,
            late_ms=self._late_ms,
            late_now=sum(it > NOTED_LATE_MS for it in overdue_ms),
            late=self._late,
        )

    async def check_now(self, endpoint_id: str) -> Check:
        """Return the result of the check under way, or of one that begins now.

        Raises:
            NoSuchEndpoint: there is none, or no longer.
            NearSleepError: this computer is about to sleep.
            ArchiveError: the result could not be stored.
        """
        while endpoint_id in self._monitors:
            self._bedtime.refuse()
            flight = self._flights.get(endpoint_id) or self._start(endpoint_id, by_hand=True)
            await asyncio.wait({flight})
            recorded = Void() if flight.cancelled() else flight.result()
            match recorded:
                case Check():
                    return recorded
                case Unstored(error):
                    raise error
                case Void():
                    continue  # it was changed meanwhile: what it is now is to be checked
        raise NoSuchEndpoint(endpoint_id)

    def _spread_one(self, endpoint: Endpoint, from_ms: float) -> None:
        self._spread.add(endpoint.id)
        self._set_due(endpoint.id, spread_due(endpoint.id, endpoint.policy, from_ms))

    def _set_due(self, endpoint_id: str, due_ms: float) -> None:
        self._agenda.plan(endpoint_id, due_ms)
        self._wake.set()

    def _collect_due(self) -> None:
        """Move who is due from the agenda to the end of the queue."""
        now_ms = self._clock.monotonic_ms()
        due = list(iter(partial(self._agenda.pop_due, now_ms), None))
        if due and now_ms - due[0][1] >= LATE_MS:
            self.spread(endpoint_id for endpoint_id, _ in due)
            return
        if due:
            due += self._agenda.join(due[-1][1], TOGETHER - len(due), self._joins)
        for endpoint_id, _ in due:
            if self._bedtime.is_now or self._held(endpoint_id):
                self._leave_out(endpoint_id, now_ms)
            else:
                self._waiting.append(endpoint_id)

    def _joins(self, endpoint_id: str, early_ms: float) -> bool:
        """Say whether one may be checked now that is due so much later; not if it is in a hurry."""
        monitored = self._monitors.get(endpoint_id)
        if monitored is None or endpoint_id in self._spread or self._fails(endpoint_id):
            return False
        return may_join(monitored.endpoint.policy, early_ms)

    def _leave_out(self, endpoint_id: str, now_ms: float) -> None:
        monitored = self._monitors.get(endpoint_id)
        if monitored is not None:
            self._set_due(endpoint_id, now_ms + monitored.endpoint.policy.interval_s * 1000)

    def _take_off(self) -> None:
        """Start who waits, as far as there is room."""
        now_ms = self._clock.monotonic_ms()
        self._start_failing(now_ms)
        while self._waiting and self._room.opens_ms() <= now_ms:
            endpoint_id = self._waiting.popleft()
            if self._fails(endpoint_id):
                self._waiting_failing.append(endpoint_id)
                self._start_failing(now_ms)
            elif self._is_due(endpoint_id, now_ms):
                self._start(endpoint_id)

    def _start_failing(self, now_ms: float) -> None:
        while self._waiting_failing and self._room.opens_ms(fails=True) <= now_ms:
            endpoint_id = self._waiting_failing.popleft()
            if self._is_due(endpoint_id, now_ms):
                self._start(endpoint_id, fails=True)

    def _is_due(self, endpoint_id: str, now_ms: float) -> bool:
        """Say whether one that waited is still to be checked.

        It may have been forgotten or planned anew, or be under way: then its landing plans it.
        """
        still_due = self._agenda.due_ms(endpoint_id) <= now_ms
        return still_due and endpoint_id not in self._flights

    def _fails(self, endpoint_id: str) -> bool:
        monitored = self._monitors.get(endpoint_id)
        return monitored is not None and monitored.health.consecutive_failures > 0

    def _start(
        self, endpoint_id: str, *, by_hand: bool = False, fails: bool = False
    ) -> asyncio.Task[Recorded]:
        if self._group is None:
            raise RuntimeError("the scheduler is not running")
        began_ms = self._clock.monotonic_ms()
        due_ms = began_ms if by_hand else self._agenda.due_ms(endpoint_id)
        if not by_hand:
            self._begun += 1
            self._late_ms += max(0.0, began_ms - due_ms)
            self._late += began_ms - due_ms > NOTED_LATE_MS
        settles = not by_hand and endpoint_id in self._spread
        if settles:
            self._spread.remove(endpoint_id)
        flight = self._group.create_task(
            self._fly(endpoint_id, due_ms, settles), name=f"check of {endpoint_id}"
        )
        self._flights[endpoint_id] = flight
        self._room.enter(endpoint_id, began_ms, fails=fails)
        return flight

    async def _fly(self, endpoint_id: str, due_ms: float, settles: bool) -> Recorded:
        try:
            return await self._check(endpoint_id)
        finally:
            if self._flights.get(endpoint_id) is asyncio.current_task():
                del self._flights[endpoint_id]
                self._room.leave(endpoint_id)
                self._plan(endpoint_id, due_ms, settles)
                self._wake.set()

    def _plan(self, endpoint_id: str, due_ms: float, settles: bool) -> None:
        """Set when an endpoint is due again, after a check that was due at ``due_ms``.

        ``settles``: that one was spread, and the next one is where all others are to follow.
        """
        monitored = self._monitors.get(endpoint_id)
        if monitored is None or endpoint_id not in self._agenda:
            return
        now_ms = self._clock.monotonic_ms()
        policy = monitored.endpoint.policy
        again_ms = next_due(endpoint_id, policy, monitored.health, due_ms, now_ms)
        if settles:
            again_ms = min(again_ms, max(now_ms, settled_due(endpoint_id, policy, due_ms)))
        # A check by hand does not move the one that is planned, unless a retry comes first.
        if not now_ms < self._agenda.due_ms(endpoint_id) <= again_ms:
            self._set_due(endpoint_id, again_ms)

    def _next_ms(self) -> float:
        """Return when somebody is due, or there is a place for who waits."""
        return min(
            self._agenda.next_ms,
            self._room.opens_ms() if self._waiting else math.inf,
            self._room.opens_ms(fails=True) if self._waiting_failing else math.inf,
        )

    async def _rest(self, group: asyncio.TaskGroup) -> None:
        """Wait until the next endpoint is due, there is a place again, or something changed."""
        alarm: asyncio.Task[None] | None = None
        if (at_ms := self._next_ms()) < math.inf:
            alarm = group.create_task(self._alarm(at_ms), name="the scheduler's alarm")
        try:
            await self._wake.wait()
        finally:
            if alarm is not None:
                alarm.cancel()

    async def _alarm(self, at_ms: float) -> None:
        await self._clock.sleep_until(at_ms)
        self._wake.set()
