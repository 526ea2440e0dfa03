"""State events: numbered one by one, kept in order, never numbered twice."""

from pathlib import Path

import pytest

from backend.contract.events import EndpointCreated, StateEvent, StatusChanged
from backend.storage.archive import Archive, Before
from backend.storage.errors import NotStored
from tests.backend.storage.conftest import (
    NOW_MS,
    an_endpoint,
    an_incident,
    created,
    failure,
    recorded,
    started,
    went_down,
)


async def five_events(archive: Archive) -> list[StateEvent]:
    """Store events number 1 to 5."""
    numbered: list[StateEvent] = []
    for name in ("a", "b", "c"):
        numbered += await archive.add(an_endpoint(name), [created(an_endpoint(name))])
    incident = an_incident()
    record = recorded(failure(), incident=incident, events=(went_down(), started(incident)))
    return [*numbered, *await archive.record(record)]


async def forget_all_but(archive: Archive, count: int) -> None:
    await archive.thin(Before(0, 0, 0, 0, events_kept=count))


async def test_events_are_numbered_one_by_one_in_their_order(archive: Archive) -> None:
    events = await five_events(archive)

    assert [event.seq for event in events] == [1, 2, 3, 4, 5]
    assert isinstance(events[3], StatusChanged)
    assert (await archive.snapshot(now_ms=NOW_MS)).seq == 5


async def test_what_was_missed_comes_back_whole_and_in_order(archive: Archive) -> None:
    events = await five_events(archive)

    assert await archive.events_since(0) == events
    assert await archive.events_since(3) == events[3:]
    assert await archive.events_since(5) == []
    assert isinstance(events[0], EndpointCreated)


@pytest.mark.parametrize("seq", [6, 1_000_000, -1])
async def test_a_number_never_given_needs_a_snapshot(archive: Archive, seq: int) -> None:
    await five_events(archive)

    assert await archive.events_since(seq) is None


async def test_a_new_archive_has_nothing_to_tell(archive: Archive) -> None:
    assert await archive.events_since(0) == []
    assert await archive.events_since(1) is None
    assert (await archive.snapshot(now_ms=NOW_MS)).seq == 0


async def test_what_is_no_longer_kept_needs_a_snapshot(archive: Archive) -> None:
    events = await five_events(archive)
    await forget_all_but(archive, 2)

    assert await archive.events_since(2) is None
    assert await archive.events_since(3) == events[3:]
    assert await archive.events_since(5) == []


async def test_no_number_is_given_twice_even_when_no_event_is_left(directory: Path) -> None:
    async with Archive.open(directory) as archive:
        await five_events(archive)
        await forget_all_but(archive, 0)
    async with Archive.open(directory) as archive:
        assert await archive.events_since(4) is None
        assert await archive.events_since(5) == []
        (event,) = await archive.delete("a", NOW_MS, [went_down()], None)

        assert event.seq == 6
        assert await archive.events_since(5) == [event]


async def test_a_transaction_that_failed_leaves_no_gap(archive: Archive) -> None:
    await five_events(archive)
    with pytest.raises(NotStored):
        await archive.add(an_endpoint("a"), [created(an_endpoint("a"))])
    (event,) = await archive.delete("a", NOW_MS, [went_down()], None)

    assert event.seq == 6


async def test_more_events_may_be_kept_than_there_are(archive: Archive) -> None:
    events = await five_events(archive)
    await forget_all_but(archive, 1000)

    assert await archive.events_since(0) == events
