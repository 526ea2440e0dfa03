"""Who is checked when, and how many at once."""

import asyncio

import pytest

from backend.contract.commands import EndpointPatch
from backend.contract.events import CheckCompleted, StatusChanged
from backend.contract.vocabulary import Status
from backend.domain.schedule import SPREAD_WITHIN_MS, TOGETHER
from backend.engine.scheduler import LATE_MS
from backend.storage.errors import NoSuchEndpoint
from tests.backend.engine.conftest import Engine, Running
from tests.helpers.scripted_prober import ok, refused


async def test_a_new_endpoint_is_checked_at_once(engine: Engine) -> None:
    await engine.add()
    await engine.checks(1)
    assert engine.clock.monotonic_ms() == 0


async def test_it_is_checked_again_after_its_interval(engine: Engine) -> None:
    await engine.add(checkInterval=30)
    await engine.checks(1)
    await engine.next_check()
    assert engine.clock.monotonic_ms() == 30_000


async def test_a_first_failure_is_looked_into_after_the_retry_interval(engine: Engine) -> None:
    engine.prober.answer = refused()
    await engine.add(checkInterval=600, retryInterval=7)
    await engine.checks(1)
    await engine.next_check()
    await engine.next_check()
    assert engine.clock.monotonic_ms() == 14_000
    await engine.next_check()
    assert engine.clock.monotonic_ms() == 614_000, "the verdict stands: the interval holds again"


async def test_nobody_is_checked_before_it_is_due(engine: Engine) -> None:
    await engine.add(checkInterval=30)
    await engine.checks(1)
    await engine.settled()
    engine.clock.advance(29_900)
    await engine.settled()
    assert engine.prober.times_asked("shop") == 1
    engine.clock.advance(100)
    await engine.checks(2)


async def test_an_endpoint_that_sleeps_costs_no_task(engine: Engine) -> None:
    tasks = len(asyncio.all_tasks())
    for number in range(20):
        await engine.add(f"endpoint {number}")
    await engine.checks(20)
    await engine.settled()
    assert len(asyncio.all_tasks()) <= tasks + 1, "all of them share one alarm"


async def test_a_check_that_takes_longer_than_the_interval_is_alone(engine: Engine) -> None:
    engine.prober.hold("shop")
    await engine.add(checkInterval=5, timeoutThreshold=60_000)
    await engine.prober.wait_for_asked(1)
    for _ in range(4):
        engine.clock.advance(5_000)
        await engine.settled()
    assert engine.prober.times_asked("shop") == 1
    engine.prober.release("shop")
    await engine.checks(1)
    await engine.next_check()
    assert engine.prober.most_under_way == 1


async def test_no_more_than_the_cap_are_under_way_and_the_longest_waiting_goes_first(
    running: Running,
) -> None:
    async with running(checks_at_once=2) as engine:
        engine.prober.hold("a", "b")
        for name in ("a", "b", "c", "d"):
            await engine.add(name)
        await engine.prober.wait_for_asked(2)
        await engine.settled()
        assert [endpoint.name for endpoint in engine.prober.asked] == ["a", "b"]
        engine.prober.release("b")
        await engine.checks(3)
        assert [endpoint.name for endpoint in engine.prober.asked] == ["a", "b", "c", "d"]
        assert engine.prober.most_under_way == 2
        engine.prober.release("a")
        await engine.checks(4)


async def test_targets_that_hang_leave_room_for_those_that_answer(running: Running) -> None:
    hanging = [f"hanging {number}" for number in range(6)]
    async with running(checks_at_once=4) as engine:
        engine.prober.answer = refused()
        for name in hanging:
            await engine.add(name, checkInterval=60, retryInterval=60)
        await engine.checks(6)
        await engine.settled()
        engine.prober.answer = ok()
        engine.prober.hold(*hanging)
        engine.clock.advance(60_000)
        await engine.prober.wait_for_asked(8)
        for number in range(5):
            await engine.add(f"answering {number}")
        await engine.checks(11)
        await engine.settled()
        assert engine.prober.under_way == 2, "half of the room"
        engine.prober.release(*hanging)
        await engine.checks(17)
        assert [engine.prober.times_asked(name) for name in hanging] == [2] * 6


async def test_a_start_spreads_the_checks_instead_of_bursting(running: Running) -> None:
    async with running() as engine:
        for number in range(30):
            await engine.add(f"endpoint {number}")
        await engine.checks(30)
    running.prober.asked.clear()
    async with running() as engine:
        began_ms = engine.clock.monotonic_ms()
        wakings = set()
        while len(engine.prober.asked) < 30:
            await engine.settled()
            waking_ms = await engine.clock.wait_for_any_sleeper()
            wakings.add(waking_ms)
            engine.clock.advance(waking_ms - engine.clock.monotonic_ms())
            await engine.settled()
        await engine.checks(30)
        assert len(wakings) > 15
        assert max(wakings) <= began_ms + SPREAD_WITHIN_MS + 50
        assert running.prober.most_under_way < 30


async def test_a_short_stop_of_this_process_is_followed_by_no_burst(engine: Engine) -> None:
    """Not even of those who fell due in its last seconds."""
    ids = [await engine.add(f"endpoint {number}", checkInterval=10) for number in range(40)]
    await engine.checks(40)
    engine.scheduler.spread(ids)
    await engine.settled()
    engine.prober.asked.clear()
    engine.clock.advance(LATE_MS + 2000)
    await engine.settled()
    assert len(engine.prober.asked) == 0
    began: list[float] = []
    while len(engine.prober.asked) < 40:
        before = len(engine.prober.asked)
        engine.clock.advance(50)
        await engine.settled()
        began += [engine.clock.monotonic_ms()] * (len(engine.prober.asked) - before)
    # The places are by chance: half of the span was missed by one run of three thousand.
    assert max(began) - min(began) > SPREAD_WITHIN_MS / 3
    assert len(set(began)) > 20


