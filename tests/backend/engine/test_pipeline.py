"""From what a target answered to what is stored and told."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from backend.contract.commands import EndpointPatch
from backend.contract.events import (
    CheckCompleted,
    IncidentResolved,
    IncidentStarted,
    Numbered,
    StatusChanged,
)
from backend.contract.vocabulary import CheckStatus, EventName, Reason, Resolution, Status
from backend.domain.reply import Failure
from backend.engine.pipeline import Void
from backend.storage.errors import ArchiveError
from tests.backend.engine.conftest import Engine, Running
from tests.helpers.scripted_prober import ok, refused


async def fail_until_down(engine: Engine) -> IncidentStarted:
    """Let a target that was UP fail until its incident opens."""
    engine.prober.answer = refused()
    for _ in range(3):
        await engine.next_check()
    return await engine.spy.wait_for(IncidentStarted)


async def test_a_third_failure_in_a_row_opens_an_incident(engine: Engine) -> None:
    endpoint_id = await engine.add()
    await engine.checks(1)
    started = await fail_until_down(engine)

    first_failure = engine.spy.of(CheckCompleted)[1]
    assert first_failure.status is CheckStatus.FAILURE
    assert started.endpoint_id == endpoint_id
    assert started.failure_count == 3
    assert started.started_at == first_failure.checked_at
    assert engine.spy.names()[-3:] == [
        EventName.CHECK_COMPLETED,
        EventName.STATUS_CHANGED,
        EventName.INCIDENT_STARTED,
    ]
    assert engine.spy.of(StatusChanged)[-1].error_message == "Connection refused"


async def test_the_success_after_it_closes_the_incident(engine: Engine) -> None:
    await engine.add()
    await engine.checks(1)
    started = await fail_until_down(engine)
    engine.prober.answer = ok()
    recovered = await engine.next_check()

    resolved = await engine.spy.wait_for(IncidentResolved)
    assert resolved.incident_id == started.incident_id
    assert resolved.reason is Resolution.RECOVERED
    assert resolved.resolved_at == recovered.checked_at
    lasted = recovered.checked_at - started.started_at
    assert resolved.duration == lasted.total_seconds() * 1000


async def test_a_clock_set_forward_in_an_outage_makes_it_no_longer(engine: Engine) -> None:
    await engine.add()
    await engine.checks(1)
    started = await fail_until_down(engine)
    engine.clock.wall_offset_ms += 3_600_000
    engine.clock.leap_ms = 3_600_000
    engine.prober.answer = ok()
    recovered = await engine.next_check()

    resolved = await engine.spy.wait_for(IncidentResolved)
    lasted_ms = (recovered.checked_at - started.started_at).total_seconds() * 1000 - 3_600_000
    assert resolved.duration == lasted_ms
    assert (resolved.resolved_at - started.started_at).total_seconds() * 1000 == lasted_ms


async def test_failures_while_down_are_counted_into_the_incident(engine: Engine) -> None:
    await engine.add()
    await engine.checks(1)
    started = await fail_until_down(engine)
    for _ in range(2):
        await engine.next_check()

    stored = await engine.archive.incident(started.incident_id)
    assert stored is not None
    assert stored.failure_count == 5
    assert len(engine.spy.of(IncidentStarted)) == 1


async def test_a_slow_success_makes_an_endpoint_degraded(engine: Engine) -> None:
    engine.prober.answer = ok(latency_ms=2500)
    await engine.add()
    changed = await engine.spy.wait_for(StatusChanged)
    assert changed.current_status is Status.DEGRADED
    assert changed.response_time == 2500


async def test_events_are_published_in_the_order_of_their_numbers(engine: Engine) -> None:
    engine.prober.answer = refused()
    for number in range(10):
        await engine.add(f"endpoint {number}", failureThreshold=1)
    await engine.spy.wait_for(IncidentStarted, 10)

    numbers = [event.seq for event in engine.spy.heard if isinstance(event, Numbered)]
    assert numbers == list(range(1, 31))


async def test_what_is_told_is_already_stored(engine: Engine, tmp_path: Path) -> None:
    stored: list[int] = []

    def look(_: object) -> None:
        with closing(sqlite3.connect(tmp_path / "data" / "vigil.db")) as other:
            stored.append(other.execute("SELECT count(*) FROM checks").fetchone()[0])

    await engine.add()
    engine.bus.subscribe(lambda event: look(event) if isinstance(event, CheckCompleted) else None)
    await engine.checks(1)
    assert stored == [1]


async def test_a_bug_of_ours_is_a_result_that_blames_nobody(engine: Engine) -> None:
    await engine.add(failureThreshold=1)
    await engine.checks(1)
    engine.prober.answer = ZeroDivisionError("oops")
    told = await engine.next_check()

    assert told.reason is Reason.OURS
    assert told.status is CheckStatus.FAILURE
    assert told.consecutive_failures == 0
    assert engine.spy.of(StatusChanged)[-1].current_status is Status.UP
    assert (await engine.next_check()).reason is Reason.OURS, "it goes on being checked"


async def test_times_of_checks_grow_when_the_wall_clock_is_set_back(engine: Engine) -> None:
    await engine.add()
    first = await engine.checks(1)
    engine.clock.wall_offset_ms -= 3_600_000
    second = await engine.next_check()
    assert second.checked_at > first.checked_at
    assert second.id != first.id


@pytest.mark.parametrize("patch", [{"url": "http://other.test/"}, {"is_active": False}])
async def test_a_result_from_before_an_edit_is_void(
    engine: Engine, patch: dict[str, object]
) -> None:
    endpoint_id = await engine.add(isActive=False)
    await engine.endpoints.change(endpoint_id, EndpointPatch(is_active=True))
    await engine.checks(1)
    before = len(engine.spy.of(CheckCompleted))
    engine.prober.hold("shop")
    async with asyncio.TaskGroup() as group:
        checking = group.create_task(engine.pipeline.check(endpoint_id))
        await engine.prober.wait_for_asked(2)
        await engine.endpoints.change(endpoint_id, EndpointPatch(**patch, note="edited"))
        engine.prober.release("shop")
    assert checking.result() == Void()
    expected = before
    if "url" in patch:  # what it is now is checked at once
        expected += 1
        await engine.checks(expected)
    results = await engine.archive.check_results(endpoint_id, start_ms=0, end_ms=2**53, limit=9)
    assert results.total == len(engine.spy.of(CheckCompleted)) == expected


@pytest.fixture
def broken_disk(tmp_path: Path) -> Path:
    """The database's path, for :func:`break_disk` and :func:`mend_disk`."""
    return tmp_path / "data" / "vigil.db"


