"""A computer that goes offline and comes back blames nobody for it."""

import pytest

from backend.contract.events import (
    CheckCompleted,
    IncidentResolved,
    IncidentStarted,
    NetworkChanged,
    StatusChanged,
)
from backend.contract.vocabulary import CheckStatus, Reason, Resolution, Status, UnknownReason
from backend.domain.schedule import SPREAD_WITHIN_MS
from backend.engine.network import CONFIRM_MS, DOUBT_MS, POLL_MS, SETTLE_MS
from tests.backend.engine.conftest import Engine, Running
from tests.helpers.fake_surroundings import ok_from, timed_out, unresolved
from tests.helpers.scripted_prober import ok, refused

FAR = {"url": "http://198.51.100.7/", "checkInterval": 60, "failureThreshold": 1}
"""An endpoint of which a single failure that counts would open an incident."""


async def pass_time(engine: Engine, ms: float) -> None:
    """Turn the clock by so much, stopping wherever somebody wakes."""
    until_ms = engine.clock.monotonic_ms() + ms
    while True:
        for _ in range(5):
            await engine.settled()
            await engine.archive.sight.offline_since_ms()  # what waits for the disk goes on
        waking_ms = engine.clock.next_waking_ms
        if waking_ms is None or waking_ms > until_ms:
            break
        engine.clock.advance(waking_ms - engine.clock.monotonic_ms())
    engine.clock.advance(until_ms - engine.clock.monotonic_ms())
    await engine.settled()


async def go_offline(engine: Engine) -> NetworkChanged:
    """Take the network away, and let the next checks find out."""
    engine.surroundings.cut()
    engine.prober.answer = timed_out()
    await pass_time(engine, 60_000 + CONFIRM_MS)
    return await engine.spy.wait_for(NetworkChanged, matching=lambda it: not it.online)


async def come_back(engine: Engine) -> NetworkChanged:
    """Bring the network back, and let it be noticed."""
    engine.surroundings.mend()
    engine.prober.answer = ok_from("198.51.100.7", 80)
    await pass_time(engine, 30_000)
    return await engine.spy.wait_for(NetworkChanged, matching=lambda it: it.online)


def last_status(engine: Engine) -> StatusChanged:
    return engine.spy.of(StatusChanged)[-1]


async def test_going_offline_opens_no_incident_and_says_why_nothing_is_known(
    engine: Engine,
) -> None:
    engine.prober.answer = ok_from("198.51.100.7", 80)
    endpoint_id = await engine.add(**FAR)
    await engine.checks(1)
    went = await go_offline(engine)

    assert (last_status(engine).current_status, last_status(engine).unknown_reason) == (
        Status.UNKNOWN,
        UnknownReason.OFFLINE,
    )
    assert engine.spy.of(IncidentStarted) == []
    view = await engine.archive.view(endpoint_id)
    assert view is not None
    assert (view.unknown_reason, view.consecutive_failures) == (UnknownReason.OFFLINE, 0)
    failed = [it for it in engine.spy.of(CheckCompleted) if it.status is CheckStatus.FAILURE]
    assert {it.reason for it in failed} == {Reason.OURS}, "nothing counts against the uptime"
    snapshot = await engine.archive.snapshot(now_ms=engine.clock.wall_ms())
    assert not snapshot.network.online
    assert snapshot.network.spells[0].since == went.since


async def test_while_offline_far_checks_are_held_and_own_and_near_ones_are_made(
    engine: Engine,
) -> None:
    engine.prober.answer = ok_from("198.51.100.7", 80)
    await engine.add("far", **FAR)
    await engine.add("own", url="http://127.0.0.1/", checkInterval=60)
    await engine.add("near", url="http://192.168.1.5/", checkInterval=60)
    await engine.checks(3)
    await go_offline(engine)
    before = {name: engine.prober.times_asked(name) for name in ("far", "own", "near")}
    await pass_time(engine, 300_000)

    assert engine.prober.times_asked("far") == before["far"]
    assert engine.prober.times_asked("own") > before["own"]
    assert engine.prober.times_asked("near") > before["near"]


