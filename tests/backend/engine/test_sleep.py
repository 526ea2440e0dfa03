"""A computer that slept has not observed anything, and nothing is made of that."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from backend.contract.events import CheckCompleted, IncidentStarted, StatusChanged
from backend.contract.vocabulary import CheckStatus, Reason, Status, UnknownReason
from backend.domain.schedule import SPREAD_WITHIN_MS
from backend.engine.sleep import GAP_MS, NEAR_MS, SETTLE_MS, TICK_MS, NearSleepError, SleepWatch
from tests.backend.engine.conftest import Engine
from tests.backend.engine.test_network import pass_time
from tests.helpers.fake_surroundings import timed_out
from tests.helpers.scripted_prober import ok, refused

HOUR_MS = 3_600_000


class System:
    """Says that it is about to sleep, and that it woke."""

    def __init__(self) -> None:
        self.say: Callable[[bool], None] = lambda _: None

    async def listen(self, tell: Callable[[bool], None]) -> None:
        self.say = tell


@pytest.fixture
def system() -> System:
    """The system that the watch listens to."""
    return System()


@pytest.fixture
async def watched(engine: Engine, system: System) -> AsyncIterator[Engine]:
    """An engine whose sleep is noticed."""
    watch = SleepWatch(
        clock=engine.clock,
        sight=engine.sight,
        monitors=engine.monitors,
        spread=engine.scheduler.spread,
        bedtime=engine.bedtime,
        listen=system.listen,
    )
    async with asyncio.TaskGroup() as group:
        task = group.create_task(watch.run(), name="watch under test")
        yield engine
        task.cancel()


async def test_after_a_sleep_nothing_is_known_until_it_is_checked_again(watched: Engine) -> None:
    endpoint_id = await watched.add(checkInterval=60)
    await watched.checks(1)
    await pass_time(watched, 1000)
    watched.clock.slept_ms += 8 * HOUR_MS
    await pass_time(watched, TICK_MS)
    lost = await watched.spy.wait_for(StatusChanged, 2)
    assert (lost.current_status, lost.unknown_reason) == (
        Status.UNKNOWN,
        UnknownReason.ASLEEP,
    )
    await pass_time(watched, SETTLE_MS + SPREAD_WITHIN_MS)
    assert watched.spy.of(StatusChanged)[-1].current_status is Status.UP
    view = await watched.archive.view(endpoint_id)
    assert view is not None
    assert view.unknown_reason is None


async def test_a_sleep_shorter_than_the_interval_hides_no_check(watched: Engine) -> None:
    await watched.add(checkInterval=600)
    await watched.checks(1)
    watched.clock.slept_ms += 60_000
    await pass_time(watched, 2 * TICK_MS + SETTLE_MS + SPREAD_WITHIN_MS)
    assert [it.current_status for it in watched.spy.of(StatusChanged)] == [Status.UP]
    assert watched.prober.times_asked("shop") == 2, "but it is looked at again"


async def test_waking_spreads_the_checks_after_the_network_had_time(watched: Engine) -> None:
    for number in range(30):
        await watched.add(f"endpoint {number}", checkInterval=3600)
    await watched.checks(30)
    await pass_time(watched, TICK_MS)
    watched.prober.asked.clear()
    watched.clock.slept_ms += HOUR_MS * 8
    woke_ms = watched.clock.monotonic_ms()
    began: list[float] = []
    while len(watched.prober.asked) < 30:
        before = len(watched.prober.asked)
        await pass_time(watched, 50)
        if len(watched.prober.asked) > before:
            began.append(watched.clock.monotonic_ms())
    assert min(began) >= woke_ms + SETTLE_MS
    assert max(began) <= woke_ms + TICK_MS + SETTLE_MS + SPREAD_WITHIN_MS + 100
    assert len(began) > 15


async def test_a_process_that_was_stopped_does_not_catch_up_in_a_burst(watched: Engine) -> None:
    for number in range(30):
        await watched.add(f"endpoint {number}", checkInterval=10)
    await watched.checks(30)
    await pass_time(watched, TICK_MS)
    watched.prober.asked.clear()
    watched.clock.advance(GAP_MS + 30_000)
    await watched.settled()
    assert len(watched.prober.asked) < 5
    await pass_time(watched, SETTLE_MS + SPREAD_WITHIN_MS)
    assert len({endpoint.name for endpoint in watched.prober.asked}) == 30


async def test_a_check_across_a_sleep_is_void(watched: Engine) -> None:
    watched.prober.answer = timed_out()
    watched.prober.hold("shop")
    await watched.add(url="http://localhost/", failureThreshold=1)
    await watched.prober.wait_for_asked(1)
    watched.clock.slept_ms += HOUR_MS
    watched.prober.release("shop")
    await watched.prober.wait_for_idle()
    await watched.settled()
    assert watched.spy.of(CheckCompleted) == []
    watched.prober.answer = ok()
    await pass_time(watched, 60_000)
    assert watched.spy.of(CheckCompleted)[0].status is CheckStatus.SUCCESS
    assert watched.spy.of(IncidentStarted) == []


async def test_no_check_begins_once_the_system_said_that_it_will_sleep(
    watched: Engine, system: System
) -> None:
    await watched.add(checkInterval=10)
    await watched.checks(1)
    system.say(True)
    await pass_time(watched, NEAR_MS - TICK_MS)
    assert watched.prober.times_asked("shop") == 1
    system.say(False)
    await pass_time(watched, SETTLE_MS - 50)
    assert watched.prober.times_asked("shop") == 1, "the network has time to come back"
    await pass_time(watched, SPREAD_WITHIN_MS + 100)
    assert watched.prober.times_asked("shop") == 2


async def test_a_check_under_way_when_sleep_was_announced_is_void(
    watched: Engine, system: System
) -> None:
    """The network goes down before the computer sleeps, so it need not have slept meanwhile."""
    watched.prober.answer = refused()
    watched.prober.hold("shop")
    await watched.add(failureThreshold=1)
    await watched.prober.wait_for_asked(1)
    system.say(True)
    watched.prober.release("shop")
    await watched.prober.wait_for_idle()
    await pass_time(watched, 1000)
    system.say(False)
    await pass_time(watched, 1000)
    assert watched.spy.of(CheckCompleted) == []
    assert watched.spy.of(IncidentStarted) == []


async def test_a_check_by_hand_is_refused_while_sleep_is_near_also_one_under_way(
    watched: Engine, system: System
) -> None:
    watched.prober.hold("shop")
    endpoint_id = await watched.add(checkInterval=3600)
    await watched.prober.wait_for_asked(1)
    async with asyncio.TaskGroup() as group:
        asked = group.create_task(refusal(watched, endpoint_id), name="asked before")
        await watched.settled()
        system.say(True)
        watched.prober.release("shop")
    assert str(asked.result()) == str(await refusal(watched, endpoint_id))
    assert watched.prober.times_asked("shop") == 1
    system.say(False)
    await watched.settled()
    assert (await watched.scheduler.check_now(endpoint_id)).success


async def refusal(engine: Engine, endpoint_id: str) -> NearSleepError:
    with pytest.raises(NearSleepError, match="about to sleep") as refused_:
        await engine.scheduler.check_now(endpoint_id)
    return refused_.value


async def test_the_word_of_waking_is_believed_at_once_and_only_once(
    watched: Engine, system: System
) -> None:
    await watched.add(checkInterval=60)
    await watched.checks(1)
    await pass_time(watched, 1000)
    system.say(True)
    watched.clock.slept_ms += HOUR_MS
    woke_ms = watched.clock.monotonic_ms()
    system.say(False)
    lost = await watched.spy.wait_for(StatusChanged, 2)
    assert lost.unknown_reason is UnknownReason.ASLEEP
    assert watched.clock.monotonic_ms() == woke_ms, "no clock had to tell"
    await pass_time(watched, SETTLE_MS + SPREAD_WITHIN_MS)
    assert [it.current_status for it in watched.spy.of(StatusChanged)[2:]] == [Status.UP]
    system.say(False)
    await pass_time(watched, 30_000)
    assert len(watched.spy.of(StatusChanged)) == 3


@pytest.mark.parametrize("slept_ms", [0, HOUR_MS])
async def test_a_system_that_says_no_more_keeps_nobody_from_being_checked(
    watched: Engine, system: System, slept_ms: int
) -> None:
    await watched.add(checkInterval=10)
    await watched.checks(1)
    system.say(True)
    watched.clock.slept_ms += slept_ms
    await pass_time(watched, (TICK_MS if slept_ms else NEAR_MS) + SETTLE_MS - 50)
    assert watched.prober.times_asked("shop") == 1
    await pass_time(watched, SPREAD_WITHIN_MS + 100)
    assert watched.prober.times_asked("shop") >= 2
    assert watched.spy.of(StatusChanged)[1].unknown_reason is UnknownReason.ASLEEP


async def test_a_deadline_noticed_too_late_is_our_own_fault(engine: Engine) -> None:
    engine.prober.answer = timed_out()
    engine.prober.hold("shop")
    await engine.add(url="http://localhost/", failureThreshold=1, timeoutThreshold=5000)
    await engine.prober.wait_for_asked(1)
    engine.clock.advance(7000)
    engine.prober.release("shop")
    told = await engine.checks(1)
    assert told.reason is Reason.OURS
    assert engine.spy.of(IncidentStarted) == []


@pytest.mark.parametrize("jump_ms", [HOUR_MS, -2 * HOUR_MS])
async def test_a_wall_clock_that_jumps_changes_no_verdict_and_no_schedule(
    watched: Engine, jump_ms: int
) -> None:
    endpoint_id = await watched.add(checkInterval=60)
    await watched.checks(1)
    watched.clock.wall_offset_ms += jump_ms
    await pass_time(watched, 300_000)

    assert [it.current_status for it in watched.spy.of(StatusChanged)] == [Status.UP]
    assert watched.prober.times_asked("shop") == 6
    times = [it.checked_at for it in watched.spy.of(CheckCompleted)]
    assert times == sorted(set(times))
    view = await watched.archive.view(endpoint_id)
    assert view is not None
    assert view.last_checked_at == times[-1]
