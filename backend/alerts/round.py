"""The round of one channel: look at its desk, plan, deliver, note what came of it; then wait.

Run by the courier as one task per channel, so that a slow server delays its own channel only. The
queue is the outbox: the round holds no alert in memory but those it delivers at the moment.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

import stamina
import structlog

from backend.alerts.delivery import Result, summary_of
from backend.alerts.letter import Letter, letter_of
from backend.alerts.postman import Postman
from backend.alerts.reserve import Reserve
from backend.contract.events import Event, NotificationFailed, NotificationSent, StateEvent
from backend.contract.vocabulary import DeliveryState
from backend.contract.wire import instant
from backend.domain.alert_plan import Pending, Settled, plan, reminders
from backend.domain.alerting import Channel
from backend.storage.alert_archive import AlertArchive
from backend.storage.errors import ArchiveError

Answer = TypeVar("Answer")

QUICK_TRIES = 3
LONGEST_WAIT_S = 60.0
"""The wall clock may jump, also while the computer sleeps: look at it at least this often."""

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Tempo:
    """How long is waited between tries, in seconds, but for jitter.

    ``quick_s`` and its double lie between the three quick tries; then come ``backoff_s``, twice
    that, and so on up to ``longest_s``. ``disk_s`` is between tries to store.
    """

    quick_s: float = 1.0
    backoff_s: float = 30.0
    longest_s: float = 900.0
    disk_s: float = 5.0


@dataclass(frozen=True, slots=True)
class Tools:
    """What every round needs. ``lock`` keeps the order of publishing that of ``seq``."""

    archive: AlertArchive
    postman: Postman
    publish: Callable[[Event], None]
    now_ms: Callable[[], int]
    lock: asyncio.Lock
    tempo: Tempo = Tempo()


class _NotTaken(Exception):  # noqa: N818  # carries results through stamina, never leaves here
    def __init__(self, results: Sequence[Result]) -> None:
        super().__init__(summary_of(results))
        self.results = results
        self.retry_after_s = max((it.retry_after_s or 0.0 for it in results), default=0.0)


class Round:
    """Delivers to one channel."""

    def __init__(self, channel: Channel, tools: Tools, reserve: Reserve) -> None:
        self._channel = channel
        self._tools = tools
        self._archive = reserve
        self._bell = asyncio.Event()
        self._stopping = False
        self._stores = True
        self._delivers = True

    def nudge(self, channel: Channel | None = None) -> None:
        """Look at the outbox again, with the channel's new values where there are any."""
        self._channel = channel or self._channel
        self._bell.set()

    def stop(self) -> None:
        """End after the delivery that is under way."""
        self._stopping = True
        self._bell.set()

    async def run(self) -> None:
        """Deliver until stopped or cancelled; nothing a delivery does ends it."""
        while not self._stopping:
            self._bell.clear()
            try:
                again_ms = await self._stored(self._step)
            except Exception:
                # Our bug must silence neither this channel for good nor any other.
                log.exception("a round failed", channel=self._channel.id)
                again_ms = self._tools.now_ms() + round(LONGEST_WAIT_S * 1000)
            await self._wait(again_ms)

    async def _step(self) -> int | None:
        """Do the next thing and return when to look again; ``None`` for when nudged."""
        now_ms = self._tools.now_ms()
        desk = await self._archive.desk(self._channel.id, now_ms)
        due, reminder_ms = reminders(self._channel, desk, now_ms)
        if due:
            await self._archive.append(due)
            return now_ms
        todo = plan(self._channel, desk, now_ms)
        if todo.settle:
            await self._settle(todo.settle, now_ms)
        if todo.send:
            await self._deliver(todo.send, now_ms)
            return now_ms
        return min((at for at in (todo.look_again_ms, reminder_ms) if at is not None), default=None)

    async def _deliver(self, batch: Sequence[Pending], now_ms: int) -> None:
        ids = [it.entry.id for it in batch]
        letter = letter_of(ids, [it.entry.notice for it in batch])
        await self._archive.begin(batch, now_ms)
        reached = list(batch[0].reached)
        failure = await self._try_quickly(letter, reached)
        self._note(failure)
        if failure is None:
            await self._stored(lambda: self._delivered(batch))
        else:
            await self._stored(lambda: self._postpone(batch, failure, reached))

    async def _try_quickly(self, letter: Letter, reached: list[str]) -> _NotTaken | None:
        """Try until every target has the letter, three times at most; return what failed last.

        The targets that have it are added to ``reached``.
        """
        try:
            await self._try_thrice(letter, reached)
        except _NotTaken as failure:
            return failure
        return None

    async def _try_thrice(self, letter: Letter, reached: list[str]) -> None:
        async for attempt in stamina.retry_context(
            on=_is_worth_a_quick_try,
            attempts=QUICK_TRIES,
            timeout=None,
            wait_initial=self._tools.tempo.quick_s,
            wait_jitter=self._tools.tempo.quick_s,
        ):
            with attempt:
                results = await self._tools.postman.deliver(self._channel, letter, reached)
                reached += [it.target for it in results if it.error is None]
                if any(it.error is not None for it in results):
                    raise _NotTaken(results)

    async def _delivered(self, batch: Sequence[Pending]) -> None:
        now_ms = self._tools.now_ms()
        events = [
            NotificationSent(**_about(it, self._channel), sent_at=instant(now_ms)) for it in batch
        ]
        await self._tell(lambda: self._archive.delivered(batch, now_ms, events))

    async def _postpone(
        self, batch: Sequence[Pending], failure: _NotTaken, reached: Sequence[str]
    ) -> None:
        now_ms = self._tools.now_ms()
        tries = max(it.attempts for it in batch) + 1
        wait_ms = round(max(self._backoff_s(tries), failure.retry_after_s) * 1000)
        held = now_ms + round(failure.retry_after_s * 1000) if failure.retry_after_s else None
        error = str(failure)
        events = [
            _failed(it, self._channel, error, now_ms, now_ms + wait_ms)
            for it in batch
            if not it.attempts
        ]
        await self._tell(
            lambda: self._archive.postpone(
                batch,
                next_try_ms=now_ms + wait_ms,
                held_until_ms=held,
                error=error,
                reached=reached,
                events=events,
            )
        )

    async def _settle(self, settled: Sequence[Settled], now_ms: int) -> None:
        events = [
            _failed(it.pending, self._channel, it.why, now_ms, None)
            for it in settled
            if it.state is DeliveryState.FAILED
        ]
        if events:
            log.error("alerts are given up", channel=self._channel.id, count=len(events))
        await self._tell(lambda: self._archive.settle(settled, now_ms, events))

    async def _tell(self, store: Callable[[], Awaitable[tuple[StateEvent, ...]]]) -> None:
        async with self._tools.lock:
            for event in await store():
                self._tools.publish(event)

    async def _stored(self, job: Callable[[], Awaitable[Answer]]) -> Answer:
        """Do a job again until it can be stored: what was sent is not forgotten for a full disk."""
        while True:
            try:
                answer = await job()
            except ArchiveError as error:
                if self._stores:
                    log.error("deliveries cannot be stored", cause=str(error))
                self._stores = False
                await asyncio.sleep(self._tools.tempo.disk_s)
            else:
                self._stores = True
                return answer

    async def _wait(self, until_ms: int | None) -> None:
        left_s = None
        if until_ms is not None:
            left_s = min(LONGEST_WAIT_S, max(0, until_ms - self._tools.now_ms()) / 1000)
        with suppress(TimeoutError):
            async with asyncio.timeout(left_s):
                await self._bell.wait()

    def _backoff_s(self, tries: int) -> float:
        tempo = self._tools.tempo
        longest = min(tempo.backoff_s * 2.0 ** min(tries - 1, 20), tempo.longest_s)
        return longest * random.uniform(0.5, 1.0)  # noqa: S311  # jitter, not a secret

    def _note(self, failure: _NotTaken | None) -> None:
        """Log the edge: the first failure and the first success after it."""
        if failure is not None and self._delivers:
            log.warning("a channel takes no alerts", channel=self._channel.id, cause=str(failure))
        if failure is None and not self._delivers:
            log.info("a channel takes alerts again", channel=self._channel.id)
        self._delivers = failure is None


def _is_worth_a_quick_try(error: Exception) -> bool:
    return isinstance(error, _NotTaken) and not error.retry_after_s


def _failed(
    it: Pending, channel: Channel, error: str, now_ms: int, next_try_ms: int | None
) -> NotificationFailed:
    return NotificationFailed(
        **_about(it, channel),
        failed_at=instant(now_ms),
        error=error,
        next_try_at=None if next_try_ms is None else instant(next_try_ms),
    )


def _about(it: Pending, channel: Channel) -> dict[str, Any]:
    """Return the fields that both events of an alert share."""
    notice = it.entry.notice
    return {
        "endpoint_id": notice.endpoint_id,
        "endpoint_name": notice.endpoint_name,
        "notification_id": it.entry.id,
        "channel_id": channel.id,
        "channel_name": channel.name,
        "kind": notice.kind,
        "status": notice.status,
    }