async def test_a_target_on_this_computer_is_down_even_while_offline(engine: Engine) -> None:
    await engine.add("far", **FAR)
    own = await engine.add("own", url="http://localhost/", checkInterval=60, failureThreshold=2)
    await engine.checks(2)
    await go_offline(engine)
    await pass_time(engine, 120_000)

    assert {it.endpoint_id for it in engine.spy.of(IncidentStarted)} == {own}


async def test_a_near_target_is_down_while_there_is_a_route_to_it(engine: Engine) -> None:
    await engine.add("far", **FAR)
    near = await engine.add("near", url="http://192.168.1.5/", failureThreshold=1)
    await engine.checks(2)
    await go_offline(engine)
    assert engine.spy.of(IncidentStarted) == []
    engine.surroundings.near_route = True
    await pass_time(engine, 120_000)

    assert {it.endpoint_id for it in engine.spy.of(IncidentStarted)} == {near}


async def test_a_target_that_fails_alone_is_down_because_another_answers(engine: Engine) -> None:
    engine.prober.answers["well"] = ok_from("203.0.113.9")
    engine.prober.answers["ill"] = timed_out()
    engine.surroundings.reachable = {"203.0.113.9"}
    engine.surroundings.names = False
    await engine.add("well", url="https://203.0.113.9/")
    ill = await engine.add("ill", **FAR)

    started = await engine.spy.wait_for(IncidentStarted)
    assert started.endpoint_id == ill
    assert engine.spy.of(NetworkChanged) == []


async def test_an_outage_and_its_end_tell_where_the_endpoint_last_answered(engine: Engine) -> None:
    engine.prober.answer = ok_from("203.0.113.9")
    shop = await engine.add(checkInterval=60, failureThreshold=1)
    await engine.checks(1)
    engine.prober.answer = refused()
    await engine.scheduler.check_now(shop)
    engine.prober.answer = ok_from("203.0.113.10")
    await engine.scheduler.check_now(shop)

    (started,), (resolved,) = engine.spy.of(IncidentStarted), engine.spy.of(IncidentResolved)
    assert [it.address for it in (started, resolved)] == ["203.0.113.9", "203.0.113.10"]
    assert engine.spy.of(StatusChanged)[1].address == "203.0.113.9"


async def test_a_recent_answer_of_another_target_needs_no_question(engine: Engine) -> None:
    engine.prober.hold("ill")
    engine.prober.answers["ill"] = timed_out()
    engine.prober.answers["well"] = ok_from("203.0.113.9")
    await engine.add("ill", **FAR)
    await engine.prober.wait_for_asked(1)
    await engine.add("well", url="https://203.0.113.9/")
    await engine.checks(1)
    engine.prober.release("ill")

    await engine.spy.wait_for(IncidentStarted)
    assert engine.surroundings.asked == []


async def test_many_failures_at_once_ask_once(engine: Engine) -> None:
    engine.prober.answer = timed_out()
    engine.surroundings.names = False
    for number in range(20):
        await engine.add(f"shop {number}", url=f"http://shop{number}.example/")
    await engine.checks(20)

    assert len(engine.surroundings.asked) == 1
    assert engine.spy.of(StatusChanged) == []


async def test_a_suspicion_that_does_not_hold_only_asks_again_soon(engine: Engine) -> None:
    engine.prober.answer = timed_out()
    engine.surroundings.names = False
    await engine.add(**FAR | {"url": "http://shop.example/", "checkInterval": 3600})
    await engine.checks(1)
    engine.surroundings.names = True
    engine.prober.answer = ok()
    await pass_time(engine, CONFIRM_MS + SPREAD_WITHIN_MS)

    assert last_status(engine).current_status is Status.UP
    assert engine.spy.of(NetworkChanged) == []