def break_disk(database: Path) -> None:
    """Make every check fail to be stored, as a full disk does."""
    with closing(sqlite3.connect(database)) as other:
        other.execute(
            "CREATE TRIGGER full BEFORE INSERT ON checks "
            "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        )
        other.commit()


def mend_disk(database: Path) -> None:
    """Give the space back."""
    with closing(sqlite3.connect(database)) as other:
        other.execute("DROP TRIGGER full")
        other.commit()


async def test_what_cannot_be_stored_is_not_told(engine: Engine, broken_disk: Path) -> None:
    endpoint_id = await engine.add(failureThreshold=1)
    await engine.checks(1)
    before = list(engine.spy.heard)
    break_disk(broken_disk)
    engine.prober.answer = refused()
    with pytest.raises(ArchiveError, match="full"):
        await engine.scheduler.check_now(endpoint_id)
    assert engine.spy.heard == before
    standing = engine.monitors.get(endpoint_id)
    assert standing is not None
    assert standing.health.status is Status.UP

    mend_disk(broken_disk)
    await engine.next_check()
    started = await engine.spy.wait_for(IncidentStarted)
    assert started.failure_count == 1, "the failure that was not stored does not count"


async def test_an_open_incident_stays_open_across_a_restart(running: Running) -> None:
    async with running() as engine:
        await engine.add()
        await engine.checks(1)
        started = await fail_until_down(engine)
    async with running() as engine:
        await engine.next_check()
        assert engine.spy.of(IncidentStarted) == []
        engine.prober.answer = ok()
        await engine.next_check()
        resolved = await engine.spy.wait_for(IncidentResolved)
        assert resolved.incident_id == started.incident_id


async def test_a_network_failure_counts_as_well(engine: Engine) -> None:
    engine.prober.answer = Failure(Reason.NETWORK, "Timeout exceeded")
    await engine.add(failureThreshold=1)
    started = await engine.spy.wait_for(IncidentStarted)
    assert started.error_message == "Timeout exceeded"
