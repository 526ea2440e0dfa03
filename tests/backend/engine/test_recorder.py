"""Checks that come while others are being stored are stored together, and each is its own."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from backend.alerts.herald import SILENT
from backend.contract.events import CheckCompleted, StateEvent
from backend.contract.vocabulary import Reason
from backend.domain.assertions import Check, Failed, Success
from backend.engine.bus import Bus
from backend.engine.monitors import Monitors
from backend.engine.recorder import Recorder, Void
from backend.storage.archive import Archive, Monitored, Record
from backend.storage.errors import ArchiveError
from tests.backend.storage.conftest import NOW_MS, an_endpoint, an_incident
from tests.helpers.fake_clock import FakeClock

NAMES = ["a", "b", "c", "d"]
GOOD = Success(5.0, 200, degraded=False)
BAD = Failed(Reason.TARGET, "Expected status 200, got 503", 503)


class CountedArchive(Archive):
    """An archive that remembers whose checks went into each transaction."""

    def __init__(self, *parts: object) -> None:
        super().__init__(*parts)
        self.together: list[list[str]] = []
        self.is_asked = asyncio.Event()

    async def record_all(self, records: Sequence[Record]) -> list[tuple[StateEvent, ...]]:
        self.is_asked.set()
        self.together.append([it.check.endpoint_id for it in records])
        return await super().record_all(records)


class Desk:
    """A recorder with a real archive."""

    def __init__(self, archive: CountedArchive, monitors: Monitors) -> None:
        self.archive, self.monitors = archive, monitors
        self.bus, self.lock, self.clock = Bus(), asyncio.Lock(), FakeClock()
        self.recorder = Recorder(
            archive=archive,
            bus=self.bus,
            clock=self.clock,
            monitors=monitors,
            lock=self.lock,
            herald=SILENT,
        )

    async def record(self, endpoint_id: str, outcome: Success | Failed = GOOD) -> Check | Void:
        ticket = self.monitors.ticket(endpoint_id)
        assert ticket is not None
        return await self.recorder.record(ticket, outcome, None)

    async def stored(self, endpoint_id: str) -> int:
        span = {"start_ms": 0, "end_ms": 2**60, "limit": 1000}
        return (await self.archive.check_results(endpoint_id, **span)).total


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with CountedArchive.open(tmp_path / "data") as archive:
        await archive.add_all([an_endpoint(name, failure_threshold=1) for name in NAMES], [])
        yield Desk(archive, Monitors(await archive.load()))


async def test_what_gathers_while_one_is_stored_is_stored_together(desk: Desk) -> None:
    with desk.bus.spy() as told:
        async with asyncio.TaskGroup() as group:
            first = group.create_task(desk.record("a"))
            await desk.archive.is_asked.wait()
            for name in NAMES[1:]:
                group.create_task(desk.record(name))
    assert desk.archive.together == [["a"], ["b", "c", "d"]]
    assert isinstance(first.result(), Check)
    assert [it.endpoint_id for it in told if isinstance(it, CheckCompleted)] == NAMES
    assert [await desk.stored(name) for name in NAMES] == [1, 1, 1, 1]


async def test_two_checks_of_one_endpoint_follow_each_other(desk: Desk) -> None:
    async with asyncio.TaskGroup() as group, desk.lock:
        for name in ("a", "b", "a"):
            group.create_task(desk.record(name, BAD))
        await asyncio.sleep(0)
    assert desk.archive.together == [["a", "b"], ["a"]]
    known = desk.monitors.get("a")
    assert known is not None
    assert known.health.consecutive_failures == 2


async def test_the_numbers_of_events_follow_the_order_in_which_they_are_told(desk: Desk) -> None:
    with desk.bus.spy() as told:
        await asyncio.gather(*(desk.record(name, BAD) for name in NAMES))
    numbers = [it.seq for it in told if isinstance(it, StateEvent)]
    assert len(numbers) == 2 * len(NAMES)
    assert numbers == sorted(numbers)


async def test_one_that_cannot_be_stored_takes_no_other_with_it(desk: Desk) -> None:
    # The archive knows of an open incident that the memory has not heard of.
    await desk.archive.change(
        Monitored(an_endpoint("b", failure_threshold=1)), [], an_incident("old", "b", NOW_MS)
    )
    together = asyncio.gather(*map(desk.record, NAMES, [BAD] * 4), return_exceptions=True)
    async with desk.lock:
        await asyncio.sleep(0)
    came = await together
    assert isinstance(came[1], ArchiveError)
    assert [isinstance(it, Check) for it in came] == [True, False, True, True]
    assert [await desk.stored(name) for name in NAMES] == [1, 0, 1, 1]


async def test_one_that_is_broken_off_while_it_waits_is_not_recorded(desk: Desk) -> None:
    async with asyncio.TaskGroup() as group, desk.lock:
        broken_off = group.create_task(desk.record("a"))
        group.create_task(desk.record("b"))
        await asyncio.sleep(0)
        broken_off.cancel()
        await asyncio.sleep(0)
    assert [await desk.stored(name) for name in ("a", "b")] == [0, 1]


async def test_one_that_was_changed_meanwhile_is_void(desk: Desk) -> None:
    async with asyncio.TaskGroup() as group, desk.lock:
        late = group.create_task(desk.record("a"))
        other = group.create_task(desk.record("b"))
        await asyncio.sleep(0)
        desk.monitors.renew(Monitored(an_endpoint("a")))
    assert late.result() == Void()
    assert isinstance(other.result(), Check)