async def test_back_online_checks_come_after_the_way_has_settled_and_spread_over_time(
    engine: Engine,
) -> None:
    engine.prober.answer = ok_from("198.51.100.7", 80)
    for number in range(30):
        await engine.add(f"shop {number}", url=f"http://shop{number}.example/")
    await engine.checks(30)
    went = await go_offline(engine)
    engine.prober.asked.clear()
    engine.prober.answer = ok_from("198.51.100.7", 80)
    engine.surroundings.mend()
    mended_ms = engine.clock.monotonic_ms()
    wakings: dict[float, int] = {}
    while len(engine.prober.asked) < 30:
        before = len(engine.prober.asked)
        await pass_time(engine, 50)
        wakings[engine.clock.monotonic_ms()] = len(engine.prober.asked) - before
    began = [at_ms for at_ms, count in wakings.items() if count]

    assert min(began) >= mended_ms + SETTLE_MS
    assert max(began) <= mended_ms + 5 * POLL_MS + SETTLE_MS + SPREAD_WITHIN_MS + 100
    assert len(began) > 15
    came = await engine.spy.wait_for(NetworkChanged, 2)
    assert (came.online, came.offline_since) == (True, went.since)
    snapshot = await engine.archive.snapshot(now_ms=engine.clock.wall_ms())
    assert snapshot.network.online
    assert snapshot.network.spells[0].until == came.since


async def let_write(engine: Engine, allowed: bool) -> None:
    """Take the right to write from the archive's connection, or give it back."""
    await engine.archive._writing.read(
        lambda db: db.execute_sql(f"PRAGMA query_only = {int(not allowed)}")
    )


@pytest.mark.parametrize("when", ["before it went", "while it was away"])
async def test_checks_go_on_after_the_way_back_also_while_nothing_can_be_stored(
    engine: Engine, when: str
) -> None:
    engine.prober.answer = ok_from("198.51.100.7", 80)
    await engine.add(**FAR)
    await engine.checks(1)
    if when == "before it went":
        await let_write(engine, False)
        engine.surroundings.cut()
        engine.prober.answer = timed_out()
        await pass_time(engine, 60_000 + CONFIRM_MS)
    else:
        await go_offline(engine)
        await let_write(engine, False)
    assert engine.network.online is False
    engine.surroundings.mend()
    engine.surroundings.reachable = {"198.51.100.7"}
    engine.prober.answer = ok_from("198.51.100.7", 80)
    engine.prober.asked.clear()
    await pass_time(engine, 30_000 + SPREAD_WITHIN_MS)

    assert engine.prober.asked, "nobody is watched"
    assert not any(it.online for it in engine.spy.of(NetworkChanged))
    await let_write(engine, True)
    await pass_time(engine, 2 * POLL_MS)
    assert [it.online for it in engine.spy.of(NetworkChanged)][-1:] == [True]


async def test_a_way_back_that_does_not_hold_is_none(engine: Engine) -> None:
    engine.prober.answer = ok_from("198.51.100.7", 80)
    await engine.add(**FAR)
    await engine.checks(1)
    await go_offline(engine)
    engine.surroundings.mend()
    engine.surroundings.reachable = {"198.51.100.7"}
    await pass_time(engine, POLL_MS)
    engine.surroundings.cut()
    engine.surroundings.reachable = set()
    await pass_time(engine, 60_000)
    assert [it.online for it in engine.spy.of(NetworkChanged)] == [False]


async def test_targets_that_stay_silent_although_all_else_is_well_are_down_in_the_end(
    engine: Engine,
) -> None:
    addresses = {"198.51.100.7", "203.0.113.9", "192.0.2.9"}
    for address in addresses:
        engine.prober.answers[address] = ok_from(address)
        await engine.add(address, **FAR | {"url": f"http://{address}/"})
    await engine.add("named", url="http://shop.example/", isActive=True, failureThreshold=1)
    await engine.checks(4)
    for address in addresses:
        engine.prober.answers[address] = timed_out()
    await go_offline(engine)
    engine.surroundings.mend()
    await pass_time(engine, DOUBT_MS / 2)
    assert len(engine.spy.of(NetworkChanged)) == 1, "a network before its login page looks so"
    await pass_time(engine, DOUBT_MS / 2 + 60_000)
    assert [it.online for it in engine.spy.of(NetworkChanged)] == [False, True]
    assert {it.endpoint_name for it in engine.spy.of(IncidentStarted)} >= addresses