async def test_checking_now_returns_the_check_just_made(engine: Engine) -> None:
    endpoint_id = await engine.add()
    await engine.checks(1)
    engine.prober.answer = ok(latency_ms=77)
    check = await engine.scheduler.check_now(endpoint_id)
    assert check.latency_ms == 77
    assert engine.spy.of(CheckCompleted)[-1].id == check.id


async def test_checking_now_joins_the_check_that_is_under_way(engine: Engine) -> None:
    engine.prober.hold("shop")
    endpoint_id = await engine.add()
    await engine.prober.wait_for_asked(1)
    async with asyncio.TaskGroup() as group:
        both = [group.create_task(engine.scheduler.check_now(endpoint_id)) for _ in range(2)]
        await engine.settled()
        engine.prober.release("shop")
    assert both[0].result() == both[1].result()
    assert engine.prober.times_asked("shop") == 1


async def test_checking_now_does_not_move_the_planned_check(engine: Engine) -> None:
    endpoint_id = await engine.add(checkInterval=60)
    await engine.checks(1)
    await engine.settled()
    engine.clock.advance(59_000)
    await engine.scheduler.check_now(endpoint_id)
    await engine.next_check()
    assert engine.clock.monotonic_ms() == 60_000
    await engine.next_check()
    assert engine.clock.monotonic_ms() == 120_000


async def test_checking_a_paused_endpoint_shows_a_result_and_leaves_its_status(
    engine: Engine,
) -> None:
    endpoint_id = await engine.add(isActive=False)
    check = await engine.scheduler.check_now(endpoint_id)
    assert check.success
    view = await engine.archive.view(endpoint_id)
    assert view is not None
    assert view.current_status is Status.UNKNOWN
    assert engine.spy.of(StatusChanged) == []


async def test_checking_what_is_not_there_says_so(engine: Engine) -> None:
    with pytest.raises(NoSuchEndpoint):
        await engine.scheduler.check_now("00000000-0000-0000-0000-000000000000")


async def test_deleting_while_checked_by_hand_says_that_it_is_gone(engine: Engine) -> None:
    engine.prober.hold("shop")
    endpoint_id = await engine.add()
    await engine.prober.wait_for_asked(1)
    async with asyncio.TaskGroup() as group:
        checking = group.create_task(_outcome(engine, endpoint_id))
        await engine.settled()
        await engine.endpoints.remove(endpoint_id)
    assert checking.result() == "gone"
    await engine.prober.wait_for_idle()
    assert engine.spy.of(CheckCompleted) == []


async def _outcome(engine: Engine, endpoint_id: str) -> str:
    try:
        await engine.scheduler.check_now(endpoint_id)
    except NoSuchEndpoint:
        return "gone"
    return "checked"


async def test_an_edit_voids_the_check_under_way_and_checks_anew(engine: Engine) -> None:
    engine.prober.hold("shop")
    endpoint_id = await engine.add()
    await engine.prober.wait_for_asked(1)
    patch = EndpointPatch(url="http://other.test/")
    await engine.endpoints.change(endpoint_id, patch)
    await engine.prober.wait_for_asked(2)
    engine.prober.release("shop")
    await engine.checks(1)
    await engine.prober.wait_for_idle()
    await engine.settled()
    assert [endpoint.url for endpoint in engine.prober.asked] == [
        "http://shop.test/",
        "http://other.test/",
    ]
    assert len(engine.spy.of(CheckCompleted)) == 1


async def test_a_shorter_interval_holds_from_now_on(engine: Engine) -> None:
    endpoint_id = await engine.add(checkInterval=3600)
    await engine.checks(1)
    await engine.endpoints.change(endpoint_id, EndpointPatch(check_interval=10))
    await engine.checks(2)
    await engine.next_check()
    assert engine.clock.monotonic_ms() == 10_000


async def added_apart(engine: Engine, apart_ms: float, **fields: object) -> None:
    """Add some endpoints one after another, each checked as it is added."""
    for number in range(TOGETHER + 2):
        await engine.add(f"endpoint {number}", **fields)
        await engine.checks(number + 1)
        await engine.settled()
        engine.clock.advance(apart_ms)


async def wakings(engine: Engine, until_ms: float) -> list[float]:
    """Return when checks begin until then, each time once."""
    times: list[float] = []
    while engine.clock.monotonic_ms() < until_ms:
        await engine.next_check()
        times.append(engine.clock.monotonic_ms())
    return sorted(set(times))


async def test_who_is_due_within_a_second_shares_a_waking_for_good(engine: Engine) -> None:
    await added_apart(engine, 150, checkInterval=60)
    assert await wakings(engine, 180_000) == [60_000, 60_600, 120_000, 120_600, 180_000]


async def test_short_intervals_stay_as_they_are_set(engine: Engine) -> None:
    await added_apart(engine, 150, checkInterval=6)
    assert await wakings(engine, 6_450) == [6_000, 6_150, 6_300, 6_450]


async def test_who_failed_waits_its_time_alone(engine: Engine) -> None:
    engine.prober.answer = refused()
    await added_apart(engine, 150, checkInterval=60, retryInterval=60)
    assert await wakings(engine, 60_450) == [60_000, 60_150, 60_300, 60_450]