async def test_an_incident_outlasts_the_time_offline_and_ends_with_the_recovery(
    engine: Engine,
) -> None:
    engine.prober.answer = timed_out()
    await engine.add(**FAR)
    started = await engine.spy.wait_for(IncidentStarted)
    await go_offline(engine)
    assert last_status(engine).current_status is Status.UNKNOWN
    assert engine.spy.of(IncidentResolved) == []
    await come_back(engine)

    resolved = await engine.spy.wait_for(IncidentResolved)
    assert (resolved.incident_id, resolved.reason) == (started.incident_id, Resolution.RECOVERED)
    assert len(engine.spy.of(IncidentStarted)) == 1


async def test_an_outage_that_goes_on_after_the_time_offline_is_the_same_incident(
    engine: Engine,
) -> None:
    engine.prober.answer = timed_out()
    await engine.add(**FAR)
    await engine.spy.wait_for(IncidentStarted)
    await go_offline(engine)
    engine.surroundings.mend()
    await pass_time(engine, 60_000)

    assert last_status(engine).current_status is Status.DOWN
    assert len(engine.spy.of(IncidentStarted)) == 1
    assert (await engine.archive.overview(engine.clock.wall_ms())).active_incidents == 1


async def test_a_resolver_that_is_gone_is_ours_and_said(engine: Engine) -> None:
    engine.prober.answers["well"] = ok_from("203.0.113.9")
    engine.surroundings.reachable = {"203.0.113.9"}
    await engine.add("well", url="https://203.0.113.9/")
    await engine.add("named", **FAR | {"url": "http://shop.example/"})
    await engine.checks(2)
    engine.prober.answers["named"] = unresolved()
    engine.surroundings.names = False
    await pass_time(engine, 60_000)
    changed = await engine.spy.wait_for(
        StatusChanged, matching=lambda it: it.current_status is Status.UNKNOWN
    )

    assert (changed.endpoint_name, changed.unknown_reason) == ("named", UnknownReason.RESOLVER)
    assert engine.spy.of(IncidentStarted) == []
    assert engine.spy.of(NetworkChanged) == []


async def test_a_name_that_is_gone_while_the_resolver_answers_is_the_targets(
    engine: Engine,
) -> None:
    engine.prober.answer = unresolved()
    await engine.add(**FAR | {"url": "http://shop.example/"})
    await engine.spy.wait_for(IncidentStarted)


async def test_who_ended_offline_begins_offline_and_looks_at_once(running: Running) -> None:
    running.prober.answer = ok_from("198.51.100.7", 80)
    async with running() as engine:
        await engine.add(**FAR)
        await engine.checks(1)
        went = await go_offline(engine)
    running.prober.asked.clear()
    async with running() as engine:
        await pass_time(engine, 60_000)
        assert running.prober.asked == []
        came = await come_back(engine)
        assert came.offline_since == went.since
        await engine.spy.wait_for(StatusChanged, matching=lambda it: it.current_status == "UP")


@pytest.mark.parametrize("reason", [Reason.TARGET, Reason.TLS])
async def test_an_answer_that_is_wrong_counts_without_asking(
    engine: Engine, reason: Reason
) -> None:
    engine.surroundings.cut()
    failure = timed_out()
    engine.prober.answer = type(failure)(reason, "wrong")
    await engine.add(**FAR)
    await engine.spy.wait_for(IncidentStarted)
    assert engine.surroundings.asked == []
